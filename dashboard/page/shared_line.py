"""What a click on a line offers where several trips share it, or several lines lie there: the trips, and the place."""

from __future__ import annotations

from typing import Annotated, Any

import pandas as pd
from dash import html
from dash.development.base_component import Component
from pydantic import BaseModel, Field

from dashboard.language import gettext, ngettext
from dashboard.page.choices import button, choice, named
from dashboard.page.shown import Shown
from dashboard.query.filters import BY_KEY, having
from dashboard.query.selection import combine, masks
from dashboard.travel.travel import MADE
from dashboard.words.cards import Card

MOST_OFFERED = 12
LINE, TRIP = "line", "trip"


class Picked(BaseModel):
    """What lies under a click, as the map has it: `line=…`, `trip=…`, or a filter such as `country=CHN`."""

    choices: Annotated[list[Annotated[str, Field(max_length=400)]], Field(max_length=40)] = []


def offer() -> html.Div:
    """The place of the choice, over the map; empty until something is picked."""
    return html.Div(id="line-choice", className="menu", **named(gettext("Trips along this line"), "dialog"))


def offered(shown: Shown, picked: Picked) -> list[Component]:
    """The trips of the selection that went along what was picked, newest first, and the filters of its places."""
    pairs = [one.partition("=")[::2] for one in picked.choices]
    lines = [value for key, value in pairs if key == LINE and value in shown.travel.lines.index]
    ids = [value for key, value in pairs if key == TRIP]
    days = pd.concat(shown.summary.travel.ask(lambda some: _along(some, shown, lines, ids)))
    newest = days.sort_values(ascending=False, na_position="last", kind="stable").head(MOST_OFFERED).index.tolist()
    trips: list[Component] = [_trip(card) for card in shown.cards.of(shown.summary, newest)]
    more = len(days) - len(newest)
    rest = [html.P(_older(more))] if more else []
    along = ngettext("{number} trip along here", "{number} trips along here", len(days))
    head = html.H3(along if days.size else gettext("Added up here"))
    close = button(gettext("Close"), "close", id="line-choice-close")
    return [head, html.Div(trips, className="options"), *rest, *_filters(shown, lines, pairs), close]


def _older(count: int) -> str:
    return ngettext(
        "and {number} older trip: filter by a place to see it",
        "and {number} older trips: filter by a place to see them",
        count,
    )


def _trip(card: Card) -> Any:
    says = [html.Span(f"{card.nth}: {card.where}"), html.Span(card.when, className="count")]
    return choice(f"trip:={card.trip_id}", says, "option")


def _along(some: Any, shown: Shown, lines: list[str], ids: list[str]) -> pd.Series:
    """The days of leaving home of those selected trips that took one of the lines, and of `ids`."""
    kept = combine(some, masks(some, shown.selection)) & (some.trips["status"] == MADE)
    took = having(some, some.stops.loc[some.stops["line"].isin(lines).to_numpy(), "trip"])
    days: pd.Series = some.trips.loc[(kept & took) | some.trips["trip_id"].isin(ids), "left_home_earliest"]
    return days


def _filters(shown: Shown, lines: list[str], pairs: list[Any]) -> list[Component]:
    """For each place away from home at the end of a line, and for each filter picked, the choice that it is."""
    homes = set(shown.travel.leaders["home_place_id"])
    rows = shown.travel.lines.loc[lines, ["from_place_id", "to_place_id"]]
    ends = [place for place in dict.fromkeys(rows.to_numpy().ravel().tolist()) if place not in homes]
    acts = [("place", place) for place in ends[:4]] + [(key, value) for key, value in pairs if key in BY_KEY]
    return [
        choice(
            f"{key}={value}", gettext("Only trips to {place}", place=BY_KEY[key].name(shown.travel, value)), "option"
        )
        for key, value in acts
    ]
