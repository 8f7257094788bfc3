"""The job in Vizro: a page of graphs, a card and a grid, whose parameters are the filters."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag
import plotly.graph_objects as go
import vizro.models as vm
from dash import Dash
from drawing import CONFIG, FILTERS, VISITS, YEARS, chosen, count, options, route_map, table, year_bars
from vizro import Vizro
from vizro.managers import data_manager
from vizro.models.types import capture

data_manager["visits"] = VISITS
PARTS = ("count", "map", "by-year", "table")


@capture("figure")
def said(data_frame: Any, leader: str, transport: str, country: str, years: list[int]) -> Any:
    """How many trips there are."""
    from dash import html  # noqa: PLC0415

    return html.P(count(chosen(data_frame, leader, transport, country, years)), id="count")


@capture("graph")
def routes(data_frame: Any, leader: str, transport: str, country: str, years: list[int]) -> go.Figure:
    """The map."""
    return route_map(chosen(data_frame, leader, transport, country, years))


@capture("graph")
def bars(data_frame: Any, leader: str, transport: str, country: str, years: list[int]) -> go.Figure:
    """The bars."""
    return year_bars(chosen(data_frame, leader, transport, country, years))


@capture("ag_grid")
def grid(data_frame: Any, leader: str, transport: str, country: str, years: list[int]) -> dag.AgGrid:
    """The table."""
    rows = table(chosen(data_frame, leader, transport, country, years))
    columns = [{"field": name} for name in rows]
    return dag.AgGrid(rowData=rows.to_dict("records"), columnDefs=columns, dashGridOptions={"pagination": True})


everything: dict[str, Any] = {"data_frame": "visits", **dict.fromkeys(FILTERS, "All"), "years": list(YEARS)}
targets = {name: [f"{part}-part.{name}" for part in PARTS] for name in (*FILTERS, "years")}
page = vm.Page(
    title="Leaders' travel",
    components=[
        vm.Figure(id="count-part", figure=said(**everything)),
        vm.Graph(id="map-part", figure=routes(**everything), extra={"config": CONFIG}),
        vm.Graph(id="by-year-part", figure=bars(**everything)),
        vm.Table(id="table-part", figure=grid(**everything)),
    ],
    controls=[
        *(
            vm.Parameter(
                targets=targets[name],
                selector=vm.Dropdown(id=name, title=name, options=options(name), value="All", multi=False),
            )
            for name in FILTERS
        ),
        vm.Parameter(
            targets=targets["years"],
            selector=vm.Slider(range=True, title="years", min=YEARS[0], max=YEARS[1], step=1, value=list(YEARS)),
        ),
    ],
)
app: Dash = Vizro(assets_folder="assets").build(vm.Dashboard(pages=[page])).dash
server = app.server
