"""Every fault of a data folder at once: table by table, then what one table says of another."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import partial

import numpy as np
import pandas as pd

from dashboard.tables import countries, date_line, dates, trip_days
from dashboard.tables.categories import find, numbers
from dashboard.tables.dates import bounds
from dashboard.tables.ids import is_another_name, place_ids, renamed_places
from dashboard.tables.reading import Fault, Folder
from dashboard.tables.schema import CANCELLED, CLAIMS, TABLES, Column, Table

BY_NAME = {table.name: table for table in TABLES}
# Tables that name a place, and the columns in which they do.
PLACED = (
    ("stops", "place", "country_iso3"),
    ("leaders", "home_place", "home_country_iso3"),
    ("place_names", "place", "country_iso3"),
)
# How many pairs of names are compared for hints: one takes some ten microseconds.
COMPARISONS = 100_000
LINK = re.compile(r"https?://[^\s/]+\S*", re.ASCII)
INTEGER, NUMBER = re.compile(r"0|-?[1-9][0-9]*"), re.compile(r"-?[0-9]+(\.[0-9]+)?")


def check_tables(folder: Folder, trusted: frozenset[str] = frozenset()) -> list[Fault]:
    """All faults that the tables of a folder have among themselves.

    Tables that are `trusted` were checked when they were written: what they say by themselves is not checked again.
    """
    faults = list(folder.faults)
    for name, frame in folder.frames.items():
        if name not in trusted:
            faults += check_table(BY_NAME.get(name, CLAIMS), frame, folder.file(name))
    for rule, tables in LINKS.items():
        if is_whole(folder, tables) and not trusted.issuperset(tables or ("trips", "stops")):
            faults += rule(folder)
    return faults


def is_whole(folder: Folder, tables: tuple[str, ...]) -> bool:
    """Whether these tables have all their columns."""
    frames = folder.frames
    return all(name in frames and set(BY_NAME[name].names) <= set(frames[name].columns) for name in tables)


def unknown_leaders(folder: Folder) -> Iterator[Fault]:
    """Trips of, visits to, and posts of, a leader that leaders.csv does not hold."""
    yield from _unknown(folder, ("trips", "inbound", "terms"), "leader_id", "leaders", "unknown leader {!r}")


def unknown_reports(folder: Folder) -> Iterator[Fault]:
    """Days of first reports of a trip that trips.csv does not hold."""
    yield from _unknown(folder, ("reported",), "trip_id", "trips", "report without trip: {!r} is unknown")


def _unknown(folder: Folder, tables: tuple[str, ...], key: str, where: str, what: str) -> Iterator[Fault]:
    """Rows of some tables whose `key` is not among those of another, and what can be written instead."""
    known = folder.frames[where][key]
    for table in tables:
        strangers = _strangers(folder.frames.get(table, pd.DataFrame()).get(key, pd.Series(dtype="str")), known)
        near = nearest(strangers, known)
        for line, name in _by_line(strangers):
            advice = _advice(near.get(name, ""), f"{where}.csv")
            yield Fault(folder.file(table), int(line), f"{what.format(name)}; {advice}")


def unknown_trips(folder: Folder) -> Iterator[Fault]:
    """Stops, meetings and evidence of a trip that trips.csv does not hold."""
    known = folder.frames["trips"]["trip_id"]
    for table, row in (("stops", "stop"), ("meetings", "meeting"), ("evidence", "evidence")):
        names = folder.frames[table].get("trip_id", pd.Series(dtype="str"))
        strangers = names[folder.trip_numbers[table] >= len(known)].pipe(_given)
        near = nearest(strangers, known)
        for line, name in _by_line(strangers):
            advice = _advice(near.get(name, ""), "trips.csv")
            yield Fault(folder.file(table), int(line), f"{row} without trip: {name!r} is unknown; {advice}")


def trips_without_stops(folder: Folder) -> Iterator[Fault]:
    """Trips that went nowhere."""
    names = folder.frames["trips"]["trip_id"]
    gone = np.bincount(folder.trip_numbers["stops"], minlength=len(names))[: len(names)] > 0
    # Of two trips under one name, which is a fault of its own, the stops are those of the first.
    for line, name in _by_line(_strangers(names[~gone], names[gone])):
        message = f"trip without stops: {name!r}; add its places to stops.csv, the way home last"
        yield Fault(folder.file("trips"), int(line), message)


def unknown_places(folder: Folder) -> Iterator[Fault]:
    """Stops and homes at a place that places.csv does not hold, and names of such a place."""
    known = _ids(folder, "places", "place", "country_iso3")
    for table, place, country in (one for one in PLACED if one[0] in folder.frames):
        ids = _strangers(_ids(folder, table, place, country), known)
        if ids.empty:
            continue
        near = nearest(ids, known)
        rows = folder.frames[table].loc[ids.index].assign(id=ids)
        for line, name, iso3, identity in rows.reindex(columns=[place, country, "id"]).itertuples(name=None):
            hint = f"did you mean {near[identity]}? " if identity in near else ""
            advice = f"{hint}Correct it, or add it to places.csv and run python -m dashboard geocode"
            yield Fault(folder.file(table), int(line), f"unknown place {name!r}, {iso3}; {advice}")


def names_overlapping(folder: Folder) -> Iterator[Fault]:
    """Names of one place at the same time: nobody could say which it had."""
    frame = folder.frames["place_names"]
    if len(frame) < 2:
        return
    days = frame.assign(first=bounds(frame["used_from"])["latest"], last=bounds(frame["used_until"])["earliest"])
    days = days.sort_values(["place", "country_iso3", "last"], kind="stable")
    before = days.groupby(["place", "country_iso3"])["last"].shift()
    for line, place, name in days.loc[before >= days["first"], ["place", "name"]].itertuples(name=None):
        message = f"{place} had another name when it was {name!r}; let one period end before the next begins"
        yield Fault(folder.file("place_names"), int(line), message)


def places_alike(folder: Folder) -> Iterator[Fault]:
    """Places whose names differ in case alone: only the first of them could be found."""
    frame = folder.frames["places"]
    others = is_another_name(frame)
    frame, ids = frame[~others], _ids(folder, "places", "place", "country_iso3")[~others]
    first = {identity: line for line, identity in reversed(list(ids.items()))}
    alike = (ids != "") & ids.duplicated() & ~frame.duplicated(["place", "country_iso3"])
    for line, identity in _by_line(ids[alike]):
        message = (
            f"place id {identity} is that of line {first[identity]} too; list the place once, or name it otherwise"
        )
        yield Fault(folder.file("places"), int(line), message)


def same_as_nothing(folder: Folder) -> Iterator[Fault]:
    """Other names of a place that has no row, or that is itself another name."""
    frame = folder.frames["places"]
    others = is_another_name(frame)
    if not others.any():
        return
    alone, renamed = frame[~others], renamed_places(frame[~others])
    known = place_ids(alone["place"], alone["country_iso3"], renamed)
    chained = set(place_ids(frame.loc[others, "place"], frame.loc[others, "country_iso3"]))
    strangers = _strangers(frame.loc[others, "same_as"], known)
    near = nearest(strangers, known)
    for line, name in _by_line(strangers):
        if name in chained:
            what = f"same_as {name!r} is itself another name; write the id of the place that has its own row"
        else:
            hint = f"did you mean {near[name]}?" if name in near else "write the id of another row, such as beijing-chn"
            what = f"same_as {name!r} is no place of this file; {hint}"
        yield Fault(folder.file("places"), int(line), what)


def meetings_off_the_route(folder: Folder) -> Iterator[Fault]:
    """Meetings at a place where the trip has no stop."""
    meetings, stops = folder.frames["meetings"], folder.frames["stops"]
    places, spelt = pd.factorize(pd.concat([stops["place"], meetings["place"]]))
    trips = np.concatenate([folder.trip_numbers["stops"], folder.trip_numbers["meetings"]])
    pairs = trips * np.int64(len(spelt)) + places
    # Not numpy's isin, which takes eight times as long.
    off = (meetings["place"] != "") & ~pd.Series(pairs[len(stops) :], meetings.index).isin(pairs[: len(stops)])
    if not off.any():
        return
    for line, trip, place in meetings.loc[off, ["trip_id", "place"]].itertuples(name=None):
        message = f"trip {trip} has no stop at {place!r}; write the place as in stops.csv, or leave it empty"
        yield Fault(folder.file("meetings"), int(line), message)


def stops_partly_cancelled(folder: Folder) -> Iterator[Fault]:
    """Stops that were cancelled on a journey that has others: it was made without them, and they are no part of it."""
    stops, trips = folder.frames["stops"], folder.trip_numbers["stops"]
    away = (stops["kind"] != "home").to_numpy()
    cancelled = (stops["certainty"] == CANCELLED).to_numpy() & away
    mixed = np.bincount(trips, away & ~cancelled) > 0
    for line, trip in _by_line(stops.loc[cancelled & mixed[trips], "trip_id"]):
        message = f"{trip} has stops that were not cancelled; take this one out, and say so in the note of the trip"
        yield Fault(folder.file("stops"), int(line), message)


def stops_disordered(folder: Folder) -> Iterator[Fault]:
    """Stops whose numbers leave a gap, whose days run backwards, or that follow the way home."""
    stops, file = folder.frames["stops"], folder.file("stops")
    trips, number = folder.trip_numbers["stops"], numbers(stops["stop"], _stop_number)
    unsound = np.bincount(trips, np.isnan(number)) > 0
    order = np.lexsort((number, trips))
    order = order[~unsound[trips[order]]]
    # Neighbours of the same trip, as positions: a stop, and the stop before it.
    same = trips[order[1:]] == trips[order[:-1]]
    here, before = order[1:][same], order[:-1][same]
    first = order[np.append(True, ~same)[: len(order)]]
    jump = np.flatnonzero((number[here] != number[before] + 1) & (number[here] != number[before]))
    for at in (*first[number[first] != 1], *here[jump]):
        trip, stop = stops["trip_id"].iat[at], stops["stop"].iat[at]
        message = f"stops out of order: {trip} jumps to stop {stop}; number them 1, 2, 3 without a gap"
        yield Fault(file, int(stops.index[at]), message)
    ended, left = bounds(stops["arrived"])["earliest"].to_numpy(), (stops["left"] != "").to_numpy()
    ended = np.where(left, bounds(stops["left"])["earliest"].to_numpy(), ended)
    reached = bounds(stops["arrived"])["latest"].to_numpy() + date_line.days_lost(folder)
    back = np.flatnonzero(reached[here] < ended[before])
    for at, earlier in zip(here[back], before[back], strict=True):
        day, last = stops["arrived"].iat[at], stops["left" if left[earlier] else "arrived"].iat[earlier]
        message = f"stops out of order: arrived {day} is before {last} at the stop before; correct the day or the order"
        yield Fault(file, int(stops.index[at]), message)
    for at in here[(stops["kind"] == "home").to_numpy()[before]]:
        message = "a stop after the way home; only the last stop of a trip has kind home"
        yield Fault(file, int(stops.index[at]), message)


def _stop_number(texts: pd.Series) -> pd.Series:
    return pd.to_numeric(texts.where(texts.str.fullmatch("[1-9][0-9]*")))


def coordinates_unusable(folder: Folder) -> Iterator[Fault]:
    """Places with half a coordinate, or at 0, 0, which nearly always means not found."""
    frame = folder.frames["places"]
    half = (frame["latitude_deg"] == "") != (frame["longitude_deg"] == "")
    for line in frame.index[half]:
        yield Fault(
            folder.file("places"), int(line), "only one of latitude_deg and longitude_deg is given; write both or none"
        )
    numbers = frame[["latitude_deg", "longitude_deg"]].apply(pd.to_numeric, errors="coerce")
    for line in frame.index[(numbers == 0).all(axis=1)]:
        message = "coordinates 0, 0 mean not found; leave both empty and run python -m dashboard geocode"
        yield Fault(folder.file("places"), int(line), message)


def check_table(table: Table, frame: pd.DataFrame, file: str) -> list[Fault]:
    """Faults of one table's columns, cells and keys; `frame` is text, indexed by line."""
    faults = list(_column_faults(table, frame, file))
    if frame.empty:
        return faults
    for column in table.columns:
        if column.name in frame:
            faults += _cell_faults(column, frame[column.name], file)
    return faults + _key_faults(table, frame, file)


