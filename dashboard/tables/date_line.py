"""Which legs go east over the date line: after them the local day may be the one before."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.tables.dates import bounds
from dashboard.tables.ids import is_another_name, place_ids
from dashboard.tables.reading import Folder, once

# Where the line leaves the meridian of 180 degrees: who has the Asian day at western longitudes, since when.
ASIAN_DAY = {
    "FJI": "",
    "KIR": "1995-01-01",
    "NZL": "",
    "RUS": "",
    "TKL": "2011-12-30",
    "TON": "",
    "WLF": "",
    "WSM": "2011-12-30",
}
# Who has the American day at eastern longitudes: the western Aleutians.
AMERICAN_DAY = ("USA",)
ALEUTIANS_DEG = 165.0
# Whose day is known by the country alone, for places without coordinates.
AMERICAN_ISLANDS = ("ASM", "COK", "NIU", "PCN", "PYF", "USA")


def goes_east(start: pd.DataFrame, end: pd.DataFrame, day: pd.Series) -> npt.NDArray[np.bool_]:
    """True where the way from each row of `start` to that of `end` crosses the date line eastwards on a day.

    Both have `country_iso3` and `longitude_deg` (NaN unknown); `day` is datetime64, NaT unknown. Indices are ignored.
    """
    moments = day.to_numpy()
    west, east = _has_asian_day(start, moments), ~_has_asian_day(end, moments)
    degrees = [frame["longitude_deg"].to_numpy(float) % 360 for frame in (start, end)]
    # The shorter way between them does not cross Greenwich.
    near = np.abs(degrees[0] - degrees[1]) < 180
    unplaced = np.isnan(degrees[0]) | np.isnan(degrees[1])
    islands = (
        start["country_iso3"].isin(list(ASIAN_DAY)).to_numpy() & end["country_iso3"].isin(AMERICAN_ISLANDS).to_numpy()
    )
    return np.asarray(west & east & np.where(unplaced, islands, near))


def _has_asian_day(places: pd.DataFrame, day: npt.NDArray[np.datetime64]) -> npt.NDArray[np.bool_]:
    """Whether places keep the day of Asia and Europe; those without coordinates do by their country."""
    country, degrees = places["country_iso3"], places["longitude_deg"].to_numpy(float)
    since = pd.to_datetime(country.map(ASIAN_DAY).replace("", "0001-01-01"), format="%Y-%m-%d").to_numpy()
    listed = country.isin(list(ASIAN_DAY)).to_numpy() & ~(day < since)
    aleutian = country.isin(AMERICAN_DAY).to_numpy() & (degrees > ALEUTIANS_DEG)
    return np.asarray(listed | ((degrees >= 0) & ~aleutian))


@once
def stops_after(folder: Folder) -> npt.NDArray[np.bool_]:
    """For each stop whether the leg that reached it goes east over the line; the first leg begins at home."""
    stops = folder.frames["stops"]
    if not {"stop", "place", "country_iso3", "arrived"} <= set(stops.columns) or stops.empty:
        return np.zeros(len(stops), dtype=bool)
    trips, number = folder.trip_numbers["stops"], pd.to_numeric(stops["stop"], errors="coerce").to_numpy(float)
    order = np.lexsort((number, trips))
    here = _located(folder, stops[["place", "country_iso3"]]).iloc[order]
    first = np.append(True, trips[order][1:] != trips[order][:-1])
    homes = _homes(folder).iloc[np.minimum(trips[order], len(folder.frames["trips"]))].reset_index(drop=True)
    before = here.shift().reset_index(drop=True).mask(pd.Series(first), homes)
    crossing = np.zeros(len(stops), dtype=bool)
    crossing[order] = goes_east(before, here, bounds(stops["arrived"])["latest"].iloc[order])
    return crossing


def days_lost(folder: Folder) -> npt.NDArray[np.timedelta64]:
    """For each stop by how much its local day may be before that of the stop before: a day over the line, or none."""
    return np.where(stops_after(folder), np.timedelta64(1, "D"), np.timedelta64(0, "D"))


def trips_that_lose_days(folder: Folder) -> npt.NDArray[np.timedelta64]:
    """For each trip the same of its stops together."""
    trips = len(folder.frames["trips"])
    of_stops = np.minimum(folder.trip_numbers["stops"], trips)
    crossed = np.bincount(of_stops, stops_after(folder), trips + 1)[:trips] > 0
    return np.where(crossed, np.timedelta64(1, "D"), np.timedelta64(0, "D"))


def _located(folder: Folder, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of (place, country_iso3) -> `country_iso3` and `longitude_deg`, NaN where unknown."""
    columns = ["place", "country_iso3", "longitude_deg", "same_as"]
    places = folder.frames["places"].reindex(columns=columns, fill_value="")
    places = places[~is_another_name(places)]
    known = pd.to_numeric(places["longitude_deg"], errors="coerce")
    known.index = pd.Index(place_ids(places["place"], places["country_iso3"], folder.renamed))
    ids = place_ids(rows.iloc[:, 0], rows.iloc[:, 1], folder.renamed)
    at = known[~known.index.duplicated()].reindex(pd.Index(ids)).to_numpy()
    return pd.DataFrame({"country_iso3": rows.iloc[:, 1].to_numpy(), "longitude_deg": at})


def _homes(folder: Folder) -> pd.DataFrame:
    """Where the leader of each trip lives, a row for each and one for trips that are not there."""
    columns = ["leader_id", "home_place", "home_country_iso3"]
    leaders = folder.frames["leaders"].reindex(columns=columns, fill_value="").drop_duplicates("leader_id")
    of_trips = folder.frames["trips"].reindex(columns=["leader_id"], fill_value="")
    homes = leaders.set_index("leader_id").reindex([*of_trips["leader_id"], ""]).fillna("")
    return _located(folder, homes.astype("str"))
