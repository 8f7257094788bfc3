"""The page as it stands before anything is counted: every part has its place, and `views` fills them."""

from __future__ import annotations

from typing import Any

from dash import dcc, html

from dashboard.controls import action, choice, named
from dashboard.downloads import FORMATS, snippets
from dashboard.figures import CHARTS, Chart
from dashboard.filters import BY_KEY, MENUS, Filter

GRAPH: dcc.Graph.Config = {"displayModeBar": False, "showSendToCloud": False, "responsive": True, "doubleClick": False}
# A menu longer than this gets a field to type a name into; the list then holds the most travelled only.
LONG_MENU = 40
# What stands for the page's address until the browser puts in its own: no query holds a slash.
HERE = "HERE/"


def page() -> html.Div:
    """The whole page, empty of figures and of what depends on the data."""
    return html.Div(
        [
            dcc.Location(id="address", refresh=False),
            dcc.Store(id="choice"),
            dcc.Store(id="seen"),
            dcc.Store(id="map-data"),
            dcc.Store(id="viewport"),
            dcc.Store(id="table-view"),
            html.A("Skip to the trips", href="#trips", className="skip"),
            _head(),
            html.Main([_question(), _map_and_trips(), _charts(), _table()]),
            _foot(),
            _share(),
        ],
        className="page",
    )


def _head() -> html.Header:
    links = [
        html.A("Your own trips", href="upload"),
        html.A("Download", href="#table"),
        html.A("About the data", href="#about"),
        action("Share", "share", "share", **{"aria-haspopup": "dialog"}),
    ]
    return html.Header([html.A("Leader Travel", href="?", className="brand"), html.Nav(links)])


def _question() -> html.Section:
    """The sentence whose words open their choices, what it amounts to, the chips, and what was ignored."""
    sentence = [
        menu(BY_KEY["leader"]),
        html.Span(" travelled abroad "),
        years_menu(),
        html.Span(" "),
        menu(BY_KEY["transport"]),
    ]
    chips = [html.Div(id="chips"), *(menu(one) for one in MENUS if one.shown == "chip")]
    return html.Section(
        [
            html.Div(id="upload", role="status"),
            html.H1(id="sentence", className="unseen"),
            html.Div(sentence, className="sentence", **named("Choose leader, years and transport")),
            html.P(id="key-figures", role="status"),
            html.Div(chips, className="chips", **named("More filters")),
            html.Div(id="notices", role="status"),
        ],
        className="question",
    )


def menu(one: Filter) -> html.Details:
    """The choices of one filter behind its own words; `views` writes both. Many choices get a field to find one."""
    search = dcc.Input(id=f"{one.key}-search", type="search", placeholder="Type a name", debounce=0.2)
    field = html.Label(
        [html.Span(f"Find: {one.label.lower()}", className="unseen"), search],
        id=f"{one.key}-find",
        className="find",
        hidden=True,
    )
    return html.Details(
        [
            html.Summary(id=f"{one.key}-words", title=f"Choose: {one.label.lower()}"),
            html.Div([field, html.Div(id=f"{one.key}-options", className="options")], className="menu"),
        ],
        className="choice",
        id=f"{one.key}-menu",
    )


def years_menu() -> html.Details:
    """First and last year to type, beside the strip to drag over."""
    first, last = (
        html.Label([word, dcc.Input(id=f"years-{word}", type="number", step=1, debounce=True)])
        for word in ("from", "to")
    )
    clear = choice("All years", "years=", className="option")
    return html.Details(
        [html.Summary(id="years-words", title="Choose: years"), html.Div([first, last, clear], className="menu years")],
        className="choice",
        id="years-menu",
    )


