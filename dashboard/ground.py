"""Where the places, homes and lines of a body of trips lie: what a map needs of the small tables, each made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from dashboard.codes import Mask, Numbers, Order


@dataclass(frozen=True, eq=False)
class Ground:
    """The tables of leaders, places and lines, and the order in which their things are counted."""

    leaders: pd.DataFrame
    places: pd.DataFrame
    lines: pd.DataFrame
    order: Order

    @cached_property
    def placed(self) -> Mask:
        """Whether each place of `order.places` has coordinates."""
        spots = self.places.loc[self.order.places, ["latitude_deg", "longitude_deg"]]
        return spots.notna().all(axis=1).to_numpy()

    @cached_property
    def homes(self) -> Numbers:
        """Position in `places` of each leader's home, in the order of `order.leaders`; -1 where it is not placed."""
        spotless = self.places[["latitude_deg", "longitude_deg"]].isna().any(axis=1).to_numpy()
        at = self.places.index.get_indexer(pd.Index(self.leaders["home_place_id"]))
        return np.where(np.append(spotless, True)[at], -1, at)

    @cached_property
    def line_ends(self) -> Numbers:
        """For each line the positions in `places` of its two ends."""
        ends = [self.places.index.get_indexer(pd.Index(self.lines[f"{end}_place_id"])) for end in ("from", "to")]
        return np.column_stack(ends)

    @cached_property
    def line_countries(self) -> Numbers:
        """For each line the positions in `order.countries` of the countries of its two ends."""
        countries = self.order.countries.get_indexer(pd.Index(self.places["country_iso3"]))
        return countries[self.line_ends]

    @cached_property
    def corridors(self) -> dict[int, tuple[list[float], list[float]]]:
        """Position in `lines` -> longitudes and latitudes (degrees) of the towns along it, where there are any."""
        through = {at: list(towns) for at, towns in enumerate(self.lines["through"].tolist()) if towns}
        spots = self.places[["longitude_deg", "latitude_deg"]].to_numpy()
        along = {at: spots[self.places.index.get_indexer(pd.Index(towns))] for at, towns in through.items()}
        return {at: (towns[:, 0].tolist(), towns[:, 1].tolist()) for at, towns in along.items()}
