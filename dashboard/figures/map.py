"""The map: routes by transport in colour, pattern and symbol, places as rings by visits, homes as stars."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from dashboard import words
from dashboard.figures.level_of_detail import FEW_HOMES, Drawn
from dashboard.figures.lines import Line, band
from dashboard.figures.open_trip import NO_TRIP, OpenTrip
from dashboard.figures.style import (
    BORDER,
    CARD,
    HALO,
    INK,
    LAND,
    RING,
    SEA,
    SOFT,
    TRANSPORT_BY_NAME,
    UNSURE,
    Figure,
    layout,
    plain,
)
from dashboard.language import gettext, ngettext
from dashboard.query.summaries import Summary
from dashboard.tables.countries import country_name
from dashboard.tables.transport import TRANSPORT_NAMES, UNKNOWN, Transport, in_words
from dashboard.travel.legs import INFERRED
from dashboard.travel.travel import Travel

# Widths in px of the rings of places: the area grows with the visits, but one that is too small is not seen.
SMALLEST, LARGEST = 7, 26
# Of more lines the symbols at their middles would hide the map.
MOST_MARKED = 100


def draw_map(
    summary: Summary, drawn: Drawn, opened: OpenTrip = NO_TRIP, *, globe: bool = False, most_visits: int = 0
) -> Figure:
    """The figure of the map, or of the globe: the same traces; `assets/frame.js` knows the two projections.

    The largest ring has `most_visits`, or as many as any place that is drawn.

    Traces: for each transport its lines and their middles, the lines of the open trip, places, homes, and the marks of
    the open trip.
    """
    lines = _flows(drawn, summary.travel) if drawn.summed else _lines(drawn, summary.travel)
    by_mode = [[line for line in lines if line.mode == mode] for mode in TRANSPORT_NAMES]
    marked = len(lines) <= MOST_MARKED
    traces = [trace for of_mode in by_mode if of_mode for trace in _mode_traces(of_mode, marked=marked)]
    marks = [_places(drawn.places, most_visits), _homes(drawn.homes), *opened.marks]
    return {"data": [*traces, *opened.lines, *marks], "layout": _layout(CARD if globe else SEA)}


def _lines(drawn: Drawn, travel: Travel) -> list[Line]:
    """The lines of a summary; a click opens the one trip that went along it, or offers those that share it."""
    rows = drawn.lines
    legs = rows[["mode", "from_place_id", "to_place_id", "certainty", "km", "trips", "shorter_km", "shorter_by"]]
    ids = pd.unique(pd.concat([rows["from_place_id"], rows["to_place_id"]]))
    names = dict(zip(ids, travel.places["place"].reindex(ids).tolist(), strict=True))
    alone = travel.fetch(rows.loc[rows["trips"] == 1, "trip"].unique()).trips
    trip_ids, nth = alone["trip_id"].to_dict(), words.ordinals(alone)
    lines, last = [], rows["trip"].tolist()
    for line, leg, towns, trip in zip(rows.index, legs.to_dict("records"), drawn.towns, last, strict=True):
        alone_here = leg["trips"] == 1
        choice = f"trip={trip_ids[trip]}" if alone_here else f"line={line}"
        which = f"<br>{words.known_trip(nth[trip])}" if alone_here else ""
        ends = f"{plain(names[leg['from_place_id']])} – {plain(names[leg['to_place_id']])}"
        text = f"<b>{ends}</b><br>{_line_text(leg)}{which}"
        lines.append(Line(leg["mode"], leg["certainty"] == INFERRED, towns, text, choice))
    return lines


def _flows(drawn: Drawn, travel: Travel) -> list[Line]:
    """The flows between countries; a click chooses the country that is not the leaders' own."""
    homes = set(travel.leaders["country_iso3"])
    columns = ["mode", "from_country", "to_country", "trips", "routes"]
    lines = []
    for towns, cells in zip(
        drawn.towns, zip(*(drawn.lines[name].tolist() for name in columns), strict=True), strict=True
    ):
        mode, one, other, trips, routes = cells
        along = ngettext("{number} route, added up", "{number} routes, added up", routes)
        added = gettext("{trips} along {routes}", trips=words.trips(trips), routes=along)
        text = f"<b>{plain(country_name(one))} – {plain(country_name(other))}</b><br>{_how(mode)}, {added}"
        choice = f"country={one if other in homes else other}"
        lines.append(Line(mode, mode != "plane", towns, text, choice))
    return lines


def _line_text(leg: dict[Any, Any]) -> str:
    return f"{_how(leg['mode'])}, {words.trips(leg['trips'])}<br>{words.leg_distance(leg)}"


