"""The pandas aggregates behind every view, made in one pass over one selection so that no two views can disagree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.schema import TRANSPORTS
from dashboard.selection import FILTERS, Mask, Selection, combine, masks, narrow
from dashboard.trips import UNKNOWN_YEAR, Travel


@dataclass(frozen=True)
class KeyFigures:
    """Totals of a selection. `days` and `distance_km` sum what is known; the counts beside them say what is not."""

    trips: int
    countries: int
    days: int
    days_unknown: int
    days_uncertain: int
    distance_km: float
    distance_unknown: int
    at_least: bool
    unplaced_stops: int


@dataclass(frozen=True)
class Summary:
    """One selection, counted for every view.

    - `selected`: the selected `Travel`; `figures`: its totals
    - `options`: filter key -> Series of trips by value, counted as if that filter alone were lifted
    - `years_all` and `years`: trips by year (rows) and transport (columns), without and with the filter on years
    - `countries`: trips by country visited (rows, most first) and transport
    - `people`: one row per counterpart met: `counterpart`, `trips`, `meetings`, most trips first
    - `places`: one row per place with coordinates: `visits`, `transits`, place, latitude_deg, longitude_deg
    - `lines`: one row per drawn line: `trips`, `legs`, `trip` (a trip's number), and the route's columns
    """

    selected: Travel
    figures: KeyFigures
    options: dict[str, pd.Series]
    years_all: pd.DataFrame
    years: pd.DataFrame
    countries: pd.DataFrame
    people: pd.DataFrame
    places: pd.DataFrame
    lines: pd.DataFrame


def summarise(travel: Travel, selection: Selection) -> Summary:
    """Count a selection for all views at once."""
    kept = masks(travel, selection)
    selected = narrow(travel, combine(kept, len(travel.trips)))
    visits = selected.stops[(selected.stops["kind"] == "visit").to_numpy()]
    return Summary(
        selected=selected,
        figures=key_figures(selected, visits),
        options={one.key: options(travel, kept, one.key) for one in FILTERS if one.key not in ("years", "place")},
        years_all=by_year(travel.trips[combine(kept, len(travel.trips), without="years")]),
        years=by_year(selected.trips),
        countries=by_country(selected, visits),
        people=by_person(selected),
        places=by_place(selected),
        lines=by_line(selected),
    )


def key_figures(travel: Travel, visits: pd.DataFrame) -> KeyFigures:
    """The totals of a selected `Travel`; `visits` are its stops of that kind."""
    trips = travel.trips
    return KeyFigures(
        trips=len(trips),
        countries=visits["country_iso3"].nunique(),
        days=int(trips["days"].sum()),
        days_unknown=int(trips["days"].isna().sum()),
        days_uncertain=int(trips["uncertain"].str.contains("days").sum()),
        distance_km=float(trips["distance_km"].sum()),
        distance_unknown=int(trips["distance_km"].isna().sum()),
        at_least=bool(trips["at_least"].any()),
        unplaced_stops=int(_unplaced(travel).sum()),
    )


def _unplaced(travel: Travel) -> pd.Series:
    """True for each stop away from home whose place has no coordinates."""
    spotless = travel.places.index[travel.places["latitude_deg"].isna()]
    return travel.stops["place_id"].isin(spotless) & (travel.stops["kind"] != "home")


def by_year(trips: pd.DataFrame) -> pd.DataFrame:
    """Trips by year of leaving home (rows, without gaps) and transport (columns, as in TRANSPORTS); unknown years left out."""
    known = trips[trips["year"].to_numpy() != UNKNOWN_YEAR]
    counts = _crossed(known["year"], known["transport"])
    if counts.empty:
        return counts
    return counts.reindex(range(int(counts.index.min()), int(counts.index.max()) + 1), fill_value=0)


def _crossed(rows: pd.Series, transport: pd.Series) -> pd.DataFrame:
    """How often each value of `rows` meets each transport."""
    codes, values = pd.factorize(rows, sort=True)
    size = len(TRANSPORTS)
    cells = np.bincount(codes * size + transport.cat.codes.to_numpy(), minlength=len(values) * size)
    return pd.DataFrame(cells.reshape(len(values), size), index=pd.Index(values), columns=list(TRANSPORTS))


def by_country(travel: Travel, visits: pd.DataFrame) -> pd.DataFrame:
    """Trips by country visited, most first, and transport; a trip counts once for each country."""
    once = visits.loc[~visits.duplicated(["trip", "country_iso3"]), ["trip", "country_iso3"]]
    transport = travel.trips["transport"].reindex(once["trip"])
    counts = _crossed(once["country_iso3"].astype("str"), transport)
    return counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def by_person(travel: Travel) -> pd.DataFrame:
    """Counterparts met, by slug: `counterpart`, `country`, `trips` and `meetings`, most trips first."""
    met = travel.meetings.groupby("met", observed=True, sort=False)
    people = met.agg(
        counterpart=("counterpart", "first"),
        country=("counterpart_country_iso3", "first"),
        trips=("trip", "nunique"),
        meetings=("trip", "size"),
    )
    return people.sort_values(["trips", "meetings"], ascending=False, kind="stable")


def by_place(travel: Travel) -> pd.DataFrame:
    """Places with coordinates away from home, by place id: `visits`, `transits` and the columns of `places`."""
    away = travel.stops[(travel.stops["kind"] != "home").to_numpy()]
    visited = (away["kind"] == "visit").to_numpy()
    codes = away["place_id"].cat.codes.to_numpy()
    ids = away["place_id"].cat.categories
    counts = pd.DataFrame(
        {
            "visits": np.bincount(codes[visited], minlength=len(ids)),
            "transits": np.bincount(codes[~visited], minlength=len(ids)),
        },
        index=ids,
    )
    counts = counts[counts.sum(axis=1) > 0].join(travel.places.dropna(subset=["latitude_deg", "longitude_deg"]), how="inner")
    return counts.sort_values(["visits", "transits"], ascending=False, kind="stable")


def by_line(travel: Travel) -> pd.DataFrame:
    """Drawn lines, both directions together, most trips first: `legs`, `trips`, `trip` (the last one's number), and
    the columns of the route.
    """
    legs = pd.DataFrame({"trip": travel.stops["trip"], "route": travel.stops["route"]})
    legs["pair"] = travel.routes["pair"].to_numpy()[legs["route"]]
    counted = legs.groupby("pair", sort=False).agg(
        legs=("trip", "size"), trips=("trip", "nunique"), trip=("trip", "last"), route=("route", "first")
    )
    lines = counted.join(travel.routes.drop(columns="pair"), on="route")
    drawn = lines[(lines["certainty"] != "unplaced") & (lines["km"] > 0)]
    return drawn.sort_values("trips", ascending=False, kind="stable")


def options(travel: Travel, kept: dict[str, Mask], key: str) -> pd.Series:
    """Trips by value of one filter, most first, as if that filter alone were lifted."""
    mask = combine(kept, len(travel.trips), without=key)
    trips = travel.trips
    if key in ("leader", "transport"):
        return trips.loc[mask, {"leader": "leader_id", "transport": "transport"}[key]].value_counts()
    source, column = {"country": (travel.stops, "country_iso3"), "met": (travel.meetings, "met")}[key]
    rows = source[["trip", column]]
    if key == "country":
        rows = rows[(travel.stops["kind"] == "visit").to_numpy()]
    lookup = np.zeros(int(trips.index.max()) + 1 if len(trips) else 1, dtype=bool)
    lookup[trips.index.to_numpy()[mask]] = True
    rows = rows[lookup[rows["trip"].to_numpy()]]
    return rows[~rows.duplicated()][column].value_counts()
