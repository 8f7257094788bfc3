"""The two languages in a browser: everything follows the choice, the selection stays, and it is remembered."""

import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage

HANGUL = re.compile("[가-힣]")


def switch(page: Page, language: str) -> None:
    """Choose a language in the head of the page."""
    page.locator("#languages").get_by_role("link", name=language).click()
    expect(page.locator("#languages [aria-current]")).to_have_text(language)


def test_everything_follows_the_language_and_the_selection_stays(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/?leader=kim-jong-un&country=RUS")
    expect(page.locator("#key-figures")).to_contain_text("2 trips")
    switch(page, "한국어")
    assert page.url.endswith("/?leader=kim-jong-un&country=RUS&lang=ko")
    expect(page.locator("html")).to_have_attribute("lang", "ko")
    expect(page.locator("#key-figures")).to_contain_text("순방 2회")
    expect(page.locator("#leader-words")).to_have_text("김정은")
    expect(page.locator("#table-title")).to_contain_text("순방 2회")
    expect(page.locator("#by-year-card h2")).to_have_text("해마다 몇 번, 무엇을 타고 갔나?")
    expect(page.locator("#trip-list .trip").first).to_contain_text(HANGUL)
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 1000})
        expect(page.locator("#leader-words")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    switch(page, "English")
    expect(page.locator("#key-figures")).to_contain_text("2 trips")


def test_a_choice_on_the_page_stays_in_the_language(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/?lang=ko")
    page.locator("#legend .legend-chip").first.click()
    expect(page).to_have_url(re.compile(r"\?transport=\w+&lang=ko$"))
    expect(page.locator("#key-figures")).to_contain_text("순방")
    page.locator("#trip-list .trip").first.click()
    expect(page.locator(".itinerary .steps")).to_contain_text(HANGUL)


def test_the_language_is_remembered_on_every_page(open_page: OpenPage) -> None:
    page = open_page()
    page.goto("/?lang=ko")
    expect(page.locator("#key-figures")).to_contain_text("순방")
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/\?lang=ko$"))
    expect(page.locator("#key-figures")).to_contain_text("순방")
    for address in ("/upload", "/places"):
        page.goto(address)
        expect(page.locator("html")).to_have_attribute("lang", "ko")
        expect(page.locator("h1")).to_contain_text(HANGUL)
