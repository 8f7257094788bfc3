"""COLT's sheet `Master`, from a workbook or a CSV file -> frames of text under the rows a spreadsheet shows."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from pathlib import Path

import pandas as pd
from python_calamine import CalamineError, CalamineWorkbook

from dashboard.importers.imported import Doubt, ImportingError, LeftOut, Progress

SHEET = "Master"
LINKS = tuple(f"SourceLink{number}" for number in range(1, 34))
MEETINGS = ("HostHOGSName", "HostSubHOGSName", "NonhostHOGSNames", "IGOLeaderName")
EVENTS = ("NameMultilatEvent", "NameMultilatMinisterialEvent")
DEEDS = ("PublicAddress", "SignedAgreement", "CulturalSiteOrCeremony", "BusinessLeaderOrForum")
DATES = ("TripYear", "TripStartDate", "TripEndDate", "TripDuration")
LEADER = ("LeaderID", "LeaderFullName", "LeaderSurname", "LeaderCountryOrIGO", "LeaderCountryISO")
OFFICE = ("LeaderTitle", "LeaderRole")
VISIT = ("CountryVisited", "CountryVisitedISO", "CityVisited", "DisputedTerritory", "SemiAutoTerritory")
USED = ("TripID", *LEADER, *OFFICE, *VISIT, *DATES, *MEETINGS, *EVENTS, *DEEDS, "Notes", "Confidence")
# Without one of each, no row says who went where.
NEEDED = (("LeaderFullName", "LeaderSurname"), ("CountryVisited", "CountryVisitedISO"))
# Words that stand in a cell for nothing at all.
NOTHING = frozenset(
    ("", "tbd", "unknown", "n/a", "#n/a", "na", "none", "null", "nan", "tba", "unspecified", "not known")
)
WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
# Rows are turned into columns so many at a time: as Python lists they take ten times the memory.
BLOCK = 4096

Cells = Sequence[object]


@dataclass(frozen=True)
class Master:
    """The sheet as text, rows under their numbers in the spreadsheet: 2 is the first below the header.

    `rows` has the columns of `USED`, '' where a cell or a column is not there; `links` has `row` and `link`, in order;
    `read` counts the rows that are not blank, those of `left_out` included.
    """

    source: str
    rows: pd.DataFrame
    links: pd.DataFrame
    read: int
    left_out: tuple[LeftOut, ...]

    def doubts(self, flags: pd.Series, what: str | pd.Series) -> list[Doubt]:
        """A doubt for each row where `flags` is True; `what` is one text, or one for each row."""
        rows = flags.index[flags]
        texts = [what] * len(rows) if isinstance(what, str) else what[flags].tolist()
        return [Doubt(self.source, int(row), text) for row, text in zip(rows, texts, strict=True)]


def read_master(path: Path, progress: Progress) -> Master:
    """Read the sheet. Raises `ImportingError` where the file is not COLT's, or cannot be read."""
    try:
        with path.open("rb") as file:
            is_workbook = file.read(4) in WORKBOOKS
        first, records, total = _workbook(path) if is_workbook else _csv(path)
    except OSError as error:
        raise ImportingError(f"{path} cannot be read: {error.strerror}") from error
    records = iter(records)
    header = [_text(cell).strip() for cell in next(records, [])]
    places = _places(header, path)
    rows = progress(records, total=max(total - 1, 0))
    numbered = ((number, cells) for number, cells in enumerate(rows, first + 1) if any(cells))
    return _gather(numbered, places, len(header), path.name)


def _workbook(path: Path) -> tuple[int, Iterable[Cells], int]:
    """Number of the first row that is not blank, the rows from there on, and how many they are."""
    try:
        workbook = CalamineWorkbook.from_path(path)
        named = SHEET if SHEET in workbook.sheet_names else workbook.sheet_names[0]
        if named != SHEET and len(workbook.sheet_names) > 1:
            sheets = ", ".join(workbook.sheet_names)
            raise ImportingError(f"{path.name} has no sheet {SHEET!r} but {sheets}; name the sheet of trips {SHEET!r}")
        sheet = workbook.get_sheet_by_name(named)
    except CalamineError as error:
        raise ImportingError(f"{path.name} cannot be read as a workbook ({error}); save it anew, or as CSV") from error
    first, last = (sheet.start[0], sheet.end[0]) if sheet.start and sheet.end else (0, -1)
    # The rows begin at the top of the sheet, blank or not.
    return first + 1, islice(sheet.iter_rows(), first, None), last - first + 1


