"""Stops -> legs: how each stop was reached, how far, along which line, and how sure that line is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from geopy.distance import geodesic

from dashboard import corridors
from dashboard.great_circles import Floats, great_circles, polyline
from dashboard.schema import TRANSPORTS

MODE = pd.CategoricalDtype(list(TRANSPORTS))

GREAT_CIRCLE = "great circle"
SCHEMATIC = "schematic"
INFERRED = "inferred"
UNPLACED = "unplaced"


def add_legs(stops: pd.DataFrame, homes: pd.Series) -> pd.DataFrame:
    """`stops` with the column `from_place_id`: the stop before, or for the first of a trip the leader's home.

    `homes` has the home's place id for each row of `stops`, '' where unknown. Stops come ordered by trip and stop.
    """
    before = stops["place_id"].shift(fill_value="")
    first = stops["trip"].ne(stops["trip"].shift())
    return stops.assign(from_place_id=before.where(~first, homes))


def find_routes(stops: pd.DataFrame, places: pd.DataFrame, routes: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """The distinct legs, and for each stop the number of the leg that reached it.

    A route is one mode between two places: `mode`, `from_place_id`, `to_place_id`, `km` (NaN where a place has no
    coordinates), `certainty` (great circle, schematic, inferred or unplaced), `through` (place ids, both ends
    included), `pair` (the same for both directions), `longitude_deg` and `latitude_deg` (arrays along the line).
    Distances are made once for each pair of places.
    """
    keys = ["mode", "from_place_id", "to_place_id"]
    legs = pd.DataFrame(
        {"mode": stops["mode"], "from_place_id": stops["from_place_id"], "to_place_id": stops["place_id"]}
    )
    numbers = legs.groupby(keys, sort=False, observed=True).ngroup()
    distinct = legs.loc[~numbers.duplicated()].reset_index(drop=True).astype({"mode": MODE})
    networks = corridors.network(routes, places)
    lines = [
        corridors.between(networks.get(mode), one, other)
        for mode, one, other in distinct.itertuples(index=False, name=None)
    ]
    measured = _measure(distinct.assign(through=pd.Series(lines, distinct.index, dtype=object)), places)
    return measured, numbers.astype("int32")


def _measure(routes: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Add length, certainty and geometry to distinct legs that know the towns they pass."""
    spots = places[["latitude_deg", "longitude_deg"]].dropna()
    routes = routes.assign(pair=_pairs(routes))
    ends = routes["from_place_id"].isin(spots.index) & routes["to_place_id"].isin(spots.index)
    along = np.array([len(line) > 0 for line in routes["through"]], dtype=bool)
    certainty = np.select(
        [~ends, along, routes["mode"] == "plane"], [UNPLACED, SCHEMATIC, GREAT_CIRCLE], default=INFERRED
    )
    km = _kilometres(routes, spots, ends.to_numpy())
    longitudes, latitudes = _geometry(routes, spots, ends.to_numpy())
    return routes.assign(km=km, certainty=pd.Categorical(certainty), longitude_deg=longitudes, latitude_deg=latitudes)


def _pairs(routes: pd.DataFrame) -> pd.Series:
    """The same number for both directions of a leg by one mode, so that a map draws the line once."""
    one, other = routes["from_place_id"], routes["to_place_id"]
    ordered = pd.DataFrame(
        {"mode": routes["mode"], "one": one.where(one < other, other), "other": other.where(one < other, one)}
    )
    return ordered.groupby(["mode", "one", "other"], sort=False, observed=True).ngroup()


def _lines(routes: pd.DataFrame) -> list[list[str]]:
    """The place ids along each leg: its towns, or just its two ends."""
    ends = zip(routes["through"], routes["from_place_id"], routes["to_place_id"], strict=True)
    return [through or [one, other] for through, one, other in ends]


def _kilometres(routes: pd.DataFrame, spots: pd.DataFrame, placed: np.ndarray) -> np.ndarray:
    """Length of each leg in km, NaN where it is unplaced; geopy's geodesic once for each pair of places."""
    coordinates = dict(zip(spots.index, spots.itertuples(index=False, name=None), strict=True))
    known: dict[frozenset[str], float] = {}

    def length(one: str, other: str) -> float:
        pair = frozenset((one, other))
        if pair not in known:
            known[pair] = geodesic(coordinates[one], coordinates[other]).km
        return known[pair]

    lines = zip(_lines(routes), placed, strict=True)
    return np.array(
        [sum(length(*pair) for pair in pairwise(line)) if known_ends else np.nan for line, known_ends in lines]
    )


def _geometry(routes: pd.DataFrame, spots: pd.DataFrame, placed: np.ndarray) -> tuple[pd.Series, pd.Series]:
    """Longitudes and latitudes along each leg; empty where it is unplaced."""
    latitudes: list[Floats] = [np.empty(0)] * len(routes)
    longitudes: list[Floats] = [np.empty(0)] * len(routes)
    along = np.array([bool(line) for line in routes["through"]], dtype=bool)
    direct = np.flatnonzero(placed & ~along)
    starts, ends = (spots.loc[routes[end].iloc[direct]].to_numpy() for end in ("from_place_id", "to_place_id"))
    for number, latitude, longitude in zip(direct, *great_circles(starts, ends), strict=True):
        latitudes[number], longitudes[number] = latitude.round(3), longitude.round(3)
    through = routes["through"].tolist()
    for number in np.flatnonzero(placed & along):
        line = polyline(spots.loc[through[number]].to_numpy())
        latitudes[number], longitudes[number] = line[0].round(3), line[1].round(3)
    return pd.Series(longitudes, routes.index, dtype=object), pd.Series(latitudes, routes.index, dtype=object)


def trip_distances(stops: pd.DataFrame, routes: pd.DataFrame, trips: int) -> pd.DataFrame:
    """One row per trip, in order: `distance_km`, `transport` (the mode with most of the distance), `at_least`.

    `at_least` is True where the figure is a lower bound: a line drawn straight from town to town, or a leg whose
    place has no coordinates. Where no distance is known the mode with most legs is the main transport.
    """
    km = routes["km"].to_numpy()[stops["route"]]
    trip, mode = stops["trip"].to_numpy(), stops["mode"].cat.codes.to_numpy()
    # A leg counts a metre at least, so that trips without any distance fall to the mode with most legs.
    weight = np.maximum(np.nan_to_num(km), 0.001)
    by_mode = np.bincount(trip * len(TRANSPORTS) + mode, weight, trips * len(TRANSPORTS)).reshape(
        trips, len(TRANSPORTS)
    )
    main = np.where(by_mode.sum(axis=1) > 0, by_mode.argmax(axis=1), TRANSPORTS.index("unknown"))
    loose = routes["certainty"].isin([SCHEMATIC, INFERRED, UNPLACED]).to_numpy()[stops["route"]]
    known = np.bincount(trip, ~np.isnan(km), trips) > 0
    return pd.DataFrame(
        {
            "transport": pd.Categorical.from_codes(main, dtype=MODE),
            "distance_km": np.where(known, np.bincount(trip, np.nan_to_num(km), trips), np.nan),
            "at_least": np.bincount(trip, loose, trips) > 0,
        }
    )
