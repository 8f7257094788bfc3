"""COLT's countries and towns -> the places of stops: the town if the row names one, else the capital."""

from __future__ import annotations

from datetime import date

import pandas as pd

from dashboard.geocoding.gazetteer import Gazetteer, fold, stands_for_country
from dashboard.geocoding.lookup import look_up
from dashboard.geocoding.outcomes import Ambiguous, Candidate, Outcome, Placed, asked_cells
from dashboard.importers.colt.columns import given
from dashboard.importers.colt.names import capital_name, place_capital
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


def places_table(
    stops: pd.DataFrame, homes: pd.DataFrame, gazetteer: Gazetteer, today: date | None = None
) -> tuple[pd.DataFrame, list[Outcome]]:
    """places.csv and what came of looking each place up on the day `today`.

    A capital is of kind country where a visit that names no town is drawn there; so it is where only leaders' homes
    are. `homes` has `home_place` and `home_country_iso3`.
    """
    visits = stops[stops["kind"] == "visit"]
    named = _keys(visits[visits["certainty"] == "reported"], "place", "country_iso3")
    unnamed = _keys(visits[visits["certainty"] == "inferred"], "place", "country_iso3")
    homes_too = _keys(homes[homes["home_place"] != ""], "home_place", "home_country_iso3")
    capitals = dict.fromkeys([*unnamed, *(key for key in homes_too if key not in named)])
    outcomes: list[Outcome] = [place_capital(iso3, gazetteer) for _, iso3 in capitals]
    towns = [key for key in named if key not in capitals]
    outcomes += look_up(towns, [gazetteer])
    asked_on = (today or date.today()).isoformat()
    kinds = ["country"] * len(capitals) + [""] * len(towns)
    rows = [_row(outcome, kind, asked_on) for outcome, kind in zip(outcomes, kinds, strict=True)]
    return pd.DataFrame(rows, columns=PLACES.names, dtype="str").fillna(""), outcomes


def _keys(frame: pd.DataFrame, place: str, country: str) -> dict[Key, None]:
    return dict.fromkeys(frame[[place, country]].drop_duplicates().itertuples(index=False, name=None))


def _row(outcome: Outcome, kind: str, asked_on: str) -> dict[str, str]:
    row = {"place": outcome.place, "country_iso3": outcome.country_iso3, "kind": kind, "reviewed": "no"}
    if outcome.question:
        row |= asked_cells(outcome.question) | {"geocoded_on": asked_on}
    if kind:
        row["note"] = stands_for_country(outcome.country_iso3)
    if isinstance(outcome, Placed):
        row |= {"latitude_deg": f"{outcome.latitude_deg:.5f}", "longitude_deg": f"{outcome.longitude_deg:.5f}"}
        row |= {"kind": outcome.kind, "provider": outcome.provider, "matched_name": outcome.matched_name}
    return row


def unplaced(outcomes: list[Outcome]) -> tuple[Key, ...]:
    """The places that nobody knew."""
    return tuple((o.place, o.country_iso3) for o in outcomes if not isinstance(o, Placed | Ambiguous))


def ambiguous(outcomes: list[Outcome]) -> tuple[tuple[str, str, tuple[Candidate, ...]], ...]:
    """The places whose name several bear."""
    return tuple((o.place, o.country_iso3, o.candidates) for o in outcomes if isinstance(o, Ambiguous))
