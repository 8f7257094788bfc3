"""Stops -> legs: how each stop was reached, how far, along which line, and how sure that line is."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.travel import corridors
from dashboard.travel.great_circles import polylines

MODE = pd.CategoricalDtype(list(TRANSPORT_NAMES))

GREAT_CIRCLE = "great circle"
SCHEMATIC = "schematic"
INFERRED = "inferred"
UNPLACED = "unplaced"
CERTAINTY = pd.CategoricalDtype([GREAT_CIRCLE, SCHEMATIC, INFERRED, UNPLACED])
LEG = ["mode", "from_place_id", "place_id"]
NOWHERE = np.empty(0), np.empty(0)


def add_legs(stops: pd.DataFrame, homes: pd.Series) -> pd.DataFrame:
    """`stops` with the column `from_place_id`: the stop before, or for the first of a trip the leader's home.

    `homes` has the home's place id for each trip, '' where unknown. Stops come ordered by trip and stop.
    """
    at, ids = stops["place_id"].cat.codes.to_numpy(), stops["place_id"].cat.categories
    known = ids.union(pd.Index(homes.unique(), dtype="str"))
    here, home = known.get_indexer(ids)[at], known.get_indexer(pd.Index(homes))
    trip = stops["trip"].to_numpy()
    first = np.append(True, trip[1:] != trip[:-1])[: len(trip)]
    before = np.where(first, home[trip], np.append(0, here[:-1])[: len(trip)])
    return stops.assign(from_place_id=pd.Categorical.from_codes(before, known))


def find_routes(stops: pd.DataFrame, places: pd.DataFrame, routes: pd.DataFrame) -> tuple[pd.DataFrame, pd.Series]:
    """The distinct legs by route id, and for each stop the id (a category) of the leg that reached it.

    A route is one mode between two places: `mode`, `from_place_id`, `to_place_id`, `km` (NaN where a place has no
    coordinates), `certainty` (great circle, schematic, inferred or unplaced), `through` (place ids, both ends
    included; empty without a corridor), `line` (the id that both directions share). `draw` gives the line itself.
    """
    codes = [stops[name].cat.codes.to_numpy().astype(np.int64) for name in LEG]
    origins, targets = stops["from_place_id"].cat.categories, stops["place_id"].cat.categories
    numbers, legs = pd.factorize((codes[0] * len(origins) + codes[1]) * len(targets) + codes[2])
    ways, to = np.divmod(legs, max(len(targets), 1))
    modes, origin = np.divmod(ways, max(len(origins), 1))
    ends = {"from_place_id": origins.take(origin), "to_place_id": targets.take(to)}
    distinct = measure_routes(
        pd.DataFrame({"mode": pd.Categorical.from_codes(modes, dtype=MODE), **ends}), places, routes
    )
    return distinct, pd.Series(pd.Categorical.from_codes(numbers, distinct.index), stops.index)


def measure_routes(legs: pd.DataFrame, places: pd.DataFrame, routes: pd.DataFrame) -> pd.DataFrame:
    """Distinct legs (`mode`, `from_place_id`, `to_place_id`) as `find_routes` gives them; `routes` as in the file."""
    one, other = legs["from_place_id"], legs["to_place_id"]
    low, high = one.where(one < other, other), other.where(one < other, one)
    networks = corridors.network(routes, places)
    through = _along(legs, networks)
    known = legs.assign(
        through=through, **_shortcuts(legs["mode"], through, networks), line=_ids(legs["mode"], low, high)
    )
    return _measure(known, places).set_index(pd.Index(_ids(legs["mode"], one, other), name="route"))


def _ids(mode: pd.Series, one: pd.Series, other: pd.Series) -> pd.Series:
    """Such as `train beijing-chn pyongyang-prk`."""
    return mode.astype("str") + " " + one + " " + other


def draw(routes: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Some routes with their lines: `longitude_deg` and `latitude_deg`, arrays of degrees, empty where unplaced.

    A page shows at most some hundred lines, and 500 take a few milliseconds. Kept for every leg of a large body of
    trips they would be a tenth of the memory of a worker, and of its start.
    """
    placed = np.flatnonzero((routes["certainty"] != UNPLACED).to_numpy())
    lines = _lines(routes.iloc[placed])
    at = places.index.get_indexer(pd.Index([town for line in lines for town in line], dtype="str"))
    spots = places[["latitude_deg", "longitude_deg"]].to_numpy()[at]
    ends = pairwise(accumulate(map(len, lines), initial=0))
    drawn = dict(zip(placed.tolist(), polylines([spots[first:last] for first, last in ends]), strict=True))
    found = [drawn.get(at, NOWHERE) for at in range(len(routes))]
    return routes.assign(
        longitude_deg=pd.Series([line[1] for line in found], routes.index, dtype=object),
        latitude_deg=pd.Series([line[0] for line in found], routes.index, dtype=object),
    )


