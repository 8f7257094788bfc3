"""A data folder -> frames of text, each row under its line number, with every fault that reading alone can find."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.schema import TABLES, Table

AS_OF = "datapackage.json"
# What a Parquet file carries whose table was checked before it was written.
CHECKED = {b"leader-travel": b"checked"}


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

    def file(self, table: str) -> str:
        """Name of the file that holds a table, as faults call it."""
        return table + self.suffixes.get(table, ".csv")


def read_folder(path: Path) -> Folder:
    """Read every table of `TABLES` below `path`; a table that is not there is empty and, if needed, a fault."""
    if not path.is_dir():
        missing = Fault(str(path), None, "no such folder: name a folder that holds trips.csv and the other tables")
        return Folder(path, {table.name: empty(table) for table in TABLES}, (missing,))
    data_as_of, faults = read_as_of(path / AS_OF)
    frames, suffixes, checked = {}, {}, set()
    for table in TABLES:
        parquet = path / f"{table.name}.parquet"
        if parquet.exists():
            suffixes[table.name] = ".parquet"
            frames[table.name], found = read_parquet(parquet, table)
            checked |= {table.name} if is_checked(parquet) and not found else set()
        else:
            frames[table.name], found = read_csv(path / f"{table.name}.csv", table)
        frames[table.name] = with_optional(frames[table.name], table)
        faults += found
    return Folder(path, frames, tuple(faults), suffixes, data_as_of, frozenset(checked), read_about(path / AS_OF))


def with_optional(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """A table with the columns that its file may lack, empty; a file that could not be read stays without any."""
    missing = [one.name for one in table.columns if one.optional and one.name not in frame]
    return (
        frame.assign(**dict.fromkeys(missing, "")).astype(dict.fromkeys(missing, "str"))
        if len(frame.columns)
        else frame
    )


def named_rows(frame: pd.DataFrame) -> list[Any]:
    """The rows as named tuples, whose cells pandas' types cannot tell; `Index` is the row's label."""
    return list(frame.itertuples())


def empty(table: Table) -> pd.DataFrame:
    """A table without rows, its columns as text."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in table.names})


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
        said = json.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError):
        return {}
    return said if isinstance(said, dict) else {}


def read_parquet(path: Path, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    """A Parquet file, or a folder of them partitioned by a column, as text; the index counts rows from 1.

    Columns that only name the partitions are left out where the table does not have them.
    """
    try:
        frame = pd.read_parquet(path)
    except (pa.ArrowException, OSError, ValueError):
        message = "cannot be read as Parquet; write it anew, or save the table as CSV"
        return pd.DataFrame(), [Fault(path.name, None, message)]
    partitions = {folder.name.partition("=")[0] for folder in path.rglob("*=*")}
    frame = frame.drop(columns=[name for name in partitions - set(table.names) if name in frame])
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return frame.apply(_as_text), []


def write_checked(frame: pd.DataFrame, path: Path) -> None:
    """Write a table that has been checked as one Parquet file that says so."""
    table = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(table.replace_schema_metadata((table.schema.metadata or {}) | CHECKED), path)


def is_checked(path: Path) -> bool:
    """Whether a Parquet file says that its table was checked before it was written."""
    if not path.is_file():
        return False
    try:
        return CHECKED.items() <= (pq.read_schema(path).metadata or {}).items()
    except (pa.ArrowException, OSError):
        return False


def _as_text(column: pd.Series) -> pd.Series:
    """A column as CSV would have it; numbers that are all whole lose the `.0` that a missing one gives them."""
    text = column if isinstance(column.dtype, pd.StringDtype) else column.convert_dtypes().astype("str")
    return text.fillna("").str.strip()


def read_csv(path: Path, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    """One CSV file as text and its faults: missing, empty, not UTF-8, a row with too many or too few cells."""
    if not path.is_file():
        if not table.needed:
            return empty(table), []
        return pd.DataFrame(), [Fault(path.name, None, f"missing: write it with the header {','.join(table.names)}")]
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as CSV UTF-8"
        return pd.DataFrame(), [Fault(path.name, line, message)]
    return parse_csv(text, table, path.name)


def parse_csv(text: str, table: Table, file: str) -> tuple[pd.DataFrame, list[Fault]]:
    """Text of a CSV file -> rows under their line numbers, and faults; columns are judged by `checks`, not here."""
    faults = []
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        faults.append(Fault(file, line, "a NUL byte, as UTF-16 has them; save the file as CSV UTF-8"))
    try:
        records = _records(text.replace("\0", ""))
        header = _header(records, table)
    except UnreadableError as error:
        return pd.DataFrame(), [*faults, Fault(file, error.line, str(error))]
    rows = [(line, cells) for line, cells in records[1:] if len(cells) == len(header)]
    faults += [Fault(file, line, _ragged(cells, header)) for line, cells in records[1:] if len(cells) != len(header)]
    twice = sorted(name for name, times in Counter(header).items() if times > 1)
    faults += [Fault(file, 1, f"column {name!r} stands twice; keep one") for name in twice]
    frame = pd.DataFrame([cells for _, cells in rows], [line for line, _ in rows], header, dtype="str")
    return frame.loc[:, ~frame.columns.duplicated()].apply(lambda column: column.str.strip()), faults


class UnreadableError(Exception):
    """A file of which no row can be trusted, and the line where that shows."""

    def __init__(self, line: int, message: str) -> None:
        self.line = line
        super().__init__(message)


def _records(text: str) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    records, line = [], 1
    try:
        for cells in reader:
            if any(cells):
                records.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableError(line, f"cannot be read as CSV ({error}); look for a quote that is not closed") from error
    return records


def _header(records: list[tuple[int, list[str]]], table: Table) -> list[str]:
    names = ",".join(table.names)
    if not any(cell.strip() for _, cells in records[:1] for cell in cells):
        raise UnreadableError(1, f"the file is empty; its first line must be {names}")
    header = [cell.strip() for cell in records[0][1]]
    # A file of another kind may be one line of a million cells; each would become a fault of its own.
    if len(header) > 10 * len(table.names):
        raise UnreadableError(1, f"{len(header):,} columns; the first line must be {names}")
    return header


def _ragged(cells: list[str], header: list[str]) -> str:
    more = len(cells) > len(header)
    advice = "put a cell that holds a comma in double quotes" if more else "add the missing commas"
    return f"{len(cells)} cells where the header has {len(header)}; {advice}"
