"""Pages of the table: every selected trip stands on one of them, in the order asked for."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from dashboard.query.selection import Selection
from dashboard.query.table_pages import ROWS_A_PAGE, find_page, holds
from dashboard.travel.build import Travel, load
from tests.benchmarks.generate import write_folder

TRIPS = 2 * ROWS_A_PAGE + 10


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Travel:
    path = tmp_path_factory.mktemp("generated")
    write_folder(path, trips=TRIPS, seed=1)
    return load(path)


def by_hand(travel: Travel, column: str, *, descending: bool) -> list[int]:
    """The trips in order of a column, equal ones as they stand or the other way round, those without a value last."""
    values = travel.trips[column]
    numbers = sorted(values.dropna().index, key=lambda number: (values[number], number), reverse=descending)
    return numbers + sorted(values.index[values.isna()], reverse=descending)


@pytest.mark.parametrize("column", ["days", "distance_km", "left_home_earliest"])
@pytest.mark.parametrize("descending", [True, False])
def test_the_pages_hold_every_trip_once_in_order(generated: Travel, column: str, descending: bool) -> None:
    pages = [find_page(generated, Selection(), "", (column, descending), wanted) for wanted in range(3)]
    assert [(page.number, len(page.numbers)) for page in pages] == [(0, ROWS_A_PAGE), (1, ROWS_A_PAGE), (2, 10)]
    assert {(page.pages, page.found, page.cut) for page in pages} == {(3, TRIPS, False)}
    assert [number for page in pages for number in page.numbers] == by_hand(generated, column, descending=descending)


def test_behind_the_last_page_stands_the_last_page(generated: Travel) -> None:
    last, behind = (find_page(generated, Selection(), "", ("days", True), wanted) for wanted in (2, 3))
    assert (behind.number, list(behind.numbers)) == (last.number, list(last.numbers))


def test_pages_that_are_full_are_no_page_more(generated: Travel) -> None:
    full = generated.under(pd.Series(generated.trips.index < 2 * ROWS_A_PAGE, generated.trips.index))
    assert find_page(full, Selection(), "", ("days", True), 9).pages == 2


def test_the_last_page_that_can_be_paged_to_is_the_last(generated: Travel) -> None:
    page = find_page(replace(generated, most_pages=2), Selection(), "", ("days", True), 2)
    assert (page.number, len(page.numbers), page.pages, page.cut) == (1, ROWS_A_PAGE, 2, True)


def test_where_nothing_is_found_there_is_one_empty_page(generated: Travel) -> None:
    page = find_page(generated, Selection(), "no trip holds this", ("days", True), 1)
    assert (page.number, list(page.numbers), page.found, page.pages) == (0, [], 0, 1)


@pytest.mark.parametrize(
    ("text", "trips"),
    [
        ("anadyr", ["N-1", "N-3"]),
        ("CANADA", ["N-2"]),
        ("omar", ["N-3", "S-1"]),
        ("ben south", ["S-1"]),
        ("new year", ["N-1"]),
        ("anchorage", []),
        (" ", ["N-1", "N-2", "N-3", "S-1"]),
    ],
)
def test_a_search_finds_a_trip_by_any_of_its_names(travel: Travel, text: str, trips: list[str]) -> None:
    assert travel.trips.loc[holds(travel, text), "trip_id"].tolist() == trips
