"""A CSV, TSV, XLSX or ODS file -> its header and its rows as text, under the numbers that a reader's program shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, ZipError

from dashboard.importers.imported import Doubt, ImportingError

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TEXTS = (".csv", ".tsv", ".txt")
DELIMITERS = ",;\t|"


@dataclass(frozen=True)
class Sheet:
    """`rows` are (number, cells) without the blank ones; the header is row `header_row`."""

    source: str
    header_row: int
    header: list[str]
    rows: list[tuple[int, list[str]]]
    doubts: tuple[Doubt, ...] = ()


def read_sheet(path: Path) -> Sheet:
    """The first sheet of a workbook, or a text file. Raises ImportingError where it cannot be read or has no header."""
    suffix = path.suffix.lower()
    if not path.is_file():
        raise ImportingError(f"{path}: no such file; name a CSV, TSV, XLSX or ODS file")
    if suffix in WORKBOOKS:
        return _read_workbook(path)
    if suffix in TEXTS:
        return _sheet(path.name, _read_text(path))
    raise ImportingError(f"{path.name}: not a table that can be read; save it as CSV, TSV, XLSX or ODS")


def _read_workbook(path: Path) -> Sheet:
    try:
        with CalamineWorkbook.from_path(path) as workbook:
            first, *others = workbook.sheet_names or [""]
            if not first:
                raise ImportingError(f"{path.name}: holds no sheet")
            values = workbook.get_sheet_by_name(first).to_python(skip_empty_area=False)
    except (CalamineError, ZipError, OSError) as error:
        raise ImportingError(f"{path.name}: cannot be read ({error}); save it anew, or as CSV") from error
    source = f"{path.name} ({first})"
    rows = [(number, [_text(cell) for cell in cells]) for number, cells in enumerate(values, 1)]
    unread = [Doubt(f"{path.name} ({name})", 1, "sheet not read; only the first one is") for name in others]
    return _sheet(source, rows, unread)


def _text(cell: Any) -> str:
    """A cell as a person would write it: days as YYYY-MM-DD, whole numbers without `.0`."""
    if isinstance(cell, datetime | date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _read_text(path: Path) -> list[tuple[int, list[str]]]:
    """Rows of a text file under the lines on which they begin."""
    text = _decoded(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text, path), strict=True)
    rows, line = [], 1
    try:
        for cells in reader:
            rows.append((line, [cell.strip() for cell in cells]))
            line = reader.line_num + 1
    except csv.Error as error:
        message = f"cannot be read as CSV ({error}); look for a quote that is not closed, or shorten the cell"
        raise ImportingError(f"{path.name}:{line}: {message}") from error
    return rows


def _decoded(path: Path) -> str:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as CSV UTF-8"
        raise ImportingError(f"{path.name}:{line}: {message}") from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise ImportingError(f"{path.name}:{line}: a NUL byte, as UTF-16 has them; save the file as CSV UTF-8")
    return text


def _delimiter(text: str, path: Path) -> str:
    """The one that parts the first line into most cells."""
    if path.suffix.lower() == ".tsv":
        return "\t"
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(DELIMITERS, key=first.count)


def _sheet(source: str, rows: list[tuple[int, list[str]]], doubts: Iterable[Doubt] = ()) -> Sheet:
    written = [(number, cells) for number, cells in rows if any(cells)]
    if not written:
        raise ImportingError(f"{source}: empty; its first row must name the columns")
    (header_row, header), *body = written
    return Sheet(source, header_row, _trimmed(header), body, tuple(doubts))


def _trimmed(cells: list[str]) -> list[str]:
    """Without the empty cells at the end."""
    filled = [position for position, cell in enumerate(cells, 1) if cell]
    return cells[: max(filled, default=0)]
