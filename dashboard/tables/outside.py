"""A table from elsewhere -> its headings and its rows as text, under the numbers that a reader's program shows.

CSV and its relatives, workbooks, JSON records and Parquet; which sheet and which row of headings is guessed and said,
or told. Nothing is known here of what the columns mean: who asks says how much a row looks like headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

from dashboard.tables.records import (
    LOOKED_AT,
    WANTED,
    Choice,
    Likeness,
    Records,
    Row,
    Size,
    UnreadableError,
    filled,
    json_records,
    kind_of,
    parquet_records,
    text_records,
    workbook_records,
)

# No letter, and a line break within a cell would shift the numbers of the rows that follow.
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
BREAK = re.compile(r"\s*[\r\n]\s*")
# What a line break within a cell becomes where it may part two things.
LINE_BREAK = " \u21b5 "


@dataclass(frozen=True)
class Sheet:
    """One table: its headings, each with a name of its own, and the rows below that are not blank, once through.

    `source` names file and sheet; `sheets` lists the sheets of the file; `total` is about how many rows there are;
    `above` holds the rows above the headings; `notes` says what was guessed or left aside.
    """

    source: str
    sheet: str
    sheets: tuple[str, ...]
    header_row: int
    header: list[str]
    rows: Iterator[Row]
    total: int
    above: tuple[Row, ...] = ()
    notes: tuple[str, ...] = ()


def open_sheet(
    path: Path,
    name: str = "",
    *,
    choice: Choice | None = None,
    likeness: Likeness | None = None,
    size: Size | None = None,
    encodings: Sequence[str] = ("utf-8-sig",),
) -> Sheet:
    """Open the table in a file called `name`. Raises UnreadableError, also while the rows are read.

    Without a choice it is the first visible sheet with known headings, and the row with most of them. A line
    break within a cell becomes `LINE_BREAK`.
    """
    name, choice, size = name or path.name, choice or Choice(), size or Size()
    if not path.is_file():
        raise UnreadableError(f"no such file; name {WANTED}", name=str(path))
    kind = kind_of(path, name)
    if kind == "workbook":
        records = workbook_records(path, name, choice, likeness, size)
    elif kind == "parquet":
        records = parquet_records(path, name, size)
    elif kind == "json":
        records = json_records(path, name)
    else:
        records = text_records(path, name, encodings)
    rows = _within(records.rows, name, size)
    return _headed(records, rows, name, choice, likeness)


def _headed(records: Records, rows: Iterator[Row], name: str, choice: Choice, likeness: Likeness | None) -> Sheet:
    """The headings found among the first rows, and the rows below them, within the limits."""
    source = f"{name} ({records.sheet})" if records.sheet else name
    top = list(islice(rows, max(LOOKED_AT, choice.header_row)))
    if records.named:
        at, number, header = -1, 0, records.named
    elif not top:
        raise UnreadableError("empty; its first row must name the columns", name=source)
    else:
        at = _header_at(top, choice, likeness, source)
        number, header = top[at]
    above = tuple(top[: max(at, 0)])
    notes = [*records.notes]
    if above and not choice.header_row:
        notes.append(f"row {number} is taken for the headings; what stands above it is not read")
    header = named(_trimmed([cell.replace(LINE_BREAK, " ") for cell in header], top[at + 1 :]))
    body = chain(top[at + 1 :], rows)
    return Sheet(
        source, records.sheet, records.sheets, number, header, body, max(records.total - number, 0), above, tuple(notes)
    )


def _trimmed(header: list[str], below: Sequence[Row]) -> list[str]:
    """The headings without the empty ones at the end under which nothing stands."""
    used = [at for cells in (header, *(cells for _, cells in below)) for at, cell in enumerate(cells, 1) if cell]
    return header[: max(used, default=0)]


def _header_at(top: Sequence[Row], choice: Choice, likeness: Likeness | None, source: str) -> int:
    """Where among the first rows the headings are: as told, else most known ones, else the first that is no title."""
    numbers = [number for number, _ in top]
    if choice.header_row:
        if choice.header_row not in numbers:
            raise UnreadableError(f"row {choice.header_row} holds nothing; name the row of the headings", name=source)
        return numbers.index(choice.header_row)
    known = [likeness(cells) for _, cells in top] if likeness else [0]
    if max(known) >= 2:
        return known.index(max(known))
    usual = sorted(filled(cells) for _, cells in top)[len(top) // 2]
    # A title is one cell above rows of many.
    return next((at for at, (_, cells) in enumerate(top) if filled(cells) > 1 or usual < 2), 0)


def _within(rows: Iterable[Row], name: str, size: Size) -> Iterator[Row]:
    """The rows that are not blank, their cells stripped. Raises UnreadableError at the first beyond a limit."""
    cells_left, count = size.cells, 0
    for line, raw in rows:
        if not any(raw):
            continue
        _refuse_row(line, raw, name, size)
        cells = [
            CONTROL.sub(" ", BREAK.sub(LINE_BREAK, cell.strip()) if "\n" in cell else cell).strip() for cell in raw
        ]
        count += any(cells)
        if size.rows is not None and count > size.rows + 1:
            raise UnreadableError(f"{name} has more than {size.rows:,} rows, {MOST}")
        if cells_left is not None and size.cells is not None:
            cells_left -= len(raw)
            if cells_left < 0:
                raise UnreadableError(f"{name} has more than {size.cells:,} cells, {MOST}")
        if any(cells):
            yield line, cells


MOST = "the most an upload may have. Upload it in parts"


def _refuse_row(line: int, cells: Sequence[str], name: str, size: Size) -> None:
    if size.columns is not None and len(cells) > size.columns:
        message = f"{len(cells):,} columns; an upload may have {size.columns}. Leave some out"
        raise UnreadableError(message, line, name)
    longest = max(map(len, cells))
    if size.characters is not None and longest > size.characters:
        column = letters([len(cell) for cell in cells].index(longest))
        message = (
            f"a cell of {longest:,} characters in column {column}; a cell may have {size.characters:,}. Shorten it"
        )
        raise UnreadableError(message, line, name)


def named(header: Sequence[str]) -> list[str]:
    """Every column with a name of its own: one without gets its letter, one that stands twice its number."""
    names: list[str] = []
    for number, text in enumerate(header):
        name = text or f"Column {letters(number)}"
        again = sum(one == name for one in names)
        while name in names:
            again += 1
            name = f"{text} ({again})"
        names.append(name)
    return names


def letters(number: int) -> str:
    """The letters under which a spreadsheet shows a column: 0 is A, 26 is AA."""
    text = ""
    number += 1
    while number:
        number, letter = divmod(number - 1, 26)
        text = chr(ord("A") + letter) + text
    return text
