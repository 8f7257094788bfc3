"""A data folder -> `Travel`: checked tables as typed frames, each stop with the leg that reached it."""

from __future__ import annotations

from itertools import compress, product
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.tables import dates
from dashboard.tables.categories import category, find, numbers
from dashboard.tables.checks import check_tables
from dashboard.tables.ids import Renamed, place_ids, slug
from dashboard.tables.reading import Fault, Folder, empty, read_folder
from dashboard.tables.schema import INBOUND, PLACE_NAMES, REPORTED, TERMS, Table
from dashboard.travel.corridors import check_corridors
from dashboard.travel.legs import MODE, UNPLACED, add_legs, find_routes, trip_distances
from dashboard.travel.names_by_period import as_then, read_place_names
from dashboard.travel.numbering import numbered
from dashboard.travel.places import read_places
from dashboard.travel.publishers import count_publishers
from dashboard.travel.travel import CANCELLED, MADE, PLANNED, UNKNOWN_YEAR, Travel

__all__ = ["UNKNOWN_YEAR", "DataError", "Travel", "build", "check", "load"]


# Column of places -> the kinds of stops that count for it.
BEEN = {"visited": ["visit"], "stopped_at": ["visit", "transit"]}


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


def check(folder: Folder, trusted: frozenset[str] = frozenset()) -> list[Fault]:
    """All faults of a folder, by file and line. An empty list means that the page can show all of it.

    Tables that are `trusted` were checked when they were written: what they say by themselves is not checked again.
    """
    faults = check_tables(folder, trusted)
    if not trusted.issuperset({"places", "routes"}):
        faults += check_corridors(folder)
    return sorted(faults, key=lambda fault: (fault.file, fault.line or 0))


def build(folder: Folder) -> Travel:
    """Join the tables of a folder without faults."""
    text = folder.frames
    places, leaders = read_places(text["places"]), read_leaders(text["leaders"], folder.renamed)
    trips = read_trips(text["trips"], leaders)
    stops = add_legs(read_stops(_of_trips(folder, "stops"), folder.renamed), _homes(trips, leaders))
    routes, legs = find_routes(stops, places, text["routes"])
    names = read_place_names(_optional(folder, PLACE_NAMES), folder.renamed)
    stops, meetings = as_then(stops, read_meetings(_of_trips(folder, "meetings")), names)
    stops = mark_stops(stops.assign(route=legs, line=line_of_each(legs, routes)))
    evidence = _compact(_of_trips(folder, "evidence"), "field", "publisher", "stance")
    trips = trips.join(trip_distances(stops, routes, len(trips)))
    return Travel(
        leaders=leaders,
        trips=numbered(
            trips.assign(status=read_status(stops, len(trips)), publishers=count_publishers(evidence, trips.index))
        ),
        stops=stops,
        meetings=meetings,
        evidence=evidence,
        places=mark_places(places, stops),
        routes=routes,
        lines=draw_lines(routes, places),
        people=find_people(meetings),
        data_as_of=folder.data_as_of,
        about=folder.about,
        inbound=_optional(folder, INBOUND),
        reported=_optional(folder, REPORTED),
        terms=_optional(folder, TERMS),
        place_names=names,
        statements={name: text[name] for name in folder.statements},
    )


def _optional(folder: Folder, table: Table) -> pd.DataFrame:
    return (folder.frames[table.name] if table.name in folder.frames else empty(table)).reset_index(drop=True)


def _homes(trips: pd.DataFrame, leaders: pd.DataFrame) -> pd.Series:
    """The place id of each trip's home."""
    return leaders["home_place_id"].iloc[trips["leader_id"].cat.codes].reset_index(drop=True)


def read_leaders(text: pd.DataFrame, renamed: Renamed | None = None) -> pd.DataFrame:
    """Leaders indexed by id, with `home_place_id`, and `first_year` and `last_year` in office (NaN where unknown)."""
    frame = text.assign(home_place_id=place_ids(text["home_place"], text["home_country_iso3"], renamed))
    first, last = dates.bounds(text["in_office_from"]), dates.bounds(text["in_office_until"])
    frame = frame.assign(first_year=first["earliest"].dt.year, last_year=last["latest"].dt.year)
    return frame.set_index("leader_id")


