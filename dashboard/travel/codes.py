"""The columns that are counted, as plain numbers: what filters and summaries read of a trip, taken from frames once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.tables.transport import TRANSPORT_NAMES

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
WIDTH = len(TRANSPORT_NAMES)
UNKNOWN_YEAR = 0
# Bits of `Codes.doubts`.
DAYS_UNKNOWN, DAYS_UNCERTAIN, DISTANCE_UNKNOWN, AT_LEAST = 1, 2, 4, 8


@dataclass(frozen=True)
class Link:
    """Which trips have which of `size` things: the rows of the trips in ascending order, and the things' codes.

    Without `trip` every trip has one, in order.
    """

    code: npt.NDArray[Any]
    size: int
    trip: npt.NDArray[np.int32] | None = None

    def rows(self, kept: Mask | None) -> Any:
        """What picks the entries of the trips under `kept` (one bool per trip; None: all trips) from the arrays."""
        if kept is None:
            return slice(None)
        return np.flatnonzero(kept if self.trip is None else kept[self.trip])

    def count(self, kept: Mask | None) -> Numbers:
        """How many entries each thing has among the trips under `kept`."""
        return np.bincount(self.code[self.rows(kept)], minlength=self.size)

    def having(self, codes: Numbers, trips: int) -> Mask:
        """Which of so many trips have one of the things with these codes."""
        wanted = np.zeros(self.size, dtype=bool)
        wanted[codes] = True
        if self.trip is None:
            return np.asarray(wanted[self.code])
        found = np.zeros(trips, dtype=bool)
        found[self.trip[wanted[self.code]]] = True
        return found


@dataclass(frozen=True)
class Codes:
    """The trips, or a part of them, in numbers; nothing here is ever changed.

    - `first`: the number of the first trip; a trip's row here is its number less that
    - `day` (of leaving home, since 1970; the least number of all where unknown), `year` (0 unknown), `days` (0 where
      unknown), `metres` (0 where unknown) and `doubts` (bits): one per trip
    - `leader`, `transport`, `years` (year and transport in one; the last years' row holds the unknown): one per trip
    - `countries` (country and transport in one) and `people`: once for each trip and value
    - `visits`, `transits` and `unplaced` (stops that no map shows): a place for each; `meetings`: a person for each
    - `lines`: a drawn line once for each trip
    """

    first: int
    day: npt.NDArray[np.int32]
    year: npt.NDArray[np.int16]
    days: npt.NDArray[np.int32]
    metres: Numbers
    doubts: npt.NDArray[np.uint8]
    leader: Link
    transport: Link
    years: Link
    countries: Link
    people: Link
    visits: Link
    transits: Link
    unplaced: Link
    meetings: Link
    lines: Link

    def __len__(self) -> int:
        return len(self.day)

    @cached_property
    def newest(self) -> npt.NDArray[np.int32]:
        """The rows of the trips, the last to leave home first, of those of one day the last in the data first."""
        return np.argsort(self.day, kind="stable")[::-1].astype(np.int32)


@dataclass(frozen=True)
class Order:
    """The things that codes stand for, each in the order of its codes, and the years of the data from first to last."""

    leaders: pd.Index
    countries: pd.Index
    places: pd.Index
    people: pd.Index
    lines: int
    first_year: int
    last_year: int

    @property
    def years(self) -> int:
        """How many years there are from the first to the last."""
        return max(self.last_year - self.first_year + 1, 0)


def encode(trips: pd.DataFrame, stops: pd.DataFrame, meetings: pd.DataFrame, order: Order) -> Codes:
    """The frames of a `Travel` in numbers."""
    mode = trips["transport"].cat.codes.to_numpy()
    days, km = trips["days"].to_numpy(float), trips["distance_km"].to_numpy(float)
    flags = (np.isnan(days), trips["days_uncertain"].to_numpy(bool), np.isnan(km), trips["at_least"].to_numpy(bool))
    year = trips["year"].to_numpy().astype(np.int16)
    return Codes(
        first=int(trips.index[0]) if len(trips) else 0,
        day=_days_since_1970(trips["left_home_earliest"]),
        year=year,
        days=np.nan_to_num(days).astype(np.int32),
        metres=np.nan_to_num(km * 1000).round().astype(np.int64),
        doubts=sum((flag.astype(np.uint8) << bit for bit, flag in enumerate(flags)), np.zeros(len(trips), np.uint8)),
        leader=link(_codes(trips["leader_id"], order.leaders), len(order.leaders)),
        transport=link(mode, WIDTH),
        years=link_years(year, mode, order),
        **_of_stops(stops, _rows(stops["trip"], trips), mode, order),
        **_of_meetings(meetings, _rows(meetings["trip"], trips), order),
    )


def _of_stops(stops: pd.DataFrame, trip: npt.NDArray[np.int32], mode: Any, order: Order) -> dict[str, Link]:
    place, country = _codes(stops["place_id"], order.places), _codes(stops["country_iso3"], order.countries)
    kinds = {name: (stops["kind"] == name).to_numpy() for name in ("visit", "transit")}
    once = {name: stops[name].to_numpy(bool) for name in ("counts_country", "counts_line", "off_the_map")}

    def of(code: Any, size: int, where: Mask) -> Link:
        return link(code[where], size, trip[where])

    return {
        "visits": of(place, len(order.places), kinds["visit"]),
        "transits": of(place, len(order.places), kinds["transit"]),
        "unplaced": of(place, len(order.places), once["off_the_map"]),
        "countries": of(country * WIDTH + mode[trip], len(order.countries) * WIDTH, once["counts_country"]),
        "lines": of(stops["pair"].to_numpy(), order.lines, once["counts_line"]),
    }


def _of_meetings(meetings: pd.DataFrame, trip: npt.NDArray[np.int32], order: Order) -> dict[str, Link]:
    person, once = _codes(meetings["met"], order.people), meetings["counts_person"].to_numpy(bool)
    size = len(order.people)
    return {"meetings": link(person, size, trip), "people": link(person[once], size, trip[once])}


def link(code: Any, size: int, trip: npt.NDArray[np.int32] | None = None) -> Link:
    """A link whose codes take no more room than their size asks for."""
    return Link(code.astype(np.min_scalar_type(max(size - 1, 0))), size, trip)


def _codes(column: pd.Series, things: pd.Index) -> Numbers:
    """A category as codes in the order of `things`."""
    return np.append(things.get_indexer(column.cat.categories), 0)[column.cat.codes.to_numpy()]


def _rows(numbers: pd.Series, trips: pd.DataFrame) -> npt.NDArray[np.int32]:
    """The rows of `trips` that have these trip numbers."""
    if isinstance(trips.index, pd.RangeIndex) and trips.index.step == 1:
        return (numbers.to_numpy() - trips.index.start).astype(np.int32)
    return np.searchsorted(trips.index.to_numpy(), numbers.to_numpy()).astype(np.int32)


def link_years(year: npt.NDArray[np.int16], mode: Any, order: Order) -> Link:
    """Year and transport in one; years count from the first of the data, the unknown come after the last."""
    after = np.where(year != UNKNOWN_YEAR, year.astype(np.int64) - order.first_year, order.years)
    return link(after * WIDTH + mode, (order.years + 1) * WIDTH)


def _days_since_1970(moments: pd.Series) -> npt.NDArray[np.int32]:
    days = moments.to_numpy().astype("datetime64[D]").astype(np.int64)
    return np.maximum(days, np.iinfo(np.int32).min).astype(np.int32)
