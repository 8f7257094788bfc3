"""Playing the trips: frames a second beside those of the page at rest, and what is asked of the server meanwhile."""

from __future__ import annotations

from playwright.sync_api import Browser, Page

from tests.benchmarks.browser import Traffic, cold
from tests.benchmarks.visit import open_map

LONG_MS = 3_000
FRAMES = """async (long) => {
    const begun = performance.now();
    let frames = 0;
    while (performance.now() - begun < long) {
        await new Promise(requestAnimationFrame);
        frames += 1;
    }
    return frames / ((performance.now() - begun) / 1000);
}"""


def play(browser: Browser, url: str) -> tuple[float, float, int] | None:
    """Frames a second while the years are added up, those of the page at rest, and the requests made meanwhile.

    None where so many trips are selected that they are not played.
    """
    with cold(browser) as context:
        page, traffic = context.new_page(), Traffic()
        open_map(page, url)
        at_rest = float(page.evaluate(FRAMES, LONG_MS))
        traffic.follow(page)
        page.locator("#play-way label").nth(1).click()
        page.locator("#play-go").click()
        if not _plays(page):
            return None
        return float(page.evaluate(FRAMES, LONG_MS)), at_rest, len(traffic.urls)


def _plays(page: Page) -> bool:
    return page.locator("#played").count() > 0
