"""A data folder -> frames of text, each row under its line number, with every fault that reading alone can find."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, wraps
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.tables.categories import find
from dashboard.tables.formulas import INERT, guard, unguarded
from dashboard.tables.ids import Renamed, renamed_places
from dashboard.tables.parquet import NotParquetError, is_checked, read_parquet
from dashboard.tables.records import UnreadableError, csv_rows, utf8
from dashboard.tables.schema import CLAIMS, COUNTS, TABLES, Table

AS_OF = "datapackage.json"
OF_TRIPS = ("stops", "meetings", "evidence")
# A second article is one more file of this name, with the columns of claims.csv.
FURTHER = f"{CLAIMS.name}-"


@dataclass(frozen=True)
class Fault:
    """One thing wrong: the file, its line (None for the whole file), what is wrong and what to write instead."""

    file: str
    line: int | None
    message: str

    def __str__(self) -> str:
        return f"{self.file}: {self.message}" if self.line is None else f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True)
class Folder:
    """The tables of a data folder as text; `frames[name]` has the line in the file as index, missing cells as ''.

    A file that cannot be read gives a frame without columns, so that no rule judges other tables by it. `checked` names
    the tables that were checked when they were written, as Parquet; `about` is what the folder says of itself.
    """

    path: Path
    frames: dict[str, pd.DataFrame]
    faults: tuple[Fault, ...] = ()
    suffixes: dict[str, str] = field(default_factory=dict)
    data_as_of: str = ""
    checked: frozenset[str] = frozenset()
    about: Mapping[str, Any] = field(default_factory=dict)
    made: dict[Callable[[Folder], Any], Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def file(self, table: str) -> str:
        """Name of the file that holds a table, as faults call it."""
        return table + self.suffixes.get(table, ".csv")

    @property
    def statements(self) -> list[str]:
        """Names of the tables of statements: `claims`, `counts`, and every further `claims-NAME.csv`."""
        more = sorted(name for name in self.frames if name.startswith(FURTHER))
        return [name for name in (CLAIMS.name, COUNTS.name, *more) if name in self.frames]

    @cached_property
    def renamed(self) -> Renamed:
        """The places of places.csv whose ids are not made of their names alone: see `renamed_places`."""
        places = self.frames["places"]
        return renamed_places(places) if {"place", "country_iso3"} <= set(places.columns) else {}

    @cached_property
    def trip_numbers(self) -> dict[str, npt.NDArray[np.int32]]:
        """Table -> for each row the position of its trip in trips.csv; unknown trips are numbered after the known."""
        no_names = pd.Series(dtype="str")
        known = self.frames["trips"].get("trip_id", no_names)
        names = {table: self.frames[table].get("trip_id", no_names) for table in OF_TRIPS}
        found = {table: find(ids, known) for table, ids in names.items()}
        strange = pd.concat([ids[found[table] < 0] for table, ids in names.items()]).unique()
        after = {table: find(ids[found[table] < 0], pd.Series(strange)) for table, ids in names.items()}
        for table, at in found.items():
            at[at < 0] = len(known) + after[table]
        return found


Made = TypeVar("Made")


def once(make: Callable[[Folder], Made]) -> Callable[[Folder], Made]:
    """`make`, which several rules ask, run once for each folder."""

    @wraps(make)
    def made(folder: Folder) -> Made:
        if make not in folder.made:
            folder.made[make] = make(folder)
        found: Made = folder.made[make]
        return found

    return made


def read_folder(path: Path) -> Folder:
    """Read every table of `TABLES` below `path`; a table that is not there is empty and, if needed, a fault.

    Texts that a package has made inert for spreadsheets are as they were.
    """
    if not path.is_dir():
        missing = Fault(str(path), None, "no such folder: name a folder that holds trips.csv and the other tables")
        return Folder(path, {table.name: empty(table) for table in TABLES}, (missing,))
    data_as_of, faults = read_as_of(path / AS_OF)
    frames, suffixes, checked = {}, {}, set()
    for table in TABLES:
        frames[table.name], found, suffixes[table.name] = read_table(path, table)
        checked |= {table.name} if is_checked(path / f"{table.name}.parquet") and not found else set()
        faults += found
    for file in sorted(path.glob(f"{FURTHER}*.csv")):
        frames[file.stem], found = read_csv(file, CLAIMS)
        faults += found
    about = read_about(path / AS_OF)
    if about.get(INERT):
        frames |= {table.name: guard(frames[table.name], table, unguarded) for table in TABLES}
    return Folder(path, frames, tuple(faults), suffixes, data_as_of, frozenset(checked), about)


def read_table(path: Path, table: Table, part: str = "") -> tuple[pd.DataFrame, list[Fault], str]:
    """A table of a data folder, or a part of it, as text; its faults; and how its file's name ends."""
    parquet = path / f"{table.name}.parquet" / part
    if parquet.exists():
        frame, faults = _read_parquet(parquet, table)
        suffix = f".parquet/{part}" if part else ".parquet"
    elif part:
        frame, faults, suffix = empty(table), [], ".parquet"
    else:
        frame, faults = read_csv(path / f"{table.name}.csv", table)
        suffix = ".csv"
    return with_optional(frame, table), faults, suffix