def _along(routes: pd.DataFrame, networks: dict[str, corridors.Network]) -> pd.Series:
    """The towns of a corridor along each leg; empty without one."""
    found: list[tuple[str, ...]] = [()] * len(routes)
    ends = routes["from_place_id"], routes["to_place_id"]
    for mode, graph in networks.items():
        known = (routes["mode"] == mode) & ends[0].isin(list(graph)) & ends[1].isin(list(graph))
        for at in np.flatnonzero(known).tolist():
            found[at] = corridors.between(graph, str(ends[0].iat[at]), str(ends[1].iat[at]))
    return pd.Series(found, routes.index, dtype=object)


def _shortcuts(
    modes: pd.Series, through: pd.Series, networks: dict[str, corridors.Network]
) -> dict[str, npt.NDArray[Any]]:
    """`shorter_km` and `shorter_by`: a way along corridors that is shorter than the line, and the countries across."""
    pairs = zip(modes.tolist(), through.tolist(), strict=True)
    found = [corridors.shortcut(networks[mode], line) if line else (np.nan, "") for mode, line in pairs]
    return {
        "shorter_km": np.array([km for km, _ in found], dtype=np.float64),
        "shorter_by": np.array([by for _, by in found], dtype=object),
    }


def _measure(routes: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Add length and certainty to distinct legs that know the towns they pass."""
    known = places.index[places[["latitude_deg", "longitude_deg"]].notna().all(axis=1)]
    placed = (routes["from_place_id"].isin(known) & routes["to_place_id"].isin(known)).to_numpy()
    along = np.array([len(line) > 0 for line in routes["through"]], dtype=bool)
    certainty = np.select(
        [~placed, along, routes["mode"] == "plane"], [UNPLACED, SCHEMATIC, GREAT_CIRCLE], default=INFERRED
    )
    km = corridors.lengths_km(_lines(routes), places)
    return routes.assign(km=km, certainty=pd.Categorical(certainty, dtype=CERTAINTY))


def _lines(routes: pd.DataFrame) -> list[tuple[str, ...]]:
    """The place ids along each leg: its towns, or just its two ends."""
    ends = zip(*(routes[name].tolist() for name in ("through", "from_place_id", "to_place_id")), strict=True)
    return [through or (one, other) for through, one, other in ends]


def trip_distances(stops: pd.DataFrame, routes: pd.DataFrame, trips: int) -> pd.DataFrame:
    """One row per trip: `distance_km`, `transport` (the mode with most of the distance), `at_least`, `other_way`.

    `at_least` is True where the figure is a lower bound: a line drawn straight from town to town, or a leg whose
    place has no coordinates. It is none where a shorter way than one of the lines was open, `other_way`. Where no
    distance is known the mode with most legs is the main transport.
    """
    route, routes = stops["route"].cat.codes.to_numpy(), routes.reindex(stops["route"].cat.categories)
    km = routes["km"].to_numpy()[route]
    trip, mode = stops["trip"].to_numpy(), stops["mode"].cat.codes.to_numpy()
    # A leg counts a metre at least, so that trips without any distance fall to the mode with most legs.
    weight = np.maximum(np.nan_to_num(km), 0.001)
    by_mode = np.bincount(trip * len(TRANSPORT_NAMES) + mode, weight, trips * len(TRANSPORT_NAMES)).reshape(
        trips, len(TRANSPORT_NAMES)
    )
    main = np.where(by_mode.sum(axis=1) > 0, by_mode.argmax(axis=1), TRANSPORT_NAMES.index("unknown"))
    loose = routes["certainty"].isin([SCHEMATIC, INFERRED, UNPLACED]).to_numpy()[route]
    other_way = np.bincount(trip, routes["shorter_km"].notna().to_numpy()[route], trips) > 0
    known = np.bincount(trip, ~np.isnan(km), trips) > 0
    return pd.DataFrame(
        {
            "transport": pd.Categorical.from_codes(main, dtype=MODE),
            "distance_km": np.where(known, np.bincount(trip, np.nan_to_num(km), trips), np.nan),
            "at_least": (np.bincount(trip, loose, trips) > 0) & ~other_way,
            "other_way": other_way,
        }
    )
