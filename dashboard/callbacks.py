"""The wiring: the address and the reader's choices go in, every view comes out, what the browser has is not sent."""

from __future__ import annotations

from functools import lru_cache
from typing import Any
from zlib import crc32

from dash import ClientsideFunction, Dash, Input, Output, State, ctx, no_update
from plotly.io.json import to_json_plotly

from dashboard.figures import CHARTS, Box
from dashboard.selection import Reading, read, write
from dashboard.summaries import Summary, summarise
from dashboard.table import table
from dashboard.trips import Travel
from dashboard.views import MENUS, VIEWS, Shown, map_data, menu_options

REMEMBERED = 64


def register(app: Dash, travel: Travel) -> None:
    """Register every callback of the page over one `Travel`."""

    @lru_cache(maxsize=REMEMBERED)
    def counted(query: str) -> tuple[Reading, Summary]:
        reading = read(query, travel)
        return reading, summarise(travel, reading.selection)

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
            query = write(read(query, travel).selection.act(str(choice.get("text", ""))))
        reading, summary = counted(query)
        shown = Shown(travel, reading, summary, view)
        made = {one.id: one.make(shown) for one in VIEWS}
        fresh, now = unseen(made, seen or {})
        return fresh | {"seen-now": now, "search": query if query != (search or "") else no_update}

    @app.callback(Output("rows", "children"), Input("address", "search"), Input("table-view", "data"))
    def show_table(search: str | None, view: dict[str, Any] | None) -> Any:
        reading, summary = counted(search or "")
        return table(summary, reading.selection, view or {})

    @app.callback(
        Output("map-data", "data", allow_duplicate=True),
        Input("viewport", "data"),
        State("address", "search"),
        prevent_initial_call=True,
    )
    def refine(view: Box | None, search: str | None) -> Any:
        return map_data(Shown(travel, *counted(search or ""), view))

    found = {key: Output(f"{key}-options", "children", allow_duplicate=True) for key in MENUS}
    typed = {key: Input(f"{key}-search", "value") for key in MENUS}

    @app.callback(found, typed, State("address", "search"), prevent_initial_call=True)
    def find_options(typed: dict[str, str | None], search: str | None) -> dict[str, Any]:
        shown = Shown(travel, *counted(search or ""))
        now = str(ctx.triggered_id).removesuffix("-search")
        return {key: menu_options(key, typed[key] or "")(shown) if key == now else no_update for key in MENUS}

    _register_clientside(app)


def unseen(made: dict[str, Any], seen: dict[str, int]) -> tuple[dict[str, Any], dict[str, int]]:
    """What differs from what the browser says it has, by checksum, and the checksums that it has then."""
    sums = {name: crc32(to_json_plotly(value).encode()) for name, value in made.items()}
    return {name: no_update if seen.get(name) == sums[name] else made[name] for name in made}, sums


def _register_clientside(app: Dash) -> None:
    """What the browser does alone: framing the map, and turning clicks, brushes and typed text into choices."""

    def page(name: str, outputs: list[Output] | None, *inputs: Input | State) -> None:
        arguments = [outputs, *inputs] if outputs else list(inputs)
        app.clientside_callback(ClientsideFunction("page", name), *arguments)

    page("drawMap", [Output("atlas", "figure"), Output("map-note", "children")], Input("map-data", "data"))
    for graph in ("year-strip", *(chart.id for chart in CHARTS)):
        page("chooseClicked", None, Input(graph, "clickData"))
    page("chooseBrushed", None, Input("year-strip", "selectedData"))
    page("chooseTyped", None, Input("years-from", "value"), Input("years-to", "value"))
    page("showOpened", None, Input("trip-list", "children"))
    page("searchTable", None, Input("table-search", "value"))
