"""A file from elsewhere -> its rows as text: CSV and its relatives, workbooks, JSON records, Parquet.

Whatever it is called, a file is what its first bytes say. Of a workbook only the values are read: no formula is
computed, no macro read. What is no table is refused with a reason.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import islice
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum, ZipError

Kind = Literal["text", "workbook", "json", "parquet"]
Row = tuple[int, list[str]]
# How much a row looks like headings: how many of its cells are known ones.
Likeness = Callable[[Sequence[str]], int]

WANTED = "a table as CSV, TSV, XLSX, ODS, JSON or Parquet"
DELIMITERS = ",;\t|"
# Rows and letters at the top of a file by which its parts are guessed.
LOOKED_AT, LETTERS = 30, 100_000
SEPARATOR = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
SCRIPT = re.compile(r"(?:(?:var|let|const|function|import|export|window|module)\b|/[/*]|['\"]use strict)")
# What a text of Western Europe has not: other signs or letters, such as those that stand for Turkish ones, several
# letters with accents in a row, signs within a word.
NOT_WESTERN = re.compile(
    r"[^\x01-\x7fÀ-ÖØ-Üß-ïñ-öø-üÿŒœŠšŽžŸ€–—\u2018’“”„…°«»·§ºª\u00a0]|[^\x00-\x7f]{3}"
    r"|(?<![A-Za-z])[À-ÿ]{2}(?![A-Za-z])|[A-Za-z][“”„«»…°§€][A-Za-z]|[ºª][A-Za-z]"
)
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# First bytes of what is taken for a table by mistake, and what to do instead.
STRANGERS = {
    b"%PDF": f"is a PDF, which holds letters but no rows; copy its table into a spreadsheet, and give {WANTED}",
    b"\x89PNG": f"is a picture; give {WANTED}",
    b"\xff\xd8\xff": f"is a picture; give {WANTED}",
    b"GIF8": f"is a picture; give {WANTED}",
    b"\x1f\x8b": "is compressed with gzip; unpack it and take the table in it",
    b"7z\xbc\xaf": "is a 7-Zip archive; unpack it and take the table in it",
    b"PK\x05\x06": f"is an empty ZIP archive; give {WANTED}",
}


class UnreadableError(Exception):
    """A table that cannot be read: what is wrong, what to do, and on which line of which file where that is known."""

    def __init__(self, message: str, line: int | None = None, name: str = "") -> None:
        self.message, self.line = message, line
        where = ":".join(str(part) for part in (name, line) if part)
        super().__init__(f"{where}: {message}" if where else message)


@dataclass(frozen=True)
class Size:
    """How large a table may be; `None` sets no limit."""

    rows: int | None = None
    columns: int | None = None
    cells: int | None = None
    characters: int | None = None


@dataclass(frozen=True)
class Choice:
    """What a reader has said: the sheet, the number of the row of headings; '' and 0 leave it to be guessed."""

    sheet: str = ""
    header_row: int = 0


@dataclass(frozen=True)
class Records:
    """All rows of one sheet, headings among them, and where they come from; `named` are headings that are no row."""

    rows: Iterator[Row]
    total: int
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    named: list[str] = field(default_factory=list)


def filled(cells: Iterable[str]) -> int:
    """How many cells hold something: the likeness of rows whose headings nobody knows."""
    return sum(map(bool, cells))


def kind_of(path: Path, name: str) -> Kind:
    """What a file is by its content, never by its name. Raises UnreadableError where it is no table."""
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, why in STRANGERS.items():
        if start.startswith(mark):
            raise UnreadableError(f"{name} {why}")
    if start.startswith(WORKBOOKS):
        return "workbook"
    if start.startswith(b"PAR1"):
        return "parquet"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().decode(errors="replace")
    if text.startswith("<"):
        raise UnreadableError(f"{name} is a web page or XML, whatever its name; give {WANTED}")
    if SCRIPT.match(text):
        raise UnreadableError(f"{name} is a program (JavaScript); save the records in it as JSON, or give {WANTED}")
    return "json" if re.match(r"\{|\[\s*[\[{\]]", text) else "text"


def utf8(raw: bytes, name: str = "") -> str:
    """Bytes as text in UTF-8. Raises UnreadableError with the line at fault."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as CSV UTF-8"
        raise UnreadableError(message, line, name) from error


def decoded(raw: bytes, name: str = "", encodings: Sequence[str] = ("utf-8-sig",)) -> str:
    """Bytes as text in UTF-8, or in the second of the encodings, which takes anything.

    Raises UnreadableError with the line at fault.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableError("the file is UTF-16; save it as CSV UTF-8", 1, name)
    try:
        text = utf8(raw, name)
    except UnreadableError:
        if len(encodings) > 1:
            return raw.decode(encodings[1], errors="replace")
        raise
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        message = "a NUL byte, as UTF-16 and other files have them; save it as CSV UTF-8"
        raise UnreadableError(message, line, name)
    return text


def csv_rows(text: str, delimiter: str = ",", name: str = "", first: int = 1) -> Iterator[Row]:
    """Every row of a text under the line on which it begins. Raises UnreadableError at a quote that is not closed."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = first
    try:
        for cells in reader:
            yield line, cells
            line = reader.line_num + first
    except csv.Error as error:
        what = f"cannot be read as CSV ({error})"
        if "field larger" in str(error):
            what = f"a cell of more than {csv.field_size_limit():,} characters"
        raise UnreadableError(f"{what}; look for a quote that is not closed", line, name) from error


