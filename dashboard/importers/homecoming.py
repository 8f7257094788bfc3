"""Rows of a trip in the leader's own country: where it began, passed through and ended, not whom it visited."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dashboard.geocoding.gazetteer import fold
from dashboard.importers.imported import Doubt
from dashboard.tables.countries import country_name


def mark(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows in their order with `kind`: `home` for a last row in the own country, `transit` for those just before it.

    A first row in the home town is no stop: its day is that of leaving home. `rows` has `trip_id`, `leader_iso3`,
    `country_iso3`, `place`, `home_place` and the days.
    """
    own = (rows["leader_iso3"] != "") & (rows["country_iso3"] == rows["leader_iso3"])
    abroad = (~own).groupby(rows["trip_id"])
    several = abroad.transform("any")
    trailing = several & (own & ~_seen_later(~own, rows["trip_id"]))
    last = trailing & ~rows["trip_id"].duplicated(keep="last")
    kind = pd.Series("visit", rows.index).mask(trailing, "transit").mask(last, "home")
    rows = rows.assign(kind=kind, place=rows["place"].mask(last & _is_the_country(rows), rows["home_place"]))
    start = several & own & ~rows["trip_id"].duplicated() & _is_home(rows)
    return _without_start(rows, start)


def doubts(rows: pd.DataFrame, source: str) -> list[Doubt]:
    """Ways home that end elsewhere than in the home town, and stops in the own country that are none."""
    elsewhere = rows[(rows["kind"] == "home") & ~_is_home(rows)]
    own = rows[(rows["kind"] == "visit") & (rows["leader_iso3"] != "") & (rows["country_iso3"] == rows["leader_iso3"])]
    where = "is in the leader's own country"
    return [
        *(Doubt(source, row, f"{place} {where}: taken as the way home") for row, place in _places(elsewhere)),
        *(Doubt(source, row, f"{place} {where}, which counts as a country visited") for row, place in _places(own)),
    ]


def _places(rows: pd.DataFrame) -> list[tuple[int, str]]:
    return [(int(row), place) for row, place in rows[["row", "place"]].itertuples(index=False, name=None)]


def _seen_later(marked: pd.Series, trips: pd.Series) -> pd.Series:
    """Whether this row of the trip, or a later one, is marked."""
    return marked[::-1].groupby(trips[::-1]).cummax()[::-1].astype("bool")


def _is_the_country(rows: pd.DataFrame) -> pd.Series:
    return rows["place"] == rows["country_iso3"].map(country_name)


def _is_home(rows: pd.DataFrame) -> pd.Series:
    place, home = (_each(rows[name], fold) for name in ("place", "home_place"))
    return place == home


def _each(texts: pd.Series, read: Callable[[str], str]) -> pd.Series:
    """What is read of each text, every spelling once."""
    return texts.map({text: read(text) for text in texts.unique()})


def _without_start(rows: pd.DataFrame, start: pd.Series) -> pd.DataFrame:
    """The rows without those at the start, whose day of leaving goes to the next row of the trip."""
    began = rows["left"].where(rows["left"] != "", rows["arrived"]).where(start, "")
    before = began.groupby(rows["trip_id"]).shift(fill_value="")
    left_home = rows["left_home"].where((rows["left_home"] != "") | (before == ""), before)
    return rows.assign(left_home=left_home)[~start]