def _map_and_trips() -> html.Div:
    graph = dcc.Graph(id="atlas", config=GRAPH | {"scrollZoom": True, "topojsonURL": "assets/basemap/"})
    buttons = [
        action(sign, "zoom", how, title=says, **{"aria-label": says})
        for sign, says, how in (("+", "Zoom in", "in"), ("−", "Zoom out", "out"), ("⤢", "Zoom to selection", "fit"))
    ]
    # The map's own points cannot be reached by key: this moves it, and the list of trips holds what it shows, in words.
    keys = html.Button("Move the map with the arrow keys, zoom with + and -", id="map-keys", className="map-keys")
    strip = dcc.Graph(id="year-strip", config=GRAPH)
    map_card = html.Section(
        [
            html.Div(
                [html.Div(graph, className="atlas"), keys, html.Div(buttons, className="zoom")],
                className="map",
                **named("Map", "region"),
            ),
            html.Div(id="legend", className="legend", **named("Transport")),
            html.P(id="map-note", role="status"),
            html.P(id="not-on-the-map"),
            html.Div(strip, className="strip", **named("Trips by year; drag to choose years", "region")),
        ],
        className="card map-card",
    )
    panel = html.Section([html.H2("Trips"), html.Div(id="trip-list")], id="trips", className="card panel")
    return html.Div([map_card, panel], className="top")


def _charts() -> html.Section:
    return html.Section([_chart(chart) for chart in CHARTS], className="charts")


def _chart(chart: Chart) -> html.Section:
    graph = html.Div(dcc.Graph(id=chart.id, config=GRAPH), className="chart")
    return html.Section([html.H2(chart.question), html.P(id=f"{chart.id}-answer"), graph], className="card")


def _table() -> html.Section:
    find = dcc.Input(id="table-search", type="search", placeholder="Search these rows", debounce=0.3)
    label = html.Label([html.Span("Search these rows", className="unseen"), find])
    head = [html.H2(id="table-title"), html.Div(id="downloads", className="downloads"), label]
    return html.Section(
        [html.Div(head, className="table-head"), html.Div(id="rows", className="rows")], id="table", className="card"
    )


def _foot() -> html.Footer:
    """Data as of, sources, licence, citation, and what borders and lines do not claim."""
    return html.Footer(
        [
            html.H2("About the data"),
            html.P(id="as-of"),
            html.P(
                "A ? marks what the sources do not confirm. Railway and road lines are schematic, straight from town"
                " to town, so their lengths are lower bounds; flights follow the great circle. The main transport of a"
                " trip is the one that covered most of its distance. Days count from leaving home to being back, both"
                " included."
            ),
            html.P(
                "Borders and coastlines: Natural Earth, in an edition nearer to United Nations views; they are no"
                " position on sovereignty. The country of a stop is written in the data, never read off the map."
                " Place names and coordinates: GeoNames (CC BY 4.0) and hand-checked places."
            ),
            html.P(id="citation"),
            html.P(id="all-files", className="all-files"),
            html.P(id="ledger", className="all-files"),
        ],
        id="about",
    )


def _share() -> html.Dialog:
    """The address of the view and the lines that fetch its rows; `share.js` opens it and puts in where the page is."""
    return html.Dialog(
        [
            html.H2("Share this view"),
            _copied("share-address", "Address", HERE),
            html.Div(id="share-snippets"),
            html.P(id="share-said", role="status"),
            action("Close", "close", "share"),
        ],
        id="share",
        **named("Share this view", "dialog"),
    )


def share(query: str) -> list[html.Section | html.P]:
    """For pandas, R and curl the lines that fetch the rows of a query, and the package of it."""
    package = html.A("Data package (zip)", href=f"package.zip{query}", className="button")
    described = html.A("Description for programs (OpenAPI)", href="openapi.json", className="button")
    lines = [_copied(f"share-{one.key}", one.label, one.code) for one in snippets(HERE, query)]
    return [*lines, html.P([package, described], className="downloads")]


def _copied(name: str, title: str, code: str) -> html.Section:
    """A text to copy, which `share.js` writes: the page does not know its own address."""
    attributes: dict[str, Any] = {"data-code": code}
    button = action("Copy", "copy", name, **{"aria-label": f"Copy: {title}"})
    return html.Section([html.H3(title), button, html.Pre(id=name, tabIndex=0, **attributes)])


def ledger(query: str) -> list[html.Span | html.A]:
    """Links to the places of a query with the origin of their coordinates, as a page and in each format."""
    links = [html.A("As a page", href=f"places{query}")]
    links += [html.A(one.label, href=f"places.{one.suffix}{query}") for one in FORMATS]
    return [html.Span("Where each coordinate comes from, and how precise it is:"), *links]
