"""The floors: a static page that draws the same map with the same script and no Dash, and one direct `Plotly.react`."""

from __future__ import annotations

import html
import json
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import brotli
from playwright.sync_api import Browser

from tests.benchmarks.browser import Traffic, cold
from tests.benchmarks.visit import Figures, Visit, open_map

BASE_MAPS = Path(__file__).parents[2] / "assets" / "basemap"
CONFIG = {"displayModeBar": False, "showSendToCloud": False, "topojsonURL": "basemap/"}
PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Floor</title>
<style>body {{ margin: 0 }} body > div {{ position: absolute }}</style></head>
<body>{boxes}<script src="plotly.js"></script>
<script>const figures = {figures};
for (const {{ id, data, layout }} of figures) Plotly.newPlot(id, data, layout, {config});</script></body></html>"""


@dataclass(frozen=True)
class Floor:
    """What the floor took: first view and `Plotly.react` in ms, kB on the wire, and a redraw of the map in ms."""

    first_view_ms: float
    first_view_kb: float
    react_ms: float
    redraw_ms: float


@dataclass
class Shelf:
    """The files of the static page by address, each compressed once: (type, body)."""

    files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def put(self, address: str, kind: str, body: bytes) -> None:
        """Put a file where the server finds it."""
        self.files[address] = kind, brotli.compress(body, quality=9)

    def draw(self, figures: Figures) -> None:
        """Make `/` the page with these figures, each where the page under measurement has it."""
        self.put("/", "text/html", page(figures).encode())


def page(figures: Figures) -> str:
    """The static page: an empty box for each figure, the script, and one call to draw each."""
    boxes = "".join(
        f'<div id="{html.escape(one["id"])}" style="left:{one["left"]}px;top:{one["top"]}px;'
        f'width:{one["width"]}px;height:{one["height"]}px"></div>'
        for one in figures
    )
    return PAGE.format(boxes=boxes, figures=_script(figures), config=_script(CONFIG))


def _script(value: Any) -> str:
    return json.dumps(value, separators=(",", ":")).replace("</", "<\\/")


def map_first(figures: Figures) -> Figures:
    """The same figures with the map, which the first view waits for, in front."""
    return sorted(figures, key=lambda one: "geo" not in one["layout"])


@contextmanager
def serving(bundle_url: str) -> Iterator[tuple[str, Shelf]]:
    """Serve the floor with the script that the page under measurement loads; yields its address and its files."""
    shelf = Shelf()
    with urllib.request.urlopen(bundle_url) as answer:  # noqa: S310  the server just started, on this machine
        shelf.put("/plotly.js", "text/javascript", answer.read())
    for file in BASE_MAPS.glob("*.json"):
        shelf.put(f"/basemap/{file.name}", "application/json", file.read_bytes())
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(shelf))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", shelf
    server.shutdown()
    thread.join()
    server.server_close()


def _handler(shelf: Shelf) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = shelf.files.get(urllib.parse.urlsplit(self.path).path)
            kind, body = found or ("text/plain", b"")
            self.send_response(200 if found else 404)
            headers = {"Content-Type": kind, "Content-Length": str(len(body))} | (
                {"Content-Encoding": "br"} if found else {}
            )
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


def measure(browser: Browser, url: str, shelf: Shelf, visit: Visit) -> Floor:
    """Draw what a visit drew: its map with a cold cache, then its figures before and after the choice."""
    before, after = map_first(visit.before), map_first(visit.after)
    shelf.draw(before[:1])
    first_view_ms, first_view_kb = _first_view(browser, url)
    shelf.draw(before)
    with cold(browser) as context:
        page = context.new_page()
        open_map(page, url)
        redraw_ms = float(page.evaluate("() => bench.redraw()"))
        react_ms = float(page.evaluate("(figures) => bench.react(figures)", after))
    return Floor(first_view_ms, first_view_kb, react_ms, redraw_ms)


def _first_view(browser: Browser, url: str) -> tuple[float, float]:
    with cold(browser) as context:
        page, traffic = context.new_page(), Traffic()
        traffic.follow(page)
        shown_ms, shown_s = open_map(page, url)
        return shown_ms, traffic.kilobytes(shown_s)
