"""Railway and road corridors: towns joined end to end, schematic, straight from town to town."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, TypeAlias

import networkx as nx
import pandas as pd
from geopy.distance import geodesic

from dashboard.reading import named_rows

# A corridor longer than this times the direct way has a wrong town in it: the homonym of one, mostly.
LONGEST_DETOUR = 1.6
# A kilometre in a third country counts as this many: a train that crosses it would have a stop there in the data.
THIRD_COUNTRY = 10.0
Network: TypeAlias = "nx.Graph[str]"
COORDINATES = ["latitude_deg", "longitude_deg"]


def towns(row: Any) -> list[str]:
    """The place ids of one row of `routes.csv`, from end to end."""
    return [row.from_place, *(town.strip() for town in row.through.split(";") if town.strip()), row.to_place]


def length_km(line: list[str], places: pd.DataFrame) -> float:
    """Length in km of a line of place ids: the sum of its geodesics (WGS 84, Karney 2013, through geopy)."""
    spots = list(places.loc[line, COORDINATES].itertuples(index=False, name=None))
    return float(sum(geodesic(one, other).km for one, other in pairwise(spots)))


def fault(line: list[str], places: pd.DataFrame) -> str:
    """What is wrong with a corridor and what to write instead; '' where nothing is."""
    unknown = [town for town in line if town not in places.index]
    if unknown:
        return f"unknown place {', '.join(unknown)}; write place ids such as beijing-chn, each listed in places.csv"
    missing = places.loc[line, COORDINATES].isna().any(axis=1)
    if missing.any():
        unplaced = list(missing.index[missing])
        return f"no coordinates for {', '.join(unplaced)}; run python -m dashboard geocode, or write them in places.csv"
    along, direct = length_km(line, places), length_km([line[0], line[-1]], places)
    if along <= LONGEST_DETOUR * direct:
        return ""
    return (
        f"the corridor from {line[0]} to {line[-1]} is {along:,.0f} km, over {LONGEST_DETOUR} times the direct"
        f" {direct:,.0f} km; look for a town of the same name elsewhere, or split the corridor"
    )


def network(routes: pd.DataFrame, places: pd.DataFrame) -> dict[str, Network]:
    """Mode -> graph of neighbouring towns, each edge with its `km`; rows with a fault are left out."""
    graphs: dict[str, Network] = {}
    for row in named_rows(routes):
        line = towns(row)
        if fault(line, places):
            continue
        graph = graphs.setdefault(str(row.mode), nx.Graph())
        for one, other in pairwise(line):
            graph.add_edge(one, other, km=length_km([one, other], places))
    return graphs


def between(graph: Network | None, one: str, other: str) -> list[str]:
    """The shortest line of towns from `one` to `other` along corridors joined end to end; empty if there is none.

    It keeps to the countries of its two ends where it can: from Khasan to Omsk through Siberia, not through China.
    """
    if graph is None or one == other or one not in graph or other not in graph:
        return []
    home = {one[-3:], other[-3:]}

    def weight(start: str, end: str, edge: dict[str, float]) -> float:
        return edge["km"] * (1 if {start[-3:], end[-3:]} <= home else THIRD_COUNTRY)

    try:
        return list(nx.shortest_path(graph, one, other, weight=weight))
    except nx.NetworkXNoPath:
        return []
