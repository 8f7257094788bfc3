"""`MEASURES`: what a statement can be measured by, an entry each; a value is text, as `expected` is."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.language import gettext, ngettext, number
from dashboard.query.counting import UNIT_BY_KEY, total
from dashboard.query.inbound import received
from dashboard.query.selection import Selection, combine, masks, read, transformed
from dashboard.tables.dates import is_uncertain, possible
from dashboard.travel.build import Travel
from dashboard.travel.distances import kilometres

BETWEEN = "; "
RECEIVED = "visit received"
NOTHING = "none"
# The day that puts the rows of each unit in order.
DAY = {
    "trip": "left_home",
    "country visit": "arrived",
    "stop": "arrived",
    "meeting": "date",
    "day": "left_home",
    RECEIVED: "date",
}


class UndecidedError(Exception):
    """A statement that these rows neither support nor contradict; the message says why."""


@dataclass(frozen=True)
class Statement:
    """One row of a table of statements: see `dashboard.tables.schema.STATEMENT`; `line` is its line in `file`."""

    file: str
    line: int
    claim: str
    publisher: str
    statement: str
    measure: str
    of: str
    query: str
    out_of: str
    field: str
    expected: str
    as_of: str
    held: str
    note: str

    @property
    def fields(self) -> list[str]:
        """The columns, or places, that are looked at."""
        return [name.strip() for name in self.field.split(";") if name.strip()]


@dataclass(frozen=True, eq=False)
class Asked:
    """A statement with what a measure looks at: its selection, the rows of its query and those of its `out_of`."""

    travel: Travel
    one: Statement
    selection: Selection
    rows: pd.DataFrame
    whole: pd.DataFrame

    def by_day(self) -> pd.DataFrame:
        """The rows with the `earliest` and the `latest` day on which each may have begun, in that order."""
        days = possible(self.rows[DAY[self.one.of]].astype("str"))
        return self.rows.assign(earliest=days["earliest"], latest=days["latest"]).sort_values(
            ["earliest", "latest"], kind="stable"
        )


@dataclass(frozen=True)
class Measure:
    """A way to measure: `value` gives what the rows come to as text; `agrees` says whether that is what is expected.

    `value` raises `UndecidedError` where the rows do not decide it. `places`: it looks at places, not rows.
    """

    name: str
    value: Callable[[Asked], str]
    agrees: Callable[[str, str], bool] = lambda found, expected: found == expected
    places: bool = False


def ask(travel: Travel, one: Statement) -> Asked:
    """Look up what a statement speaks of. Raises `UndecidedError` with all that is wrong with its queries."""
    selection = _chosen(travel, one.query)
    rows = rows_of(travel, one.of, selection)
    return Asked(
        travel, one, selection, rows, rows_of(travel, one.of, _chosen(travel, one.out_of)) if one.out_of else rows
    )


def _chosen(travel: Travel, query: str) -> Selection:
    reading = read(query, travel)
    if reading.ignored:
        raise UndecidedError(BETWEEN.join(reading.ignored))
    return reading.selection


def rows_of(travel: Travel, unit: str, selection: Selection) -> pd.DataFrame:
    """The selected rows of a unit; of meetings only those with whom the selection names."""
    if unit == RECEIVED:
        return received(travel, selection)
    whole = transformed(travel, selection)
    rows, kept = UNIT_BY_KEY[unit].rows(whole), combine(whole, masks(whole, selection))
    wanted = rows["trip"].isin(kept.index[kept])
    if unit == "meeting" and selection.values("met"):
        wanted &= rows["met"].isin(selection.values("met"))
    return rows[wanted.to_numpy()]


def _count(asked: Asked) -> str:
    if asked.one.of == "day" and (doubted := int(asked.rows["days_uncertain"].sum())):
        raise UndecidedError(_doubted_days(doubted))
    return str(total(asked.rows))


def _share(asked: Asked) -> str:
    part = asked.rows[asked.rows.index.isin(asked.whole.index)]
    return f"{total(part)} of {total(asked.whole)}"


def _list(asked: Asked) -> str:
    return BETWEEN.join(dict.fromkeys(_row_texts(asked.rows, asked.one))) or NOTHING


def _first(asked: Asked) -> str:
    rows, one = asked.by_day(), asked.one
    if rows.empty:
        return NOTHING
    first, others = rows.iloc[:1], rows.iloc[1:]
    if first["earliest"].isna().any() or others["earliest"].isna().any():
        raise UndecidedError(gettext("the day of some is not known, and so not which was the first"))
    rivals = others[(others["earliest"] <= first["latest"].iloc[0]).to_numpy()]
    if set(_row_texts(rivals, one)) - set(_row_texts(first, one)):
        raise UndecidedError(gettext("the days are not known well enough to say which was the first"))
    return _row_texts(first, one)[0]


def _nth(asked: Asked) -> str:
    rows, trip_id = asked.by_day(), asked.selection.trip
    own = rows[(rows["trip"].map(asked.travel.trips["trip_id"]) == trip_id).to_numpy()]
    if len(own) != 1:
        raise UndecidedError(_not_once(trip_id, len(rows)))
    earliest, latest = own["earliest"].iloc[0], own["latest"].iloc[0]
    others = rows.drop(index=own.index)
    if rows["earliest"].isna().any() or ((others["earliest"] <= latest) & (others["latest"] >= earliest)).any():
        raise UndecidedError(gettext("the days are not known well enough to put these trips in order"))
    before, times = total(others[(others["latest"] < earliest).to_numpy()]), total(own)
    return str(before + 1) if times == 1 else f"{before + 1} to {before + times}"


def _doubted_days(trips: int) -> str:
    return ngettext(
        "the days of {number} of these trips are not certain",
        "the days of {number} of these trips are not certain",
        trips,
    )


def _not_once(trip_id: str, rows: int) -> str:
    if not trip_id:
        return gettext("no trip is not among these {number} once", number=number(rows))
    return gettext("{trip} is not among these {number} once", trip=trip_id, number=number(rows))


def _not_one(rows: int) -> str:
    return gettext("a day of the week is asked of one row, and these are {number}", number=number(rows))


def _no_coordinates(places: Sequence[str]) -> str:
    if not places:
        return gettext("no coordinates for the place of the query")
    return gettext("no coordinates for {places}", places=", ".join(places))


def _no_column(unit: str, names: Sequence[str]) -> str:
    if not names:
        return gettext("a {unit} has no column (none is given)", unit=unit)
    return gettext("a {unit} has no column {names}", unit=unit, names=", ".join(names))


def _weekday(asked: Asked) -> str:
    days = _row_texts(asked.rows, asked.one)
    if len(days) != 1:
        raise UndecidedError(_not_one(len(days)))
    if is_uncertain(pd.Series(days)).any():
        raise UndecidedError(gettext("{day} is no certain day", day=days[0] or gettext("an unknown day")))
    return f"{pd.Timestamp(days[0]):%A} {days[0]}"


def _distance(asked: Asked) -> str:
    """The distances, each as exact as what is expected, the least first."""
    start, ends = asked.selection.values("place"), asked.one.fields
    places = asked.travel.places[["latitude_deg", "longitude_deg"]]
    missing = [place for place in (*start, *ends) if place not in places.index or places.loc[place].isna().any()]
    if len(start) != 1 or not ends or missing:
        raise UndecidedError(_no_coordinates(missing))
    spots = places.loc[ends].to_numpy()
    km = kilometres(np.repeat(places.loc[[start[0]]].to_numpy(), len(ends), axis=0), spots)
    unit = 10 ** trailing_zeros(asked.one.expected)
    return " to ".join(dict.fromkeys(f"{round(each / unit) * unit:,} km" for each in sorted(km.tolist())))


def trailing_zeros(text: str) -> int:
    """How many figures of a number are zeros that only say its size: 2 for `1,200 km`."""
    number = "".join(re.findall(r"[0-9]", text))
    return len(number) - len(number.rstrip("0"))


def _row_texts(rows: pd.DataFrame, one: Statement) -> list[str]:
    """The fields of each row as one text. Raises `UndecidedError` where there is no such column."""
    missing = [name for name in one.fields if name not in rows.columns]
    if missing or not one.fields:
        raise UndecidedError(_no_column(one.of, missing))
    texts = rows[one.fields].astype("str")
    return [BETWEEN.join(cells) for cells in texts.itertuples(index=False, name=None)]


def _counts(found: str, expected: str) -> bool:
    least = expected.removeprefix("at least ")
    if least != expected:
        return int(found) >= int(least)
    return found == expected


def _same_values(found: str, expected: str) -> bool:
    return set(found.split(BETWEEN)) == set(expected.split(BETWEEN))


MEASURES = (
    Measure("count", _count, _counts),
    Measure("share", _share),
    Measure("list", _list, _same_values),
    Measure("first", _first),
    Measure("nth", _nth),
    Measure("weekday", _weekday),
    Measure("distance", _distance, places=True),
)
MEASURE_BY_NAME = {measure.name: measure for measure in MEASURES}
