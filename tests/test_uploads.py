"""Uploads: from the file to the trips, every refusal in its whole words, and that nothing is left behind."""

from __future__ import annotations

import csv
import html
import io
import json
import os
import re
import resource
import select
import shutil
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from dashboard import downloads
from dashboard.datasets.datasets import Datasets
from dashboard.datasets.store import EACH_HOUR, Store
from dashboard.importers.table.columns import guess
from dashboard.tables.outside import letters
from dashboard.travel.build import Travel
from dashboard.uploads import pages as addresses
from dashboard.uploads.limits import LIMITS, RefusedError
from dashboard.uploads.sandbox import Run, Sandbox, StepServer
from dashboard.uploads.sent_file import TEMPLATE, plain_name
from dashboard.uploads.steps import STEPS
from dashboard.uploads.table_import import READER
from dashboard.web import refusals
from tests.hostile import HOSTILE, Hostile, trips, workbook
from tests.world import WORLD, make_folder

pytestmark = pytest.mark.long

DOCS = Path(__file__).parents[1] / "docs" / "uploads.md"
NOW = datetime(2026, 11, 23, 20, 10, tzinfo=UTC)

TABLE = """\
who,start,end,country,city,by,met,notes
Ada North,2018-12-30,2019-01-02,Russia,Anadyr,plane,Vera West,New Year
Ada North,2019-05-01,2019-05-02,China,Pingxiang,train,,=1+1
Ada North,2019-06-01,2019-06-02,Nowhere,Foo,train,,-2
Ada North,2019-07-01,03/08/2019,Canada,Whitehorse Bay,car,,<b>bold</b>
"""
FIELDS = ("leader", "arrived", "left", "country", "place", "transport", "counterpart", "occasion")


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="module")
def sandbox() -> Sandbox:
    """One for all: nearly all of its time goes into loading what it then has for each step."""
    return Sandbox(LIMITS)


@pytest.fixture
def client(tmp_path: Path, travel: Travel, clock: Clock) -> FlaskClient:
    return make_client(tmp_path, travel, clock)


def run_here(step: str, folder: Path, **task: Any) -> dict[str, Any]:
    """A step in this process, whose faults pytest shows."""
    answer: dict[str, Any] = json.loads(json.dumps(STEPS[step]({"folder": str(folder), **task}, LIMITS)))
    return answer


def make_client(path: Path, travel: Travel, clock: Clock, run: Run | None = run_here, room: int = 10**9) -> FlaskClient:
    """A server with the uploads and the downloads, over the world; two of one `path` are two workers."""
    source = path / "world"
    if not source.exists():
        make_folder(source)
    datasets = Datasets(travel, Store(path / "uploads", clock, most_bytes=room), source)
    server = Flask("dashboard")
    downloads.register(server, datasets)
    addresses.register(server, datasets, run=run)
    return server.test_client()


def upload(client: FlaskClient, content: str | bytes = TABLE, name: str = "trips.csv") -> TestResponse:
    raw = content.encode() if isinstance(content, str) else content
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    return client.post("/upload", data=head + raw + b"\r\n--x--\r\n", content_type="multipart/form-data; boundary=x")


def token_of(response: TestResponse) -> str:
    assert response.status_code == 303, told(response)
    return str(response.location).removeprefix("/upload/")


def uploads_in(folder: Path) -> list[str]:
    """What lies in the folder of uploads, but for what the store itself keeps there."""
    return [path.name for path in folder.glob("*") if not path.name.startswith(".")]


def told(response: TestResponse) -> str:
    """The words of the box that says what is wrong."""
    box = re.search(r'id="problem".*?</h2>(.*?)</div>', response.text, re.DOTALL)
    return html.unescape("\n".join(re.findall(r"<p>(.*?)</p>", box[1], re.DOTALL))) if box else ""


