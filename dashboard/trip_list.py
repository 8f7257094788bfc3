"""The trips of a selection as a list, newest first; the open one shows its itinerary with what each source says."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import dates, words
from dashboard.controls import choice, spoken
from dashboard.places import country_name
from dashboard.reading import named_rows
from dashboard.summaries import Summary
from dashboard.travel import Travel, Whole

MOST_LISTED = 60
# Columns that a source may speak of, in words.
FIELDS = {"reached_by": "the transport", "distance_km": "the distance", "days": "the length", "place": "the place"}


def trip_list(summary: Summary, opened: str = "") -> list[Any]:
    """One item per trip, newest first, `opened` (a trip id) with its itinerary; what is cut off is counted."""
    numbers = summary.newest[:MOST_LISTED].tolist()
    left = summary.figures.trips - len(numbers)
    elsewhere = [number for number in _number_of(summary.travel, opened) if number not in numbers] if opened else []
    numbers += elsewhere
    listed = summary.part(numbers) if elsewhere else summary.recent
    places, people = words.where(listed), _people(listed)
    rows = {row.Index: row for row in named_rows(listed.trips)}
    items = [_item(listed, rows[number], places[number], people.get(number, ""), opened) for number in numbers]
    rest = [html.P(f"and {words.count(left, 'older trip')}: narrow the filters, or see the table.")] if left else []
    return [html.Ol(items, className="trips"), *rest] if items else [html.P("No trip matches.", className="none")]


def _number_of(travel: Whole, trip_id: str) -> list[int]:
    return list(travel.numbers_of([trip_id]).values())


def _people(travel: Travel) -> dict[int, str]:
    """Trip number -> the counterparts met."""
    met: dict[int, dict[str, None]] = {}
    for number, name in zip(travel.meetings["trip"].tolist(), travel.meetings["counterpart"].tolist(), strict=True):
        met.setdefault(number, {})[name] = None
    return {number: ", ".join(names) for number, names in met.items()}


def _item(travel: Travel, trip: Any, places: str, people: str, opened: str) -> html.Li:
    is_open = trip.trip_id == opened
    expanded: dict[str, Any] = {"aria-expanded": spoken(is_open)}
    button = choice(
        [
            html.Span(html.I(className="icon"), className=f"badge {trip.transport}", title=f"by {trip.transport}"),
            html.Span(places, className="where"),
            html.Span(dates.say_span(trip.left_home, trip.back_home), className="when"),
            html.Span(" · ".join(filter(None, (trip.occasion, people))), className="why"),
        ],
        f"trip={trip.trip_id}",
        className="trip",
        **expanded,
    )
    return html.Li([button, itinerary(travel, trip.Index)] if is_open else [button])


def itinerary(travel: Travel, number: int) -> html.Article:
    """One trip (by number), stop by stop, with its meetings and the word of its sources."""
    trip: Any = travel.trips.loc[number]
    stops = travel.stops[travel.stops["trip"] == number]
    meetings = travel.meetings[travel.meetings["trip"] == number]
    steps = [_step(travel, stop, meetings) for stop in named_rows(stops)]
    days = "days unknown" if pd.isna(trip["days"]) else words.count(int(trip["days"]), "day")
    doubt = "?" if trip["days_uncertain"] else ""
    far = words.distance(trip["distance_km"], trip["at_least"])
    facts = f"{days}{doubt} from home to home, both ends counted; {far}, mainly by {trip['transport']}"
    notes = [html.P(text) for text in (trip["outcome"] and f"Outcome: {trip['outcome']}.", trip["note"]) if text]
    evidence = travel.evidence[travel.evidence["trip"] == number]
    journey = html.Ol([*_departure(travel, trip), *steps], className="steps")
    return html.Article([html.P(facts), journey, *notes, *_sources(evidence)], className="itinerary")


def _departure(travel: Travel, trip: Any) -> list[html.Li]:
    """The day of leaving home, which is not the day of the first stop."""
    if not trip["left_home"]:
        return []
    home = str(travel.leaders.at[trip["leader_id"], "home_place"])
    return [html.Li([html.Span(dates.say(trip["left_home"]), className="when"), html.Span(f"left {home or 'home'}")])]


def _step(travel: Travel, stop: Any, meetings: pd.DataFrame) -> html.Li:
    """One stop: when, where, how reached, how far, how sure, and whom the leader met there."""
    route = travel.routes.loc[stop.route]
    names = travel.places["place"]
    leg = f"by {stop.mode}" if stop.mode != "unknown" else "transport unknown"
    origin = f" from {names[stop.from_place_id]}" if stop.from_place_id in names.index else ""
    how_far = words.distance(route["km"], route["certainty"] != "great circle")
    how = f"{leg}{origin}, {how_far}, {words.line_note(route['certainty'])}"
    kind = {"transit": " (in transit)", "home": " (home)"}.get(stop.kind, "")
    doubt: Any = "" if stop.certainty == "reported" else html.Em(f" {stop.certainty}, not reported")
    when = dates.say_span(stop.arrived, stop.left)
    met = [
        html.Li(f"met {one.counterpart} ({country_name(one.counterpart_country_iso3)}), {dates.say(one.date)}")
        for one in named_rows(meetings[meetings["place"] == stop.place])
        if stop.kind == "visit"
    ]
    country = country_name(stop.country_iso3)
    place: list[Any] = [html.B(stop.place), "" if country == stop.place else f", {country}", kind]
    return html.Li([html.Span(when, className="when"), html.Span([*place, doubt]), html.Small(how), html.Ul(met)])


def _sources(evidence: pd.DataFrame) -> list[Any]:
    """What each source says, what supports and what disputes side by side."""
    if evidence.empty:
        return [html.P("No source on record for this trip.")]
    return [
        html.H3(_count_sources(evidence)),
        html.Ul([_source(row) for row in named_rows(evidence)], className="sources"),
    ]


def _count_sources(evidence: pd.DataFrame) -> str:
    """How many pages, or publishers where no page is named, speak of the trip, and how many dispute something."""
    pages = evidence["url"].where(evidence["url"] != "", evidence["publisher"])
    disputing = pages[evidence["stance"] == "disputes"].nunique()
    dispute = f", {disputing} of them with dissent" if disputing else ""
    return words.count(pages.nunique(), "source") + dispute


def _source(row: Any) -> html.Li:
    publisher = (
        html.A(row.publisher, href=row.url, target="_blank", rel="noopener noreferrer") if row.url else row.publisher
    )
    about = "" if row.field == "trip" else f" on {FIELDS.get(row.field, row.field.replace('_', ' '))}"
    return html.Li([html.B(row.stance), about, ": ", row.says, " (", publisher, ")"], className=row.stance)
