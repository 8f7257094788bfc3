"""Level of detail: what is drawn is bounded, what is counted never is; what is left out is counted and said."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.figures.flows import add_flows
from dashboard.language import gettext, listed, number
from dashboard.query.summaries import Summary
from dashboard.travel.great_circles import Floats, great_circles
from dashboard.travel.travel import Travel

# Above this the browser spends longer on drawing than a reader waits: 500 curves take 112 ms, 7,700 take 1,141.
MOST_LINES = 500
MOST_PLACES = 500
WORLD = (-170.0, -55.0, 190.0, 75.0)
# An arc of longitudes wider than this is the whole world, and the world is known with Europe and Africa in its middle.
ALL_ROUND = 270
# More homes than this are as many as the places: they are drawn small and without a name.
FEW_HOMES = 12
FEW_POINTS = 9

Box = tuple[float, float, float, float]
Towns = tuple[list[float], list[float]]


@dataclass(frozen=True)
class Drawn:
    """What the map draws of a summary: the lines and places most travelled, the homes, and what is left out.

    `towns` has for each line the longitudes and latitudes (degrees) of the towns along it, its ends included. Where
    `summed`, the lines are flows between countries: see `flows`.
    """

    lines: pd.DataFrame
    towns: list[Towns]
    places: pd.DataFrame
    homes: pd.DataFrame
    lines_in_all: int
    places_in_all: int
    summed: bool = False

    @property
    def note(self) -> str:
        """What is left out, in words; '' where nothing is."""
        drawn = list(filter(None, [self._routes(), self._places()]))
        return gettext("Drawn: {what}; zoom in or filter for more.", what=listed(drawn)) if drawn else ""

    def _routes(self) -> str:
        drawn, every = len(self.lines), number(self.lines_in_all)
        if not self.summed:
            said = gettext("the {drawn} most travelled of {all} routes", drawn=number(drawn), all=every)
            return said if drawn < self.lines_in_all else ""
        added = number(int(self.lines["routes"].sum()))
        return gettext(
            "{drawn} flows between countries, which add up {added} of {all} routes",
            drawn=number(drawn),
            added=added,
            all=every,
        )

    def _places(self) -> str:
        drawn = len(self.places)
        said = gettext(
            "the {drawn} most travelled of {all} places", drawn=number(drawn), all=number(self.places_in_all)
        )
        return said if drawn < self.places_in_all else ""


def most_travelled(summary: Summary, view: Box | None = None, most: int = MOST_LINES) -> Drawn:
    """The most travelled lines and places, within `view` (west, south, east, north in degrees) where one is given.

    Of more than `most` lines the flows between countries are drawn, where these are much fewer, else the strongest.
    """
    lines, places = summary.lines, summary.places
    if view and len(lines) > most:
        lines = lines[_inside(lines, "from_", view) | _inside(lines, "to_", view)]
    if view and len(places) > MOST_PLACES:
        places = places[_inside(places, "", view)]
    flows = add_flows(lines) if len(lines) > most else None
    drawn = (lines if flows is None else flows).head(most)
    return Drawn(
        lines=drawn,
        towns=towns_of(drawn, summary.travel),
        places=places.head(MOST_PLACES),
        homes=_homes(summary),
        lines_in_all=len(summary.lines),
        places_in_all=len(summary.places),
        summed=flows is not None,
    )


def _inside(rows: pd.DataFrame, end: str, view: Box) -> pd.Series:
    west, south, east, north = view
    across = (rows[f"{end}longitude_deg"] - west) % 360 <= min(east - west, 360)
    return across & rows[f"{end}latitude_deg"].between(south, north)


def _homes(summary: Summary) -> pd.DataFrame:
    """The homes of the leaders selected, those with coordinates; of many the most travelled, as with places."""
    travel = summary.travel
    homes = travel.leaders["home_place_id"].reindex(summary.leaders.index).unique()
    places = travel.places.reindex(homes)[["place", "longitude_deg", "latitude_deg"]]
    return places[places["longitude_deg"].notna() & places["latitude_deg"].notna()].head(MOST_PLACES)


def towns_of(lines: pd.DataFrame, travel: Travel) -> list[Towns]:
    """For each of some lines or flows the longitudes and latitudes (degrees) of the towns along it."""
    through = [towns if isinstance(towns, tuple) else () for towns in travel.lines["through"].reindex(lines.index)]
    sides = [lines[f"{end}_{name}"].tolist() for name in ("longitude_deg", "latitude_deg") for end in ("from", "to")]
    straight = [([west, east], [south, north]) for west, east, south, north in zip(*sides, strict=True)]
    spots = _spots(travel, dict.fromkeys(town for towns in through for town in towns))
    return [_along(towns, spots) if towns else ends for towns, ends in zip(through, straight, strict=True)]


def _spots(travel: Travel, towns: Iterable[str]) -> dict[str, tuple[float, float]]:
    """Longitude and latitude (degrees) of some places."""
    rows = travel.places.loc[list(towns), ["longitude_deg", "latitude_deg"]]
    return dict(zip(rows.index, rows.itertuples(index=False, name=None), strict=True))


def _along(towns: tuple[str, ...], spots: dict[str, tuple[float, float]]) -> Towns:
    """The towns of a corridor."""
    return [spots[town][0] for town in towns], [spots[town][1] for town in towns]


def frame_of(drawn: Drawn) -> Box:
    """West, south, east and north in degrees of all that is drawn; east below west crosses 180°.

    The whole world where nothing is drawn; at least two degrees each way, so that one place does not fill the card.
    """
    towns = [(degree[0], degree[1]) for line in drawn.towns for degree in zip(*line, strict=True)]
    marks = [
        np.column_stack([rows[name].to_numpy() for name in ("longitude_deg", "latitude_deg")])
        for rows in (drawn.places, drawn.homes)
    ]
    spots = np.concatenate([*marks, np.array(towns, dtype=np.float64).reshape(-1, 2)])
    if not len(spots):
        return WORLD
    west, east = _shortest_arc(spots[:, 0])
    if (east - west) % 360 > ALL_ROUND:
        return WORLD
    latitudes = np.append(spots[:, 1], _bends(drawn))
    return west - 1, max(float(latitudes.min()) - 1, -85), east + 1, min(float(latitudes.max()) + 1, 85)


def middle_of(drawn: Drawn) -> tuple[float, float]:
    """Longitude and latitude (degrees) of the mean of all visits, homes weighing as much; of nothing (0, 0).

    Where the selection reaches round the world, a globe that has this point in front shows most of it.
    """
    weights = [
        drawn.places["visits"],
        pd.Series(drawn.places["visits"].sum() / (len(drawn.homes) or 1), drawn.homes.index),
    ]
    rows = pd.concat([drawn.places, drawn.homes])[["longitude_deg", "latitude_deg"]].to_numpy(dtype=np.float64)
    east, north = np.radians(rows).T
    spots = np.array([np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)])
    x, y, z = spots @ pd.concat(weights).to_numpy(dtype=np.float64)
    return round(math.degrees(math.atan2(y, x)), 3), round(math.degrees(math.atan2(z, math.hypot(x, y))), 3)


def _bends(drawn: Drawn) -> Floats:
    """Latitudes along the lines: a great circle leads nearer to a pole than its ends."""
    steps = [(*one, *other) for line in drawn.towns for one, other in pairwise(zip(*line, strict=True))]
    ends = np.array(steps, dtype=np.float64).reshape(-1, 4)
    return great_circles(ends[:, 1::-1], ends[:, 3:1:-1], FEW_POINTS)[0].ravel()


def _shortest_arc(longitudes: npt.NDArray[np.float64]) -> tuple[float, float]:
    """West and east end of the shortest arc that holds all longitudes: what the widest gap between them leaves."""
    around = np.unique(longitudes)
    gaps = np.diff(np.append(around, around[0] + 360))
    widest = int(gaps.argmax())
    return float(around[(widest + 1) % len(around)]), float(around[widest])
