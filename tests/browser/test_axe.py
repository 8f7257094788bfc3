"""axe finds no fault in any state of the page and the pages beside it: light and dark, desktop and telephone."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Start, Watch
from tests.browser.kept import GO
from tests.browser.test_dark import Scheme
from tests.browser.test_page import KIM_JONG_UN

AXE = Axe()
TABLE = """\
who,start,end,country,city,by
Ada North,2018-12-30,2019-01-02,Russia,Anadyr,plane
Ada North,2019-05-01,2019-05-02,China,Pingxiang,train
"""
COLOURS = "color-contrast"  # takes longer than all other rules together
ONLY_COLOURS, ALL_OTHERS = {"runOnly": [COLOURS]}, {"rules": {COLOURS: {"enabled": False}}}
RUN = """([part, options]) => axe.run(part || document, { ...options, resultTypes: ["violations"] })
    .then(({ violations }) => violations.map(({ id, nodes }) => `${id} at ${nodes.map(({ target }) => target)}`))"""
IS_DARK = "() => matchMedia('(prefers-color-scheme: dark)').matches"
# Menus that are opened on the first page.
MENUS = ("leader", "years", "country")
# Addresses of the page, and which part of it looks otherwise there than at those before; "": all of it.
ADDRESSES = {
    "tab=people": "header, .map, .panel",
    "tab=news": ".panel",
    "trip=KJU-10&colour=red": ".panel, #notices, #rows tr:nth-child(-n+3)",
    "years=1990": "",
    "view=globe": ".map",
    "embed=map": "",
    "with=leader%3Dkim-jong-il": ".compare",
}


@pytest.fixture(params=[1440, 390])
def room(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A desk's or a telephone's screen. The rules of the page let no foreign script run, axe included."""
    is_phone = request.param < 800
    return {"width": request.param, "height": 900, "has_touch": is_phone, "is_mobile": is_phone, "bypass_csp": True}


def faults(page: Page, state: str, part: str = "") -> list[str]:
    """What axe finds on the page, and of colours in a part of it (or all), light and dark: state, rule and place."""
    if part:
        page.locator(part).first.wait_for()
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(AXE.axe_script)
    found: list[str] = page.evaluate(RUN, ["", ALL_OTHERS])
    # It begins in the colours of the state before, since a change draws every figure anew.
    schemes: tuple[Scheme, Scheme] = ("dark", "light") if page.evaluate(IS_DARK) else ("light", "dark")
    for scheme in schemes:
        page.emulate_media(color_scheme=scheme)
        found += page.evaluate(RUN, [part, ONLY_COLOURS])
    return [f"{state}: {fault}" for fault in found]


def moved(page: Page, query: str) -> None:
    """The same page at another address, as Back and Forward move it: nothing is loaded anew."""
    with page.expect_response("**/_dash-update-component*"):
        page.evaluate(GO, query)
    expect(page.locator("#unanswered")).to_be_empty()


def open_all_tables(page: Page) -> None:
    for summary in page.locator(".twin summary, .counting summary").all():
        summary.click()
    expect(page.locator("#map-twin table").first).to_be_visible()


def upload_faults(page: Page) -> list[str]:
    """From the empty form to the trips on the page."""
    page.goto("/upload")
    found = faults(page, "upload")
    page.get_by_label("Or paste a table").fill(TABLE)
    page.get_by_role("button", name="Look at the table").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What the columns hold")
    found += faults(page, "columns")
    page.get_by_role("button", name="Read the trips").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Rows and places")
    found += faults(page, "places of an upload")
    page.get_by_role("button", name="Show the trips").click()
    expect(page.locator("#upload")).to_contain_text("Your upload")
    expect(page.locator("#first-paint")).to_have_count(0)
    return found + faults(page, "an upload shown", "#upload, .panel")


def test_axe_finds_nothing_in_what_opens_on_the_page(start: Start, room: dict[str, Any]) -> None:
    page = start("/", **room)
    found = faults(page, "start")
    for key in MENUS:
        page.locator(f"#{key}-words").click()
        found += faults(page, f"menu {key}", f".menu[data-menu={key}]")
        page.keyboard.press("Escape")
    open_all_tables(page)
    found += faults(page, "tables", ".twin, .counting")
    page.locator("#share-open").click()
    assert found + faults(page, "share", ".mantine-Modal-content") == []


def test_axe_finds_nothing_at_addresses_of_the_page(start: Start, room: dict[str, Any]) -> None:
    page, found = start(KIM_JONG_UN, **room), []
    for query, part in ADDRESSES.items():
        moved(page, f"{KIM_JONG_UN}&{query}")
        found += faults(page, query, part)
    assert found == []


def test_axe_finds_nothing_on_the_pages_beside(open_page: OpenPage, watch: Watch, room: dict[str, Any]) -> None:
    page, found = open_page(**room), []
    for address in ("/places", "/places?data=abc", "/upload?forgotten=1"):
        page.goto(address)
        found += faults(page, address)
    watch.errors.clear()  # of the upload that is not there
    found += upload_faults(page)
    page.goto("/?lang=ko")
    expect(page.locator("#first-paint")).to_have_count(0)
    expect(page.locator("#table-title")).not_to_be_empty()
    assert found + faults(page, "lang=ko", "header, .panel") == []
