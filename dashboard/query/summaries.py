"""One selection, counted once for every view, so that no two views can disagree; frames are made when asked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.query.filters import MODES
from dashboard.query.selection import Selection, find
from dashboard.query.tallies import MOST_RECENT, Tally, tally_part
from dashboard.travel.codes import AT_LEAST, DAYS_UNCERTAIN, DAYS_UNKNOWN, DISTANCE_UNKNOWN, WIDTH, Numbers
from dashboard.travel.frames import Travel, Whole

__all__ = ["MOST_RECENT", "KeyFigures", "Summary", "summarise"]


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

    - `travel`: all the data; `counts`: the selection's numbers, of which the rest is made when it is first asked for
    - `figures`: the totals
    - `leaders` and `transports`: the selected trips by leader id and by transport, most first
    - `options`: filter key -> Series of trips by value, most first, counted as if that filter alone were lifted
    - `years_all` and `years`: trips by year (rows, without gaps) and transport (columns), without and with the filter
      on years; trips of unknown year are left out
    - `countries`: trips by country visited (rows, most first) and transport; a trip counts once for each country
    - `people`: one row per counterpart met: `counterpart`, `country`, `trips`, `meetings`, most trips first
    - `places(order)`: one row per place, with `visits` and `transits`; `place_order`: those to draw, most visits first
    - `lines(order)`: one row per line, both directions as one, with `trips` and `trip` (the number of the last one);
      `line_order`: those to draw, most trips first
    """

    travel: Whole
    selection: Selection
    counts: Tally

    @cached_property
    def figures(self) -> KeyFigures:
        """The totals of the selected trips."""
        counts, bits = self.counts, np.arange(len(self.counts.doubts))

        def doubted(bit: int) -> int:
            return int(counts.doubts[(bits & bit) > 0].sum())

        return KeyFigures(
            trips=int(counts.doubts.sum()),
            countries=int(np.count_nonzero(counts.countries.any(axis=1))),
            days=counts.days,
            days_unknown=doubted(DAYS_UNKNOWN),
            days_uncertain=doubted(DAYS_UNCERTAIN),
            distance_km=counts.metres / 1000,
            distance_unknown=doubted(DISTANCE_UNKNOWN),
            at_least=doubted(AT_LEAST) > 0,
            unplaced_stops=int(counts.unplaced.sum()),
        )

    @cached_property
    def leaders(self) -> pd.Series:
        """Trips by leader id, most first."""
        return _most_first(self.counts.leaders, self.travel.order.leaders)

    @property
    def leader_order(self) -> Numbers:
        """Positions in `travel.order.leaders` of the leaders who travelled, most trips first."""
        return _ranked(self.counts.leaders)

    @cached_property
    def transports(self) -> pd.Series:
        """Trips by transport, most first."""
        return _most_first(self.counts.years.sum(axis=0), MODES)

    @cached_property
    def options(self) -> dict[str, pd.Series]:
        """Filter key -> trips by value, most first; values without a trip are left out."""
        order = self.travel.order
        things = {"leader": order.leaders, "transport": MODES, "country": order.countries, "met": order.people}
        return {key: _most_first(counts, things[key]) for key, counts in self.counts.options.items()}

    @cached_property
    def years_all(self) -> pd.DataFrame:
        """Trips by year, without the filter on years.

        The years also span the time in office of the leaders who travelled, as far as it is known, so that years
        without a trip are seen; they end with the day up to which the data hold.
        """
        first, last = self._span(self.counts.years_all)
        if first <= last:
            first, last = _widened(self.travel, self.counts.travellers, first, last)
        return self._years(self.counts.years_all, first, last)

    @cached_property
    def years(self) -> pd.DataFrame:
        """Trips by year; where years are chosen from the first to the last that has a trip."""
        if not self.selection.values("years"):
            return self.years_all
        return self._years(self.counts.years, *self._span(self.counts.years))

    def _span(self, counts: Numbers) -> tuple[int, int]:
        """First and last year that has a trip; the first is above the last where none has."""
        used = np.flatnonzero(counts[:-1].any(axis=1)) + self.travel.order.first_year
        return int(used.min(initial=9999)), int(used.max(initial=0))

    def _years(self, counts: Numbers, first: int, last: int) -> pd.DataFrame:
        if first > last:
            return pd.DataFrame(columns=MODES, index=pd.Index([], dtype="int64"), dtype="int64")
        years = np.zeros((last - first + 1, WIDTH), dtype=np.int64)
        begin = self.travel.order.first_year
        from_, to = max(first, begin), min(last, self.travel.order.last_year) + 1
        years[from_ - first : to - first] = counts[from_ - begin : to - begin]
        return pd.DataFrame(years, index=pd.RangeIndex(first, last + 1), columns=MODES)

    @cached_property
    def countries(self) -> pd.DataFrame:
        """Trips by country visited, most first, and transport."""
        order = _ranked(self.counts.countries.sum(axis=1))
        return pd.DataFrame(self.counts.countries[order], self.travel.order.countries[order], MODES)

    @cached_property
    def people(self) -> pd.DataFrame:
        """Counterparts met, by slug."""
        order = _ranked(self.counts.people)
        counted = {"trips": self.counts.people[order], "meetings": self.counts.meetings[order]}
        return self.travel.people.take(order).assign(**counted)

    @cached_property
    def place_order(self) -> Numbers:
        """Positions in `travel.order.places` of the places with coordinates away from home, most visits first."""
        visits, transits = self.counts.visits, self.counts.transits
        # A visit outranks any number of passages.
        rank = visits * (int(transits.max(initial=0)) + 1) + transits
        return _ranked(np.where(self.travel.ground.placed, rank, 0))

    def places(self, order: Numbers) -> pd.DataFrame:
        """The places at these positions of `travel.order.places`, by id."""
        rows = self.travel.ground.marks.take(order)
        return rows.assign(visits=self.counts.visits[order], transits=self.counts.transits[order])

    @cached_property
    def line_order(self) -> Numbers:
        """Positions in `travel.lines` of the lines that can be drawn, most trips first."""
        return _ranked(np.where(self.travel.lines["drawn"].to_numpy(), self.counts.lines, 0))

    def lines(self, order: Numbers) -> pd.DataFrame:
        """The lines at these positions of `travel.lines`."""
        rows = self.travel.ground.strokes.take(order)
        return rows.assign(trips=self.counts.lines[order], trip=self.counts.last.trip[order])

    @cached_property
    def unplaced(self) -> pd.Series:
        """Stops that the map cannot show by name of their place, most first."""
        by_place = _most_first(self.counts.unplaced, self.travel.order.places)
        return by_place.set_axis(self.travel.places["place"].reindex(by_place.index))

    @property
    def newest(self) -> npt.NDArray[np.int64]:
        """Numbers of the selected trips that left home last, the last one first, at most `MOST_RECENT` of them."""
        return self.counts.newest.trip

    def part(self, numbers: Iterable[int]) -> Travel:
        """Only the trips of these numbers, whatever is selected."""
        return self.travel.fetch(numbers)


