"""Take the pictures of the README from the running page: docs/page-1440.png and docs/page-390.png."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path

from playwright.sync_api import Browser, expect, sync_playwright
from werkzeug.serving import make_server

ROOT = Path(__file__).parents[1]
ADDRESS = "/?leader=kim-jong-un"
SIZES = ((1440, 1330), (390, 1100))


def main() -> None:
    """Serve the page, and photograph it once for each size."""
    sys.path.insert(0, str(ROOT))
    from app import server  # noqa: PLC0415  reading the data is not part of importing this file

    listening = make_server("127.0.0.1", 0, server, threaded=True)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        )
        for width, height in SIZES:
            photograph(chromium, f"http://127.0.0.1:{listening.server_port}{ADDRESS}", width, height)
        chromium.close()
    listening.shutdown()


def photograph(browser: Browser, address: str, width: int, height: int) -> None:
    """Wait until the map has its labels and the table its rows, then take the picture."""
    page = browser.new_page(viewport={"width": width, "height": height})
    page.goto(address)
    expect(page.locator("#atlas text", has_text="Singapore")).to_be_visible()
    expect(page.locator("#rows tbody tr")).to_have_count(11)
    page.screenshot(path=ROOT / "docs" / f"page-{width}.png")
    page.close()


if __name__ == "__main__":
    main()
