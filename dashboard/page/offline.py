"""The selection as one HTML file that opens from disk without a network: map, charts, itineraries, table and sources.

Hovering works in it; filters do not, since nobody answers them. `/page.html` and the command `export` give it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import cache, partial
from importlib.resources import files
from pathlib import Path
from typing import Any

import orjson
from dash import html
from flask import Flask, Response, request
from markupsafe import Markup, escape

from dashboard import words
from dashboard.datasets.datasets import Datasets, Opened
from dashboard.downloads import Download, attached
from dashboard.downloads.files import file_name
from dashboard.figures import CHARTS, strokes, year_strip
from dashboard.figures.style import transport_styles
from dashboard.language import gettext, number
from dashboard.page import footer, table
from dashboard.page.map_card import map_figure
from dashboard.page.markup import render_macro
from dashboard.page.pictures import source_line
from dashboard.page.sentence import title_of
from dashboard.page.shown import Shown
from dashboard.page.trips import itinerary, label
from dashboard.query.selection import Reading, Selection
from dashboard.query.summaries import Summary, summarise
from dashboard.tables.transport import TRANSPORT_NAMES, in_words
from dashboard.travel.travel import TooManyError, Travel
from dashboard.words.cards import Cards

ASSETS = Path(__file__).parents[2] / "assets"
BUNDLE, BASE_MAP = "plotly-traces.min.js", "basemap/world_110m.json"
# What draws the figures, in this order.
SCRIPTS = ("frame.js", "lines.js", "labels.js", "offline.js")
STYLES = ("page.css", "phone.css", "print.css")
# The itineraries of more trips make a file that a browser opens slowly.
MOST_TRIPS = 1_000
JSON = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS


def register(server: Flask, datasets: Datasets, version: str = "") -> None:
    """Give `server` the addresses `/page.html`, and `/table.html`, from which the page prints all of its rows.

    `version` is that of the data, see `data_version`.
    """
    server.add_url_rule("/page.html", "offline", partial(attached, datasets, _file, version))
    server.add_url_rule("/table.html", "table", partial(_table, datasets))


def _file(opened: Opened, selection: Selection, today: date) -> Download:
    summary = opened.counted(selection.filters)
    looked = selection.filters.choose("view", (selection.view_state("view"),))
    shown = Shown(opened.travel, Reading(looked), summary, opened.cards, opened.upload)
    return offline(shown, today)


def _table(datasets: Datasets) -> Response:
    """The whole table of a selection as a piece of HTML."""
    opened, reading, summary = datasets.read_and_count(request.query_string.decode("utf-8", "replace"))
    rows = table.whole(Shown(opened.travel, reading, summary, opened.cards, opened.upload))
    return Response(rows, mimetype="text/html", headers={"Cache-Control": "no-store"})


def export(travel: Travel, selection: Selection, today: date) -> Download:
    """The file for trips that no server has opened. Raises `TooManyError`."""
    chosen = selection.filters
    return offline(Shown(travel, Reading(chosen), summarise(travel, chosen), Cards()), today)


def offline(shown: Shown, today: date) -> Download:
    """The file. Raises `TooManyError` for more trips than one page holds."""
    summary = shown.summary
    if summary.figures.listed > MOST_TRIPS:
        trips, most = number(summary.figures.listed), number(MOST_TRIPS)
        raise TooManyError(
            gettext(
                "These are {trips} trips; a page that opens offline holds {most}."
                " Narrow the filters, or take the data package.",
                trips=trips,
                most=most,
            )
        )
    sentence = title_of(shown)
    body = render_macro("offline", "document", _frame(), sentence, _content(shown))
    name = file_name(shown.travel, replace(shown.selection, trip=""), "page", "html", today)
    return Download(name, "text/html", str(body).encode())


@cache
def _frame() -> dict[str, Markup]:
    """What is the same in every file: styles, scripts, and the base map."""
    styles = "\n".join((ASSETS / name).read_text("utf-8") for name in STYLES)
    bundle = ASSETS / BUNDLE
    plotly = bundle if bundle.is_file() else Path(str(files("plotly") / "package_data/plotly.min.js"))
    scripts = [path.read_text("utf-8") for path in (plotly, *(ASSETS / name for name in SCRIPTS))]
    return {
        "styles": Markup(styles + transport_styles()),  # noqa: S704 # nosec B704  our own
        "scripts": Markup(";\n".join(scripts).replace("</script", "<\\/script")),  # noqa: S704 # nosec B704  our own
        "base_map": Markup((ASSETS / BASE_MAP).read_text("utf-8").replace("<", "\\u003c")),  # noqa: S704 # nosec B704  our own
    }


def _content(shown: Shown) -> dict[str, Any]:
    """What the file says of the selection."""
    summary, cards = shown.summary, shown.cards
    numbers = _numbers(summary)
    travel = summary.travel.fetch(numbers)
    whose = len(summary.leaders) != 1
    listed = cards.of(summary, numbers)
    drawn = strokes(shown.drawn)
    return {
        "figures": words.key_figures(summary) if summary.figures.listed else None,
        "legend": [
            (mode, int(summary.transports[mode]), " ".join(drawn.get(mode, [])))
            for mode in TRANSPORT_NAMES
            if mode in summary.transports
        ],
        "charts": [(one.id, gettext(one.question), one.answer(summary, cards)) for one in CHARTS],
        "drawn": _drawn(shown),
        "trips": [
            (label(card, whose=whose), itinerary(travel, number)) for card, number in zip(listed, numbers, strict=True)
        ],
        "heads": [gettext(heading) for heading in table.COLUMNS.values()],
        "rows": [[_cell(name, card.texts[name]) for name in table.COLUMNS] for card in listed],
        "as_of": footer.as_of(shown.travel, shown.upload),
        "notes": [
            gettext(footer.DOUBT),
            gettext(footer.BORDERS),
            _marked_up(footer.citation(shown.travel, shown.upload)),
        ],
        "source": source_line(shown),
    }


def _cell(name: str, text: str) -> str:
    return in_words(text) if name == "transport" else text


def _numbers(summary: Summary) -> list[int]:
    """The numbers of all selected trips, the last to leave home first."""
    trips = summary.selected.trips.sort_values(["left_home_earliest", "trip_id"], ascending=False, na_position="last")
    return [int(number) for number in trips.index]


def _drawn(shown: Shown) -> Markup:
    """The figures by the id of their place, as JSON."""
    figures = {
        "map": map_figure(shown),
        "year-strip": year_strip(shown.summary, ()),
        **{chart.id: chart.figure(shown.summary, shown.cards) for chart in CHARTS},
    }
    # No text of the data may end the element that it stands in.
    return Markup(orjson.dumps(figures, option=JSON).decode().replace("<", "\\u003c"))  # noqa: S704 # nosec B704


def _link(anchor: Any) -> tuple[str, str]:
    """Address and words of a link of the page."""
    return anchor.href, anchor.children


def _marked_up(pieces: list[Any]) -> Markup:
    """Texts and links of the page as HTML."""
    parts = [
        Markup('<a href="{}" rel="noopener">{}</a>').format(*_link(piece))
        if isinstance(piece, html.A)
        else escape(piece)
        for piece in pieces
    ]
    return Markup("").join(parts)
