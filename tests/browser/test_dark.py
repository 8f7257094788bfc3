"""Light and dark: the system's, or what was chosen before; everything follows, nothing is loaded anew."""

from __future__ import annotations

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from dashboard.figures.style import DARK, INK, LAND
from dashboard.tables.transport import TRANSPORTS
from tests.browser.conftest import OpenPage
from tests.browser.test_page import KIM_JONG_UN, ready

Scheme = Literal["light", "dark"]
TRAIN = next(one for one in TRANSPORTS if one.name == "train")
# The colours that the map, the strip and a chart are drawn in.
FIGURES = """() => {
    const graph = id => document.querySelector(`#${id} .js-plotly-plot`);
    const bar = id => graph(id).data.find(({ uid }) => uid === "train").marker.color;
    const label = graph("map").data.find(({ uid }) => uid === "places").textfont.color;
    return [graph("map").layout.geo.landcolor, label, bar("year-strip"), bar("by-year"), bar("by-country")];
}"""
PAPER = "() => getComputedStyle(document.body).backgroundColor"
LIGHT_ONES = [LAND, INK, *[TRAIN.colour] * 3]
DARK_ONES = [DARK[LAND], DARK[INK], *[TRAIN.colour_dark] * 3]
PAPERS = {"light": "rgb(251, 250, 246)", "dark": "rgb(18, 24, 27)"}


def drawn_in(page: Page, colours: list[str]) -> None:
    page.wait_for_function(f"colours => JSON.stringify(({FIGURES})()) === JSON.stringify(colours)", arg=colours)


@pytest.mark.parametrize("first", ["light", "dark"])
def test_the_figures_follow_the_system_and_then_the_choice(open_page: OpenPage, first: Scheme) -> None:
    other: Scheme = "dark" if first == "light" else "light"
    colours = {"light": LIGHT_ONES, "dark": DARK_ONES}
    page = open_page(color_scheme=first)
    page.goto(KIM_JONG_UN)
    ready(page, "11 trips")
    page.evaluate("() => { window.loaded = 'once'; }")
    drawn_in(page, colours[first])
    assert page.evaluate(PAPER) == PAPERS[first]
    page.emulate_media(color_scheme=other)
    drawn_in(page, colours[other])
    page.get_by_role("button", name="Light or dark").click()
    drawn_in(page, colours[first])
    assert page.evaluate(PAPER) == PAPERS[first]
    page.locator("#legend button", has_text="train").click()
    ready(page, "6 trips")
    drawn_in(page, colours[first])
    assert page.evaluate("() => window.loaded") == "once"


def test_a_choice_is_remembered_and_the_other_pages_follow_it(open_page: OpenPage) -> None:
    page = open_page(color_scheme="light")
    page.goto(KIM_JONG_UN)
    ready(page, "11 trips")
    plain = page.context.new_page()
    for address in ("/upload", "/places"):
        plain.goto(address)
        assert plain.evaluate(PAPER) == PAPERS["light"]
    page.get_by_role("button", name="Light or dark").click()
    drawn_in(page, DARK_ONES)
    expect(plain.locator("body")).to_have_css("background-color", PAPERS["dark"])
    for address in ("/upload", "/places", "/?data=abc"):
        plain.goto(address, wait_until="commit")
        expect(plain.locator("body")).to_have_css("background-color", PAPERS["dark"])
    plain.emulate_media(color_scheme="dark")
    page.get_by_role("button", name="Light or dark").click()
    plain.goto("/upload")
    assert plain.evaluate(PAPER) == PAPERS["light"]
