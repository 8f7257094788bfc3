"""What becomes of the rows of a stranger's table once they are read: left out with a reason, or kept with doubts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

import pandas as pd

from dashboard.geocoding.gazetteer import fold
from dashboard.importers.imported import Doubt, LeftOut
from dashboard.importers.people import alike, several_in_one
from dashboard.importers.stops import LONGEST_CELL
from dashboard.importers.table import clock, continued
from dashboard.importers.table.cells import WORDS, each
from dashboard.importers.table.continued import DAYS
from dashboard.tables.dates import bounds
from dashboard.tables.ids import slug
from dashboard.tables.transport import TRANSPORT_NAMES

# What a doubt about a day costs, by what it says.
COSTS = ((r"is not a day that can be read", "no year"), (r"only its year is kept|kept as the year", "no day"))
# What other columns may say of a row that no status or type of stop says, and what is made of it.
_IN_TRANSIT = "transit|stopover|layover|refuell?ing|technical stop|tech stop|fuel stop|escala tecnica|zwischenlandung"
MENTIONS = {
    rf"\b(?:{WORDS['cancelled']})\b": "may mean that the trip was not made; it counts as made, since no"
    " column of status says otherwise",
    rf"\b(?:{_IN_TRANSIT})\b": "may mean a stop in transit; it counts as a visit, since no column of"
    " stop type says otherwise",
}


@dataclass(frozen=True)
class Reason:
    """Why a row is left out, and what would mend it; `asked` names the text that an answer could replace."""

    row: int
    why: str
    mend: str
    asked: str = ""


# How notes begin that are no names of people, and how they end.
SENTENCE = re.compile(
    r"(?:Attended|Met|Visited|Participated|Addressed|Signed|Held|Spoke|Discussed|Opened|Joined|Accompanied|Took part)\b"
    r"|.*\b[a-z]{3,} .*[a-z]{4,}\.$"
)


A_YEAR = pd.Timedelta(days=366)
# A row of no more cells says what others are, or how many.
FEW = 2


def left_out(frame: pd.DataFrame, source: str) -> list[LeftOut]:
    """The rows that cannot be told, each with the first reason that applies."""
    found: dict[int, LeftOut] = {}
    for rule in (_misshapen, _repeating, _cancelled, _nobody, _nowhere, _reversed):
        for one in rule(frame):
            found.setdefault(one.row, LeftOut(source, one.row, one.why, one.mend, one.asked))
    return [found[row] for row in sorted(found)]


def _misshapen(frame: pd.DataFrame) -> Iterator[Reason]:
    for row, more in frame.loc[frame["surplus"] > 0, "surplus"].items():
        why = f"{more} more cells than the header has columns"
        yield Reason(int(str(row)), why, "put a cell that holds the separator in double quotes")
    for row in frame.index[frame["longest"] > LONGEST_CELL]:
        yield Reason(int(row), f"a cell of more than {LONGEST_CELL:,} characters", "shorten it")


def _repeating(frame: pd.DataFrame) -> Iterator[Reason]:
    for row, before in frame.loc[frame["again"] > 0, "again"].items():
        yield Reason(int(str(row)), f"repeats row {before}", "change a cell if both were made")


def _cancelled(frame: pd.DataFrame) -> Iterator[Reason]:
    for row, status in frame.loc[frame["state"] == "cancelled", "status"].items():
        yield Reason(int(str(row)), f"was not made ({status})", "change its status if it was")


def _nobody(frame: pd.DataFrame) -> Iterator[Reason]:
    for row, name in frame.loc[frame["leader_id"] == "", "leader"].items():
        yield Reason(int(str(row)), f"no leader ({name!r})", "write who travelled")


def _nowhere(frame: pd.DataFrame) -> Iterator[Reason]:
    mends = ("write the place as TOWN, COUNTRY", "write its English name or its ISO 3166-1 code")
    unknown = frame[frame["country_iso3"] == ""]
    orders = unknown.index[_names_nothing(unknown)]
    for row in orders:
        yield Reason(int(row), "names no place and no day: it sums or heads others", "leave it, unless it is a trip")
    for row, name, place, doubt in unknown[["country", "place", "place_doubt"]].itertuples(name=None):
        why = f"country {name!r} is not known" if name else doubt or "no country"
        mend = mends[bool(name or not place)]
        yield Reason(int(row), why, mend, f"country:{name}" if name else f"place:{place}" if place else "")
    for row, name in frame.loc[each(frame["place"], slug) == "", "place"].items():
        yield Reason(int(str(row)), f"place {name!r} is not a name", "write a name, or nothing for the whole country")


def _names_nothing(frame: pd.DataFrame) -> pd.Series:
    """Rows without place and day; of one or two cells a day that cannot be read is the sum of a column."""
    silent = (frame[["country", "place", *DAYS]] == "").all(axis=1) & ~frame["nothing"]
    undoubted = (frame[[f"{name}_doubt" for name in DAYS]] == "").all(axis=1)
    return silent & (undoubted | (frame["filled"] <= FEW))


def _reversed(frame: pd.DataFrame) -> Iterator[Reason]:
    wrong = bounds(frame["left"])["latest"] < bounds(frame["arrived"])["earliest"]
    # An answer holds for every row with that text, so none of them may be in order.
    in_order = {"", *frame.loc[~wrong, "left_written"]}
    rule = "a place is left on the day of arrival or later"
    for row, arrived, left, text in frame.loc[wrong, ["arrived", "left", "left_written"]].itertuples(name=None):
        answer = "" if text in in_order else "say which day is meant, - for none, or "
        mend = f"{rule}: {answer}correct the table"
        yield Reason(int(row), f"left {left} is before arrived {arrived}", mend, f"left:{text}" if answer else "")


def doubts(frame: pd.DataFrame, source: str) -> list[Doubt]:
    """What needs a look in the rows that are kept."""
    return [
        *alike(frame, source),
        *several_in_one(frame, source),
        *_doubts_of(frame, "country_doubt", source),
        *_doubts_of(frame, "leader_country_doubt", source),
        *_doubts_of(frame, "place_doubt", source, field="place"),
        *(one for name in DAYS for one in _doubts_of(frame, f"{name}_doubt", source, field=name)),
        *clock.told(frame, source),
        *continued.told(frame, source),
        *_strange(frame, source),
        *_mentioned(frame, source),
        *_twice(frame, source),
        *_undated(frame, source),
        *_long(frame, source),
    ]


def _doubts_of(frame: pd.DataFrame, column: str, source: str, field: str = "") -> Iterator[Doubt]:
    """The doubts of a column, those of days by how much they cost."""
    for row, what in frame.loc[frame[column] != "", column].items():
        kind = next((kind for word, kind in COSTS if re.search(word, what)), "doubtful")
        text = str(frame.at[row, f"{field}_written"]) if field in DAYS and kind != "doubtful" else ""
        yield Doubt(source, int(str(row)), what, kind, field, f"{field}:{text}" if text else "")


def _strange(frame: pd.DataFrame, source: str) -> Iterator[Doubt]:
    """Words in other columns that mean nothing known."""
    unknown = frame["reached_by"] == "unknown"
    tells_stops = bool((frame["stop_kind"] == "transit").any())
    strange = {
        "transport": unknown & ~frame["transport"].str.lower().isin(("", "unknown")),
        "leader_country": (frame["leader_iso3"] == "") & (frame["leader_country"] != ""),
        "status": (frame["state"] == "") & (frame["status"] != ""),
        "stop_type": (frame["stop_kind"] == "") & (frame["stop_type"] != "") & tells_stops,
        "place": frame["nothing"],
        "counterpart": each(frame["counterpart"], _is_sentence).astype("bool"),
    }
    says = {
        "counterpart": "{!r} reads as a sentence and is kept as the name of who was met; map its column to occasion",
        "transport": f"transport {{!r}} is kept as unknown; write one of {', '.join(TRANSPORT_NAMES)}",
        "leader_country": "country of the leader {!r} is not known; no way home is added",
        "status": "status {!r} is not known; the trip counts as made",
        "stop_type": "type of stop {!r} is not known; the stop counts as a visit",
        "place": "a word such as NA stands for an empty cell",
    }
    for name, flags in strange.items():
        for row, text in frame.loc[flags, name].items():
            asked = f"{name}:{text}" if name not in ("place", "counterpart") else ""
            yield Doubt(source, int(str(row)), says[name].format(text), "doubtful", name, asked)


def _is_sentence(text: str) -> bool:
    return any(SENTENCE.match(one.strip()) for one in text.split(";"))


def _mentioned(frame: pd.DataFrame, source: str) -> Iterator[Doubt]:
    """Rows whose occasion begins with, or whose cell has in brackets, that they were not made or only in transit."""
    silent = frame[(frame["state"] == "") & (frame["stop_kind"] == "")]
    for name in ("occasion", "written_place"):
        for words, what in MENTIONS.items():
            said = each(silent[name], partial(_says, words)).astype("bool")
            for row, text in silent.loc[said, name].items():
                yield Doubt(source, int(str(row)), f"{text[:60]!r} {what}", "doubtful", name)


def _says(words: str, text: str) -> bool:
    marked = [text, *re.findall(r"[(\[](.*?)[)\]]", text)]
    return any(re.match(words, fold(one)) for one in marked if one)


def _twice(frame: pd.DataFrame, source: str) -> Iterator[Doubt]:
    """Visits of one person to one place on one day that another row tells in other words."""
    days = frame[frame["arrived"].str.len() == 10]
    keys = ["leader_id", "country_iso3", "place", "arrived"]
    first = days.groupby(keys).cumcount().gt(0)
    before = dict(zip(days[keys].drop_duplicates().itertuples(index=False, name=None), days.index[~first], strict=True))
    for row, *key in days.loc[first, keys].itertuples(name=None):
        what = f"says the same person, place and day as row {before[tuple(key)]}; both are kept"
        yield Doubt(source, int(row), what)


def _long(frame: pd.DataFrame, source: str) -> Iterator[Doubt]:
    """Stays of more than a year, as a slip in a year makes them."""
    stay = bounds(frame["left"])["earliest"] - bounds(frame["arrived"])["latest"]
    for row, days in stay[stay > A_YEAR].dt.days.items():
        what = f"stays for {days:,} days in one place; check the years of both days"
        yield Doubt(source, int(str(row)), what, field="left")


def _undated(frame: pd.DataFrame, source: str) -> Iterator[Doubt]:
    """Rows without a day; of a trip that another row dates only the stop has none."""
    bare = (frame["arrived"] == "") & (frame["arrived_doubt"] == "") & (frame["left_home"] == "")
    dated = frame["arrived"].ne("").groupby(frame["trip"]).transform("any")
    dated = dated.astype("bool") & (frame["trip"] != "")
    for row in frame.index[bare & ~dated]:
        yield Doubt(source, int(row), "no day of arrival; the trip has no year", "no year")
    for row in frame.index[bare & dated]:
        yield Doubt(source, int(row), "no day of arrival; the stop stays where it is written", "no day")
