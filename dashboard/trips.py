"""A data folder -> `Travel`: checked tables as typed frames, each stop with the leg that reached it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard import dates
from dashboard.checks import check
from dashboard.codes import UNKNOWN_YEAR
from dashboard.places import place_ids, read_places, slug
from dashboard.reading import Fault, Folder, read_folder
from dashboard.routes import MODE, add_legs, find_routes, trip_distances
from dashboard.travel import Travel

__all__ = ["UNKNOWN_YEAR", "DataError", "Travel", "build", "load"]


class DataError(Exception):
    """A data folder with faults: none of it is shown, and `faults` names them all."""

    def __init__(self, folder: Path, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join([*map(str, faults), f"{len(faults):,} faults in {folder}; nothing was loaded"]))


def load(path: Path) -> Travel:
    """Read, check and join a data folder. Raises `DataError` with every fault."""
    folder = read_folder(path)
    faults = check(folder, folder.checked)
    if faults:
        raise DataError(path, faults)
    return build(folder)


def build(folder: Folder) -> Travel:
    """Join the tables of a folder without faults."""
    text = folder.frames
    places, leaders = read_places(text["places"]), read_leaders(text["leaders"])
    trips = read_trips(text["trips"], leaders)
    stops = read_stops(text["stops"], trips)
    homes = leaders["home_place_id"].reindex(trips["leader_id"].to_numpy()[stops["trip"]].astype(str))
    stops = add_legs(stops, pd.Series(homes.fillna("").to_numpy(), index=stops.index, dtype="str"))
    routes, numbers = find_routes(stops, places, text["routes"])
    stops = mark_stops(stops.assign(route=numbers, pair=routes["pair"].to_numpy()[numbers]), places)
    meetings = read_meetings(text["meetings"], trips)
    categories = ["place_id", "from_place_id", "country_iso3"]
    return Travel(
        leaders=leaders,
        trips=trips.join(trip_distances(stops, routes, len(trips))),
        stops=stops.astype(dict.fromkeys(categories, "category")),
        meetings=meetings,
        evidence=_of_trips(text["evidence"], trips),
        places=places,
        routes=routes,
        lines=draw_lines(routes),
        people=find_people(meetings),
        data_as_of=folder.data_as_of,
    )


def read_leaders(text: pd.DataFrame) -> pd.DataFrame:
    """Leaders indexed by id, with `home_place_id`, and `first_year` and `last_year` in office (NaN where unknown)."""
    frame = text.assign(home_place_id=place_ids(text["home_place"], text["home_country_iso3"]))
    first, last = dates.bounds(text["in_office_from"]), dates.bounds(text["in_office_until"])
    frame = frame.assign(first_year=first["earliest"].dt.year, last_year=last["latest"].dt.year)
    return frame.set_index("leader_id")


def read_trips(text: pd.DataFrame, leaders: pd.DataFrame) -> pd.DataFrame:
    """Trips in file order under the numbers 0, 1, …, with parsed days beside every date as written."""
    frame = text.reset_index(drop=True)
    for name in ("left_home", "arrived_host", "left_host", "back_home"):
        frame = frame.join(dates.bounds(frame[name]).add_prefix(f"{name}_"))
    year = frame["left_home_earliest"].dt.year.fillna(UNKNOWN_YEAR).astype("int16")
    uncertain = _uncertain(frame)
    return frame.assign(
        leader_id=pd.Categorical(frame["leader_id"], categories=list(leaders.index)),
        year=year,
        days=_days(frame),
        uncertain=uncertain,
        days_uncertain=uncertain.str.contains("days", regex=False),
    )


def _days(trips: pd.DataFrame) -> pd.Series:
    """Days from leaving home to being back, both counted; NaN unless both are known to the day, doubted or not."""
    exact = pd.Series(True, index=trips.index)
    for name in ("left_home", "back_home"):
        exact &= trips[f"{name}_earliest"].eq(trips[f"{name}_latest"])
    days = (trips["back_home_latest"] - trips["left_home_earliest"]).dt.days + 1
    return days.where(exact).astype("float32")


def _uncertain(trips: pd.DataFrame) -> pd.Series:
    """Names of the columns that a row gives but does not know for certain, joined by `;`; `days` follows its dates."""
    marks = pd.Series("", index=trips.index, dtype="str")
    for name in ("left_home", "back_home"):
        marks += np.where(dates.is_uncertain(trips[name]), f"{name};", "")
    doubted = (marks != "") & _days(trips).notna()
    return (marks + np.where(doubted, "days;", "")).str.rstrip(";")


def read_stops(text: pd.DataFrame, trips: pd.DataFrame) -> pd.DataFrame:
    """Stops ordered by trip and number; `mode` and `kind` as categories, `place_id` from name and country."""
    frame = _of_trips(text, trips)
    frame = frame.assign(
        stop=pd.to_numeric(frame["stop"]).astype("int32"),
        place_id=place_ids(frame["place"], frame["country_iso3"]),
        mode=frame["reached_by"].astype(MODE),
        kind=frame["kind"].astype("category"),
        certainty=frame["certainty"].astype("category"),
    )
    return frame.drop(columns="reached_by").sort_values(["trip", "stop"], ignore_index=True)


def mark_stops(stops: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Mark the stops that count their trip for a country or a line, and those that the map cannot show."""
    visit = stops["kind"] == "visit"
    seen = stops[visit].duplicated(["trip", "country_iso3"]).reindex(stops.index, fill_value=True)
    spotless = places.index[places["latitude_deg"].isna() | places["longitude_deg"].isna()]
    return stops.assign(
        counts_country=visit & ~seen,
        counts_line=~stops.duplicated(["trip", "pair"]),
        off_the_map=stops["place_id"].isin(spotless) & (stops["kind"] != "home"),
    )


