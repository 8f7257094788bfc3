"""The text twins of the map and the charts: the same values as tables, which open below each; their names choose."""

from __future__ import annotations

from typing import Any

from dash import html
from markupsafe import Markup

from dashboard.figures import CHARTS, Twin, of_map, years_twin
from dashboard.language import gettext
from dashboard.page.markup import render_macro
from dashboard.page.shown import Shown, View

MAP = "map"


def opener(view: str, question: str) -> html.Details:
    """What opens the tables of one view, with their place."""
    left = html.Span(id=f"{view}-left", className="left")
    says: Any = [left, html.Span(gettext("As a table")), html.Span(f": {question}", className="unseen")]
    return html.Details([html.Summary(says), html.Div(id=f"{view}-twin")], className="twin")


def of_view(shown: Shown, view: str) -> list[Twin]:
    """The tables of the map (with those of the year strip under it), or of the chart of this id."""
    summary = shown.summary
    if view == MAP:
        years = years_twin(gettext("Trips by year, whatever years are chosen"), summary.years_all, summary.unsure)
        return [*of_map(shown.drawn_whole, summary.travel), years]
    return [chart.twin(summary, shown.cards) for chart in CHARTS if chart.id == view]


def as_html(shown: Shown, view: str) -> Markup:
    """The tables of one view."""
    return Markup("").join(render_macro("twins", "table", one) for one in of_view(shown, view))


def twins(shown: Shown) -> dict[str, str]:
    """The tables as HTML by the id of their place."""
    return {f"{view}-twin": str(as_html(shown, view)) for view in (MAP, *(chart.id for chart in CHARTS))}


VIEWS = (View("twins-html", "data", twins),)
