"""A reader's own table in a real browser: from the drop to the dashboard."""

from __future__ import annotations

import base64
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from dashboard.importers.table.columns import guess
from dashboard.uploads.limits import LIMITS
from tests.browser.conftest import OpenPage
from tests.shapes import SHAPES, Shape

TABLE = """\
who,start,end,country,city,by,met with,why
Ada North,2018-12-30,2019-01-02,Russia,Anadyr,plane,Vera West,New Year
Ada North,2019-05-01,2019-05-02,China,Pingxiang,train,Omar East,a day on the border
Ada North,2019-06-01,2019-06-02,Nowhere,Foo,train,,
"""
SCRIPT = "<script>document.title='hit'</script>"
IMAGE = "<img src=x onerror=\"document.title='hit'\">"
HOSTILE = f"""\
leader,arrived,country,place,met,{SCRIPT},notes
{IMAGE},2019-05-01,Canada,Whitehorse,{SCRIPT},{IMAGE},{SCRIPT}
<b>Bold</b>,2019-06-01,Russia,{SCRIPT},<b>Vera</b> &amp; co,,{IMAGE}
"""


@pytest.fixture(autouse=True)
def no_upload_before(uploads_folder: Path) -> None:
    """Begin with none: a client may send so many an hour, and here every test is the same client."""
    shutil.rmtree(uploads_folder, ignore_errors=True)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "trips.csv"
    path.write_text(TABLE, "utf-8")
    return path


@pytest.fixture
def open_page(open_page: OpenPage) -> OpenPage:
    """Pages that wait for a table as long as the server may read it."""

    def open_patient(*args: Any, **options: Any) -> Page:
        page = open_page(*args, **options)
        page.set_default_timeout(LIMITS.seconds * 2000)
        return page

    return open_patient


def shown(page: Page, content: str) -> str:
    """The address of a table that has come all the way as it was guessed, sent without the browser."""
    begun = page.request.post("/upload", form={"table": content}, max_redirects=0)
    address = begun.headers["location"]
    fields = guess(content.partition("\n")[0].split(","))
    page.request.post(f"{address}/columns", form={f"column-{n}": field for n, field in enumerate(fields)})
    finished = page.request.post(f"{address}/show", form={"with": "instead"}, max_redirects=0)
    return finished.headers["location"]


def choose(page: Page, heading: str, field: str) -> None:
    page.get_by_role("combobox", name=heading, exact=True).select_option(field)


def through(page: Page) -> None:
    """From the preview to the dashboard, with nothing changed."""
    page.get_by_role("button", name="Read the trips").click()
    page.get_by_role("button", name="Show the trips").click()
    expect(page).to_have_url(re.compile(r"/\?data=[\w-]{32}$"))


def test_a_file_becomes_the_dashboard(page: Page, table: Path) -> None:
    page.goto("/")
    page.get_by_role("link", name="Your own trips").click()
    page.get_by_label("Choose a file, or drop it here").set_input_files(table)
    expect(page.locator("#chosen")).to_have_text("trips.csv, 1 kB")
    page.get_by_role("button", name="Look at the table").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the columns hold")
    expect(page.get_by_role("combobox", name="who", exact=True)).to_have_value("leader")
    expect(page.get_by_role("combobox", name="by", exact=True)).to_have_value("transport")
    page.get_by_role("button", name="Read the trips").click()
    expect(page.locator(".sums")).to_contain_text("3 rows read = 2 kept + 1 left out")
    expect(page.locator(".messages")).to_contain_text("1 row: country 'Nowhere' is not known")
    page.get_by_role("group", name="Pingxiang, China").get_by_label("region 16").check()
    page.get_by_role("button", name="Show the trips").click()
    expect(page.locator("#key-figures")).to_contain_text("2 trips")
    expect(page.locator("#upload")).to_contain_text("Your upload: 2 trips from trips.csv; kept until")
    expect(page.locator("#not-on-the-map")).to_contain_text("The home town of Ada North is not given, so that the ways")
    expect(page.locator("#map text", has_text="Pingxiang")).to_be_visible()
    expect(page.locator("#sentence")).to_contain_text("All leaders travelled abroad")
    stays_on_the_upload(page)


def stays_on_the_upload(page: Page) -> None:
    """Choices and downloads keep to the upload that the address names."""
    page.locator("#legend button", has_text="train").click()
    expect(page.locator("#key-figures")).to_contain_text("1 trip")
    expect(page).to_have_url(re.compile(r"/\?data=[\w-]{32}&transport=train$"))
    page.get_by_role("button", name="Everything").click()
    expect(page).to_have_url(re.compile(r"/\?data=[\w-]{32}$"))
    with page.expect_download() as download:
        page.locator("#downloads").get_by_role("link", name="CSV").click()
    assert "Pingxiang" in download.value.path().read_text("utf-8")


