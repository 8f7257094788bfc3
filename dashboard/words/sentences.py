"""A selection in English: the line of key figures, the answers under the charts, the itinerary of one trip."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any

import pandas as pd

from dashboard.query.summaries import KeyFigures, Summary
from dashboard.tables.countries import country_name
from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.travel.build import Travel
from dashboard.travel.legs import GREAT_CIRCLE, INFERRED, SCHEMATIC

# So many names fit under the title of a chart.
MOST_NAMED = 3
LINE_NOTES = {
    GREAT_CIRCLE: "along the great circle",
    SCHEMATIC: "line drawn from town to town",
    INFERRED: "way not known, drawn as the shortest",
}


def count(number: int, one: str, many: str = "") -> str:
    """`1 trip`, `11 trips`, `86,000 trips`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def round_km(distance_km: float, *, down: bool = False) -> str:
    """A distance to two figures, never more exact than its line: 32,476 -> `32,000 km`; `down` for a lower bound."""
    unit = 10 ** max(len(str(int(distance_km))) - 2, 0)
    rounded = (math.floor if down else round)(distance_km / unit) * unit
    return f"{rounded:,} km"


@lru_cache(maxsize=20_000)
def distance(distance_km: float, at_least: bool) -> str:
    """A distance with how far it can be trusted: `at least 7,000 km`, `about 9,500 km`, `distance unknown`."""
    if math.isnan(distance_km):
        return "distance unknown"
    return f"{'at least' if at_least else 'about'} {round_km(distance_km, down=at_least)}"


def key_figures(summary: Summary) -> tuple[str, str, tuple[str, ...]]:
    """The totals of a selection: number of trips, what they amount to, and the trips by leader and by transport."""
    figures = summary.figures
    parts = [f"to {count(figures.countries, 'country', 'countries')}", _days_away(figures)]
    if figures.distance_km:
        parts.append(distance(figures.distance_km, figures.at_least))
    parts += apart(figures)
    return count(figures.trips, "trip"), ", ".join(parts), (*by_leader(summary), *by_transport(summary))


def apart(figures: KeyFigures) -> list[str]:
    """`1 expected`, `2 cancelled`: the journeys that were not made, where there are any."""
    counts = {"expected": figures.expected, "cancelled": figures.cancelled}
    return [f"{trips:,} {name}" for name, trips in counts.items() if trips]


def _days_away(figures: KeyFigures) -> str:
    """Days away from home, with the trips whose days are doubted or not known."""
    doubts = []
    if figures.days_uncertain:
        doubts.append(f"{figures.days_uncertain:,} uncertain")
    if figures.days_unknown:
        doubts.append(f"{figures.days_unknown:,} not known")
    if figures.days_unknown == figures.trips:
        return "days away from home not known"
    known = f"{count(figures.days, 'day')} away from home"
    trips = count(figures.days_uncertain + figures.days_unknown, "trip")
    if doubts == [f"{figures.days_uncertain:,} uncertain"]:
        return f"{known} (uncertain for {trips})"
    return f"{known} ({', '.join(doubts)})" if doubts else known


def by_transport(summary: Summary) -> tuple[str, ...]:
    """`6 by train`, `3 by plane`, … for the transports in use."""
    counts = summary.transports
    named = {mode: "unknown transport" if mode == "unknown" else mode for mode in TRANSPORT_NAMES if mode in counts}
    return tuple(f"{counts[mode]:,} by {name}" for mode, name in named.items())


def by_leader(summary: Summary, most: int = 3) -> tuple[str, ...]:
    """`11 of Kim Jong Un`, … where more than one leader and no more than `most` are shown."""
    counts = summary.leaders
    if not 1 < len(counts) <= most:
        return ()
    names = summary.travel.leaders["name"]
    return tuple(f"{number:,} of {names[str(leader)]}" for leader, number in counts.items())


