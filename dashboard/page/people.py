"""The people: how often the leader went to each, received each, met each elsewhere, and when a visit was returned."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from dashboard import words
from dashboard.language import gettext, marked, number
from dashboard.page.choices import choice
from dashboard.page.shown import Shown, View
from dashboard.query.inbound import exchanges
from dashboard.tables.reading import named_rows

MOST_LISTED = 40
HEADINGS = (
    marked("Whom"),
    marked("Visits made"),
    marked("Received"),
    marked("Met elsewhere"),
    marked("First visit returned after"),
)


def panel() -> html.Div:
    """The place of the list."""
    return html.Div(id="people", className="news")


def people(shown: Shown) -> list[Component]:
    """A row for each leader and counterpart; visits received are no trips, and filters on trips do not touch them."""
    if shown.selection.view_state("tab") != "people" or not shown.travel.in_memory:
        return []
    rows = exchanges(shown.travel, shown.selection)
    if rows.empty:
        return [html.P(gettext("Nobody met is on record."), className="none")]
    head = html.Tr([html.Th(gettext(name), scope="col") for name in HEADINGS])
    body = [_row(row, shown) for row in named_rows(rows.head(MOST_LISTED))]
    more = (
        [html.P(gettext("and {number} more", number=number(len(rows) - MOST_LISTED)))]
        if len(rows) > MOST_LISTED
        else []
    )
    return [html.Table([html.Thead(head), html.Tbody(body)]), *more]


def _row(row: Any, shown: Shown) -> html.Tr:
    leader = str(shown.travel.leaders.at[row.leader_id, "name"])
    whose = "" if len(shown.summary.leaders) == 1 else f" ({leader})"
    says = f"{row.counterpart}{whose}"
    name = choice(f"met={row.met}", says) if row.met in shown.travel.people.index else says
    lag = "" if pd.isna(row.return_days) else words.days(int(row.return_days), uncertain=bool(row.return_uncertain))
    return html.Tr([html.Td(cell) for cell in (name, row.made, row.received, row.elsewhere, lag)])


VIEWS = (View("people", "children", people),)
