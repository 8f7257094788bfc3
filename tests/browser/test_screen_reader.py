"""What a reader hears who does not see the page, and reaches who has no mouse."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Start
from tests.browser.test_page import KIM_JONG_UN, ready


def test_title_and_heading_say_the_selection_with_its_years(start: Start) -> None:
    page = start(f"{KIM_JONG_UN}&country=RUS")
    expect(page).to_have_title(re.compile("^Kim Jong Un travelled abroad 2019 to 2023 by any transport"))
    ready(page, "2 trips")
    heading = page.get_by_role("heading", level=1).inner_text()
    assert page.title() == f"{heading}: Leader Travel"
    page.locator("#legend button", has_text="train").click()
    expect(page).to_have_title(re.compile("2019 to 2023 by train"))


def test_the_button_of_a_trip_says_its_transport(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    expect(page.get_by_role("button", name=re.compile("^by plane: Singapore"))).to_be_visible()


def test_a_chart_is_read_and_chosen_from_by_key(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    expect(page.get_by_role("img", name="Where to?")).to_be_visible()
    opener = page.locator("summary", has_text="As a table: Where to?")
    opener.focus()
    page.keyboard.press("Enter")
    table = page.get_by_role("table", name="Trips by country visited")
    expect(table.get_by_role("row", name="Russia 2 2 0")).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#chips .chosen")).to_have_count(1)
    expect(table.get_by_role("button").first).to_be_visible()
