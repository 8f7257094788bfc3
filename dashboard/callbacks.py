"""The wiring: the address and the reader's choices go in, every view comes out, what the browser has is not sent."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol
from zlib import crc32

import orjson
from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from dashboard.figures import CHARTS, Box
from dashboard.filters import MENUS
from dashboard.menus import Shown, menu_options
from dashboard.payloads import Choice, TableView, read_seen, read_viewport
from dashboard.selection import write
from dashboard.shelf import Shelf
from dashboard.table import table
from dashboard.views import VIEWS, map_data

JSON = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS


class Look(Protocol):
    """A query string -> what it shows."""

    def __call__(self, query: str | None, view: Box | None = None) -> Shown:
        """What the query string shows in `view`, the part of the map in sight (None: all of it)."""


def register(app: Dash, shelf: Shelf) -> None:
    """Register every callback of the page over the trips that its address speaks of."""

    def look(query: str | None, view: Box | None = None) -> Shown:
        opened, reading, summary = shelf.look(query or "")
        return Shown(opened.travel, reading, summary, view, opened.upload)

    _register_views(app, look)
    _register_details(app, look)
    _register_clientside(app)


def _register_views(app: Dash, look: Look) -> None:
    """The address and what the reader chooses -> every view and the table."""
    outputs = {view.id: Output(view.id, view.prop) for view in VIEWS}
    outputs |= {"search": Output("address", "search"), "seen-now": Output("seen", "data")}

    @app.callback(
        outputs, Input("address", "search"), Input("choice", "data"), State("viewport", "data"), State("seen", "data")
    )
    def show(
        search: str | None, choice: dict[str, Any] | None, view: Box | None, seen: dict[str, int] | None
    ) -> dict[str, Any]:
        query = search or ""
        if ctx.triggered_id == "choice" and choice:
            query = write(look(query).reading.selection.act(Choice.model_validate(choice).text))
        shown = look(query, read_viewport(view))
        made = {one.id: one.make(shown) for one in VIEWS}
        fresh, now = unseen(made, read_seen(seen))
        return fresh | {"seen-now": now, "search": query if query != (search or "") else no_update}

    @app.callback(Output("rows", "children"), Input("address", "search"), Input("table-view", "data"))
    def show_table(search: str | None, view: dict[str, Any] | None) -> Any:
        shown = look(search)
        return table(shown.summary, shown.reading.selection, TableView.model_validate(view or {}))


def _register_details(app: Dash, look: Look) -> None:
    """The map drawn closer when the reader zooms in, and the menus narrowed to what is typed."""

    @app.callback(
        Output("map-data", "data", allow_duplicate=True),
        Input("viewport", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def refine(view: Box | None, search: str | None) -> Any:
        return map_data(look(search, read_viewport(view)))

    keys = [one.key for one in MENUS]
    found = {key: Output(f"{key}-options", "children", allow_duplicate=True) for key in keys}
    typed = {key: Input(f"{key}-search", "value") for key in keys}

    @app.callback(found, typed, State("address", "search"), prevent_initial_call=True)
    def find_options(typed: dict[str, str | None], search: str | None) -> dict[str, Any]:
        shown = look(search)
        now = str(ctx.triggered_id).removesuffix("-search")
        return {key: menu_options(key, typed[key] or "")(shown) if key == now else no_update for key in keys}


def unseen(made: dict[str, Any], seen: dict[str, int]) -> tuple[dict[str, Any], dict[str, int]]:
    """What differs from what the browser says it has, by checksum, and the checksums that it has then.

    Values are given to Dash as JSON already made: it would walk through each of their numbers in Python.
    """
    texts = {name: orjson.dumps(value, default=_component, option=JSON) for name, value in made.items()}
    sums = {name: crc32(text) for name, text in texts.items()}
    return {name: no_update if seen.get(name) == sums[name] else orjson.Fragment(texts[name]) for name in made}, sums


def _component(value: Any) -> Any:
    """A Dash component as plain values; anything else that JSON lacks is a fault of ours."""
    if not isinstance(value, Component):
        raise TypeError(f"{type(value).__name__} is not JSON")
    plain: Callable[[], dict[str, Any]] = value.to_plotly_json
    return plain()


def _register_clientside(app: Dash) -> None:
    """What the browser does alone: framing the map, and turning clicks, brushes and typed text into choices."""
    # Dash leaves this method untyped.
    wire: Callable[..., None] = app.clientside_callback

    def page(name: str, outputs: list[Output] | None, *inputs: Input | State) -> None:
        arguments = [outputs, *inputs] if outputs else list(inputs)
        wire(ClientsideFunction("page", name), *arguments)

    page("drawMap", [Output("atlas", "figure"), Output("map-note", "children")], Input("map-data", "data"))
    for graph in ("year-strip", *(chart.id for chart in CHARTS)):
        page("chooseClicked", None, Input(graph, "clickData"))
    page("chooseBrushed", None, Input("year-strip", "selectedData"))
    page("chooseTyped", None, Input("years-from", "value"), Input("years-to", "value"))
    page("showOpened", None, Input("trip-list", "children"))
    page("searchTable", None, Input("table-search", "value"))