def _csv(path: Path) -> tuple[int, Iterable[Cells], int]:
    """1, the records, and how many lines the file has: no fewer than records."""
    encoding, lines = _encoding(path)
    return 1, _records(path, encoding), lines


def _encoding(path: Path) -> tuple[str, int]:
    """UTF-8 where the whole file is, else what Windows calls latin-1; and the number of lines."""
    decoder, encoding, lines = codecs.getincrementaldecoder("utf-8")(), "utf-8-sig", 0
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            lines += part.count(b"\n")
            if encoding == "utf-8-sig":
                try:
                    decoder.decode(part)
                except UnicodeDecodeError:
                    encoding = "cp1252"
    return encoding, lines


def _records(path: Path, encoding: str) -> Iterator[list[str]]:
    # Five bytes have no letter in Windows' code page: they show as �, and the row is kept.
    with path.open(encoding=encoding, errors="replace", newline="") as file:
        reader = csv.reader(file)
        try:
            yield from reader
        except csv.Error as error:
            where = f"{path.name}:{reader.line_num}"
            raise ImportingError(f"{where}: {error}; look for a quote that is not closed") from error


def _places(header: list[str], path: Path) -> dict[str, int]:
    """Where each used column stands; case and blanks in a heading do not count."""
    found = {"".join(name.split()).lower(): place for place, name in reversed(list(enumerate(header)))}
    for either in NEEDED:
        if not any(name.lower() in found for name in either):
            raise ImportingError(f"{path.name} is not a COLT file: its first row has no column {' or '.join(either)}")
    return {name: found[name.lower()] for name in (*USED, *LINKS) if name.lower() in found}


def _gather(rows: Iterator[tuple[int, Cells]], places: dict[str, int], width: int, source: str) -> Master:
    blocks, links, left_out, read = [], [], [], 0
    while block := list(islice(rows, BLOCK)):
        read += len(block)
        left_out += [_too_wide(number, source) for number, cells in block if any(cells[width:])]
        frame = _frame([(number, cells) for number, cells in block if not any(cells[width:])], places, width)
        links.append(_links(frame))
        blocks.append(frame.reindex(columns=USED, fill_value="").astype("str"))
    return Master(source, _joined(blocks, list(USED)), _joined(links, ["row", "link"]), read, tuple(left_out))


def _too_wide(number: int, source: str) -> LeftOut:
    mend = "put quotes around the cell that holds a comma"
    return LeftOut(source, number, "more cells than the first row has columns", mend)


def _frame(block: list[tuple[int, Cells]], places: dict[str, int], width: int) -> pd.DataFrame:
    """A block of rows as columns of stripped text; cells that a short row lacks are empty."""
    columns = list(zip(*([*cells[:width], *[""] * (width - len(cells))] for _, cells in block), strict=True))
    numbers = pd.Index([number for number, _ in block], name="row", dtype="int64")
    texts = {name: [_text(cell) for cell in columns[place]] if block else [] for name, place in places.items()}
    return pd.DataFrame({name: pd.Series(column, numbers, dtype="str").str.strip() for name, column in texts.items()})


def _text(cell: object) -> str:
    """A cell as a CSV file would have it: whole numbers without `.0`, days as YYYY-MM-DD."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    return str(cell)


def _links(frame: pd.DataFrame) -> pd.DataFrame:
    """The source links of a block: `row` and `link`, one row for each cell that holds something."""
    columns = [frame[name][frame[name] != ""] for name in LINKS if name in frame]
    if not columns:
        return _joined([], ["row", "link"])
    links = pd.concat(columns).sort_index(kind="stable")
    return pd.DataFrame({"row": links.index, "link": links.to_numpy()}).astype({"link": "str"})


def _joined(frames: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    if frames:
        return pd.concat(frames, ignore_index="row" in columns)
    empty = pd.DataFrame({name: pd.Series(dtype="str") for name in columns})
    return empty.astype({"row": "int64"}) if "row" in columns else empty.rename_axis("row")


def given(texts: pd.Series) -> pd.Series:
    """The texts, '' in place of the words that mean nothing: `TBD`, `Unknown`, `n/a`, or no letter and no digit."""
    nothing = texts.str.lower().isin(NOTHING) | ~texts.str.contains(r"\w", regex=True)
    return texts.where(~nothing, "")
