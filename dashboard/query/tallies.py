"""Everything that views show of a selection, counted in one pass; counts of two parts of the trips add up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from dashboard.query.filters import MENUS, Filter
from dashboard.query.selection import combine, masks
from dashboard.travel.codes import DISTANCE_UNKNOWN, WIDTH, Codes, Mask, Numbers
from dashboard.travel.frames import Part

# So many trips are shown one by one; of more there is a table.
MOST_RECENT = 250
# Of so many of the newest trips at first enough are hoped to be selected.
FIRST_LOOK = 8 * MOST_RECENT


def _by_country(codes: Codes, kept: Mask | None) -> Numbers:
    return np.asarray(codes.countries.count(kept).reshape(-1, WIDTH).sum(axis=1))


# What a menu can count: name -> trips by value of a filter, in the order of their codes.
COUNTS: dict[str, Callable[[Codes, Mask | None], Numbers]] = {
    "leaders": lambda codes, kept: codes.leader.count(kept),
    "transports": lambda codes, kept: codes.transport.count(kept),
    "countries": _by_country,
    "people": lambda codes, kept: codes.people.count(kept),
}


@dataclass(frozen=True)
class Newest:
    """The numbers of at most `MOST_RECENT` trips, the last to leave home first, and the day of each."""

    day: Numbers
    trip: Numbers

    def __add__(self, other: Newest) -> Newest:
        day, trip = np.concatenate([self.day, other.day]), np.concatenate([self.trip, other.trip])
        order = np.lexsort((-trip, -day))[:MOST_RECENT]
        return Newest(day[order], trip[order])


@dataclass(frozen=True)
class Farthest:
    """The length of the longest trip in metres and its number, the first of several; -1 where no length is known."""

    metres: int
    trip: int

    def __add__(self, other: Farthest) -> Farthest:
        return max(self, other, key=lambda one: (one.metres, -one.trip))


@dataclass(frozen=True)
class Last:
    """The highest number of a trip for each thing, -1 where there is none."""

    trip: Numbers

    def __add__(self, other: Last) -> Last:
        return Last(np.maximum(self.trip, other.trip))


@dataclass(frozen=True)
class Tally:
    """The counts of a selection, whole or of a part of the trips: `one + other` are those of both parts.

    - `doubts`: trips by the bits of `Codes.doubts`; `days` and `metres`: the sums of what is known
    - `leaders`, `people`, `meetings`, `visits`, `transits`, `unplaced`, `lines`: by code, as the `Link` of the name
    - `years`: trips by year (rows; the last one's is unknown) and transport (columns); `years_all`: without the filter
      on years, and `travellers`: the same trips by leader, those of unknown year left out
    - `countries`: trips by country (rows) and transport
    - `options`: filter key -> trips by value, as if that filter alone were lifted
    - `last`: the last trip along each line; `newest` and `farthest`: trips to be named
    """

    doubts: Numbers
    days: int
    metres: int
    leaders: Numbers
    years: Numbers
    years_all: Numbers
    travellers: Numbers
    countries: Numbers
    people: Numbers
    meetings: Numbers
    visits: Numbers
    transits: Numbers
    unplaced: Numbers
    lines: Numbers
    options: dict[str, Numbers]
    last: Last
    newest: Newest
    farthest: Farthest

    def __add__(self, other: Tally) -> Tally:
        return Tally(**{one.name: _added(getattr(self, one.name), getattr(other, one.name)) for one in fields(self)})


def _added(one: Any, other: Any) -> Any:
    return {key: one[key] + other[key] for key in one} if isinstance(one, dict) else one + other


def tally(codes: Codes, asked: dict[str, Numbers]) -> Tally:
    """Count what `find` made of a selection among all trips of `codes`."""
    by_filter = masks(codes, asked)
    kept, any_year = combine(by_filter), combine(by_filter, without="years")
    rows = codes.leader.rows(kept)
    metres = codes.metres[rows]
    years, leaders, people = _by_year(codes, kept), codes.leader.count(kept), codes.people.count(kept)
    countries = codes.countries.count(kept).reshape(-1, WIDTH)
    counted = {
        "leaders": leaders,
        "transports": years.sum(axis=0),
        "countries": countries.sum(axis=1),
        "people": people,
    }
    lines = codes.lines.rows(kept)
    return Tally(
        doubts=np.bincount(codes.doubts[rows], minlength=16),
        days=int(codes.days[rows].sum(dtype=np.int64)),
        metres=int(metres.sum()),
        leaders=leaders,
        years=years,
        years_all=_by_year(codes, any_year) if "years" in asked else years,
        travellers=_travellers(codes, any_year),
        countries=countries,
        people=people,
        meetings=codes.meetings.count(kept),
        visits=codes.visits.count(kept),
        transits=codes.transits.count(kept),
        unplaced=codes.unplaced.count(kept),
        lines=np.bincount(codes.lines.code[lines], minlength=codes.lines.size),
        options={one.key: _lifted(codes, by_filter, one) if one.key in asked else counted[one.counts] for one in MENUS},
        last=_last(codes, lines),
        newest=_newest(codes, kept),
        farthest=_farthest(codes, rows, metres),
    )


def tally_part(part: Part, asked: dict[str, Numbers]) -> Tally:
    """The counts of a part of the trips, wherever it lies."""
    return tally(part.codes, asked)


def _lifted(codes: Codes, by_filter: dict[str, Mask], one: Filter) -> Numbers:
    """Trips by value of a filter that is in use, as if it were lifted."""
    return COUNTS[one.counts](codes, combine(by_filter, without=one.key))


def _by_year(codes: Codes, kept: Mask | None) -> Numbers:
    return codes.years.count(kept).reshape(-1, WIDTH)


def _travellers(codes: Codes, kept: Mask | None) -> Numbers:
    """Trips by leader of those under `kept` whose year is known."""
    known = codes.year > 0
    return codes.leader.count(kept if known.all() else known if kept is None else kept & known)


def _last(codes: Codes, lines: Any) -> Last:
    last = np.full(codes.lines.size, -1, dtype=np.int64)
    if codes.lines.trip is not None:
        # Of several values given to one place the last stays, and trips ascend.
        last[codes.lines.code[lines]] = codes.lines.trip[lines] + codes.first
    return Last(last)


def _newest(codes: Codes, kept: Mask | None) -> Newest:
    """Most selections have enough trips among the newest of all; the others are looked through whole."""
    for rows in (codes.newest[:FIRST_LOOK], codes.newest):
        found = (rows if kept is None else rows[kept[rows]])[:MOST_RECENT]
        if len(found) == MOST_RECENT:
            break
    return Newest(codes.day[found].astype(np.int64), found.astype(np.int64) + codes.first)


def _farthest(codes: Codes, rows: Any, metres: Numbers) -> Farthest:
    known = (codes.doubts[rows] & DISTANCE_UNKNOWN) == 0
    if not known.any():
        return Farthest(-1, -1)
    at = int(np.where(known, metres, -1).argmax())
    return Farthest(int(metres[at]), codes.first + (at if isinstance(rows, slice) else int(rows[at])))
