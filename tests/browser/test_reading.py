"""The map, the charts and the panel as they are read: on the shipped trips, and on the 832 visits of the US presidents.

The visits are opened once, in one page, which the tests look at and leave as they found it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.importers import run
from dashboard.importers.imported import quiet
from dashboard.travel.build import Travel, load
from tests.browser.conftest import Watch, serving
from tests.importers.test_state_department import SHARED

pytestmark = pytest.mark.long
VISIBLE_LABELS = """() => [...document.querySelectorAll('#atlas .scattergeo text')]
    .filter((label) => label.checkVisibility({ visibilityProperty: true })).map((label) => label.textContent)"""


@pytest.fixture(scope="module")
def visits_folder(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """The 832 visits as a data folder; None where their source is not at hand, which CI does not allow."""
    if not SHARED.is_dir():
        assert "CI" not in os.environ, f"{SHARED} is missing, and CI must read it"
        return None
    folder = tmp_path_factory.mktemp("visits")
    run("state-department", SHARED, folder / "data", progress=quiet)
    return folder / "data"


@pytest.fixture(scope="module")
def visits(visits_folder: Path | None) -> Travel | None:
    return visits_folder and load(visits_folder)


@pytest.fixture(scope="module")
def visits_page(visits_folder: Path | None, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page | None]:
    """The page over the 832 visits, drawn."""
    if visits_folder is None:
        yield None
        return
    with serving(visits_folder, tmp_path_factory.mktemp("uploads")) as url:
        context, watch = browser.new_context(base_url=url, viewport={"width": 1440, "height": 1000}), Watch()
        watch.follow(context, url)
        page = context.new_page()
        page.goto("/")
        expect(page.locator("#first-paint")).to_have_count(0)
        expect(page.locator("#rows tbody tr")).to_have_count(25)
        yield page
        context.close()
        assert (watch.third_party, watch.errors) == ([], []), "the page asked a third party, or logged errors"


def test_the_most_visited_places_are_named_before_others(visits_page: Page | None) -> None:
    if not visits_page:
        return
    named = visits_page.evaluate(VISIBLE_LABELS)
    assert {"Washington", "London", "Paris", "Rome", "Berlin"} <= set(named)
    assert len(named) == len(set(named)) > 60
    assert "Limerick" not in named
