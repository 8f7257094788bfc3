"""The cells of a stranger's table -> fields that are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial, reduce
from operator import or_

import numpy as np
import pandas as pd

from dashboard.geocoding.gazetteer import fold
from dashboard.importers.countries import country_code, country_doubt
from dashboard.importers.options import Options
from dashboard.importers.people import tell_apart
from dashboard.importers.stops import doubted
from dashboard.importers.table import clock
from dashboard.importers.table.columns import Columns
from dashboard.importers.table.continued import DAYS, with_numbers, with_years
from dashboard.importers.table.days import ORDERS, Days, completed, proofs, proven, read_days
from dashboard.importers.table.fields import FIELDS
from dashboard.importers.table.nothing import says_nothing
from dashboard.importers.table.sections import Body
from dashboard.tables.ids import name_key
from dashboard.tables.outside import LINE_BREAK, Sheet
from dashboard.tables.records import Row
from dashboard.tables.transport import transport_named

# A span in a column of beginnings says the end, too.
SPANS = {"arrived": "left", "left_home": "back_home"}
# Fields in which a word may stand for nothing; a country NA is Namibia.
MAY_BE_NOTHING = (
    *("leader", "place", "origin", "home", *DAYS, "transport", "counterpart", "source", "status", "stop_type"),
    *("role", "occasion"),
)
# Those in which a mark of a footnote is none of the text.
TEXTS = ("trip", "leader", "country", "place", "origin", "transport", "status", "stop_type", "counterpart", "occasion")
MARK = re.compile(r"\[(?:[0-9]{1,3}|[a-z]|note [0-9]{1,2}|citation needed)\]", re.IGNORECASE)
# A note that says no more than who was met.
MET = re.compile(
    r"^Met (?:with )?(?:Prime Minister|President|Chancellor) ((?:[A-Z][\w'’.-]*\w )?[A-Z][\w'’-]+ [A-Z][\w'’-]+)\.?$"
)
# Those in which a line break may part two things.
MAY_PART = ["place", "country", "origin", "leader", "counterpart"]
# Those in which such a word is told.
TOLD = ("leader", "place", "origin", *DAYS)
# Names of people that a word for nothing is in lower case.
NAMES = frozenset(["Na", "Nan", "Null"])
# What a status or a type of stop may say, as `fold` writes it; the first that fits is meant.
WORDS = {
    "cancelled": "cancelled|canceled|postponed|called off|withdrawn|aborted|scrapped|not made|not held|not take place|"
    "not happen|did not go|abgesagt|verschoben|annule|annulee|annulled|cancelado|cancelada|"
    "suspendido|"
    "suspendida|aplazado|aplazada|annullato|rinviato|отменен|отменено|отложен|virtual|virtually|online|"
    "videoconference|"
    "by video|취소|취소됨|연기|연기됨|화상|取消|已取消|延期|推迟",
    "planned": "planned|scheduled|upcoming|expected|proposed|tentative|future|pending|provisional|tbc|to be confirmed|"
    "tbd|tba|in planning|planning|provisoire|미정|待定|"
    "geplant|prevu|prevue|planeado|planificado|previsto|예정|计划|预定",
    "made": "ongoing|confirmado|confirmada|effectuee|abgeschlossen|made|done|completed|complete|confirmed|reported|"
    "actual|past|took place|yes|realizado|realizada|effectue|"
    "durchgefuhrt|erfolgt|완료|完成|已完成",
    "transit": "transit|stopover|stop over|layover|refuelling|refueling|refuel|technical|technical stop|tech stop|fuel|"
    "fuel stop|fuelling stop|in transit|escala|escale|zwischenlandung|tankstopp|경유|급유|기착|중간 기착|"
    "过境|经停|中转",
    "visit": "visit|stay|official|official visit|state|state visit|working visit|private|private visit|overnight|"
    "visita|visite|besuch|방문|访问",
}
# What a column of what was cancelled says, as `fold` writes it.
YES = frozenset(["yes", "y", "true", "1", "x", "ja", "oui", "si", "sim", "예", "네", "是", "да"])
NO = frozenset(["", "no", "n", "false", "0", "nein", "non", "nao", "아니오", "아니요", "否", "нет"])
WORD_OF_FIVE = re.compile(r"[^\W\d_]{5}|[가-힣一-龥]{2}")
# Words that turn one of these round.
NOT = re.compile(r"\b(?:not|no|nicht|non|nie)\b")
Texts = dict[str, str]


def written(sheet: Sheet, table: Body, found: Columns, options: Options) -> pd.DataFrame:
    """The fields of each row as they are written or said, indexed by its number.

    With `surplus` (cells past the header), `longest` (characters), and `again` (the row that it repeats, else 0).
    `continues` and `year_above` say what was taken from the rows above.
    """
    frame = _frame(sheet, table.rows, found)
    above = {"year": table.years, "month": table.months}
    for name, said in above.items():
        frame[name] = frame[name].where(frame[name] != "", frame.index.map(said))
    frame = with_numbers(_with_answers(frame, options))
    frame = frame.assign(**{f"{name}_written": frame[name] for name in DAYS})
    return with_years(_dated(frame))


def _dated(frame: pd.DataFrame) -> pd.DataFrame:
    """The days with the year and month that stand in columns of their own or above their rows."""
    elsewhere = frame[(frame["year"] != "") | (frame["month"] != "")]
    if elsewhere.empty:
        return frame
    for name in DAYS:
        cells = elsewhere if name == "arrived" else elsewhere[elsewhere[name] != ""]
        whole = [completed(*texts) for texts in cells[[name, "year", "month"]].itertuples(index=False, name=None)]
        frame[name] = pd.Series(whole, cells.index, dtype="str").reindex(frame.index).fillna(frame[name])
    return frame


def read_cells(frame: pd.DataFrame, found: Columns) -> pd.DataFrame:
    """What is `written` as it is understood.

    Besides the fields, as written or as EDTF: `leader_id`, `country_iso3` and `leader_iso3` ('' unknown),
    `reached_by`, `stop_kind`, `state` (made, planned, cancelled), and a `…_doubt` for each day and both countries.
    A day of arrival is a later one where `arrival_time` says `+1`; `days_later` has how many.
    """
    frame = frame.assign(status=_not_made(frame))
    frame = frame.assign(
        **_days(frame, found.orders),
        country_iso3=each(frame["country"], country_code).astype("str"),
        country_doubt=each(frame["country"], country_doubt).astype("str"),
        leader_iso3=each(frame["leader_country"], country_code),
        leader_country_doubt=each(frame["leader_country"], country_doubt).astype("str"),
        reached_by=each(frame["transport"], transport_named),
        state=each(frame["status"], partial(meaning, ("cancelled", "planned", "made"))),
        stop_kind=each(frame["stop_type"], partial(meaning, ("transit", "visit"))),
    )
    return clock.moved_on(frame.assign(**tell_apart(frame)))


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
    frame = pd.DataFrame(cells, index=index, dtype="str")
    given = [name for name in frame.columns if name in found.positions]
    texts = {name: frame[name].str.replace(MARK, "", regex=True).str.strip() for name in given if name in TEXTS}
    frame = frame.assign(**texts)
    return frame.assign(
        **{name: frame[name].str.replace(LINE_BREAK, " ") for name in given if name not in MAY_PART},
        counterpart=frame["counterpart"].str.replace(LINE_BREAK, ";").str.replace(MET, r"\1", regex=True),
        surplus=[sum(map(bool, one[width:])) for _, one in rows],
        longest=[max(map(len, one), default=0) for _, one in rows],
        again=_repeated(rows),
        filled=[sum(map(bool, one)) for _, one in rows],
    )


def _repeated(rows: list[Row]) -> list[int]:
    """For each row the number of the one before that is the same in every cell but for case and width, else 0."""
    first: dict[str, int] = {}
    before = ((number, first.setdefault(name_key("\n".join(cells)), number)) for number, cells in rows)
    return [other if other != number else 0 for number, other in before]


def _with_answers(frame: pd.DataFrame, options: Options) -> pd.DataFrame:
    """The cells with what was said once for all rows, answers put in place, and words for nothing taken out."""
    full = (frame["first_name"] + " " + frame["last_name"]).str.strip()
    frame = frame.assign(
        leader=frame["leader"].where(frame["leader"] != "", full),
        status=frame["status"].where(frame["status"] != "", each(frame["cancelled"], _called_off)).astype("str"),
        latitude=frame["latitude"].where(frame["latitude"] != "", frame["coordinates"]),
    )
    for name, answers in _answers(options.answers).items():
        frame[name] = frame[name].replace(answers)
    for name in ("leader", "country", "home", "transport"):
        frame[name] = frame[name].where(frame[name] != "", getattr(options, name))
    nothing = {name: _nothing_said(frame[name]) for name in MAY_BE_NOTHING}
    cells = {name: frame[name].mask(flags, "") for name, flags in nothing.items() if flags.any()}
    return frame.assign(**cells, nothing=reduce(or_, (nothing[name] for name in TOLD)))


def _nothing_said(texts: pd.Series) -> pd.Series:
    """Which cells hold a word for nothing; an empty one holds none."""
    return says_nothing(texts, of_status=texts.name == "status") & ~texts.isin(["", *NAMES])


def _called_off(text: str) -> str:
    """A cell of whether a trip was cancelled, as a status."""
    folded = fold(text)
    return "" if folded in NO else "cancelled" if folded in YES else text


def _not_made(frame: pd.DataFrame) -> pd.Series:
    """The status, and what stands instead of it, or of an arrival, where that says that a trip was not made."""
    status = frame["status"]
    for name in ("arrived", "left_home"):
        days = frame[f"{name}_written"].where(frame[f"{name}_written"].str.contains(WORD_OF_FIVE), "")
        says = each(days, partial(meaning, ("cancelled", "planned"))).astype("str")
        status = status.where((status != "") | (says == ""), days)
    return status


def _answers(answers: Mapping[str, str]) -> dict[str, Texts]:
    """`country:Italia` -> `Italy` as texts to replace, by field."""
    found: dict[str, Texts] = {}
    for key, meant in answers.items():
        field, _, text = key.partition(":")
        if any(field == one.name for one in FIELDS):
            found.setdefault(field, {})[text] = meant
    return found


def meaning(meanings: tuple[str, ...], text: str) -> str:
    """Which of the meanings a text has, '' where none, or more than one as in `not cancelled`."""
    folded = fold(text)
    found = {one: said for one in meanings if (said := re.search(rf"\b(?:{WORDS[one]})\b", folded))}
    if len(found) > 1 and "cancelled" in found and NOT.match(found["cancelled"][0]):
        return "cancelled"
    rest = folded.replace(next(iter(found.values()))[0], "") if len(found) == 1 else ""
    return next(iter(found)) if len(found) == 1 and not NOT.search(rest) else ""


def open_orders(frame: pd.DataFrame) -> dict[str, tuple[str, int]]:
    """For each column of days the order of day and month that its days prove, or else all together, and how many do."""
    own = {name: proofs(frame[name].unique()) for name in DAYS}
    together = proven({order: sum(found[order] for found in own.values()) for order in ORDERS})
    return {name: proven(found) if proven(found)[0] else together for name, found in own.items()}


def _days(frame: pd.DataFrame, orders: Mapping[str, str]) -> dict[str, pd.Series]:
    """The day of each column of days as EDTF, and its doubt; the end of a span fills what its row leaves empty."""
    proven = {name: order for name, (order, _) in open_orders(frame).items()}
    days: dict[str, pd.Series] = {}
    ends: dict[str, pd.Series] = {}
    for name in DAYS:
        codes, spelt = pd.factorize(frame[name])
        read = pd.DataFrame([read_days(text, orders.get(name) or proven[name]) for text in spelt], columns=Days._fields)
        cells = read.astype("str").take(codes).set_axis(frame.index)
        days |= {name: cells["first"], f"{name}_doubt": cells["doubt"]}
        ends[name] = cells["last"]
    for begin, end in SPANS.items():
        days[end] = days[end].where(days[end] != "", ends[begin])
    above = frame["year_above"] != ""
    return days | {name: days[name].mask(above, days[name].map(doubted)) for name in DAYS}


def each(texts: pd.Series, read: Callable[[str], object]) -> pd.Series:
    """What each text means, every spelling read once."""
    codes, spelt = pd.factorize(texts)
    meant = np.empty(len(spelt), dtype="object")
    meant[:] = [read(text) for text in spelt]
    return pd.Series(meant[codes], texts.index, dtype="object")