def test_a_dropped_file_is_taken_and_its_trips_stand_beside_the_shipped_ones(page: Page) -> None:
    page.goto("/upload")
    content = base64.b64encode(TABLE.encode()).decode()
    transfer = page.evaluate_handle(
        """content => {
            const transfer = new DataTransfer();
            transfer.items.add(new File([atob(content)], "dropped.csv", { type: "text/csv" }));
            return transfer;
        }""",
        content,
    )
    page.dispatch_event(".drop", "dragover", {"dataTransfer": transfer})
    page.dispatch_event(".drop", "drop", {"dataTransfer": transfer})
    expect(page.locator("#chosen")).to_have_text("dropped.csv, 1 kB")
    page.get_by_role("button", name="Look at the table").click()
    page.get_by_role("button", name="Read the trips").click()
    page.get_by_label("beside them").check()
    page.get_by_role("button", name="Show the trips").click()
    expect(page.locator("#upload")).to_contain_text("2 trips from dropped.csv")
    expect(page.locator("#key-figures")).to_contain_text("2 of Ada North")
    expect(page.locator("#key-figures")).to_contain_text("23 trips")


def test_a_file_dragged_in_from_the_desktop_is_taken(page: Page, table: Path) -> None:
    page.goto("/upload")
    box = page.locator("#file").bounding_box()
    assert box
    session = page.context.new_cdp_session(page)
    for kind in ("dragEnter", "dragOver", "drop"):
        at = {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}
        data = {"items": [], "files": [str(table)], "dragOperationsMask": 1}
        session.send("Input.dispatchDragEvent", {"type": kind, **at, "data": data})
    expect(page.locator("#chosen")).to_have_text("trips.csv, 1 kB")
    page.get_by_role("button", name="Look at the table").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the columns hold")


def test_a_table_is_pasted_by_key_alone_without_scripts(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/upload")
    page.get_by_label("Or paste a table").fill(TABLE.replace(",", "\t"))
    page.get_by_role("button", name="Look at the table").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Read the trips").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/places")
    expect(page.locator(".sums")).to_contain_text("3 rows read = 2 kept + 1 left out")
    page.get_by_role("button", name="Show the trips").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/?data=*")


def upload(page: Page, content: str, name: str) -> None:
    page.goto("/upload")
    send(page, content, name)


def send(page: Page, content: str, name: str) -> None:
    file = FilePayload(name=name, mimeType="text/csv", buffer=content.encode())
    page.get_by_label("Choose a file, or drop it here").set_input_files(file)
    page.get_by_role("button", name="Look at the table").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the columns hold")


def test_script_in_a_table_never_runs(page: Page) -> None:
    upload(page, HOSTILE, f"{IMAGE}.csv")
    expect(page.locator(".preview")).to_contain_text(IMAGE)
    choose(page, SCRIPT, "source")
    through(page)
    expect(page.locator("#key-figures")).to_contain_text("2 trips")
    expect(page.locator("#rows")).to_contain_text(SCRIPT)
    expect(page.locator("#by-person, #map").first).to_be_visible()
    expect(page.locator(".charts")).to_contain_text("<b>Vera</b>")
    page.locator("#trip-list .trip").first.click()
    # A slash parts two towns of one cell.
    expect(page.locator("#trip-list .itinerary")).to_contain_text(SCRIPT.partition("/")[0])
    page.locator("#leader-words").click()
    expect(page.locator("#leader-options")).to_contain_text(IMAGE)
    assert page.locator("#map b, #rows b, #rows img, #trip-list img, .charts img").count() == 0
    assert page.title() == "All leaders travelled abroad 2019 by any transport: Leader Travel"


def test_two_visitors_see_each_only_their_own(open_page: OpenPage) -> None:
    one, other = open_page(), open_page()
    one.goto(shown(one, TABLE))
    other.goto(shown(other, TABLE.replace("Ada North", "Bo South").replace("Nowhere", "Canada")))
    expect(one.locator("#key-figures")).to_contain_text("2 trips")
    expect(other.locator("#key-figures")).to_contain_text("3 trips")
    expect(one.locator("#rows")).not_to_contain_text("Bo South")
    expect(other.locator("#rows")).not_to_contain_text("Ada North")
    one.goto("/")
    expect(one.locator("#key-figures")).to_contain_text("21 trips")
    expect(one.locator("#upload")).to_be_empty()


