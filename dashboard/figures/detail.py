"""Level of detail: what is drawn is bounded, what is counted never is; what is left out is counted and said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.routes import draw
from dashboard.summaries import Summary

# Above this the browser spends longer on drawing than a reader waits: 500 curves take 112 ms, 7,700 take 1,141.
MOST_LINES = 500
MOST_PLACES = 500
WORLD = (-170.0, -55.0, 190.0, 75.0)
# An arc of longitudes wider than this is the whole world, and the world is known with Europe and Africa in its middle.
ALL_ROUND = 270
# More homes than this are as many as the places: they are drawn small and without a name.
FEW_HOMES = 12

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Drawn:
    """What the map draws of a summary: the lines and places most travelled, the homes, and what is left out."""

    lines: pd.DataFrame
    places: pd.DataFrame
    homes: pd.DataFrame
    lines_in_all: int
    places_in_all: int

    @property
    def note(self) -> str:
        """What is left out, in words; '' where nothing is."""
        parts = [
            f"{len(shown):,} of {total:,} {name}"
            for shown, total, name in (
                (self.lines, self.lines_in_all, "routes"),
                (self.places, self.places_in_all, "places"),
            )
            if len(shown) < total
        ]
        return f"Drawn: {' and '.join(parts)}, the most travelled; zoom in or filter for more." if parts else ""


def choose(summary: Summary, view: Box | None = None) -> Drawn:
    """The most travelled lines and places, within `view` (west, south, east, north in degrees) where one is given."""
    lines, places = summary.lines, summary.places
    if view and len(lines) > MOST_LINES:
        ends = [_inside(lines[f"{end}_longitude_deg"], lines[f"{end}_latitude_deg"], view) for end in ("from", "to")]
        lines = lines[ends[0] | ends[1]]
    if view and len(places) > MOST_PLACES:
        places = places[_inside(places["longitude_deg"], places["latitude_deg"], view)]
    return Drawn(
        lines=draw(lines.head(MOST_LINES), summary.travel.places),
        places=places.head(MOST_PLACES),
        homes=_homes(summary),
        lines_in_all=len(summary.lines),
        places_in_all=len(summary.places),
    )


def _inside(longitudes: pd.Series, latitudes: pd.Series, view: Box) -> npt.NDArray[np.bool_]:
    west, south, east, north = view
    across = (longitudes.to_numpy() - west) % 360 <= min(east - west, 360)
    return np.asarray(across & (latitudes.to_numpy() >= south) & (latitudes.to_numpy() <= north))


def _homes(summary: Summary) -> pd.DataFrame:
    """The homes of the leaders selected, those with coordinates; of many the most travelled, as with places."""
    ids = summary.travel.leaders["home_place_id"].reindex(summary.leaders.index).unique()[:MOST_PLACES]
    return summary.travel.places.reindex(ids).dropna(subset=["latitude_deg"])


def frame_of(drawn: Drawn) -> Box:
    """West, south, east and north in degrees of all that is drawn; east below west crosses 180°.

    The whole world where nothing is drawn; at least two degrees each way, so that one place does not fill the card.
    """
    spots = pd.concat([drawn.places, drawn.homes])
    longitudes = np.concatenate([spots["longitude_deg"].to_numpy(), *drawn.lines["longitude_deg"]])
    latitudes = np.concatenate([spots["latitude_deg"].to_numpy(), *drawn.lines["latitude_deg"]])
    if not len(longitudes):
        return WORLD
    west, east = _shortest_arc(longitudes)
    if (east - west) % 360 > ALL_ROUND:
        return WORLD
    return west - 1, max(float(latitudes.min()) - 1, -85), east + 1, min(float(latitudes.max()) + 1, 85)


def _shortest_arc(longitudes: npt.NDArray[np.float64]) -> tuple[float, float]:
    """West and east end of the shortest arc that holds all longitudes: what the widest gap between them leaves."""
    around = np.unique(longitudes)
    gaps = np.diff(np.append(around, around[0] + 360))
    widest = int(gaps.argmax())
    return float(around[(widest + 1) % len(around)]), float(around[widest])
