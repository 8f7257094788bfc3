"""Rows of days -> stays and journeys: neighbouring days in one place are one stay, stays that follow are one journey.

Many tables have a row for each day, or for each country of a journey. Whether rows are joined is the reader's choice,
who sees beforehand how many there would be.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard.importers.imported import counted
from dashboard.importers.stops import follows
from dashboard.tables.dates import bounds


@dataclass(frozen=True)
class Joined:
    """How many trips there are as the rows stand, and how many stays and journeys they would make."""

    trips: int
    stays: int
    journeys: int

    def __str__(self) -> str:
        joined = f"{counted(self.stays, 'stays')} on {counted(self.journeys, 'journeys')}"
        return f"{counted(self.trips, 'trips')} as they stand; joined they are {joined}"


def ordered_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows by person and day with `begin`, `until`, `known`, and `named`: the trip of which a row is one of several.

    A name that no other row bears is that of the row, and keeps it from no journey.
    """
    days = bounds(rows["arrived"]).rename(columns={"earliest": "begin"})[["begin"]]
    until = bounds(rows["left"].where(rows["left"] != "", rows["arrived"]))["latest"]
    known = rows["arrived"].str.len().eq(10)
    number = pd.Series(rows.index, rows.index)
    several = number.groupby(rows["trip"].to_numpy()).transform("nunique") > 1
    ordered = rows.assign(begin=days["begin"], until=until, known=known, named=rows["trip"].where(several, ""))
    return ordered.sort_values(["leader_id", "begin"], kind="stable", na_position="last")


def join(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows as stays, the first row of each, with a `trip` that stays share which follow one another.

    Rows of a trip that has several keep it; rows without a plain day of arrival stay as they are.
    """
    ordered = ordered_rows(rows)
    stay, journey = _runs(ordered)
    ends = ordered.groupby(stay)["until"].transform("max").dt.strftime("%Y-%m-%d")
    several = stay.duplicated(keep=False) & ordered["known"]
    ordered = ordered.assign(left=ordered["left"].where(~several, ends), **_texts(ordered, stay))
    first = ordered.groupby(journey)["arrived"].transform("first")
    made = ordered["leader_id"] + "-" + first.str.slice(0, 10).replace("", "undated")
    shared = journey.duplicated(keep=False) & ordered["named"].eq("")
    ordered = ordered.assign(trip=ordered["trip"].where(~shared, made))
    return ordered[~stay.duplicated()].drop(columns=["begin", "until", "known", "named"]).sort_index(kind="stable")


def _runs(ordered: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The number of each row's stay, and of its journey."""
    on = follows(ordered) & ordered["named"].eq(ordered["named"].shift())
    place = ordered["place"] + "\n" + ordered["country_iso3"]
    return (~(on & place.eq(place.shift()))).cumsum(), (~on).cumsum()


def _texts(ordered: pd.DataFrame, stay: pd.Series) -> dict[str, pd.Series]:
    """What the rows of each stay say, each text once."""
    found = {}
    for name, between in (("occasion", " | "), ("counterpart", ";"), ("source", " ; ")):
        shared = stay.duplicated(keep=False)
        distinct = pd.DataFrame({"stay": stay[shared], "text": ordered.loc[shared, name]}).drop_duplicates()
        joined = distinct[distinct["text"] != ""].groupby("stay")["text"].agg(between.join)
        texts = stay.map(joined).astype("object").fillna("").astype("str")
        found[name] = ordered[name].where(~shared, texts)
    return found


def preview(rows: pd.DataFrame) -> Joined:
    """What joining would make of the rows."""
    ordered = ordered_rows(rows)
    stay, journey = _runs(ordered)
    own = ordered["named"] != ""
    named = ordered.loc[own, "named"].nunique()
    # The places of one cell are stops of one trip.
    trips = ordered.index[~own].nunique() + named
    return Joined(trips, stay.nunique(), journey[~own].nunique() + named)
