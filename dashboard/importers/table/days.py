"""Days as people write them -> EDTF, where only one day can be meant; 03/04/2018 stays open unless told."""

from __future__ import annotations

import re
from functools import lru_cache

import pandas as pd

from dashboard.tables.dates import is_edtf

ORDERS = ("day-first", "month-first")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
ABBREVIATED = {month[:3]: number for number, month in enumerate(MONTHS, 1)} | {"sept": 9}
BY_NAME = ABBREVIATED | {month: number for number, month in enumerate(MONTHS, 1)}
YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[T ][0-9:.]+(?:Z|[+-][0-9:]+)?)?")
YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([a-z]+)\.?,?[ -]([0-9]{4})", re.IGNORECASE)
MONTH_DAY = re.compile(r"([a-z]+)\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})", re.IGNORECASE)
MONTH_ONLY = re.compile(r"([a-z]+)\.?,? ([0-9]{4})", re.IGNORECASE)


@lru_cache(maxsize=65_536)
def read_day(text: str, order: str = "") -> tuple[str, str]:
    """EDTF and what is doubtful about it, both maybe ''; `order` says how 03/04/2018 is meant, one of `ORDERS`.

    Where the order is open the year alone is kept; what cannot be read at all becomes ''.
    """
    text = " ".join(text.split())
    if found := YEAR_LAST.fullmatch(text):
        return _year_last(text, int(found[1]), int(found[3]), int(found[4]), order)
    written = _plain(text)
    if written and bool(is_edtf(pd.Series([written])).all()):
        return written, ""
    return "", f"{text!r} is not a day that can be read; write it as YYYY-MM-DD" if text else ""


def _plain(text: str) -> str:
    """The EDTF that a text means if it is a day at all; texts of no known shape come back as they are."""
    if found := YEAR_FIRST.fullmatch(text):
        return _day(int(found[1]), int(found[3]), int(found[4]))
    if found := DAY_MONTH.fullmatch(text):
        return _day(int(found[3]), BY_NAME.get(found[2].lower(), 0), int(found[1]))
    if found := MONTH_DAY.fullmatch(text):
        return _day(int(found[3]), BY_NAME.get(found[1].lower(), 0), int(found[2]))
    if found := MONTH_ONLY.fullmatch(text):
        return f"{found[2]}-{BY_NAME.get(found[1].lower(), 0):02}"
    return text


def _year_last(text: str, first: int, second: int, year: int, order: str) -> tuple[str, str]:
    days = {"day-first": _day(year, second, first), "month-first": _day(year, first, second)}
    real = {name: day for name, day in days.items() if bool(is_edtf(pd.Series([day])).all())}
    meant = {order: real[order]} if order in real else {} if order else real
    if not meant:
        return "", f"{text!r} is not a day that can be read; write it as YYYY-MM-DD"
    if len(set(meant.values())) == 1:
        return next(iter(meant.values())), ""
    what = f"{text!r} may be {days['day-first']} or {days['month-first']}; kept as the year {year}"
    return str(year), f"{what}; say which with --map COLUMN=FIELD:day-first or :month-first"


def _day(year: int, month: int, day: int) -> str:
    return f"{year:04}-{month:02}-{day:02}"
