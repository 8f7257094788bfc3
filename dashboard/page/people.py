"""The people: how often the leader went to each, received each, met each elsewhere; when, where, what was returned."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import words
from dashboard.language import gettext, listed, ngettext, number
from dashboard.page.choices import choice
from dashboard.page.shown import Shown, View
from dashboard.query.inbound import exchanges
from dashboard.tables import dates
from dashboard.tables.reading import named_rows

MOST_LISTED = 40


def panel() -> html.Div:
    """The place of the list."""
    return html.Div(id="people", className="news")


def people(shown: Shown) -> list[Component]:
    """An entry for each leader and counterpart; visits received are no trips, filters on trips do not touch them."""
    if shown.selection.view_state("tab") != "people" or not shown.travel.in_memory:
        return []
    rows = exchanges(shown.travel, shown.selection)
    if rows.empty:
        return [html.P(gettext("Nobody met is on record."), className="none")]
    items = [_person(row, shown) for row in named_rows(rows.head(MOST_LISTED))]
    left = len(rows) - MOST_LISTED
    more = [html.P(gettext("and {number} more", number=number(left)))] if left > 0 else []
    return [html.Ol(items, className="visited"), *more]


def _person(row: Any, shown: Shown) -> html.Li:
    """One person: whom, how often and which way, when first and last, where, and when a visit was returned."""
    leader = str(shown.travel.leaders.at[row.leader_id, "name"])
    whose = "" if len(shown.summary.leaders) == 1 else f" ({leader})"
    named: list[Any] = [html.B(row.counterpart), whose]
    often = html.Span(_times(row.made + row.received + row.elsewhere), className="count")
    parts: list[Any] = [html.Span(named), often]
    known = row.met in shown.travel.people.index
    head = choice(f"met={row.met}", parts, "option") if known else html.Div(parts, className="option")
    when, where = dates.say_span(row.first, row.last), listed(row.places.split("; ")) if row.places else ""
    lines = [
        listed(list(_ways(row))),
        gettext("{days}: {places}", days=when, places=where) if where else when,
    ]
    if not pd.isna(row.return_days):
        lag = words.days(int(row.return_days), uncertain=bool(row.return_uncertain))
        lines.append(gettext("First visit returned after {days}", days=lag))
    return html.Li([head, html.Ul([html.Li(one) for one in lines])])


def _ways(row: Any) -> Iterator[str]:
    """How often the leader went, received and met elsewhere: what never was is left out."""
    if row.made:
        yield ngettext("{number} visit made", "{number} visits made", int(row.made))
    if row.received:
        yield ngettext("{number} visit received", "{number} visits received", int(row.received))
    if row.elsewhere:
        yield ngettext("{number} meeting elsewhere", "{number} meetings elsewhere", int(row.elsewhere))


def _times(count: int) -> str:
    return ngettext("{number} time", "{number} times", int(count))


VIEWS = (View("people", "children", people),)
