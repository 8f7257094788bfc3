"""Railway and road corridors: towns joined end to end, schematic, straight from town to town."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.tables.checks import is_whole
from dashboard.tables.reading import Fault, Folder, named_rows
from dashboard.travel.distances import Floats, kilometres
from dashboard.travel.places import read_places

if TYPE_CHECKING:
    import networkx as nx

# A corridor longer than this times the direct way has a wrong town in it: the homonym of one, mostly.
LONGEST_DETOUR = 1.6
# A kilometre in a third country counts as this many: a train that crosses it would have a stop there in the data.
THIRD_COUNTRY = 10.0
Network: TypeAlias = "nx.Graph[str]"
COORDINATES = ["latitude_deg", "longitude_deg"]


def towns(row: Any) -> list[str]:
    """The place ids of one row of `routes.csv`, from end to end."""
    return [row.from_place, *(town.strip() for town in row.through.split(";") if town.strip()), row.to_place]


def parts_km(lines: Sequence[Sequence[str]], places: pd.DataFrame) -> tuple[npt.NDArray[np.int64], Floats]:
    """For each part of some lines of place ids, from town to town: the position of its line, and its geodesic in km.

    NaN where a place has no coordinates. Each pair of places is measured once.
    """
    line = np.repeat(np.arange(len(lines)), [len(towns) for towns in lines])
    at = places.index.get_indexer(pd.Index([town for towns in lines for town in towns], dtype="str"))
    within = line[1:] == line[:-1]
    ends = np.sort(np.column_stack([at[:-1], at[1:]])[within], axis=1)
    pairs, numbers = np.unique(ends, axis=0, return_inverse=True)
    # The row after the last stands for a place that is not listed, whose position is -1.
    spots = np.append(places[COORDINATES].to_numpy(dtype=np.float64), [[np.nan, np.nan]], axis=0)
    return line[1:][within], kilometres(spots[pairs[:, 0]], spots[pairs[:, 1]])[numbers]


def lengths_km(lines: Sequence[Sequence[str]], places: pd.DataFrame) -> Floats:
    """Length in km of each line of place ids, NaN where a place on it has no coordinates."""
    return np.bincount(*parts_km(lines, places), len(lines)).astype(np.float64)


def faults(lines: list[list[str]], places: pd.DataFrame) -> list[str]:
    """What is wrong with each corridor and what to write instead; '' where nothing is."""
    placed = set(places.index[places[COORDINATES].notna().all(axis=1)])
    along, direct = lengths_km(lines, places), lengths_km([(line[0], line[-1]) for line in lines], places)
    lengths = zip(lines, along.tolist(), direct.tolist(), strict=True)
    return [_unplaced(line, places, placed) or _too_long(line, *km) for line, *km in lengths]


def check_corridors(folder: Folder) -> Iterator[Fault]:
    """Rows of `routes.csv` through an unknown place, or longer than 1.6 times the direct way."""
    if not is_whole(folder, ("places", "routes")):
        return
    routes, places = folder.frames["routes"], read_places(folder.frames["places"])
    wrong = faults([towns(row) for row in named_rows(routes)], places)
    for line, message in zip(routes.index.tolist(), wrong, strict=True):
        if message:
            yield Fault(folder.file("routes"), line, message)


def _unplaced(line: list[str], places: pd.DataFrame, placed: set[str]) -> str:
    missing = [town for town in line if town not in placed]
    unknown = [town for town in missing if town not in places.index]
    if unknown:
        return f"unknown place {', '.join(unknown)}; write place ids such as beijing-chn, each listed in places.csv"
    if missing:
        return f"no coordinates for {', '.join(missing)}; run python -m dashboard geocode, or write them in places.csv"
    return ""


def _too_long(line: list[str], along_km: float, direct_km: float) -> str:
    if along_km <= LONGEST_DETOUR * direct_km:
        return ""
    return (
        f"the corridor from {line[0]} to {line[-1]} is {along_km:,.0f} km, over {LONGEST_DETOUR} times the direct"
        f" {direct_km:,.0f} km; look for a town of the same name elsewhere, or split the corridor"
    )


def network(routes: pd.DataFrame, places: pd.DataFrame) -> dict[str, Network]:
    """Mode -> graph of neighbouring towns, each edge with its `km`; rows with a fault are left out."""
    if routes.empty:
        return {}
    # 12 MB and 70 ms of a start, which data without corridors do not need.
    import networkx as nx  # noqa: PLC0415

    lines, graphs = [towns(row) for row in named_rows(routes)], dict[str, Network]()
    parts = [(mode, *ends) for mode, line in zip(routes["mode"], lines, strict=True) for ends in pairwise(line)]
    wrong = [bool(fault) for fault in faults(lines, places)]
    for (mode, one, other), at, km in zip(parts, *(part.tolist() for part in parts_km(lines, places)), strict=True):
        if not wrong[at]:
            graphs.setdefault(mode, nx.Graph()).add_edge(one, other, km=km)
    return graphs


def between(graph: Network, one: str, other: str) -> tuple[str, ...]:
    """The shortest line of towns from `one` to `other` along corridors joined end to end; empty if there is none.

    It keeps to the countries of its two ends where it can: from Khasan to Omsk through Siberia, not through China.
    """
    if one == other or one not in graph or other not in graph:
        return ()
    from networkx import NetworkXNoPath, shortest_path  # noqa: PLC0415 (see `network`)

    home = {one[-3:], other[-3:]}

    def weight(start: str, end: str, edge: dict[str, float]) -> float:
        return edge["km"] * (1 if {start[-3:], end[-3:]} <= home else THIRD_COUNTRY)

    try:
        return tuple(shortest_path(graph, one, other, weight=weight))
    except NetworkXNoPath:
        return ()


def shortcut(graph: Network, line: tuple[str, ...]) -> tuple[float, str]:
    """Where a shorter way than a line of `between` leads along corridors: its km, and its third countries, `CHN`.

    NaN and '' where there is none: then the line's length is a lower bound, since it runs straight from town to town.
    """
    from networkx import shortest_path  # noqa: PLC0415 (see `network`)

    length = sum(graph.edges[pair]["km"] for pair in pairwise(line))
    shorter = shortest_path(graph, line[0], line[-1], weight="km") if line else []
    km = sum(graph.edges[pair]["km"] for pair in pairwise(shorter))
    if not line or km >= length - 1:
        return float("nan"), ""
    ends = {line[0][-3:], line[-1][-3:]}
    return km, ";".join(dict.fromkeys(town[-3:].upper() for town in shorter if town[-3:] not in ends))