def test_a_link_is_asked_for_and_serves_another_visitor(open_page: OpenPage) -> None:
    page, friend = open_page(), open_page()
    page.goto(shown(page, TABLE))
    page.get_by_role("button", name="Keep it for 30 days and get a link").click()
    expect(page.locator("#upload")).to_contain_text("Whoever has this page's address sees them")
    friend.goto(page.url)
    expect(friend.locator("#key-figures")).to_contain_text("2 trips")
    expect(page.locator("#upload-link")).to_have_text(page.url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == page.url
    page.locator("summary", has_text="Forget it now").click()
    page.get_by_role("button", name="Yes, delete them").click()
    expect(page.get_by_text("The upload is deleted, with all that was made from it.")).to_be_visible()
    friend.reload()
    expect(friend.locator("#notices")).to_contain_text("The upload of this address is not here, or no longer.")
    expect(friend.locator("#key-figures")).to_contain_text("21 trips")


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    page.goto("/upload")
    file = tmp_path / "large.csv"
    file.write_bytes(b"x" * 10_000_001)
    page.get_by_label("Choose a file, or drop it here").set_input_files(file)
    expect(page.locator("#chosen")).to_contain_text("The file is larger than 10 MB")
    page.get_by_role("button", name="Look at the table").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your own trips")


def test_the_phone_shows_every_step_without_scrolling_sideways(phone: Page) -> None:
    def fits() -> bool:
        # Before the style sheets have come the page is as wide as its table.
        phone.wait_for_load_state("load")
        return bool(phone.evaluate("() => document.documentElement.scrollWidth <= 390"))

    phone.goto("/upload")
    assert fits()
    send(phone, TABLE, "trips.csv")
    assert fits()
    phone.get_by_role("button", name="Read the trips").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Rows and places")
    assert fits()
    phone.get_by_role("button", name="Show the trips").click()
    expect(phone.locator("#upload")).to_contain_text("Your upload")
    assert fits()


# What is said for all rows, a workbook, days that are joined: what the forms can do. The other shapes are read
# without a browser, tests/importers/test_shapes.py.
IN_FORMS = [shape for shape in SHAPES if shape.file in ("list-of-trips.csv", "book.xlsx", "day-by-day.csv")]


@pytest.mark.parametrize("shape", IN_FORMS, ids=lambda shape: shape.file)
def test_a_table_of_each_kind_comes_in_on_the_page(page: Page, shape: Shape) -> None:
    page.goto("/upload")
    page.get_by_label("Choose a file, or drop it here").set_input_files(shape.path)
    page.get_by_role("button", name="Look at the table").click()
    for name, text in shape.once.items():
        page.locator(f"#once-{name}").fill(text)
    if shape.join:
        page.get_by_label("neighbouring days in one place are one stay").check()
    page.get_by_role("button", name="Read the trips").click()
    sums, written = shape.account.splitlines()[:2]
    expect(page.locator(".sums")).to_contain_text(sums.removesuffix("."))
    trips = re.findall(r"\d+ trip", written)[0]
    expect(page.locator(".sums")).to_contain_text(trips)
    told = [line for line in shape.account.splitlines() if re.match(r"  [\d,]+ × ", line)]
    for line in told:
        expect(page.locator(".findings")).to_contain_text(line.partition(" × ")[2].partition("; did you mean")[0])
    expect(page.locator("#main")).not_to_contain_text("--map")


def test_a_bar_says_how_many_rows_are_read(page: Page) -> None:
    upload(page, "who,date,country,city\nAda,2019-05-01,Italy,Rome\n", "t.csv")
    page.route("**/progress", lambda route: route.fulfill(json={"done": 4000, "total": 10000}))
    page.evaluate(
        "document.querySelector('form[action$=columns]').addEventListener('submit', (e) => e.preventDefault())"
    )
    page.get_by_role("button", name="Read the trips").click()
    expect(page.locator(".reading")).to_contain_text("Row 4,000 of 10,000 is read")
    expect(page.get_by_role("progressbar", name="How far the table is read")).to_have_attribute("max", "10000")


def test_an_answer_is_read_in_every_row(page: Page) -> None:
    upload(page, "who,date,country,city\nAda,2019-05-01,Ruritania,Rome\nAda,2019-06-01,Ruritania,Milan\n", "t.csv")
    page.get_by_role("button", name="Read the trips").click()
    expect(page.locator(".sums")).to_contain_text("2 rows read = 0 kept + 2 left out")
    page.get_by_label("Read it in all these rows as").fill("Italy")
    page.get_by_role("button", name="Read the rows again with these answers").click()
    expect(page.locator(".sums")).to_contain_text("2 rows read = 2 kept + 0 left out; 2 trips")
