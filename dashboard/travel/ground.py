"""Where the places, homes and lines of a body of trips lie: what a map needs of the small tables, each made once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from dashboard.travel.codes import Mask, Numbers, Order

ENDS = ("from", "to")


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
    def marks(self) -> pd.DataFrame:
        """What a map says of each place of `order.places`. As plain objects: a few rows are taken for every view."""
        columns = ["place", "country_iso3", "kind", "other_names", "latitude_deg", "longitude_deg"]
        texts = dict.fromkeys(columns[:4], object)
        return self.places.loc[self.order.places, columns].astype(texts).set_axis(self.order.places.astype(object))

    @cached_property
    def strokes(self) -> pd.DataFrame:
        """What a map says of each line, as plain objects."""
        texts = ["mode", "from_place_id", "to_place_id", "certainty"]
        spots = [f"{end}_{degrees}" for end in ENDS for degrees in ("longitude_deg", "latitude_deg")]
        return self.lines[[*texts, "km", *spots]].astype(dict.fromkeys(texts, object))

    @cached_property
    def names(self) -> dict[str, str]:
        """Place id -> name."""
        return dict(zip(self.marks.index, self.marks["place"], strict=True))

    @cached_property
    def homes(self) -> Numbers:
        """Position in `order.places` of the home of each of `order.leaders`; -1 where it is not placed."""
        at = self.order.places.get_indexer(pd.Index(self.leaders["home_place_id"]))
        return np.where(np.append(self.placed, False)[at], at, -1)

    @cached_property
    def home_ids(self) -> frozenset[str]:
        """The place ids of all homes."""
        return frozenset(self.leaders["home_place_id"])

    @cached_property
    def flows(self) -> tuple[Numbers, Numbers]:
        """The flows (mode, country, country; by position) that lines between countries belong to, and which each does.

        -1 for a line within a country.
        """
        size, mode = len(self.order.countries), self.lines["mode"].cat.codes.to_numpy().astype(np.int64)
        one, other = np.sort(self.line_countries, axis=1).T
        keys, number = np.unique((mode * size + one) * size + other, return_inverse=True)
        flows = np.column_stack([keys // size**2, keys // size % size, keys % size])
        return flows, np.where(one == other, -1, number)

    @cached_property
    def line_ends(self) -> Numbers:
        """For each line the positions in `order.places` of its two ends."""
        return np.column_stack([self.order.places.get_indexer(pd.Index(self.lines[f"{end}_place_id"])) for end in ENDS])

    @cached_property
    def line_countries(self) -> Numbers:
        """For each line the positions in `order.countries` of the countries of its two ends."""
        return self.order.countries.get_indexer(pd.Index(self.marks["country_iso3"]))[self.line_ends]

    @cached_property
    def corridors(self) -> dict[int, tuple[list[float], list[float]]]:
        """Position in `lines` -> longitudes and latitudes (degrees) of the towns along it, where there are any."""
        through = {at: list(towns) for at, towns in enumerate(self.lines["through"].tolist()) if towns}
        spots = self.places[["longitude_deg", "latitude_deg"]].to_numpy()
        along = {at: spots[self.places.index.get_indexer(pd.Index(towns))] for at, towns in through.items()}
        return {at: (towns[:, 0].tolist(), towns[:, 1].tolist()) for at, towns in along.items()}
