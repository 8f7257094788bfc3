"""Stops -> legs: how each stop was reached, how far, along which line, and how sure that line is."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
from geopy.distance import geodesic

from dashboard import corridors
from dashboard.schema import TRANSPORTS

# Plotly gives no hover between the points of a line, so a great circle carries this many.
POINTS = 33
MODE = pd.CategoricalDtype(TRANSPORTS)

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
    included), `pair` (the same for both directions), `longitude_deg` and `latitude_deg` (arrays along the line). Distances are made once for each pair.
    """
    keys = ["mode", "from_place_id", "to_place_id"]
    legs = pd.DataFrame({"mode": stops["mode"], "from_place_id": stops["from_place_id"], "to_place_id": stops["place_id"]})
    numbers = legs.groupby(keys, sort=False, observed=True).ngroup()
    distinct = legs.loc[~numbers.duplicated()].reset_index(drop=True).astype({"mode": MODE})
    networks = corridors.network(routes, places)
    lines = [
        corridors.between(networks.get(mode), one, other)
        for mode, one, other in distinct.itertuples(index=False, name=None)
    ]
    return _measure(distinct.assign(through=lines), places), numbers.astype("int32")


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
    return routes.assign(
        km=km, certainty=pd.Categorical(certainty), longitude_deg=longitudes, latitude_deg=latitudes
    )


def _pairs(routes: pd.DataFrame) -> pd.Series:
    """The same number for both directions of a leg by one mode, so that a map draws the line once."""
    one, other = routes["from_place_id"], routes["to_place_id"]
    ordered = pd.DataFrame({"mode": routes["mode"], "one": one.where(one < other, other), "other": other.where(one < other, one)})
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
    return np.array([sum(length(*pair) for pair in pairwise(line)) if known_ends else np.nan for line, known_ends in lines])


def _geometry(routes: pd.DataFrame, spots: pd.DataFrame, placed: np.ndarray) -> tuple[list, list]:
    """Longitudes and latitudes along each leg; empty where it is unplaced."""
    coordinates = dict(zip(spots.index, spots.to_numpy(), strict=True))
    nowhere = (np.empty(0), np.empty(0))
    lines = [
        polyline(np.array([coordinates[town] for town in line])) if known_ends else nowhere
        for line, known_ends in zip(_lines(routes), placed, strict=True)
    ]
    return [line[1] for line in lines], [line[0] for line in lines]


def polyline(line: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Latitudes and longitudes in degrees along the great circles that join the rows (latitude, longitude) of `line`."""
    segments = max(len(line) - 1, 1)
    points = max(POINTS // segments, 5)
    parts = [great_circle(line[number], line[number + 1], points) for number in range(len(line) - 1)]
    latitudes = np.concatenate([part[0] for part in parts])
    longitudes = np.concatenate([part[1] for part in parts])
    return np.round(latitudes, 3), np.round(longitudes, 3)


def great_circle(start: np.ndarray, end: np.ndarray, points: int = POINTS) -> tuple[np.ndarray, np.ndarray]:
    """Latitudes and longitudes in degrees of `points` points evenly along the great circle from `start` to `end`.

    Spherical linear interpolation (Shoemake 1985) between the two unit vectors; `start` and `end` are (latitude,
    longitude) in degrees. Antipodes, which have no one great circle, and equal points give a straight line.
    """
    one, other = _unit(start), _unit(end)
    angle = np.arccos(np.clip(one @ other, -1, 1))
    part = np.linspace(0, 1, points)[:, None]
    if np.sin(angle) < 1e-9:
        line = start + part * (end - start)
        return line[:, 0], line[:, 1]
    vectors = (np.sin((1 - part) * angle) * one + np.sin(part * angle) * other) / np.sin(angle)
    return np.degrees(np.arcsin(vectors[:, 2])), np.degrees(np.arctan2(vectors[:, 1], vectors[:, 0]))


def _unit(spot: np.ndarray) -> np.ndarray:
    latitude, longitude = np.radians(spot)
    return np.array([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)])


def trip_distances(stops: pd.DataFrame, routes: pd.DataFrame, trips: int) -> pd.DataFrame:
    """One row per trip, in order: `distance_km`, `transport` (the mode with most of the distance), `at_least`.

    `at_least` is True where the figure is a lower bound: a line drawn straight from town to town, or a leg whose
    place has no coordinates. Where no distance is known the mode with most legs is the main transport.
    """
    km = routes["km"].to_numpy()[stops["route"]]
    trip, mode = stops["trip"].to_numpy(), stops["mode"].cat.codes.to_numpy()
    # A leg counts a metre at least, so that trips without any distance fall to the mode with most legs.
    weight = np.maximum(np.nan_to_num(km), 0.001)
    by_mode = np.bincount(trip * len(TRANSPORTS) + mode, weight, trips * len(TRANSPORTS)).reshape(trips, len(TRANSPORTS))
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
