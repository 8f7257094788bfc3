"""Rows of a stranger's table that are no trips: a year or month above the rows it holds for, totals, headings again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.geocoding.gazetteer import fold
from dashboard.importers.imported import LeftOut
from dashboard.importers.table.days import SURELY, read_days
from dashboard.tables.records import Row

# How a row of sums begins, as `fold` writes it.
TOTALS = re.compile(r"(?:(?:grand?|sub) )?(?:sub)?totale?s?|summe|gesamt\w*|somme|합계|총계|合计|总计|合計")
# A narrower table may well have a row of one cell, or one that begins so.
NARROWEST = 3


@dataclass(frozen=True)
class Body:
    """The rows that may be trips, what a heading above says of them by their number, and the rows left out."""

    rows: list[Row]
    years: dict[int, str]
    months: dict[int, str]
    left_out: tuple[LeftOut, ...]


def body(rows: Sequence[Row], header: Sequence[str], source: str) -> Body:
    """Tell the rows of trips from those that only order or sum them."""
    kept: list[Row] = []
    left_out: list[LeftOut] = []
    years: dict[int, str] = {}
    months: dict[int, str] = {}
    year = month = ""
    for number, cells in rows:
        if found := _heading(cells, header, year):
            year, month = found
            why = f"is a heading of the rows below, whose days are taken as of {' '.join(filter(None, (month, year)))}"
            left_out.append(LeftOut(source, number, why, "give these rows a column of year if it is not meant so"))
        elif why := _no_trip(cells, header):
            left_out.append(LeftOut(source, number, why, "leave it as it is, unless it is a trip"))
        else:
            kept.append((number, cells))
            years[number], months[number] = year, month
    return Body(kept, years, months, tuple(left_out))


def _heading(cells: Sequence[str], header: Sequence[str], year: str) -> tuple[str, str] | None:
    """The year and the month that a row of one text gives to those below; None where it is no such row."""
    said = set(filter(None, cells))
    if len(said) != 1 or len(header) < NARROWEST:
        return None
    text = said.pop().strip(" :")
    if SURELY.fullmatch(text):
        return text, ""
    own = re.sub(rf"[ ,/-]*{SURELY.pattern}", "", text)
    found = SURELY.search(text)
    of_year = found[0] if found else year
    is_month = re.fullmatch(r"[^\W\d_]{3,}\.?", own) and len(read_days(f"{own} {of_year or 2000}").first) == 7
    return (of_year, own) if is_month else None


def _no_trip(cells: Sequence[str], header: Sequence[str]) -> str:
    if list(cells) == list(header)[: len(cells)]:
        return "repeats the headings"
    first = next(filter(None, cells), "")
    begins = TOTALS.match(f"{fold(first)} ")
    is_total = begins is not None and len(header) >= NARROWEST and not fold(first)[begins.end() :].strip(" 0123456789")
    return "is a total and no trip" if is_total else ""
