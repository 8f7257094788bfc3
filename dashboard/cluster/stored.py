"""A part of a data folder: its counts in memory, its rows as Arrow files beside, read where they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from dashboard.tables.parquet import is_checked
from dashboard.tables.reading import Fault, Folder, read_folder, read_table
from dashboard.tables.schema import TABLES
from dashboard.travel.build import build, check
from dashboard.travel.codes import Codes, Link, Numbers, Order, link, link_years
from dashboard.travel.frames import Rows, Travel, belonging

PARTING = "python -m dashboard part"
Tables = dict[str, pa.Table]

OF_TRIPS = ("trips", "stops", "meetings", "evidence")
SHARED = ("leaders", "places", "routes")
LEG = ["mode", "from_place_id", "to_place_id"]


@dataclass(frozen=True)
class Survey:
    """What the small tables of all trips are made from: the legs and counterparts of a part, its years, its faults.

    `trip_ids` are hashes, by which a trip that two parts hold is found.
    """

    legs: pd.DataFrame
    people: pd.DataFrame
    years: tuple[int, int]
    trip_ids: npt.NDArray[np.uint64]
    faults: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shared:
    """What all parts refer to, once every part has been surveyed: the routes with their lines, and the order."""

    routes: pd.DataFrame
    order: Order


@dataclass(frozen=True)
class Stored:
    """A part of the trips: what is counted in memory, the rows in the folder `rows`; `routes` are the legs' numbers."""

    codes: Codes
    folder: Path
    routes: npt.NDArray[np.int32]

    def tables(self, numbers: Numbers) -> Tables:
        """Of the trips of these numbers (ascending) those in this part, with all that belongs to them.

        As Arrow tables, which are joined and sent faster than frames; trips have their number as `trip`.
        """
        first = self.codes.first
        local = numbers[(numbers >= first) & (numbers < first + len(self.codes))] - first
        found = {"trips": self._take("trips", lambda _: local).append_column("trip", pa.array(local + first))}
        for name in OF_TRIPS[1:]:
            table = self._take(name, lambda owners: belonging(owners, local))
            found[name] = _with(table, "trip", table["trip"].to_numpy() + np.int32(first))
        stops = found["stops"]
        return found | {"stops": _with(stops, "route", self.routes[stops["route"].to_numpy()])}

    def _take(self, name: str, pick: Callable[[np.ndarray], Numbers]) -> pa.Table:
        with pa.memory_map(str(self.folder / f"{name}.arrow")) as file:
            table = pa.ipc.open_file(file).read_all()
            owners = table["trip"].combine_chunks().to_numpy() if name != "trips" else np.empty(0)
            return table.take(pick(owners))

    def column(self, name: str) -> pd.Series:
        """One column of the trips, under their numbers."""
        with pa.memory_map(str(self.folder / "trips.arrow")) as file:
            values = pd.DataFrame(pa.ipc.open_file(file).read_all().select([name]).to_pandas())[name]
        first = self.codes.first
        return values.set_axis(pd.RangeIndex(first, first + len(values)))

    def numbers_of(self, trip_ids: Iterable[str]) -> dict[str, int]:
        """Trip id -> number, of those that are in this part."""
        ids = self.column("trip_id")
        found = ids[ids.isin(list(trip_ids)).to_numpy()]
        return dict(zip(found.tolist(), found.index.tolist(), strict=True))


def part_names(path: Path) -> list[str]:
    """The parts of a data folder, in the order of its trips: `part=0` …, or just '' where it is not in parts."""
    names = sorted(one.name for one in (path / "trips.parquet").glob("*=*"))
    return names or [""]


def checked_tables(path: Path) -> frozenset[str]:
    """The tables of a folder that were checked when they were written."""
    return frozenset(table.name for table in TABLES if is_checked(path / f"{table.name}.parquet"))


