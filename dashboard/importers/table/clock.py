"""Clock times in a stranger's table: never taken for years, and `0755+1` is a day after the date of its row."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

import pandas as pd

from dashboard.importers.imported import Doubt
from dashboard.importers.stops import east_over_the_line
from dashboard.tables.dates import is_plain

TIME = re.compile(
    r"(?P<hour>[01]?[0-9]|2[0-3])[:.h]?(?P<minute>[0-5][0-9])(?::[0-5][0-9])?(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: ?(?:z|utc|gmt|h|hrs|lt|local))?"
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


def minutes(text: str) -> int | None:
    """A clock time in minutes since midnight; None where it is none."""
    found = TIME.fullmatch(text.strip())
    if not found:
        return None
    hour = int(found["hour"])
    if found["half"]:
        hour = hour % 12 + 12 * (found["half"].lower() == "p")
    return hour * 60 + int(found["minute"])


def over_midnight(frame: pd.DataFrame) -> pd.DataFrame:
    """Legs that land at an earlier clock time than they left at, on the day after their date, with `overnight`.

    Not where the row says its days itself, nor where the leg goes east over the date line, which gives a day back.
    """
    if not frame["departure_time"].any():
        return frame.assign(overnight=False)
    times = {name: frame[name].map(minutes).astype("float64") for name in ("departure_time", "arrival_time")}
    early = (times["arrival_time"] < times["departure_time"]) & frame["arrived"].map(is_plain)
    early &= (frame["days_later"] == 0) & (frame["left_home"] == "") & (frame["left"] == "")
    legs = frame.loc[early, ["from_iso3", "country_iso3", "arrived"]].assign(trip_id=frame.index[early])
    both = pd.concat([legs.assign(country_iso3=legs["from_iso3"]), legs]).sort_index(kind="stable")
    early = early.mask(early, ~east_over_the_line(both)[1::2].reindex(frame.index, fill_value=False))
    days = frame.loc[early, "arrived"].map(lambda day: (date.fromisoformat(day) + timedelta(1)).isoformat())
    return frame.assign(arrived=frame["arrived"].mask(early, days.reindex(frame.index)), overnight=early)


def told(frame: pd.DataFrame, source: str) -> list[Doubt]:
    """What `moved_on` and `over_midnight` made of the rows."""
    night = "it lands at an earlier clock time than it left at: the arrival is taken as on the day after the date"
    nights = [Doubt(source, int(row), night, field="arrived") for row in frame.index[frame["overnight"]]]
    what = "the time of arrival says +{0}: the arrival is taken as {0} day{1} after the date"
    rows = frame.loc[frame["days_later"] > 0, "days_later"].items()
    later = [Doubt(source, int(str(row)), what.format(days, "s" * (days > 1)), field="arrived") for row, days in rows]
    return nights + later
