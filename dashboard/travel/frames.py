"""All trips, wherever their rows lie: small tables in the hand, and questions that every part of the rows answers."""

from __future__ import annotations

import sys
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, reduce
from operator import add
from typing import Any, Protocol, Self, TypeVar

import numpy as np
import pandas as pd

from dashboard.tables.reading import empty
from dashboard.tables.schema import INBOUND, REPORTED
from dashboard.travel.codes import UNKNOWN_YEAR, WIDTH, Codes, Numbers, Order, encode
from dashboard.travel.ground import Ground

T = TypeVar("T")


class TooManyError(Exception):
    """More trips than can be fetched from where they lie; says what to do."""


class Part(Protocol):
    """Some of the trips, one after the other in the data; a trip's number says where it stands among all."""

    @property
    def codes(self) -> Codes:
        """What is counted of these trips, as plain numbers."""

    def column(self, name: str) -> pd.Series:
        """One column of the trips, under their numbers."""

    def numbers_of(self, trip_ids: Iterable[str]) -> dict[str, int]:
        """Trip id -> number, of those that are in this part."""


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Some trips, row by row.

    - `trips`, one row per trip; the index is the trip's number: the columns of trips.csv, `left_home_earliest` …
      (datetime64), `year` (of leaving home, 0 unknown), `days` (home to home, both counted, NaN unknown),
      `transport`, `distance_km`, `at_least`
    - `stops`, ordered: `trip` (number), stop, place_id, country_iso3, kind, mode, from_place_id, `route` (number) …
    - `meetings` and `evidence`: `trip` and the columns of the file; `met` is the counterpart's slug

    The columns `counts_country`, `counts_line` (stops) and `counts_person` (meetings) are True once for each trip and
    value, so that counting trips is counting rows.
    """

    trips: pd.DataFrame
    stops: pd.DataFrame
    meetings: pd.DataFrame
    evidence: pd.DataFrame

    def pick(self, rows: Numbers) -> Self:
        """Only these rows of the trips, in ascending order, and what belongs to them."""
        trips = self.trips.take(rows)
        numbers = trips.index.to_numpy()
        belong = {
            name: frame.take(belonging(frame["trip"].to_numpy(), numbers))
            for name, frame in (("stops", self.stops), ("meetings", self.meetings), ("evidence", self.evidence))
        }
        return replace(self, trips=trips, **belong)


@dataclass(frozen=True, kw_only=True)
class Whole(ABC):
    """All trips. What needs their rows is asked of every part, since they may lie on other machines.

    - `leaders`, indexed by leader id: name, country_iso3, home_place_id …
    - `places`, indexed by place id; `routes`, indexed by number: see `dashboard.travel.legs.find_routes`; `lines`, the
      routes with both directions as one; `people`, the counterparts, indexed by slug
    - `inbound` (visits received) and `reported` (first reports) as their files have them; `statements`: by the name of
      their file, the statements that can be measured anew, under the lines of the file
    - `data_as_of`: the day up to which the data hold (YYYY-MM-DD), or ''; `about`, what the data say of themselves: see
      `dashboard.tables.metadata`; `most_pages`: how many pages of the table can be paged to
    """

    leaders: pd.DataFrame
    places: pd.DataFrame
    routes: pd.DataFrame
    lines: pd.DataFrame
    people: pd.DataFrame
    data_as_of: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    inbound: pd.DataFrame = field(default_factory=lambda: empty(INBOUND))
    reported: pd.DataFrame = field(default_factory=lambda: empty(REPORTED))
    statements: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    most_pages: int = sys.maxsize

    @property
    @abstractmethod
    def order(self) -> Order:
        """The order in which leaders, countries, places, people and years are counted."""

    @abstractmethod
    def answers(self, ask: Callable[[Part], T]) -> list[T]:
        """The answer of each part to a question, in the order of the trips."""

    @abstractmethod
    def fetch(self, numbers: Iterable[int]) -> Travel:
        """The trips of these numbers, in ascending order, with all that belongs to them.

        Raises `TooManyError` where they are more than can be fetched.
        """

    def total(self, ask: Callable[[Part], T]) -> T:
        """The sum of all answers."""
        return reduce(add, self.answers(ask))

    def numbers_of(self, trip_ids: Iterable[str]) -> dict[str, int]:
        """Trip id -> number, of those that there are."""
        ids = list(trip_ids)
        found = self.answers(_Numbers(tuple(ids))) if ids else []
        return {name: number for some in found for name, number in some.items()}

    def trip_ids(self, numbers: Iterable[int]) -> dict[int, str]:
        """Number -> trip id."""
        ids = self.fetch(numbers).trips["trip_id"]
        return dict(zip(ids.index.tolist(), ids.tolist(), strict=True))

    @cached_property
    def size(self) -> int:
        """How many trips there are."""
        return sum(self.answers(_size))

    @cached_property
    def ground(self) -> Ground:
        """Where the places, homes and lines lie, for the map."""
        return Ground(self.leaders, self.places, self.lines, self.order)

    @cached_property
    def visited(self) -> pd.Index:
        """The countries visited (ISO 3166-1 alpha-3), in alphabetical order."""
        return self.order.countries[reduce(np.union1d, self.answers(_visited))]

    @cached_property
    def stopped_at(self) -> pd.Index:
        """The ids of the places stopped at, in transit too, in alphabetical order."""
        return self.order.places[reduce(np.union1d, self.answers(_stopped_at))]


@dataclass(frozen=True)
class _Numbers:
    trip_ids: tuple[str, ...]

    def __call__(self, part: Part) -> dict[str, int]:
        return part.numbers_of(self.trip_ids)


def _size(part: Part) -> int:
    return len(part.codes)


def _visited(part: Part) -> Numbers:
    return np.unique(part.codes.countries.code // WIDTH).astype(np.int64)


def _stopped_at(part: Part) -> Numbers:
    return np.union1d(part.codes.visits.code, part.codes.transits.code).astype(np.int64)


@dataclass(frozen=True, kw_only=True)
class Travel(Whole, Rows):
    """Everything known, or one selection of it, in memory; no frame is ever changed."""

    @cached_property
    def order(self) -> Order:
        """The order in which leaders, countries, places, people and years are counted."""
        years = self.trips["year"].to_numpy()
        known = years[years != UNKNOWN_YEAR]
        return order_of(vars(self), (int(known.min(initial=9999)), int(known.max(initial=0))))

    @cached_property
    def codes(self) -> Codes:
        """What is counted of the trips, as plain numbers."""
        return encode(self.trips, self.stops, self.meetings, self.order)

    def answers(self, ask: Callable[[Part], T]) -> list[T]:
        """The one answer: all is in memory."""
        return [ask(self)]

    def fetch(self, numbers: Iterable[int]) -> Travel:
        """The trips of these numbers, in ascending order, with all that belongs to them."""
        wanted = np.unique(np.fromiter(numbers, dtype=np.int64))
        rows = self.trips.index.get_indexer(pd.Index(wanted))
        return self.pick(rows[rows >= 0])

    def column(self, name: str) -> pd.Series:
        """One column of the trips, under their numbers."""
        return self.trips[name]

    def numbers_of(self, trip_ids: Iterable[str]) -> dict[str, int]:
        """Trip id -> number, of those that there are."""
        ids = self.trips["trip_id"]
        found = ids[ids.isin(list(trip_ids)).to_numpy()]
        return dict(zip(found.tolist(), found.index.tolist(), strict=True))

    def trip_ids(self, numbers: Iterable[int]) -> dict[int, str]:
        """Number -> trip id."""
        wanted = list(numbers)
        return dict(zip(wanted, self.trips["trip_id"].loc[wanted].tolist(), strict=True))


def order_of(small: dict[str, pd.DataFrame], years: tuple[int, int]) -> Order:
    """The order of all that the small tables (by name) hold, and of the years from the first to the last."""
    return Order(
        leaders=small["leaders"].index,
        countries=pd.Index(np.unique(small["places"]["country_iso3"].to_numpy(object).astype(str))),
        places=small["places"].index.sort_values(),
        people=small["people"].index,
        lines=len(small["lines"]),
        first_year=years[0],
        last_year=years[1],
    )


def belonging(owners: np.ndarray, numbers: np.ndarray) -> Numbers:
    """Positions of the rows whose trip is one of `numbers`; both ascend.

    The rows of a trip stand together: looking up where they begin and end spares a look at all others.
    """
    wanted = numbers.astype(owners.dtype)
    starts = np.searchsorted(owners, wanted, side="left")
    lengths = np.searchsorted(owners, wanted, side="right") - starts
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum())