def text_records(path: Path, name: str, encodings: Sequence[str]) -> Records:
    """The rows of a text file under the lines on which they begin; a first line `sep=;` says what parts the cells."""
    text, notes = _western(path.read_bytes(), name, encodings)
    stated = SEPARATOR.match(text)
    delimiter = stated[1] if stated else _delimiter(text[:LETTERS])
    rows = csv_rows(text[stated.end() :] if stated else text, delimiter, name, 2 if stated else 1)
    return Records(rows, text.count("\n") + (not text.endswith("\n")), notes=notes)


def _western(raw: bytes, name: str, encodings: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The text as `decoded`, else as spreadsheets of Western Europe save it, with a note that says so.

    Only where every sign beyond ASCII is then one of its letters, and few stand together: Korean or Russian does not
    look so. Raises UnreadableError.
    """
    try:
        return decoded(raw, name, encodings), ()
    except UnreadableError:
        text = raw.decode("cp1252", errors="replace")
        if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or NOT_WESTERN.search(text):
            raise
    word = next(iter(re.findall(r"[^\W\d_]*[^\x00-\x7f][^\W\d_]*", text)))
    what = f"the file is not UTF-8; it is read as Western European (cp1252), such as {word!r}"
    return text, (f"{what}; save it as CSV UTF-8 if that is not what it says",)


def _delimiter(text: str) -> str:
    """The one that parts most of the first lines into equally many cells, and into most of them."""

    def score(delimiter: str) -> int:
        try:
            rows = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), LOOKED_AT))
        except csv.Error:
            return 0
        widths = [len(cells) for cells in rows if any(cells)]
        return max((widths.count(width) * (width - 1) for width in set(widths)), default=0)

    return max(DELIMITERS, key=score)


def workbook_records(path: Path, name: str, choice: Choice, likeness: Likeness | None, size: Size) -> Records:
    """The sheet that is named, else the first visible one that looks like a table; values only, nothing is computed."""
    try:
        workbook = CalamineWorkbook.from_path(path)
        names = tuple(workbook.sheet_names)
        hidden = {one.name for one in workbook.sheets_metadata if one.visible != SheetVisibleEnum.Visible}
        if choice.sheet and choice.sheet not in names:
            raise UnreadableError(f"no sheet {choice.sheet!r}; its sheets are {', '.join(map(repr, names))}", name=name)
        if not names:
            raise UnreadableError("holds no sheet", name=name)
        wanted = [choice.sheet] if choice.sheet else [one for one in names if one not in hidden] or list(names)
        sheet = _most_like(workbook, wanted, name, likeness, size)
    except (CalamineError, ZipError, OSError) as error:
        raise UnreadableError(f"cannot be read as a workbook ({error}); save it anew, or as CSV", name=name) from error
    others = [one for one in names if one != sheet.name and not choice.sheet]
    notes = [f"sheet {one!r} is not read{' and is hidden' if one in hidden else ''}" for one in others]
    return Records(_cells(sheet), _height(sheet), sheet.name, names, tuple(notes))


def _most_like(
    workbook: CalamineWorkbook, wanted: Sequence[str], name: str, likeness: Likeness | None, size: Size
) -> CalamineSheet:
    """The first of the sheets with known headings, else the first with several cells in a row, else the first."""
    several: CalamineSheet | None = None
    first: CalamineSheet | None = None
    for one in wanted:
        sheet = workbook.get_sheet_by_name(one)
        _refuse_large(name, sheet, size)
        top = [cells for _, cells in islice(_cells(sheet), LOOKED_AT)]
        if likeness and max(map(likeness, top), default=0) >= 2:
            return sheet
        if several is None and sum(filled(cells) > 1 for cells in top) > 1:
            several = sheet
        first = first or sheet
    found = several or first
    if found is None:
        raise UnreadableError("holds no sheet", name=name)
    return found


def _refuse_large(name: str, sheet: CalamineSheet, size: Size) -> None:
    if size.rows is not None and _height(sheet) > size.rows + 1:
        message = f"{name} has {_height(sheet) - 1:,} rows; an upload may have {size.rows:,}. Upload it in parts"
        raise UnreadableError(message)
    if size.columns is not None and sheet.width > size.columns:
        message = f"{name} has {sheet.width:,} columns; an upload may have {size.columns}. Leave some out"
        raise UnreadableError(message)


def _height(sheet: CalamineSheet) -> int:
    """How many rows there are from the top of the sheet to the last that holds something."""
    return sheet.end[0] + 1 if sheet.end else 0


def _cells(sheet: CalamineSheet) -> Iterator[Row]:
    """The rows of a sheet under its numbers; the cells below the first of a merged range hold what it shows."""
    left = sheet.start[1] if sheet.start else 0
    beginning: dict[int, list[tuple[int, int]]] = {}
    for (top, first), (bottom, _) in sheet.merged_cell_ranges or []:
        beginning.setdefault(top, []).append((bottom, first - left))
    open_ranges: list[tuple[int, int, str]] = []
    for number, values in enumerate(sheet.iter_rows()):
        cells = [cell_text(value) for value in values]
        open_ranges = [one for one in open_ranges if one[0] >= number]
        for _, column, text in open_ranges:
            cells[column] = text
        open_ranges += [
            (bottom, column, cells[column]) for bottom, column in beginning.get(number, ()) if column < len(cells)
        ]
        yield number + 1, cells


def cell_text(value: object) -> str:
    """A value as a CSV file would hold it: days as YYYY-MM-DD, whole numbers without `.0`, nothing as ''."""
    match value:
        case str():
            return value
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return "" if value != value else str(int(value)) if value.is_integer() else str(value)  # noqa: PLR0124
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
        case date() | time():
            return value.isoformat()
        case list() | tuple():
            return "; ".join(map(cell_text, value))
        case _:
            return str(value)


def parquet_records(path: Path, name: str, size: Size) -> Records:
    """The rows of a Parquet file, numbered from 1; nothing is read of one beyond the limits."""
    try:
        with pq.ParquetFile(path) as file:
            about = file.metadata
            if size.rows is not None and about.num_rows > size.rows:
                raise UnreadableError(f"{name} has {about.num_rows:,} rows; an upload may have {size.rows:,}")
            if size.columns is not None and about.num_columns > size.columns:
                raise UnreadableError(f"{name} has {about.num_columns:,} columns; an upload may have {size.columns}")
            names = file.schema_arrow.names
            columns = [column.to_pylist() for column in file.read().columns]
    except (pa.ArrowException, OSError, ValueError) as error:
        message = f"cannot be read as Parquet ({str(error).splitlines()[0]}); write it anew, or as CSV"
        raise UnreadableError(message, name=name) from error
    rows = ((number, [cell_text(one) for one in row]) for number, row in enumerate(zip(*columns, strict=True), 1))
    return Records(rows, about.num_rows, named=names)


def json_records(path: Path, name: str) -> Records:
    """The records of a JSON file, or of the only list of them in it, numbered from 1; their keys are the headings."""
    try:
        found = _list_of_records(_parsed(decoded(path.read_bytes(), name)))
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"cannot be read as JSON ({error}); correct it, or give {WANTED}", name=name) from error
    if found is None:
        message = (
            'JSON without a list of records; write [{"leader": "…", "country": "…"}, …], or such a list under one key'
        )
        raise UnreadableError(message, name=name)
    flat = [_flat(_of_feature(record)) for record in found]
    names = list(dict.fromkeys(key for record in flat for key in record))
    rows = ((number, [record.get(key, "") for key in names]) for number, record in enumerate(flat, 1))
    return Records(rows, len(flat), named=names)


def _parsed(text: str) -> Any:
    """What a JSON text holds, or the records of one with a record on each line. Raises ValueError."""
    try:
        return json.loads(text)
    except ValueError:
        lines = [line for line in text.splitlines() if line.strip()]
        if len(lines) < 2 or not all(line.strip().startswith("{") and line.strip().endswith("}") for line in lines):
            raise
        return [json.loads(line) for line in lines]


def _of_feature(record: dict[str, Any]) -> dict[str, Any]:
    """The properties of a feature of GeoJSON, with the coordinates of its point; any other record as it is."""
    match record:
        case {"type": "Feature", "properties": dict(properties)}:
            match record.get("geometry"):
                case {"type": "Point", "coordinates": [longitude, latitude, *_]}:
                    return {**properties, "latitude": latitude, "longitude": longitude}
            return properties
    return record


def _list_of_records(content: Any) -> list[dict[str, Any]] | None:
    """The list itself, or the one list of records among the values of an object."""
    if isinstance(content, dict):
        lists = [one for one in map(_list_of_records, content.values()) if one]
        return lists[0] if len(lists) == 1 else None
    fits = isinstance(content, list) and content and all(isinstance(one, dict) for one in content)
    return content if fits else None


def _flat(record: dict[str, Any], before: str = "") -> dict[str, str]:
    """A record as text, what is nested in it under both names: `place.city`."""
    cells: dict[str, str] = {}
    for key, value in record.items():
        nested = isinstance(value, dict)
        cells |= _flat(value, f"{before}{key}.") if nested else {f"{before}{key}": cell_text(value)}
    return cells
