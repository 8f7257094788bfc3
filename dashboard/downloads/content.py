"""What a file holds, whatever its format: the rows of one table, and what is said about them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import pandas as pd

from dashboard.query.rows import place_rows, stop_legs, stop_rows, trip_legs, trip_rows
from dashboard.query.selection import Selection, describe, select, write
from dashboard.tables.metadata import licences
from dashboard.travel.travel import Travel

ROWS_AT_A_TIME = 5_000
UNSAID = "none said"
UPLOADED = "none said: these trips are as their reader uploaded them"


@dataclass(frozen=True)
class Table:
    """One table to download: its name in addresses, what a row is, its rows, and for each row the routes travelled.

    `one_leg` is True where a row never has more than one; `legs` is None where a row is a place and no way.
    """

    name: str
    row: str
    rows: Callable[[Travel], pd.DataFrame]
    legs: Callable[[Travel], list[list[str]]] | None = None
    one_leg: bool = False


TABLES = (
    Table("trips", "trip", trip_rows, trip_legs),
    Table("stops", "stop, with the leg that reached it", stop_rows, stop_legs, one_leg=True),
    Table("places", "place of the journeys, with the origin of its coordinates", place_rows),
)


@dataclass(frozen=True)
class Content:
    """One table of one selection.

    `selected` holds the selected trips, `rows` the table's rows. `about` says what they are: `query` (as in
    the address), `description`, `data_as_of` (YYYY-MM-DD, '' where not said) and `licence`.
    """

    table: Table
    selected: Travel
    rows: pd.DataFrame
    about: dict[str, str]
    made_on: date


def gather(travel: Travel, selection: Selection, table: Table, today: date) -> Content:
    """The content of a file; a trip that stands open on the page makes no difference to it."""
    selected = select(travel, selection)
    return Content(table, selected, table.rows(selected), tell(travel, selection), today)


def tell(travel: Travel, selection: Selection) -> dict[str, str]:
    """What is said about a selection in every file: `query`, `description`, `data_as_of`, `licence`.

    The token of an upload is not written into it: who is given the file is not given the upload.
    """
    return {
        "query": write(replace(selection, trip="", data="")),
        "description": describe(travel, selection),
        "data_as_of": travel.data_as_of,
        "licence": UPLOADED if selection.data else "; ".join(licences(travel.about)) or UNSAID,
    }


def slices(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows, some thousands at a time: what is made of them need not lie in memory all at once."""
    for first in range(0, len(rows), ROWS_AT_A_TIME):
        yield rows.iloc[first : first + ROWS_AT_A_TIME]


def is_text(column: pd.Series) -> bool:
    """True for a column of texts, False for one of numbers."""
    return bool(pd.api.types.is_string_dtype(column))


def columns(rows: pd.DataFrame) -> list[list[object]]:
    """The columns as plain Python values, None where nothing is known."""
    return [_values(rows[name]) for name in rows.columns]


def _values(column: pd.Series) -> list[object]:
    if is_text(column):
        return [text or None for text in column.to_numpy(dtype=object)]
    return [None if missing else one for one, missing in zip(column.tolist(), column.isna(), strict=True)]


def records(rows: pd.DataFrame) -> list[dict[str, object]]:
    """The rows as dicts by column name, None where nothing is known."""
    names = [str(name) for name in rows.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns(rows), strict=True)]
