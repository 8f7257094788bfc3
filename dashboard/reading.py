"""A data folder -> frames of text, each row under its line number, with every fault that reading alone can find."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from dashboard.schema import TABLES, Table


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
    """The tables of a data folder as text; `frames[name]` has the line in the file as index, missing cells as ''."""

    path: Path
    frames: dict[str, pd.DataFrame]
    faults: tuple[Fault, ...] = ()
    suffixes: dict[str, str] = field(default_factory=dict)

    def file(self, table: str) -> str:
        """Name of the file that holds a table, as faults call it."""
        return table + self.suffixes.get(table, ".csv")


def read_folder(path: Path) -> Folder:
    """Read every table of `TABLES` below `path`; a table that is not there is empty and, if needed, a fault."""
    if not path.is_dir():
        missing = Fault(str(path), None, "no such folder: name a folder that holds trips.csv and the other tables")
        return Folder(path, {table.name: empty(table) for table in TABLES}, (missing,))
    frames, faults, suffixes = {}, [], {}
    for table in TABLES:
        parquet = path / f"{table.name}.parquet"
        if parquet.exists():
            suffixes[table.name] = ".parquet"
            frames[table.name] = _read_parquet(parquet, table)
            continue
        frames[table.name], found = read_csv(path / f"{table.name}.csv", table)
        faults += found
    return Folder(path, frames, tuple(faults), suffixes)


def empty(table: Table) -> pd.DataFrame:
    """A table without rows, its columns as text."""
    return pd.DataFrame({name: pd.Series(dtype="str") for name in table.names})


def _read_parquet(path: Path, table: Table) -> pd.DataFrame:
    """A Parquet file, or a folder of them partitioned by a column, as text; the index counts rows from 1."""
    frame = pd.read_parquet(path).astype("str")
    frame = frame.fillna("")
    frame.index = pd.RangeIndex(1, len(frame) + 1)
    return frame.reindex(columns=table.names, fill_value="")


def read_csv(path: Path, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    """One CSV file as text and its faults: missing, empty, not UTF-8, a row with too many or too few cells."""
    if not path.exists():
        header = ",".join(table.names)
        fault = Fault(path.name, None, f"missing: write it with the header {header}")
        return empty(table), [fault] if table.needed else []
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as CSV UTF-8"
        return empty(table), [Fault(path.name, line, message)]
    return parse_csv(text, table, path.name)


def parse_csv(text: str, table: Table, file: str) -> tuple[pd.DataFrame, list[Fault]]:
    """Text of a CSV file -> rows under their line numbers, and faults; columns are judged by `checks`, not here."""
    if not text.strip():
        return empty(table), [Fault(file, 1, f"the file is empty; its first line must be {','.join(table.names)}")]
    rows, lines, faults, header = [], [], [], []
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    try:
        for cells in reader:
            if not header:
                header = [cell.strip() for cell in cells]
            elif len(cells) == len(header):
                rows.append(cells)
                lines.append(line)
            elif cells:
                faults.append(Fault(file, line, _ragged(cells, header)))
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(file, line, f"cannot be read as CSV ({error}); look for a quote that is not closed"))
    twice = sorted({name for name in header if header.count(name) > 1})
    faults += [Fault(file, 1, f"column {name!r} stands twice; keep one") for name in twice]
    frame = pd.DataFrame(rows, columns=header, index=lines, dtype="str")
    return frame.loc[:, ~frame.columns.duplicated()].apply(lambda column: column.str.strip()), faults


def _ragged(cells: list[str], header: list[str]) -> str:
    more = len(cells) > len(header)
    advice = "put a cell that holds a comma in double quotes" if more else "add the missing commas"
    return f"{len(cells)} cells where the header has {len(header)}; {advice}"
