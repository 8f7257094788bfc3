"""COLT's sheet `Master`, from a workbook or a CSV file -> frames of text under the rows a spreadsheet shows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pandas as pd

from dashboard.importers.imported import Doubt, ImportingError, LeftOut, Progress
from dashboard.importers.table.nothing import says_nothing
from dashboard.tables.outside import LINE_BREAK, open_sheet
from dashboard.tables.records import Choice, UnreadableError

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
# Rows are turned into columns so many at a time: as Python lists they take ten times the memory.
BLOCK = 4096

Cells = Sequence[str]


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


def read_master(path: Path, progress: Progress, choice: Choice | None = None) -> Master:
    """Read the sheet. Raises `ImportingError` where the file is not COLT's, or cannot be read."""
    encodings = ("utf-8-sig", "cp1252")
    try:
        sheet = open_sheet(path, choice=choice or Choice(), likeness=_likeness, encodings=encodings)
        places = _places(sheet.header, path)
        rows = progress(sheet.rows, total=sheet.total)
        return _gather(iter(rows), places, len(sheet.header), path.name)
    except UnreadableError as error:
        raise ImportingError(str(error)) from error


def _likeness(cells: Sequence[str]) -> int:
    """How many headings of COLT's a row holds."""
    return len({"".join(cell.split()).lower() for cell in cells} & {name.lower() for name in USED})


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
    texts = {name: pd.Series(columns[place] if block else [], numbers, dtype="str") for name, place in places.items()}
    return pd.DataFrame({name: text.str.replace(LINE_BREAK, " ").str.strip() for name, text in texts.items()})


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
    return texts.where(~says_nothing(texts), "")
