"""COLT's dates -> EDTF: days where they can be read, else the year of the trip, and what is doubtful about them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.importers.colt.columns import Master, given
from dashboard.importers.imported import Doubt
from dashboard.tables.dates import PLAIN_DAY, bounds

ISO = r"^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?$"
# Two numbers before the year: as Americans write it month first, unless the file shows otherwise.
NUMBERS = r"^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})(?: .*)?$"
WORDS = ("%d-%b-%y", "%d-%b-%Y", "%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y")
# A day that a spreadsheet shows as a plain number: days since 30 December 1899, here from 1954 to 2064.
SERIAL = r"^([2-5]\d{4})(?:\.\d+)?$"
PARTIAL = r"^(?:18|19|20)\d{2}(?:-(?:0[1-9]|1[0-2]))?$"
YEAR = r"^((?:18|19|20)\d{2})(?:\.0)?$"


def read_days(texts: pd.Series) -> pd.DataFrame:
    """`edtf` of each text ('' where it is no date) and `turned`: day and month had to change places."""
    codes, spelt = pd.factorize(texts)
    distinct = pd.Series(spelt, dtype="str")
    day = _numbered(distinct.str.extract(ISO), (0, 1, 2))
    plain = distinct.str.extract(NUMBERS)
    month_first, day_first = _numbered(plain, (2, 0, 1)), _numbered(plain, (2, 1, 0))
    usual, other = (day_first, month_first) if _is_day_first(plain, codes) else (month_first, day_first)
    day = day.fillna(usual).fillna(other)
    rest = distinct[day.isna() & (distinct != "")]
    for found in (*_worded(rest), _serial(rest)) if len(rest) else ():
        day = day.fillna(found)
    edtf = day.dt.strftime("%Y-%m-%d").fillna("").astype("str")
    edtf = edtf.where((edtf != "") | ~distinct.str.fullmatch(PARTIAL), distinct)
    turned = plain[0].notna() & usual.isna() & other.notna()
    return pd.DataFrame({"edtf": edtf, "turned": turned}).take(codes).set_axis(texts.index)


def _is_day_first(parts: pd.DataFrame, codes: np.ndarray) -> bool:
    """Whether more cells have a first number that is no month than a second one."""
    numbers = parts[[0, 1]].apply(pd.to_numeric).take(codes)
    return bool((numbers[0] > 12).sum() > (numbers[1] > 12).sum())


def _numbered(parts: pd.DataFrame, order: tuple[int, int, int]) -> pd.Series:
    """Days from three columns of digits; `order` says which are year, month and day. Of a year, two digits will do."""
    year, month, day = (pd.to_numeric(parts[place]) for place in order)
    year = year.where(year >= 100, year + np.where(year < 70, 2000, 1900))
    written = pd.DataFrame({"year": year, "month": month, "day": day})
    return pd.to_datetime(written, errors="coerce").astype("datetime64[s]")


def _worded(texts: pd.Series) -> list[pd.Series]:
    plain = texts.str.replace(",", "").str.split().str.join(" ")
    return [pd.to_datetime(plain, format=form, errors="coerce").astype("datetime64[s]") for form in WORDS]


def _serial(texts: pd.Series) -> pd.Series:
    number = pd.to_numeric(texts.str.extract(SERIAL)[0])
    return pd.to_datetime(number, unit="D", origin="1899-12-30").astype("datetime64[s]")


def read_spans(master: Master) -> tuple[pd.DataFrame, list[Doubt]]:
    """`start` and `end` of each row as EDTF, `dates_note` (what the source says where that differs), and the doubts.

    A date that cannot be read is the trip's year; where the end would be before the start, only the month or year
    that both can mean stays, marked uncertain.
    """
    year = given(master.rows["TripYear"]).str.extract(YEAR)[0].fillna("").astype("str")
    start, of_start = _one("TripStartDate", year, master)
    end, of_end = _one("TripEndDate", year, master)
    start, end, of_order = _in_order(start, end, year, master)
    amiss, of_length = _length(start, end, master)
    strange = (start == "") | (end == "") | start.ne(master.rows["TripStartDate"]) | end.ne(master.rows["TripEndDate"])
    strange &= ~(start.str.fullmatch(PLAIN_DAY) & end.str.fullmatch(PLAIN_DAY))
    spans = pd.DataFrame({"start": start, "end": end, "dates_note": _note(master.rows, strange | amiss)})
    return spans, [*of_start, *of_end, *of_order, *of_length]


def _one(column: str, year: pd.Series, master: Master) -> tuple[pd.Series, list[Doubt]]:
    """One of the two dates, and what is doubtful about it."""
    written = master.rows[column]
    read = read_days(given(written))
    edtf, known = read["edtf"], year != ""
    unread = edtf == ""
    amiss = (column + " " + written.map(repr) + " is not a date").where(written != "", f"{column} is empty")
    instead = pd.Series("; without a TripYear it stays empty", year.index).where(
        ~known, "; the year of TripYear is taken"
    )
    other_year = (column == "TripStartDate") & known & ~unread & edtf.str[:4].ne(year)
    doubts = master.doubts(unread, amiss + instead)
    doubts += master.doubts(read["turned"], f"{column} has day and month the other way round than most")
    doubts += master.doubts(other_year, "TripYear is not the year of TripStartDate; the date is taken")
    return edtf.where(~unread, year).astype("str"), doubts


def _in_order(
    start: pd.Series, end: pd.Series, year: pd.Series, master: Master
) -> tuple[pd.Series, pd.Series, list[Doubt]]:
    """Start and end of which none comes too early: of two that do, the month they share or the year, with `?`."""
    wrong = bounds(end)["latest"] < bounds(start)["earliest"]
    month = (start.str[:7] == end.str[:7]) & (start.str.len() > 4)
    common = start.str[:7].where(month, year.where(year != "", start.str[:4])) + "?"
    what = "TripEndDate is before TripStartDate; only the month or year is kept, as uncertain"
    return start.where(~wrong, common), end.where(~wrong, common), master.doubts(wrong, what)


def _length(start: pd.Series, end: pd.Series, master: Master) -> tuple[pd.Series, list[Doubt]]:
    """Where the duration is not that of the dates, both days counted, and the doubts about it."""
    written = given(master.rows["TripDuration"])
    stated = pd.to_numeric(written, errors="coerce")
    exact = start.str.fullmatch(PLAIN_DAY) & end.str.fullmatch(PLAIN_DAY)
    days = (bounds(end)["latest"] - bounds(start)["earliest"]).dt.days + 1
    amiss = exact & stated.notna() & stated.ne(days)
    unread = (master.rows["TripDuration"] != "") & stated.isna()
    doubts = master.doubts(amiss, "TripDuration is not that of the dates, both days counted; the dates are taken")
    return amiss, doubts + master.doubts(unread & ~exact, "TripDuration is not a number, and the dates do not say it")


def _note(rows: pd.DataFrame, strange: pd.Series) -> pd.Series:
    """The dates as the source has them, for rows where something is amiss."""
    first, last, days = (rows[name].where(rows[name] != "", "nothing") for name in DATE_COLUMNS)
    note = "dates in the source: " + first + " to " + last + ", days: " + days
    return note.where(strange, "").astype("str")


DATE_COLUMNS = ("TripStartDate", "TripEndDate", "TripDuration")
