"""The pandas aggregates behind every view, made in one pass over one selection so that no two views can disagree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.filters import MENUS, Mask
from dashboard.schema import TRANSPORTS
from dashboard.selection import Selection, combine, masks, narrow
from dashboard.trips import UNKNOWN_YEAR, Travel

Counts = npt.NDArray[np.int64]
MODES = pd.Index(TRANSPORTS)
# So many trips are shown one by one; of more there is a table.
MOST_RECENT = 500


@dataclass(frozen=True)
class KeyFigures:
    """Totals of a selection. `days` and `distance_km` sum what is known; the counts beside them say what is not."""

    trips: int
    countries: int
    days: int
    days_unknown: int
    days_uncertain: int
    distance_km: float
    distance_unknown: int
    at_least: bool
    unplaced_stops: int


@dataclass(frozen=True)
class Summary:
    """One selection, counted for every view.

    - `travel`: all the data; `kept`: one bool per trip, True where it is selected; `figures`: the totals
    - `leaders` and `transports`: the selected trips by leader id and by transport, most first
    - `options`: filter key -> Series of trips by value, most first, counted as if that filter alone were lifted
    - `years_all` and `years`: trips by year (rows) and transport (columns), without and with the filter on years
    - `countries`: trips by country visited (rows, most first) and transport
    - `people`: one row per counterpart met: `counterpart`, `country`, `trips`, `meetings`, most trips first
    - `places`: one row per place with coordinates: `visits`, `transits` and the columns of places
    - `lines`: one row per drawn line, most trips first: `trips`, `legs`, `trip` (the last one's number), the route's
    """

    travel: Travel
    kept: Mask
    figures: KeyFigures
    leaders: pd.Series
    transports: pd.Series
    options: dict[str, pd.Series]
    years_all: pd.DataFrame
    years: pd.DataFrame
    countries: pd.DataFrame
    people: pd.DataFrame
    places: pd.DataFrame
    lines: pd.DataFrame

    @property
    def trips(self) -> pd.DataFrame:
        """The rows of `travel.trips` that are selected."""
        return self.travel.trips.take(np.flatnonzero(self.kept))

    @cached_property
    def newest(self) -> npt.NDArray[np.int64]:
        """Numbers of the selected trips that left home last, the last one first, at most `MOST_RECENT` of them."""
        days = self.travel.trips["left_home_earliest"].to_numpy()
        numbers = np.flatnonzero(self.kept)[::-1]
        # Unknown days are the earliest of all numbers, so they come last.
        order = np.argsort(-days[numbers].astype(np.int64), kind="stable")
        return numbers[order[:MOST_RECENT]]

    @cached_property
    def recent(self) -> Travel:
        """Only the `newest` trips."""
        return self.part(self.newest)

    def part(self, numbers: Iterable[int]) -> Travel:
        """Only the trips of these numbers, whatever is selected."""
        wanted = np.zeros(len(self.kept), dtype=bool)
        wanted[list(numbers)] = True
        return narrow(self.travel, wanted)


def summarise(travel: Travel, selection: Selection) -> Summary:
    """Count a selection for all views at once; `travel` is whole, as it was built."""
    by_filter = masks(travel, selection)
    kept = combine(by_filter, len(travel.trips))
    stops = kept[travel.stops["trip"].to_numpy()]
    met = kept[travel.meetings["trip"].to_numpy()]
    countries = by_country(travel, stops)
    any_year = combine(by_filter, len(travel.trips), without="years")
    return Summary(
        travel=travel,
        kept=kept,
        figures=key_figures(travel, kept, stops, len(countries)),
        leaders=options(travel, kept, "trips", "leader_id", ""),
        transports=options(travel, kept, "trips", "transport", ""),
        options={
            one.key: options(travel, combine(by_filter, len(kept), without=one.key), *one.counts)
            for one in MENUS
            if one.counts
        },
        years_all=by_year(travel, any_year, in_office=True),
        years=by_year(travel, kept, in_office=not selection.values("years")),
        countries=countries,
        people=by_person(travel, met),
        places=by_place(travel, stops),
        lines=by_line(travel, stops),
    )


def key_figures(travel: Travel, kept: Mask, stops: Mask, countries: int) -> KeyFigures:
    """The totals of the trips under `kept`; `stops` says which stops are theirs."""
    trips = travel.trips
    days, km = trips["days"].to_numpy()[kept], trips["distance_km"].to_numpy()[kept]
    return KeyFigures(
        trips=int(kept.sum()),
        countries=countries,
        days=int(np.nansum(days)),
        days_unknown=int(np.isnan(days).sum()),
        days_uncertain=int(trips["days_uncertain"].to_numpy()[kept].sum()),
        distance_km=float(np.nansum(km)),
        distance_unknown=int(np.isnan(km).sum()),
        at_least=bool(trips["at_least"].to_numpy()[kept].any()),
        unplaced_stops=int((travel.stops["off_the_map"].to_numpy() & stops).sum()),
    )


def by_year(travel: Travel, kept: Mask, *, in_office: bool) -> pd.DataFrame:
    """Trips by year of leaving home (rows, without gaps) and transport (columns); unknown years are left out.

    With `in_office` the years also span the time in office of the leaders who travelled, as far as it is known, so
    that years without a trip are seen; they end with the day up to which the data hold.
    """
    known = kept & (travel.trips["year"].to_numpy() != UNKNOWN_YEAR)
    years = travel.trips["year"].to_numpy()[known]
    if not len(years):
        return pd.DataFrame(columns=MODES, index=pd.Index([], dtype="int64"), dtype="int64")
    first, last = int(years.min()), int(years.max())
    if in_office:
        first, last = _widened(travel, known, first, last)
    counts = _crossed(years - first, last - first + 1, travel.trips["transport"].cat.codes.to_numpy()[known])
    return pd.DataFrame(counts, index=pd.RangeIndex(first, last + 1), columns=MODES)


def _widened(travel: Travel, kept: Mask, first: int, last: int) -> tuple[int, int]:
    """First and last year, widened by the years in office of the leaders of the trips under `kept`."""
    codes = travel.trips["leader_id"].cat.codes.to_numpy()[kept]
    leaders = travel.leaders.take(np.flatnonzero(np.bincount(codes, minlength=len(travel.leaders))))
    as_of = int(travel.data_as_of[:4] or last)
    begun = leaders["first_year"].dropna()
    ended = (
        leaders["last_year"].fillna(as_of).where(leaders["first_year"].notna() | leaders["last_year"].notna()).dropna()
    )
    return int(min([first, *begun.clip(upper=last)])), int(max([last, *ended.clip(upper=as_of)]))


def _crossed(rows: npt.NDArray[np.int16], size: int, modes: npt.NDArray[np.int8]) -> Counts:
    """How often each of `size` row numbers meets each transport, as `size` rows of counts."""
    width = len(TRANSPORTS)
    return np.bincount(rows.astype(np.int64) * width + modes, minlength=size * width).reshape(size, width)


def by_country(travel: Travel, stops: Mask) -> pd.DataFrame:
    """Trips by country visited, most first, and transport; a trip counts once for each country."""
    once = stops & travel.stops["counts_country"].to_numpy()
    codes = travel.stops["country_iso3"].cat.codes.to_numpy()[once]
    modes = travel.trips["transport"].cat.codes.to_numpy()[travel.stops["trip"].to_numpy()[once]]
    names = travel.stops["country_iso3"].cat.categories
    counts = _crossed(codes, len(names), modes)
    order = _most_first(counts.sum(axis=1))
    return pd.DataFrame(counts[order], index=names[order], columns=MODES)


def _most_first(totals: Counts) -> npt.NDArray[np.int64]:
    """Positions of the totals above nothing, the largest first, equal ones in their order."""
    order = np.argsort(-totals, kind="stable")
    return order[totals[order] > 0]


def by_person(travel: Travel, met: Mask) -> pd.DataFrame:
    """Counterparts met, by slug, with `trips` and `meetings`; `met` says which meetings are selected."""
    codes = travel.meetings["met"].cat.codes.to_numpy()
    once = met & travel.meetings["counts_person"].to_numpy()
    trips = np.bincount(codes[once], minlength=len(travel.people))
    meetings = np.bincount(codes[met], minlength=len(travel.people))
    order = _most_first(trips)
    return travel.people.take(order).assign(trips=trips[order], meetings=meetings[order])


def by_place(travel: Travel, stops: Mask) -> pd.DataFrame:
    """Places with coordinates away from home, by place id: `visits`, `transits` and the columns of `places`."""
    ids = travel.stops["place_id"].cat.categories
    codes, kind = travel.stops["place_id"].cat.codes.to_numpy(), travel.stops["kind"]
    visits, transits = (
        np.bincount(codes[stops & (kind == name).to_numpy()], minlength=len(ids)) for name in ("visit", "transit")
    )
    # A visit outranks any number of passages.
    order = _most_first(visits * (int(transits.max(initial=0)) + 1) + transits)
    rows = travel.places.reindex(ids[order]).assign(visits=visits[order], transits=transits[order])
    return rows[rows["latitude_deg"].notna().to_numpy()]


def by_line(travel: Travel, stops: Mask) -> pd.DataFrame:
    """Drawn lines, both directions as one, most trips first, with `legs`, `trips` and `trip`, the last one's number."""
    pair = travel.stops["pair"].to_numpy()
    legs = np.bincount(pair[stops], minlength=len(travel.lines))
    trips = np.bincount(pair[stops & travel.stops["counts_line"].to_numpy()], minlength=len(travel.lines))
    last = np.zeros(len(travel.lines), dtype=np.int64)
    last[pair[stops]] = travel.stops["trip"].to_numpy()[stops]
    order = _most_first(np.where(travel.lines["drawn"].to_numpy(), trips, 0))
    return travel.lines.take(order).assign(legs=legs[order], trips=trips[order], trip=last[order])


def options(travel: Travel, kept: Mask, table: str, column: str, once: str) -> pd.Series:
    """Trips under `kept` by value of a filter, most first, as its `counts` says; values without a trip are left out."""
    frame: pd.DataFrame = getattr(travel, table)
    rows = kept[frame["trip"].to_numpy()] & frame[once].to_numpy() if once else kept
    counts = np.bincount(frame[column].cat.codes.to_numpy()[rows], minlength=len(frame[column].cat.categories))
    order = _most_first(counts)
    return pd.Series(counts[order], index=frame[column].cat.categories[order])
