"""A file -> one sheet of it as rows of text under the numbers that the reader's program shows, within the limits."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from dashboard.uploads.limits import Limits, RefusedError

# What a table of text may be parted by; the one that stands most often in its first line does.
DELIMITERS = ",;\t|"
# No letter, and a line break within a cell would shift the numbers of the rows that follow.
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")

Row = tuple[int, list[str]]


@dataclass(frozen=True)
class Sheet:
    """The rows of one sheet that are not blank, each with its number; `names` lists the sheets of the file."""

    names: tuple[str, ...]
    header: list[str]
    rows: list[Row]
    first: int = 1

    @property
    def width(self) -> int:
        """How many columns there are."""
        return len(self.header)


def read_text(path: Path, name: str, limits: Limits) -> Sheet:
    """A table of text in UTF-8, parted by commas, tabs or semicolons. Raises `RefusedError` with the line at fault."""
    text = _decode(path.read_bytes(), name)
    first = text[:100_000].lstrip("\r\n").partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    return _gather(_records(text, delimiter, name), (), name, limits)


def _decode(raw: bytes, name: str) -> str:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedError(f"{name}:1: the file is UTF-16; save it as CSV UTF-8.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        byte = error.object[error.start]
        raise RefusedError(f"{name}:{line}: byte 0x{byte:02x} is not UTF-8; save the file as CSV UTF-8.") from error
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise RefusedError(f"{name}:{line}: a NUL byte, as UTF-16 and other files have them; save it as CSV UTF-8.")
    return text


def _records(text: str, delimiter: str, name: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        what = f"cannot be read as CSV ({error})"
        if "field larger" in str(error):
            what = f"a cell of more than {csv.field_size_limit():,} characters"
        raise RefusedError(f"{name}:{line}: {what}; look for a quote that is not closed.") from error


def read_workbook(path: Path, name: str, number: int, limits: Limits) -> Sheet:
    """One sheet of a workbook, its cells' values only: no formula is computed, no macro read. Raises `RefusedError`."""
    try:
        workbook = CalamineWorkbook.from_path(path)
        names = tuple(workbook.sheet_names)
        if not 0 <= number < len(names):
            raise RefusedError(f"{name} has no sheet number {number + 1}; it has {len(names)}.")
        sheet = workbook.get_sheet_by_index(number)
    except CalamineError as error:
        raise RefusedError(f"{name} cannot be read as a workbook ({error}); save it anew, or as CSV.") from error
    _refuse_large(name, sheet.height, sheet.width, limits)
    # The rows begin at the top of the sheet, blank or not.
    rows = enumerate(([_text(cell) for cell in cells] for cells in sheet.iter_rows()), start=1)
    return _gather(rows, names, name, limits)


def _refuse_large(name: str, rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.rows + 1:
        raise RefusedError(f"{name} has {rows - 1:,} rows; an upload may have {limits.rows:,}. Upload it in parts.")
    if columns > limits.columns:
        raise RefusedError(f"{name} has {columns:,} columns; an upload may have {limits.columns}. Leave some out.")


def _text(cell: object) -> str:
    """A value as a CSV file would hold it: days as YYYY-MM-DD, whole numbers without `.0`."""
    match cell:
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer():
            return str(int(cell))
        case datetime():
            return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


def _gather(records: Iterable[Row], names: tuple[str, ...], name: str, limits: Limits) -> Sheet:
    """The header and the rows below it, each within the limits. Raises `RefusedError` at the first that is not."""
    header: list[str] = []
    rows: list[Row] = []
    cells_left, first = limits.cells, 1
    for line, raw in records:
        if not any(raw):
            continue
        cells_left -= len(raw)
        _refuse_row(line, raw, name, limits)
        cells = [CONTROL.sub(" ", cell).strip() for cell in raw]
        if not header:
            header, first = cells, line
        elif any(cells):
            rows.append((line, cells))
        if len(rows) > limits.rows:
            raise RefusedError(
                f"{name} has more than {limits.rows:,} rows, the most an upload may have. Upload it in parts."
            )
        if cells_left < 0:
            raise RefusedError(
                f"{name} has more than {limits.cells:,} cells, the most an upload may have. Upload it in parts."
            )
    return _complete(Sheet(names, header, rows, first), name)


def _refuse_row(line: int, cells: Sequence[str], name: str, limits: Limits) -> None:
    if len(cells) > limits.columns:
        message = f"{len(cells):,} columns; an upload may have {limits.columns}. Leave some out"
        raise RefusedError(f"{name}:{line}: {message}.")
    for number, cell in enumerate(cells):
        if len(cell) > limits.characters:
            where = f"a cell of {len(cell):,} characters in column {letters(number)}"
            raise RefusedError(f"{name}:{line}: {where}; a cell may have {limits.characters:,}. Shorten it.")


def _complete(sheet: Sheet, name: str) -> Sheet:
    if not sheet.header:
        raise RefusedError(f"{name} holds nothing; its first row must name the columns.")
    if not sheet.rows:
        raise RefusedError(f"{name} has a first row and no other; there is no trip in it.")
    width = max(sheet.width, *(len(cells) for _, cells in sheet.rows))
    header = _named([*sheet.header, *[""] * (width - sheet.width)])
    return Sheet(sheet.names, header, sheet.rows, sheet.first)


def _named(header: list[str]) -> list[str]:
    """Every column with a name of its own: one without gets its letter, one that stands twice its number."""
    named: list[str] = []
    for number, text in enumerate(header):
        name = text or f"Column {letters(number)}"
        again = sum(one == name for one in named)
        while name in named:
            again += 1
            name = f"{text} ({again})"
        named.append(name)
    return named


def letters(number: int) -> str:
    """The letters under which a spreadsheet shows a column: 0 is A, 26 is AA."""
    text = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(ord("A") + letter) + text
    return text


def safe_header(width: int) -> list[str]:
    """Headings that stand for nothing but their place, so that no heading of a stranger can mislead the importer."""
    return [f"c{number}" for number in range(width)]


def write(sheet: Sheet, path: Path) -> None:
    """Write a sheet as CSV under a `safe_header`, each row on the line that has its number: messages will name it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        file.write("\n" * (sheet.first - 1))
        writer.writerow(safe_header(sheet.width))
        line = sheet.first + 1
        for number, cells in sheet.rows:
            file.write("\n" * (number - line))
            writer.writerow([*cells, *[""] * (sheet.width - len(cells))])
            line = number + 1
