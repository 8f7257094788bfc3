"""A page that is kept from one test to the next, since loading it costs more than most tests do with it.

Each test finds it as if it had just been opened at `HOME`: what the test before did is undone, and the page then
looks as it did when it was loaded, or it is not used again.
"""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Error, Page, expect

HOME = "/?leader=kim-jong-un"
# All that a test may have changed: texts, fields, what stands open, the map's view, the keyboard's place, what is kept.
LOOK = """() => {
    const map = document.querySelector("#map .js-plotly-plot");
    const view = Object.values(window.frame.read(map, map.layout.meta.view)).map((value) => value.toFixed(3));
    const told = ["aria-expanded", "aria-pressed", "aria-selected"];
    const shown = "details, #page, #trip-list, .js-plotly-plot, [aria-expanded], [aria-pressed], [aria-selected]";
    const fields = [...document.querySelectorAll("input")].map(({ value, checked }) => [value, checked]);
    const states = [...document.querySelectorAll(shown)].filter((one) => one.checkVisibility())
        .map((one) => [one.className, one.open, one.scrollTop, ...told.map((name) => one.getAttribute(name))]);
    return JSON.stringify([
        location.search, document.title, document.body.innerText, fields, states, view, scrollX, scrollY, innerWidth,
        innerHeight, document.activeElement.tagName, { ...document.documentElement.dataset }, { ...localStorage },
        { ...sessionStorage }, document.cookie,
    ]);
}"""
# Menus and dialogs close by Escape, and a choice ends with the address.
UNDO = """() => {
    const all = (names) => [...document.querySelectorAll(names)];
    all("details[open]").forEach((one) => { one.open = false; });
    if (document.getElementById("played")) document.getElementById("play-end").click();
    all(".whole").forEach((one) => one.classList.remove("whole"));
    all("#play-way [value=year], #play-speed [value=normal]").forEach((one) => one.checked || one.click());
    document.getElementById("share-said").textContent = "";
    document.activeElement.blur();
    document.getElementById("trip-list").scrollTop = 0;
    scrollTo(0, 0);
}"""
# A page that shows one chart alone has no map to frame.
FRAME = """async () => {
    const map = document.querySelector("#map .js-plotly-plot");
    if (!map.checkVisibility()) return;
    const drawn = new Promise((go) => map.once("plotly_afterplot", go));
    document.getElementById("zoom-fit").click();
    await drawn;
    await new Promise(requestAnimationFrame);
}"""
HAS_ARRIVED = """to => {
    const query = (address) => [...new URL(address, location.href).searchParams].sort().join();
    const said = document.getElementById("share-address")?.textContent;
    return said && query(said) === query(to);
}"""
GO = "to => { history.pushState({}, '', to); dispatchEvent(new PopStateEvent('popstate')); }"


def lead(page: Page, address: str) -> None:
    """Lead an open page to another address as Back and Forward do, and frame its selection as loading it would."""
    page.evaluate(GO, address)
    page.wait_for_function(HAS_ARRIVED, arg=address, polling=50)
    page.evaluate(FRAME)


class KeptPage:
    """A page in a context of its own, opened at `HOME`; `options` are those of Playwright's `new_context`."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.context.set_default_timeout(10_000)
        self.page = self.context.new_page()
        self.size = options["viewport"]
        self.look = ""

    def load(self) -> None:
        """Load the page, and note how it looks."""
        self.page.goto(HOME)
        expect(self.page.locator("#first-paint")).to_have_count(0)
        expect(self.page.locator("#by-person .bars path").first).to_be_attached()
        self.page.wait_for_load_state("networkidle")
        self.look = self.page.evaluate(LOOK)

    def undo(self) -> bool:
        """Lead the page back to `HOME`; return whether it looks as it did when it was loaded."""
        try:
            self.context.clear_permissions()
            self.page.emulate_media(media="null", color_scheme="null", reduced_motion="null")
            self.page.set_viewport_size(self.size)
            self.page.mouse.move(0, 0)
            self.page.keyboard.press("Escape")
            if self.page.locator("#play-year").input_value():
                self.page.locator("#play-year").fill("")
            self.page.evaluate(UNDO)
            lead(self.page, HOME)
            self.page.evaluate(UNDO)
            self.page.wait_for_function(f"look => ({LOOK})() === look", arg=self.look, polling=50, timeout=3_000)
        except (AssertionError, Error):  # also a page that is closed, or shows another document
            return False
        return True