def summarise(travel: Whole, selection: Selection) -> Summary:
    """Count a selection for all views at once; `travel` is whole, as it was built."""
    return Summary(travel, selection, travel.total(partial(tally_part, asked=find(travel, selection))))


def _ranked(totals: Numbers) -> Numbers:
    """Positions of the totals above nothing, the largest first, equal ones in their order."""
    order = np.argsort(-totals, kind="stable")
    return order[: np.count_nonzero(totals)]


def _most_first(counts: Numbers, things: pd.Index) -> pd.Series:
    order = _ranked(counts)
    return pd.Series(counts[order], index=things[order])


def _widened(travel: Whole, travellers: Numbers, first: int, last: int) -> tuple[int, int]:
    """First and last year, widened by the years in office of the leaders who have `travellers` trips."""
    leaders = travel.leaders.take(np.flatnonzero(travellers))
    as_of = int(travel.data_as_of[:4] or last)
    begun, ended = leaders["first_year"].to_numpy(float), leaders["last_year"].to_numpy(float)
    known = ~(np.isnan(begun) & np.isnan(ended))
    ended = np.where(np.isnan(ended), as_of, ended)[known]
    begun = np.minimum(begun[~np.isnan(begun)], last)
    return int(begun.min(initial=first)), int(np.minimum(ended, as_of).max(initial=last))