def take(client: FlaskClient, token: str, fields: tuple[str, ...] = FIELDS, order: str = "") -> TestResponse:
    chosen = {f"column-{number}": field for number, field in enumerate(fields)}
    return client.post(f"/upload/{token}/columns", data=chosen | {"order": order})


def show(client: FlaskClient, token: str, **form: str) -> TestResponse:
    return client.post(f"/upload/{token}/show", data={key.replace("_", "-"): value for key, value in form.items()})


@pytest.fixture(scope="module")
def made(travel: Travel, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A folder of uploads with one table that has come all the way, and its token."""
    path = tmp_path_factory.mktemp("made")
    client = make_client(path, travel, Clock())
    token = token_of(upload(client))
    assert take(client, token).status_code == 303
    response = show(client, token)
    assert (response.status_code, response.location) == (303, f"/?data={token}"), told(response)
    return path / "uploads", token


@pytest.fixture
def shown(made: tuple[Path, str], tmp_path: Path) -> str:
    """The token of a table that has come all the way, in the uploads of this test."""
    shutil.copytree(made[0], tmp_path / "uploads", dirs_exist_ok=True)
    return made[1]


def rows(client: FlaskClient, token: str, table: str = "trips") -> list[dict[str, str]]:
    response = client.get(f"/{table}.csv?data={token}")
    assert response.status_code == 200, response.text
    return list(csv.DictReader(io.StringIO(response.text.removeprefix("\ufeff"))))


@pytest.mark.parametrize("hostile", HOSTILE, ids=lambda hostile: hostile.file)
def test_a_hostile_upload_is_told_what_is_wrong_and_leaves_nothing(
    hostile: Hostile, travel: Travel, clock: Clock, tmp_path: Path, sandbox: Sandbox
) -> None:
    client = make_client(tmp_path, travel, clock, sandbox.run if hostile.apart else run_here)
    response = upload(client, hostile.make(), hostile.file)
    if hostile.status == 200:
        page = client.get(f"/upload/{token_of(response)}")
        assert hostile.told in page.text
        assert "<script>alert" not in page.text
        return
    assert (told(response), response.status_code) == (hostile.told, hostile.status)
    store = tmp_path / "uploads"
    assert uploads_in(store) == []


def test_the_table_of_hostile_uploads_is_documented_as_it_is() -> None:
    text = DOCS.read_text("utf-8").partition("## Hostile uploads")[2]
    documented = [line for line in text.splitlines() if line.startswith("| `")]
    taken = {one: f"taken: {html.unescape(re.sub('</?td>', '', one.told))}" for one in HOSTILE if one.status == 200}
    expected = [f"| `{one.file}` | {one.what} | {taken.get(one, one.told)} |" for one in HOSTILE]
    assert documented == [line.replace("<", "&lt;") for line in expected]


def test_work_that_takes_too_long_is_stopped(tmp_path: Path, travel: Travel, clock: Clock, sandbox: Sandbox) -> None:
    impatient = Sandbox(replace(LIMITS, seconds=0.01), sandbox.server)

    def wait(step: str, folder: Path, **task: Any) -> dict[str, Any]:
        (folder / "source").unlink()
        os.mkfifo(folder / "source")
        return impatient.run(step, folder, **task)

    response = upload(make_client(tmp_path, travel, clock, wait))
    assert told(response) == ("Reading the table took longer than 0.01 seconds and was stopped. Upload it in parts.")
    assert response.status_code == 422


def test_nothing_sent_is_told_so(client: FlaskClient) -> None:
    response = client.post("/upload", data={"table": ""})
    assert told(response) == "Nothing was sent. Choose a file, or paste a table with its first row."


def test_a_full_server_says_when_to_come_back(tmp_path: Path, travel: Travel, clock: Clock) -> None:
    response = upload(make_client(tmp_path, travel, clock, room=10))
    assert (told(response), response.status_code, response.headers["Retry-After"]) == (
        "The server holds as many uploads as it may. Try again in an hour.", 503, "600"
    )  # fmt: skip


def test_who_sends_too_much_is_told_when_to_come_back(client: FlaskClient, clock: Clock) -> None:
    for _ in range(EACH_HOUR.uploads):
        assert upload(client).status_code == 303
    refused = upload(client)
    assert (told(refused), refused.status_code, refused.headers["Retry-After"]) == (
        "In an hour 30 tables or 100 MB may be sent from one address. Try again in an hour.", 429, "600"
    )  # fmt: skip
    clock.now += timedelta(hours=1)
    assert upload(client).status_code == 303


def test_a_table_can_be_kept_straight_after_it_was_sent(client: FlaskClient, tmp_path: Path) -> None:
    token = token_of(upload(client))
    assert client.post(f"/upload/{token}/keep").location == f"/upload/{token}"
    assert client.get(f"/upload/{token}").status_code == 200
    assert take(client, token).status_code == 303
    assert client.post(f"/upload/{token}/show", data={"with": "instead"}).location == f"/?data={token}"
    assert len(rows(client, token)) == 3
    kept = sorted(path.name.partition("-")[0] for path in (tmp_path / "uploads" / token).iterdir())
    assert kept == ["about.json", "data"]


def test_a_full_disk_leaves_nothing_of_an_upload(tmp_path: Path, travel: Travel, clock: Clock) -> None:
    client = make_client(tmp_path, travel, clock)
    refusals.register_system_faults(client.application)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    try:
        response = upload(client, TABLE + "Ada North,2019-05-01,,Canada,Whitehorse,,x\n" * 1_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert (response.status_code, response.text) == (
        503,
        "The server has no room left for this. Try again in an hour.\n",
    )
    assert uploads_in(tmp_path / "uploads") == []


def test_a_step_ends_with_the_server_that_wanted_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "source")
    program = (
        "import sys; from pathlib import Path; from dashboard.uploads.limits import LIMITS;"
        "from dashboard.uploads.sandbox import Sandbox;"
        "Sandbox(LIMITS).run('preview', Path(sys.argv[1]), name='trips.csv')"
    )
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, cwd=DOCS.parents[1], stderr=subprocess.PIPE) as server:
        # Opened as soon as the step opens it to read, and in error once nobody reads it.
        with (tmp_path / "source").open("wb") as source:
            server.kill()
            step = select.poll()
            step.register(source, 0)
            assert step.poll(60_000)
        # Readable to its end once nobody is left who could write to it.
        assert server.stderr
        assert select.select([server.stderr], [], [], 60)[0]
        assert server.stderr.read() == b""


def preview_in(sandbox: Sandbox, folder: Path) -> list[str]:
    """The headings of the table, read in a process of its own."""
    (folder / "source").write_text(TABLE, "utf-8")
    header: list[str] = sandbox.run("preview", folder, name="trips.csv")["header"]
    return header


def test_what_forks_the_steps_ends_when_nobody_uploads_and_is_started_anew(tmp_path: Path) -> None:
    sandbox = Sandbox(LIMITS, StepServer(idle_s=0.001))
    assert preview_in(sandbox, tmp_path) == TABLE.splitlines()[0].split(",")
    assert sandbox.server.process
    assert sandbox.server.process.wait(60) == 0
    assert preview_in(sandbox, tmp_path) == TABLE.splitlines()[0].split(",")


def test_a_step_that_breaks_is_told_and_breaks_no_other(tmp_path: Path, sandbox: Sandbox) -> None:
    with pytest.raises(RefusedError) as refused:
        sandbox.run("import", tmp_path, name="trips.csv")
    assert str(refused.value) == LIMITS.out_of_memory()
    assert preview_in(sandbox, tmp_path) == TABLE.splitlines()[0].split(",")


def test_a_step_says_that_the_disk_is_full(tmp_path: Path, sandbox: Sandbox) -> None:
    (tmp_path / "source").write_text(TABLE, "utf-8")
    (tmp_path / "messages.txt").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left"):
        sandbox.run("import", tmp_path, name="trips.csv", shipped="", seen=sandbox.run("preview", tmp_path, name="t"))


def test_the_limits_are_stated_on_the_page(client: FlaskClient) -> None:
    page = client.get("/upload").text
    for limit in LIMITS.stated():
        assert f"<li>{limit}</li>" in page


def test_columns_are_guessed_and_shown(client: FlaskClient) -> None:
    assert guess(TABLE.splitlines()[0].split(",")) == list(FIELDS)
    page = client.get(f"/upload/{token_of(upload(client))}").text
    assert page.count(" selected>") == len(FIELDS)
    assert "The first 4 of 4 rows." in page


@pytest.mark.parametrize(
    ("header", "guessed"),
    [
        ("Leader,Departure,Return,Country", ["leader", "left_home", "back_home", "country"]),
        ("Leader,Country,Departure,Arrival", ["leader", "country", "left_home", "arrived"]),
        ("Leader,Country,Arrival,Departure", ["leader", "country", "arrived", "left"]),
        ("Leader,left home,Country,Departure,Arrival", ["leader", "left_home", "country", "left", "arrived"]),
    ],
)
def test_a_departure_is_from_home_unless_an_arrival_stands_before_it(
    client: FlaskClient, header: str, guessed: list[str]
) -> None:
    assert guess(header.split(",")) == guessed
    page = html.unescape(
        client.get(f"/upload/{token_of(upload(client, f'{header}{chr(10)}2019,2019,2019,2019,2019{chr(10)}'))}").text
    )
    note = "'Departure' may be the day of leaving home or of leaving the place. It is taken as left home;"
    assert (note in page) == (guessed[header.split(",").index("Departure")] == "left_home")


def test_trips_of_which_only_leaving_and_being_back_are_known_are_shown(client: FlaskClient) -> None:
    table = "Leader,Departure,Return,Country,City\nAda North,2018-12-30,2019-01-02,Russia,Anadyr\n"
    token = token_of(upload(client, table))
    assert take(client, token, tuple(guess(table.splitlines()[0].split(",")))).status_code == 303
    show(client, token)
    [trip], [stop] = rows(client, token), rows(client, token, "stops")
    assert (trip["trip_id"], trip["left_home"], trip["back_home"], trip["days"]) == (
        "ada-north-2018-12-30", "2018-12-30", "2019-01-02", "4"
    )  # fmt: skip
    assert (stop["place"], stop["arrived"], stop["left"]) == ("Anadyr", "", "")


def test_a_place_of_the_shipped_trips_is_known_and_a_doubtful_one_is_still_asked(
    tmp_path: Path, travel: Travel, clock: Clock
) -> None:
    more = (
        "Site 7,CAN,60.1,-130.2,venue,The Camp,reviewed,,,yes,hand-checked,,,,,,,\n"
        "Pingxiang,CHN,22.1,106.76,city,,reviewed,,,yes,,,,,,,,\n"
    )
    make_folder(tmp_path / "world", places=WORLD["places"] + more)
    client = make_client(tmp_path, travel, clock)
    visits = ("05-01,Canada,Site 7", "06-01,Canada,the camp", "07-01,China,Pingxiang")
    table = "leader,arrived,country,place\n" + "".join(f"Ada,2019-{visit}\n" for visit in visits)
    token = token_of(upload(client, table))
    take(client, token, ("leader", "arrived", "country", "place"))
    assert "<legend>Pingxiang, China</legend>" in client.get(f"/upload/{token}/places").text
    show(client, token, place_0="1")
    found = {row["place"]: row for row in rows(client, token, "places")}
    names = ["latitude_deg", "provider", "matched_name", "reviewed", "reviewer", "note", "query", "asked"]
    assert {place: [row[name] for name in names] for place, row in found.items()} == {
        "Site 7": ["60.1", "reviewed", "", "yes", "", "hand-checked", "Site 7 (CAN)", "reviewed;geonames;reviewed"],
        "the camp": ["60.1", "reviewed", "Site 7", "no", "", "", "the camp (CAN)", "reviewed;geonames;reviewed"],
        "Pingxiang": ["22.09694", "geonames", "Pingxiang", "yes", READER, "", "Pingxiang (CHN)", "reviewed;geonames"],
    }
    assert found["Pingxiang"]["candidates_in_all"] == "2"
    assert found["Pingxiang"]["candidates"].startswith("Pingxiang at 27.61672, 113.85353 (region 03, ")


def test_the_template_is_guessed_whole() -> None:
    assert "" not in guess(TEMPLATE.splitlines()[0].split(","))


def test_columns_that_do_not_fit_are_all_named(client: FlaskClient) -> None:
    token = token_of(upload(client))
    response = take(client, token, ("leader", "", "leader", "", "nonsense"))
    assert response.status_code == 422
    assert told(response).splitlines() == [
        "No column is chosen for country (where: English name or ISO 3166-1 code). Choose it, or a column for the"
        " place, or write the country below.",
        "No column is chosen for arrived (day of arrival). Choose it, or a column for left home.",
        "'who' and 'end' are both chosen for leader; choose one.",
        "nonsense is nothing that a column can hold.",
    ]


def test_rows_are_accounted_for_in_the_words_of_check(client: FlaskClient) -> None:
    token = token_of(upload(client))
    take(client, token)
    page = client.get(f"/upload/{token}/places").text
    assert "4 rows read = 3 kept + 1 left out" in page
    messages = client.get(f"/upload/{token}/messages.txt").text.splitlines()
    assert messages == [
        "trips.csv:4: left out: country 'Nowhere' is not known; write its English name or its ISO 3166-1 code",
        "trips.csv:5: kept: '03/08/2019' may be 2019-08-03 or 2019-03-08; kept as the year 2019;"
        " say whether the day or the month comes first",
    ]
    left_out = client.get(f"/upload/{token}/left-out.csv").text.removeprefix("\ufeff").splitlines()
    assert left_out == [
        "row,left out because,who,start,end,country,city,by,met,notes",
        "4,country 'Nowhere' is not known; write its English name or its ISO 3166-1 code,"
        "Ada North,2019-06-01,2019-06-02,Nowhere,Foo,train,,'-2",
    ]


def test_doubtful_places_are_offered_and_the_unplaced_listed(client: FlaskClient) -> None:
    token = token_of(upload(client))
    take(client, token)
    page = client.get(f"/upload/{token}/places").text
    assert "<legend>Pingxiang, China</legend>" in page
    assert "Pingxiang, region 16, 129,843 inhabitants" in page
    assert "<li>Whitehorse Bay, Canada</li>" in page


def test_a_chosen_place_is_on_the_map_and_an_unchosen_one_is_not(client: FlaskClient, shown: str) -> None:
    for choice, known in (("1", True), ("", False), ("99", False)):
        show(client, shown, place_0=choice)
        stop = next(row for row in rows(client, shown, "stops") if row["place"] == "Pingxiang")
        assert (stop["latitude_deg"] == "22.09694") == known


def test_trips_stand_instead_of_the_shipped_ones_or_beside_them(client: FlaskClient, shown: str) -> None:
    show(client, shown, **{"with": "instead"})
    instead = rows(client, shown)
    assert {row["leader"] for row in instead} == {"Ada North"}
    show(client, shown, **{"with": "beside"})
    beside = rows(client, shown)
    leaders = Counter(row["leader"] for row in beside)
    assert leaders == {"Ada North": 3, "Ada North (uploaded)": 3, "Ben South": 1}
    assert len({row["trip_id"] for row in beside}) == 7


@pytest.mark.parametrize(
    ("whitehorse", "transport", "leg"),
    [
        ("60.721,-135.057", "car", ("schematic", "936.5")),  # as the gazetteer has it: the road through Tok
        ("10.721,-135.057", "car", ("inferred", "804.3")),  # another Whitehorse: the road is none of its own
        ("60.721,-135.057", "train", ("inferred", "804.3")),
    ],
)
def test_uploaded_trips_borrow_the_roads_of_the_shipped_ones(
    tmp_path: Path, travel: Travel, clock: Clock, whitehorse: str, transport: str, leg: tuple[str, str]
) -> None:
    make_folder(tmp_path / "world", places=WORLD["places"].replace("60.721,-135.057", whitehorse))
    client = make_client(tmp_path, travel, clock)
    header, trip = "trip,leader,arrived,country,place,transport", "A,Ada,2019-05-0"
    table = f"{header}\n{trip}1,USA,Anchorage,plane\n{trip}2,Canada,Whitehorse,{transport}\n"
    token = token_of(upload(client, table))
    take(client, token, ("trip", "leader", "arrived", "country", "place", "transport"))
    show(client, token, **{"with": "instead"})
    stop = rows(client, token, "stops")[1]
    assert (stop["leg_certainty"], stop["leg_km"]) == leg
    assert [row["place"] for row in rows(client, token, "places")] == ["Anchorage", "Whitehorse"]


def test_filters_and_other_formats_work_over_an_upload(client: FlaskClient, shown: str) -> None:
    stops = client.get(f"/stops.csv?data={shown}&country=RUS").text
    assert "Anadyr" in stops
    assert "Pingxiang" not in stops
    assert shown not in client.get(f"/trips.json?data={shown}").text
    refusal = client.get(f"/trips.csv?data={shown}&leader=ben-south")
    assert (refusal.status_code, refusal.text) == (
        400, "leader=ben-south is unknown: write one of ada-north\n"
    )  # fmt: skip


def test_formulas_and_markup_stay_text_in_what_is_downloaded(client: FlaskClient, shown: str) -> None:
    occasions = [row["occasion"] for row in rows(client, shown)]
    assert occasions == ["New Year", "'=1+1", "<b>bold</b>"]


def test_a_workbook_with_several_sheets_asks_which(client: FlaskClient) -> None:
    import openpyxl  # noqa: PLC0415

    book = openpyxl.load_workbook(io.BytesIO(workbook(("notes",), ("nothing",))))
    second = book.create_sheet("Trips & more")
    for line in csv.reader(TABLE.splitlines()):
        second.append(line)
    body = io.BytesIO()
    book.save(body)
    token = token_of(upload(client, body.getvalue(), "trips.xlsx"))
    # The sheet with known headings comes first, whichever it is.
    assert "<option selected>Trips &amp; more</option>" in client.get(f"/upload/{token}").text
    client.post(f"/upload/{token}/sheet", data={"sheet": "Sheet"})
    assert "<option selected>Sheet</option>" in client.get(f"/upload/{token}").text
    client.post(f"/upload/{token}/sheet", data={"sheet": "Trips & more", "header_row": "1"})
    assert 'value="1" placeholder="1"' in client.get(f"/upload/{token}").text
    take(client, token)
    assert "4 rows read = 3 kept + 1 left out" in client.get(f"/upload/{token}/places").text


def test_a_pasted_table_of_tabs_is_read(client: FlaskClient) -> None:
    token = token_of(client.post("/upload", data={"table": TABLE.replace(",", "\t")}))
    take(client, token)
    assert "pasted table:4: left out" in client.get(f"/upload/{token}/messages.txt").text


def test_days_are_read_as_the_reader_says(client: FlaskClient) -> None:
    token = token_of(upload(client))
    take(client, token, order="day-first")
    show(client, token)
    assert "2019-08-03" in {row["left"] for row in rows(client, token, "stops")}


def test_any_worker_serves_an_upload(tmp_path: Path, travel: Travel, clock: Clock) -> None:
    one, other = (make_client(tmp_path, travel, clock) for _ in range(2))
    token = token_of(upload(one))
    take(other, token)
    show(one, token)
    assert rows(one, token) == rows(other, token)
    other.post(f"/upload/{token}/forget")
    assert one.get(f"/trips.csv?data={token}").status_code == 404


def test_an_upload_changed_by_another_worker_is_read_anew(
    tmp_path: Path, travel: Travel, clock: Clock, shown: str
) -> None:
    one, other = (make_client(tmp_path, travel, clock) for _ in range(2))
    assert len(rows(one, shown)) == len(rows(other, shown)) == 3
    show(other, shown, **{"with": "beside"})
    assert len(rows(one, shown)) == 7


def test_a_visit_ends_after_two_hours(client: FlaskClient, clock: Clock, tmp_path: Path, shown: str) -> None:
    assert "Kept until 22:10 UTC on 23 November 2026." in client.get(f"/upload/{shown}").text
    clock.now += timedelta(hours=2)
    response = client.get(f"/trips.csv?data={shown}")
    assert (response.status_code, response.text) == (
        410,
        "The upload of this address was kept until 22:10 UTC on 23 November 2026. Uploads are deleted after two"
        " hours, or thirty days where a link was asked for, or when somebody asks for that. Upload the table again to"
        " see it.\n",
    )
    assert uploads_in(tmp_path / "uploads") == []
    assert client.get(f"/trips.csv?data={shown}").status_code == 404


def test_a_link_lasts_thirty_days_and_keeps_the_trips_only(
    client: FlaskClient, clock: Clock, tmp_path: Path, shown: str
) -> None:
    assert client.post(f"/upload/{shown}/keep").location == f"/?data={shown}"
    clock.now += timedelta(days=29)
    assert len(rows(client, shown)) == 3
    kept = sorted(path.name for path in (tmp_path / "uploads" / shown).iterdir())
    assert [name.partition("-")[0] for name in kept] == ["about.json", "data"]
    assert client.get(f"/upload/{shown}").status_code == 410
    clock.now += timedelta(days=1)
    assert client.get(f"/trips.csv?data={shown}").status_code == 410


def test_what_is_forgotten_is_gone(client: FlaskClient, tmp_path: Path, shown: str) -> None:
    response = client.post(f"/upload/{shown}/forget")
    assert response.location == "/upload?forgotten=1"
    assert uploads_in(tmp_path / "uploads") == []
    for address in (f"/trips.csv?data={shown}", f"/upload/{shown}", f"/upload/{shown}/messages.txt"):
        assert client.get(address).status_code == 404


def test_deeds_need_a_post(client: FlaskClient, shown: str) -> None:
    for deed in ("keep", "forget", "show", "columns", "sheet"):
        assert client.get(f"/upload/{shown}/{deed}").status_code in (404, 405)
    assert len(rows(client, shown)) == 3


@pytest.mark.parametrize("token", ["x", "..", "a" * 32, "..%2f..%2f" + "a" * 22, "a" * 33, "%00" * 32])
@pytest.mark.parametrize("rest", ["", "/places", "/messages.txt", "/about.json", "/source"])
def test_a_made_up_token_finds_nothing(client: FlaskClient, token: str, rest: str) -> None:
    assert client.get(f"/upload/{token}{rest}").status_code in (404, 405)


def test_only_the_two_files_can_be_fetched(client: FlaskClient, shown: str) -> None:
    for file in ("source", "about.json", "account.json", "table.csv", "..%2fabout.json", ".."):
        assert client.get(f"/upload/{shown}/{file}").status_code == 404


def test_no_page_of_an_upload_is_kept_by_a_cache(client: FlaskClient, shown: str) -> None:
    for address in ("/upload", f"/upload/{shown}", f"/upload/{shown}/places", f"/trips.csv?data={shown}"):
        assert client.get(address).headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("C:\\docs\\a.csv", "a.csv"),
        ("a\u202egpj.csv", "agpj.csv"),
        ("..", ".."),
        ("\n", "upload"),
        ("x" * 99, "x" * 80),
    ],
)
def test_names_of_files_are_only_ever_shown(name: str, plain: str) -> None:
    assert plain_name(name) == plain


@pytest.mark.parametrize(("number", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(number: int, name: str) -> None:
    assert letters(number) == name


def test_a_workbook_comes_all_the_way(client: FlaskClient) -> None:
    token = token_of(upload(client, trips(), "trips.xlsx"))
    take(client, token, ("leader", "arrived", "country"))
    show(client, token)
    assert [row["countries"] for row in rows(client, token)] == ["Canada"]


def test_days_that_follow_one_another_are_joined_where_the_reader_wishes_it(client: FlaskClient) -> None:
    days = "who,day,city,country\nAda,2019-03-01,Paris,France\nAda,2019-03-02,Paris,France\nAda,2019-03-03,Rome,Italy\n"
    token = token_of(upload(client, days))
    take(client, token, ("leader", "arrived", "place", "country"))
    page = client.get(f"/upload/{token}/places").text
    assert "3 trips as they stand; joined they are 2 stays on 1 journey" in page
    assert "Join the days and stays that follow one another" in page
    client.post(f"/upload/{token}/answers", data={"join": "1"})
    page = client.get(f"/upload/{token}/places").text
    assert "3 rows read = 3 kept + 0 left out</b>;\n1 trip," in page
    assert "Join the days" not in page


def test_an_answer_is_put_in_every_row(client: FlaskClient) -> None:
    rows = "who,day,city,country\nAda,2019-03-01,Rome,Ruritania\nAda,2019-04-02,Milan,Ruritania\n"
    token = token_of(upload(client, rows))
    take(client, token, ("leader", "arrived", "place", "country"))
    assert "2 rows read = 0 kept + 2 left out" in client.get(f"/upload/{token}/places").text
    client.post(f"/upload/{token}/answers", data={"answer-0": "Italy"})
    assert "2 rows read = 2 kept + 0 left out" in client.get(f"/upload/{token}/places").text


TIED = "who,start,from,country\nAda,2019-05-01,2018-05-01,Canada\n"


@pytest.mark.parametrize(("picked", "day"), [({}, "2019-05-01"), ({"tie-arrived": "2"}, "2018-05-01")])
def test_columns_that_may_hold_the_same_are_a_choice(client: FlaskClient, picked: dict[str, str], day: str) -> None:
    token = token_of(upload(client, TIED))
    page = client.get(f"/upload/{token}").text
    assert "Several columns may hold arrived; which of them does?" in page
    assert re.findall(r'name="tie-arrived" value="(\d)"( checked)?', page) == [("1", " checked"), ("2", "")]
    fields = {"column-0": "leader", "column-1": "arrived", "column-3": "country"}
    assert client.post(f"/upload/{token}/columns", data=fields | picked).status_code == 303
    show(client, token)
    assert [row["left_home"] for row in rows(client, token)] == [f"{day}?"]


def test_what_was_chosen_above_the_rows_is_not_undone_by_a_choice_left_as_it_was(client: FlaskClient) -> None:
    token = token_of(upload(client, TIED))
    fields = {"column-0": "leader", "column-2": "arrived", "column-3": "country", "tie-arrived": "1"}
    assert client.post(f"/upload/{token}/columns", data=fields).status_code == 303
    show(client, token)
    assert [row["left_home"] for row in rows(client, token)] == ["2018-05-01?"]


def test_how_many_rows_are_read_is_told_beside_the_reading(client: FlaskClient) -> None:
    token = token_of(upload(client))
    assert client.get(f"/upload/{token}/progress").json == {}
    take(client, token)
    progress = json.loads(client.get(f"/upload/{token}/progress").text)
    assert progress["done"] == progress["total"] > 0
    assert client.get("/upload/0123456789abcdef/progress").status_code == 404
