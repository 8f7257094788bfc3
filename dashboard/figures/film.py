"""What playing needs, sent once: the lines, when each trip was under way and along which, and the open trip's legs."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import words
from dashboard.figures.level_of_detail import towns_of
from dashboard.figures.open_trip import legs_in_words
from dashboard.figures.style import TRANSPORT_BY_NAME, UNSURE
from dashboard.language import gettext, ngettext, number
from dashboard.query.selection import combine, masks
from dashboard.query.summaries import Summary
from dashboard.travel.legs import INFERRED
from dashboard.travel.travel import MADE, UNKNOWN_YEAR, Travel

# Of more trips a browser would draw too much at once, and nobody would tell them apart.
MOST_PLAYED = 1_000
Film = dict[str, Any]


def film(summary: Summary, opened: str = "", most: int = MOST_PLAYED) -> Film:
    """The selected trips as `assets/play.js` plays them, and the legs of the trip that is open.

    - `note`: what is not played, in words
    - `lines`: mode, dash, the places at its ends, and the longitudes and latitudes (degrees) of its towns
    - `trips`: when it left home and was back (years with a fraction), where it went, and its lines by their position
    - `legs`: line by its position (-1: not on the map), whether it was gone from its end, and what is said of it
    """
    trips = _played(summary) if summary.figures.trips <= most else None
    alone = summary.travel.fetch(summary.travel.numbers_of([opened]).values()) if opened else None
    stops = [line for each in (trips, alone) if each for line in each.stops["line"].astype("str").tolist()]
    rows = summary.travel.lines.loc[list(dict.fromkeys(stops))]
    rows = rows[rows["drawn"]]
    at = {line: position for position, line in enumerate(rows.index)}
    return {
        "note": _note(summary, len(trips.trips) if trips else 0, most),
        "lines": _lines(rows, summary.travel),
        "trips": _trips(trips, at) if trips else [],
        "legs": _legs(alone, rows, at) if alone else [],
    }


def _played(summary: Summary) -> Travel:
    """The journeys of a selection that were made in a year that is certain."""
    selection = summary.selection  # which alone is sent to a cluster

    def kept(some: Travel) -> pd.Series:
        made = (some.trips["status"] == MADE) & (some.trips["year"] != UNKNOWN_YEAR)
        return made & combine(some, masks(some, selection))

    return summary.travel.keep(kept)


def _note(summary: Summary, played: int, most: int) -> str:
    total = summary.figures.trips
    if total > most:
        return gettext("At most {most} trips are played: narrow the filters to play these {number}.",
                       most=number(most), number=number(total))  # fmt: skip
    left = total - played
    if not left:
        return ""
    return ngettext(
        "{number} trip of no certain year is not played.", "{number} trips of no certain year are not played.", left
    )


def _lines(rows: pd.DataFrame, travel: Travel) -> list[list[Any]]:
    cells = (rows[name].tolist() for name in ("mode", "certainty", "from_place_id", "to_place_id"))
    return [
        [mode, UNSURE if certainty == INFERRED else TRANSPORT_BY_NAME[mode].dash, one, other, *towns]
        for mode, certainty, one, other, towns in zip(*cells, towns_of(rows, travel), strict=True)
    ]


def _trips(trips: Travel, at: dict[str, int]) -> list[list[Any]]:
    """The trips in the order in which they left home."""
    lines: dict[int, set[int]] = {}
    for trip, line in zip(trips.stops["trip"].tolist(), trips.stops["line"].astype("str").tolist(), strict=True):
        if line in at:
            lines.setdefault(trip, set()).add(at[line])
    where = words.where(trips, most=2)
    left, back = trips.trips["left_home_earliest"], trips.trips["back_home_latest"]
    begun, ended = _years(left), _years(back.fillna(trips.trips["left_home_latest"]))
    rows = [
        [start, max(start, end), where[trip], sorted(lines.get(trip, ()))]
        for trip, start, end in zip(trips.trips.index.tolist(), begun, ended, strict=True)
    ]
    return sorted(rows, key=lambda row: row[0])


def _years(days: pd.Series) -> list[float]:
    """Days as years with a fraction: 2 July 2018 is 2018.5."""
    return [round(day.year + (day.timetuple().tm_yday - 1) / 366, 3) for day in days.tolist()]


def _legs(trip: Travel, rows: pd.DataFrame, at: dict[str, int]) -> list[list[Any]]:
    begins = rows["from_place_id"].to_dict()
    origins = trip.stops["from_place_id"].astype("str").tolist()
    said = legs_in_words(trip, trip.places["place"])
    return [
        [at.get(line, -1), begins.get(line, origin) != origin, says]
        for (line, _, says), origin in zip(said, origins, strict=True)
    ]