def read_meetings(text: pd.DataFrame, trips: pd.DataFrame) -> pd.DataFrame:
    """Meetings with the counterpart's slug as `met`, a category, and `counts_person`."""
    frame = _of_trips(text, trips)
    slugs = {name: slug(name) for name in frame["counterpart"].unique()}
    met = frame["counterpart"].map(slugs).astype("category")
    return frame.assign(met=met, counts_person=~frame.assign(met=met).duplicated(["trip", "met"]))


def find_people(meetings: pd.DataFrame) -> pd.DataFrame:
    """Counterparts in the order of the category `met`: `counterpart` and `country`, as first written."""
    first = meetings.drop_duplicates("met").set_index("met")[["counterpart", "counterpart_country_iso3"]]
    people = first.reindex(meetings["met"].cat.categories)
    return people.rename(columns={"counterpart_country_iso3": "country"})


def draw_lines(routes: pd.DataFrame) -> pd.DataFrame:
    """The routes, both directions as one, in the order of `pair`, with the coordinates of their two ends.

    `drawn` is False where there is no line to draw.
    """
    lines = routes.drop_duplicates("pair").sort_values("pair", ignore_index=True)
    ends = {
        f"{end}_{degrees}": [line[at] if len(line) else np.nan for line in lines[degrees]]
        for end, at in (("from", 0), ("to", -1))
        for degrees in ("longitude_deg", "latitude_deg")
    }
    return lines.assign(drawn=(lines["certainty"] != "unplaced") & (lines["km"] > 0), **ends)


def _of_trips(text: pd.DataFrame, trips: pd.DataFrame) -> pd.DataFrame:
    """Rows with the number of their trip instead of its id, ordered by trip."""
    known = pa.array(trips["trip_id"], type=pa.large_string())
    trip = pc.index_in(pa.array(text["trip_id"], type=pa.large_string()), value_set=known).to_numpy().astype("int32")
    return text.drop(columns="trip_id").assign(trip=trip).sort_values("trip", kind="stable", ignore_index=True)
