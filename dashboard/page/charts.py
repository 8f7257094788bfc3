"""The cards of the charts: the question as title, the answer under it, the figure; a click on a bar filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dash import html

from dashboard.figures import CHARTS, Chart
from dashboard.language import gettext
from dashboard.page import pictures, twins
from dashboard.page.map_card import graph
from dashboard.page.shown import Shown, View


def charts() -> html.Section:
    """A card for each of `CHARTS`."""
    return html.Section([_card(chart) for chart in CHARTS], className="charts")


def _card(chart: Chart) -> html.Section:
    answered = html.P(id=f"{chart.id}-answer")
    question = gettext(chart.question)
    parts = [html.H2(question), answered, graph(chart.id, "chart", question),
             twins.opener(chart.id, question), pictures.takers(chart.id)]  # fmt: skip
    return html.Section(parts, id=f"{chart.id}-card", className="card")


def _is_elsewhere(chart: Chart) -> Callable[[Shown], bool]:
    """Whether another chart stands alone in a frame."""
    return lambda shown: shown.selection.view_state("embed") not in ("", chart.id)


def _figure(chart: Chart) -> Callable[[Shown], Any]:
    return lambda shown: chart.figure(shown.summary, shown.cards)


def _left(chart: Chart) -> Callable[[Shown], str]:
    return lambda shown: chart.left(shown.summary, shown.cards)


def _answer(chart: Chart) -> Callable[[Shown], str]:
    return lambda shown: chart.answer(shown.summary, shown.cards)


VIEWS = (
    *(View(f"{chart.id}-card", "hidden", _is_elsewhere(chart)) for chart in CHARTS),
    *(View(chart.id, "figure", _figure(chart)) for chart in CHARTS),
    *(View(f"{chart.id}-answer", "children", _answer(chart)) for chart in CHARTS),
    *(View(f"{chart.id}-left", "children", _left(chart)) for chart in CHARTS),
)
