"""The cells of a stranger's table -> fields that are read, rows that cannot be told, and what is doubtful."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np
import pandas as pd

from dashboard.geocoding.gazetteer import fold
from dashboard.importers.countries import country_code, country_doubt
from dashboard.importers.imported import Doubt, LeftOut
from dashboard.importers.journeys import LONGEST_CELL
from dashboard.importers.options import Options
from dashboard.importers.people import alike, tell_apart
from dashboard.importers.table.columns import FIELDS, NOTHING, Columns
from dashboard.importers.table.days import Days, proven_order, read_days
from dashboard.tables.dates import bounds
from dashboard.tables.ids import slug
from dashboard.tables.outside import Sheet
from dashboard.tables.records import Row
from dashboard.tables.transport import TRANSPORT_NAMES, transport_named

# A span in a column of beginnings says the end, too.
SPANS = {"arrived": "left", "left_home": "back_home"}
DAYS = tuple(field.name for field in FIELDS if field.is_day)
# Fields in which a word may stand for nothing; a country NA is Namibia.
MAY_BE_NOTHING = ("place", "origin", "home", *DAYS, "transport", "counterpart", "source", "status", "stop_type")
WORDS = {
    "cancelled": "cancelled canceled postponed abgesagt annule cancelado cancelada 취소 取消",
    "planned": "planned scheduled upcoming expected proposed tentative future geplant prevu planeado 예정 计划",
    "made": "made done completed complete confirmed reported actual past took place realizado effectue 완료 完成",
    "transit": "transit stopover layover refuelling refueling refuel technical technical stop fuel stop in transit",
    "visit": "visit stay official visit state visit working visit",
}
Texts = dict[str, str]


def written(sheet: Sheet, rows: list[Row], found: Columns, options: Options) -> pd.DataFrame:
    """The fields of each row as they are written or said, indexed by its number.

    With `surplus` (cells past the header), `longest` (characters), and `again` (the row that it repeats, else 0).
    """
    return _with_answers(_frame(sheet, rows, found), options)


def read_cells(frame: pd.DataFrame, found: Columns) -> pd.DataFrame:
    """What is `written` as it is understood.

    Besides the fields, as written or as EDTF: `leader_id`, `country_iso3` and `leader_iso3` ('' unknown),
    `reached_by`, `stop_kind`, `state` (made, planned, cancelled), and a `…_doubt` for each day and for `country`.
    """
    frame = frame.assign(
        **_days(frame, found.orders),
        country_iso3=_each(frame["country"], country_code).astype("str"),
        country_doubt=_each(frame["country"], country_doubt).astype("str"),
        leader_iso3=_each(frame["leader_country"], country_code),
        reached_by=_each(frame["transport"], transport_named),
        state=_each(frame["status"], partial(_word, ("cancelled", "planned", "made"))),
        stop_kind=_each(frame["stop_type"], partial(_word, ("transit", "visit"))),
    )
    return frame.assign(**tell_apart(frame))


def _frame(sheet: Sheet, rows: list[Row], found: Columns) -> pd.DataFrame:
    """The cells of each field as text; a field without column is ''."""
    width = len(sheet.header)
    index = pd.Index([number for number, _ in rows], dtype="int64")
    cells = {
        field.name: [one[at] if at < len(one) else "" for _, one in rows]
        if (at := found.positions.get(field.name, -1)) >= 0
        else ""
        for field in FIELDS
    }
    return pd.DataFrame(cells, index=index, dtype="str").assign(
        surplus=[sum(map(bool, one[width:])) for _, one in rows],
        longest=[max(map(len, one), default=0) for _, one in rows],
        again=_repeated(rows),
    )


def _repeated(rows: list[Row]) -> list[int]:
    """For each row the number of the one before that is the same in every cell, else 0."""
    first: dict[tuple[str, ...], int] = {}
    before = ((number, first.setdefault(tuple(cells), number)) for number, cells in rows)
    return [other if other != number else 0 for number, other in before]


def _with_answers(frame: pd.DataFrame, options: Options) -> pd.DataFrame:
    """The cells with what was said once for all rows, answers put in place, and words for nothing taken out."""
    full = (frame["first_name"] + " " + frame["last_name"]).str.strip()
    frame = frame.assign(leader=frame["leader"].where(frame["leader"] != "", full))
    for name, answers in _answers(options.answers).items():
        frame[name] = frame[name].replace(answers)
    for name in ("leader", "country", "home"):
        frame[name] = frame[name].where(frame[name] != "", getattr(options, name))
    nothing = frame[list(MAY_BE_NOTHING)].apply(lambda column: column.str.casefold().isin(NOTHING))
    blank = frame[list(MAY_BE_NOTHING)].mask(nothing, "")
    return frame.assign(**blank, nothing=nothing["place"] | nothing[list(DAYS)].any(axis=1))


def _answers(answers: Mapping[str, str]) -> dict[str, Texts]:
    """`country:Italia` -> `Italy` as texts to replace, by field."""
    found: dict[str, Texts] = {}
    for key, meant in answers.items():
        field, _, text = key.partition(":")
        if any(field == one.name for one in FIELDS):
            found.setdefault(field, {})[text] = meant
    return found


def _word(meanings: tuple[str, ...], text: str) -> str:
    """Which of the meanings a text has, '' where none."""
    folded = f" {fold(text)} "
    for meaning in meanings:
        if any(f" {word} " in folded for word in WORDS[meaning].split()):
            return meaning
    return ""


def open_order(frame: pd.DataFrame) -> tuple[str, int]:
    """The order of day and month that the days of a table prove, and how many do."""
    return proven_order(text for name in DAYS for text in frame[name].unique())


def _days(frame: pd.DataFrame, orders: Mapping[str, str]) -> dict[str, pd.Series]:
    """The day of each column of days as EDTF, and its doubt; the end of a span fills what its row leaves empty."""
    proven, _ = open_order(frame)
    days: dict[str, pd.Series] = {}
    ends: dict[str, pd.Series] = {}
    for name in DAYS:
        codes, spelt = pd.factorize(frame[name])
        read = pd.DataFrame([read_days(text, orders.get(name) or proven) for text in spelt], columns=Days._fields)
        cells = read.astype("str").take(codes).set_axis(frame.index)
        days |= {name: cells["first"], f"{name}_doubt": cells["doubt"]}
        ends[name] = cells["last"]
    for begin, end in SPANS.items():
        days[end] = days[end].where(days[end] != "", ends[begin])
    return days


def _each(texts: pd.Series, read: Callable[[str], object]) -> pd.Series:
    """What each text means, every spelling read once."""
    codes, spelt = pd.factorize(texts)
    meant = np.empty(len(spelt), dtype="object")
    meant[:] = [read(text) for text in spelt]
    return pd.Series(meant[codes], texts.index, dtype="object")


@dataclass(frozen=True)
class Reason:
    """Why a row is left out, and what would mend it; `asked` names the text that an answer could replace."""

    row: int
    why: str
    mend: str
    asked: str = ""


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
    mend = "write its English name or its ISO 3166-1 code"
    unknown = frame[frame["country_iso3"] == ""]
    for row, name, place, doubt in unknown[["country", "place", "place_doubt"]].itertuples(name=None):
        why = f"country {name!r} is not known" if name else doubt or "no country"
        yield Reason(int(row), why, mend, f"country:{name}" if name else f"place:{place}" if place else "")
    for row, name in frame.loc[_each(frame["place"], slug) == "", "place"].items():
        yield Reason(int(str(row)), f"place {name!r} is not a name", "write a name, or nothing for the whole country")


def _reversed(frame: pd.DataFrame) -> Iterator[Reason]:
    wrong = bounds(frame["left"])["latest"] < bounds(frame["arrived"])["earliest"]
    for row, arrived, left in frame.loc[wrong, ["arrived", "left"]].itertuples(name=None):
        mend = "correct one of them, or say what else its column holds"
        yield Reason(int(row), f"left {left} is before arrived {arrived}", mend)


def doubts(frame: pd.DataFrame, source: str) -> list[Doubt]:
    """What needs a look in the rows that are kept."""
    return [
        *alike(frame, source),
        *_doubts_of(frame, "country_doubt", source),
        *_doubts_of(frame, "place_doubt", source, field="place"),
        *(one for name in DAYS for one in _doubts_of(frame, f"{name}_doubt", source, field=name)),
        *_strange(frame, source),
        *(
            Doubt(source, int(row), "no day of arrival; the trip has no year", "no year")
            for row in frame.index[_undated(frame)]
        ),
    ]


def _doubts_of(frame: pd.DataFrame, column: str, source: str, field: str = "") -> Iterator[Doubt]:
    """The doubts of a column, those of days by how much they cost."""
    for row, what in frame.loc[frame[column] != "", column].items():
        kind = next((kind for word, kind in COSTS if re.search(word, what)), "doubtful")
        yield Doubt(source, int(str(row)), what, kind, field)


COSTS = ((r"is not a day that can be read", "no year"), (r"only its year is kept|kept as the year", "no day"))


def _strange(frame: pd.DataFrame, source: str) -> Iterator[Doubt]:
    """Words in other columns that mean nothing known."""
    unknown = frame["reached_by"] == "unknown"
    strange = {
        "transport": unknown & ~frame["transport"].str.lower().isin(("", "unknown")),
        "leader_country": (frame["leader_iso3"] == "") & (frame["leader_country"] != ""),
        "status": (frame["state"] == "") & (frame["status"] != ""),
        "place": frame["nothing"],
    }
    says = {
        "transport": f"transport {{!r}} is kept as unknown; write one of {', '.join(TRANSPORT_NAMES)}",
        "leader_country": "country of the leader {!r} is not known; no way home is added",
        "status": "status {!r} is not known; the trip counts as made",
        "place": "a word such as NA stands for an empty cell",
    }
    for name, flags in strange.items():
        for row, text in frame.loc[flags, name].items():
            asked = f"{name}:{text}" if name in ("transport", "leader_country") else ""
            yield Doubt(source, int(str(row)), says[name].format(text), "doubtful", name, asked)


def _undated(frame: pd.DataFrame) -> pd.Series:
    return (frame["arrived"] == "") & (frame["arrived_doubt"] == "") & (frame["left_home"] == "")
