"""The page in a real browser, as a reader uses it, with every other host out of reach."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from dashboard.travel.great_circles import great_circles
from tests.browser.conftest import OpenPage, Start

KIM_JONG_UN = "/?leader=kim-jong-un"
LINES = "#map .scattergeo path.js-line"
NAME_OF_FOCUSED = """() => {
    const e = document.activeElement;
    return e.id || e.dataset.choose || e.getAttribute('href') || e.innerText;
}"""


def ready(page: Page, trips: str) -> None:
    """Wait until every view counts the same trips."""
    expect(page.locator("#key-figures strong").first).to_have_text(trips)
    expect(page.locator("#table-title")).to_contain_text(trips)
    number = int(trips.split(maxsplit=1)[0].replace(",", ""))
    expect(page.locator("#trip-list .trip")).to_have_count(number)
    expect(page.locator("#rows tbody tr")).to_have_count(min(number, 25))


def middle(page: Page, selector: str) -> tuple[float, float]:
    """The middle of a drawn thing on the screen."""
    page.locator(selector).first.scroll_into_view_if_needed()
    box = page.locator(selector).first.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def middle_of_longest_line(page: Page, trace: str) -> tuple[float, float]:
    """A point on the screen that lies on a drawn line, halfway along it."""
    point = page.evaluate(
        """name => {
            const graph = document.querySelector('#map .js-plotly-plot');
            const at = graph.data.findIndex(trace => trace.uid === name);
            const path = document.querySelectorAll('#map .frontplot .scattergeo')[at].querySelector('path.js-line');
            const spot = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM());
            return [spot.x, spot.y];
        }""",
        trace,
    )
    return point[0], point[1]


def test_the_first_page_shows_everything_by_leader(page: Page) -> None:
    page.goto("/")
    ready(page, "21 trips")
    expect(page.locator("#key-figures")).to_contain_text("11 of Kim Jong Un, 10 of Kim Jong Il")
    assert page.title() == "All leaders travelled abroad 2000 to 2025 by any transport: Leader Travel"


def test_the_map_has_routes_places_and_a_base_map(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    expect(page.locator("#key-figures")).to_contain_text("6 by train, 3 by plane, 2 by car")
    expect(page.locator(LINES)).to_have_count(3)
    places = page.locator("#map .scattergeo").filter(has_text="Beijing").locator("path.point")
    expect(places).to_have_count(13)
    expect(page.locator("#map .layer.land path")).not_to_have_attribute("d", "")
    expect(page.locator("#map text", has_text="Pyongyang")).to_be_visible()


def test_the_browser_draws_the_great_circles_that_files_hold(start: Start) -> None:
    page = start(KIM_JONG_UN)
    spots = np.array([[39.0, 125.8], [1.3, 103.8], [60.0, 179.0], [60.0, -179.0], [-10.0, 20.0], [-10.0, 20.0]])
    latitudes, longitudes = great_circles(spots[:-1], spots[1:])
    drawn = page.evaluate(
        "spots => spots.slice(1).map((to, at) => window.lines.greatCircle(spots[at], to, 33))", spots[:, ::-1].tolist()
    )
    np.testing.assert_allclose(np.array(drawn)[..., 0], longitudes, rtol=0, atol=0.0006)
    np.testing.assert_allclose(np.array(drawn)[..., 1], latitudes, rtol=0, atol=0.0006)


def test_every_line_has_its_words_at_every_point_and_its_symbol_in_the_middle(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    traces = page.evaluate(
        "() => document.querySelector('#map .js-plotly-plot').data.map("
        "({ uid, lon, lat, text, customdata }) => ({ uid, lon, lat, text, customdata }))"
    )
    lines = {trace["uid"]: trace for trace in traces}
    for mode in ("train", "plane", "car"):
        line, middles = lines[f"{mode}-recorded"], lines[f"{mode}-middles"]
        assert {len(line[name]) for name in ("lon", "lat", "text", "customdata")} == {len(line["lon"])}
        assert line["lon"].count(None) == len(middles["lon"]) == len(middles["text"]) > 0
        spots = {name: set(zip(one["lon"], one["lat"], one["text"], strict=True)) for name, one in
                 (("line", line), ("middles", middles))}  # fmt: skip
        assert spots["middles"] <= spots["line"]


def test_labels_on_the_map_do_not_overlap(start: Start) -> None:
    page = start(KIM_JONG_UN)
    expect(page.locator("#map text", has_text="Singapore")).to_be_visible()
    texts = [text for text in page.locator("#map .scattergeo text").all() if text.is_visible()]
    boxes = [box for text in texts if (box := text.bounding_box())]
    assert len(boxes) >= 8
    for number, one in enumerate(boxes):
        for other in boxes[:number]:
            apart_across = one["x"] + one["width"] <= other["x"] + 1 or other["x"] + other["width"] <= one["x"] + 1
            apart_down = one["y"] + one["height"] <= other["y"] + 1 or other["y"] + other["height"] <= one["y"] + 1
            assert apart_across or apart_down, (one, other)


@pytest.mark.parametrize(
    ("menu", "option", "trips", "query"),
    [
        ("leader", "Kim Jong Il", "10 trips", "leader=kim-jong-il"),
        ("transport", "plane", "3 trips", "transport=plane"),
        ("country", "Russia", "5 trips", "country=RUS"),
        ("met", "Donald Trump", "3 trips", "met=donald-trump"),
    ],
)
def test_each_menu_narrows_every_view(start: Start, menu: str, option: str, trips: str, query: str) -> None:
    page = start("/")
    ready(page, "21 trips")
    page.locator(f"#{menu}-words").click()
    page.locator(f"#{menu}-options").get_by_role("button", name=option).click()
    ready(page, trips)
    expect(page).to_have_url(re.compile(re.escape(f"?{query}") + "$"))


def test_typed_years_narrow_every_view(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    page.locator("#years-words").click()
    page.locator("#years-from").fill("2018")
    page.locator("#years-to").fill("2019")
    page.locator("#years-to").press("Enter")
    ready(page, "9 trips")
    expect(page).to_have_url(re.compile("years=2018-2019$"))


def test_a_brush_over_the_year_strip_chooses_the_years(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    box = page.locator("#year-strip .nsewdrag").bounding_box()
    first, last = page.evaluate(
        "() => { const { xaxis } = document.querySelector('#year-strip .js-plotly-plot')._fullLayout;"
        " return [xaxis.d2p(2017.7), xaxis.d2p(2019.3)]; }"
    )
    assert box
    page.mouse.move(box["x"] + first, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + last, box["y"] + 30, steps=6)
    page.mouse.up()
    ready(page, "9 trips")
    expect(page).to_have_url(re.compile("years=2018-2019$"))


def test_a_legend_chip_filters_and_lifts(start: Start) -> None:
    page = start(KIM_JONG_UN)
    chip = page.locator("#legend button", has_text="train")
    chip.click()
    ready(page, "6 trips")
    expect(chip).to_have_attribute("aria-pressed", "true")
    chip.click()
    ready(page, "11 trips")


def test_a_click_on_a_place_chooses_it(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    expect(page.locator("#map text", has_text="Singapore")).to_be_visible()
    rings = page.locator("#map .scattergeo").filter(has_text="Beijing").locator("path.point")
    box = rings.first.bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    ready(page, "4 trips")
    expect(page).to_have_url(re.compile("place=beijing-chn$"))
    expect(page.locator("#chips")).to_contain_text("Beijing")


def test_a_click_on_the_middle_of_a_route_opens_its_trip(start: Start) -> None:
    page = start(f"{KIM_JONG_UN}&transport=plane&country=SGP")
    ready(page, "1 trip")
    page.mouse.click(*middle_of_longest_line(page, "plane-recorded"))
    expect(page).to_have_url(re.compile("trip=KJU-04$"))
    expect(page.locator(".itinerary")).to_contain_text("about 4,700 km, along the great circle")


def test_a_bar_filters(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    page.mouse.click(*middle(page, "#by-country .bars path"))
    ready(page, "5 trips")
    expect(page).to_have_url(re.compile("country=CHN$"))


def test_a_row_opens_the_trip_with_its_sources_and_dissent(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    page.locator("#rows").get_by_role("button", name="10 Sep 2023").click()
    expect(page).to_have_url(re.compile("trip=KJU-10$"))
    itinerary = page.locator(".itinerary")
    expect(itinerary).to_contain_text("Vostochny Cosmodrome")
    expect(itinerary).to_contain_text("met Vladimir Putin (Russia), 13 Sep 2023")
    expect(itinerary.locator(".disputes").first).to_contain_text("six days, in Russia")
    ready(page, "11 trips")


def test_doubt_stays_visible(start: Start) -> None:
    page = start(f"{KIM_JONG_UN}&trip=KJU-11")
    expect(page.locator("#rows tbody tr").first).to_contain_text("5 Sep 2025?")
    expect(page.locator(".itinerary")).to_contain_text("expected, not reported")


def test_an_address_opens_the_same_view_and_back_undoes(start: Start) -> None:
    page = start("/")
    ready(page, "21 trips")
    page.locator("#legend button", has_text="plane").click()
    ready(page, "3 trips")
    page.locator("#trip-list .trip").first.click()
    expect(page).to_have_url(re.compile("transport=plane&trip=KJU-05$"))
    expect(page.locator(".itinerary")).to_be_visible()
    address = page.url
    page.go_back()
    expect(page.locator(".itinerary")).to_have_count(0)
    page.go_back()
    ready(page, "21 trips")
    page.goto(address)
    ready(page, "3 trips")
    expect(page.locator(".itinerary")).to_contain_text("Beijing")


def test_what_an_address_says_wrong_is_told(page: Page) -> None:
    page.goto("/?leader=kim-jong-un&years=nonsense&colour=red")
    ready(page, "11 trips")
    expect(page.locator("#notices")).to_contain_text("years=nonsense: write a year or a range")
    expect(page.locator("#notices")).to_contain_text("colour is not a filter")


def test_nothing_selected_says_so_and_offers_the_way_back(start: Start) -> None:
    page = start("/?leader=kim-jong-il&transport=plane")
    expect(page.locator("#key-figures")).to_contain_text("No trip matches.")
    page.get_by_role("button", name="Show everything").click()
    ready(page, "21 trips")


def test_a_download_arrives_and_equals_the_table(start: Start, tmp_path: Path) -> None:
    page = start("/?leader=kim-jong-un&years=2018-2019")
    ready(page, "9 trips")
    with page.expect_download() as waiting:
        page.locator("#downloads").get_by_role("link", name="CSV").click()
    target = tmp_path / "trips.csv"
    waiting.value.save_as(target)
    assert re.fullmatch(
        r"leader-travel_kim-jong-un_2018-2019_trips_\d{4}-\d\d-\d\d\.csv", waiting.value.suggested_filename
    )
    rows = list(csv.DictReader(io.StringIO(target.read_text("utf-8-sig"))))
    assert len(rows) == 9
    shown = page.locator("#rows tbody td.places").all_inner_texts()
    assert sorted(shown) == sorted(row["places"] for row in rows)


def test_the_table_sorts_searches_and_hides_columns(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    page.locator("#rows th").get_by_role("button", name="Days").click()
    expect(page.locator("#rows tbody tr").first).to_contain_text("Hanoi")
    page.locator("#table-search").fill("russia")
    expect(page.locator("#rows tbody tr")).to_have_count(2)
    page.locator("#table-search").fill("putin")
    expect(page.locator("#rows tbody tr")).to_have_count(3)
    expect(page.locator(".pager")).to_contain_text("3 that match, of 11 trips")
    page.get_by_role("button", name="Columns").click()
    page.get_by_role("checkbox", name="Occasion").click()
    expect(page.locator("#rows th")).to_have_count(10)
    page.get_by_role("checkbox", name="Occasion").click()
    expect(page.locator("#rows th")).to_have_count(11)


def test_zoom_keeps_its_view_when_a_filter_changes(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    scale = "() => document.querySelector('#map .js-plotly-plot')._fullLayout.geo.projection.scale"
    first = page.evaluate(scale)
    page.get_by_role("button", name="Zoom in").click()
    zoomed = page.evaluate(scale)
    assert zoomed > first
    page.locator("#legend button", has_text="car").click()
    ready(page, "2 trips")
    assert page.evaluate(scale) == pytest.approx(zoomed, rel=1e-4)
    page.get_by_role("button", name="Zoom to selection").click()
    assert page.evaluate(scale) > zoomed


def test_the_keyboard_alone_reaches_all_of_it(page: Page) -> None:
    page.goto(KIM_JONG_UN)
    ready(page, "11 trips")
    reached: list[str] = []
    for _ in range(90):
        page.keyboard.press("Tab")
        reached.append(page.evaluate(NAME_OF_FOCUSED))
    for wanted in ("leader-words", "years-words", "transport-words", "map-keys", "zoom-in", "zoom-fit",
                   "transport=train", "trip=KJU-07", "sort:=-days", "table-search",
                   "trips.csv?leader=kim-jong-un"):  # fmt: skip
        assert wanted in reached, wanted


def test_a_choice_by_key_keeps_its_place(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    chip = page.locator("#legend button", has_text="plane")
    chip.focus()
    page.keyboard.press("Enter")
    ready(page, "3 trips")
    expect(chip).to_be_focused()
    page.locator("#trip-list .trip").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".itinerary")).to_be_visible()
    expect(page.locator("#trip-list .trip").first).to_be_focused()


def test_a_home_chooses_nothing(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    expect(page.locator("#map text", has_text="Singapore")).to_be_visible()
    star = page.locator("#map .scattergeo").filter(has_text="Pyongyang").locator("path.point").bounding_box()
    assert star
    page.mouse.click(star["x"] + star["width"] / 2, star["y"] + star["height"] / 2)
    page.locator("#legend button", has_text="car").click()
    ready(page, "2 trips")
    expect(page).to_have_url(re.compile("transport=car$"))


def test_years_typed_again_after_they_were_lifted(start: Start) -> None:
    page = start(f"{KIM_JONG_UN}&years=2018-2019")
    ready(page, "9 trips")
    expect(page.locator("#years-from")).to_have_value("2018")
    page.locator("#years-words").click()
    page.get_by_role("button", name="All years").click()
    ready(page, "11 trips")
    expect(page.locator("#years-from")).to_have_value("2018")
    expect(page.locator("#years-to")).to_have_value("2025")
    page.locator("#years-from").fill("2019")
    page.locator("#years-to").fill("2018")
    page.locator("#years-to").press("Enter")
    ready(page, "9 trips")
    expect(page.locator("#years-from")).to_have_value("2018")
    expect(page.locator("#years-to")).to_have_value("2019")


def test_menus_open_by_key_and_escape_closes_them(start: Start) -> None:
    page = start("/")
    ready(page, "21 trips")
    page.locator("#leader-words").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#leader-options")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    ready(page, "11 trips")
    page.keyboard.press("Escape")
    expect(page.locator("#leader-options")).to_be_hidden()
    expect(page.locator("#leader-words")).to_be_focused()


def test_the_map_moves_by_key(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    centre = "() => document.querySelector('#map .js-plotly-plot')._fullLayout.geo.center.lon"
    first = page.evaluate(centre)
    page.locator("#map-keys").focus()
    page.keyboard.press("ArrowRight")
    assert page.evaluate(centre) > first


def test_two_readers_see_each_only_their_own(start: Start, open_page: OpenPage) -> None:
    one, other = start("/"), open_page()
    other.goto("/")
    ready(one, "21 trips")
    one.locator("#legend button", has_text="plane").click()
    other.locator("#legend button", has_text="car").click()
    ready(one, "3 trips")
    ready(other, "2 trips")
    one.locator("#legend button", has_text="plane").click()
    ready(one, "21 trips")
    ready(other, "2 trips")


def test_the_phone_shows_all_without_scrolling_sideways(phone: Page) -> None:
    phone.goto(KIM_JONG_UN)
    ready(phone, "11 trips")
    geo = phone.evaluate("() => document.querySelector('#map .js-plotly-plot')._fullLayout.geo.projection.scale")
    assert geo > 1.3, "the map frames the selection, not the world"
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390
    phone.locator("#transport-words").click()
    phone.locator("#transport-options").get_by_role("button", name="car").click()
    ready(phone, "2 trips")


def test_the_news_tab_opens_exactly_the_rows_of_a_statement(start: Start) -> None:
    page = start(f"{KIM_JONG_UN}&tab=news")
    ready(page, "11 trips")
    rail = page.locator("#claim-rail-under-half")
    expect(rail).to_contain_text("As of 11 Sep 2023: holds, 4 of 9.")
    expect(rail).to_contain_text("Today: no longer holds, 6 of 11.")
    rail.get_by_role("link", name="its rows").first.click()
    ready(page, "4 trips")
    expect(page.locator("#not-known")).to_contain_text("As a reader of 11 Sep 2023 knew it.")
    expect(page.locator("#chips")).to_contain_text("11 Sep 2023")
    page.go_back()
    ready(page, "11 trips")


def test_the_counting_rule_stands_next_to_the_count(start: Start) -> None:
    page = start(f"{KIM_JONG_UN}&years=2011-2022")
    ready(page, "9 trips")
    page.get_by_text("How is this counted?").click()
    page.get_by_role("button", name="Leave out meetings in the DMZ").click()
    ready(page, "7 trips")
    expect(page).to_have_url(re.compile("rule=without-dmz"))
    expect(page.get_by_role("button", name="Leave out meetings in the DMZ")).to_have_attribute("aria-pressed", "true")


def test_the_columns_stand_beside_the_search_at_1024(start: Start) -> None:
    page = start("/")
    page.set_viewport_size({"width": 1024, "height": 800})
    ready(page, "21 trips")
    search, columns = (middle(page, name) for name in ("#table-search", ".columns-menu"))
    assert search[1] == pytest.approx(columns[1], abs=3)


def test_a_menu_of_more_than_ten_names_has_a_field_to_find_one(start: Start) -> None:
    page = start("/")
    ready(page, "21 trips")
    page.locator("#met-words").click()
    page.locator("#met-search").fill("put")
    expect(page.locator("#met-options .option")).to_have_count(2)
    page.locator("#met-search").fill("")
    expect(page.locator("#met-options .option")).not_to_have_count(2)
    page.keyboard.press("Escape")
    page.locator("#leader-words").click()
    expect(page.locator("#leader-options .option").first).to_be_visible()
    expect(page.locator("#leader-search")).to_be_hidden()
