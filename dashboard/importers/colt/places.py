"""COLT's countries and towns -> the places of stops: the town if the row names one, else the capital."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.geocoding.gazetteer import Gazetteer, fold, stands_for_country
from dashboard.geocoding.outcomes import Placed, Unplaced, asked_cells
from dashboard.geocoding.reviewed import read_reviewed
from dashboard.importers.colt.columns import given
from dashboard.importers.colt.names import capital_name, place_capital
from dashboard.importers.placing import Placing, place_all
from dashboard.tables.ids import name_key
from dashboard.tables.schema import PLACES

Key = tuple[str, str]


def read_towns(rows: pd.DataFrame, iso3: pd.Series) -> pd.DataFrame:
    """`town` (as given, '' where none is) and `places`: the towns, or the capital, separated by `;`.

    Towns whose names differ in case only are called as the first of them; one that is the capital but for accents and
    punctuation is called as the capital.
    """
    towns = given(rows["CityVisited"]).str.split(";").explode()
    towns = given(towns.str.split().str.join(" "))
    towns = towns[towns != ""]
    capitals = {code: capital_name(code) for code in iso3.unique() if code}
    capital = iso3.map(lambda code: capitals.get(code, "")).astype("str")
    where = iso3.loc[towns.index]
    spelt = towns.unique()
    keys = towns.map({town: name_key(town) for town in spelt}).astype("str") + "-" + where
    first = towns.groupby(keys.to_numpy(), sort=False).first().to_dict()
    is_capital = towns.map({town: fold(town) for town in spelt}) == where.map(lambda code: fold(capitals.get(code, "")))
    called = keys.map(first).where(~is_capital, where.map(capitals))
    named = called.groupby(level=0, sort=False).agg(lambda names: ";".join(dict.fromkeys(names)))
    town = named.reindex(rows.index, fill_value="").astype("str")
    return pd.DataFrame({"town": town, "places": town.where(town != "", capital)})


def places_table(stops: pd.DataFrame, homes: pd.DataFrame, gazetteer: Gazetteer, today: date | None = None) -> Placing:
    """places.csv and what came of looking each place up on the day `today`.

    A capital is of kind country where only visits that name no town are drawn there, or leaders' homes are. Towns are
    looked up among the places that a person has placed, then in the gazetteer. `homes` has `home_place` and
    `home_country_iso3`.
    """
    visits = stops[stops["kind"] == "visit"]
    named = _keys(visits[visits["certainty"] == "reported"], "place", "country_iso3")
    unnamed = _keys(visits[visits["certainty"] == "inferred"], "place", "country_iso3")
    homes_too = _keys(homes[homes["home_place"] != ""], "home_place", "home_country_iso3")
    seats = [key for key in homes_too if key[0] != capital_name(key[1])]
    towns = dict.fromkeys([*named, *seats])
    capitals = [key for key in dict.fromkeys([*unnamed, *homes_too]) if key not in towns]
    of_capitals = [place_capital(iso3, gazetteer) for _, iso3 in capitals]
    asked_on = today or date.today()
    rows = [_row(outcome, asked_on.isoformat()) for outcome in of_capitals]
    placed = place_all(towns, gazetteer, read_reviewed(), asked_on)
    table = pd.concat([pd.DataFrame(rows, columns=PLACES.names, dtype="str").fillna(""), placed.places])
    unknown = tuple((one.place, one.country_iso3) for one in of_capitals if not isinstance(one, Placed))
    return Placing(table.reset_index(drop=True), (*unknown, *placed.unplaced), placed.ambiguous)


def _keys(frame: pd.DataFrame, place: str, country: str) -> dict[Key, None]:
    return dict.fromkeys(frame[[place, country]].drop_duplicates().itertuples(index=False, name=None))


def _row(outcome: Placed | Unplaced, asked_on: str) -> dict[str, str]:
    """A capital that stands for its country."""
    row = {"place": outcome.place, "country_iso3": outcome.country_iso3, "kind": "country", "reviewed": "no"}
    row["note"] = stands_for_country(outcome.country_iso3)
    if outcome.question:
        row |= asked_cells(outcome.question) | {"geocoded_on": asked_on}
    if isinstance(outcome, Placed):
        row |= {"latitude_deg": f"{outcome.latitude_deg:.5f}", "longitude_deg": f"{outcome.longitude_deg:.5f}"}
        row |= {"kind": outcome.kind, "provider": outcome.provider, "matched_name": outcome.matched_name}
    return row