def _column_faults(table: Table, frame: pd.DataFrame, file: str) -> Iterator[Fault]:
    if not len(frame.columns):
        return
    for name in [name for name in frame.columns if name not in table.names]:
        near = get_close_matches(name, table.names, n=1)
        hint = f"rename it to {near[0]}" if near else f"remove it; the columns are {', '.join(table.names)}"
        yield Fault(file, 1, f"unknown column {name!r}; {hint}")
    for name in table.names:
        if name not in frame.columns:
            yield Fault(file, 1, f"missing column {name}; add it, empty where nothing is known")


def _cell_faults(column: Column, texts: pd.Series, file: str) -> Iterator[Fault]:
    """Faults of one column's cells; each spelling is judged once, however many rows have it."""
    fits = _rule(column)
    bad = [text for text in texts.unique().tolist() if not (fits(text) if text else not column.required)]
    if bad:
        form = _form(column)
        for line, value in _by_line(texts[texts.isin(bad)]):
            yield Fault(file, line, _cell_message(column, value, form))


def _rule(column: Column) -> Callable[[str], object]:
    """What is true for a text, not an empty one, that obeys the column's rule."""
    if column.allowed:
        return column.allowed.__contains__
    match column.kind:
        case "edtf":
            return dates.is_date
        case "day":
            return dates.is_day
        case "link":
            return LINK.fullmatch
        case "country":
            return countries.countries().__contains__
        case "integer" | "number":
            return partial(_in_range, column)
        case _:
            return bool


