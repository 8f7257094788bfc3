"""Two selections side by side (`with=…`): the difference in words, maps and charts on the same scales, their files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from dashboard import words
from dashboard.downloads import FORMATS
from dashboard.figures import CHARTS, charts_of, maps_of
from dashboard.language import gettext, ngettext
from dashboard.page.choices import choice, named
from dashboard.page.map_card import CONFIG
from dashboard.page.sentence import popover
from dashboard.page.shown import Shown, View
from dashboard.query.filters import BY_KEY, year_range
from dashboard.query.selection import Selection, describe, write
from dashboard.query.summaries import Summary
from dashboard.query.view_state import WITH

# More leaders than these are not offered; the address takes any.
MOST_OFFERED = 24
QUESTIONS = {chart.id: chart.question for chart in CHARTS}


def menu() -> dmc.Popover:
    """What the selection can be compared with: another leader, or another period of the same."""
    labels = {"from": gettext("from"), "to": gettext("to")}
    fields = [
        dmc.NumberInput(
            id=f"other-{end}", label=says, value="", allowDecimal=False, allowNegative=False, hideControls=True
        )
        for end, says in labels.items()
    ]
    period = html.Div(fields, className="years", **named(gettext("Other years to compare with"), "group"))
    content = html.Div(
        [html.Div(id="other-options", className="options"), html.P(gettext("or with the years")), period]
    )
    return popover("other", gettext("Compare with"), gettext("What to compare with"), [content])


def comparison() -> html.Section:
    """The place of the comparison, empty where nothing is compared."""
    return html.Section(id="compare", className="compare", **named(gettext("Two selections side by side")))


def options(shown: Shown) -> list[Component]:
    """The other leaders with their trips, and the years before and after the chosen ones."""
    counts = shown.summary.options["leader"]
    chosen = shown.selection.values("leader")
    others = [str(leader) for leader in counts.index if str(leader) not in chosen][:MOST_OFFERED]
    leaders = [
        _option(shown.selection.beside("leader", (one,)), BY_KEY["leader"].name(shown.travel, one), int(counts[one]))
        for one in others
    ]
    periods = [
        _option(shown.selection.beside("years", (years,)), BY_KEY["years"].name(shown.travel, years))
        for years in _periods(shown)
    ]
    return [*leaders, *periods]


def _option(compared: Selection, says: str, trips: int | None = None) -> Any:
    count = [] if trips is None else [html.Span(f"{trips:,}", className="count")]
    return choice(f"{WITH}:={compared.view_state(WITH)}", [html.Span(says), *count], "option")


def _periods(shown: Shown) -> Iterator[str]:
    """As many years before the chosen ones, and after, as far as there are trips."""
    chosen = shown.selection.values("years")
    trips = shown.summary.years_all.sum(axis=1)
    known = trips.index[trips > 0]
    if len(chosen) != 1 or known.empty:
        return
    first, last = year_range(chosen[0])
    span = last - first + 1
    for start, end in ((first - span, first - 1), (last + 1, last + span)):
        if start <= known.max() and end >= known.min() and start > 0:
            yield f"{start:04}-{end:04}" if span > 1 else f"{start:04}"


def other_end(which: int) -> Any:
    """First (0) or last (1) year of the second selection, for the fields to type into; else nothing."""

    def make(shown: Shown) -> int | str:
        chosen = shown.other.selection.values("years") if shown.other else ()
        return year_range(chosen[0])[which] if len(chosen) == 1 else ""

    return make


def sides(shown: Shown) -> list[Component]:
    """The head with the difference in words, and under it the two selections."""
    one, other = shown.summary, shown.other
    if other is None:
        return []
    kind = shown.selection.view_state("view")
    maps, charts = maps_of(one, other, kind), charts_of(one, other, shown.cards)
    names = words.told_apart(one, other)
    columns = [
        _side(names[at], (one, other)[at], maps[at], {chart: pair[at] for chart, pair in charts.items()})
        for at in (0, 1)
    ]
    title = gettext("{one} and {other}, on the same scales", one=names[0], other=names[1])
    end = choice(f"{WITH}=", gettext("End the comparison"), "close")
    said = html.Ul([html.Li(each) for each in words.differences(one, other)], className="differences", role="list")
    below = gettext("List, charts, table and downloads below are of the first alone: {one}.", one=names[0])
    return [html.Div([html.H2(title), end], className="compare-head"), said,
            html.Div(columns, className="sides"), html.P(below, className="below")]  # fmt: skip


def first_difference(shown: Shown) -> str:
    """What a screen reader is told of a comparison once it begins; '' where nothing is compared."""
    return words.differences(shown.summary, shown.other)[0] if shown.other else ""


def _side(name: str, summary: Summary, map_figure: Any, charts: dict[str, Any]) -> html.Section:
    """One selection: its sentence and key figures, its map and charts, and its files, which say whose they are."""
    says = describe(summary.travel, summary.selection)
    drawn: list[Component] = [_drawn(gettext("Map"), "side-map", map_figure, name)]
    for chart, figure in charts.items():
        question = gettext(QUESTIONS[chart])
        drawn += [html.H3(question), _drawn(question, "chart", figure, name)]
    return html.Section([html.H3(says, className="side-title"), _figures(summary), *drawn, _files(summary, name)],
                        className="side card", **named(name))  # fmt: skip


def _figures(summary: Summary) -> html.P:
    if not summary.figures.trips:
        return html.P(gettext("No trip matches."))
    trips, amount, parts = words.key_figures(summary)
    return html.P([html.Strong(trips), f" {amount}: {', '.join(parts)}."])


def _drawn(what: str, class_name: str, figure: Any, name: str) -> html.Div:
    return html.Div(
        dcc.Graph(figure=figure, responsive=True, config=CONFIG),
        className=class_name,
        **named(f"{what}: {name}", "region"),
    )


def _files(summary: Summary, name: str) -> html.Div:
    query = write(summary.selection.filters)
    says = ngettext("{number} trip of {name}:", "{number} trips of {name}:", summary.figures.trips, name=name)
    links = [
        html.A(
            form.label,
            href=f"trips.{form.suffix}{query}",
            className="button",
            **named(gettext("{format}: the trips of {name}", format=form.label, name=name)),
        )
        for form in FORMATS
    ]
    return html.Div([says, *links], className="downloads")


VIEWS = (
    View("compare", "children", sides),
    View("difference-said", "children", first_difference),
    View("other-options", "children", options),
    View("other-from", "value", other_end(0)),
    View("other-to", "value", other_end(1)),
)
