"""The page of the table: which of the selected trips hold a text, and in which order, asked of every part."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from dashboard.query.filters import BY_KEY, MODES
from dashboard.query.selection import Selection, combine, find, masks
from dashboard.tables.countries import country_name
from dashboard.travel.codes import Codes, Numbers
from dashboard.travel.frames import Part, Whole

TEXTS = ("occasion", "trip_id", "left_home", "back_home")
ROWS_A_PAGE = 25


@dataclass(frozen=True)
class Page:
    """One page of the table: its number from 0, the trips on it, how many match, and how many pages there are.

    `cut` is True where there are more pages than can be paged to.
    """

    number: int
    numbers: Numbers
    found: int
    pages: int
    cut: bool


@dataclass(frozen=True)
class First:
    """How many trips of a part match, and the first of them: the values they are ordered by, under their numbers."""

    found: int
    ordered: pd.Series


@dataclass(frozen=True)
class Sought:
    """A text (lower case), and the filters' values whose names hold it, as codes by filter key."""

    text: str
    codes: dict[str, Numbers]


def find_page(travel: Whole, selection: Selection, text: str, order: tuple[str, bool], wanted: int) -> Page:
    """The page `wanted`, or the last where there are not so many, of the selected trips that hold a text.

    `order` is the column of trips to sort by, and whether the largest come first; trips without a value come last.
    """
    most = min(wanted + 1, travel.most_pages) * ROWS_A_PAGE
    asked, sought = find(travel, selection), _seek(travel, text)
    firsts = travel.answers(partial(first_rows, asked=asked, sought=sought, order=order, most=most))
    found = sum(one.found for one in firsts)
    pages = max(1, -(-found // ROWS_A_PAGE))
    number = min(wanted, pages - 1, travel.most_pages - 1)
    together = pd.concat([one.ordered for one in (firsts[::-1] if order[1] else firsts)])
    ordered = _sorted(together, descending=order[1]).index.to_numpy()
    numbers = ordered[number * ROWS_A_PAGE : (number + 1) * ROWS_A_PAGE]
    return Page(number, numbers, found, min(pages, travel.most_pages), pages > travel.most_pages)


def first_rows(
    part: Part, asked: dict[str, Numbers], sought: Sought | None, order: tuple[str, bool], most: int
) -> First:
    """The first `most` trips of a part; of equal values the order of the data, or its reverse, as the values are."""
    codes = part.codes
    kept = combine(masks(codes, asked))
    rows = np.arange(len(codes)) if kept is None else np.flatnonzero(kept)
    if sought:
        rows = rows[_holds(part, sought, rows)]
    ordered = _sorted(part.column(order[0]).take(rows[::-1] if order[1] else rows), descending=order[1])
    return First(len(rows), ordered.head(most))


def _sorted(values: pd.Series, *, descending: bool) -> pd.Series:
    return values.sort_values(ascending=not descending, kind="stable", na_position="last")


def _seek(travel: Whole, text: str) -> Sought | None:
    needle = text.strip().lower()
    if not needle:
        return None
    order = travel.order
    names = {
        "leader": travel.leaders["name"],
        "transport": MODES.to_series(),
        "country": order.countries.map(country_name).to_series(),
        "place": travel.places["place"].reindex(order.places),
        "met": travel.people["counterpart"],
    }
    return Sought(needle, {key: np.flatnonzero(_contains(one, needle)) for key, one in names.items()})


def _holds(part: Part, sought: Sought, rows: Numbers) -> Any:
    """Which of these rows have a value whose name holds the text, or hold it themselves."""
    codes: Codes = part.codes
    hit = np.logical_or.reduce([BY_KEY[key].having(codes, found) for key, found in sought.codes.items()])[rows]
    for name in TEXTS:
        hit = hit | _contains(part.column(name).take(rows), sought.text)
    return hit


def _contains(texts: pd.Series, needle: str) -> Any:
    return texts.str.contains(needle, case=False, regex=False).to_numpy(dtype=bool)
