"""Playing the trips over the year strip: ▶, year by year or added up, at three speeds; the frames are the browser's."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.figures import film
from dashboard.language import gettext, marked
from dashboard.page.choices import button, named
from dashboard.page.shown import Shown, View

WAYS = {"year": marked("Year by year"), "all": marked("Added up")}
SPEEDS = {"slow": marked("Slow"), "normal": marked("Normal"), "fast": marked("Fast")}


def marker() -> html.Div:
    """The year that is played, over the strip; keys move it: arrows, Home, End, space."""
    slider: Any = {"role": "slider", "tabIndex": 0, "aria-valuemin": 0, "aria-valuemax": 0, "aria-valuenow": 0}
    return html.Div(id="play-now", className="play-now", **named(gettext("Year that is played")), **slider)


def player() -> html.Div:
    """The controls under the strip, and the place where what is played is said."""
    go = button("▶", "play-go", title=gettext("Play"), id="play-go", **named(gettext("Play")))
    end = button("✕", "play-end", title=gettext("Show all again"), id="play-end", **named(gettext("Show all again")))
    year = dmc.NumberInput(
        id="play-year", placeholder=gettext("Year"), value="", allowDecimal=False, allowNegative=False,
        hideControls=True, **named(gettext("Play from the year")),
    )  # fmt: skip
    controls: list[Component] = [
        go,
        _select("play-way", gettext("How it is played"), WAYS, "year"),
        _select("play-speed", gettext("Speed"), SPEEDS, "normal"),
        year,
        end,
        html.P(id="play-says", role="status"),
    ]
    return html.Div(controls, id="play", className="play", **named(gettext("Play the trips"), "group"))


def _select(name: str, label: str, values: dict[str, str], value: str) -> dmc.SegmentedControl:
    data = [{"value": one, "label": gettext(says)} for one, says in values.items()]
    return dmc.SegmentedControl(id=name, data=data, value=value, size="xs", **named(label))


def _film(shown: Shown) -> dict[str, Any]:
    return film(shown.summary, shown.selection.trip)


VIEWS = (View("film", "data", _film),)
