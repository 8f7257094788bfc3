"""axe finds no fault in any state of the page and the pages beside it: light and dark, desktop and telephone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Watch
from tests.browser.test_page import KIM_JONG_UN

AXE = Axe()
TABLE = """\
who,start,end,country,city,by
Ada North,2018-12-30,2019-01-02,Russia,Anadyr,plane
Ada North,2019-05-01,2019-05-02,China,Pingxiang,train
"""
CONTRAST = {"runOnly": ["color-contrast"], "resultTypes": ["violations"]}


def faults(page: Page, state: str) -> list[str]:
    """What axe finds in the light, and of colours in the dark: the state, the rule, and where."""
    page.emulate_media(color_scheme="light")
    found = list(AXE.run(page).response["violations"])
    page.emulate_media(color_scheme="dark")
    found += AXE.run(page, options=CONTRAST).response["violations"]
    return [f"{state}: {rule['id']} at {[node['target'] for node in rule['nodes']]}" for rule in found]


def opened(page: Page, address: str) -> None:
    page.goto(address)
    expect(page.locator("#first-paint")).to_have_count(0)
    expect(page.locator("#table-title")).not_to_be_empty()


def moved(page: Page, query: str) -> None:
    """The same page at another address, as Back and Forward move it: nothing is loaded anew."""
    with page.expect_response("**/_dash-update-component*"):
        page.evaluate("to => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')); }", query)
    expect(page.locator("#unanswered")).to_be_empty()


def open_all_tables(page: Page) -> None:
    for summary in page.locator(".twin summary, .counting summary").all():
        summary.click()
    expect(page.locator("#map-twin table").first).to_be_visible()


def of_start(page: Page) -> Iterator[tuple[str, Callable[[], object]]]:
    """The states of the first page, one after the other: each menu and the dialog opened and closed again."""
    for key in ("leader", "years", "country"):
        yield f"menu {key}", page.locator(f"#{key}-words").click
        expect(page.locator(".menu:visible").first).to_be_visible()
        page.keyboard.press("Escape")
    yield "tables", lambda: open_all_tables(page)
    yield "share", page.locator("#share-open").click


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
    return found + faults(page, "an upload shown")


@pytest.mark.parametrize("width", [1440, 390])
def test_axe_finds_nothing(open_page: OpenPage, watch: Watch, width: int) -> None:
    phone = width < 800
    # The rules of the page let no foreign script run, axe included.
    page = open_page(width, 900, has_touch=phone, is_mobile=phone, bypass_csp=True)
    opened(page, "/")
    found = faults(page, "start")
    for state, reach in of_start(page):
        reach()
        found += faults(page, state)
    page.keyboard.press("Escape")
    for query in ("tab=people", "tab=news", "trip=KJU-10&colour=red", "years=1990", "view=globe", "embed=map",
                  "with=leader%3Dkim-jong-il"):  # fmt: skip
        moved(page, f"{KIM_JONG_UN}&{query}")
        found += faults(page, query)
    for address in ("/places", "/places?data=abc", "/upload?forgotten=1"):
        page.goto(address)
        found += faults(page, address)
    watch.errors.clear()  # of the upload that is not there
    found += upload_faults(page)
    opened(page, "/?lang=ko")
    assert found + faults(page, "lang=ko") == []
