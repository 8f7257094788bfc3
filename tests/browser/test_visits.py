"""Map, globe, playing and comparing over the 832 visits of the US presidents, in one page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Watch
from tests.browser.kept import lead
from tests.browser.test_globe import IN_SIGHT, clicked

KINDS = {"map": "", "globe": "&view=globe"}
pytestmark = pytest.mark.long
# Of what is drawn of the lines: the longest straight piece (px), and how many pieces hang together.
DRAWN = """() => {
    const pieces = [...document.querySelectorAll('#map path.js-line')]
        .flatMap((path) => path.getAttribute('d').split('M').filter(Boolean))
        .map((piece) => piece.split('L').map((spot) => spot.split(',').map(Number)));
    const longest = pieces.flatMap((spots) =>
        spots.slice(1).map(([x, y], at) => Math.hypot(x - spots[at][0], y - spots[at][1])));
    return [Math.max(...longest), pieces.length];
}"""
# Of the lines themselves: how many there are, how many cross 180 degrees, and how many come near to the pole.
LINES = """() => {
    const traces = document.querySelector('#map .js-plotly-plot').data.filter(({ mode }) => mode === 'lines');
    let [all, crossing, polar] = [0, 0, 0];
    for (const { lon, lat } of traces) {
        let line = [];
        lon.forEach((each, at) => {
            if (each !== null) return line.push([each, lat[at]]);
            all += 1;
            crossing += line.slice(1).some(([east], nth) => Math.abs(east - line[nth][0]) > 180);
            polar += line.some(([, north]) => north > 75);
            line = [];
        });
    }
    return [all, crossing, polar];
}"""


@pytest.fixture(scope="module")
def visits(visits_url: str | None, browser: Browser) -> Iterator[Page | None]:
    """A page over the visits, for a reader who wants no motion; None where their source is not at hand."""
    if visits_url is None:
        yield None
        return
    viewport, watch = {"width": 1440, "height": 1000}, Watch()
    context = browser.new_context(base_url=visits_url, viewport=viewport, reduced_motion="reduce")  # type: ignore[arg-type]
    watch.follow(context, visits_url)
    yield context.new_page()
    context.close()
    assert (watch.third_party, watch.errors) == ([], []), "the page asked a third party, or logged errors"


def opened(page: Page, address: str, trips: str, *, anew: bool = True) -> None:
    """Load the page at an address, or lead there one that is loaded already."""
    if anew or page.url == "about:blank":
        page.goto(address)
    else:
        lead(page, address)
    expect(page.locator("#first-paint")).to_have_count(0)
    expect(page.locator("#table-title")).to_contain_text(trips)


@pytest.mark.parametrize("kind", KINDS)
def test_routes_over_the_date_line_and_the_pole_are_drawn_whole(visits: Page | None, kind: str) -> None:
    if not visits:
        return
    # The visits of the first half: each route by itself, where all of them would be added up.
    opened(visits, f"/?years=1945-1990{KINDS[kind]}", "trips", anew=False)
    lines, crossing, polar = visits.evaluate(LINES)
    assert crossing > 3
    assert polar > 3
    longest, pieces = visits.evaluate(DRAWN)
    # A line that was joined over the map, or through the globe, would be a straight one as wide as the card.
    assert longest < 130
    if kind == "map":
        assert pieces >= lines + crossing


def test_three_times_closer_is_where_the_presidents_went(visits: Page | None) -> None:
    if not visits:
        return
    opened(visits, "/", "370 trips")
    for _ in range(3):
        clicked(visits, "#zoom-in")
    in_sight = visits.evaluate(IN_SIGHT)
    assert min(in_sight) < 2
    assert len(in_sight) > 20


def test_a_century_of_visits_plays_without_a_request(visits: Page | None) -> None:
    if not visits:
        return
    opened(visits, "/", "370 trips")
    visits.wait_for_load_state("networkidle")
    asked: list[str] = []
    visits.on("request", lambda request: asked.append(request.url))
    visits.locator("#play-go").focus()
    visits.keyboard.press("ArrowRight")
    expect(visits.locator("#play-says")).to_have_text("1906: 1 trip. Colon, Panama City")
    visits.locator("#play-year").fill("1945")
    expect(visits.locator("#play-says")).to_contain_text("1945: ")
    year = visits.locator("#played path.on").count()
    visits.locator("#play-way").get_by_text("Added up").click()
    expect(visits.locator("#play-says")).to_contain_text("1906 to 1945: ")
    assert visits.locator("#played path.on").count() > year > 3
    visits.keyboard.press("Escape")
    assert asked == []


def test_two_presidents_stand_side_by_side(visits: Page | None) -> None:
    if not visits:
        return
    opened(visits, "/?leader=nixon-richard-m&with=leader%3Dcarter-jimmy", "trips", anew=False)
    expect(visits.locator(".side")).to_have_count(2)
    said = visits.locator(".differences li").all_inner_texts()
    assert any("Both: " in one and "alone: " in one for one in said)
    expect(visits.locator(".side-map .scattergeo")).not_to_have_count(0)
