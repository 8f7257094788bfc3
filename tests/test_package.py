"""The package: what it holds, that it opens again as the same rows under the same hash, and what is no package."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pandas as pd
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.claims.verdicts import Verdict, judge
from dashboard.datasets.datasets import Datasets
from dashboard.datasets.store import Store
from dashboard.downloads import package, register
from dashboard.downloads.excerpt import ChangedError
from dashboard.importers.findings import report
from dashboard.importers.imported import ImportingError, quiet
from dashboard.importers.package import Limits, as_folder, open_package, read_package
from dashboard.importers.writing import write as write_folder
from dashboard.page.footer import citation
from dashboard.query.filters import FILTERS
from dashboard.query.rows import place_rows, stop_rows, trip_rows
from dashboard.query.selection import Selection, describe, read, select, write
from dashboard.tables.reading import Folder, read_folder
from dashboard.tables.schema import TABLES
from dashboard.travel.build import Travel, build, load
from tests.conftest import DATA
from tests.validated import validated
from tests.world import WORLD, faults_of, make_folder

pytestmark = pytest.mark.long

TODAY = date(2026, 11, 23)
ROWS = (trip_rows, stop_rows, place_rows)
QUERIES = [
    "",
    "?leader=kim-jong-un&years=2018-2019",
    "?transport=train&country=CHN&country=RUS",
    "?met=donald-trump",
    "?place=beijing-chn&leader=kim-jong-il",
    "?leader=kim-jong-il&transport=plane",
]


@pytest.fixture(scope="module")
def folder() -> Folder:
    return read_folder(DATA)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    return read_folder(make_folder(tmp_path_factory.mktemp("world")))


def packed(folder: Folder, travel: Travel, query: str) -> bytes:
    reading = read(query, travel)
    assert not reading.ignored
    return package(folder, travel, reading.selection, TODAY).body


Pack = Callable[[str], bytes]


@pytest.fixture(scope="module")
def pack(folder: Folder, shipped: Travel) -> Pack:
    """Gives the package of a selection of the shipped data, which several tests read."""
    return cache(lambda query: packed(folder, shipped, query))


def files_of(body: bytes) -> dict[str, bytes]:
    with ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def described(body: bytes) -> dict[str, object]:
    said: dict[str, object] = json.loads(files_of(body)["datapackage.json"])
    return said


def unpacked(body: bytes, path: Path) -> Path:
    with ZipFile(io.BytesIO(body)) as archive:
        archive.extractall(path)
    return path


def assert_same_rows(one: Travel, other: Travel) -> None:
    for rows in ROWS:
        kept, again = rows(one).reset_index(drop=True), rows(other).reset_index(drop=True)
        # A table without rows has forgotten what its categories were.
        # Which of all known trips each is cannot be counted again over those of a selection alone.
        kept, again = (one.drop(columns="nth_of_leader", errors="ignore") for one in (kept, again))
        pd.testing.assert_frame_equal(kept, again, check_dtype=len(kept) > 0)


def test_ways_of_looking_are_in_the_package_and_open_the_same_view(pack: Pack, shipped: Travel, tmp_path: Path) -> None:
    for at, query in enumerate(["?leader=kim-jong-un&known=2023-09-12", "?rule=without-dmz&rule=with-transit"]):
        body = pack(query)
        assert described(body)["query"] == query
        again = build(read_folder(unpacked(body, tmp_path / str(at))))
        one, other = (select(each, read(query, each).selection) for each in (shipped, again))
        assert other.trips["trip_id"].tolist() == one.trips["trip_id"].tolist()
        assert_same_rows(one, other)


# What it holds


def test_it_holds_the_tables_and_what_belongs_beside_them(pack: Pack) -> None:
    beside = ["datapackage.json", "README.md", "CITATION.cff", "LICENSE"]
    assert list(files_of(pack(""))) == [*beside, *(f"{table.name}.csv" for table in TABLES)]


def test_every_text_stands_as_in_the_folder(world: Folder) -> None:
    files = files_of(packed(world, build(world), ""))
    assert {name: files[f"{name}.csv"].decode().replace("\r\n", "\n") for name in WORLD} == WORLD


def test_a_selection_takes_what_it_uses_and_no_more(world: Folder) -> None:
    files = files_of(packed(world, build(world), "?place=whitehorse-can"))
    assert {name: files[f"{name}.csv"].decode().splitlines()[1:] for name in WORLD} == {
        "leaders": ["ada-north,Ada North,USA,president,2017-01-20,,Anchorage,USA,"],
        "trips": ["N-2,ada-north,2019-05-01,2019-05-01,2019-05-01,2019-05-01,a day in Whitehorse,,one day"],
        "stops": [
            "N-2,1,Whitehorse,CAN,2019-05-01,2019-05-01,car,visit,reported",
            "N-2,2,Anchorage,USA,2019-05-01,,car,home,reported",
        ],
        "meetings": [],
        "evidence": [],
        "places": [
            "Anchorage,USA,61.218,-149.900,city,,reviewed,,,yes,,,,,,,,",
            "Tok,USA,63.337,-142.986,city,,reviewed,,,yes,,,,,,Ana,,",
            "Whitehorse,CAN,60.721,-135.057,city,,reviewed,,,yes,,,,,,,,",
        ],
        "routes": ["car,anchorage-usa,whitehorse-can,tok-usa"],
        "terms": ["ada-north,chair of the party,2019-03-01,2019-06-30,Example Times,"],
        "place_names": [],
        "inbound": ["ada-north,2019-05-20,2019-05-22,Vera West,RUS,,Anchorage,USA,a return visit,"],
        "reported": [],
        "claims": [],
        "counts": [],
    }


def test_it_says_what_was_selected_under_which_licence_from_which_sources(pack: Pack) -> None:
    said = described(pack("?leader=kim-jong-un&years=2018-2019&trip=KJU-05"))
    whole = json.loads((DATA / "datapackage.json").read_text("utf-8"))
    assert said["query"] == "?leader=kim-jong-un&years=2018-2019"
    assert said["description"] == "Kim Jong Un travelled abroad 2018 to 2019 by any transport"
    for key in ("data_as_of", "licenses", "sources", "contributors"):
        assert said[key] == whole[key]


def test_every_table_has_its_checksum(pack: Pack) -> None:
    body = pack("?leader=kim-jong-un")
    files, resources = files_of(body), described(body)["resources"]
    assert isinstance(resources, list)
    assert [(one["path"], one["hash"], one["bytes"]) for one in resources] == [
        (name, f"sha256:{sha256(files[name]).hexdigest()}", len(files[name]))
        for name in (f"{table.name}.csv" for table in TABLES)
    ]


@pytest.mark.long
@pytest.mark.parametrize("query", QUERIES)
def test_frictionless_finds_it_valid_zipped_and_unpacked(pack: Pack, query: str, tmp_path: Path) -> None:
    body = pack(query)
    (tmp_path / "package.zip").write_bytes(body)
    for source in (tmp_path / "package.zip", unpacked(body, tmp_path / "folder") / "datapackage.json"):
        report = validated(source)
        assert report.valid, report.flatten(["type", "rowNumber", "fieldName", "message"])


def test_the_citation_can_be_read_by_machines(pack: Pack, shipped: Travel) -> None:
    body = pack("?transport=plane")
    assert files_of(body)["CITATION.cff"].decode() == (
        "cff-version: 1.2.0\n"
        "type: dataset\n"
        "message: If you use these data, please cite them as below.\n"
        'title: "Leader Travel: a selection of journeys"\n'
        f'abstract: "All leaders travelled abroad by plane. {described(body)["hash"]}"\n'
        "authors:\n"
        '  - name: "the Leader Travel contributors"\n'
        'version: "0.1.0"\n'
        f"date-released: {shipped.data_as_of}\n"
        "license: CC-BY-4.0\n"
    )


def test_the_readme_counts_the_rows_and_explains_the_columns(pack: Pack, shipped: Travel) -> None:
    readme = files_of(pack("?leader=kim-jong-un"))["README.md"].decode()
    rows = (shipped.trips["leader_id"] == "kim-jong-un").sum()
    assert "Kim Jong Un travelled abroad by any transport.\n" in readme
    assert "the address `/?leader=kim-jong-un` opens the view" in readme
    assert f"### trips.csv\n\nRows: {rows}. One row is one journey abroad, home to home.\n" in readme
    assert all(f"| `{column.name}` |" in readme for table in TABLES for column in table.columns)


def test_data_of_which_nothing_is_said_get_no_licence(world: Folder) -> None:
    files = files_of(packed(world, build(world), ""))
    assert "LICENSE" not in files
    assert "license" not in files["CITATION.cff"].decode()
    assert "licenses" not in json.loads(files["datapackage.json"])


# The same again


@pytest.mark.parametrize("query", QUERIES)
def test_it_opens_as_the_same_view_and_packs_as_the_same_bytes(
    pack: Pack, shipped: Travel, query: str, tmp_path: Path
) -> None:
    body = pack(query)
    path = unpacked(body, tmp_path / "again")
    assert faults_of(path) == []
    again = load(path)
    assert write(read(query, again).selection) == write(read(query, shipped).selection)
    assert_same_rows(select(again, read(query, again).selection), select(shipped, read(query, shipped).selection))
    assert again.data_as_of == shipped.data_as_of
    assert packed(read_folder(path), again, query) == body


@cache
def data_as_shipped() -> tuple[Folder, Travel]:
    """For a test that is run many times: fixtures do not mix with `given`."""
    return read_folder(DATA), load(DATA)


@pytest.mark.long
@settings(max_examples=25)
@given(st.data())
def test_whatever_is_selected_opens_as_the_same_rows(data: st.DataObject) -> None:
    folder, shipped = data_as_shipped()
    selection = Selection()
    for one in FILTERS:
        patterned = {"years": ["2018", "2019-2023", "2001"], "sources": ["1", "2", "9"]}
        known = sorted(map(str, one.known(shipped))) or patterned[one.key]
        selection = selection.choose(one.key, data.draw(st.lists(st.sampled_from(known), max_size=2), one.key))
    body = package(folder, shipped, selection, TODAY).body
    again = build(open_package(body))
    reading = read(write(selection), again)
    assert_same_rows(select(again, reading.selection), select(shipped, selection))
    # The address is understood whole, also where a value belongs to none of the packed trips.
    assert reading.ignored == ()
    assert describe(again, reading.selection) == describe(shipped, selection)


def test_the_same_tables_have_the_same_hash_however_they_are_asked_for(pack: Pack) -> None:
    one, same, other = (
        described(pack(query))["hash"]
        for query in ("?leader=kim-jong-un", "?leader=kim-jong-un&years=2018-2025", "?leader=kim-jong-il")
    )
    assert one == same != other


def test_the_day_makes_no_difference(folder: Folder, shipped: Travel) -> None:
    first, second = (package(folder, shipped, Selection(), day).body for day in (TODAY, date(2031, 1, 1)))
    assert first == second


def test_texts_that_spreadsheets_and_csv_stumble_over_come_back(tmp_path: Path) -> None:
    note = '=1+1, "quoted" ; line one\nline two\rline three – Ж'
    quoted = note.replace('"', '""')
    trips = WORLD["trips"].replace(",,one day", f',,"{quoted}"')
    source = read_folder(make_folder(tmp_path / "source", trips=trips))
    again = open_package(packed(source, build(source), ""))
    assert note in again.frames["trips"]["note"].tolist()
    assert again.faults == ()


def test_a_folder_that_has_changed_since_is_refused(tmp_path: Path) -> None:
    path = make_folder(tmp_path / "data")
    travel = load(path)
    make_folder(path, trips=WORLD["trips"].replace("one day", "two days"))
    with pytest.raises(ChangedError, match=r"^The data were changed after the server had read them; start it again"):
        package(read_folder(path), travel, Selection(), TODAY)


# The importer


def test_the_importer_gives_the_rows_and_an_account(world: Folder, tmp_path: Path) -> None:
    body = packed(world, build(world), "?leader=ada-north")
    (tmp_path / "package.zip").write_bytes(body)
    imported = read_package(tmp_path / "package.zip", quiet)
    assert report(imported) == (
        "30 rows read = 30 kept + 0 left out.\n"
        "Written: 1 leader, 3 trips, 8 stops, 3 meetings, 2 evidence, 6 places, 1 route, 1 term, 1 place_name,"
        " 1 inbound, 1 reported, 1 claim, 1 count.\n\n"
        "Of 3 trips: 1 planned, not counted as made."
    )
    write_folder(imported, tmp_path / "data")
    again = read_folder(tmp_path / "data")
    assert described(packed(again, load(tmp_path / "data"), "?leader=ada-north"))["hash"] == described(body)["hash"]


@pytest.mark.parametrize(
    "query",
    [
        "?leader=kim-jong-un&years=2018-2019",
        "?country=CHN&country=RUS&years=2018",
        "?leader=kim-jong-un&leader=kim-jong-il&years=2018",
        "?met=donald-trump&met=vladimir-putin&years=2018&place=vladivostok-rus&place=beijing-chn&place=singapore-sgp",
    ],
)
def test_what_is_imported_is_the_identical_view(pack: Pack, shipped: Travel, query: str, tmp_path: Path) -> None:
    body = pack(query)
    (tmp_path / "package.zip").write_bytes(body)
    write_folder(read_package(tmp_path / "package.zip", quiet), tmp_path / "data")
    again, reading = load(tmp_path / "data"), read(query, shipped)
    assert read(query, again) == reading
    assert describe(again, reading.selection) == describe(shipped, reading.selection)
    assert str(citation(again, None)) == str(citation(shipped, None))
    assert packed(read_folder(tmp_path / "data"), again, query) == body


def test_what_a_package_wrongly_says_of_itself_is_left_out(world: Folder) -> None:
    files = files_of(packed(world, build(world), ""))
    said = json.loads(files["datapackage.json"]) | {
        "licenses": ["mine", {"name": 7}, {"name": "CC0-1.0", "path": "javascript:alert(1)"}],
        "sources": "none",
        "contributors": {"title": "me"},
        "choices": {"country": ["RUS"], "met": {"nobody": 3}, "leader": "x"},
    }
    files["datapackage.json"] = json.dumps(said).encode()
    again = build(open_package(zipped(files)))
    assert read("?country=EGY&met=nobody", again).ignored
    assert "".join(map(str, citation(again, None))).startswith(
        "Data licence: CC0-1.0. Cite as: Leader Travel, version "
    )
    assert files_of(packed(open_package(zipped(files)), again, ""))["LICENSE"].decode() == (
        "The data are licensed under\n- CC0-1.0: javascript:alert(1)\n\nSources\n"
    )


def test_a_package_serves_as_a_data_folder_until_the_process_ends(world: Folder, tmp_path: Path) -> None:
    path = tmp_path / "package.zip"
    path.write_bytes(packed(world, build(world), ""))
    program = (
        "import sys; from pathlib import Path; from dashboard.importers.package import as_folder; "
        "from dashboard.travel.build import load; folder = as_folder(Path(sys.argv[1])); "
        "print(folder, len(load(folder).trips))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    folder, trips = done.stdout.split()
    assert trips == "4"
    assert not Path(folder).exists()
    assert as_folder(tmp_path) == tmp_path


def test_a_package_that_is_not_as_it_was_packed_serves_nobody(world: Folder, tmp_path: Path) -> None:
    path, files = tmp_path / "package.zip", files_of(packed(world, build(world), ""))
    path.write_bytes(zipped(files | {"trips.csv": files["trips.csv"].replace(b"one day", b"two days")}))
    with pytest.raises(ImportingError, match=r"^trips\.csv: is not as it was packed: its checksum differs"):
        as_folder(path)


def test_the_importer_names_places_without_coordinates(world: Folder, tmp_path: Path) -> None:
    path = unpacked(packed(world, build(world), "?leader=ben-south"), tmp_path / "data")
    assert read_package(path, quiet).unplaced == (("Nukunonu", "TKL"),)


def test_the_importer_says_every_fault(world: Folder, tmp_path: Path) -> None:
    files = files_of(packed(world, build(world), ""))
    files["stops.csv"] = files["stops.csv"].replace(b",plane,visit", b",airship,visit", 1)
    (tmp_path / "package.zip").write_bytes(zipped(files))
    with pytest.raises(ImportingError) as caught:
        read_package(tmp_path / "package.zip", quiet)
    assert "stops.csv: is not as it was packed: its checksum differs; get the package anew" in str(caught.value)
    assert "stops.csv:2: " in str(caught.value)
    assert str(caught.value).endswith(f"2 faults in {tmp_path / 'package.zip'}; nothing was imported")


def test_a_package_within_a_folder_opens_too(world: Folder) -> None:
    body = packed(world, build(world), "")
    inside = zipped({f"package/{name}": content for name, content in files_of(body).items()})
    assert_same_rows(build(open_package(inside)), build(world))


# What is no package


def zipped(files: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    body = io.BytesIO()
    with ZipFile(body, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return body.getvalue()


def twice(name: str) -> bytes:
    body = io.BytesIO()
    with ZipFile(body, "w") as archive:
        archive.writestr(name, b"one")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr(name, b"other")
    return body.getvalue()


def encrypted() -> bytes:
    """The flag alone: Python writes no encrypted files."""
    body = bytearray(zipped({"datapackage.json": b"{}"}, ZIP_STORED))
    body[6] |= 1
    body[body.index(b"PK\x01\x02") + 8] |= 1
    return bytes(body)


def damaged() -> bytes:
    return zipped({"datapackage.json": b'{"resources": []}'}, ZIP_STORED).replace(b"resources", b"resourceS", 1)


def understated() -> bytes:
    """A file that claims to be one byte long."""
    body = zipped({"datapackage.json": b"{}" * 40}, ZIP_STORED)
    return body.replace((80).to_bytes(4, "little"), (1).to_bytes(4, "little"))


SMALL = Limits(size=10_000, members=3)
FROM_ELSEWHERE = "this is no package that the page has given"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: b"trip_id,leader_id\n", " cannot be read as a zip file; name a package.zip, or a folder"),
        (lambda: zipped({}), ": no datapackage.json in it; name a package.zip as the page gives it"),
        (
            lambda: zipped(dict.fromkeys("abcd", b"")),
            ": 4 files in it, 3 are allowed; name a package.zip as the page gives it",
        ),
        (lambda: zipped({"../a.csv": b""}), f": the name '../a.csv' leads out of the folder; {FROM_ELSEWHERE}"),
        (lambda: zipped({"/etc/a.csv": b""}), f": the name '/etc/a.csv' leads out of the folder; {FROM_ELSEWHERE}"),
        (lambda: zipped({"C:a.csv": b""}), f": the name 'C:a.csv' leads out of the folder; {FROM_ELSEWHERE}"),
        (lambda: twice("stops.csv"), f": a file stands in it twice; {FROM_ELSEWHERE}"),
        (encrypted, ": it is encrypted; unpack it with its password, and name the folder"),
        (
            lambda: zipped({"stops.csv": b"0" * 10_001}),
            ": it unpacks to 10,001 bytes, 10,000 are allowed; unpack it yourself, and name the folder",
        ),
        (damaged, ": datapackage.json is damaged; get the package anew"),
        (understated, ": datapackage.json is damaged; get the package anew"),
    ],
)
def test_what_is_no_package_is_refused(make: Callable[[], bytes], message: str) -> None:
    with pytest.raises(ImportingError) as caught:
        open_package(make(), SMALL)
    assert str(caught.value) == f"package.zip{message}"


def test_what_unpacks_to_much_more_than_it_is_is_refused() -> None:
    bomb = zipped({"stops.csv": b"0" * 2**24})
    with pytest.raises(
        ImportingError, match=r"it unpacks to [0-9,]+ times its size, 200 are allowed; it is no package$"
    ):
        open_package(bomb)


def test_a_description_without_checksums_is_a_fault() -> None:
    faults = [str(fault) for fault in open_package(zipped({"datapackage.json": b"{}"})).faults]
    assert "datapackage.json: does not list the tables and their checksums; get the package anew" in faults


# The address


def client(travel: Travel, tmp_path: Path, source: Path | None) -> FlaskClient:
    server = Flask(__name__)
    register(server, Datasets(travel, Store(tmp_path / "uploads"), source), lambda: TODAY)
    return server.test_client()


def test_the_address_gives_the_package(pack: Pack, shipped: Travel, tmp_path: Path) -> None:
    answer = client(shipped, tmp_path, DATA).get("/package.zip?leader=kim-jong-un")
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    name = f"leader-travel_kim-jong-un_package_{shipped.data_as_of}.zip"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.data == pack("?leader=kim-jong-un")


def test_the_address_refuses_what_it_does_not_know(shipped: Travel, tmp_path: Path) -> None:
    answer = client(shipped, tmp_path, DATA).get("/package.zip?transport=sledge")
    assert answer.status_code == 400
    assert answer.text.startswith("transport=sledge is unknown: write one of train, plane, car, ")


def test_a_server_without_a_folder_says_that_it_has_no_package(shipped: Travel, tmp_path: Path) -> None:
    answer = client(shipped, tmp_path, None).get("/package.zip")
    assert (answer.status_code, answer.text) == (
        404,
        "The server was not told which folder its trips were read from: there is no package of them.\n",
    )


def test_data_that_have_changed_answer_503(tmp_path: Path) -> None:
    path = make_folder(tmp_path / "data")
    browser = client(load(path), tmp_path, path)
    make_folder(path, trips=WORLD["trips"].replace("one day", "two days"))
    assert browser.get("/package.zip").status_code == 503


def test_the_package_of_an_upload_holds_neither_its_token_nor_our_licence(shipped: Travel, tmp_path: Path) -> None:
    store = Store(tmp_path / "uploads")
    upload = store.begin("trips.xlsx")
    make_folder(store.path(upload.token) / "data")
    store.write(replace(upload, data="data", trips=4))
    answer = client(shipped, tmp_path, DATA).get(f"/package.zip?data={upload.token}&leader=ada-north")
    assert answer.headers["Cache-Control"] == "no-store"
    files = files_of(answer.data)
    assert "LICENSE" not in files
    assert json.loads(files["datapackage.json"])["query"] == "?leader=ada-north"
    assert not [name for name, content in files.items() if upload.token.encode() in content]


# Statements: a package carries those that its rows decide


CARRIED: dict[str, set[str]] = {
    "?leader=kim-jong-un": {"rail-under-half", "moon-dmz", "vladivostok-border", "tenth-trip"},
    "?leader=kim-jong-il": {"father-by-train"},
    "?leader=kim-jong-un&years=2018-2019": {"four-china-trips", "moon-dmz"},
    "?leader=kim-jong-un&met=donald-trump": {"three-trump-meetings"},
    "?transport=plane": set(),
}


@pytest.fixture(scope="module")
def whole(shipped: Travel) -> dict[str, Verdict]:
    """What is found of each statement in all the data."""
    return {one.statement.claim: one for one in judge(shipped)}


@pytest.mark.parametrize("query", CARRIED)
def test_the_statements_of_a_package_say_the_same_as_in_all_the_data(
    pack: Pack, whole: dict[str, Verdict], query: str, tmp_path: Path
) -> None:
    body = pack(query)
    carried = build(read_folder(unpacked(body, tmp_path / "folder")))
    found = judge(carried)
    assert CARRIED[query] <= {one.statement.claim for one in found}
    for one in found:
        before = whole[one.statement.claim]
        assert (one.then, one.today) == (before.then, before.today), one.statement.claim
    assert f"Selected by: `{query}`" in files_of(body)["README.md"].decode()
