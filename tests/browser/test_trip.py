"""The open trip in a real browser: its number, its sentence, its way on the map, the trips beside it, its sources."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import Start
from tests.browser.test_page import KIM_JONG_UN, middle_of_longest_line, ready

OPEN = f"{KIM_JONG_UN}&trip=KJU-10"
OPACITY = """uid => {
    const graph = document.querySelector('#map .js-plotly-plot');
    const at = graph.data.findIndex(trace => trace.uid === uid);
    return Number(getComputedStyle(graph.querySelectorAll('.frontplot .scattergeo')[at]).opacity);
}"""
SCALE = "() => document.querySelector('#map .js-plotly-plot')._fullLayout.geo.projection.scale"


def shown(start: Start, address: str = OPEN) -> Page:
    page = start(address)
    expect(page.locator(".itinerary")).to_be_visible()
    expect(page.locator("#map .trip-open")).to_have_count(1)
    return page


def test_every_trip_says_its_number(start: Start) -> None:
    page = start(f"{KIM_JONG_UN}&years=2023")
    ready(page, "1 trip")
    expect(page.locator("#trip-list .trip")).to_contain_text("10th known trip abroad")
    expect(page.locator("#rows tbody tr .nth_of_leader")).to_have_text("10th")


def test_the_sentence_can_be_copied(start: Start) -> None:
    page = shown(start)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy sentence").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()").startswith(
        "Kim Jong Un's 10th known trip abroad: by train to Vostochny Cosmodrome"
    )


def test_the_open_trip_stands_out_with_the_order_and_days_of_its_legs(start: Start) -> None:
    page = shown(start)
    assert page.evaluate(OPACITY, "trip-0") == 1
    assert page.evaluate(OPACITY, "plane-recorded") < 0.3
    expect(page.locator("#map text", has_text=re.compile(r"^1 · 10.*Sep"))).to_be_visible()


def test_the_map_frames_the_trip(start: Start) -> None:
    page = shown(start, f"{KIM_JONG_UN}&trip=KJU-01")
    before = page.evaluate(SCALE)
    page.get_by_role("button", name="Zoom to trip").click()
    assert page.evaluate(SCALE) > before * 1.5


def test_the_trips_before_and_after_by_button_and_key_and_escape_closes(start: Start) -> None:
    page = shown(start)
    page.locator("#trip-later").click()
    expect(page).to_have_url(re.compile("trip=KJU-11$"))
    expect(page.locator("#trip-later")).to_be_disabled()
    sentence = page.locator("#trip-sentence")
    for key, nth, trip in (("ArrowLeft", "10th", "10"), ("ArrowLeft", "9th", "09"), ("ArrowRight", "10th", "10")):
        page.keyboard.press(key)
        expect(sentence).to_contain_text(f"Un's {nth} known trip")
        expect(page).to_have_url(re.compile(f"trip=KJU-{trip}$"))
    page.keyboard.press("Escape")
    expect(page.locator(".itinerary")).to_have_count(0)
    expect(page).to_have_url(re.compile("leader=kim-jong-un$"))


def test_escape_in_a_menu_closes_the_menu_and_not_the_trip(start: Start) -> None:
    page = shown(start)
    page.locator("#leader-words").click()
    expect(page.locator("#leader-options")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.locator("#leader-options")).to_be_hidden()
    expect(page.locator(".itinerary")).to_be_visible()


def test_a_trip_outside_the_selection_says_so_and_can_be_shown(start: Start) -> None:
    page = start(f"{KIM_JONG_UN}&transport=plane&trip=KJU-10")
    expect(page.locator(".outside")).to_contain_text("not among those selected")
    page.get_by_role("button", name="Show it among all trips").click()
    expect(page.locator(".outside")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/\?trip=KJU-10$"))
    expect(page.locator(".itinerary")).to_be_visible()


def test_the_sources_stand_in_the_first_screen_and_the_table_opens_them(start: Start) -> None:
    page = shown(start)
    link = page.locator(".said-by a").first.bounding_box()
    assert link
    assert link["y"] < 1000
    page.keyboard.press("Escape")
    expect(page.locator(".itinerary")).to_have_count(0)
    page.locator("#rows tr", has_text="10 Sep 2023").get_by_role("button", name="sources").click()
    expect(page.locator("#trip-sources")).to_be_focused()
    expect(page.locator("#trip-sources")).to_be_in_viewport()


def test_the_table_can_show_the_id(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("checkbox", name="Id").click()
    expect(page.locator("#rows tbody .trip_id").first).to_have_text("KJU-11")
    page.get_by_role("checkbox", name="Id").click()
    expect(page.locator("#rows tbody .trip_id")).to_have_count(0)


def test_a_shared_line_offers_its_trips_and_its_place(start: Start) -> None:
    page = start(f"{KIM_JONG_UN}&country=CHN&transport=train")
    ready(page, "3 trips")
    page.mouse.move(*middle_of_longest_line(page, "train-recorded"))
    expect(page.locator("#map .js-plotly-plot")).to_have_class(re.compile("clickable"))
    page.mouse.click(*middle_of_longest_line(page, "train-recorded"))
    choice = page.locator("#line-choice")
    expect(choice).to_contain_text("known trip abroad")
    expect(choice.get_by_role("button", name=re.compile("^Only trips to"))).not_to_have_count(0)
    expect(page).to_have_url(re.compile("transport=train$"))
    expect(choice.get_by_role("button").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(choice).to_be_hidden()
    page.mouse.click(*middle_of_longest_line(page, "train-recorded"))
    choice.get_by_role("button", name=re.compile("known trip abroad")).first.click()
    expect(page.locator(".itinerary")).to_be_visible()
    expect(choice).to_be_hidden()


def test_the_hover_names_all_that_lie_upon_each_other(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    expect(page.locator("#map text", has_text="Singapore")).to_be_visible()
    ring = page.locator("#map .scattergeo").filter(has_text="Beijing").locator("path.point").first.bounding_box()
    assert ring
    page.mouse.move(ring["x"] + ring["width"] / 2, ring["y"] + ring["height"] / 2)
    hover = page.locator("#map-hover")
    expect(hover).to_contain_text("Beijing")
    expect(hover).to_contain_text("Pyongyang")
    expect(page.locator("#map .hoverlayer")).to_be_hidden()
    page.mouse.move(*middle_of_longest_line(page, "plane-recorded"))
    expect(hover).to_contain_text("Plane, 1 trip")
    page.mouse.move(5, 5)
    expect(hover).to_be_hidden()
