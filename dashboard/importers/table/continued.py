"""Cells of a stranger's table that only the rows above complete: merged trip numbers, and days of the year above."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

import pandas as pd

from dashboard.importers.imported import Doubt
from dashboard.importers.table.days import completed, read_days
from dashboard.importers.table.fields import FIELDS

DAYS = tuple(field.name for field in FIELDS if field.is_day)
# A day this many months before the one above it is rather of the next year: January below December.
TURN = 6


def numbers_with_gaps(texts: Iterable[str]) -> bool:
    """Whether a column numbers trips once each, in order, and leaves the further rows of a trip empty."""
    listed = list(texts)
    numbers = [int(text) for text in listed if text.isdecimal()]
    rising = all(one < other for one, other in pairwise(numbers))
    filled = sum(map(bool, listed))
    return len(numbers) > 1 and rising and filled < len(listed) and len(numbers) * 2 > filled


def with_numbers(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows below a trip number without one of their own as rows of that trip, which are marked `continues`."""
    trip = frame["trip"].str.strip()
    if not numbers_with_gaps(trip):
        return frame.assign(continues=False)
    above = trip.where(trip.str.isdecimal()).ffill().fillna("").astype("str")
    return frame.assign(trip=trip.where(trip != "", above), continues=(trip == "") & (above != ""))


def own_trips(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows whose `trip` no two leaders share, nor journeys of two years that others part, which are `restarted`.

    Where leaders do, its name is that of leader and trip; where numbers begin anew each year, that of trip and year.
    """
    shared = rows.groupby("trip")["leader_id"].transform("nunique") > 1
    several = shared & (rows["trip"] != "")
    rows = rows.assign(trip=rows["trip"].where(~several, rows["leader_id"] + "-" + rows["trip"]))
    run = (rows["trip"] != rows.groupby("leader_id")["trip"].shift()).groupby(rows["trip"]).cumsum()
    began = rows["arrived"].where(rows["arrived"] != "", rows["left_home"]).str.extract(r"^([0-9]{4})")[0]
    year = began.groupby([rows["trip"], run]).transform("first").fillna("")
    apart = (rows["trip"] != "") & (year != "") & (run.groupby(rows["trip"]).transform("max") > 1)
    apart &= year.groupby(rows["trip"]).transform("nunique") > 1
    return rows.assign(trip=rows["trip"].where(~apart, rows["trip"] + "-" + year), restarted=apart)


def with_years(frame: pd.DataFrame) -> pd.DataFrame:
    """Days without a year, of the last year that a row above says; `year_above` has it, '' where none was needed."""
    found = {name: {text: _of_no_year(text) for text in frame[name].unique()} for name in DAYS}
    if not any(flag for texts in found.values() for flag in texts.values()):
        return frame.assign(year_above="")
    cells = {name: frame[name].tolist() for name in DAYS}
    taken = list(_years(cells, found))
    return frame.assign(**cells, year_above=pd.Series(taken, frame.index, dtype="str"))


def _years(cells: dict[str, list[str]], found: dict[str, dict[str, bool]]) -> Iterator[str]:
    """The year taken from above for each row, whose `cells` are completed in place."""
    last = ""
    for row in range(len(cells["arrived"])):
        taken = ""
        for name, texts in cells.items():
            if last and found[name][texts[row]]:
                texts[row] = _completed(texts[row], last)
                taken = read_days(texts[row]).first[:4]
            days = read_days(texts[row])
            last = max(days[:2], key=len) if len(days.first) > 6 else last
        yield taken


def _of_no_year(text: str) -> bool:
    return bool(text) and not read_days(text).first and len(read_days(completed(text.rstrip(" ,;"), "2000")).first) > 6


def _completed(text: str, last: str) -> str:
    """A day of the year of the `last` day above, or of the next one where it would be long before."""
    year, month = int(last[:4]), int(last[5:7])
    whole = completed(text.rstrip(" ,;"), str(year))
    early = int(read_days(whole).first[5:7] or month) + TURN < month
    return completed(text.rstrip(" ,;"), str(year + 1)) if early else whole


def told(frame: pd.DataFrame, source: str) -> list[Doubt]:
    """What was taken from the rows above, in words."""
    continues = "has no trip number and is taken as a further stop of the trip above it"
    doubts = [Doubt(source, int(row), continues, field="trip") for row in frame.index[frame["continues"]]]
    anew = "its trip number stands for a journey of another year, too; they are kept as one for each year"
    doubts += [Doubt(source, int(row), anew, field="trip") for row in frame.index[frame["restarted"]]]
    for row, year in frame.loc[frame["year_above"] != "", "year_above"].items():
        what = f"its days say no year; they are taken as after those above, of {year}, and as uncertain"
        doubts.append(Doubt(source, int(str(row)), what, field="arrived"))
    return doubts
