"""The map in its card: the figure, the buttons that zoom it, the legend, the year strip, and what is left out."""

from __future__ import annotations

from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.figures import WORLD, draw_map, frame_of, middle_of, open_trip, year_strip
from dashboard.language import gettext, marked, ngettext
from dashboard.page import pictures, play, shared_line, twins
from dashboard.page.choices import button, choice, named
from dashboard.page.legend import legend
from dashboard.page.shown import Shown, View
from dashboard.query.filters import year_range
from dashboard.query.view_state import MAPS

CONFIG: Any = {"displayModeBar": False, "showSendToCloud": False, "doubleClick": False}
# Until its first answer an empty figure would show axes.
EMPTY = {"data": [], "layout": {"xaxis": {"visible": False}, "yaxis": {"visible": False},
                                "paper_bgcolor": "rgba(0,0,0,0)", "plot_bgcolor": "rgba(0,0,0,0)"}}  # fmt: skip
# What Plotly says of a figure drawn without a brush: said before, it is no news, and nothing is asked.
UNBRUSHED: Any = {"points": []}
# What fingers do, said where there are some: assets/touch.js.
TOUCH = marked("Two fingers move and zoom the map.")
MAP_NAME = marked("Map of the trips; below it stands a table of the same")
ZOOMS = (
    ("in", "+", marked("Zoom in")),
    ("out", "−", marked("Zoom out")),
    ("fit", "⤢", marked("Zoom to selection")),
    ("world", "◯", marked("Whole world")),
)
KINDS = {"map": marked("Map"), "globe": marked("Globe")}
# So many places that are not on the map are named.
MOST_NAMED = 10


def graph(name: str, class_name: str, label: str, **config: Any) -> html.Div:
    """A figure of the page, empty until an answer fills it, as a picture of this name and the height of its class."""
    drawn = dcc.Graph(id=name, figure=EMPTY, responsive=True, config=CONFIG | config, selectedData=UNBRUSHED)
    return html.Div(drawn, className=class_name, **named(label, "img"))


def map_card() -> html.Section:
    """Map, legend and year strip."""
    zooms = [(how, sign, gettext(says)) for how, sign, says in ZOOMS]
    buttons = [button(sign, title=says, id=f"zoom-{how}", **named(says)) for how, sign, says in zooms]
    keys = button(gettext("Move the map with the arrow keys, zoom with + and -"), "map-keys", id="map-keys")
    kinds = html.Div(id="map-kinds", className="map-kinds", **named(gettext("Map or globe"), "group"))
    loading = html.P(gettext("Loading the map …"), className="loading")
    drawn = [loading, graph("map", "map-figure", gettext(MAP_NAME), scrollZoom=True), kinds, keys,
             html.Div(buttons, className="zoom"), shared_line.offer(),
             html.Div(id="map-hover", hidden=True)]  # fmt: skip
    return html.Section(
        [
            html.Div(drawn, className="map"),
            html.P(gettext(TOUCH), className="touch-note"),
            legend(),
            html.P(id="map-note", role="status"),
            html.P(id="not-on-the-map"),
            html.Div(
                [
                    graph("year-strip", "strip", gettext("Trips by year; drag to choose years, or type them above")),
                    play.marker(),
                ],
                className="played-strip",
            ),
            play.player(),
            twins.opener(twins.MAP, gettext("the map and the years")),
            html.Div(
                [
                    pictures.takers("map", gettext("Picture of the map:"), gettext("Map")),
                    pictures.takers("year-strip", gettext("Picture of the years:"), gettext("Years")),
                ],
                className="takers",
            ),
        ],
        className="card map-card",
    )


def map_figure(shown: Shown) -> dict[str, Any]:
    """The figure of the map.

    Its `meta` holds the boxes (west, south, east, north) of all trips, of the open one and of the world, the `middle`
    of all trips (longitude, latitude), what is left out in words, and whether it is drawn as `map` or `globe`.
    """
    drawn = shown.drawn
    opened = open_trip(shown.summary.travel, shown.selection.trip)
    kind = shown.selection.view_state("view")
    figure = draw_map(shown.summary, drawn, opened, globe=kind == "globe")
    # A closer view is no new selection: the frame is that of all of it.
    whole = shown.drawn_whole
    boxes = {"frame": frame_of(whole), "middle": middle_of(whole), "trip": opened.frame, "world": WORLD}
    meta = {**boxes, "note": drawn.note, "view": kind}
    return figure | {"layout": figure["layout"] | {"meta": meta}}


def kinds(shown: Shown) -> list[Component]:
    """Two buttons, of which the one that is drawn is pressed."""
    now = shown.selection.view_state("view")
    return [choice(f"view:={kind}", gettext(KINDS[kind]), "chip", pressed=kind == now) for kind in MAPS]


def strip_figure(shown: Shown) -> dict[str, Any]:
    """The year strip with the chosen ranges."""
    return year_strip(shown.summary, tuple(map(year_range, shown.selection.values("years"))))


def left_out(shown: Shown) -> str:
    """What the map cannot show: stops without coordinates, and the ways from and to a home that is not given."""
    return " ".join(filter(None, (not_on_the_map(shown), without_home(shown))))


def without_home(shown: Shown) -> str:
    """Why there are no ways from and to home, where nobody said where a leader lives; of an upload what helps."""
    leaders = shown.travel.leaders.reindex(shown.summary.leaders.index)
    names = leaders.loc[(leaders["home_place"] == "").to_numpy(), "name"].tolist()
    if not names:
        return ""
    why = ngettext(
        "The home town of {name} is not given, so that the ways from and to it are neither drawn nor measured.",
        "The home towns of {number} leaders are not given, so that the ways from and to them are neither drawn nor"
        " measured.",
        len(names),
        name=names[0],
    )
    helps = gettext("“Change columns or places” above has a field for the home town.")
    return f"{why} {helps}" if shown.upload and not shown.upload.link else why


def not_on_the_map(shown: Shown) -> str:
    """Stops that the map cannot show, counted and named."""
    summary = shown.summary
    if not summary.figures.unplaced_stops:
        return ""
    names = summary.unplaced.index.tolist()
    said = ", ".join(names[:MOST_NAMED])
    if len(names) > MOST_NAMED:
        said = ngettext(
            "{names} and {number} more place", "{names} and {number} more places", len(names) - MOST_NAMED, names=said
        )
    return ngettext(
        "{number} stop is not on the map for want of coordinates: {places}.",
        "{number} stops are not on the map for want of coordinates: {places}.",
        summary.figures.unplaced_stops,
        places=said,
    )


MAP = View("map", "figure", map_figure)
VIEWS = (
    MAP,
    View("map-kinds", "children", kinds),
    View("not-on-the-map", "children", left_out),
    View("year-strip", "figure", strip_figure),
)
