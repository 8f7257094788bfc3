"""One summary -> what fills each part of the page. `VIEWS` names part, property and maker; the wiring loops over it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from dashboard import words
from dashboard.downloads import FORMATS, snippets
from dashboard.figures import CHARTS, Chart, atlas, choose, frame_of, year_strip
from dashboard.page import footer as imprint
from dashboard.page.layout import HERE
from dashboard.page.markup import part
from dashboard.page.menus import Shown, is_short, menu_options, menu_words, year_end, years_words
from dashboard.page.table import table
from dashboard.page.trips import trip_list
from dashboard.query.filters import BY_KEY, MENUS, year_range
from dashboard.query.selection import describe, write
from dashboard.tables.transport import TRANSPORT_NAMES


@dataclass(frozen=True)
class View:
    """One part of the page: the element's id, what of it is set, and how its value is made.

    `prop` is `html` (text is escaped, `Markup` is not), `figure`, `hidden` or `value`.
    """

    id: str
    prop: str
    make: Callable[[Shown], Any]


def sentence(shown: Shown) -> str:
    """The selection as the page's heading."""
    return describe(shown.travel, shown.reading.selection)


def key_figures(shown: Shown) -> Markup:
    """`11 trips` to 5 countries, …: 6 by train, 3 by plane, 2 by car."""
    if not shown.summary.figures.trips:
        chosen = shown.reading.selection.chosen
        return part("parts", "no_trip", [(key, BY_KEY[key].label.lower()) for key, _ in chosen])
    return part("parts", "key_figures", *words.key_figures(shown.summary))


def notices(shown: Shown) -> Markup:
    """What the address said that could not be used."""
    return part("parts", "notices", shown.reading.ignored)


def chips(shown: Shown) -> Markup:
    """The choices that the sentence cannot hold, each with a way to lift it, and `Everything`."""
    selection = shown.reading.selection
    held = [
        (f"{key}={value}", BY_KEY[key].name(shown.travel, value), BY_KEY[key].label.lower())
        for key, values in selection.chosen
        if BY_KEY[key].shown != "sentence"
        for value in values
    ]
    return part("parts", "chips", held, bool(selection.chosen))


def legend(shown: Shown) -> Markup:
    """A chip for each transport in the data: icon, pattern and number of trips; a click filters."""
    counts, chosen = shown.summary.options["transport"], shown.reading.selection.values("transport")
    used = [mode for mode in TRANSPORT_NAMES if counts.get(mode, 0) or mode in chosen]
    return part("parts", "legend", [(mode, f"{counts.get(mode, 0):,}", mode in chosen) for mode in used])


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
    drawn = choose(shown.summary, shown.ask.viewport)
    figure = atlas(shown.summary, drawn, shown.reading.selection.trip)
    # A closer view is no new selection: the frame is that of all of it.
    whole = choose(shown.summary) if shown.ask.viewport else drawn
    return figure | {"frame": frame_of(whole), "note": drawn.note}


def strip(shown: Shown) -> dict[str, Any]:
    """The year strip with the chosen ranges."""
    return year_strip(shown.summary, tuple(map(year_range, shown.reading.selection.values("years"))))


def _query(shown: Shown) -> str:
    """The address of the selection; which trip stands open makes no difference to a file."""
    return write(shown.reading.selection.choose("trip", ()))


def downloads(shown: Shown) -> Markup:
    """A link for each format, saying how many rows it gives."""
    rows = words.count(shown.summary.figures.trips, "row")
    return part("parts", "files", "trips", FORMATS, _query(shown), title=rows, class_="button")


def table_title(shown: Shown) -> Markup:
    """How many rows the table holds, and that they are what the map shows."""
    return part("parts", "table_title", words.count(shown.summary.figures.trips, "trip"))


def share(shown: Shown) -> Markup:
    """For pandas, R and curl the lines that fetch the rows of the selection, and the package of it."""
    query = _query(shown)
    return part("parts", "share", snippets(HERE, query), query)


def _figure(chart: Chart) -> Callable[[Shown], Any]:
    return lambda shown: chart.draw(shown.summary, shown.cards)


def _answer(chart: Chart) -> Callable[[Shown], str]:
    return lambda shown: chart.answer(shown.summary, shown.cards)


VIEWS = (
    View("atlas", "figure", map_data),
    View("sentence", "html", sentence),
    View("upload", "html", lambda shown: imprint.upload_line(shown.upload)),
    View("key-figures", "html", key_figures),
    View("notices", "html", notices),
    View("chips", "html", chips),
    *(View(f"{one.key}-words", "html", menu_words(one)) for one in MENUS),
    *(View(f"{one.key}-find", "hidden", is_short(one.key)) for one in MENUS),
    View("years-words", "html", years_words),
    View("years-from", "value", year_end(0)),
    View("years-to", "value", year_end(1)),
    View("legend", "html", legend),
    View("not-on-the-map", "html", not_on_the_map),
    View("year-strip", "figure", strip),
    View("trip-list", "html", lambda shown: trip_list(shown.summary, shown.cards, shown.reading.selection.trip)),
    *(View(chart.id, "figure", _figure(chart)) for chart in CHARTS),
    *(View(f"{chart.id}-answer", "html", _answer(chart)) for chart in CHARTS),
    View("downloads", "html", downloads),
    View("table-title", "html", table_title),
    View("rows", "html", lambda shown: table(shown.summary, shown.reading.selection, shown.ask.table, shown.cards)),
    View("share-snippets", "html", share),
    View("ledger", "html", lambda shown: part("parts", "ledger", FORMATS, _query(shown))),
    View("as-of", "html", lambda shown: imprint.as_of(shown.travel, shown.upload)),
    View("citation", "html", lambda shown: imprint.citation(shown.travel, shown.upload)),
    View("all-files", "html", lambda shown: imprint.all_files(shown.upload)),
)


def asked(shown: Shown) -> list[View]:
    """The views that the browser asked for (none named: all of them), and the choices of the menu that stands open."""
    menu = shown.ask.menu.key
    views = [one for one in VIEWS if not shown.ask.parts or one.id in shown.ask.parts]
    is_menu = any(one.key == menu for one in MENUS)
    return [*views, View(f"{menu}-options", "html", menu_options)] if is_menu else views
