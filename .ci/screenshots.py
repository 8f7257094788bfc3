"""Take the pictures in docs/ from the running page: the page at two widths, and what can be taken away of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright
from werkzeug.serving import make_server

ROOT = Path(__file__).parents[1]
ADDRESS = "/?leader=kim-jong-un"
SIZES = ((1440, 1330), (390, 1100))
VISITS = ROOT.parent / "shared" / "data" / "state-department"
# Light or dark -> what the file of such a picture is called after.
SCHEMES: tuple[tuple[Literal["light", "dark"], str], ...] = (("light", ""), ("dark", "-dark"))
PHONE = 600


def main() -> None:
    """Serve the page, and photograph it once for each size, light and dark."""
    sys.path.insert(0, str(ROOT))
    from app import server  # noqa: PLC0415  reading the data is not part of importing this file

    listening = make_server("127.0.0.1", 0, server, threaded=True)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        )
        for width, height in SIZES:
            for scheme, suffix in SCHEMES:
                picture = ROOT / "docs" / f"page-{width}{suffix}.png"
                page = opened(chromium, f"http://127.0.0.1:{listening.server_port}{ADDRESS}", width, height, scheme)
                page.screenshot(path=picture)
                page.close()
        look_closer(chromium, f"http://127.0.0.1:{listening.server_port}{ADDRESS}")
        in_korean(chromium, f"http://127.0.0.1:{listening.server_port}{ADDRESS}&lang=ko")
        take_away(chromium, f"http://127.0.0.1:{listening.server_port}{ADDRESS}")
        if VISITS.is_dir():
            visits(chromium)
        else:
            sys.stderr.write(f"docs/visits.png stays as it is: {VISITS} is missing.\n")
        chromium.close()
    listening.shutdown()


def visits(browser: Browser) -> None:
    """The 832 visits of the US presidents, imported anew."""
    from app import create_app  # noqa: PLC0415
    from dashboard.importers.formats import run  # noqa: PLC0415
    from dashboard.travel.build import load  # noqa: PLC0415

    with TemporaryDirectory() as made:
        data = Path(made) / "data"
        run("state-department", VISITS, data)
        listening = make_server(
            "127.0.0.1", 0, create_app(load(data), data, Path(made) / "uploads").server, threaded=True
        )
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        page = browser.new_page(viewport={"width": 1440, "height": 1400})
        page.goto(f"http://127.0.0.1:{listening.server_port}/?tab=places")
        expect(page.locator("#first-paint")).to_have_count(0, timeout=30_000)
        expect(page.locator("#map text", has_text=re.compile("^London$"))).to_be_visible()
        expect(page.locator("#visited .visited > li").first).to_be_visible()
        page.screenshot(path=ROOT / "docs" / "visits.png")
        page.close()
        listening.shutdown()


def opened(browser: Browser, address: str, width: int, height: int, scheme: Literal["light", "dark"]) -> Page:
    """The page once the map has its labels and the table its rows; a narrow one is a telephone's."""
    phone = width < PHONE
    size: ViewportSize = {"width": width, "height": height}
    page = browser.new_page(viewport=size, color_scheme=scheme, has_touch=phone, is_mobile=phone)
    page.goto(address)
    expect(page.locator("#first-paint")).to_have_count(0)
    expect(page.locator("#map text", has_text="Singapore")).to_be_visible()
    expect(page.locator("#rows tbody tr")).to_have_count(11)
    return page


def look_closer(browser: Browser, address: str) -> None:
    """The globe while the years are played, and two leaders side by side."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000}, reduced_motion="reduce")
    page.goto(f"{address}&view=globe")
    expect(page.locator("#rows tbody tr")).to_have_count(11)
    page.locator("#play-year").fill("2019")
    expect(page.locator("#play-says")).to_contain_text("2019: ")
    page.locator("#play-year").blur()
    page.locator(".map-card").screenshot(path=ROOT / "docs" / "globe.png")
    page.goto(f"{address}&with=leader%3Dkim-jong-il")
    expect(page.locator("#rows tbody tr")).to_have_count(11)
    expect(page.locator(".side-map text", has_text="Pyongyang")).to_have_count(2)
    page.locator("#compare").screenshot(path=ROOT / "docs" / "compare.png")
    page.close()


def in_korean(browser: Browser, address: str) -> None:
    """The page in Korean; where no font has its letters they would be boxes, and the picture stays as it is."""
    fonts = subprocess.check_output(["fc-list", ":lang=ko"])  # noqa: S607  fontconfig's own
    if not fonts:
        sys.stderr.write("No font has Korean letters (fonts-nanum has): docs/page-ko.png stays as it is.\n")
        return
    page = browser.new_page(viewport={"width": 1440, "height": 1330})
    page.goto(address)
    expect(page.locator("#map text", has_text="싱가포르")).to_be_visible()
    expect(page.locator("#rows tbody tr")).to_have_count(11)
    page.screenshot(path=ROOT / "docs" / "page-ko.png")
    page.close()


def take_away(browser: Browser, address: str) -> None:
    """An open trip framed by the map, the picture of the map, paper, and the map alone as in another page."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto(address)
    expect(page.locator("#map text", has_text="Singapore")).to_be_visible()
    expect(page.locator("#rows tbody tr")).to_have_count(11)
    with page.expect_download() as waiting:
        page.locator("[data-picture=map][data-format=png]").click()
    waiting.value.save_as(ROOT / "docs" / "picture-map.png")
    page.pdf(path=ROOT / "docs" / "print.pdf", prefer_css_page_size=True)
    page.goto(f"{address}&trip=KJU-10")
    expect(page.locator("#map .trip-open")).to_have_count(1)
    page.get_by_role("button", name="Zoom to trip").click()
    page.screenshot(path=ROOT / "docs" / "trip-open.png")
    page.set_viewport_size({"width": 800, "height": 720})
    page.goto(f"{address}&embed=map")
    expect(page.locator("#map text", has_text="Singapore")).to_be_visible()
    page.screenshot(path=ROOT / "docs" / "embed-map.png")
    page.close()


if __name__ == "__main__":
    main()
