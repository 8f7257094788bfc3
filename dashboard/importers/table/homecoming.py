"""Rows of a trip in the leader's own country: where it began, passed through and ended, not whom it visited."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from dashboard.geocoding.gazetteer import fold
from dashboard.importers.imported import Doubt
from dashboard.importers.stops import follows
from dashboard.importers.table import stays
from dashboard.tables.countries import country_name

# Whether two names are one town of a country (ISO 3166-1 alpha-3).
SameTown = Callable[[str, str, str], bool]


def mark(rows: pd.DataFrame, same: SameTown) -> pd.DataFrame:
    """Rows in their order with `kind`: `home` for a last row in the own country, `transit` for those just before it.

    So are those before the first abroad, which are marked `on_way_out`. A first row in the home town is no stop: its
    day is that of leaving home. `rows` has `trip_id`, `leader_iso3`, `country_iso3`, `place`, `home_place` and the
    days.
    """
    own = (rows["leader_iso3"] != "") & (rows["country_iso3"] == rows["leader_iso3"])
    several = (~own).groupby(rows["trip_id"]).transform("any")
    is_home = _is_home(rows, own, same)
    start = several & own & ~rows["trip_id"].duplicated() & is_home
    leading = several & own & ~_seen_before(~own, rows["trip_id"])
    trailing = several & own & ~_seen_later(~own, rows["trip_id"])
    last = trailing & ~rows["trip_id"].duplicated(keep="last")
    kind = pd.Series("visit", rows.index).mask(leading | trailing, "transit").mask(last, "home")
    rows = rows.assign(
        kind=kind,
        on_way_out=leading,
        place=rows["place"].mask(last & (is_home | _is_the_country(rows)), rows["home_place"]),
    )
    return _without_start(rows, start)


def follow(rows: pd.DataFrame, leaders: pd.DataFrame, same: SameTown, source: str) -> tuple[pd.DataFrame, list[Doubt]]:
    """Rows without a trip of which one in the home town follows within a day on another as one `trip`, and the doubts.

    In a table with a row for each stop but no column of trips such a row is the way home.
    """
    ordered = stays.ordered_rows(rows)
    homes = leaders.set_index("leader_id").reindex(ordered["leader_id"]).set_axis(ordered.index)
    own = (homes["home_country_iso3"] != "") & (ordered["country_iso3"] == homes["home_country_iso3"])
    home = _is_home(ordered.assign(home_place=homes["home_place"]), own, same)
    back = home & follows(ordered) & ordered["trip"].eq("") & ordered["trip"].shift(fill_value="x").eq("")
    back &= ~home.shift(fill_value=False)
    if not back.any():
        return rows, []
    before = back.shift(-1, fill_value=False)
    named = ordered["leader_id"] + "-" + ordered["arrived"] + "-and-back"
    trip = ordered["trip"].mask(before, named).mask(back, named.shift(fill_value=""))
    what = "follows within a day on the row before and is taken as the way home from there"
    doubts = [Doubt(source, int(str(row)), f"{place} {what}") for row, place in ordered.loc[back, "place"].items()]
    return ordered.assign(trip=trip)[rows.columns].sort_index(kind="stable"), doubts


def doubts(rows: pd.DataFrame, source: str) -> list[Doubt]:
    """Ways home that end elsewhere than in the home town, and stops in the own country that are none."""
    own = rows[(rows["leader_iso3"] != "") & (rows["country_iso3"] == rows["leader_iso3"])]
    away, at_home = own[own["place"] != own["home_place"]], own[own["place"] == own["home_place"]]
    where = "is in the leader's own country"
    what = {
        f"{where}: taken as the way home": away[away["kind"] == "home"],
        f"{where}: taken as a stop on the way out": away[away["on_way_out"] & (away["stop_kind"] != "transit")],
        f"{where}, which counts as a country visited": away[away["kind"] == "visit"],
        "is the leader's home: a trip that goes nowhere, unless the home is another": at_home[
            at_home["kind"] == "visit"
        ],
    }
    return [Doubt(source, row, f"{place} {text}") for text, found in what.items() for row, place in _places(found)]


def _places(rows: pd.DataFrame) -> list[tuple[int, str]]:
    return [(int(row), place) for row, place in rows[["row", "place"]].itertuples(index=False, name=None)]


def _seen_later(marked: pd.Series, trips: pd.Series) -> pd.Series:
    """Whether this row of the trip, or a later one, is marked."""
    return marked[::-1].groupby(trips[::-1]).cummax()[::-1].astype("bool")


def _seen_before(marked: pd.Series, trips: pd.Series) -> pd.Series:
    """Whether this row of the trip, or an earlier one, is marked."""
    return marked.groupby(trips).cummax().astype("bool")


def _is_the_country(rows: pd.DataFrame) -> pd.Series:
    return rows["place"] == rows["country_iso3"].map(country_name)


def _is_home(rows: pd.DataFrame, own: pd.Series, same: SameTown) -> pd.Series:
    """Whether a row of the own country is in the home town, under whichever of its names."""
    pairs = rows.loc[own, ["place", "home_place", "country_iso3"]].drop_duplicates()
    alike = {pair for pair in pairs.itertuples(index=False, name=None) if fold(pair[0]) == fold(pair[1]) or same(*pair)}
    each = zip(rows["place"], rows["home_place"], rows["country_iso3"], strict=True)
    return own & pd.Series([pair in alike for pair in each], rows.index)


def _without_start(rows: pd.DataFrame, start: pd.Series) -> pd.DataFrame:
    """The rows without those at the start, whose day of leaving goes to the next row of the trip."""
    began = rows["left"].where(rows["left"] != "", rows["arrived"]).where(start, "")
    before = began.groupby(rows["trip_id"]).shift(fill_value="")
    left_home = rows["left_home"].where((rows["left_home"] != "") | (before == ""), before)
    return rows.assign(left_home=left_home)[~start]
