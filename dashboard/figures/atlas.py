"""The map: routes by transport in colour, pattern and symbol, places as rings by visits, homes as stars."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard import words
from dashboard.figures.detail import FEW_HOMES, Drawn
from dashboard.figures.look import BORDER, CARD, INK, LAND, MODES, SEA, SOFT, Figure, Mode, layout, plain
from dashboard.places import country_name
from dashboard.reading import named_rows
from dashboard.routes import GREAT_CIRCLE, INFERRED
from dashboard.schema import TRANSPORTS
from dashboard.summaries import Summary
from dashboard.travel import Whole

SMALLEST, LARGEST = 9, 24


@dataclass(frozen=True)
class Line:
    """One drawn line: its points in degrees, what hovering says, and what a click chooses."""

    mode: str
    inferred: bool
    longitudes: list[float]
    latitudes: list[float]
    text: str
    choice: str


def atlas(summary: Summary, drawn: Drawn, opened: str = "") -> Figure:
    """The figure of the map.

    Traces: the open trip (a trip id) underneath, for each transport its lines and their middles, then places, then
    homes.
    """
    lines = _lines(drawn.lines, summary.travel)
    by_mode = [[line for line in lines if line.mode == mode] for mode in TRANSPORTS]
    traces = [trace for of_mode in by_mode if of_mode for trace in _mode_traces(of_mode)]
    marks = [_places(drawn.places), _homes(drawn.homes)]
    return {"data": [*_opened(summary.travel, opened), *traces, *marks], "layout": _layout()}


def _lines(rows: pd.DataFrame, travel: Whole) -> list[Line]:
    """The lines of a summary; a click opens the one trip that went along it, or chooses the far end that all share."""
    ends = pd.concat([rows["from_place_id"], rows["to_place_id"]]).unique()
    names = travel.places["place"].reindex(ends).map(plain, na_action="ignore").to_dict()
    homes = set(travel.leaders["home_place_id"])
    trip_ids = travel.trip_ids(rows.loc[(rows["trips"] == 1).to_numpy(), "trip"].unique())
    lines = []
    for row in named_rows(rows):
        far_end = row.from_place_id if row.to_place_id in homes else row.to_place_id
        choice = f"trip={trip_ids[row.trip]}" if row.trips == 1 else f"place={far_end}"
        text = _line_text(row, names[row.from_place_id], names[row.to_place_id])
        points = row.longitude_deg.tolist(), row.latitude_deg.tolist()
        lines.append(Line(row.mode, row.certainty == INFERRED, *points, text, choice))
    return lines


def _line_text(row: Any, one: str, other: str) -> str:
    how = "Transport unknown" if row.mode == "unknown" else row.mode.capitalize()
    return (
        f"<b>{one} – {other}</b><br>{how}, {words.count(row.trips, 'trip')}<br>"
        f"{words.distance(row.km, row.certainty != GREAT_CIRCLE)}, {words.line_note(row.certainty)}"
    )


def _mode_traces(lines: list[Line]) -> list[Figure]:
    """Recorded and inferred lines of one transport, and the symbols at their middles."""
    recorded = [line for line in lines if not line.inferred]
    inferred = [line for line in lines if line.inferred]
    looks = MODES[lines[0].mode]
    traces = []
    if recorded:
        stroke = {"color": looks.colour, "width": 2.2, "dash": looks.dash}
        traces.append(_band(recorded, f"{lines[0].mode}-recorded", stroke) | {"opacity": 0.9})
    if inferred:
        stroke = {"color": looks.colour, "width": 1.5, "dash": "2px,5px"}
        traces.append(_band(inferred, f"{lines[0].mode}-inferred", stroke) | {"opacity": 0.45})
    return [*traces, _middles(lines, looks)]


def _band(lines: list[Line], uid: str, stroke: Figure) -> Figure:
    """Lines of one look as one trace, None between two of them.

    Every point says which line it is on: `meta` counts the points of each line, and the browser repeats its words.
    """
    return {
        "type": "scattergeo",
        "mode": "lines",
        "uid": uid,
        "lon": [value for line in lines for value in (*line.longitudes, None)],
        "lat": [value for line in lines for value in (*line.latitudes, None)],
        "text": [line.text for line in lines],
        "customdata": [line.choice for line in lines],
        "meta": [len(line.longitudes) + 1 for line in lines],
        "line": stroke,
        "hovertemplate": "%{text}<extra></extra>",
    }


def _middles(lines: list[Line], look: Mode) -> Figure:
    """The transport's symbol at the middle of each line: a greyscale print still tells transports apart."""
    return {
        "type": "scattergeo",
        "mode": "markers",
        "uid": f"{lines[0].mode}-middles",
        "lon": [line.longitudes[len(line.longitudes) // 2] for line in lines],
        "lat": [line.latitudes[len(line.latitudes) // 2] for line in lines],
        "text": [line.text for line in lines],
        "customdata": [line.choice for line in lines],
        "marker": {"symbol": look.symbol, "size": 7, "color": look.colour, "line": {"color": CARD, "width": 1}},
        "hovertemplate": "%{text}<extra></extra>",
    }


def _opened(travel: Whole, trip_id: str) -> list[Figure]:
    """A broad band under the lines of the open trip."""
    if not trip_id:
        return []
    trip = travel.fetch(travel.numbers_of([trip_id]).values())
    routes = travel.routes.loc[trip.stops["route"].unique()]
    lines = [
        Line(row.mode, False, row.longitude_deg.tolist(), row.latitude_deg.tolist(), "", "")
        for row in named_rows(routes)
    ]
    return [_band(lines, "opened", {"color": INK, "width": 9}) | {"opacity": 0.16, "hoverinfo": "skip"}]


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
        "text": [plain(name) for name in places["place"]],
        "customdata": [f"place={place}" for place in places.index],
        "hovertext": [_place_text(row) for row in named_rows(places)],
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
    also = f" (also {plain(place.other_names.replace(';', ', '))})" if place.other_names else ""
    visits = words.count(place.visits, "visit")
    return f"<b>{plain(place.place)}</b>{also}, {country_name(place.country_iso3)}<br>{visits}{passed}"


def _homes(homes: pd.DataFrame) -> Figure:
    """A star at each home of the leaders selected."""
    few = len(homes) <= FEW_HOMES
    return {
        "type": "scattergeo",
        "mode": "markers+text" if few else "markers",
        "name": "homes",
        "uid": "homes",
        "lon": homes["longitude_deg"].tolist(),
        "lat": homes["latitude_deg"].tolist(),
        "text": [f"<b>{plain(name)}</b>" for name in homes["place"]],
        "customdata": [""] * len(homes),
        "hovertemplate": "%{text}: where the trips begin<extra></extra>",
        "textposition": "middle right",
        "textfont": {"size": 13, "color": INK},
        "marker": {"symbol": "star", "size": 16 if few else 8, "color": INK, "line": {"color": CARD, "width": 1}},
    }


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
