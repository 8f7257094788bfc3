"""The page on a telephone: fingers through the browser's own input, sizes, and what a narrow screen shows."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from dashboard.figures import CHARTS
from tests.browser.conftest import PHONE, OpenPage, Start
from tests.browser.test_page import KIM_JONG_UN, ready

GEO = """() => {
    const { center, projection } = document.querySelector('#map .js-plotly-plot')._fullLayout.geo;
    return [center.lon, center.lat, projection.scale];
}"""
LOOK = "() => [Math.round(scrollY), location.search, visualViewport.scale]"
# A page glides on for a while after a swipe.
RESTS = """() => {
    const rests = window.lastY === scrollY;
    window.lastY = scrollY;
    return rests;
}"""
FIGURES = ("year-strip", *(chart.id for chart in CHARTS))
Spot = tuple[float, float]


def finger(session: CDPSession, kind: str, *spots: Spot) -> None:
    points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(spots)]
    session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def drag(page: Page, *ways: tuple[Spot, Spot]) -> None:
    """One finger, or two at once, each put down at the first spot, moved to the second, and lifted."""
    session = page.context.new_cdp_session(page)
    finger(session, "touchStart", *(start for start, _ in ways))
    for step in range(1, 11):
        moved = [(a + (c - a) * step / 10, b + (d - b) * step / 10) for (a, b), (c, d) in ways]
        finger(session, "touchMove", *moved)
    finger(session, "touchEnd")


def swipe(page: Page, start: Spot, end: Spot) -> None:
    """One finger up or down the page, until the page stands still."""
    before = page.evaluate("() => scrollY")
    page.evaluate("() => { window.stands = false; onscrollend = () => { window.stands = true; }; }")
    drag(page, (start, end))
    page.wait_for_function("before => window.stands && Math.abs(scrollY - before) > 80", arg=before)


def middle_in_view(page: Page, name: str) -> Spot:
    page.evaluate("id => document.getElementById(id).scrollIntoView({ block: 'center' })", name)
    page.wait_for_function(RESTS, polling=100)
    box = page.locator(f"#{name}").bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_swipe_that_begins_on_a_figure_scrolls_and_chooses_nothing(start: Start) -> None:
    phone = start(KIM_JONG_UN, **PHONE)
    for name in FIGURES:
        x, y = middle_in_view(phone, name)
        before = phone.evaluate(LOOK)
        swipe(phone, (x - 60, y + 10), (x + 30, y - 190))
        assert phone.evaluate(LOOK)[1:] == before[1:], name
        drag(phone, ((x - 60, y), (x + 60, y)))
    ready(phone, "11 trips")
    assert phone.evaluate("() => location.search") == "?leader=kim-jong-un"


def test_a_tap_on_a_bar_chooses(start: Start) -> None:
    phone = start(KIM_JONG_UN, **PHONE)
    middle_in_view(phone, "by-country")
    box = phone.locator("#by-country .bars path").first.bounding_box()
    assert box
    phone.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    ready(phone, "5 trips")


def test_the_map_scrolls_under_one_finger_and_moves_under_two(start: Start) -> None:
    phone = start(KIM_JONG_UN, **PHONE)
    expect(phone.get_by_text("Two fingers move and zoom the map.")).to_be_visible()
    x, y = middle_in_view(phone, "map")
    view = phone.evaluate(GEO)
    swipe(phone, (x, y), (x, y - 150))
    assert phone.evaluate(GEO) == view
    x, y = middle_in_view(phone, "map")
    look = phone.evaluate(LOOK)
    drag(phone, ((x - 40, y), (x + 40, y)), ((x + 40, y), (x + 120, y)))
    phone.wait_for_function(f"west => ({GEO})()[0] < west - 5", arg=view[0])
    assert phone.evaluate(GEO)[2] == pytest.approx(view[2], rel=0.01)
    drag(phone, ((x - 20, y), (x - 60, y)), ((x + 20, y), (x + 60, y)))
    phone.wait_for_function(f"scale => ({GEO})()[2] > 2 * scale", arg=view[2])
    assert phone.evaluate(LOOK) == look
    # One finger above the other, beside the buttons at the foot of the map.
    pinch: Any = {"x": x + 60, "y": y, "scaleFactor": 0.6, "gestureSourceType": "touch"}
    phone.context.new_cdp_session(phone).send("Input.synthesizePinchGesture", pinch)
    phone.wait_for_function(f"scale => ({GEO})()[2] < scale", arg=view[2] * 2)
    assert phone.evaluate(GEO)[2] >= 1
    assert phone.evaluate(LOOK) == look


SEEN = "{ visibilityProperty: true, opacityProperty: true }"
SIDEWAYS = "() => document.documentElement.scrollWidth - innerWidth"
HEIGHT = "() => document.documentElement.scrollHeight"
# What is pressed with a finger; words within a text, and what only a keyboard reaches, are not.
PRESSED = "button, input, summary, select, header a, .button, .all-files a, .itinerary a, tbody tr"
SMALL = f"""() => [...document.querySelectorAll("{PRESSED}")].filter(one => one.checkVisibility({SEEN}))
    .map(one => [one.id || one.className || one.textContent, one.getBoundingClientRect()])
    .filter(([, box]) => Math.min(box.width, box.height) < 43.9)
    .map(([name, box]) => name + ": " + Math.round(box.width) + " by " + Math.round(box.height))"""
COVERED = """kind => {
    const box = one => one.getBoundingClientRect();
    const meets = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const buttons = [...document.querySelectorAll(":is(.zoom, .map-kinds) button")].map(box);
    return [...document.querySelectorAll(`#map .scattergeo ${kind}`)]
        .filter(one => one.checkVisibility({ visibilityProperty: true }))
        .filter(one => buttons.some(button => meets(button, box(one))))
        .map(one => one.textContent || one.getAttribute("d"));
}"""
WIDER = """() => {
    const right = one => one.getBoundingClientRect().right;
    const list = document.getElementById("trip-list");
    const wider = [...list.querySelectorAll(".trip, .trip *")].filter(one => right(one) > right(list));
    return wider.map(one => one.textContent);
}"""
TOUCHING = """() => {
    const ways = [...document.querySelectorAll("header nav > :not(#languages)")];
    const boxes = ways.map(one => one.getBoundingClientRect());
    const meets = (a, b) => a.left < b.right + 6 && b.left < a.right + 6 && a.top < b.bottom && b.top < a.bottom;
    return boxes.filter((one, at) => boxes.slice(at + 1).some(other => meets(one, other))).length;
}"""
CLIPPED = """() => [...document.querySelectorAll("main *, header *, footer *")]
    .filter(one => one.checkVisibility() && one.children.length === 0 && !one.closest("svg, .unseen, .trip .why"))
    .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== "visible")
    .map(one => one.textContent)"""


@pytest.mark.parametrize("width", [390, 320])
def test_the_narrow_page_is_short_and_nothing_is_cut_or_too_small(start: Start, width: int) -> None:
    phone = start("/", **PHONE | {"width": width})
    ready(phone, "21 trips")
    assert phone.evaluate(HEIGHT) < 4000
    assert phone.evaluate(SIDEWAYS) <= 0
    assert (phone.evaluate(SMALL), phone.evaluate(CLIPPED), phone.evaluate(TOUCHING)) == ([], [], 0)
    expect(phone.locator("#page .map > .loading")).to_be_hidden()
    for _ in range(3):
        assert phone.evaluate(COVERED, "text") == []
        phone.locator("#zoom-in").tap()
    phone.locator("#leader-words").tap()
    expect(phone.locator("#leader-options button")).to_have_count(3)
    assert phone.evaluate(SMALL) == []
    phone.locator("#leader-options").get_by_role("button", name="Kim Jong Un").tap()
    expect(phone.locator("#key-figures strong").first).to_have_text("11 trips")
    phone.keyboard.press("Escape")
    phone.get_by_role("button", name="All 11 trips").tap()
    expect(phone.locator("#trip-list .trip:visible")).to_have_count(11)
    assert phone.evaluate(WIDER) == []
    phone.locator("#trip-list .trip").first.tap()
    expect(phone.locator(".itinerary")).to_be_visible()
    assert (phone.evaluate(SMALL), phone.evaluate(SIDEWAYS)) == ([], 0)
    phone.locator("#share-open").tap()
    dialog = phone.get_by_role("dialog", name="Share this view").bounding_box()
    assert dialog
    assert dialog["x"] == pytest.approx(width - dialog["x"] - dialog["width"], abs=1)


@pytest.mark.parametrize(("width", "address"), [(320, "/"), (390, KIM_JONG_UN)])
def test_no_place_lies_under_a_button_of_the_first_view(open_page: OpenPage, width: int, address: str) -> None:
    phone = open_page(**PHONE | {"width": width})
    phone.goto(address)
    expect(phone.locator("#first-paint")).to_have_count(0)
    expect(phone.locator("#map text", has_text="Singapore")).to_be_visible()
    assert phone.evaluate(COVERED, "path.point") == []


def test_an_open_trip_keeps_the_page_short(start: Start) -> None:
    phone = start(f"{KIM_JONG_UN}&trip=KJU-10", **PHONE)
    expect(phone.locator(".itinerary")).to_be_visible()
    assert phone.evaluate(HEIGHT) < 4000


def test_the_rows_are_cards_that_say_where_when_how_and_whom(start: Start) -> None:
    phone = start(KIM_JONG_UN, **PHONE)
    card = phone.locator("#rows tbody tr", has_text="10 Sep 2023")
    for text in ("Vostochny Cosmodrome", "train", "Vladimir Putin"):
        expect(card.get_by_text(text).first).to_be_visible()
    expect(phone.locator("#rows tbody tr:visible")).to_have_count(3)
    phone.get_by_role("button", name="All 11 rows").tap()
    expect(phone.locator("#rows tbody tr:visible")).to_have_count(11)
    phone.locator("#rows th").get_by_role("button", name="Days").tap()
    expect(card).to_be_visible()
    card.tap()
    expect(phone.locator(".itinerary")).to_contain_text("met Vladimir Putin")
