"""What leaves the page: pictures, a view alone in a frame, paper, and the file that opens offline."""

from __future__ import annotations

import re
import threading
from pathlib import Path
from xml.etree import ElementTree as ET

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, expect
from werkzeug.serving import make_server

from app import create_app
from dashboard.figures import CHARTS
from dashboard.page.pictures import QUESTIONS
from dashboard.query.view_state import EMBEDS
from tests.browser.conftest import OpenPage, Start
from tests.browser.test_page import KIM_JONG_UN, ready
from tests.world import header, make_travel

PNG = b"\x89PNG\r\n\x1a\n"


def taken(page: Page, view: str, form: str) -> tuple[str, bytes]:
    """The name and the bytes of the picture of a view."""
    with page.expect_download() as waiting:
        page.locator(f"[data-picture={view}][data-format={form}]").click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def printed(page: Page, to: Path) -> list[str]:
    """The text of each page that is printed, its lines joined."""
    page.pdf(path=to, prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(to)
    texts = [" ".join(leaf.get_textpage().get_text_range().split()) for leaf in document]
    document.close()
    return texts


@pytest.mark.parametrize("view", EMBEDS)
def test_a_picture_says_what_it_shows_of_what_and_whence(start: Start, view: str) -> None:
    page = start(f"{KIM_JONG_UN}&years=2018-2019")
    ready(page, "9 trips")
    expect(page.locator("#map text", has_text="Singapore")).to_be_visible()
    name, svg = taken(page, view, "svg")
    assert re.fullmatch(rf"leader-travel_{view}_\d{{4}}-\d\d-\d\d\.svg", name)
    words = " ".join(" ".join(ET.fromstring(svg).itertext()).split())  # noqa: S314  our own
    assert QUESTIONS[view] in words
    assert "Kim Jong Un travelled abroad 2018 to 2019 by any transport." in words
    assert re.search(r"Data as of \d{4}-\d\d-\d\d\. Source: Leader Travel", words)
    assert ("plane 3" in words) == (view == "map")
    name, png = taken(page, view, "png")
    assert name.endswith(".png")
    assert png.startswith(PNG)
    assert len(png) > 10_000


def test_labels_of_the_picture_stand_as_on_the_page(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    expect(page.locator("#map text", has_text="Singapore")).to_be_visible()
    shown = {text.text_content() for text in page.locator("#map .scattergeo text").all() if text.is_visible()}
    _, svg = taken(page, "map", "svg")
    drawn = {"".join(one.itertext()) for one in ET.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")}  # noqa: S314
    assert shown <= drawn
    waiting = {text.text_content() for text in page.locator("#map .scattergeo text").all() if not text.is_visible()}
    assert not (waiting - shown) & drawn


@pytest.mark.parametrize("view", EMBEDS)
def test_a_view_alone(start: Start, view: str) -> None:
    page = start(f"{KIM_JONG_UN}&embed={view}")
    expect(page.locator("#page")).to_have_class(f"page embed embed-{view}")
    drawn = page.locator(f"#{view}")
    expect(drawn).to_be_visible()
    others = [one for one in EMBEDS if one != view]
    for other in others:
        expect(page.locator(f"#{other}")).to_be_hidden()
    for hidden in ("#table", ".panel", ".page > header", "#about", "#leader-words"):
        expect(page.locator(hidden)).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Kim Jong Un travelled abroad")
    whole = page.get_by_role("link", name="Leader Travel: the whole page")
    expect(whole).to_have_attribute("href", "?leader=kim-jong-un")


def test_share_hands_out_the_frame(start: Start, open_page: OpenPage) -> None:
    page = start(f"{KIM_JONG_UN}&years=2018")
    ready(page, "5 trips")
    page.get_by_role("button", name="Share").click()
    page.get_by_text("One view alone, for another page").click()
    code = page.locator("#share-map").inner_text()
    address = re.fullmatch(
        r'<iframe src="([^"]+)" title="[^"]+" width="100%" height="\d+" loading="lazy".*></iframe>', code
    )
    assert address
    other = open_page()
    other.goto("/health")  # only a page of the same site may hold the frame
    other.set_content(code)
    frame = other.frame_locator("iframe")
    expect(frame.locator("#map text", has_text="Singapore")).to_be_visible()
    expect(frame.locator("#table")).to_be_hidden()
    assert address[1].replace("&amp;", "&").endswith("/?leader=kim-jong-un&years=2018&embed=map")


def test_paper_has_all_of_it_and_no_button(start: Start, tmp_path: Path) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    expect(page.locator("#map text", has_text="Singapore")).to_be_visible()
    pages = printed(page, tmp_path / "page.pdf")
    whole = " ".join(pages)
    for wanted in ("Kim Jong Un travelled abroad 2018 to 2025 by any transport", "Data as of", "train 6 plane 3 car 2",
                   "Singapore", *(one.question for one in CHARTS), "80th-anniversary", "About the data"):  # fmt: skip
        assert wanted in whole, wanted
    for button in ("Share", "Columns", "Copy", "PNG", "CSV", "Your own trips", "Everything", "Zoom"):
        assert button not in whole, button
    # Each chart is on one page with its question, and the map with its legend.
    assert "train 6" in pages[0]
    assert "Vostochny Cosmodrome" in pages[0]


def test_paper_is_light_where_the_screen_is_dark(start: Start) -> None:
    page = start(KIM_JONG_UN)
    page.emulate_media(color_scheme="dark")
    ready(page, "11 trips")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("() => getComputedStyle(document.body).color") == "rgb(27, 36, 41)"
    colours = "() => document.querySelector('#map .js-plotly-plot').layout.geo.landcolor"
    assert page.evaluate(colours) == "#f7f4ec"
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(colours) == "#232d31"


def test_paper_has_every_row_under_repeated_headings(browser: Browser, tmp_path: Path) -> None:
    trips = "".join(
        f"T-{at:03},ada-north,2018-{1 + at // 28:02}-{1 + at % 28:02},,,,outing {at:03},,\n" for at in range(150)
    )
    stops = "".join(f"T-{at:03},1,Anadyr,RUS,,,plane,visit,reported\n" for at in range(150))
    texts = {"trips": header("trips") + trips, "stops": header("stops") + stops}
    bare = {name: header(name) for name in ("meetings", "evidence", "reported", "claims", "counts")}
    travel = make_travel(**bare | texts)
    listening = make_server("127.0.0.1", 0, create_app(travel, kept_in=tmp_path / "uploads").server, threaded=True)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    page = browser.new_page(base_url=f"http://127.0.0.1:{listening.server_port}")
    page.goto("/")
    expect(page.locator("#rows tbody tr")).to_have_count(25)
    pages = printed(page, tmp_path / "page.pdf")
    expect(page.locator("#rows tbody tr")).to_have_count(25)
    page.close()
    listening.shutdown()
    listening.server_close()
    whole = " ".join(pages)
    assert all(f"Outing {at:03}" in whole or f"outing {at:03}" in whole for at in range(150))
    with_rows = [text for text in pages if len(re.findall("Ada North", text)) > 5]
    assert len(with_rows) > 2
    assert sum("Left home" in text for text in with_rows) == len(with_rows)


def test_the_file_opens_from_disk_without_a_network(browser: Browser, start: Start, tmp_path: Path) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    page.get_by_role("button", name="Share").click()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="One file that opens offline").click()
    assert re.fullmatch(r"leader-travel_kim-jong-un_page_\d{4}-\d\d-\d\d\.html", waiting.value.suggested_filename)
    file = tmp_path / "page.html"
    waiting.value.save_as(file)
    assert file.stat().st_size < 2_000_000
    alone = browser.new_context(offline=True).new_page()
    errors: list[str] = []
    alone.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    alone.goto(file.as_uri())
    expect(alone.get_by_role("heading", level=1)).to_have_text(
        "Kim Jong Un travelled abroad 2018 to 2025 by any transport"
    )
    expect(alone.locator("#map text", has_text="Singapore")).to_be_visible()
    expect(alone.locator("#table tbody tr")).to_have_count(11)
    expect(alone.locator(".itinerary")).to_have_count(11)
    expect(alone.locator(".sources").first).to_contain_text("reports the trip")
    ring = alone.locator("#map .scattergeo").filter(has_text="Beijing").locator("path.point").first.bounding_box()
    assert ring
    alone.mouse.move(ring["x"] + ring["width"] / 2, ring["y"] + 3)
    expect(alone.locator("#map .hoverlayer")).to_contain_text(re.compile("Beijing|Pyongyang"))
    assert errors == []
    alone.context.close()
