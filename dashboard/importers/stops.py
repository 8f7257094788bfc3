"""What every importer does with stops and days before they become the tables of a data folder."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pandas as pd

from dashboard.geocoding.gazetteer import default_gazetteer
from dashboard.geocoding.outcomes import Placed
from dashboard.tables.date_line import goes_east
from dashboard.tables.dates import bounds, is_plain
from dashboard.tables.reading import empty
from dashboard.tables.schema import TABLES, Table

# The csv module reads no longer cell than 131,072 characters, so that none may be written.
LONGEST_CELL = 100_000
# A stay, or a journey, goes on where the next one begins on the day on which the last one ended, or on the one after.
NEXT_DAY = pd.Timedelta(days=1)


def complete(**tables: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """All tables of the schema with all their columns as text; what is not given is empty, what is to come expected."""
    whole = {
        table.name: _whole(tables[table.name], table) if table.name in tables else empty(table) for table in TABLES
    }
    return whole | {"stops": expected_later(whole["stops"], date.today())}


def _whole(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The rows with all columns of the table as text."""
    given = {name: frame[name].astype("object").fillna("") for name in table.names if name in frame}
    return pd.DataFrame({name: given.get(name, "") for name in table.names}, frame.index, dtype="str")


def doubted(day: str) -> str:
    """A day marked uncertain; what is not one plain day says itself how little is known."""
    return f"{day}?" if is_plain(day) else day


def sequence(trips: pd.Series, days: pd.Series) -> pd.Series:
    """By which day (datetime64) each row stands in its trip: its own, or one that leaves it where it was written.

    A day that is known less exactly is taken as the day of the row before, or of the first after, as far as it may be
    that day: `2018-04` between 10 and 14 April stays between them. NaT where nothing is known of the trip before.
    """
    read = bounds(days)
    spans = zip(read["earliest"].astype("int64"), read["latest"].astype("int64"), read["earliest"].notna(), strict=True)
    exact = read["earliest"].where(read["earliest"] == read["latest"])
    first = exact.groupby(trips).transform("first").fillna(read["earliest"].groupby(trips).transform("first"))
    moments: dict[object, int] = {}
    placed: list[int | None] = []
    for trip, start, (low, high, known) in zip(trips, first.astype("int64"), spans, strict=True):
        if known:
            moments[trip] = min(max(moments.get(trip, start), low), high)
        placed.append(moments.get(trip))
    return pd.Series(pd.to_datetime(pd.Series(placed, trips.index, dtype="Int64"), unit="s"), trips.index)


def expected_later(stops: pd.DataFrame, today: date) -> pd.DataFrame:
    """Stops with a `certainty` that the day of arrival allows: what lies after `today` is expected, not reported."""
    later = bounds(stops["arrived"])["earliest"] > pd.Timestamp(today)
    return stops.assign(certainty=stops["certainty"].mask(later & (stops["certainty"] == "reported"), "expected"))


def follows(ordered: pd.DataFrame) -> pd.Series:
    """Whether a row begins at most a day after all before it of the same person have ended.

    `ordered` has `leader_id`, `begin` and `until` (datetime64), and `known`, False where the days are not plain; it is
    ordered by person and beginning.
    """
    of_person = ordered["leader_id"]
    ended = ordered["until"].where(ordered["known"])
    latest = ended.groupby(of_person).cummax().groupby(of_person).shift()
    both = ordered["known"] & ordered["known"].groupby(of_person).shift(fill_value=False)
    return both & ((ordered["begin"] - latest) <= NEXT_DAY)


def untangle(stops: pd.DataFrame) -> pd.DataFrame:
    """Stops of trips, in order of arrival, with a `left` that the next arrival of the trip does not contradict.

    Rome from 3 to 11 June and the Vatican on 6 June become Rome left on some day from 6 to 11 June: it is not
    known for how long the visits alternated.
    """
    following = stops["trip_id"].eq(stops["trip_id"].shift(-1))
    if not following.any():
        return stops
    reached = bounds(stops["arrived"])["latest"].shift(-1)
    days = bounds(stops["left"])
    # East over the date line the next day may be the one before.
    allowed = pd.to_timedelta(east_over_the_line(stops).shift(-1, fill_value=False).astype("int64"), unit="D")
    overlaps = following & (reached + allowed < days["earliest"])
    spans = reached.dt.strftime("%Y-%m-%d") + "/" + days["latest"].dt.strftime("%Y-%m-%d")
    return stops.assign(left=stops["left"].where(~overlaps, spans))


def east_over_the_line(stops: pd.DataFrame) -> pd.Series:
    """Whether each stop was reached from the one before it, of the same trip, eastwards over the date line.

    Where places lie is not known yet: their countries' capitals stand for them.
    """
    known = {iso3: default_gazetteer().capital(iso3) for iso3 in stops["country_iso3"].unique()}
    degrees = {iso3: one.longitude_deg for iso3, one in known.items() if isinstance(one, Placed)}
    here = pd.DataFrame(
        {"country_iso3": stops["country_iso3"], "longitude_deg": stops["country_iso3"].map(degrees).astype("float64")}
    )
    same = stops["trip_id"].eq(stops["trip_id"].shift())
    return same & goes_east(here.shift(), here, bounds(stops["arrived"])["latest"])


def number(stops: pd.DataFrame) -> pd.Series:
    """The stops of each trip numbered 1, 2, 3 … as text."""
    return (stops.groupby("trip_id", sort=False).cumcount() + 1).astype("str")


def with_way_home(stops: pd.DataFrame, homes: pd.DataFrame) -> pd.DataFrame:
    """A last stop at home for each trip; `homes` has trip_id, place and country_iso3. Ordered by trip, numbered."""
    way = homes.assign(arrived="", left="", reached_by="unknown", kind="home", certainty="inferred")
    order = {trip: position for position, trip in enumerate(stops["trip_id"].unique())}
    joined = pd.concat([stops, way], ignore_index=True)
    joined = joined.sort_values("trip_id", key=lambda trips: trips.map(order), kind="stable", ignore_index=True)
    return joined.assign(stop=number(joined))


def pairs(stops: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Each (place, country_iso3) of the stops once, in order."""
    return stops[["place", "country_iso3"]].drop_duplicates().itertuples(index=False, name=None)
