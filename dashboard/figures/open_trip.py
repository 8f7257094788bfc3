"""The open trip on the map: its legs with their order and days, its stops by name; the page dims all else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.figures.level_of_detail import Box, Drawn, frame_of, towns_of
from dashboard.figures.lines import Line, band
from dashboard.figures.style import CARD, INK, TRANSPORT_BY_NAME, UNSURE, Figure, plain
from dashboard.language import gettext
from dashboard.tables import dates
from dashboard.tables.reading import named_rows
from dashboard.tables.transport import by
from dashboard.travel.legs import INFERRED
from dashboard.travel.travel import Travel


@dataclass(frozen=True)
class OpenTrip:
    """One trip as the map shows it: the traces of its lines, those of its marks, and the box that frames it."""

    lines: list[Figure]
    marks: list[Figure]
    frame: Box | None


NO_TRIP = OpenTrip([], [], None)


def open_trip(travel: Travel, trip_id: str) -> OpenTrip:
    """The trip of this id; nothing for '', or where none of its legs can be drawn."""
    if not trip_id:
        return NO_TRIP
    trip = travel.fetch(travel.numbers_of([trip_id]).values())
    rows = travel.lines.loc[trip.stops["line"].astype("str").unique().tolist()]
    rows = rows[rows["drawn"]]
    if rows.empty:
        return NO_TRIP
    towns = towns_of(rows, travel)
    legs: dict[str, list[tuple[str, str]]] = {}
    for line, label, says in legs_in_words(trip, travel.places["place"]):
        legs.setdefault(line, []).append((label, says))
    traces = [_leg(number, str(rows["mode"].iloc[number]), str(rows["certainty"].iloc[number]), along,
                   [says for _, says in legs[line]])
              for number, (line, along) in enumerate(zip(rows.index, towns, strict=True))]  # fmt: skip
    labels = ["; ".join(label for label, _ in legs[line]) for line in rows.index]
    nowhere = travel.places.head(0)
    frame = frame_of(Drawn(rows, towns, nowhere, nowhere, len(rows), 0))
    return OpenTrip(traces, [_stops(trip), _labels(labels)], frame)


def legs_in_words(trip: Travel, names: pd.Series) -> list[tuple[str, str, str]]:
    """For each leg of one trip its line, its order with its days, and what is said of it (HTML)."""
    legs: list[tuple[str, str, str]] = []
    if trip.trips.empty:
        return legs  # not known yet on the day that is looked back to
    left = str(trip.trips["left_home"].iloc[0])
    for order, stop in enumerate(named_rows(trip.stops), 1):
        days = dates.say_span(left, str(stop.arrived)) if left or stop.arrived else gettext("days unknown")
        said = {"order": order, "to": plain(str(stop.place))}
        leg = gettext("Leg {order}: {to}", **said)
        if stop.from_place_id in names.index:
            leg = gettext("Leg {order}: {origin} to {to}", origin=plain(str(names[stop.from_place_id])), **said)
        says = f"<b>{leg}</b><br>{by(stop.mode)}, {days}"
        legs.append((str(stop.line), f"{order} · {days}", says))
        left = str(stop.left) or str(stop.arrived)
    return legs


def _leg(number: int, mode: str, certainty: str, towns: Any, says: list[str]) -> Figure:
    """The line of one leg, or of several that are one way there and back."""
    transport = TRANSPORT_BY_NAME[mode]
    inferred = certainty == INFERRED
    stroke = {"color": transport.colour, "width": 4, "dash": UNSURE if inferred else transport.dash}
    return band([Line(mode, inferred, towns, "<br>".join(says))], f"trip-{number}", stroke)


def _stops(trip: Travel) -> Figure:
    """A ring with its name at each place of the trip, home among them."""
    places = trip.places.loc[trip.stops["place_id"].astype("str").unique().tolist()].dropna(
        subset=["longitude_deg", "latitude_deg"]
    )
    return {
        "type": "scattergeo",
        "mode": "markers+text",
        "uid": "trip-stops",
        "lon": places["longitude_deg"].tolist(),
        "lat": places["latitude_deg"].tolist(),
        "text": [f"<b>{plain(name)}</b>" for name in places["place"]],
        "customdata": [f"place={place}" for place in places.index],
        "hoverinfo": "skip",
        "textposition": "middle right",
        "textfont": {"size": 12, "color": INK},
        "marker": {"size": 10, "color": CARD, "line": {"color": INK, "width": 2}},
    }


def _labels(labels: list[str]) -> Figure:
    """The order and days of each leg, which the browser puts at the middle of its line."""
    return {
        "type": "scattergeo",
        "mode": "markers+text",
        "uid": "trip-legs",
        "text": labels,
        "hovertemplate": "%{hovertext}<extra></extra>",
        "textposition": "middle right",
        "textfont": {"size": 12, "color": INK},
        "marker": {"size": 9, "color": INK, "line": {"color": CARD, "width": 1}},
    }
