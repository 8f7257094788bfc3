"""The map, the charts and the panel as they are read: on the shipped trips, and on the 832 visits of the US presidents.

The visits are opened once, in one page, which the tests look at and leave as they found it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.figures import CHARTS, open_trip
from dashboard.figures.style import TRANSPORT_BY_NAME, UNSURE
from dashboard.page.map_card import map_figure
from dashboard.page.markup import render_macro
from dashboard.page.shown import Shown
from dashboard.page.table import rows
from dashboard.page.trips import itinerary, trip_list
from dashboard.query.selection import Reading, Selection
from dashboard.query.summaries import summarise
from dashboard.travel.build import Travel, load
from dashboard.words.cards import Cards
from tests.browser.conftest import Start, Watch

pytestmark = pytest.mark.long
# A date as files have it and nobody reads it, and words that are not so.
RAW = re.compile(
    r"\b\d{4}-\d\d(-\d\d)?[?~%]|\d{4}(-\d\d){0,2}/\d{4}|\d\.\.[\d\[]|\b\d{4}[~%]|\b\d{2,3}X|-XX\b|drawn straight"
    r"|\bby unknown(?! transport)"
)
VISIBLE_LABELS = """() => [...document.querySelectorAll('#map .scattergeo text')]
    .filter((label) => label.checkVisibility({ visibilityProperty: true })).map((label) => label.textContent)"""


DRAWN_STROKES = """() => {
    const graph = document.querySelector('#map .js-plotly-plot');
    const drawn = graph.querySelectorAll('.scattergeo');
    return graph.data.map(({ uid, line }, at) => [uid, line?.dash, drawn[at].querySelectorAll('path.point').length]);
}"""


@pytest.fixture(scope="module")
def visits(visits_folder: Path | None) -> Travel | None:
    return load(visits_folder) if visits_folder else None


@contextmanager
def opened(browser: Browser, url: str, trips: str) -> Iterator[Page]:
    """The page at its own address, drawn; in the end it has logged no error and asked no third party."""
    context, watch = browser.new_context(base_url=url, viewport={"width": 1440, "height": 1000}), Watch()
    watch.follow(context, url)
    page = context.new_page()
    page.goto("/")
    expect(page.locator("#first-paint")).to_have_count(0)
    expect(page.locator("#table-title")).to_contain_text(trips)
    yield page
    context.close()
    assert (watch.third_party, watch.errors) == ([], []), "the page asked a third party, or logged errors"


@pytest.fixture(scope="module")
def shipped_page(browser: Browser, server_url: str) -> Iterator[Page]:
    """The page over the shipped trips."""
    with opened(browser, server_url, "21 trips") as page:
        yield page


@pytest.fixture(scope="module")
def visits_page(visits_url: str | None, browser: Browser) -> Iterator[Page | None]:
    """The page over the 832 visits."""
    if visits_url is None:
        yield None
        return
    with opened(browser, visits_url, "370 trips") as page:
        yield page


def test_the_most_visited_places_are_named_before_others(visits_page: Page | None) -> None:
    if not visits_page:
        return
    named = visits_page.evaluate(VISIBLE_LABELS)
    assert {"Washington", "London", "Paris", "Rome", "Berlin"} <= set(named)
    assert len(named) == len(set(named)) > 60
    assert "Limerick" not in named


def test_the_legend_shows_each_transport_as_the_map_draws_it(visits_page: Page | None, shipped_page: Page) -> None:
    expect(shipped_page.locator("#legend .legend-chip")).to_have_count(3)
    drawn = {uid: (dash, points) for uid, dash, points in shipped_page.evaluate(DRAWN_STROKES)}
    for mode in ("train", "plane", "car"):
        assert drawn[f"{mode}-recorded"][0] == TRANSPORT_BY_NAME[mode].dash
        assert drawn[f"{mode}-middles"][1] > 0
        expect(shipped_page.locator(f"#legend .stroke.{mode}")).to_have_class(f"stroke {mode} marked")
    expect(shipped_page.locator("#legend")).to_contain_text("Dotted: the way is not known, only its ends")
    if not visits_page:
        return
    drawn = {uid: (dash, points) for uid, dash, points in visits_page.evaluate(DRAWN_STROKES)}
    assert (drawn["unknown-inferred"][0], drawn["unknown-middles"][1]) == (UNSURE, 0)
    expect(visits_page.locator("#legend .stroke.unknown")).to_have_class("stroke unknown inferred")


def said(travel: Travel, trip_ids: list[str]) -> str:
    """What the page says of some data, and of some trips opened; the words of sources are theirs."""
    selection = Selection()
    summary = summarise(travel, selection)
    shown = Shown(travel, Reading(selection), summary, Cards())
    numbers = travel.numbers_of(trip_ids).values()
    opened = [
        render_macro("trips", "itinerary", itinerary(travel, one) | {"sources": [], "said_by": ""}) for one in numbers
    ]
    figures = [map_figure(shown), *(chart.draw(summary, shown.cards) for chart in CHARTS)]
    traces = [trace for figure in figures for trace in figure["data"]]
    hovers = [text for trace in traces for name in ("text", "hovertext") for text in trace.get(name, [])]
    marks = [mark for trip in trip_ids for mark in open_trip(travel, trip).marks]
    html = [*opened, trip_list(summary, shown.cards), rows(shown)]
    return "\n".join([*(re.sub("<[^>]*>", " ", text) for text in html), *hovers, *map(str, marks)])


def test_no_date_is_shown_as_files_have_it(shipped: Travel, visits: Travel | None) -> None:
    assert not (found := RAW.search(said(shipped, shipped.trips["trip_id"].tolist()))), found
    if visits:
        several = visits.trips.loc[visits.trips["trip_id"].str.contains("nixon"), "trip_id"].tolist()
        assert not (found := RAW.search(texts := said(visits, several))), found
        assert "within 21 to 28 February 1972" in texts


def test_the_page_says_no_date_as_files_have_it(visits_page: Page | None, shipped_page: Page) -> None:
    expect(shipped_page.locator("#table-title")).to_contain_text("exactly what the map shows")
    text = shipped_page.locator("main").inner_text()
    assert not (found := RAW.search(text)), found
    if visits_page:
        text = visits_page.locator("main").inner_text()
        assert not (found := RAW.search(text)), found
        expect(visits_page.locator("#table-title")).to_contain_text("the map does not show all of it")


def test_a_chart_says_what_it_leaves_out_and_a_click_opens_it(visits_page: Page | None, shipped_page: Page) -> None:
    rest = shipped_page.locator("#by-person-card summary", has_text="and 7 more people")
    rest.click()
    expect(shipped_page.locator("#by-person-twin tbody tr").last).to_be_visible()
    expect(shipped_page.locator("#by-person-twin tbody tr")).to_have_count(15)
    rest.click()
    expect(shipped_page.locator("#by-country-left")).to_be_empty()
    if not visits_page:
        return
    visits_page.locator("#by-country-card summary", has_text="and 117 more countries").click()
    expect(visits_page.locator("#by-country-twin tbody tr")).to_have_count(125)
    visits_page.locator("#by-country-card summary").click()


def test_a_chart_that_can_draw_nothing_says_why(visits_page: Page | None, start: Start) -> None:
    page = start("/?leader=kim-jong-un&country=KOR&transport=train")
    for chart in CHARTS:
        expect(page.locator(f"#{chart.id} .annotation-text")).to_have_text(
            "No trip is selected, sothere is nothing to draw."
        )
    if not visits_page:
        return
    expect(visits_page.locator("#far-and-long .annotation-text")).to_have_text("No days are known for these370 trips.")
    expect(visits_page.locator("#by-person .annotation-text")).to_have_text(
        "No meeting on these 370trips is on record."
    )


def test_dots_that_lie_on_each_other_are_counted_and_all_named(shipped_page: Page) -> None:
    graph = shipped_page.locator("#far-and-long .js-plotly-plot")
    expect(graph.locator(".annotation-text").first).to_have_text(re.compile("^×[23]$"))
    said = graph.evaluate("graph => graph.data.flatMap(trace => trace.hovertext)")
    counts = graph.evaluate("graph => graph.layout.annotations.map(({ text }) => Number(text.match(/[0-9]+/)[0]))")
    assert sorted(len(text.split("<br>")) for text in said if "<br>" in text) == sorted(
        n for n in counts for _ in range(n)
    )


def test_the_pointer_says_that_a_mark_of_a_chart_can_be_clicked(shipped_page: Page) -> None:
    expect(shipped_page.locator("#by-country .point").first).to_be_visible()
    shipped_page.locator("#by-country .point path").first.hover(force=True)
    expect(shipped_page.locator("#by-country .js-plotly-plot")).to_have_class(re.compile("clickable"))
    shipped_page.mouse.move(1, 1)
    expect(shipped_page.locator("#by-country .js-plotly-plot")).not_to_have_class(re.compile("clickable"))


def test_the_years_can_be_taken_as_a_picture(shipped_page: Page) -> None:
    expect(shipped_page.locator("#year-strip .point").first).to_be_visible()
    with shipped_page.expect_download() as waiting:
        shipped_page.locator("[data-picture=year-strip][data-format=svg]").click()
    picture = Path(waiting.value.path()).read_text("utf-8")
    assert waiting.value.suggested_filename.startswith("leader-travel_year-strip_")
    for words in ("How many trips in which year", "All leaders travelled abroad", "train", "2020", "Data as of"):
        assert words in picture


def test_the_places_are_listed_with_their_visits(visits_page: Page | None, start: Start) -> None:
    page = start("/?leader=kim-jong-un&tab=places")
    first = page.locator("#visited .visited > li").first
    expect(first).to_contain_text("Beijing, China4 visits")
    expect(first.locator("li")).to_have_text(["2–4 Sep 2025", "8–9 Jan 2019", "19–20 Jun 2018", "and 1 earlier visit"])
    first.get_by_role("button", name="19–20 Jun 2018").click()
    expect(page.locator("#trip-list .itinerary")).to_contain_text("Beijing")
    if visits_page:
        visits_page.get_by_role("tab", name="Places").click()
        expect(visits_page.locator("#visited .visited > li").first).to_contain_text("Paris, France33 visits")
        expect(visits_page.locator("#visited")).to_contain_text("more places: take the file of places")
        visits_page.get_by_role("tab", name="Trips").click()


def test_people_say_who_how_often_first_and_last_and_where(start: Start) -> None:
    page = start("/?leader=kim-jong-un&tab=people")
    person = page.locator("#people .visited > li", has_text="Donald Trump")
    expect(person).to_contain_text("3 times")
    expect(person).to_contain_text("12 Jun 2018 – 30 Jun 2019: Singapore, Hanoi and Panmunjom")


def test_the_downloads_say_how_many_rows_they_give(visits_page: Page | None, shipped_page: Page) -> None:
    for page, counts in (
        (shipped_page, ("21 trips:", "80 stops:", "34 places:")),
        (visits_page, ("370 trips:", "1,488 stops:", "450 places:")),
    ):
        if not page:
            return
        expect(page.locator("#downloads > span")).to_have_text(counts[0])
        page.locator("#downloads summary", has_text="All formats").click()
        expect(page.locator("#downloads details span")).to_have_text(counts[1:])
        expect(page.locator("#downloads a[href^='stops.']")).to_have_count(5)
        expect(page.locator("#downloads a[href^='places.']")).to_have_count(5)
        page.locator("#downloads summary").click()


def test_a_city_under_two_names_is_one_place(visits: Travel | None, visits_page: Page | None) -> None:
    if visits is None or not visits_page:
        return
    assert not {"leningrad-sun", "kiev-sun", "moscow-sun", "saigon-vnm"} & set(visits.places.index)
    named = visits_page.evaluate("() => fetch('places').then((answer) => answer.text())")
    assert "the same as Leningrad (SUN): their visits count here" in named
    assert "the same as Moscow (SUN): their visits count here" in named
