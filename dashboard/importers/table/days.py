"""Days and spans of days as people write them -> EDTF, where only one can be meant; 03/04/2018 stays open unless told.

A cell that cannot be read keeps the year that it surely holds, marked `?`; whatever is not sure comes with a doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from babel.dates import get_month_names

from dashboard.geocoding.gazetteer import fold
from dashboard.tables.dates import CALENDAR, SHAPE, is_date

ORDERS = ("day-first", "month-first")
# Languages whose months are read, beside those that write them as numbers.
LANGUAGES = ("en", "es", "fr", "de", "it", "pt", "nl", "pl", "ru", "tr")
# Of two digits for a year, those below are of this century.
CENTURY = 70
_D, _Y, _M = r"([0-9]{1,2})(?:st|nd|rd|th|er|\.)?", r"'?([0-9]{4}|[0-9]{2})", r"([^\W\d_]+)\.?"
CLOCK = re.compile(
    r"(?:T|[ ,]+(?:at )?)[0-9]{1,2}[:.h][0-9]{2}(?:[:.][0-9]{2}(?:\.[0-9]+)?)?(?: ?[ap]\.?m\.?)?"
    r"(?: ?(?:Z|UTC|GMT|[+-][0-9:]+))?$",
    re.IGNORECASE,
)
WEEKDAY = re.compile(r"([^\W\d_]{2,10})\.?,? (?=[0-9]{1,2}[^0-9]|[0-9]{4}-|[^\W\d_]+\.? [0-9])")
YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
EIGHT = re.compile(r"((?:1[5-9]|20)[0-9]{2})()([0-9]{2})([0-9]{2})")
YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
YEAR_MONTH_DAY = re.compile(rf"([0-9]{{4}})[ ,-]+{_M}[ -]{_D}")
DAY_MONTH = re.compile(rf"{_D}[ -]?{_M},?[ -]?{_Y}")
MONTH_DAY = re.compile(rf"{_M} ?{_D},? {_Y}")
MONTH_ONLY = re.compile(rf"{_M},?[ -]'?([0-9]{{4}})")
EASTERN = re.compile(r"([0-9]{4}) ?[년年] ?([0-9]{1,2}) ?[월月](?: ?([0-9]{1,2}) ?[일日号])?")
# Two days and what follows both (`3–5 March 2019`, `03.-05.03.2019`); what stands before both (`March 3-5, 2019`);
# two whole days.
DAYS_THEN_REST = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|\.)? ?(?:[-–—]|to|and|bis|au|al) ?([0-9]{1,2}(?:[ ./]|st|nd|rd|th).+)"
)
MONTH_THEN_DAYS = re.compile(rf"{_M} ([0-9]{{1,2}}) ?(?:[-–—]|to|and) ?([0-9]{{1,2}}),? ([0-9]{{4}})")
BETWEEN = re.compile(r"(.+?) ?(?:[–—~]| - |\b(?:to|until|till|through|thru|bis|au|al|hasta|a)\b) ?(.+)", re.IGNORECASE)
YEARS = re.compile(r"((?:1[5-9]|20)[0-9]{2}) ?[-–—/] ?((?:1[5-9]|20)[0-9]{2})")
DECADE = re.compile(r"(?<![0-9])((?:1[5-9]|20)[0-9])0['’]?s\b", re.IGNORECASE)
# Days since 30 December 1899, here from 1954 to 2064.
SERIAL = re.compile(r"[2-5][0-9]{4}(?:\.[0-9]+)?")
FIRST_SERIAL = date(1899, 12, 30)
SURELY = re.compile(r"(?<![0-9])(?:1[5-9]|20)[0-9]{2}(?![0-9])")


class Days(NamedTuple):
    """What a cell says: the first day and, of a span, the last, as EDTF; and what is doubtful about them, maybe ''."""

    first: str
    last: str = ""
    doubt: str = ""


class _Read(NamedTuple):
    day: str
    doubt: str = ""


@lru_cache(maxsize=262_144)
def read_days(text: str, order: str = "") -> Days:
    """One day or a span of them; `order` says how 03/04/2018 is meant, one of `ORDERS`.

    Where the order is open the year alone is kept; what cannot be read at all is ''.
    """
    text = " ".join(text.replace("\u2212", "-").replace("\u2011", "-").split())
    if not text:
        return Days("")
    if one := _one(text, order) or _loose(text):
        return Days(one.day, "", one.doubt)
    for first, last in _spans(text, order):
        if first.day <= last.day or len(first.day) < 10 or len(last.day) < 10:
            return Days(first.day, last.day if len(last.day) > 4 else "", first.doubt or last.doubt)
    years = set(SURELY.findall(text))
    if len(years) == 1:
        return Days(f"{years.pop()}?", "", f"{text!r} cannot be read as a day; only its year is kept, as uncertain")
    return Days("", "", f"{text!r} is not a day that can be read; write it as YYYY-MM-DD")


def _loose(text: str) -> _Read | None:
    """Years from one to another, a decade, or a day as spreadsheets count them; what was made of it is told."""
    if (found := YEARS.fullmatch(text)) and found[1] < found[2]:
        return _Read(f"{found[1]}/{found[2]}", f"{text!r} is kept as some day of {found[1]} to {found[2]}")
    if found := DECADE.search(text):
        return _Read(f"{found[1]}X", f"{text!r} is kept as some year of {found[1]}0 to {found[1]}9")
    if SERIAL.fullmatch(text):
        day = (FIRST_SERIAL + timedelta(days=int(float(text)))).isoformat()
        return _Read(day, f"{text!r} is taken as {day}, as spreadsheets count days")
    return None


def proven_order(texts: Iterable[str]) -> tuple[str, int]:
    """How days such as 03/04/2018 are meant where others prove it, and how many do; ('', 0) where none or both do."""
    proofs = dict.fromkeys(ORDERS, 0)
    for text in texts:
        if found := YEAR_LAST.fullmatch(CLOCK.sub("", " ".join(text.split()))):
            first, second = int(found[1]), int(found[3])
            proofs["day-first"] += 12 < first <= 31 and second <= 12
            proofs["month-first"] += 12 < second <= 31 and first <= 12
    proven = [order for order, count in proofs.items() if count]
    return (proven[0], proofs[proven[0]]) if len(proven) == 1 else ("", 0)


def looks_like_days(texts: Iterable[str]) -> bool:
    """Whether most of the texts that are not empty can be read as days, or there are none."""
    readable = [read_days(text).first != "" for text in texts if text]
    return not readable or sum(readable) * 2 > len(readable)


def _one(text: str, order: str) -> _Read | None:
    """A single day, month or year; None where it is none."""
    plain = CLOCK.sub("", text)
    if (found := WEEKDAY.match(plain)) and fold(found[1]) not in _months():
        plain = plain[found.end() :]
    if found := YEAR_LAST.fullmatch(plain):
        return _year_last(text, found, order)
    written, doubt = _written(plain)
    if written is None:
        written = plain if CALENDAR.fullmatch(plain) or (SHAPE.fullmatch(plain) and is_date(plain)) else ""
    return _Read(written, doubt) if written and _real(written) else None


def _real(text: str) -> bool:
    """Whether a text that has the shape of a day is one of the calendar."""
    found = CALENDAR.fullmatch(text)
    if not found:
        return not re.match(r"[0-9]{4}-[0-9]{2}-", text)
    try:
        date(int(found[1]), int(found[2] or 1), int(found[3] or 1))
    except ValueError:
        return False
    return True


def _written(text: str) -> tuple[str | None, str]:
    """EDTF of a day whose month is not in doubt, and a doubt about its century; None where it has no such shape."""
    text = re.sub(r" (?:of|de|del|di) ", " ", text)
    if found := EIGHT.fullmatch(text) or YEAR_FIRST.fullmatch(text):
        return _day(found[1], int(found[3]), found[4]), ""
    if found := EASTERN.fullmatch(text):
        return _day(found[1], int(found[2]), found[3] or ""), ""
    for shape, (year, month, day) in ((YEAR_MONTH_DAY, (1, 2, 3)), (DAY_MONTH, (3, 2, 1)), (MONTH_DAY, (3, 1, 2))):
        if (found := shape.fullmatch(text)) and (number := _months().get(fold(found[month]))):
            return _day(_year(found[year]), number, found[day]), _century(text, found[year])
    if (found := MONTH_ONLY.fullmatch(text)) and (number := _months().get(fold(found[1]))):
        return f"{found[2]}-{number:02}", ""
    return None, ""


def _year_last(text: str, found: re.Match[str], order: str) -> _Read | None:
    year, first, second = _year(found[4]), int(found[1]), int(found[3])
    days = {"day-first": _day(year, second, first), "month-first": _day(year, first, second)}
    real = {name: day for name, day in days.items() if _real(day)}
    meant = {order: real[order]} if order in real else {} if order else real
    century = _century(text, found[4])
    if not meant:
        return None
    if len(set(meant.values())) == 1:
        return _Read(next(iter(meant.values())), century)
    what = f"{text!r} may be {days['day-first']} or {days['month-first']}; kept as the year {year}"
    return _Read(year, f"{what}; say whether the day or the month comes first")


def _spans(text: str, order: str) -> Iterator[tuple[_Read, _Read]]:
    """Each way in which a text is two days."""
    if found := DAYS_THEN_REST.fullmatch(text):
        rest = re.sub(r"^[0-9]{1,2}", "", found[2])
        yield from _both(found[1] + rest, found[2], "day-first")
    if found := MONTH_THEN_DAYS.fullmatch(text):
        yield from _both(f"{found[1]} {found[2]}, {found[4]}", f"{found[1]} {found[3]}, {found[4]}", order)
    if found := BETWEEN.fullmatch(text):
        yield from _both(found[1], found[2], order)


def _both(first: str, last: str, order: str) -> Iterator[tuple[_Read, _Read]]:
    """Two texts as days; the first may leave its year to the last, which is the one before where it would be later."""
    end = _one(last, order)
    if not end:
        return
    if begin := _one(first, order):
        yield begin, end
        return
    for year in (end.day[:4], f"{int(end.day[:4]) - 1:04}"):
        if (begin := _one(f"{first.rstrip('.')} {year}", order)) and begin.day <= end.day:
            yield begin, end
            return


def _year(text: str) -> str:
    return text if len(text) == 4 else f"{20 if int(text) < CENTURY else 19}{text}"


def _century(text: str, year: str) -> str:
    return f"{text!r} does not say its century; taken as {_year(year)}" if len(year) == 2 else ""


def _day(year: str, month: int, day: str | int) -> str:
    return f"{year}-{month:02}-{int(day):02}" if day else f"{year}-{month:02}"


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    """Folded name of a month, whole or shortened, in each language -> its number; English goes first."""
    found: dict[str, int] = {"sept": 9}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, language)
                for number, name in names.items():
                    found.setdefault(fold(name).rstrip("."), int(number))
    return found
