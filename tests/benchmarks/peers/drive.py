"""One visit to any of the pages: first view, everything there, a country chosen, and once more; the same for all."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.benchmarks.browser import Traffic, cold
from tests.benchmarks.peers.subjects import HOME, Subject

# What does not come within this time is said to have not come.
LIMIT_S = 120
# A slow telephone line: 1.6 Mbit/s down, 750 kbit/s up, 150 ms.
THROTTLED = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 93_750}
Samples = dict[str, float]


@dataclass(frozen=True)
class Choice:
    """A country, and how many trips went there."""

    country: str
    trips: int


@contextmanager
def serving(subject: Subject, size: str) -> Iterator[str]:
    """Start a page over a size and yield its address once it answers. Raises `TimeoutError` where it does not."""
    running = subject.start(size)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"127.0.0.1:{port}" if running.command[-1] == "--bind" else str(port)
    with (HOME.parent / f"{subject.key}.log").open("wb") as log:
        process = subprocess.Popen(
            [*running.command, address], cwd=running.folder, env=os.environ | dict(running.environment),
            stdout=log, stderr=log,
        )  # fmt: skip
    try:
        _wait_for(f"http://127.0.0.1:{port}/", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + LIMIT_S
    while time.monotonic() < end and process.poll() is None:
        try:
            with urlopen(url, timeout=LIMIT_S):  # noqa: S310  the server just started, on this machine
                return
        except (URLError, OSError):
            time.sleep(0.2)
    raise TimeoutError(f"no answer within {LIMIT_S} s of its start" if process.poll() is None else "it did not start")


def look(browser: Browser, subject: Subject, url: str, choice: Choice) -> tuple[Samples, str]:
    """All that is measured of a page once, and what did not come, or nothing."""
    found, fault = visit(browser, subject, url, choice)
    if fault or not subject.is_ours:
        return found, fault
    slow, fault = visit_throttled(browser, subject, url)
    return found | slow, fault


def visit(browser: Browser, subject: Subject, url: str, choice: Choice) -> tuple[Samples, str]:
    """What a visit measured, by measure, and what did not come, or nothing."""
    samples: Samples = {}
    with cold(browser) as context:
        context.set_default_timeout(LIMIT_S * 1000)
        page, traffic = _page(context, subject), WireTraffic()
        traffic.follow(page)
        try:
            samples |= _open(page, subject, url, traffic)
            samples["filter"] = _choose(page, subject, choice)
            page.close()
            again, traffic = _page(context, subject), WireTraffic()
            traffic.follow(again)
            _open(again, subject, url, traffic)
            samples["again-kb"] = traffic.kilobytes()
        except Error as error:
            return samples, str(error).splitlines()[0]
    return samples, ""


def visit_throttled(browser: Browser, subject: Subject, url: str) -> tuple[Samples, str]:
    """The first words and the map on a slow line."""
    with cold(browser) as context:
        context.set_default_timeout(LIMIT_S * 1000)
        page = _page(context, subject)
        page.context.new_cdp_session(page).send("Network.emulateNetworkConditions", THROTTLED)
        try:
            page.goto(f"{url}/", wait_until="commit")
            return {f"slow-{name}": _shown(page, name) for name in ("words", "map")}, ""
        except Error as error:
            return {}, str(error).splitlines()[0]


def _page(context: BrowserContext, subject: Subject) -> Page:
    page = context.new_page()
    page.add_init_script(f"bench.watch(); bench.watchWords({json.dumps(subject.words)})")
    return page


def _shown(page: Page, name: str) -> float:
    return float(page.evaluate("(name) => bench.shown(name)", name))


def _open(page: Page, subject: Subject, url: str, traffic: Traffic) -> Samples:
    page.goto(f"{url}/", wait_until="commit")
    map_ms = _shown(page, "map")
    everything_ms = float(page.evaluate(f"() => bench.settled({subject.busy})"))
    painted_s = (float(page.evaluate("() => bench.origin()")) + map_ms) / 1000
    return {
        "map": map_ms,
        "everything": everything_ms,
        "map-kb": traffic.kilobytes(painted_s),
        "all-kb": traffic.kilobytes(),
    }


def _choose(page: Page, subject: Subject, choice: Choice) -> float:
    """From the click on a country to the last change on the screen, once the page counts its trips; in ms."""
    subject.menu(page).click()
    option = subject.option(page, choice.country)
    option.hover()
    page.evaluate("() => bench.arm()")
    option.click()
    said = re.compile(rf"(?<![\d,]){choice.trips:,} trips?\b")
    page.locator(subject.count, has_text=said).first.wait_for()
    page.evaluate(f"() => bench.settled({subject.busy})")
    return float(page.evaluate("() => bench.quiet()")["ms"])


class WireTraffic(Traffic):
    """With what comes through a web socket, as Streamlit sends nearly all."""

    def follow(self, page: Page) -> None:
        """Note every request and every frame of a socket from now on."""
        super().follow(page)
        session = page.context.new_cdp_session(page)
        session.on("Network.webSocketFrameReceived", self._on_frame)
        session.send("Network.enable")

    def _on_frame(self, event: dict[str, Any]) -> None:
        name, frame = f"frame-{len(self.received)}", event["response"]
        self.sent_s[name] = event["timestamp"]
        # What is not text comes in Base64.
        self.received[name] = len(frame["payloadData"]) * (3 if frame["opcode"] == 2 else 4) // 4
