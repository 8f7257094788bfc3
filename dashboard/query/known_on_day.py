"""What was known on a day: since when each trip is known, why from then, and the data as that day's reader had them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from dashboard.language import marked
from dashboard.tables.dates import bounds, is_uncertain
from dashboard.travel.legs import trip_distances
from dashboard.travel.numbering import numbered
from dashboard.travel.travel import MADE, Travel

# A day within an address: 2018/06/20, 2000-06-02, 20230920. More digits behind it are a page's number.
DAY_IN_ADDRESS = re.compile(r"(?<![0-9])((?:19|20)[0-9]{2})([-/]?)(0[1-9]|1[0-2])\2(0[1-9]|[12][0-9]|3[01])")
REPORTED = marked("first reported on that day")
DATED = marked("the earliest dated source read is of that day")
ENDED = marked("no earlier report is dated, so it counts as known from the day it ended")
UNDATED = marked("neither its days nor a first report are known")
# What only somebody later knows of a trip that is under way.
LATER = ("arrived_host", "left_host", "back_home", "outcome", "note")


def published_on(urls: pd.Series) -> pd.Series:
    """The day of publication that each address names (datetime64[s]), NaT where it names none."""
    days = np.array([_day_in(url) for url in urls.astype("str").tolist()], dtype="datetime64[s]")
    return pd.Series(days, urls.index)


@lru_cache(maxsize=65_536)
def _day_in(url: str) -> date | None:
    found = DAY_IN_ADDRESS.search(url)
    try:
        return date(*(int(part) for part in found.group(1, 3, 4))) if found else None
    except ValueError:
        return None


def first_known(travel: Travel) -> pd.DataFrame:
    """Since when each trip is known, under its number: `known_from`, `announced_from`, `why` and `doubted`.

    The days are datetime64[s], NaT where unknown; `doubted` is True where the sources do not confirm it.
    A first report in `reported` decides; else the earliest source whose address names a day, where that is not before
    the trip began nor after it ended; else the day it ended. An announcement alone makes no trip known as made.
    """
    trips = travel.trips
    reported, announced = (_reported(travel, what) for what in ("made", "announced"))
    dated = _earliest(travel.evidence["trip"], published_on(travel.evidence["url"]), trips)
    dated = dated.where(dated <= trips["back_home_latest"])
    dated = dated.where(dated.isna() | (dated >= trips["left_home_earliest"]), trips["left_home_earliest"])
    # Of a trip that was never made all that can be known is that it was announced.
    reported = reported.fillna(announced.where(trips["status"] != MADE))
    known = reported.fillna(dated).fillna(trips["back_home_latest"])
    why = np.select([reported.notna(), dated.notna(), known.notna()], [REPORTED, DATED, ENDED], default=UNDATED)
    doubted = (why == ENDED) & is_uncertain(trips["back_home"].astype("str"))
    return pd.DataFrame(
        {"known_from": known, "announced_from": announced, "why": why, "doubted": doubted}, index=trips.index
    )


def _reported(travel: Travel, what: str) -> pd.Series:
    rows = travel.reported[(travel.reported["reported_as"] == what).to_numpy()]
    days = pd.to_datetime(rows["first_reported"]).astype("datetime64[s]").set_axis(rows["trip_id"])
    return days[~days.index.duplicated()].reindex(travel.trips["trip_id"]).set_axis(travel.trips.index)


def _earliest(trip: pd.Series, days: pd.Series, trips: pd.DataFrame) -> pd.Series:
    return days.groupby(trip.to_numpy()).min().reindex(trips.index).astype("datetime64[s]")


def as_known(travel: Travel, day: str, since: pd.DataFrame | None = None) -> Travel:
    """The data as a reader of that day (YYYY-MM-DD) had them; they hold up to that day.

    Trips not yet known are gone, those that were only announced among them. One under way has the stops, meetings and
    sources up to that day, `under_way` True, and nothing of how it ended. `since` is what `first_known` gives, to be
    made once for many days.
    """
    moment, since = pd.Timestamp(day), first_known(travel) if since is None else since
    kept = travel.under(since["known_from"] <= moment)
    open_ = ~(kept.trips["back_home_latest"] <= moment).to_numpy() & (kept.trips["status"] == MADE).to_numpy()
    seen = _up_to(kept, moment, open_) if open_.any() else kept
    published, of_open = published_on(kept.evidence["url"]), kept.evidence["trip"].isin(kept.trips.index[open_])
    inbound = travel.inbound[(bounds(travel.inbound["date"])["latest"] <= moment).to_numpy()]
    return replace(
        seen,
        trips=numbered(seen.trips.assign(under_way=open_)),
        evidence=kept.evidence[((published <= moment) | (published.isna() & ~of_open)).to_numpy()],
        inbound=inbound,
        data_as_of=min(day, travel.data_as_of or day),
    )


def _up_to(travel: Travel, moment: pd.Timestamp, open_: np.ndarray) -> Travel:
    """Of the trips that were not over, `open_`, without later stops and meetings, and without how they ended."""
    stops, under_way = travel.stops, travel.trips.index[open_]
    stops = stops.drop(index=_later(stops, "arrived", moment, under_way))
    gone = _later(stops, "left", moment, under_way)
    left = stops["left"].astype("str").where(~stops.index.isin(gone), "").astype("category")
    seen = replace(
        travel,
        stops=stops.assign(left=left),
        meetings=travel.meetings.drop(index=_later(travel.meetings, "date", moment, under_way)),
    )
    return replace(seen, trips=_measured(_unfinished(travel.trips, open_), seen))


def _later(rows: pd.DataFrame, day: str, moment: pd.Timestamp, open_: pd.Index) -> pd.Index:
    """The rows of some trips that are not known to be of that day or before."""
    own = rows[rows["trip"].isin(open_).to_numpy()]
    if own.empty:
        return own.index
    return own.index[~(bounds(own[day].astype("str"))["latest"] <= moment).to_numpy()]


def _unfinished(trips: pd.DataFrame, open_: np.ndarray) -> pd.DataFrame:
    """Trips of which those that were not over end nowhere yet."""
    texts = {name: trips[name].astype("str").where(~open_, "").astype(_kind(trips[name])) for name in LATER}
    ends = {name: trips[name].where(~open_) for name in ("back_home_earliest", "back_home_latest", "days")}
    doubt = trips["uncertain"].astype("str").where(~open_, "").astype("category")
    return trips.assign(**texts, **ends, uncertain=doubt, days_uncertain=trips["days_uncertain"].to_numpy() & ~open_)


def _kind(column: pd.Series) -> Any:
    return "category" if isinstance(column.dtype, pd.CategoricalDtype) else "str"


def _measured(trips: pd.DataFrame, travel: Travel) -> pd.DataFrame:
    """The trips with distance and main transport of the legs that are left."""
    row = trips.index.get_indexer(pd.Index(travel.stops["trip"]))
    measured = trip_distances(travel.stops.assign(trip=row), travel.routes, len(trips))
    return trips.drop(columns=measured.columns).join(measured.set_axis(trips.index))


def not_yet_known(travel: Travel, day: str) -> pd.DataFrame:
    """The trips that a reader of that day did not know as made, in their order.

    `trip_id`, `left_home`, `known_from`, `why` and `doubted`; `announced` says whether they were announced by then.
    """
    since, moment = first_known(travel), pd.Timestamp(day)
    later = ~(since["known_from"] <= moment)
    announced = since["announced_from"] <= moment
    unknown_yet = (
        travel.trips[["trip_id", "left_home"]].join(since[["known_from", "why", "doubted"]]).assign(announced=announced)
    )
    return unknown_yet[later]
