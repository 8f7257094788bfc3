"""Traces on two axes; where there are no traces, words in their place."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from dashboard.figures.style import SOFT, Figure, layout
from dashboard.language import gettext

# Letters of a line that fit into the narrowest card.
LETTERS = 28


def on_axes(data: list[Figure], *, xaxis: Figure, yaxis: Figure, **more: Any) -> Figure:
    """Traces on two axes; without traces there are no axes either."""
    hidden = {"visible": False}
    axes = {"xaxis": xaxis, "yaxis": yaxis} if data else {"xaxis": hidden, "yaxis": hidden}
    return {"data": data, "layout": layout(barmode="stack", **axes, **more)}


def with_words(figure: Figure, why: str) -> Figure:
    """A figure without traces that says why; '' is that nothing is selected."""
    says = why or gettext("No trip is selected, so there is nothing to draw.")
    middle = {"xref": "paper", "yref": "paper", "x": 0.5, "y": 0.5, "showarrow": False}
    words = middle | {"text": "<br>".join(wrap(says, LETTERS)), "font": {"size": 13, "color": SOFT}}
    return figure | {"layout": figure["layout"] | {"annotations": [words]}}
