"""One summary -> what fills each part of the page. `VIEWS` names part, property and maker; the wiring loops over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dash import html

from dashboard import imprint, words
from dashboard.controls import choice
from dashboard.downloads import FORMATS
from dashboard.figures import CHARTS, Chart, atlas, choose, frame_of, year_strip
from dashboard.filters import BY_KEY, MENUS, year_range
from dashboard.layout import ledger, share
from dashboard.menus import Shown, is_short, menu_options, menu_words, year_end, years_words
from dashboard.schema import TRANSPORTS
from dashboard.selection import describe, write
from dashboard.trip_list import trip_list


@dataclass(frozen=True)
class View:
    """One part of the page: the component's id, its property, and how its value is made."""

    id: str
    prop: str
    make: Callable[[Shown], Any]


def sentence(shown: Shown) -> str:
    """The selection as the page's heading."""
    return describe(shown.travel, shown.reading.selection)


def key_figures(shown: Shown) -> list[Any]:
    """`11 trips` to 5 countries, …: 6 by train, 3 by plane, 2 by car."""
    if not shown.summary.figures.trips:
        lifts = [choice(f"Any {BY_KEY[key].label.lower()}", f"{key}=") for key, _ in shown.reading.selection.chosen]
        return ["No trip matches. ", *lifts, choice("Show everything", "=")]
    trips, amount, parts = words.key_figures(shown.summary)
    line: list[Any] = [html.Strong(trips), f" {amount}: "]
    for part in parts:
        line += [html.Strong(part), ", "]
    return [*line[:-1], "."]


def notices(shown: Shown) -> list[Any]:
    """What the address said that could not be used."""
    if not shown.reading.ignored:
        return []
    return [html.P("Ignored in the address:"), html.Ul([html.Li(what) for what in shown.reading.ignored])]


def chips(shown: Shown) -> list[html.Button]:
    """The choices that the sentence cannot hold, each with a way to lift it, and `Everything`."""
    selection = shown.reading.selection
    held = [
        choice(
            f"{BY_KEY[key].name(shown.travel, value)} ✕",
            f"{key}={value}",
            className="chip chosen",
            title=f"Lift: {BY_KEY[key].label.lower()}",
        )
        for key, values in selection.chosen
        if BY_KEY[key].shown != "sentence"
        for value in values
    ]
    everything = choice("Everything", "=", className="chip")
    return [*held, everything] if selection.chosen else held


def legend(shown: Shown) -> list[html.Button]:
    """A chip for each transport in the data: icon, pattern and number of trips; a click filters."""
    counts, chosen = shown.summary.options["transport"], shown.reading.selection.values("transport")
    return [
        choice(
            [
                html.I(className=f"icon {mode}"),
                html.I(className=f"stroke {mode}"),
                f"{mode} ",
                html.B(f"{counts.get(mode, 0):,}"),
            ],
            f"transport={mode}",
            pressed=mode in chosen,
            className="chip legend-chip",
        )
        for mode in TRANSPORTS
        if counts.get(mode, 0) or mode in chosen
    ]


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


def map_data(shown: Shown) -> dict[str, Any]:
    """The figure of the map, the box it should frame (west, south, east, north), and what it leaves out, in words."""
    drawn = choose(shown.summary, shown.view)
    figure = atlas(shown.summary, drawn, shown.reading.selection.trip)
    # A closer view is no new selection: the frame is that of all of it.
    whole = choose(shown.summary) if shown.view else drawn
    return {"figure": figure, "frame": frame_of(whole), "note": drawn.note}


def strip(shown: Shown) -> dict[str, Any]:
    """The year strip with the chosen ranges."""
    return year_strip(shown.summary, tuple(map(year_range, shown.reading.selection.values("years"))))


def downloads(shown: Shown) -> list[html.A]:
    """A link for each format, saying how many rows it gives."""
    selection = shown.reading.selection.choose("trip", ())
    rows = words.count(shown.summary.figures.trips, "row")
    return [
        html.A(
            one.label, href=f"trips.{one.suffix}{write(selection)}", title=f"{rows} as {one.label}", className="button"
        )
        for one in FORMATS
    ]


def _query(shown: Shown) -> str:
    """The address of the selection; which trip stands open makes no difference to a file."""
    return write(shown.reading.selection.choose("trip", ()))


def table_title(shown: Shown) -> list[Any]:
    """How many rows the table holds, and that they are what the map shows."""
    return [
        words.count(shown.summary.figures.trips, "trip"),
        html.Small(" exactly what the map shows; a search here narrows only the rows below"),
    ]


def _figure(chart: Chart) -> Callable[[Shown], Any]:
    return lambda shown: chart.draw(shown.summary)


def _answer(chart: Chart) -> Callable[[Shown], str]:
    return lambda shown: chart.answer(shown.summary)


VIEWS = (
    View("sentence", "children", sentence),
    View("upload", "children", lambda shown: imprint.upload_line(shown.upload)),
    View("key-figures", "children", key_figures),
    View("notices", "children", notices),
    View("chips", "children", chips),
    *(View(f"{one.key}-words", "children", menu_words(one)) for one in MENUS),
    *(View(f"{one.key}-options", "children", menu_options(one.key)) for one in MENUS),
    *(View(f"{one.key}-find", "hidden", is_short(one.key)) for one in MENUS),
    View("years-words", "children", years_words),
    View("years-from", "value", year_end(0)),
    View("years-to", "value", year_end(1)),
    View("legend", "children", legend),
    View("not-on-the-map", "children", not_on_the_map),
    View("map-data", "data", map_data),
    View("year-strip", "figure", strip),
    View("trip-list", "children", lambda shown: trip_list(shown.summary, shown.reading.selection.trip)),
    *(View(chart.id, "figure", _figure(chart)) for chart in CHARTS),
    *(View(f"{chart.id}-answer", "children", _answer(chart)) for chart in CHARTS),
    View("downloads", "children", downloads),
    View("table-title", "children", table_title),
    View("share-snippets", "children", lambda shown: share(_query(shown))),
    View("ledger", "children", lambda shown: ledger(_query(shown))),
    View("as-of", "children", lambda shown: imprint.as_of(shown.travel, shown.upload)),
    View("citation", "children", lambda shown: imprint.citation(shown.travel, shown.upload)),
    View("all-files", "children", lambda shown: imprint.all_files(shown.upload)),
)