def read_trips(text: pd.DataFrame, leaders: pd.DataFrame) -> pd.DataFrame:
    """Trips in file order under the numbers 0, 1, …, with parsed days beside the two ends as written."""
    frame = text.reset_index(drop=True)
    for name in ("left_home", "back_home"):
        frame = frame.join(dates.bounds(frame[name]).add_prefix(f"{name}_"))
    days = _days(frame)
    uncertain = _uncertain(frame, days)
    return _compact(frame, "left_home", "arrived_host", "left_host", "back_home").assign(
        leader_id=pd.Categorical.from_codes(find(frame["leader_id"], leaders.index.to_series()), leaders.index),
        year=_year(frame),
        days=days,
        uncertain=uncertain,
        days_uncertain=uncertain.str.contains("days", regex=False),
    )


def _year(trips: pd.DataFrame) -> pd.Series:
    """The year of leaving home where it is certain, else `UNKNOWN_YEAR`."""
    first, last = trips["left_home_earliest"].dt.year, trips["left_home_latest"].dt.year
    year: pd.Series = first.where(first == last).fillna(UNKNOWN_YEAR).astype("int16")
    return year


def _days(trips: pd.DataFrame) -> pd.Series:
    """Days from leaving home to being back, both counted; NaN unless both are known to the day, doubted or not."""
    exact = pd.Series(True, index=trips.index)
    for name in ("left_home", "back_home"):
        exact &= trips[f"{name}_earliest"].eq(trips[f"{name}_latest"])
    days = (trips["back_home_latest"] - trips["left_home_earliest"]).dt.days + 1
    return days.where(exact).astype("float32")


def _uncertain(trips: pd.DataFrame, days: pd.Series) -> pd.Series:
    """Names of the columns that a row gives but does not know for certain, joined by `;`; `days` follows its dates."""
    left, back = (dates.is_uncertain(trips[name]).to_numpy() for name in ("left_home", "back_home"))
    doubted = (left | back) & days.notna().to_numpy()
    # Each row's doubts as a number: a bit for each column.
    texts = [";".join(compress(("left_home", "back_home", "days"), bits)) for bits in product((0, 1), repeat=3)]
    return pd.Series(
        pd.Categorical.from_codes(left * 4 + back * 2 + doubted, pd.Index(texts, dtype="str")), trips.index
    )


def read_stops(frame: pd.DataFrame, renamed: Renamed | None = None) -> pd.DataFrame:
    """Stops ordered by trip and number; what repeats as categories, `place_id` from name and country."""
    frame = frame.assign(
        stop=numbers(frame["stop"], pd.to_numeric).astype(np.int32),
        place_id=category(place_ids(frame["place"], frame["country_iso3"], renamed)),
        mode=frame["reached_by"].astype(MODE),
    ).drop(columns="reached_by")
    frame = _compact(frame, "place", "country_iso3", "arrived", "left", "kind", "certainty")
    keys = frame["trip"].to_numpy(dtype=np.int64) * (int(frame["stop"].max()) + 1 if len(frame) else 1)
    return _in_order(frame, keys + frame["stop"].to_numpy())


def line_of_each(legs: pd.Series, routes: pd.DataFrame) -> pd.Series:
    """The id of the line (a category) that each of some legs, categories of route ids, belongs to."""
    return category(routes["line"]).take(legs.cat.codes.to_numpy()).set_axis(legs.index)


def mark_stops(stops: pd.DataFrame) -> pd.DataFrame:
    """Mark the stops that count their trip for a country or a line: the first of each."""
    visit = stops["kind"] == "visit"
    return stops.assign(
        counts_country=_is_first(stops, stops["country_iso3"].cat.codes, visit),
        counts_line=_is_first(stops, stops["line"].cat.codes, pd.Series(True, stops.index)),
    )


