"""The map: routes by transport in colour, pattern and symbol, places as rings by visits, homes as stars."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import words
from dashboard.figures.look import BORDER, CARD, INK, LAND, MODES, SEA, SOFT, Figure, layout
from dashboard.places import country_name
from dashboard.routes import GREAT_CIRCLE, INFERRED
from dashboard.schema import TRANSPORTS
from dashboard.summaries import Summary
from dashboard.trips import Travel

MOST_LINES = 500
MOST_PLACES = 500
SMALLEST, LARGEST = 9, 24
WORLD = (-170.0, -55.0, 190.0, 75.0)


def atlas(summary: Summary) -> Figure:
    """The figure of the map. Traces: for each transport its lines and their middles, then places, then homes."""
    lines = _worded(summary.lines.head(MOST_LINES), summary.travel)
    traces = [trace for mode in TRANSPORTS for trace in _mode_traces(lines[(lines["mode"] == mode).to_numpy()], mode)]
    return {"data": [*traces, _places(summary.places.head(MOST_PLACES)), _homes(summary)], "layout": _layout()}


def _worded(lines: pd.DataFrame, travel: Travel) -> pd.DataFrame:
    """Lines with `text`, what hovering says, and `choice`, what a click chooses: the one trip that went along the line,
    else the far end, which all its trips share.
    """
    ends = pd.concat([lines["from_place_id"], lines["to_place_id"]]).unique()
    names = travel.places["place"].reindex(ends).to_dict()
    homes = set(travel.leaders["home_place_id"])
    trip_ids = travel.trips["trip_id"].take(lines["trip"].to_numpy())
    texts, choices = [], []
    for line, trip_id in zip(lines.itertuples(), trip_ids, strict=True):
        far_end = line.from_place_id if line.to_place_id in homes else line.to_place_id
        choices.append(f"trip={trip_id}" if line.trips == 1 else f"place={far_end}")
        texts.append(_text(line, names[line.from_place_id], names[line.to_place_id]))
    return lines.assign(text=texts, choice=choices)


def _text(line: Any, one: str, other: str) -> str:
    how = "Transport unknown" if line.mode == "unknown" else line.mode.capitalize()
    return (
        f"<b>{one} – {other}</b><br>{how}, {words.count(line.trips, 'trip')}<br>"
        f"{words.distance(line.km, line.certainty != GREAT_CIRCLE)}, {words.line_note(line.certainty)}"
    )


def _mode_traces(lines: pd.DataFrame, mode: str) -> list[Figure]:
    """Recorded and inferred lines of one transport, and the symbols at their middles."""
    if lines.empty:
        return []
    inferred = (lines["certainty"] == INFERRED).to_numpy()
    parts = [_lines(lines[~inferred], mode, inferred=False), _lines(lines[inferred], mode, inferred=True)]
    return [part for part in parts if part["lon"]] + [_middles(lines, mode)]


def _lines(lines: pd.DataFrame, mode: str, *, inferred: bool) -> Figure:
    """All lines of one look as one trace, None between two of them; every point says which line it is on."""
    look = MODES[mode]
    sizes = [len(line) + 1 for line in lines["longitude_deg"]]
    return {
        "type": "scattergeo",
        "mode": "lines",
        "name": mode,
        "uid": f"{mode}-{'inferred' if inferred else 'recorded'}",
        "lon": [value for line in lines["longitude_deg"] for value in (*line.tolist(), None)],
        "lat": [value for line in lines["latitude_deg"] for value in (*line.tolist(), None)],
        "text": _repeated(lines["text"], sizes),
        "customdata": _repeated(lines["choice"], sizes),
        "opacity": 0.45 if inferred else 0.9,
        "line": {"color": look.colour, "width": 1.5 if inferred else 2.2, "dash": "2px,5px" if inferred else look.dash},
        "hovertemplate": "%{text}<extra></extra>",
    }


def _repeated(values: pd.Series, sizes: list[int]) -> list[str]:
    return [value for value, size in zip(values, sizes, strict=True) for _ in range(size)]


def _middles(lines: pd.DataFrame, mode: str) -> Figure:
    """The transport's symbol at the middle of each line: a greyscale print still tells transports apart."""
    look = MODES[mode]
    return {
        "type": "scattergeo",
        "mode": "markers",
        "name": mode,
        "uid": f"{mode}-middles",
        "lon": [float(line[len(line) // 2]) for line in lines["longitude_deg"]],
        "lat": [float(line[len(line) // 2]) for line in lines["latitude_deg"]],
        "text": lines["text"].tolist(),
        "customdata": lines["choice"].tolist(),
        "marker": {"symbol": look.symbol, "size": 7, "color": look.colour, "line": {"color": CARD, "width": 1}},
        "hovertemplate": "%{text}<extra></extra>",
    }


def _places(places: pd.DataFrame) -> Figure:
    """Rings whose area grows with visits; a place only passed through is a small dot."""
    most = max(int(places["visits"].max()), 1) if len(places) else 1
    sizes = [SMALLEST + (LARGEST - SMALLEST) * math.sqrt(visits / most) if visits else 5 for visits in places["visits"]]
    visited = places["visits"].to_numpy() > 0
    return {
        "type": "scattergeo",
        "mode": "markers+text",
        "name": "places",
        "uid": "places",
        "lon": places["longitude_deg"].tolist(),
        "lat": places["latitude_deg"].tolist(),
        "text": places["place"].tolist(),
        "customdata": [f"place={place}" for place in places.index],
        "hovertext": [_place_text(row) for row in places.itertuples()],
        "hovertemplate": "%{hovertext}<extra></extra>",
        "textposition": "middle right",
        "textfont": {"size": 12, "color": INK},
        "marker": {
            "size": sizes,
            "symbol": ["circle" if kind != "country" else "diamond" for kind in places["kind"]],
            "color": ["rgba(255,255,255,.55)" if now else SOFT for now in visited],
            "line": {"color": INK, "width": [1.6 if now else 0 for now in visited]},
        },
    }


def _place_text(place: Any) -> str:
    passed = f", passed {words.count(place.transits, 'time')}" if place.transits else ""
    also = f" (also {place.other_names.replace(';', ', ')})" if place.other_names else ""
    return f"<b>{place.place}</b>{also}, {country_name(place.country_iso3)}<br>{words.count(place.visits, 'visit')}{passed}"


def _homes(summary: Summary) -> Figure:
    """A star at each home of the leaders selected."""
    homes = _home_places(summary)
    return {
        "type": "scattergeo",
        "mode": "markers+text",
        "name": "homes",
        "uid": "homes",
        "lon": homes["longitude_deg"].tolist(),
        "lat": homes["latitude_deg"].tolist(),
        "text": [f"<b>{name}</b>" for name in homes["place"]],
        "customdata": [""] * len(homes),
        "hovertemplate": "%{text}: where the trips begin<extra></extra>",
        "textposition": "middle right",
        "textfont": {"size": 13, "color": INK},
        "marker": {"symbol": "star", "size": 16, "color": INK, "line": {"color": CARD, "width": 1}},
    }


def _home_places(summary: Summary) -> pd.DataFrame:
    """The homes of the leaders selected, those with coordinates."""
    ids = summary.travel.leaders["home_place_id"].reindex(summary.leaders.index).unique()
    return summary.travel.places.reindex(ids).dropna(subset=["latitude_deg"]).head(MOST_PLACES)


def _layout() -> Figure:
    return layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        uirevision="kept",
        geo={
            "projection": {"type": "mercator"},
            "domain": {"x": [0, 1], "y": [0, 1]},
            "fitbounds": False,
            "showland": True,
            "landcolor": LAND,
            "showocean": True,
            "oceancolor": SEA,
            "showlakes": True,
            "lakecolor": SEA,
            "showcountries": True,
            "countrycolor": BORDER,
            "countrywidth": 0.8,
            "coastlinecolor": BORDER,
            "coastlinewidth": 0.6,
            "showframe": False,
            "bgcolor": SEA,
        },
    )


def frame_of(summary: Summary) -> tuple[float, float, float, float]:
    """West, south, east and north in degrees of all that is drawn; east below west crosses 180°.

    The whole world where nothing is drawn; at least two degrees each way, so that one place does not fill the card.
    """
    spots = pd.concat([summary.places.head(MOST_PLACES), _home_places(summary)])[["longitude_deg", "latitude_deg"]]
    lines = summary.lines.head(MOST_LINES)
    longitudes = np.concatenate([spots["longitude_deg"].to_numpy(), *lines["longitude_deg"]])
    latitudes = np.concatenate([spots["latitude_deg"].to_numpy(), *lines["latitude_deg"]])
    if not len(longitudes):
        return WORLD
    west, east = _shortest_arc(longitudes)
    return west - 1, max(float(latitudes.min()) - 1, -85), east + 1, min(float(latitudes.max()) + 1, 85)


def _shortest_arc(longitudes: npt.NDArray[np.float64]) -> tuple[float, float]:
    """West and east end of the shortest arc that holds all longitudes: what the widest gap between them leaves."""
    around = np.unique(longitudes)
    gaps = np.diff(np.append(around, around[0] + 360))
    widest = int(gaps.argmax())
    return float(around[(widest + 1) % len(around)]), float(around[widest])
