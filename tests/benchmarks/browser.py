"""A real browser without a network but for this machine, and the bytes that a page of it receives."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.chromium import ARGUMENTS, chromium_path

PAINT = Path(__file__).with_name("paint.js")
VIEWPORT = {"width": 1440, "height": 1000}
LONGEST_WAIT_MS = 120_000
# Every name but this machine's is unknown: blocking requests one by one instead would switch the cache off.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


@contextmanager
def chromium() -> Iterator[Browser]:
    """One browser for all runs; what must be cold is cold in a context of its own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=[*ARGUMENTS, ALONE])
        yield browser
        browser.close()


@contextmanager
def cold(browser: Browser) -> Iterator[BrowserContext]:
    """A context that has fetched, compiled and kept nothing yet."""
    context = browser.new_context(viewport={"width": VIEWPORT["width"], "height": VIEWPORT["height"]})
    context.set_default_timeout(LONGEST_WAIT_MS)
    context.add_init_script(path=PAINT)
    yield context
    context.close()


@dataclass
class Traffic:
    """What a page asked for and received on the wire, headers included; times are those of the browser's own clock."""

    sent_s: dict[str, float] = field(default_factory=dict)
    received: dict[str, int] = field(default_factory=dict)
    urls: list[str] = field(default_factory=list)
    clock_s: float = 0.0

    def follow(self, page: Page) -> None:
        """Note every request from now on."""
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._on_sent)
        session.on("Network.requestServedFromCache", self._on_cached)
        session.on("Network.responseReceived", self._on_response)
        session.on("Network.loadingFinished", self._on_finished)
        session.send("Network.enable")

    def _on_sent(self, event: dict[str, Any]) -> None:
        self.sent_s[event["requestId"]] = event["timestamp"]
        self.urls.append(event["request"]["url"])
        # From the monotonic clock of these events to the clock on the wall, which the page knows.
        self.clock_s = event["wallTime"] - event["timestamp"]

    def _on_cached(self, event: dict[str, Any]) -> None:
        self.sent_s.pop(event["requestId"], None)

    def _on_response(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self._on_cached(event)

    def _on_finished(self, event: dict[str, Any]) -> None:
        self.received[event["requestId"]] = int(event["encodedDataLength"])

    def kilobytes(self, until_s: float = float("inf")) -> float:
        """Received for all that was asked before a moment (seconds since 1970), each answer whole, in 1,000 bytes."""
        asked = [name for name, sent in self.sent_s.items() if sent + self.clock_s <= until_s]
        return sum(self.received.get(name, 0) for name in asked) / 1000

    def strangers(self, url: str) -> list[str]:
        """Addresses that are not the server's."""
        return [one for one in self.urls if not one.startswith((f"{url}/", "data:", "blob:"))]
