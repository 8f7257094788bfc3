"""The trips of a selection as a list, newest first; the open one shows its itinerary with what each source says."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from urllib.parse import quote

import pandas as pd
from dash import html
from markupsafe import Markup

from dashboard import words
from dashboard.language import gettext, marked, ngettext, number
from dashboard.page.markup import render_macro
from dashboard.page.shown import View
from dashboard.query.evidence import AGREED, DISPUTED, SINGLE, UNSOURCED, fields
from dashboard.query.misfits import misfits
from dashboard.query.offices import offices
from dashboard.query.selection import select
from dashboard.query.summaries import Summary
from dashboard.tables import dates
from dashboard.tables.countries import country_name
from dashboard.tables.reading import named_rows
from dashboard.tables.transport import UNKNOWN, by, in_words
from dashboard.travel.travel import CANCELLED, Travel
from dashboard.words.cards import MOST_KEPT, Card, Cards

MOST_LISTED = 60
# What stands beside a stop of some certainty; beside others it is their name.
DOUBTS = {
    "reported": "",
    CANCELLED: marked("cancelled"),
    "expected": marked("expected, not reported"),
    "inferred": marked("inferred, not reported"),
}
KINDS = {"transit": marked(" (in transit)"), "home": marked(" (home)")}
# What a source may speak of, in words.
FIELDS = {
    "trip": marked("the trip as a whole"),
    "left_home": marked("left home"),
    "back_home": marked("back home"),
    "reached_by": marked("the transport"),
    "distance_km": marked("the distance"),
    "days": marked("the length"),
    "place": marked("the place"),
    "met": marked("whom he met"),
    "occasion": marked("occasion"),
    "aircraft": marked("aircraft"),
}
STANCES = {"supports": marked("supports"), "disputes": marked("disputes")}
STATUSES = {
    AGREED: marked("agreed"),
    DISPUTED: marked("disputed"),
    SINGLE: marked("single-sourced"),
    UNSOURCED: marked("unsourced"),
}


def panel() -> html.Div:
    """The place of the list."""
    return html.Div(id="trip-list")


def trip_list(summary: Summary, cards: Cards, opened: str = "") -> Markup:
    """One item per trip, newest first, `opened` (a trip id) with its itinerary; what is cut off is counted."""
    numbers = summary.newest[:MOST_LISTED].tolist()
    left = summary.figures.listed - len(numbers)
    opens = _number_of(summary.travel, opened) if opened else []
    numbers += [number for number in opens if number not in numbers]
    journeys = {opened: _opened(summary, opens[0], cards)} if opens else {}
    several = len(summary.leaders) != 1
    items = [
        (card.trip_id, label(card, whose=several), journeys.get(card.trip_id)) for card in cards.of(summary, numbers)
    ]
    return render_macro("trips", "trip_list", items, _older(left) if left else "")


def _older(count: int) -> str:
    return ngettext(
        "and {number} older trip: narrow the filters, or see the table.",
        "and {number} older trips: narrow the filters, or see the table.",
        count,
    )


@lru_cache(maxsize=MOST_KEPT)
def label(card: Card, *, whose: bool = False) -> Markup:
    """What the button of a trip says; `whose` names the leader, where trips of several are listed."""
    mode, nth = card.texts["transport"], card.whose if whose else card.nth
    return render_macro("trips", "label", mode, by(mode), card.where, card.when, nth, card.why)


def _opened(summary: Summary, number: int, cards: Cards) -> dict[str, Any]:
    """The itinerary of a trip, and beside it the trips before and after it in the selection."""
    travel = summary.travel.fetch([number])
    inside = len(select(travel, summary.selection).trips) == 1
    newest = summary.newest.tolist()
    at = newest.index(number) if inside and number in newest else None
    beside = {} if at is None else {"later": newest[at - 1 : at], "earlier": newest[at + 1 : at + 2]}
    ids = {way: [card.trip_id for card in cards.of(summary, numbers)] for way, numbers in beside.items()}
    return itinerary(travel, number) | {
        "trip_id": travel.trips.at[number, "trip_id"],
        "inside": inside,
        "earlier": "".join(ids.get("earlier", [])),
        "later": "".join(ids.get("later", [])),
    }


def opened_sentence(summary: Summary, trip_id: str) -> str:
    """The sentence of the trip that stands open; '' where none does."""
    numbers = _number_of(summary.travel, trip_id) if trip_id else []
    return words.quotable(summary.travel.fetch(numbers), numbers[0]) if numbers else ""


def opened_itinerary(summary: Summary, trip_id: str) -> dict[str, Any] | None:
    """The itinerary of the trip that stands open; None where none does."""
    numbers = _number_of(summary.travel, trip_id) if trip_id else []
    return itinerary(summary.travel.fetch(numbers), numbers[0]) if numbers else None


def _number_of(travel: Travel, trip_id: str) -> list[int]:
    return list(travel.numbers_of([trip_id]).values())


def itinerary(travel: Travel, number: int) -> dict[str, Any]:
    """One trip (by number), stop by stop, with its meetings and the word of its sources."""
    trip: Any = travel.trips.loc[number]
    stops = travel.stops[travel.stops["trip"] == number]
    meetings = travel.meetings[travel.meetings["trip"] == number]
    evidence = travel.evidence[travel.evidence["trip"] == number]
    return {
        "sentence": words.quotable(travel, number),
        "facts": _facts(trip),
        "office": _office(travel, number),
        # The day of leaving home is not the day of the first stop.
        "left": dates.say(trip["left_home"]) if trip["left_home"] else "",
        "home": str(travel.leaders.at[trip["leader_id"], "home_place"]) or gettext("home"),
        "steps": [_step(travel, stop, meetings) for stop in named_rows(stops)],
        "notes": [
            text
            for text in (trip["outcome"] and gettext("Outcome: {outcome}.", outcome=trip["outcome"]), trip["note"])
            if text
        ],
        "said_by": _count_sources(evidence),
        "publishers": list(dict.fromkeys(zip(evidence["publisher"].tolist(), evidence["url"].tolist(), strict=True))),
        "sources": [_source(row) for row in named_rows(evidence)],
        "elsewhere": _met_elsewhere(stops, meetings),
        "misfits": misfits(travel, number).all,
        **_sourced(travel, number),
    }


def _met_elsewhere(stops: pd.DataFrame, meetings: pd.DataFrame) -> list[str]:
    """The meetings that stand at no stop visited."""
    visited = stops.loc[(stops["kind"] == "visit").to_numpy(), "place"].astype("str")
    return [_meeting(one) for one in named_rows(meetings[~meetings["place"].isin(visited).to_numpy()])]


def _meeting(one: Any) -> str:
    return gettext(
        "met {person} ({country}), {day}",
        person=one.counterpart,
        country=country_name(one.counterpart_country_iso3),
        day=dates.say(one.date),
    )


def _office(travel: Travel, number: int) -> str:
    """In which posts the leader was when he left home; '' where no term is known."""
    held = offices(travel.fetch([number])).loc[number]
    posts = str(held["posts"])
    match held["in_office"]:
        case "yes":
            return gettext("In office: {posts}.", posts=posts) if posts else gettext("In office.")
        case "perhaps":
            says = gettext("Perhaps in office: {posts}. The days do not say for certain.", posts=posts)
            return says if posts else gettext("Perhaps in office: the days do not say for certain.")
        case "no":
            return gettext("Out of office: no term that is known holds this day.")
        case _:
            return ""


def _facts(trip: Any) -> str:
    """How long, how far, by what: what is not known is said to be so."""
    days = gettext("days from home to home unknown")
    if not pd.isna(trip["days"]):
        long = words.days(int(trip["days"]), uncertain=bool(trip["days_uncertain"]))
        days = gettext("{days} from home to home, both ends counted", days=long)
    far = words.distance(trip["distance_km"], trip["at_least"])
    mode = str(trip["transport"])
    if mode == UNKNOWN:
        return gettext("{days}; {distance}, transport unknown", days=days, distance=far)
    return gettext("{days}; {distance}, mainly by {transport}", days=days, distance=far, transport=in_words(mode))


def _sourced(travel: Travel, number: int) -> dict[str, Any]:
    """How well each field is sourced, and by how many; and those that nobody speaks of."""
    every = fields(travel, number)
    spoken = [one for one in every if one.status != UNSOURCED]
    return {
        "fields": [(_named(one.name), gettext(STATUSES[one.status]), _publishers(one.publishers)) for one in spoken],
        "patch": f"patch.csv?trip={quote(str(travel.trips.at[number, 'trip_id']), safe='')}",
        "unsourced": ", ".join(_named(one.name) for one in every if one.status == UNSOURCED),
    }


def _named(field: str) -> str:
    """A field in words."""
    return gettext(FIELDS[field]) if field in FIELDS else field.replace("_", " ")


def _publishers(count: int) -> str:
    if not count:
        return gettext("by publishers that are not named")
    return ngettext("{number} publisher", "{number} publishers", count)


def _step(travel: Travel, stop: Any, meetings: pd.DataFrame) -> dict[str, Any]:
    """One stop: when, where, how reached, how far, how sure, and whom the leader met there."""
    kind = gettext(KINDS.get(stop.kind, ""))
    country = country_name(stop.country_iso3)
    here = meetings[meetings["place"] == stop.place]
    return {
        "when": dates.say_span(stop.arrived, stop.left),
        "place": stop.place,
        "rest": ("" if country == stop.place else f", {country}") + kind,
        "doubt": gettext(DOUBTS[stop.certainty]),
        "how": _how(travel, stop),
        "met": [_meeting(one) for one in named_rows(here)] if stop.kind == "visit" else [],
    }


def _how(travel: Travel, stop: Any) -> str:
    """How a stop was reached: transport, where from, how far, how sure the line is."""
    route, names = travel.routes.loc[stop.route], travel.places["place"]
    said = {"how": by(stop.mode), "distance": words.leg_distance(route)}
    if stop.from_place_id not in names.index:
        return gettext("{how}, {distance}", **said)
    return gettext("{how} from {place}, {distance}", place=names[stop.from_place_id], **said)


def _count_sources(evidence: pd.DataFrame) -> str:
    """How many pages, or publishers where no page is named, speak of the trip, and how many dispute something."""
    pages = evidence["url"].where(evidence["url"] != "", evidence["publisher"])
    disputing = pages[evidence["stance"] == "disputes"].nunique()
    count = words.sources(pages.nunique())
    if not disputing:
        return count
    return gettext("{sources}, {number} of them with dissent", sources=count, number=number(disputing))


def _source(row: Any) -> dict[str, str]:
    about = "" if row.field == "trip" else gettext(" on {field}", field=_named(row.field))
    return {
        "stance": row.stance,
        "stance_in_words": gettext(STANCES.get(row.stance, row.stance)),
        "about": about,
        "says": row.says,
        "publisher": row.publisher,
        "url": row.url,
    }


VIEWS = (
    View("trip-said", "children", lambda shown: opened_sentence(shown.summary, shown.selection.trip)),
    View("trip-list-html", "data", lambda shown: str(trip_list(shown.summary, shown.cards, shown.selection.trip))),
)