def _in_range(column: Column, text: str) -> bool:
    written = INTEGER if column.kind == "integer" else NUMBER
    low = -float("inf") if column.low is None else column.low
    high = float("inf") if column.high is None else column.high
    return written.fullmatch(text) is not None and low <= float(text) <= high


def _cell_message(column: Column, value: str, form: str) -> str:
    """What is wrong with a cell, and what to write instead."""
    if not value:
        return f"{column.name} is empty; write {form}"
    wrong = {"edtf": "bad date", "day": "bad day", "link": "not an http(s) link", "country": "unknown country"}
    what = wrong.get(column.kind, "unknown" if column.allowed else "bad value")
    return f"{what} {value!r} in {column.name}; write {form}"


def _form(column: Column) -> str:
    """The form a column asks for, in words."""
    if column.allowed:
        return f"one of {', '.join(column.allowed)}"
    bounds = "" if column.high is None else f" from {column.low:g} to {column.high:g}"
    forms = {
        "edtf": "an EDTF date such as 2018-03-25, 2018-03, 2018 or 2018-03-25?, or leave it empty",
        "day": "a day as YYYY-MM-DD",
        "link": "an address that begins with http:// or https://, or leave it empty",
        "country": f"the ISO 3166-1 alpha-3 code, such as {column.example}",
        "integer": f"a whole number of {column.low or 0:g} or more",
        "number": f"a decimal number{bounds}",
    }
    return forms.get(column.kind, f"text such as {column.example!r}")


