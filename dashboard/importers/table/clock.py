"""Clock times in a stranger's table: never taken for years, and `0755+1` is a day after the date of its row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from dashboard.importers.imported import Doubt
from dashboard.tables.dates import is_plain

TIME = re.compile(
    r"(?:[01]?[0-9]|2[0-3])(?:[:.h]?[0-5][0-9])(?::[0-5][0-9])?(?: ?[ap]\.?m\.?)?(?: ?(?:z|utc|gmt|h|hrs|lt|local))?"
    r"(?: ?\(?\+(?P<later>[0-9])(?: ?d(?:ays?)?)?\)?)?",
    re.IGNORECASE,
)
# Four digits that may as well be a year.
MAY_BE_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")


def holds_times(texts: Iterable[str]) -> bool:
    """Whether all texts that are not empty are clock times and one of them is surely no year: 2015 with 0905."""
    filled = [text.strip() for text in texts if text.strip()]
    return bool(filled) and all(map(TIME.fullmatch, filled)) and not all(map(MAY_BE_YEAR.fullmatch, filled))


def days_later(text: str) -> int:
    """How many days after the date of its row a clock time lies: 1 of `0755+1`, else 0."""
    found = TIME.fullmatch(text.strip())
    return int(found["later"] or 0) if found else 0


def moved_on(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows whose plain day of arrival is a later one where the time of arrival says so, with `days_later`.

    Not where the row says itself that it is: a day of leaving home before the arrival, or of leaving before the later.
    """
    later = frame["arrival_time"].map(days_later)
    later = later.where(frame["arrived"].map(is_plain), 0)
    moved = frame.loc[later > 0, "arrived"]
    days = [
        (date.fromisoformat(day) + timedelta(int(more))).isoformat()
        for day, more in zip(moved, later[later > 0], strict=True)
    ]
    after = pd.Series(days, moved.index, dtype="str").reindex(frame.index).fillna("")
    known = (frame["left_home"] != "") & (frame["left_home"] < frame["arrived"])
    later = later.where(~known & ((frame["left"] == "") | (frame["left"] >= after)), 0).astype("int64")
    return frame.assign(arrived=frame["arrived"].where(later == 0, after), days_later=later)


def told(frame: pd.DataFrame, source: str) -> list[Doubt]:
    """What `moved_on` made of the rows."""
    what = "the time of arrival says +{0}: the arrival is taken as {0} day{1} after the date"
    rows = frame.loc[frame["days_later"] > 0, "days_later"].items()
    return [Doubt(source, int(str(row)), what.format(days, "s" * (days > 1)), field="arrived") for row, days in rows]
