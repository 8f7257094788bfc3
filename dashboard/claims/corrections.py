"""Corrections: a patch is a small CSV file of cells, prefilled for a trip, and applied only if the data stay sound."""

from __future__ import annotations

import csv
import io
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.claims.checks import faults as unmeasurable
from dashboard.tables.checks import check_table
from dashboard.tables.reading import Fault, Folder, named_rows, read_csv, read_folder
from dashboard.tables.schema import EVIDENCE, MEETINGS, STOPS, TABLES, TRIPS, Column, Table
from dashboard.travel.build import Travel, build, check

BETWEEN = " / "
# What tells the rows of a table apart that has no key.
TOLD_APART = {"meetings": ("trip_id", "date", "counterpart"), "evidence": ("trip_id", "field", "publisher", "says")}
PATCH = Table(
    "patch",
    "one cell to be corrected",
    (
        Column("table", "the file, without .csv", "trips", required=True, allowed=tuple(one.name for one in TABLES)),
        Column("row", "what names the row, its parts joined by ` / `", "KJU-07 / 2", required=True),
        Column("column", "the column", "back_home", required=True),
        Column("was", "what stands there", "2025-09-05?"),
        Column("becomes", "what shall stand there; the same as `was` changes nothing", "2025-09-05"),
    ),
)
BY_NAME = {table.name: table for table in TABLES}


class CorrectionError(Exception):
    """A patch that is not applied: `faults` says all that is wrong with it, or with the data after it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = faults
        word = "fault" if len(faults) == 1 else "faults"
        super().__init__("\n".join([*map(str, faults), f"{len(faults):,} {word}; nothing was changed"]))


@dataclass(frozen=True)
class Correction:
    """One cell to be corrected, as `line` of the patch says it."""

    line: int
    table: str
    row: str
    column: str
    was: str
    becomes: str


def identity(table: Table) -> tuple[str, ...]:
    """The columns that name a row of a table."""
    return table.key or TOLD_APART.get(table.name, tuple(table.names))


def prefilled(travel: Travel, trip_id: str) -> bytes:
    """A patch with every cell of one trip, its stops, meetings and evidence, nothing changed yet: CSV in UTF-8.

    Without a trip, or of one that is not there, it has its header only.
    """
    found = travel.fetch(travel.numbers_of([trip_id]).values())
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(PATCH.names)
    writer.writerows(_cells(TRIPS, found.trips))
    for table, frame in ((STOPS, found.stops), (MEETINGS, found.meetings), (EVIDENCE, found.evidence)):
        writer.writerows(_cells(table, frame.assign(trip_id=trip_id).rename(columns={"mode": "reached_by"})))
    return text.getvalue().encode()


def _cells(table: Table, rows: pd.DataFrame) -> Iterator[list[str]]:
    texts = rows[table.names].astype("str")
    named = texts[list(identity(table))].to_numpy().tolist()
    for name, cells in zip(named, texts.to_numpy().tolist(), strict=True):
        for column, value in zip(table.names, cells, strict=True):
            yield [table.name, BETWEEN.join(name), column, value, value]


def apply(patch: Path, data: Path) -> list[str]:
    """Correct the cells that a patch names, in the CSV files of a data folder; gives a line for each.

    All of it or nothing: the corrected folder is made aside and checked as `check` does, then its files take the place
    of the old ones. Raises `CorrectionError`.
    """
    frame, faults = read_csv(patch, PATCH)
    faults = [*faults, *check_table(PATCH, frame, patch.name)]
    if faults:
        raise CorrectionError(faults)
    changes = [one for one in map(_correction, named_rows(frame)) if one.was != one.becomes]
    folder = read_folder(data)
    found = [_find(folder, patch.name, one) for one in changes]
    faults = [one for one in found if isinstance(one, Fault)]
    if not changes:
        faults = [Fault(patch.name, None, "changes nothing; write into becomes what shall stand there")]
    if faults:
        raise CorrectionError(faults)
    placed = [(one, line) for one, line in zip(changes, found, strict=True) if isinstance(line, int)]
    _replace(data, placed)
    return [f"{one.table}.csv:{line}: {one.column} {one.was!r} becomes {one.becomes!r}" for one, line in placed]


def _correction(row: Any) -> Correction:
    return Correction(int(row.Index), row.table, row.row, row.column, row.was, row.becomes)


def _find(folder: Folder, file: str, one: Correction) -> int | Fault:
    """The line of the row that a correction names, or what is wrong with it."""
    table, frame, name = BY_NAME[one.table], folder.frames[one.table], f"{one.table}.csv"
    if folder.file(one.table) != name:
        return Fault(file, one.line, f"{folder.file(one.table)} is no CSV file; correct what it was made from")
    if one.column not in table.names or not set(table.names) <= set(frame.columns):
        return Fault(file, one.line, f"{name} has no column {one.column!r}; write one of {', '.join(table.names)}")
    names = frame[list(identity(table))].agg(BETWEEN.join, axis=1) if len(frame) else pd.Series(dtype="str")
    lines = names.index[(names == one.row).to_numpy()]
    if len(lines) != 1:
        return Fault(file, one.line, f"{len(lines):,} rows of {name} are called {one.row!r}; there must be one")
    stands = str(frame.at[lines[0], one.column])
    if stands != one.was:
        return Fault(file, one.line, f"{one.column} of {one.row} is {stands!r} and not {one.was!r}; look at it anew")
    return int(lines[0])


def _replace(data: Path, placed: Sequence[tuple[Correction, int]]) -> None:
    """Write the corrected files aside, check the folder with them, and put them in place."""
    with tempfile.TemporaryDirectory(prefix=f".{data.name}-", dir=data.resolve().parent) as holder:
        draft = Path(shutil.copytree(data, Path(holder) / data.name))
        tables = sorted({one.table for one, _ in placed})
        for table in tables:
            file = draft / f"{table}.csv"
            cells = {(line, one.column): one.becomes for one, line in placed if one.table == table}
            # A mark at the beginning, as Excel writes it, belongs to the first column's name and stays.
            file.write_bytes(corrected(file.read_bytes().decode(), cells).encode())
        folder = read_folder(draft)
        faults = check(folder) or list(unmeasurable(build(folder)))
        if faults:
            raise CorrectionError(faults)
        for table in tables:
            (draft / f"{table}.csv").replace(data / f"{table}.csv")


def corrected(text: str, cells: Mapping[tuple[int, str], str]) -> str:
    """The text of a CSV file with some cells replaced, by line of their row and column; all other rows as they were."""
    rows = list(io.StringIO(text, newline=""))
    header = next(csv.reader(rows))
    by_line: dict[int, dict[int, str]] = {}
    for (line, column), value in cells.items():
        by_line.setdefault(line, {})[[name.strip("\ufeff ") for name in header].index(column)] = value
    # From the last to the first: a row may hold line breaks, and so become longer or shorter.
    for line, values in sorted(by_line.items(), reverse=True):
        reader = csv.reader(rows[line - 1 :])
        old = next(reader)
        end = "\r\n" if rows[line - 1].endswith("\r\n") else "\n"
        new = io.StringIO()
        csv.writer(new, lineterminator=end).writerow([values.get(at, cell) for at, cell in enumerate(old)])
        rows[line - 1 : line - 1 + reader.line_num] = [new.getvalue()]
    return "".join(rows)