def read_part(
    path: Path, part: str, only: tuple[str, ...] = (*SHARED, *OF_TRIPS), checked: frozenset[str] = frozenset()
) -> Folder:
    """The texts of one part: its trips, what belongs to them, and all leaders, places and routes, or some of these."""
    if not part:
        return read_folder(path)
    tables = [one for one in TABLES if one.name in only]
    read = {one.name: read_table(path, one, part if one.name in OF_TRIPS else "") for one in tables}
    return Folder(
        path,
        {name: frame for name, (frame, _, _) in read.items()},
        tuple(fault for _, faults, _ in read.values() for fault in faults),
        {name: suffix for name, (_, _, suffix) in read.items()},
        checked=checked,
    )


def strays(folder: Folder) -> Iterator[Fault]:
    """Rows of a part whose trip is not in it: one for each table that has some."""
    trips = len(folder.frames["trips"])
    for name, numbers in folder.trip_numbers.items():
        if rows := int((numbers >= trips).sum()):
            message = f"{rows:,} rows of trips that are not in this part; put the folder into parts anew: {PARTING}"
            yield Fault(folder.file(name), None, message)


def survey(path: Path, part: str, beside: Path, checked: frozenset[str]) -> tuple[Survey, Stored | None]:
    """Read and check a part, and write its rows into `beside`; what is stored waits for `settle`.

    Tables that are `checked` were so when they were written. With faults there is nothing stored.
    """
    folder = read_part(path, part, checked=checked)
    faults = check(folder, folder.checked) or (list(strays(folder)) if part else [])
    if faults:
        return Survey(pd.DataFrame(), pd.DataFrame(), (0, 0), np.empty(0, np.uint64), tuple(map(str, faults))), None
    travel = build(folder)
    keep(travel, beside)
    found = Survey(
        legs=travel.routes[LEG],
        people=travel.people,
        years=(travel.order.first_year, travel.order.last_year),
        trip_ids=pd.util.hash_array(travel.trips["trip_id"].to_numpy(object), categorize=False),
    )
    return found, Stored(travel.codes, beside, np.arange(len(travel.routes), dtype=np.int32))


def keep(travel: Travel, beside: Path) -> None:
    """Write the rows as Arrow files that can be read in place, without a look at those not asked for."""
    beside.mkdir(parents=True, exist_ok=True)
    for name in OF_TRIPS:
        table = pa.Table.from_pandas(getattr(travel, name), preserve_index=False).combine_chunks()
        with pa.OSFile(str(beside / f"{name}.arrow"), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
            writer.write_table(table)


def settle(stored: Stored, found: Survey, first: int, shared: Shared) -> Stored:
    """The part among all others: its first trip's number, its legs, people and years as all parts count them."""
    codes, order, routes = stored.codes, shared.order, shared.routes
    known = pd.MultiIndex.from_frame(routes[LEG].astype("str"))
    numbers = known.get_indexer(pd.MultiIndex.from_frame(found.legs.astype("str"))).astype(np.int32)
    people = order.people.get_indexer(found.people.index)
    # The lines of a part are numbered as they first appear among its legs.
    pairs = pd.unique(routes["pair"].to_numpy()[numbers])
    settled = replace(
        codes,
        first=first,
        years=link_years(codes.year, codes.transport.code.astype(np.int64), order),
        people=_moved(codes.people, people, len(order.people)),
        meetings=_moved(codes.meetings, people, len(order.people)),
        lines=_moved(codes.lines, pairs, order.lines),
    )
    return replace(stored, codes=settled, routes=numbers)


def _moved(old: Link, codes: Numbers, size: int) -> Link:
    return link(np.append(codes, 0)[old.code], size, old.trip)


def joined(found: list[Tables]) -> Rows:
    """The rows of several parts, one after the other, as frames; their categories are those of all of them."""
    whole = {name: pa.concat_tables([one[name] for one in found]).unify_dictionaries() for name in OF_TRIPS}
    frames = {name: pd.DataFrame(table.to_pandas()) for name, table in whole.items()}
    trips = frames.pop("trips")
    return Rows(trips=trips.drop(columns="trip").set_axis(trips["trip"].to_numpy()), **frames)


def _with(table: pa.Table, name: str, values: np.ndarray) -> pa.Table:
    return table.set_column(table.column_names.index(name), name, pa.array(values))