def _key_faults(table: Table, frame: pd.DataFrame, file: str) -> list[Fault]:
    key = list(table.key)
    if not key or not set(key) <= set(frame.columns):
        return []
    # Most tables repeat none, and an empty cell is a fault of its own.
    twice = frame.duplicated(key)
    again = frame.loc[twice, key] if twice.any() else frame.iloc[:0]
    again = again[(again != "").all(axis=1)]
    if again.empty:
        return []
    first = frame[key].reset_index(names="line").groupby(key, sort=False)["line"].first()
    named = " and ".join(key)
    return [
        Fault(
            file,
            int(line),
            f"duplicate {named} {', '.join(values)}: line {first[values if len(key) > 1 else values[0]]}"
            " has it too; give each row its own",
        )
        for line, values in zip(again.index, again[key].itertuples(index=False, name=None), strict=True)
    ]


def _strangers(names: pd.Series, known: pd.Series) -> pd.Series:
    """The names that are given and not among the known; an empty one is the column rule's business."""
    return _given(names[find(names, known) < 0])


def _given(names: pd.Series) -> pd.Series:
    return names[names != ""]


def _by_line(texts: pd.Series) -> Iterator[tuple[int, str]]:
    return zip(texts.index.tolist(), texts.tolist(), strict=True)


def _ids(folder: Folder, table: str, place: str, country: str) -> pd.Series:
    """The place ids of a table's rows; none where the table lacks a column for them."""
    frame = folder.frames[table]
    if not {place, country} <= set(frame.columns):
        return pd.Series(dtype="str")
    return place_ids(frame[place], frame[country], folder.renamed)


def nearest(names: pd.Series, known: pd.Series) -> dict[str, str]:
    """The nearest known name for each that has one; of very many strange names only the first get a hint."""
    if names.empty:
        return {}
    listed = list(known[known != ""].unique())
    compared = names.unique()[: COMPARISONS // max(len(listed), 1) + 1]
    found = {name: get_close_matches(name, listed, n=1, cutoff=0.75) for name in compared}
    return {name: near[0] for name, near in found.items() if near}


def _advice(near: str, file: str) -> str:
    return f"did you mean {near}?" if near else f"add it to {file} or correct it"


# Rule -> the tables that it takes as given; what else it looks at may lack columns.
LINKS: dict[Callable[[Folder], Iterator[Fault]], tuple[str, ...]] = {
    unknown_leaders: ("trips", "leaders"),
    unknown_trips: ("trips",),
    unknown_reports: ("trips",),
    trips_without_stops: ("trips", "stops"),
    unknown_places: ("places",),
    places_alike: ("places",),
    names_overlapping: ("place_names",),
    same_as_nothing: ("places",),
    meetings_off_the_route: ("meetings", "stops"),
    trip_days.days_reversed: (),
    stops_partly_cancelled: ("stops",),
    stops_disordered: ("stops",),
    trip_days.stops_outside: ("trips", "stops"),
    trip_days.reported_too_soon: ("stops",),
    coordinates_unusable: ("places",),
}
