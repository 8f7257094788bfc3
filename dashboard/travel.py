"""`Travel`: all that is known of journeys, checked and joined, and what is derived from it, once, when asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from dashboard.codes import WIDTH, Codes, Mask, Order, encode

UNKNOWN_YEAR = 0


@dataclass(frozen=True)
class Travel:
    """Everything known, or one selection of it; no frame is ever changed.

    - `leaders`, indexed by leader id: name, country_iso3, home_place_id …
    - `trips`, one row per trip; the index is the trip's number: the columns of trips.csv, `left_home_earliest` …
      (datetime64), `year` (of leaving home, 0 unknown), `days` (home to home, both counted, NaN unknown),
      `transport`, `distance_km`, `at_least`
    - `stops`, ordered: `trip` (number), stop, place_id, country_iso3, kind, mode, from_place_id, `route` (number) …
    - `meetings` and `evidence`: `trip` and the columns of the file; `met` is the counterpart's slug
    - `places`, indexed by place id; `routes`, indexed by number: see `dashboard.routes.find_routes`; `lines`, the
      routes with both directions as one; `people`, the counterparts, indexed by slug
    - `about`, what the data say of themselves: see `dashboard.about`

    The columns `counts_country`, `counts_line` (stops) and `counts_person` (meetings) are True once for each trip and
    value, so that counting trips is counting rows.
    """

    leaders: pd.DataFrame
    trips: pd.DataFrame
    stops: pd.DataFrame
    meetings: pd.DataFrame
    evidence: pd.DataFrame
    places: pd.DataFrame
    routes: pd.DataFrame
    lines: pd.DataFrame
    people: pd.DataFrame
    data_as_of: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def order(self) -> Order:
        """The order in which leaders, countries, places, people and years are counted."""
        years = self.trips["year"].to_numpy()
        known = years[years != UNKNOWN_YEAR]
        return Order(
            leaders=self.leaders.index,
            countries=pd.Index(np.unique(self.places["country_iso3"].to_numpy(object).astype(str))),
            places=self.places.index.sort_values(),
            people=self.people.index,
            lines=len(self.lines),
            first_year=int(known.min(initial=9999)),
            last_year=int(known.max(initial=0)),
        )

    @cached_property
    def placed(self) -> Mask:
        """Whether each place of `order.places` has coordinates."""
        spots = self.places.loc[self.order.places, ["latitude_deg", "longitude_deg"]]
        return spots.notna().all(axis=1).to_numpy()

    @cached_property
    def corridors(self) -> dict[int, tuple[list[float], list[float]]]:
        """Position in `lines` -> longitudes and latitudes (degrees) of the towns along it, where there are any."""
        through = {at: list(towns) for at, towns in enumerate(self.lines["through"].tolist()) if towns}
        spots = self.places[["longitude_deg", "latitude_deg"]].to_numpy()
        along = {at: spots[self.places.index.get_indexer(pd.Index(towns))] for at, towns in through.items()}
        return {at: (towns[:, 0].tolist(), towns[:, 1].tolist()) for at, towns in along.items()}

    @cached_property
    def codes(self) -> Codes:
        """What is counted of the trips, as plain numbers."""
        return encode(self.trips, self.stops, self.meetings, self.order)

    @cached_property
    def visited(self) -> pd.Index:
        """The countries visited (ISO 3166-1 alpha-3), in alphabetical order."""
        return self.order.countries[np.unique(self.codes.countries.code // WIDTH)]

    @cached_property
    def stopped_at(self) -> pd.Index:
        """The ids of the places stopped at, in transit too, in alphabetical order."""
        return self.order.places[np.union1d(self.codes.visits.code, self.codes.transits.code)]
