"""Under the heading: what the selection amounts to, whose trips these are, what of the address was not used."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import words
from dashboard.language import gettext, ngettext
from dashboard.page.choices import choice
from dashboard.page.counting import in_unit
from dashboard.page.footer import as_of, upload_line
from dashboard.page.sentence import any_of
from dashboard.page.shown import Shown, View
from dashboard.query.filters import BY_KEY, DOUBT


def upload() -> html.Div:
    """The place of the line that says whose upload is shown."""
    return html.Div(id="upload", role="status")


def key_figures() -> html.P:
    """The place of the line of key figures."""
    return html.P(id="key-figures", role="status")


def print_note() -> html.P:
    """The line that only paper shows under the heading: as of when the data are."""
    return html.P(id="print-note")


def notices() -> html.Div:
    """The place of notices: what was ignored of the address, and that the server does not answer."""
    return html.Div([html.Div(id="ignored"), html.P(id="unanswered")], id="notices", role="status")


def announced() -> html.Div:
    """The place of what only a screen reader is told: how the open trip runs, what a comparison shows first."""
    said: Any = {"role": "status", "aria-atomic": "false"}
    return html.Div([html.P(id="trip-said"), html.P(id="difference-said")], className="unseen", **said)


def totals(shown: Shown) -> list[Any]:
    """`11 trips` to 5 countries, …: 6 by train, 3 by plane, 2 by car. Of no trip: that, and the ways back."""
    if not shown.summary.figures.listed:
        return [gettext("No trip matches."), *_maybe(shown), " ", *_ways_back(shown)]
    trips, amount, parts = words.key_figures(shown.summary)
    listed = [piece for one in parts for piece in (", ", html.Strong(one))]
    unit = in_unit(shown)
    trips = gettext("{counted} on {trips}", counted=unit, trips=trips) if unit else trips
    return [html.Strong(trips), f" {amount}: ", *listed[1:], ".", *_maybe(shown)]


def _maybe(shown: Shown) -> list[Any]:
    """How many more trips may lie in the chosen years, and the choice of those."""
    trips, years = shown.summary.figures.maybe, shown.selection.values("years")
    if not trips:
        return []
    says = ngettext(
        "{number} more trip may have begun in these years: the day is not certain.",
        "{number} more trips may have begun in these years: the day is not certain.",
        trips,
    )
    those = [" ", choice(f"years:={years[0]}{DOUBT}", gettext("Show them"))] if len(years) == 1 else []
    return [" ", says, *those]


def _ways_back(shown: Shown) -> list[Component]:
    lifts = [choice(f"{key}=", any_of(BY_KEY[key])) for key, _ in shown.selection.chosen]
    return [*lifts, choice("=", gettext("Show everything"))]


def ignored(shown: Shown) -> list[Component]:
    """What the address said that could not be used."""
    if not shown.reading.ignored:
        return []
    return [html.P(gettext("Ignored in the address:")), html.Ul([html.Li(one) for one in shown.reading.ignored])]


VIEWS = (
    View("upload", "children", lambda shown: upload_line(shown.upload, shown.here)),
    View("key-figures", "children", totals),
    View("ignored", "children", ignored),
    View(
        "print-note",
        "children",
        lambda shown: gettext("{as_of} Sources: see the table.", as_of=as_of(shown.travel, shown.upload)),
    ),
)
