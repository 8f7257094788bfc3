"""Days and spans of days as people write them -> EDTF, where only one can be meant; 03/04/2018 stays open unless told.

A cell that cannot be read keeps the year that it surely holds, marked `?`; whatever is not sure comes with a doubt.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache, partial
from typing import NamedTuple
from unicodedata import decimal, normalize

from dashboard.geocoding.gazetteer import fold
from dashboard.importers.table.calendar_names import is_weekday, months
from dashboard.tables.dates import CALENDAR, SHAPE, is_date

ORDERS = ("day-first", "month-first")
# Of two digits for a year, those below are of this century.
CENTURY = 70
_D, _Y, _M = r"([0-9]{1,2})(?:st|nd|rd|th|er|\.)?", r"'?([0-9]{4}|[0-9]{2})", r"([^\W\d_]+)\.?"
_TIME = (
    r"[0-9]{1,2}(?:(?::[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?|[.h][0-9]{2})(?: ?[ap]\.?m\.?)?| ?h(?: ?[0-9]{2})?\b"
    r"| ?[ap]\.?m\.?| ?uhr\b| ?[시時时点](?: ?[0-9]{1,2} ?[분分])?)"
)
_AT = r"(?:at |um |à |a las |às |alle |kl\.? |[오午][전후前後] ?|[上下]午 ?)?"
CLOCK = re.compile(
    rf"(?:T[0-9]{{4,6}}|(?:T|[ ,]+{_AT}){_TIME}(?: ?[-–] ?{_TIME})?(?: ?(?:hrs|hours|uhr)\b)?)"
    r"(?: ?(?:Z|[A-Z]{2,4}|[+-][0-9:]+)(?:\[[\w/]+\])?)?$",
    re.IGNORECASE,
)
CLOCK_FIRST = re.compile(rf"^{_TIME},? (?:on )?", re.IGNORECASE)
CLOCK_WITHIN = re.compile(r" [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})? ")
WORD = re.compile(r"\b([^\W\d_]{3,10})\.?,? ")
# Marks of footnotes, and what stands before or behind a day without being one.
FOOTNOTE = re.compile(r"\[[^\]]{0,12}\]|[\u00b9\u00b2\u00b3\u2070-\u2079*†‡§#]+$")
ASIDE = re.compile(r" ?\(([^()]*)\)$")
WEEKDAY_ASIDE = re.compile(r" ?\(([^()0-9]{1,12})\)")
QUERIED = re.compile(r"(?<=[^\W_]) ?\?$")
BEFORE = re.compile(
    r"^(?:from|between|on|the|am|den|vom|du|le|del?|desde el|desde|el|dal|il|с|od) (?=[0-9]|[^\W\d_]+\.? [0-9])",
    re.IGNORECASE,
)
# The word for year behind one, as in 25 марта 2018 г.
YEAR_WORD = re.compile(r"(?<=[0-9]{4}) ?(?:г\.?|года|року|р\.|r\.|roku)$")
# A day, or day and month, of which no more is known: 2018-03-XX, ??/03/2018, 2018-00-00.
BLANK_LAST = re.compile(r"([0-9]{4}(?:[-/.][0-9]{1,2})??)(?:[-/.](?:xx|\?\?|00)){1,2}", re.IGNORECASE)
BLANK_FIRST = re.compile(r"(?:(?:xx|\?\?|00)[-/.]){1,2}((?:[0-9]{1,2}[-/.])?[0-9]{4})", re.IGNORECASE)
SPACED = re.compile(r"([0-9]{1,4}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,4})")
ABOUT = re.compile(
    r"^(?:c\.|ca\.?|circa|about|around|approx\.?|approximately|early|mid|late|~)[ -]*(?=\S)", re.IGNORECASE
)
WEEKDAY = re.compile(r"([^\W\d_]{2,10})\.?,? (?=[0-9]{1,2}[^0-9]|[0-9]{4}-|[^\W\d_]+\.? [0-9])")
YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})")
MONTH_NUMBER = re.compile(r"([0-9]{4})[/.]([0-9]{1,2})|([0-9]{1,2})[/.]([0-9]{4})")
MONTH_SHORT = re.compile(rf"{_M}-'?([0-9]{{2}})")
EIGHT = re.compile(r"((?:1[5-9]|20)[0-9]{2})()([0-9]{2})([0-9]{2})")
YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
# A day of that kind anywhere in a cell: of a span both prove the order.
PROOF = re.compile(rf"(?<![0-9/.-]){YEAR_LAST.pattern}(?![0-9])")
YEAR_MONTH_DAY = re.compile(rf"([0-9]{{4}})[ .,-]+{_M}[ -]{_D}")
DAY_MONTH = re.compile(rf"{_D}[ -]?{_M},?[ -]?{_Y}")
MONTH_DAY = re.compile(rf"{_M} ?{_D},? {_Y}")
MONTH_ONLY = re.compile(rf"{_M},?[ -]'?([0-9]{{4}})")
# Japanese, Korean and Chinese days, and two of one month or year.
EASTERN_SPAN = re.compile(
    r"([0-9]{4}) ?[년年] ?([0-9]{1,2}) ?[월月] ?([0-9]{1,2}) ?[일日号]? ?[-–—~至] ?"
    r"(?:([0-9]{1,2}) ?[월月] ?)?([0-9]{1,2}) ?[일日号]?"
)
EASTERN = re.compile(r"([0-9]{4}) ?[년年] ?([0-9]{1,2}) ?[월月](?: ?([0-9]{1,2}) ?[일日号])?")
# Two days and what follows both (`3–5 March 2019`, `03.-05.03.2019`); what stands before both (`March 3-5, 2019`);
# two whole days.
_AND = r"(?:[-–—~/&+,]|to|and|bis|und|au|et|al|y|a|e|et le|по|и|do)"
DAYS_THEN_REST = re.compile(
    rf"([0-9]{{1,2}})(?:st|nd|rd|th|\.)?((?: ?{_AND} ?[0-9]{{1,2}}(?:st|nd|rd|th|\.)?)*) ?{_AND} ?"
    r"([0-9]{1,2}(?:[./][0-9]{1,2}[./][0-9]+|(?: |\. ?|st|nd|rd|th)[^0-9].*))"
)
MONTH_THEN_DAYS = re.compile(
    rf"{_M} ([0-9]{{1,2}})(?:st|nd|rd|th)? ?{_AND} ?([0-9]{{1,2}})(?:st|nd|rd|th)?,? ([0-9]{{4}})"
)
BETWEEN = re.compile(
    r"(.+?) ?(?:[–—~→]|\.\.(?=[0-9])| - |\b(?:to|until|till|through|thru|bis|au|al|hasta|a|по|do)\b"
    r"|(?<=[0-9]) ?/ ?(?=[0-9]{4}-|[0-9]{1,2}\.? ?[^\W\d_])) ?(.+)",
    re.IGNORECASE,
)
HYPHEN = re.compile(r"(?<=\w|\.)-(?=\w)")
LATER_PART = re.compile(r"([0-9]{4}([-/.])(?:[0-9]{1,2}\2)?)([0-9]{1,2}) ?[-–—~/] ?([0-9]{1,2}(?:\2[0-9]{1,2})?)")
DAY_AND_DAY = re.compile(r"\s*[;&+]\s*|(?<=[0-9]{4}),\s*|\s+(?:and|und|et|y|e|и)\s+")
YEARS = re.compile(r"((?:1[5-9]|20)[0-9]{2}) ?[-–—/] ?((?:1[5-9]|20)[0-9]{2})")
WINTER = re.compile(r"(?<![0-9])((?:1[5-9]|20)[0-9]{2})[-–/]([0-9]{2})(?![0-9/.-])")
DECADE = re.compile(r"(?<![0-9])((?:1[5-9]|20)[0-9])0['’]?s\b", re.IGNORECASE)
# Days since 30 December 1899, here from 1954 to 2064.
SERIAL = re.compile(r"[2-5][0-9]{4}(?:\.[0-9]+)?")
FIRST_SERIAL = date(1899, 12, 30)
# Seconds or thousandths since 1970, here from 2001 on.
UNIX = re.compile(r"(1[0-9]{9})(?:[0-9]{3})?")
# Years that tables of today have rather by another calendar.
ISLAMIC, BUDDHIST = re.compile(r"1(?:3[3-9]|4[0-5])[0-9]"), re.compile(r"2[4-9][0-9]{2}")
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
    if found := _read(text, order) or _tidied(text, order):
        return found._replace(doubt=found.doubt or _calendar(found.first))
    if found := _listed(text, order):
        return found
    years = set(SURELY.findall(text))
    if len(years) == 1:
        return Days(f"{years.pop()}?", "", f"{text!r} cannot be read as a day; only its year is kept, as uncertain")
    return Days("", "", f"{text!r} is not a day that can be read; write it as YYYY-MM-DD")


def _listed(text: str, order: str) -> Days | None:
    """Several whole days in order, `3 March 2019, 5 March 2019`, as all from the first to the last; that is told."""
    days = [found.day if (found := _one(part, order)) else "" for part in DAY_AND_DAY.split(text)]
    if len(days) < 2 or any(len(day) < 10 for day in days) or days != sorted(days):
        return None
    return Days(days[0], days[-1], f"{text!r} is read as all days from the first to the last")


def _calendar(day: str) -> str:
    """A doubt about a year that is rather one of another calendar: 2561 in Bangkok, 1397 in Tehran."""
    strange = ISLAMIC.match(day) or BUDDHIST.match(day)
    what = "years of the Buddhist, Iranian or Islamic calendar are not converted"
    return f"the year {strange[0]} is taken as it stands; {what}" if strange else ""


def _read(text: str, order: str) -> Days | None:
    """What a text says as it stands; None where it says no day, month or year."""
    if one := _one(text, order) or _loose(text):
        return Days(one.day, "", one.doubt)
    return _span(text, order)


def _span(text: str, order: str) -> Days | None:
    """A text as two days. Of an open order of day and month that one is taken which alone makes sense of both."""
    orders = (order,) if order else ORDERS
    whole = {found for one in orders if (found := next(filter(_is_whole, _spans(text, one)), None))}
    for first, last in whole if len(whole) == 1 else _spans(text, order):
        if first.day <= last.day or len(first.day) < 10 or len(last.day) < 10:
            return Days(first.day, last.day if len(last.day) > 4 else "", first.doubt or last.doubt)
    return None


def _is_whole(both: tuple[_Read, _Read]) -> bool:
    return len(both[0].day) == len(both[1].day) == 10 and both[0].day <= both[1].day


def _tidied(written: str, order: str) -> Days | None:
    """What a text says without footnotes, a clock time before the day, brackets behind it, or words as `early`."""
    text = normalize("NFKC", FOOTNOTE.sub("", written))
    text = "".join(str(decimal(one)) if one.isdecimal() else one for one in text)
    text = WEEKDAY_ASIDE.sub(lambda word: "" if is_weekday(word[1]) else word[0], text.strip())
    bracket = ASIDE.search(text)
    aside = bracket[1].strip() if bracket else "?" if QUERIED.search(text) else ""
    text = WORD.sub(lambda word: "" if is_weekday(word[1]) else word[0], QUERIED.sub("", ASIDE.sub("", text)))
    text = _without_gaps(YEAR_WORD.sub("", text))
    text = BEFORE.sub("", CLOCK_WITHIN.sub(" ", CLOCK_FIRST.sub("", text)))
    plain = ABOUT.sub("", text)
    found = _read(plain, order) if plain != written else None
    if not found:
        return None
    if plain != text or aside == "?":
        first, last = (f"{day}?" if CALENDAR.fullmatch(day) and day[-1] != "?" else day for day in found[:2])
        return Days(first, last, found.doubt or f"{written!r} is kept as uncertain")
    told = aside and not is_weekday(aside)
    return found._replace(doubt=found.doubt or f"{aside!r} behind the day is left aside") if told else found


def _without_gaps(text: str) -> str:
    """A text without the blanks of `2018. 3. 25.` and `25 / 03 / 2018`, and without parts that are not known."""
    text = re.sub(r"(?<=[0-9])\. (?=[0-9])", ".", re.sub(r"(?<=[0-9])\.(?=$| ?[-–—~])", "", text))
    text = SPACED.sub(r"\1\2\3\2\4", text) if SPACED.fullmatch(text) else text
    for blank in (BLANK_LAST, BLANK_FIRST):
        text = found[1] if (found := blank.fullmatch(text)) else text
    return text


def _loose(text: str) -> _Read | None:
    """Years from one to another, a decade, or a day as programs count them; what was made of it is told."""
    if (found := YEARS.fullmatch(text)) and found[1] < found[2]:
        return _Read(f"{found[1]}/{found[2]}", f"{text!r} is kept as some day of {found[1]} to {found[2]}")
    if (found := WINTER.search(text)) and int(found[2]) == (int(found[1]) + 1) % 100:
        last = int(found[1]) + 1
        return _Read(f"{found[1]}/{last}", f"{text!r} is kept as some day of {found[1]} to {last}")
    if found := DECADE.search(text):
        return _Read(f"{found[1]}X", f"{text!r} is kept as some year of {found[1]}0 to {found[1]}9")
    if SERIAL.fullmatch(text):
        day = (FIRST_SERIAL + timedelta(days=int(float(text)))).isoformat()
        return _Read(day, f"{text!r} is taken as {day}, as spreadsheets count days")
    if found := UNIX.fullmatch(text):
        day = datetime.fromtimestamp(int(found[1]), UTC).date().isoformat()
        return _Read(day, f"{text!r} is taken as {day}, as seconds since 1970")
    return None


def proofs(texts: Iterable[str]) -> dict[str, int]:
    """How many days such as 25/04/2018 can only be read in each of the orders."""
    found = dict.fromkeys(ORDERS, 0)
    for text in texts:
        for day in PROOF.finditer(text):
            first, second = int(day[1]), int(day[3])
            found["day-first"] += 12 < first <= 31 and second <= 12
            found["month-first"] += 12 < second <= 31 and first <= 12
    return found


def proven_order(texts: Iterable[str]) -> tuple[str, int]:
    """How days such as 03/04/2018 are meant where others prove it, and how many do; ('', 0) where none or both do."""
    return proven(proofs(texts))


def proven(found: Mapping[str, int]) -> tuple[str, int]:
    """The one order that has `proofs`, and how many; ('', 0) where none or both have."""
    orders = [order for order, count in found.items() if count]
    return (orders[0], found[orders[0]]) if len(orders) == 1 else ("", 0)


def completed(text: str, year: str, month: str = "") -> str:
    """A day with the month and the year that its row says elsewhere, where it does not say them itself."""
    named = month_name[int(month)] if month.isdecimal() and 0 < int(month) < 13 else month
    if not text:
        return f"{named} {year}".strip()
    if SURELY.search(text) or read_days(text).first:
        return text
    if month and not re.search(r"[^\W\d_]{3}", text):
        return f"{text} {named} {year}".strip()
    between = re.search(r"[0-9]([/.-])[0-9]{1,2}\.?$", text)
    whole = f"{text.rstrip('.')}{between[1]}{year}" if between else f"{text} {year}"
    # A span over the turn of the year began in the year that is said of it.
    turns = BETWEEN.fullmatch(text) if read_days(whole).first[:4] < year else None
    return f"{turns[1]} {year} – {turns[2]}" if turns else whole


def looks_like_days(texts: Iterable[str]) -> bool:
    """Whether most of the texts that are not empty can be read as days, if need be of some year, or there are none."""
    readable = [
        bool(read_days(text).first) or len(read_days(completed(text, "2000", "1")).first) > 5 for text in texts if text
    ]
    return not readable or sum(readable) * 2 > len(readable)


def _one(text: str, order: str) -> _Read | None:
    """A single day, month or year; None where it is none."""
    plain = CLOCK.sub("", text)
    if (found := WEEKDAY.match(plain)) and is_weekday(found[1]):
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
        if (found := shape.fullmatch(text)) and (number := months().get(fold(found[month]))):
            return _day(_year(found[year]), number, found[day]), _century(text, found[year])
    if (found := MONTH_ONLY.fullmatch(text)) and (number := months().get(fold(found[1]))):
        return f"{found[2]}-{number:02}", ""
    if found := MONTH_NUMBER.fullmatch(text):
        year, month = int(found[1] or found[4]), int(found[2] or found[3])
        return (f"{year:04}-{month:02}", "") if 0 < month < 13 and month != (year + 1) % 100 else (None, "")
    if (found := MONTH_SHORT.fullmatch(text)) and (number := months().get(fold(found[1]))):
        return f"{_year(found[2])}-{number:02}", f"{text!r} is taken as a month of {_year(found[2])}"
    return None, ""


def _year_last(text: str, found: re.Match[str], order: str) -> _Read | None:
    year, first, second = _year(found[4]), int(found[1]), int(found[3])
    days = {"day-first": _day(year, second, first), "month-first": _day(year, first, second)}
    real = {name: day for name, day in days.items() if _real(day)}
    meant = {order: real[order]} if order in real else {} if order else real
    century = _century(text, found[4])
    other = _day(_year(found[1]), second, found[4]) if len(found[1]) == len(found[4]) == 2 else ""
    if other and _real(other):
        century = f"{century}; it may be {other}"
    if not meant:
        return None
    if len(set(meant.values())) == 1:
        return _Read(next(iter(meant.values())), century)
    what = f"{text!r} may be {days['day-first']} or {days['month-first']}; kept as the year {year}"
    return _Read(year, f"{what}; say whether the day or the month comes first")


def _spans(text: str, order: str) -> Iterator[tuple[_Read, _Read]]:
    """Each way in which a text is two days."""
    if found := EASTERN_SPAN.fullmatch(text):
        year, month, first, other, last = found.groups()
        yield from _both(_day(year, int(month), first), _day(year, int(other or month), last), order)
    if found := DAYS_THEN_REST.fullmatch(text):
        rest = re.sub(r"^[0-9]{1,2}", "", found[3])
        told = _gap(text, found)
        yield from (
            (one, last._replace(doubt=last.doubt or told))
            for one, last in _both(found[1] + rest, found[3], order or "day-first")
        )
    if found := MONTH_THEN_DAYS.fullmatch(text):
        yield from _both(f"{found[1]} {found[2]}, {found[4]}", f"{found[1]} {found[3]}, {found[4]}", order)
    if found := LATER_PART.fullmatch(text):
        before = f"{found[1][:4]}{found[2]}" if found[2] in found[4] else found[1]
        yield from _both(found[1] + found[3], before + found[4], order)
    if found := BETWEEN.fullmatch(text):
        yield from _both(found[1], found[2], order)
    for found in HYPHEN.finditer(text):
        days = _both(text[: found.start()], text[found.end() :], order)
        yield from (both for both in days if both[0].day <= both[1].day and len(both[1].day) == 10)


def _gap(text: str, found: re.Match[str]) -> str:
    """A doubt about a list of days that leaves some out: `3, 5 and 9 March` is read as all of them."""
    first, last = int(found[1]), int(re.split(r"[^0-9]", found[3])[0])
    listed = found[2] or re.search(r"[,&+]|and|und|et|\by\b", text[: found.start(3)])
    return f"{text!r} is read as all days from the first to the last" if listed and last - first > 1 else ""


def _both(first: str, last: str, order: str) -> Iterator[tuple[_Read, _Read]]:
    """Two texts as days; one may leave its year to the other, the next or the one before where it would be turned."""
    begin, end = _one(first, order), _one(last, order)
    if begin and end:
        yield begin, end
    elif end:
        years = (end.day[:4], f"{int(end.day[:4]) - 1:04}") if len(end.day) > 4 else ()
        yield from ((one, end) for one in _completed(first, years, order) if _go_together(one, end))
    elif begin:
        years = (begin.day[:4], f"{int(begin.day[:4]) + 1:04}") if len(begin.day) > 4 else ()
        yield from ((begin, one) for one in _completed(last, years, order) if _go_together(begin, one))


def _go_together(begin: _Read, end: _Read) -> bool:
    """Whether two days, of which one was written without its year, make a span; a bare 5 is no month before a day."""
    return begin.day <= end.day and len(begin.day) == len(end.day)


def _completed(text: str, years: Iterable[str], order: str) -> Iterator[_Read]:
    """A text without its year as a day of each of the years."""
    for year in years:
        written = (f"{text.rstrip('.')}{between}{year}" for between in (" ", "/", ".", "-"))
        yield from (one for one in map(partial(_one, order=order), written) if one and len(one.day) > 4)


def _year(text: str) -> str:
    return text if len(text) == 4 else f"{20 if int(text) < CENTURY else 19}{text}"


def _century(text: str, year: str) -> str:
    return f"{text!r} does not say its century; taken as {_year(year)}" if len(year) == 2 else ""


def _day(year: str, month: int, day: str | int) -> str:
    return f"{year}-{month:02}-{int(day):02}" if day else f"{year}-{month:02}"