def with_optional(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """A table with the columns that its file may lack, empty; a file that could not be read stays without any."""
    missing = [one.name for one in table.columns if one.optional and one.name not in frame]
    if not missing or not len(frame.columns):
        return frame
    return frame.assign(**dict.fromkeys(missing, pd.Series("", frame.index, dtype="str")))


def named_rows(frame: pd.DataFrame) -> list[Any]:
    """The rows as named tuples, whose cells pandas' types cannot tell; `Index` is the row's label."""
    return list(frame.itertuples())


def empty(table: Table) -> pd.DataFrame:
    """A table without rows, its columns as text."""
    return _columns(*table.names).copy(deep=False)


@lru_cache(maxsize=64)
def _columns(*names: str) -> pd.DataFrame:
    return pd.DataFrame(index=pd.RangeIndex(0), columns=list(names), dtype="str")


def read_as_of(path: Path) -> tuple[str, list[Fault]]:
    """The day up to which the data were researched (YYYY-MM-DD), from the package's description, or ''."""
    if not path.is_file():
        return "", []
    try:
        package = json.loads(path.read_text("utf-8-sig"))
    except ValueError:
        return "", [Fault(path.name, None, "is not JSON in UTF-8; correct it, or remove it")]
    day = str(package.get("data_as_of", "")) if isinstance(package, dict) else ""
    if day and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", day):
        return "", [Fault(path.name, None, f"bad day {day!r} in data_as_of; write a day as YYYY-MM-DD")]
    return day, []


def read_about(path: Path) -> dict[str, Any]:
    """All that the package's description says; nothing where there is none, or none that can be read."""
    try:
        description = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError):
        return {}
    return description if isinstance(description, dict) else {}


def _read_parquet(path: Path, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    try:
        return read_parquet(path, table), []
    except NotParquetError as error:
        return pd.DataFrame(), [Fault(path.name, None, str(error))]


def read_csv(path: Path, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    """One CSV file as text and its faults: missing, empty, not UTF-8, a row with too many or too few cells."""
    if not path.is_file():
        if not table.needed:
            return empty(table), []
        return pd.DataFrame(), [Fault(path.name, None, f"missing: write it with the header {','.join(table.names)}")]
    try:
        return parse_csv(utf8(path.read_bytes()), table, path.name)
    except UnreadableError as error:
        return pd.DataFrame(), [Fault(path.name, error.line, error.message)]


def parse_csv(text: str, table: Table, file: str) -> tuple[pd.DataFrame, list[Fault]]:
    """Text of a CSV file -> rows under their line numbers, and faults; columns are judged by `checks`, not here."""
    faults = []
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        faults.append(Fault(file, line, "a NUL byte, as UTF-16 has them; save the file as CSV UTF-8"))
    try:
        records = [(line, cells) for line, cells in csv_rows(text.replace("\0", "")) if any(cells)]
        header = _header(records, table)
    except UnreadableError as error:
        return pd.DataFrame(), [*faults, Fault(file, error.line, error.message)]
    rows = [(line, cells) for line, cells in records[1:] if len(cells) == len(header)]
    faults += [Fault(file, line, _ragged(cells, header)) for line, cells in records[1:] if len(cells) != len(header)]
    twice = sorted(name for name, times in Counter(header).items() if times > 1)
    faults += [Fault(file, 1, f"column {name!r} stands twice; keep one") for name in twice]
    frame = pd.DataFrame([cells for _, cells in rows], [line for line, _ in rows], header, dtype="str")
    return frame.loc[:, ~frame.columns.duplicated()].apply(lambda column: column.str.strip()), faults


def _header(records: list[tuple[int, list[str]]], table: Table) -> list[str]:
    names = ",".join(table.names)
    if not any(cell.strip() for _, cells in records[:1] for cell in cells):
        raise UnreadableError(f"the file is empty; its first line must be {names}", 1)
    header = [cell.strip() for cell in records[0][1]]
    # A file of another kind may be one line of a million cells; each would become a fault of its own.
    if len(header) > 10 * len(table.names):
        raise UnreadableError(f"{len(header):,} columns; the first line must be {names}", 1)
    return header


def _ragged(cells: list[str], header: list[str]) -> str:
    more = len(cells) > len(header)
    advice = "put a cell that holds a comma in double quotes" if more else "add the missing commas"
    return f"{len(cells)} cells where the header has {len(header)}; {advice}"
