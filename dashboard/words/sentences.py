"""A selection in words: the line of key figures, the answers under the charts, the itinerary of one trip."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from functools import lru_cache
from itertools import groupby
from typing import Any

import pandas as pd

from dashboard.language import Language, gettext, listed, marked, ngettext, number, spoken
from dashboard.query.summaries import KeyFigures, Summary
from dashboard.tables.countries import country_name
from dashboard.tables.transport import TRANSPORT_NAMES, by_what
from dashboard.travel.build import Travel
from dashboard.travel.legs import GREAT_CIRCLE, INFERRED, SCHEMATIC

# So many names fit under the title of a chart.
MOST_NAMED = 3
LINE_NOTES = {
    GREAT_CIRCLE: marked("along the great circle"),
    SCHEMATIC: marked("line drawn from town to town"),
    INFERRED: marked("way not known, drawn as the shortest"),
}


def trips(count: int) -> str:
    """`1 trip`, `11 trips`, `86,000 trips`."""
    return ngettext("{number} trip", "{number} trips", count)


def days(count: int, *, uncertain: bool = False) -> str:
    """`1 day`, `8 days`, `8 days?`."""
    return ngettext("{number} day", "{number} days", count) + ("?" if uncertain else "")


def rows(count: int) -> str:
    """`1 row`, `21 rows`."""
    return ngettext("{number} row", "{number} rows", count)


def sources(count: int) -> str:
    """`1 source`, `3 sources`."""
    return ngettext("{number} source", "{number} sources", count)


def round_km(distance_km: float, *, down: bool = False) -> str:
    """A distance to two figures, never more exact than its line: 32,476 -> `32,000 km`; `down` for a lower bound."""
    unit = 10 ** max(len(str(int(distance_km))) - 2, 0)
    rounded = (math.floor if down else round)(distance_km / unit) * unit
    return gettext("{number} km", number=number(rounded))


def distance(distance_km: float, at_least: bool) -> str:
    """A distance with how far it can be trusted: `at least 7,000 km`, `about 9,500 km`, `distance unknown`."""
    return _distance(distance_km, at_least, spoken())


@lru_cache(maxsize=20_000)
def _distance(distance_km: float, at_least: bool, _: Language) -> str:
    if math.isnan(distance_km):
        return gettext("distance unknown")
    rounded = round_km(distance_km, down=at_least)
    return (
        gettext("at least {distance}", distance=rounded) if at_least else gettext("about {distance}", distance=rounded)
    )


def key_figures(summary: Summary) -> tuple[str, str, tuple[str, ...]]:
    """The totals of a selection: number of trips, what they amount to, and the trips by leader and by transport."""
    figures = summary.figures
    countries = ngettext("to {number} country", "to {number} countries", figures.countries)
    parts = [countries, days_away(figures)]
    if figures.distance_km:
        parts.append(distance(figures.distance_km, figures.at_least))
    parts += apart(figures)
    return trips(figures.trips), ", ".join(parts), (*by_leader(summary), *by_transport(summary))


def apart(figures: KeyFigures) -> list[str]:
    """`1 expected`, `2 cancelled`: the journeys that were not made, where there are any."""
    found = []
    if figures.expected:
        found.append(gettext("{number} expected", number=number(figures.expected)))
    if figures.cancelled:
        found.append(gettext("{number} cancelled", number=number(figures.cancelled)))
    return found


def days_away(figures: KeyFigures) -> str:
    """Days away from home, with the trips whose days are doubted or not known."""
    if figures.days_unknown == figures.trips:
        return gettext("days away from home not known")
    known = ngettext("{number} day away from home", "{number} days away from home", figures.days)
    uncertain, unknown = number(figures.days_uncertain), number(figures.days_unknown)
    if figures.days_uncertain and figures.days_unknown:
        return gettext(
            "{days} ({uncertain} uncertain, {unknown} not known)", days=known, uncertain=uncertain, unknown=unknown
        )
    if figures.days_uncertain:
        return gettext("{days} (uncertain for {trips})", days=known, trips=trips(figures.days_uncertain))
    return gettext("{days} ({unknown} not known)", days=known, unknown=unknown) if figures.days_unknown else known


def by_transport(summary: Summary) -> tuple[str, ...]:
    """`6 by train`, `3 by plane`, … for the transports in use."""
    counts = summary.transports
    return tuple(_by(mode, number(int(counts[mode]))) for mode in TRANSPORT_NAMES if mode in counts)


def _by(mode: str, count: str) -> str:
    return gettext("{number} by {transport}", number=count, transport=by_what(mode))


def by_leader(summary: Summary, most: int = 3) -> tuple[str, ...]:
    """`11 of Kim Jong Un`, … where more than one leader and no more than `most` are shown."""
    counts = summary.leaders
    if not 1 < len(counts) <= most:
        return ()
    names = summary.travel.leaders["name"]
    return tuple(
        gettext("{number} of {leader}", number=number(int(count)), leader=names[str(leader)])
        for leader, count in counts.items()
    )


def quiet_years(years: pd.DataFrame, as_of: str = "", maybe: Collection[int] = (), unsure: int = 0) -> str:
    """The answer of the chart by year: the years in which no trip was found; the year of `as_of` is not over.

    It is never said of a year into which a trip may fall (`maybe`); trips of no certain year, `unsure`, are counted.
    """
    total = years.sum(axis=1)
    empty = [int(year) for year in total.index[total == 0].tolist() if year not in maybe]
    if years.empty:
        return gettext("No trip with a known year")
    if empty:
        answer = gettext("None found in {years}", years=", ".join(_empty_spans(empty, as_of)))
    elif (total == 0).any():
        answer = gettext("No year surely without a trip")
    else:
        answer = gettext("No year without a trip")
    return gettext("{answer} ({trips} of no certain year)", answer=answer, trips=trips(unsure)) if unsure else answer


def _empty_spans(empty: list[int], as_of: str) -> list[str]:
    if as_of[:4] != str(empty[-1]):
        return spans(empty)
    return [*spans(empty[:-1]), gettext("{year} so far", year=empty[-1])]


def spans(years: Iterable[int]) -> list[str]:
    """Runs of years: 2020, 2021, 2022, 2024 -> `2020–22`, `2024`."""
    runs = groupby(enumerate(years), key=lambda pair: pair[1] - pair[0])
    found = [[year for _, year in run] for _, run in runs]
    return [_span(run[0], run[-1]) for run in found]


def _span(first: int, last: int) -> str:
    """`2020`, `2020–22`, `1999–2000`: the century is said once."""
    if first == last:
        return gettext("{year}", year=first)
    short = f"{last % 100:02d}" if first // 100 == last // 100 else last
    return gettext("{first_year}–{last_year}", first_year=first, last_year=short)


def most_visited(countries: pd.DataFrame) -> str:
    """The answer of the chart by country."""
    names = [country_name(str(code)) for code in countries.index]
    return _most(names, countries.sum(axis=1).tolist()) or gettext("No country visited")


def most_met(people: pd.DataFrame) -> str:
    """The answer of the chart of people."""
    return _most(people["counterpart"].tolist(), people["trips"].tolist()) or gettext("No meeting on record")


def _most(names: list[str], counts: list[int]) -> str:
    """Who or what comes first, all who share the first place named, or counted where they are many; '' for nobody."""
    if not names:
        return ""
    first = [name for name, count in zip(names, counts, strict=True) if count == counts[0]]
    each = trips(counts[0])
    if len(first) == 1:
        return gettext("Most often {name}: {trips}", name=first[0], trips=each)
    if len(first) <= MOST_NAMED:
        return gettext("Most often {names}: {trips} each", names=listed(first), trips=each)
    return gettext("Most often {number} of them: {trips} each", number=number(len(first)), trips=each)


def where(travel: Travel, most: int = 3) -> dict[int, str]:
    """Trip number -> the places visited, in order, at most `most` of them by name."""
    visits = travel.stops[(travel.stops["kind"] == "visit").to_numpy()]
    named: dict[int, dict[str, None]] = {int(trip): {} for trip in travel.trips.index}
    for trip, place in zip(visits["trip"].tolist(), visits["place"].tolist(), strict=True):
        named[trip][place] = None
    return {trip: _some(list(names), most) for trip, names in named.items()}


def _some(names: list[str], most: int) -> str:
    if len(names) > most:
        return gettext("{names} and {number} more", names=", ".join(names[:most]), number=number(len(names) - most))
    return ", ".join(names) or gettext("No visit on record")


def leg_distance(route: pd.Series | dict[Any, Any]) -> str:
    """How far a leg is, and how it is measured: a lower bound only where no shorter way than its line was open.

    `about 5,200 km, line drawn from town to town by way of Khabarovsk; a way of 4,700 km leads through China`.
    """
    shorter = float(route["shorter_km"])
    how_far = distance(float(route["km"]), route["certainty"] != GREAT_CIRCLE and math.isnan(shorter))
    note = line_note(str(route["certainty"]))
    if math.isnan(shorter):
        return gettext("{distance}, {note}", distance=how_far, note=note)
    crossed = [country_name(code) for code in str(route["shorter_by"]).split(";") if code]
    said = {"distance": how_far, "note": note, "shorter": round_km(shorter, down=True)}
    if not crossed:
        return gettext("{distance}, {note}; a shorter way of {shorter} is open too", **said)
    return gettext(
        "{distance}, {note}; a shorter way of {shorter} leads through {countries}", countries=listed(crossed), **said
    )


def line_note(certainty: str) -> str:
    """How sure the line of a leg is, in words."""
    return gettext(LINE_NOTES.get(certainty, marked("not on the map: a place without coordinates")))