def read_status(stops: pd.DataFrame, trips: int) -> pd.Series:
    """For each trip whether it was `made`, only `planned` (every stop away from home is expected) or `cancelled`."""
    away = (stops["kind"] != "home").to_numpy()
    of_trip, certainty = stops["trip"].to_numpy()[away], stops["certainty"][away]
    every = np.bincount(of_trip, minlength=trips)
    alike = [
        (every > 0) & (np.bincount(of_trip, (certainty == word).to_numpy(), trips) == every)
        for word in ("expected", CANCELLED)
    ]
    codes = alike[0] + 2 * alike[1].astype(np.int64)
    return pd.Series(pd.Categorical.from_codes(codes, pd.Index([MADE, PLANNED, CANCELLED])))


def mark_places(places: pd.DataFrame, stops: pd.DataFrame) -> pd.DataFrame:
    """Mark the places that any trip has visited, and stopped at: visited, or passed in transit."""
    been = {name: stops.loc[stops["kind"].isin(kinds), "place_id"].unique() for name, kinds in BEEN.items()}
    return places.assign(**{name: places.index.isin(ids) for name, ids in been.items()})


def _is_first(rows: pd.DataFrame, codes: pd.Series, counted: pd.Series) -> pd.Series:
    """True where, among the rows `counted`, a trip has a value for the first time."""
    pairs = rows["trip"].astype("int64") * (int(codes.max()) + 1 if len(codes) else 1) + codes
    return counted & ~pairs[counted].duplicated().reindex(rows.index, fill_value=True)


def read_meetings(frame: pd.DataFrame) -> pd.DataFrame:
    """Meetings with the counterpart's slug as `met`, a category, and `counts_person`."""
    codes, names = pd.factorize(frame["counterpart"])
    met = category(pd.Series([slug(name) for name in names], dtype="str").take(codes).set_axis(frame.index))
    frame = _compact(frame, "date", "counterpart", "counterpart_country_iso3", "place", "setting")
    once = _is_first(frame, met.cat.codes, pd.Series(True, frame.index))
    return frame.assign(met=met, counts_person=once)


def find_people(meetings: pd.DataFrame) -> pd.DataFrame:
    """Counterparts in the order of the category `met`: `counterpart` and `country`, as first written."""
    first = meetings.drop_duplicates("met").set_index("met")[["counterpart", "counterpart_country_iso3"]]
    people = first.reindex(meetings["met"].cat.categories).astype("str")
    return people.rename(columns={"counterpart_country_iso3": "country"})


def draw_lines(routes: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """The routes, both directions as one, ordered by line id, with the coordinates and the countries of their two ends.

    `drawn` is False where there is no line to draw.
    """
    lines = routes.drop_duplicates("line").set_index("line").sort_index()
    columns = {"longitude_deg": "longitude_deg", "latitude_deg": "latitude_deg", "country": "country_iso3"}
    ends = {
        f"{end}_{name}": places[column].reindex(lines[f"{end}_place_id"]).to_numpy()
        for end in ("from", "to")
        for name, column in columns.items()
    }
    return lines.assign(drawn=(lines["certainty"] != UNPLACED) & (lines["km"] > 0), **ends)


def _of_trips(folder: Folder, table: str) -> pd.DataFrame:
    """A table's rows with the number of their trip instead of its id, ordered by trip."""
    trip = folder.trip_numbers[table]
    rows = folder.frames[table].drop(columns="trip_id").reset_index(drop=True).assign(trip=trip)
    return _in_order(rows, trip)


def _in_order(rows: pd.DataFrame, keys: npt.NDArray[np.int64] | npt.NDArray[np.int32]) -> pd.DataFrame:
    """The rows by their keys; most files are in order already, and are not copied."""
    if (keys[1:] >= keys[:-1]).all():
        return rows
    return rows.take(np.argsort(keys, kind="stable")).reset_index(drop=True)


def _compact(frame: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The frame with some columns as categories: those whose texts repeat."""
    return frame.assign(**{name: category(frame[name]) for name in columns})
