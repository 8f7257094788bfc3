"""Railway and road corridors: towns joined end to end, schematic, straight from town to town."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import pairwise
from typing import Any, TypeAlias

import numpy as np
import pandas as pd

from dashboard.distances import Floats, kilometres
from dashboard.reading import named_rows

# A corridor longer than this times the direct way has a wrong town in it: the homonym of one, mostly.
LONGEST_DETOUR = 1.6
# A kilometre in a third country counts as this many: a train that crosses it would have a stop there in the data.
THIRD_COUNTRY = 10.0
# Town -> neighbouring town -> km.
Network: TypeAlias = dict[str, dict[str, float]]
COORDINATES = ["latitude_deg", "longitude_deg"]


def towns(row: Any) -> list[str]:
    """The place ids of one row of `routes.csv`, from end to end."""
    return [row.from_place, *(town.strip() for town in row.through.split(";") if town.strip()), row.to_place]


def lengths_km(line: Sequence[str], places: pd.DataFrame) -> Floats:
    """Length in km of each part of a line of place ids, a geodesic from town to town (WGS 84)."""
    spots = places.loc[list(line), COORDINATES].to_numpy(dtype=np.float64)
    return kilometres(spots[:-1], spots[1:])


def fault(line: list[str], places: pd.DataFrame) -> str:
    """What is wrong with a corridor and what to write instead; '' where nothing is."""
    unknown = [town for town in line if town not in places.index]
    if unknown:
        return f"unknown place {', '.join(unknown)}; write place ids such as beijing-chn, each listed in places.csv"
    missing = places.loc[line, COORDINATES].isna().any(axis=1)
    if missing.any():
        unplaced = list(missing.index[missing])
        return f"no coordinates for {', '.join(unplaced)}; run python -m dashboard geocode, or write them in places.csv"
    along, direct = lengths_km(line, places).sum(), lengths_km([line[0], line[-1]], places).sum()
    if along <= LONGEST_DETOUR * direct:
        return ""
    return (
        f"the corridor from {line[0]} to {line[-1]} is {along:,.0f} km, over {LONGEST_DETOUR} times the direct"
        f" {direct:,.0f} km; look for a town of the same name elsewhere, or split the corridor"
    )


def network(routes: pd.DataFrame, places: pd.DataFrame) -> dict[str, Network]:
    """Mode -> graph of neighbouring towns with the km between them; rows with a fault are left out."""
    graphs: dict[str, Network] = {}
    for row in named_rows(routes):
        line = towns(row)
        if fault(line, places):
            continue
        graph = graphs.setdefault(str(row.mode), {})
        for (one, other), km in zip(pairwise(line), lengths_km(line, places).tolist(), strict=True):
            graph.setdefault(one, {})[other] = km
            graph.setdefault(other, {})[one] = km
    return graphs


def between(graph: Network, one: str, other: str) -> tuple[str, ...]:
    """The shortest line of towns from `one` to `other` along corridors joined end to end; empty if there is none.

    It keeps to the countries of its two ends where it can: from Khasan to Omsk through Siberia, not through China.
    Found by always going on from the town that is nearest so far (Dijkstra 1959).
    """
    if one == other or one not in graph or other not in graph:
        return ()
    home = {one[-3:], other[-3:]}
    ahead: list[tuple[float, str, tuple[str, ...]]] = [(0.0, one, (one,))]
    reached: set[str] = set()
    while ahead:
        far, town, line = heappop(ahead)
        if town == other:
            return line
        if town in reached:
            continue
        reached.add(town)
        for following, km in graph[town].items():
            weight = km * (1 if {town[-3:], following[-3:]} <= home else THIRD_COUNTRY)
            heappush(ahead, (far + weight, following, (*line, following)))
    return ()
