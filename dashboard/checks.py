"""Every fault of a data folder at once: table by table, then what one table says of another."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import pandas as pd

from dashboard import corridors
from dashboard.cells import check_table
from dashboard.dates import bounds
from dashboard.places import place_ids, read_places
from dashboard.reading import Fault, Folder
from dashboard.schema import TABLES


def check(folder: Folder) -> list[Fault]:
    """All faults of a folder, by file and line. An empty list means that the page can show all of it."""
    faults = list(folder.faults)
    for table in TABLES:
        faults += check_table(table, folder.frames[table.name], folder.file(table.name))
    whole = all(set(table.names) <= set(folder.frames[table.name].columns) for table in TABLES)
    if whole:
        for rule in LINKS:
            faults += rule(folder)
    return sorted(faults, key=lambda fault: (fault.file, fault.line or 0))


def unknown_leaders(folder: Folder) -> Iterator[Fault]:
    """Trips of a leader that leaders.csv does not hold."""
    trips, known = folder.frames["trips"], folder.frames["leaders"]["leader_id"]
    for line, name in trips["leader_id"][_strangers(trips["leader_id"], known)].items():
        yield Fault(folder.file("trips"), int(line), f"unknown leader {name!r}; {_advice(name, known, 'leaders.csv')}")


def unknown_trips(folder: Folder) -> Iterator[Fault]:
    """Stops, meetings and evidence of a trip that trips.csv does not hold, and trips without a stop."""
    trips, stops = folder.frames["trips"], folder.frames["stops"]
    for table, row in (("stops", "stop"), ("meetings", "meeting"), ("evidence", "evidence")):
        names = folder.frames[table]["trip_id"]
        for line, name in names[_strangers(names, trips["trip_id"])].items():
            advice = _advice(name, trips["trip_id"], "trips.csv")
            yield Fault(folder.file(table), int(line), f"{row} without trip: {name!r} is unknown; {advice}")
    bare = trips["trip_id"][_strangers(trips["trip_id"], stops["trip_id"])]
    for line, name in bare.items():
        message = f"trip without stops: {name!r}; add its places to stops.csv, the way home last"
        yield Fault(folder.file("trips"), int(line), message)


def unknown_places(folder: Folder) -> Iterator[Fault]:
    """Stops and homes at a place that places.csv does not hold."""
    known = place_ids(folder.frames["places"]["place"], folder.frames["places"]["country_iso3"])
    homes = ("leaders", "home_place", "home_country_iso3")
    for table, place, country in (("stops", "place", "country_iso3"), homes):
        frame = folder.frames[table]
        ids = place_ids(frame[place], frame[country])
        for line in frame.index[_strangers(ids, known)]:
            name, iso3 = frame.at[line, place], frame.at[line, country]
            near = _nearest(ids[line], known)
            hint = f"did you mean {near}? " if near else ""
            advice = f"{hint}Correct it, or add it to places.csv and run python -m dashboard geocode"
            yield Fault(folder.file(table), int(line), f"unknown place {name!r}, {iso3}; {advice}")


def meetings_off_the_route(folder: Folder) -> Iterator[Fault]:
    """Meetings at a place where the trip has no stop."""
    meetings, stops = folder.frames["meetings"], folder.frames["stops"]
    stopped = set(zip(stops["trip_id"], stops["place"], strict=True))
    for line, trip, place in meetings[["trip_id", "place"]].itertuples(name=None):
        if place and (trip, place) not in stopped:
            message = f"trip {trip} has no stop at {place!r}; write the place as in stops.csv, or leave it empty"
            yield Fault(folder.file("meetings"), int(line), message)


def days_reversed(folder: Folder) -> Iterator[Fault]:
    """Rows that end before they begin. Uncertain dates are given the benefit of the doubt: latest against earliest."""
    spans = (("stops", "arrived", "left"), ("trips", "left_home", "back_home"), ("trips", "arrived_host", "left_host"))
    for table, first, last in spans:
        frame = folder.frames[table]
        wrong = bounds(frame[last])["latest"] < bounds(frame[first])["earliest"]
        for line, start, end in frame.loc[wrong, [first, last]].itertuples(name=None):
            said = f"{last} {end} is before {first} {start}; correct one of the two"
            yield Fault(folder.file(table), int(line), said)


def stops_disordered(folder: Folder) -> Iterator[Fault]:
    """Stops whose numbers leave a gap, whose days run backwards, or that follow the way home."""
    stops = folder.frames["stops"].assign(line=lambda frame: frame.index)
    stops["number"] = pd.to_numeric(stops["stop"], errors="coerce")
    stops["earliest"] = bounds(stops["left"].where(stops["left"] != "", stops["arrived"]))["earliest"]
    stops["latest"] = bounds(stops["arrived"])["latest"]
    stops = stops.dropna(subset="number").sort_values(["trip_id", "number"], kind="stable")
    before = stops.shift().where(stops["trip_id"].eq(stops["trip_id"].shift()))
    file = folder.file("stops")
    gap = stops["number"].ne(before["number"].fillna(0) + 1) & stops["number"].ne(before["number"])
    for line, trip, stop in stops.loc[gap, ["line", "trip_id", "stop"]].itertuples(index=False, name=None):
        yield Fault(file, int(line), f"stops out of order: {trip} jumps to stop {stop}; number them 1, 2, 3 without a gap")
    back = stops["latest"] < before["earliest"]
    said = stops.assign(before=before["left"].where(before["left"] != "", before["arrived"]))[back]
    for line, day, earlier in said[["line", "arrived", "before"]].itertuples(index=False, name=None):
        message = f"stops out of order: arrived {day} is before {earlier} at the stop before; correct the day or the order"
        yield Fault(file, int(line), message)
    for line in stops.loc[before["kind"] == "home", "line"]:
        yield Fault(file, int(line), "a stop after the way home; only the last stop of a trip has kind home")


def coordinates_unusable(folder: Folder) -> Iterator[Fault]:
    """Places with half a coordinate, or at 0, 0, which nearly always means not found."""
    frame = folder.frames["places"]
    half = (frame["latitude_deg"] == "") != (frame["longitude_deg"] == "")
    for line in frame.index[half]:
        yield Fault(folder.file("places"), int(line), "only one of latitude_deg and longitude_deg is given; write both or none")
    numbers = frame[["latitude_deg", "longitude_deg"]].apply(pd.to_numeric, errors="coerce")
    for line in frame.index[(numbers == 0).all(axis=1)]:
        message = "coordinates 0, 0 mean not found; leave both empty and run python -m dashboard geocode"
        yield Fault(folder.file("places"), int(line), message)


def corridors_unusable(folder: Folder) -> Iterator[Fault]:
    """Corridors through an unknown place, or longer than 1.6 times the direct way."""
    known = read_places(folder.frames["places"])
    for row in folder.frames["routes"].itertuples():
        message = corridors.fault(corridors.towns(row), known)
        if message:
            yield Fault(folder.file("routes"), int(row.Index), message)


def _strangers(names: pd.Series, known: pd.Series) -> pd.Series:
    """True where a name is given and not among the known; an empty one is the column rule's business."""
    return (names != "") & ~names.isin(known)


def _nearest(name: str, known: pd.Series) -> str:
    return next(iter(get_close_matches(name, list(known), n=1, cutoff=0.75)), "")


def _advice(name: str, known: pd.Series, file: str) -> str:
    near = _nearest(name, known)
    return f"did you mean {near}?" if near else f"add it to {file} or correct it"


LINKS = (
    unknown_leaders,
    unknown_trips,
    unknown_places,
    meetings_off_the_route,
    days_reversed,
    stops_disordered,
    coordinates_unusable,
    corridors_unusable,
)
