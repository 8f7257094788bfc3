"""The places of a selection: how often each was visited, when first and last, and the last visits themselves."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard.language import gettext, ngettext
from dashboard.page.choices import choice
from dashboard.page.shown import Shown, View
from dashboard.tables import dates
from dashboard.tables.countries import country_name

MOST_LISTED = 60
# So many visits of a place are named, the last ones; the place itself chooses all of them.
MOST_VISITS = 3


def panel() -> html.Div:
    """The place of the list."""
    return html.Div(id="visited", className="news")


def visited(shown: Shown) -> list[Component]:
    """The places visited, the most visited first; each opens as a filter, and each visit as its trip."""
    if shown.selection.view_state("tab") != "places" or not shown.travel.in_memory:
        return []
    selected = shown.summary.selected.made
    visits = selected.stops[(selected.stops["kind"] == "visit").to_numpy()]
    counts = visits["place_id"].astype("str").value_counts().sort_index().sort_values(ascending=False, kind="stable")
    if counts.empty:
        return [html.P(gettext("No place visited is on record."), className="none")]
    top = counts.head(MOST_LISTED)
    items = [_place(shown, str(place), visits[(visits["place_id"] == place).to_numpy()]) for place in top.index]
    left = len(counts) - len(top)
    more = [html.P(_more(left))] if left else []
    return [html.Ol(items, className="visited"), *more]


def _more(places: int) -> str:
    return ngettext(
        "and {number} more place: take the file of places, or narrow the filters",
        "and {number} more places: take the file of places, or narrow the filters",
        places,
    )


def _place(shown: Shown, place: str, visits: pd.DataFrame) -> html.Li:
    """One place: its name and country, its visits counted, the last of them."""
    row = shown.travel.places.loc[place]
    country = country_name(str(row["country_iso3"]))
    named: list[Any] = [html.B(str(row["place"])), "" if country == row["place"] else f", {country}"]
    many = html.Span(_visits(len(visits)), className="count")
    days = dates.bounds(visits["arrived"].astype("str"))["earliest"]
    newest = visits.loc[days.sort_values(ascending=False, na_position="last", kind="stable").index]
    trips = [_visit(shown, visit) for visit in newest.head(MOST_VISITS).itertuples()]
    left = len(visits) - len(trips)
    rest = [html.Li(_earlier(left))] if left else []
    return html.Li([choice(f"place={place}", [html.Span(named), many], "option"), html.Ul([*trips, *rest])])


def _visits(visits: int) -> str:
    return ngettext("{number} visit", "{number} visits", visits)


def _earlier(visits: int) -> str:
    return ngettext("and {number} earlier visit", "and {number} earlier visits", visits)


def _visit(shown: Shown, visit: Any) -> html.Li:
    """One visit: its days and whose it was; a click opens the trip."""
    trip = shown.travel.trips.loc[visit.trip]
    days = dates.say_span(str(visit.arrived), str(visit.left))
    several = len(shown.summary.leaders) != 1
    leader = str(shown.travel.leaders.at[trip["leader_id"], "name"])
    says = gettext("{days}, {leader}", days=days, leader=leader) if several else days
    return html.Li(choice(f"trip:={trip['trip_id']}", says, "visit"))


VIEWS = (View("visited", "children", visited),)
