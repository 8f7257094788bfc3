"""The job in plain Dash: stock graphs, dropdowns, a slider and AG Grid, one callback."""

from __future__ import annotations

from typing import Any

import dash_ag_grid as dag
from dash import Dash, Input, Output, dcc, html
from drawing import CONFIG, FILTERS, VISITS, YEARS, chosen, count, options, route_map, table, year_bars

app = Dash(__name__, title="Leaders' travel", use_async=False)
server = app.server
columns = [{"field": name} for name in table(VISITS)]
app.layout = html.Div(
    [
        html.H1("Leaders' travel"),
        *(dcc.Dropdown(options(name), "All", id=name, clearable=False) for name in FILTERS),
        dcc.RangeSlider(*YEARS, 1, value=list(YEARS), marks=None, id="years"),
        html.P(id="count"),
        dcc.Graph(id="map", config=CONFIG),
        dcc.Graph(id="by-year"),
        dag.AgGrid(id="table", columnDefs=columns, dashGridOptions={"pagination": True}),
    ]
)


@app.callback(
    Output("count", "children"),
    Output("map", "figure"),
    Output("by-year", "figure"),
    Output("table", "rowData"),
    *(Input(name, "value") for name in (*FILTERS, "years")),
)
def show(leader: str, transport: str, country: str, years: list[int]) -> Any:
    """All that the filters leave."""
    visits = chosen(VISITS, leader, transport, country, years)
    return count(visits), route_map(visits), year_bars(visits), table(visits).to_dict("records")
