"""The legend: a chip for each transport in the data, as the map draws it, and its trips; a click filters."""

from __future__ import annotations

from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.figures import strokes
from dashboard.language import gettext, number
from dashboard.page.choices import choice, named
from dashboard.page.shown import Shown, View
from dashboard.tables.transport import TRANSPORT_NAMES, in_words
from dashboard.travel.legs import INFERRED


def legend() -> html.Div:
    """The place of the chips."""
    return html.Div(id="legend", className="legend", **named(gettext("Transport"), "group"))


def chips(shown: Shown) -> list[Component]:
    """A chip for each transport that a click would give trips, or that is chosen."""
    counts, chosen = shown.summary.options["transport"], shown.selection.values("transport")
    used = [mode for mode in TRANSPORT_NAMES if counts.get(mode, 0) or mode in chosen]
    drawn = strokes(shown.drawn)
    chips = [_chip(mode, int(counts.get(mode, 0)), drawn.get(mode, []), mode in chosen) for mode in used]
    return [*chips, *_dotted(shown), *_hatched(shown)]


def _dotted(shown: Shown) -> list[Component]:
    """What a dotted line is, where there is one; the note under the map says it of added-up flows."""
    drawn = shown.drawn
    if drawn.summed or not (drawn.lines["certainty"] == INFERRED).any():
        return []
    return [html.Small(gettext("Dotted: the way is not known, only its ends"))]


def _hatched(shown: Shown) -> list[Component]:
    """What the hatched parts of the year strip are, where it has any."""
    if shown.summary.unsure.empty:
        return []
    return [html.Small(gettext("Years, hatched: trips that may have begun then; the day is not certain"))]


def _chip(mode: str, trips: int, drawn: list[str], chosen: bool) -> Any:
    stroke = " ".join(["stroke", mode, *drawn])
    says = [html.I(className=f"icon {mode}"), html.I(className=stroke), f"{in_words(mode)} ", html.B(number(trips))]
    return choice(f"transport={mode}", says, "chip legend-chip", pressed=chosen)


LEGEND = View("legend", "children", chips)
VIEWS = (LEGEND,)