def quiet_years(years: pd.DataFrame, as_of: str = "", maybe: Collection[int] = (), unsure: int = 0) -> str:
    """The answer of the chart by year: the years in which no trip was found; the year of `as_of` is not over.

    It is never said of a year into which a trip may fall (`maybe`); trips of no certain year, `unsure`, are counted.
    """
    total = years.sum(axis=1)
    empty = [int(year) for year in total.index[total == 0].tolist() if year not in maybe]
    rest = f" ({count(unsure, 'trip')} of no certain year)" if unsure else ""
    if years.empty:
        return "No trip with a known year"
    if not empty:
        return f"No year {'surely ' if (total == 0).any() else ''}without a trip{rest}"
    named = spans(empty)
    if as_of[:4] == str(empty[-1]):
        named = [*spans(empty[:-1]), f"{empty[-1]} so far"]
    return f"None found in {', '.join(named)}{rest}"


def spans(years: Iterable[int]) -> list[str]:
    """Runs of years: 2020, 2021, 2022, 2024 -> `2020–22`, `2024`."""
    runs = groupby(enumerate(years), key=lambda pair: pair[1] - pair[0])
    found = [[year for _, year in run] for _, run in runs]
    return [_span(run[0], run[-1]) for run in found]


def _span(first: int, last: int) -> str:
    """`2020`, `2020–22`, `1999–2000`: the century is said once."""
    if first == last:
        return str(first)
    return f"{first}–{last % 100:02d}" if first // 100 == last // 100 else f"{first}–{last}"


def most_visited(countries: pd.DataFrame) -> str:
    """The answer of the chart by country."""
    return _most(
        [country_name(str(code)) for code in countries.index], countries.sum(axis=1).tolist(), "country visited"
    )


def most_met(people: pd.DataFrame) -> str:
    """The answer of the chart of people."""
    return _most(people["counterpart"].tolist(), people["trips"].tolist(), "meeting on record")


def _most(names: list[str], trips: list[int], nothing: str) -> str:
    """Who or what comes first, all who share the first place named, or counted where they are many."""
    if not names:
        return f"No {nothing}"
    first = [name for name, number in zip(names, trips, strict=True) if number == trips[0]]
    if len(first) == 1:
        return f"Most often {first[0]}: {count(trips[0], 'trip')}"
    listed = f"{', '.join(first[:-1])} and {first[-1]}" if len(first) <= MOST_NAMED else f"{len(first):,} of them"
    return f"Most often {listed}: {count(trips[0], 'trip')} each"


def where(travel: Travel, most: int = 3) -> dict[int, str]:
    """Trip number -> the places visited, in order, at most `most` of them by name."""
    visits = travel.stops[(travel.stops["kind"] == "visit").to_numpy()]
    named: dict[int, dict[str, None]] = {int(number): {} for number in travel.trips.index}
    for number, place in zip(visits["trip"].tolist(), visits["place"].tolist(), strict=True):
        named[number][place] = None
    return {number: _some(list(names), most) for number, names in named.items()}


def _some(names: list[str], most: int) -> str:
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return ", ".join(names[:most]) + more or "No visit on record"


def leg_distance(route: pd.Series | dict[Any, Any]) -> str:
    """How far a leg is, and how it is measured: a lower bound only where no shorter way than its line was open.

    `about 5,200 km, line drawn from town to town by way of Khabarovsk; a way of 4,700 km leads through China`.
    """
    shorter = float(route["shorter_km"])
    how_far = distance(float(route["km"]), route["certainty"] != GREAT_CIRCLE and math.isnan(shorter))
    note = line_note(str(route["certainty"]))
    if math.isnan(shorter):
        return f"{how_far}, {note}"
    crossed = [country_name(code) for code in str(route["shorter_by"]).split(";") if code]
    through = f" leads through {' and '.join(crossed)}" if crossed else " is open too"
    return f"{how_far}, {note}; a shorter way of {round_km(shorter, down=True)}{through}"


def line_note(certainty: str) -> str:
    """How sure the line of a leg is, in words."""
    return LINE_NOTES.get(certainty, "not on the map: a place without coordinates")
