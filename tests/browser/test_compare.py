"""Two selections side by side, as a reader asks for them and takes them away."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import PHONE, Start

BOTH = "/?leader=kim-jong-un&with=leader%3Dkim-jong-il"
FRAMES = """() => [...document.querySelectorAll('.side-map .js-plotly-plot')]
    .map(({ _fullLayout: { geo } }) => [geo.projection.rotation.lon, geo.center.lat, geo.projection.scale])"""


def test_a_leader_is_chosen_to_compare_with_and_let_go_again(start: Start) -> None:
    page = start("/?leader=kim-jong-un")
    expect(page.locator("#table-title")).to_contain_text("11 trips")
    page.locator("#other-words").click()
    page.locator("#other-options").get_by_role("button", name="Kim Jong Il").click()
    expect(page).to_have_url(re.compile(re.escape(BOTH.removeprefix("/")) + "$"))
    expect(page.locator(".side")).to_have_count(2)
    expect(page.locator(".differences li").first).to_have_text("Kim Jong Un: 11 trips. Kim Jong Il: 10 trips, 1 fewer.")
    expect(page.locator("#table-title")).to_contain_text("11 trips")
    page.get_by_role("button", name="End the comparison").click()
    expect(page.locator(".side")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"\?leader=kim-jong-un$"))


def test_both_sides_are_drawn_on_the_same_scales_and_each_file_says_whose_it_is(start: Start, tmp_path: Path) -> None:
    page = start(BOTH)
    expect(page.locator(".side .barlayer")).to_have_count(4)
    expect(page.locator(".side-map text", has_text="Pyongyang")).to_have_count(2)
    one, other = page.evaluate(FRAMES)
    assert one == other
    left, right = (page.locator(".side").nth(side).bounding_box() for side in (0, 1))
    assert left
    assert right
    assert left["y"] == right["y"]
    assert left["width"] == right["width"]
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV: the trips of Kim Jong Il").click()
    assert waiting.value.suggested_filename.startswith("leader-travel_kim-jong-il_trips_")
    waiting.value.save_as(tmp_path / "trips.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "trips.csv").read_text("utf-8-sig"))))
    assert {row["leader"] for row in rows} == {"Kim Jong Il"}
    assert len(rows) == 10


def test_typed_years_are_a_second_period_and_a_telephone_stacks_the_two(start: Start) -> None:
    phone = start("/?leader=kim-jong-un&years=2018", **PHONE)
    expect(phone.locator("#table-title")).to_contain_text("5 trips")
    phone.locator("#other-words").click()
    phone.locator("#other-from").fill("2019")
    phone.locator("#other-to").fill("2025")
    phone.locator("#other-to").press("Enter")
    expect(phone).to_have_url(re.compile(r"years=2018&with=leader%3Dkim-jong-un%26years%3D2019-2025$"))
    expect(phone.locator(".side-title").nth(1)).to_have_text(re.compile("2019 to 2025"))
    upper, lower = (phone.locator(".side").nth(side).bounding_box() for side in (0, 1))
    assert upper
    assert lower
    assert upper["x"] == lower["x"]
    assert upper["y"] + upper["height"] <= lower["y"]
    assert phone.evaluate("() => document.documentElement.scrollWidth") == 390
