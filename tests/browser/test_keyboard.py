"""The keyboard's place: it outlasts what a choice draws anew, and menus open, say so and close by key."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import Start
from tests.browser.test_page import KIM_JONG_UN, ready

PLACE = "() => document.activeElement.closest('[data-menu]')?.dataset.menu"


def press(page: Page, selector: str) -> None:
    page.locator(selector).focus()
    page.keyboard.press("Enter")


def test_the_keyboard_keeps_its_place_in_the_trips_and_among_the_filters(start: Start) -> None:
    page = start(f"{KIM_JONG_UN}&country=CHN")
    ready(page, "5 trips")
    row = page.locator("#trip-list .trip").nth(1)
    sentence, said = page.locator("#trip-sentence"), page.locator("#trip-said")
    for close in ("#trip-list [aria-expanded=true]", "#trip-close"):
        row.focus()
        page.keyboard.press("Enter")
        expect(sentence).to_be_visible()
        expect(said).to_have_text(sentence.inner_text())
        page.locator(close).focus()
        page.keyboard.press("Escape" if close != "#trip-close" else "Enter")
        expect(sentence).to_have_count(0)
        expect(row).to_be_focused()
    page.keyboard.press("Enter")
    press(page, "#trip-earlier")
    expect(page.locator("#trip-list .trip").nth(2)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#trip-earlier")).to_be_focused()
    press(page, "#trip-later")
    expect(page.locator("#trip-list .trip").nth(1)).to_have_attribute("aria-expanded", "true")
    expect(page.locator("#trip-later")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#trip-later")).to_be_disabled()
    expect(page.locator("#trip-close")).to_be_focused()
    press(page, "#chips button:has-text('Everything')")
    ready(page, "21 trips")
    expect(page.locator(".sentence .words").first).to_be_focused()


def test_a_menu_says_whether_it_is_open_and_closes_by_escape_and_by_tab(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    for key in ("years", "columns"):
        words, menu = page.locator(f"#{key}-words"), page.locator(f".menu[data-menu={key}]")
        expect(words).to_have_attribute("aria-haspopup", "dialog")
        expect(words).to_have_attribute("aria-expanded", "false")
        press(page, f"#{key}-words")
        expect(menu).to_be_visible()
        expect(words).to_have_attribute("aria-expanded", "true")
        page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(words).to_be_focused()
        page.keyboard.press("Enter")
        expect(menu).to_be_visible()
        menu.locator("button, input").last.focus()
        page.keyboard.press("Tab")
        expect(menu).to_be_hidden()
        expect(words).to_have_attribute("aria-expanded", "false")
        assert page.evaluate(PLACE) != key


def test_a_comparison_closes_its_menu_and_is_told(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    press(page, "#other-words")
    page.locator("#other-options button", has_text="Kim Jong Il").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".side")).to_have_count(2)
    expect(page.locator("#difference-said")).to_have_text(page.locator(".differences li").first.inner_text())
    expect(page.locator(".menu[data-menu=other]")).to_be_hidden()
    expect(page.locator("#other-words")).to_be_focused()
    press(page, ".compare .close")
    expect(page.locator(".side")).to_have_count(0)
    expect(page.locator(".sentence .words").first).to_be_focused()
