"""The map in its card: the figure, the buttons that zoom it, the legend, the year strip, and what is left out."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard import words
from dashboard.figures import draw_map, frame_of, journey, most_travelled, year_strip
from dashboard.page import pictures, shared_line, twins
from dashboard.page.choices import button, named
from dashboard.page.legend import legend
from dashboard.page.shown import Shown, View
from dashboard.query.filters import year_range

CONFIG: Any = {"displayModeBar": False, "showSendToCloud": False, "doubleClick": False}
# Until its first answer an empty figure would show axes.
EMPTY = {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False},
                                "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)"}}  # fmt: skip
# What Plotly says of a figure drawn without a brush: said before, it is no news, and nothing is asked.
UNBRUSHED: Any = {"points": []}
# What fingers do, said where there are some: assets/touch.js.
TOUCH = "Two fingers move and zoom the map."
MAP_NAME = "Map of the trips; below it stands a table of the same"
ZOOMS = (("in", "+", "Zoom in"), ("out", "−", "Zoom out"), ("fit", "⤢", "Zoom to selection"))


def graph(name: str, class_name: str, label: str, **config: Any) -> html.Div:
    """A figure of the page, empty until an answer fills it, as a picture of this name and the height of its class."""
    drawn = dcc.Graph(id=name, figure=EMPTY, responsive=True, config=CONFIG | config, selectedData=UNBRUSHED)
    return html.Div(drawn, className=class_name, **named(label, "img"))


def map_card() -> html.Section:
    """Map, legend and year strip."""
    buttons = [button(sign, title=says, id=f"zoom-{how}", **named(says)) for how, sign, says in ZOOMS]
    keys = button("Move the map with the arrow keys, zoom with + and -", "map-keys", id="map-keys")
    drawn = [graph("atlas", "atlas", MAP_NAME, scrollZoom=True), keys, html.Div(buttons, className="zoom"),
             shared_line.offer(), html.Div(id="map-hover", hidden=True)]  # fmt: skip
    return html.Section(
        [
            html.Div(drawn, className="map"),
            html.P(TOUCH, className="touch-note"),
            legend(),
            html.P(id="map-note", role="status"),
            html.P(id="not-on-the-map"),
            graph("year-strip", "strip", "Trips by year; drag to choose years, or type them above"),
            twins.opener(twins.MAP, "the map and the years"),
            pictures.takers("map"),
        ],
        className="card map-card",
    )


def map_figure(shown: Shown) -> dict[str, Any]:
    """The figure of the map; in its `meta` the boxes (west, south, east, north) of all and the open trip, its note."""
    drawn = shown.drawn
    opened = journey(shown.summary.travel, shown.selection.trip)
    figure = draw_map(shown.summary, drawn, opened)
    # A closer view is no new selection: the frame is that of all of it.
    whole = most_travelled(shown.summary) if shown.viewport else drawn
    meta = {"frame": frame_of(whole), "trip": opened.frame, "note": drawn.note}
    return figure | {"layout": figure["layout"] | {"meta": meta}}


def strip_figure(shown: Shown) -> dict[str, Any]:
    """The year strip with the chosen ranges."""
    return year_strip(shown.summary, tuple(map(year_range, shown.selection.values("years"))))


def not_on_the_map(shown: Shown) -> str:
    """Stops that the map cannot show, counted and named."""
    summary = shown.summary
    if not summary.figures.unplaced_stops:
        return ""
    names = summary.unplaced.index
    more = f" and {len(names) - 10:,} more places" if len(names) > 10 else ""
    count = words.count(summary.figures.unplaced_stops, "stop")
    verb = "is" if summary.figures.unplaced_stops == 1 else "are"
    return f"{count} {verb} not on the map for want of coordinates: {', '.join(names[:10])}{more}."


MAP = View("atlas", "figure", map_figure)
VIEWS = (
    MAP,
    View("not-on-the-map", "children", not_on_the_map),
    View("year-strip", "figure", strip_figure),
)
