"""The page of the table: which of the selected trips hold a text, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from dashboard.query.filters import having
from dashboard.query.selection import Selection, combine, masks
from dashboard.tables.countries import country_name
from dashboard.tables.transport import in_words
from dashboard.travel.travel import Travel

TEXTS = ("occasion", "trip_id", "left_home", "back_home")
ROWS_A_PAGE = 25


@dataclass(frozen=True)
class Page:
    """One page of the table: its number from 0, the trips on it, how many match, and how many pages there are.

    `cut` is True where there are more pages than can be paged to.
    """

    number: int
    numbers: pd.Index
    found: int
    pages: int
    cut: bool


def find_page(travel: Travel, selection: Selection, text: str, order: tuple[str, bool], wanted: int) -> Page:
    """The page `wanted`, or the last where there are not so many, of the selected trips that hold a text.

    `order` is the column of trips to sort by, and whether the largest come first; trips without a value come last.
    """
    column, descending = order
    most = min(wanted + 1, travel.most_pages) * ROWS_A_PAGE

    def first_rows(some: Travel) -> tuple[int, pd.Series]:
        """How many trips match, and what the first of them are sorted by."""
        kept = combine(some, masks(some, selection)) & holds(some, text)
        return int(kept.sum()), _sorted(some.trips.loc[kept, column], descending=descending).head(most)

    firsts = travel.ask(first_rows)
    found = sum(matching for matching, _ in firsts)
    pages = max(1, -(-found // ROWS_A_PAGE))
    number = min(wanted, pages - 1, travel.most_pages - 1)
    numbers = _sorted(pd.concat([rows for _, rows in firsts]), descending=descending).index
    shown = numbers[number * ROWS_A_PAGE : (number + 1) * ROWS_A_PAGE]
    return Page(number, shown, found, min(pages, travel.most_pages), pages > travel.most_pages)


def _sorted(values: pd.Series, *, descending: bool) -> pd.Series:
    """By value; of equal ones in the order of the data, or its reverse, as the values are."""
    by_number = values.sort_index(ascending=not descending)
    return by_number.sort_values(ascending=not descending, kind="stable", na_position="last")


def holds(travel: Travel, text: str) -> pd.Series:
    """Which trips hold a text, in any case: themselves, or in the name of a leader, country, place or person."""
    needle = text.strip().lower()
    if not needle:
        return pd.Series(True, travel.trips.index)
    trips, stops, meetings = travel.trips, travel.stops, travel.meetings
    then = travel.place_names.loc[_contains(travel.place_names["name"], needle), "place_id"]
    named = _containing(travel.places["place"] + ";" + travel.places["other_names"], needle).union(pd.Index(then))
    places = stops["place_id"].isin(named) & (stops["kind"] != "home")
    countries = stops["counts_country"] & _has(stops["country_iso3"], needle, country_name)
    found = having(travel, stops.loc[places | countries, "trip"])
    found |= having(
        travel, meetings.loc[meetings["met"].isin(_containing(travel.people["counterpart"], needle)), "trip"]
    )
    found |= trips["leader_id"].isin(_containing(_both(travel), needle)) | _has(
        trips["transport"], needle, lambda mode: f"{mode} {in_words(mode)}"
    )
    for name in TEXTS:
        found |= _contains(trips[name], needle)
    return found


def _both(travel: Travel) -> pd.Series:
    """The names of the leaders as they are shown, and in English."""
    shown, english = travel.leaders["name"], travel.in_english.leaders["name"]
    return shown if shown is english else shown + ";" + english


def _containing(names: pd.Series, needle: str) -> pd.Index:
    """The ids whose names contain a text."""
    return names.index[_contains(names, needle)]


def _contains(texts: pd.Series, needle: str) -> pd.Series:
    return texts.str.contains(needle, case=False, regex=False).fillna(False).astype(bool)


def _has(values: pd.Series, needle: str, name: Callable[[str], str]) -> pd.Series:
    """Which values of a category have a name that contains a text."""
    return values.isin([value for value in values.cat.categories if needle in name(value).lower()])
