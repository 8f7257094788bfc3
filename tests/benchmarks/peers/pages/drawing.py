"""The two figures and the filters of every peer: the same job, whatever the framework around it."""

from __future__ import annotations

import os

import pandas as pd
import plotly.express as px
import plotly.graph_objects as go

ALL = "All"
# Columns: trip_id, leader, left_home, year, transport, place, country, and longitude and latitude of from_… and to_….
VISITS = pd.read_parquet(os.environ["PEER_VISITS"])
FILTERS = ("leader", "transport", "country")
YEARS = (int(VISITS["year"].min()), int(VISITS["year"].max()))
# The base map that our page has, since these pages reach no network either.
CONFIG = {"topojsonURL": os.environ["PEER_BASE_MAP"]}


def options(column: str) -> list[str]:
    """Everything that can be chosen of a column, most frequent first, after All."""
    return [ALL, *VISITS[column].value_counts().index.astype(str)]


def chosen(
    visits: pd.DataFrame, leader: str, transport: str, country: str, years: list[int] | tuple[int, int]
) -> pd.DataFrame:
    """The visits that all four filters let through."""
    for column, value in (("leader", leader), ("transport", transport), ("country", country)):
        if value != ALL:
            visits = visits[visits[column] == value]
    return visits[visits["year"].between(*years)]


def count(visits: pd.DataFrame) -> str:
    """How many trips these visits belong to, in words."""
    trips = visits["trip_id"].nunique()
    return f"{trips:,} trip{'' if trips == 1 else 's'}"


def route_map(visits: pd.DataFrame) -> go.Figure:
    """A line for each leg, a trace for each transport, and a dot for each place by the number of its visits."""
    figure = go.Figure()
    for transport, legs in visits.groupby("transport", observed=True):
        ends = legs[["from_longitude", "to_longitude", "from_latitude", "to_latitude"]].assign(gap=None)
        figure.add_scattergeo(
            lon=ends[["from_longitude", "to_longitude", "gap"]].to_numpy().ravel(),
            lat=ends[["from_latitude", "to_latitude", "gap"]].to_numpy().ravel(),
            mode="lines",
            name=str(transport),
        )
    columns = ["place", "to_longitude", "to_latitude"]
    places = visits.groupby(columns, observed=True).size().rename("visits").reset_index()
    size = 6 + 3 * places["visits"] ** 0.5
    figure.add_scattergeo(
        lon=places["to_longitude"], lat=places["to_latitude"], text=places["place"], marker_size=size, name="places"
    )
    return figure.update_geos(showland=True).update_layout(height=500, margin={"l": 0, "r": 0, "t": 0, "b": 0})


def year_bars(visits: pd.DataFrame) -> go.Figure:
    """Trips a year, stacked by transport."""
    trips = visits.drop_duplicates("trip_id")
    counts = trips.groupby(["year", "transport"], observed=True).size().rename("trips").reset_index()
    return px.bar(counts, x="year", y="trips", color="transport", height=300)


def table(visits: pd.DataFrame) -> pd.DataFrame:
    """What the table shows."""
    return visits[["trip_id", "leader", "left_home", "transport", "place", "country"]]
