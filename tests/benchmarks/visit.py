"""A reader's visit: the map comes into view, a country is chosen, and the page is opened once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.benchmarks.browser import Traffic, cold
from tests.benchmarks.exchange import ADDRESS, is_choice

Figures = list[dict[str, Any]]


@dataclass(frozen=True)
class Visit:
    """What one visit took: ms as the page's own clock tells them, kB on the wire.

    `before` and `after` are all figures of the page around the choice, `request` is the body that the choice sent,
    `bundle` the address of Plotly's script.
    """

    first_view_ms: float
    first_view_kb: float
    redraw_ms: float
    filter_ms: float
    second_visit_kb: float
    before: Figures
    after: Figures
    request: str
    bundle: str


class StrangerError(Exception):
    """The page asked somebody else's server."""


def visit(browser: Browser, url: str, turn: int) -> Visit:
    """Visit with a cold cache and choose a country, another one each `turn`, so that the server has to count it."""
    with cold(browser) as context:
        page, traffic, bodies = context.new_page(), Traffic(), list[str]()
        traffic.follow(page)
        page.on("request", lambda request: bodies.append(request.post_data or "{}") if ADDRESS in request.url else None)
        first_view_ms, painted_s = open_map(page, url)
        before = page.evaluate("() => bench.figures()")
        redraw_ms = page.evaluate("() => bench.redraw()")
        filter_ms = _choose_country(page, turn)
        after = page.evaluate("() => bench.figures()")
        bundle = next(one for one in page.evaluate("() => bench.loaded()") if "plotly" in one and ".js" in one)
        if strangers := traffic.strangers(url):
            raise StrangerError(f"asked for {strangers}")
        page.close()
        return Visit(
            first_view_ms=first_view_ms,
            first_view_kb=traffic.kilobytes(painted_s),
            redraw_ms=redraw_ms,
            filter_ms=filter_ms,
            second_visit_kb=_visit_again(context, url),
            before=before,
            after=after,
            request=next(filter(is_choice, bodies)),
            bundle=bundle,
        )


def open_map(page: Page, url: str) -> tuple[float, float]:
    """Open a page and wait for its map, until nothing more is under way.

    Returns the ms from the start of the navigation to the map on the screen, and when that was in seconds since 1970.
    """
    page.goto(url + "/", wait_until="commit")
    shown_ms = float(page.evaluate("() => bench.shown('map')"))
    page.evaluate("() => bench.still()")
    return shown_ms, (float(page.evaluate("() => bench.origin()")) + shown_ms) / 1000


def _choose_country(page: Page, turn: int) -> float:
    """From a click on a country of the menu to the last change that it made on the screen, in ms."""
    page.locator("#country-words").click()
    options = page.locator("#country-options button")
    options.nth(1).wait_for()
    page.evaluate("() => bench.still()")
    # The first one lifts the filter.
    option = options.nth(1 + turn % (options.count() - 1))
    option.hover()
    page.evaluate("() => bench.arm()")
    option.click()
    return float(page.evaluate("() => bench.quiet()")["ms"])


def _visit_again(context: BrowserContext, url: str) -> float:
    """What a second visit fetches in all, in kB."""
    page, traffic = context.new_page(), Traffic()
    traffic.follow(page)
    open_map(page, url)
    return traffic.kilobytes()
