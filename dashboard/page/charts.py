"""The cards of the charts: the question as title, the answer under it, the figure; a click on a bar filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import html

from dashboard.figures import CHARTS, Chart
from dashboard.page import pictures
from dashboard.page.map_card import graph
from dashboard.page.shown import Shown, View


def charts() -> html.Section:
    """A card for each of `CHARTS`."""
    return html.Section([_card(chart) for chart in CHARTS], className="charts")


def _card(chart: Chart) -> html.Section:
    answered = html.P(id=f"{chart.id}-answer")
    parts = [html.H2(chart.question), answered, graph(chart.id, "chart", chart.question), pictures.takers(chart.id)]
    view: Any = {"data-view": chart.id}
    return html.Section(parts, className="card", **view)


def _figure(chart: Chart) -> Callable[[Shown], Any]:
    return lambda shown: chart.draw(shown.summary, shown.cards)


def _answer(chart: Chart) -> Callable[[Shown], str]:
    return lambda shown: chart.answer(shown.summary, shown.cards)


VIEWS = (
    *(View(chart.id, "figure", _figure(chart)) for chart in CHARTS),
    *(View(f"{chart.id}-answer", "children", _answer(chart)) for chart in CHARTS),
)