def _how(mode: str) -> str:
    return gettext("Transport unknown") if mode == UNKNOWN else in_words(mode).capitalize()


def strokes(drawn: Drawn) -> dict[str, list[str]]:
    """How the lines of each transport are drawn, as classes of their strokes in the legend (`transport_styles`)."""
    marked = ["marked"] if len(drawn.lines) <= MOST_MARKED else []
    unsure = drawn.lines["mode"] != "plane" if drawn.summed else drawn.lines["certainty"] == INFERRED
    surely = set(drawn.lines.loc[~unsure, "mode"])
    return {mode: marked if mode in surely else ["inferred", *marked] for mode in drawn.lines["mode"].unique()}


def _mode_traces(lines: list[Line], *, marked: bool) -> list[Figure]:
    """Recorded and inferred lines of one transport, and where they are `marked` the symbols at their middles."""
    recorded = [line for line in lines if not line.inferred]
    inferred = [line for line in lines if line.inferred]
    transport = TRANSPORT_BY_NAME[lines[0].mode]
    traces = []
    if recorded:
        stroke = {"color": transport.colour, "width": 2.2, "dash": transport.dash}
        traces.append(band(recorded, f"{lines[0].mode}-recorded", stroke) | {"opacity": 0.9})
    if inferred:
        stroke = {"color": transport.colour, "width": 1.5, "dash": UNSURE}
        traces.append(band(inferred, f"{lines[0].mode}-inferred", stroke) | {"opacity": 0.45})
    return [*traces, _middles(lines[0].mode, transport) | {"mode": "markers" if marked else "none"}]


def _middles(mode: str, transport: Transport) -> Figure:
    """The transport's symbol, which the browser puts at the middle of each line before: greyscale tells them apart."""
    return {
        "type": "scattergeo",
        "mode": "markers",
        "uid": f"{mode}-middles",
        "marker": {
            "symbol": transport.symbol,
            "size": 7,
            "color": transport.colour,
            "line": {"color": CARD, "width": 1},
        },
        "hovertemplate": "%{text}<extra></extra>",
    }


def _places(places: pd.DataFrame, most_visits: int) -> Figure:
    """Rings whose area grows with visits; a place only passed through is a small dot."""
    visits = places["visits"].tolist()
    most = max([*visits, most_visits]) or 1
    return {
        "type": "scattergeo",
        "mode": "markers+text",
        "name": "places",
        "uid": "places",
        "lon": places["longitude_deg"].tolist(),
        "lat": places["latitude_deg"].tolist(),
        "text": [plain(name) for name in places["place"].tolist()],
        "customdata": [f"place={place}" for place in places.index.tolist()],
        "hovertext": _place_texts(places),
        "hovertemplate": "%{hovertext}<extra></extra>",
        "textposition": "middle right",
        "textfont": {"size": 12 if len(places) < 100 else 11, "color": INK, "shadow": HALO},
        "marker": {
            "size": [max(SMALLEST, LARGEST * math.sqrt(many / most)) if many else 5 for many in visits],
            "symbol": ["circle" if kind != "country" else "diamond" for kind in places["kind"].tolist()],
            "color": [RING if many else SOFT for many in visits],
            "line": {"color": INK, "width": [1.6 if many else 0 for many in visits]},
        },
    }


def _place_texts(places: pd.DataFrame) -> list[str]:
    """What hovering over each place says."""
    columns = ["place", "other_names", "country_iso3", "visits", "transits"]
    texts = []
    for place, others, country, visits, transits in zip(*(places[name].tolist() for name in columns), strict=True):
        where = gettext("{place}, {country}", place=f"<b>{plain(place)}</b>", country=country_name(country))
        if others:
            where = gettext(
                "{place} (also {names}), {country}",
                place=f"<b>{plain(place)}</b>",
                names=plain(others.replace(";", ", ")),
                country=country_name(country),
            )
        times = ngettext("{number} visit", "{number} visits", visits)
        if transits:
            times = ngettext(
                "{visits}, passed {number} time", "{visits}, passed {number} times", transits, visits=times
            )
        texts.append(f"{where}<br>{times}")
    return texts


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
        "hovertemplate": gettext("{place}: where the trips begin", place="%{text}") + "<extra></extra>",
        "textposition": "middle right",
        "textfont": {"size": 13, "color": INK, "shadow": HALO},
        "marker": {"symbol": "star", "size": 16 if few else 8, "color": INK, "line": {"color": CARD, "width": 1}},
    }


def _layout(around: str) -> Figure:
    """The layout; `around` is the colour beside the world, which the globe does not fill."""
    return layout(
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        geo={
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
            "bgcolor": around,
        },
    )
