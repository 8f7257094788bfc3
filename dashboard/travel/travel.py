"""`Travel`: everything known of some trips as a few pandas frames, and what is asked of their rows."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.tables.reading import empty
from dashboard.tables.schema import INBOUND, PLACE_NAMES, REPORTED, TERMS

T = TypeVar("T")

# The year of a trip whose day of leaving home is not known, or may lie in one of two years.
UNKNOWN_YEAR = 0
# What `status` of a trip says. One that is planned or was cancelled is listed, and is in no total of journeys made.
MADE, PLANNED, CANCELLED = "made", "planned", "cancelled"
OF_TRIPS = ("stops", "meetings", "evidence")


class TooManyError(Exception):
    """More trips than can be fetched from where they lie; says what to do."""


@dataclass(frozen=True, kw_only=True)
class Travel:
    """Everything known, or one selection of it; no frame is ever changed.

    - `trips`, one row per trip; the index is the trip's number: the columns of trips.csv, `left_home_earliest` …
      (datetime64), `year` (of leaving home, 0 where it is not certain), `days` (home to home, both counted, NaN
      unknown), `transport`, `distance_km`, `at_least`, `status` (made; planned: all its stops are expected; cancelled),
      `publishers` (how many report it, independent of each other), `nth_of_leader` (which of the leader's
      known trips it is, over all the data, NA for one not made), `nth_uncertain` (whether the days leave it open)
    - `stops`, ordered: `trip` (number), stop, place_id, country_iso3, kind, mode, from_place_id, `route` and `line` …
    - `meetings` and `evidence`: `trip` and the columns of the file; `met` is the counterpart's slug
    - `leaders`, indexed by leader id: name, country_iso3, home_place_id …
    - `places`, indexed by place id; `visited` and `stopped_at` (in transit too) say whether any trip has been there
    - `routes`, indexed by route id: see `dashboard.travel.legs.find_routes`; `lines`, indexed by line id, the routes
      with both directions as one; `people`, the counterparts, indexed by slug
    - `inbound` (visits received), `reported` (first reports) and `terms` (posts of leaders) as their files have them;
      `place_names`: see `dashboard.travel.names_by_period`; `statements`: by the name of
      their file, the statements that can be measured anew, under the lines of the file
    - `data_as_of`: the day up to which the data hold (YYYY-MM-DD), or ''; `about`, what the data say of themselves: see
      `dashboard.tables.metadata`; `most_pages`: how many pages of the table can be paged to; `original`: see
      `in_english`

    What repeats is a category. The columns `counts_country`, `counts_line` (stops) and `counts_person` (meetings) are
    True once for each trip and value, so that counting trips is counting rows.
    """

    trips: pd.DataFrame
    stops: pd.DataFrame
    meetings: pd.DataFrame
    evidence: pd.DataFrame
    leaders: pd.DataFrame
    places: pd.DataFrame
    routes: pd.DataFrame
    lines: pd.DataFrame
    people: pd.DataFrame
    data_as_of: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)
    inbound: pd.DataFrame = field(default_factory=lambda: empty(INBOUND))
    reported: pd.DataFrame = field(default_factory=lambda: empty(REPORTED))
    terms: pd.DataFrame = field(default_factory=lambda: empty(TERMS))
    place_names: pd.DataFrame = field(default_factory=lambda: empty(PLACE_NAMES).assign(place_id="", name_id=""))
    statements: Mapping[str, pd.DataFrame] = field(default_factory=dict)
    most_pages: int = sys.maxsize
    original: Travel | None = None

    @property
    def in_english(self) -> Travel:
        """The same with the names that the files have, where `dashboard.travel.names` has put others."""
        return self.original or self

    @property
    def in_memory(self) -> bool:
        """Whether the rows of all trips are here; where they are not, `ask` and `keep` reach them."""
        return True

    def ask(self, question: Callable[[Travel], T]) -> list[T]:
        """The answer of each part of the trips to a question, in their order; in memory there is one part."""
        return [question(self)]

    def keep(self, rule: Callable[[Travel], pd.Series]) -> Travel:
        """Only the trips for which `rule` gives True (a Series over `trips`), with what belongs to them.

        Leaders, places, routes and people stay whole. Raises `TooManyError` where they are more than can be fetched.
        """
        return self.under(rule(self))

    def under(self, kept: pd.Series) -> Travel:
        """Only the trips under `kept`, a bool for each of those in memory, with what belongs to them."""
        if kept.all():
            return self
        trips = self.trips[kept]
        rows = {name: getattr(self, name) for name in OF_TRIPS}
        belong = {name: frame.take(rows_of(trips.index, frame["trip"])) for name, frame in rows.items()}
        return replace(self, trips=trips, **belong)

    @property
    def made(self) -> Travel:
        """Of the trips in memory those that were made."""
        return self.under(self.trips["status"] == MADE)

    def fetch(self, numbers: Iterable[int]) -> Travel:
        """The trips of these numbers, in ascending order, with what belongs to them. Raises `TooManyError`."""
        wanted = pd.Index(list(numbers), dtype="int64")

        def is_wanted(travel: Travel) -> pd.Series:
            kept = np.zeros(len(travel.trips), dtype=bool)
            at = travel.trips.index.get_indexer(wanted)
            kept[at[at >= 0]] = True
            return pd.Series(kept, travel.trips.index)

        return self.keep(is_wanted)

    def numbers_of(self, trip_ids: Iterable[str]) -> dict[str, int]:
        """Trip id -> number, of those that there are."""
        wanted = list(trip_ids)
        if not wanted:
            return {}
        found = pd.concat(self.ask(lambda travel: travel.trips.loc[travel.trips["trip_id"].isin(wanted), "trip_id"]))
        return dict(zip(found.tolist(), found.index.tolist(), strict=True))

    @cached_property
    def size(self) -> int:
        """How many trips there are."""
        return sum(self.ask(lambda travel: len(travel.trips)))


def rows_of(numbers: pd.Index, owners: pd.Series) -> npt.NDArray[np.int64]:
    """Positions of the rows whose trip (`owners`) is one of `numbers`; both ascend.

    The rows of a trip stand together: looking up where they begin and end spares a look at all others.
    """
    rows = owners.to_numpy()
    wanted = numbers.to_numpy().astype(rows.dtype)
    starts = np.searchsorted(rows, wanted, side="left")
    lengths = np.searchsorted(rows, wanted, side="right") - starts
    before = np.cumsum(lengths) - lengths
    return np.repeat(starts - before, lengths) + np.arange(lengths.sum())
