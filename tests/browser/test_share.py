"""The share dialog and the ledger in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from zipfile import ZipFile

from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, OpenPage, Start

VIEW = "/?leader=kim-jong-un&years=2018-2019"


def opened(page: Page) -> Page:
    """The page with its dialog open."""
    expect(page.locator("#share-snippets section")).to_have_count(3)
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog", name="Share this view")).to_be_visible()
    return page


def test_the_lines_hold_the_address_of_the_browser_and_the_current_choices(start: Start) -> None:
    page = opened(start(f"{VIEW}&trip=KJU-05"))
    base = page.url.partition("?")[0]
    expect(page.locator("#share-address")).to_have_text(page.url)
    expect(page.locator("#share-pandas")).to_contain_text(f'"{base}trips.parquet?leader=kim-jong-un&years=2018-2019"')
    expect(page.locator("#share-r")).to_contain_text(f'"{base}trips.csv?leader=kim-jong-un&years=2018-2019"')
    expect(page.locator("#share-curl")).to_contain_text(f'"{base}trips.csv?leader=kim-jong-un&years=2018-2019"')


def test_a_new_choice_is_in_the_lines(start: Start) -> None:
    page = opened(start(VIEW))
    page.keyboard.press("Escape")
    page.locator("#legend button", has_text="plane").click()
    expect(page).to_have_url(re.compile("transport=plane$"))
    page.get_by_role("button", name="Share").click()
    expect(page.locator("#share-curl")).to_contain_text("years=2018-2019&transport=plane")
    page.go_back()
    expect(page.locator("#share-curl")).not_to_contain_text("transport=plane")


def test_focus_goes_in_and_escape_brings_it_back(start: Start) -> None:
    page = opened(start(VIEW))
    expect(page.get_by_role("button", name="Copy: Address")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Share this view")).to_be_hidden()
    expect(page.get_by_role("button", name="Share")).to_be_focused()


def test_the_dialog_closes_by_its_button_and_by_a_click_beside_it(start: Start) -> None:
    page = opened(start(VIEW))
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog", name="Share this view")).to_be_hidden()
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("dialog", name="Share this view")).to_be_visible()
    page.mouse.click(5, 5)
    expect(page.get_by_role("dialog", name="Share this view")).to_be_hidden()


def test_what_is_copied_is_what_is_shown(start: Start) -> None:
    page = opened(start(VIEW))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy: Command line, curl").click()
    expect(page.locator("#share-said")).to_have_text("Copied")
    shown = page.locator("#share-curl").text_content()
    assert page.evaluate("() => navigator.clipboard.readText()") == shown


def test_copying_works_without_a_clipboard(start: Start) -> None:
    page = opened(start(VIEW))
    page.evaluate("() => Object.defineProperty(navigator, 'clipboard', { value: undefined, configurable: true })")
    page.get_by_role("button", name="Copy: Address").click()
    expect(page.locator("#share-said")).to_have_text("Copied")
    page.evaluate("() => { delete navigator.clipboard; }")


def test_the_package_of_the_view_arrives(start: Start, tmp_path: Path) -> None:
    page = opened(start(VIEW))
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Data package").click()
    target = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(target)
    with ZipFile(target) as archive:
        assert len(archive.read("trips.csv").splitlines()) == 1 + 9


def test_the_ledger_is_a_page_and_leads_back(start: Start) -> None:
    page = start("/?leader=kim-jong-un&years=2018")
    page.locator("#ledger").get_by_role("link", name="As a page").click()
    expect(page).to_have_url(re.compile(r"/places\?leader=kim-jong-un&years=2018$"))
    row = page.get_by_role("row", name=re.compile("^Panmunjom"))
    expect(row.get_by_role("cell").nth(0)).to_contain_text("of GeoNames, 2026-11-23")
    expect(row).to_contain_text("site")
    page.get_by_role("row", name=re.compile("^Beijing")).locator("summary").click()
    expect(page.get_by_role("row", name=re.compile("^Beijing"))).to_contain_text(
        "Beijing at 39.9075, 116.39723 (region 22"
    )
    page.get_by_role("link", name="See these trips on the map").click()
    expect(page).to_have_url(re.compile(r"/\?leader=kim-jong-un&years=2018$"))
    expect(page.locator("#key-figures")).to_contain_text("5 trips to 3 countries")


def test_the_ledger_works_on_a_phone_without_a_script(open_page: OpenPage) -> None:
    phone = open_page(390, 844, java_script_enabled=False)
    phone.goto("/places?leader=kim-jong-un")
    expect(phone.get_by_role("heading", level=1)).to_have_text("Where each place comes from")
    expect(phone.locator(".counts")).to_contain_text("14 places")
    expect(phone.get_by_role("region", name="Places").get_by_role("row")).to_have_count(15)


def test_the_ledger_of_the_view_is_offered_beside_what_is_said_of_the_data(start: Start) -> None:
    page = start(VIEW)
    link = page.locator("#about #ledger").get_by_role("link", name="CSV")
    expect(link).to_have_attribute("href", "places.csv?leader=kim-jong-un&years=2018-2019")
    with page.expect_download() as waiting:
        link.click()
    rows = Path(waiting.value.path()).read_text("utf-8-sig").splitlines()
    assert rows[0].startswith(
        "place,country,country_iso3,place_id,latitude_deg,longitude_deg,kind,provider,matched_name"
    )
    assert rows[1].startswith("Beijing,China,CHN,beijing-chn,39.9075,116.39723,city,geonames,Beijing,2026-11-23,no,,")


def test_the_phone_shows_the_whole_dialog(start: Start) -> None:
    phone = opened(start(VIEW, **PHONE))
    assert phone.evaluate("() => document.documentElement.scrollWidth") <= 390
    dialog = phone.get_by_role("dialog", name="Share this view")
    box = dialog.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    assert dialog.evaluate("(dialog) => dialog.scrollWidth <= dialog.clientWidth")
