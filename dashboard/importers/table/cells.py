"""The cells of a stranger's table -> fields that are read, rows that cannot be told, and what is doubtful."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

import pandas as pd

from dashboard.importers.countries import country_code, country_doubt
from dashboard.importers.imported import Doubt, LeftOut, Progress
from dashboard.importers.journeys import LONGEST_CELL
from dashboard.importers.people import alike, tell_apart
from dashboard.importers.table.columns import FIELDS, Columns
from dashboard.importers.table.days import proven_order, read_days
from dashboard.importers.table.sheets import Sheet
from dashboard.tables.countries import country_name
from dashboard.tables.dates import bounds
from dashboard.tables.ids import slug
from dashboard.tables.transport import TRANSPORT_NAMES, transport_named

# A span in a column of beginnings says the end, too.
SPANS = {"arrived": "left", "left_home": "back_home"}
DAYS = tuple(field.name for field in FIELDS if field.is_day)


def read_cells(sheet: Sheet, found: Columns, progress: Progress) -> pd.DataFrame:
    """One row per row of the sheet, indexed by its number.

    Besides the fields, as written or as EDTF: `leader_id`, `country_iso3` and `leader_iso3` ('' unknown),
    `reached_by`, `surplus` (cells past the header), `longest` (characters), and a `…_doubt` for each day.
    """
    frame = _frame(sheet, found, progress)
    iso3 = _each(frame["country"], country_code)
    place = frame["place"].where(frame["place"] != "", _each(iso3, country_name))
    frame = frame.assign(leader_iso3=_each(frame["leader_country"], country_code))
    return frame.assign(
        **_days(frame, found.orders),
        place=place,
        country_iso3=iso3,
        **tell_apart(frame),
        reached_by=_each(frame["transport"], transport_named),
    )


def _days(frame: pd.DataFrame, orders: Mapping[str, str]) -> dict[str, pd.Series]:
    """The day of each column of days as EDTF, and its doubt; the end of a span fills what its row leaves empty."""
    proven, _ = proven_order(text for name in DAYS for text in frame[name].unique())
    read = {name: _each(frame[name], partial(read_days, order=orders.get(name) or proven)) for name in DAYS}
    days = {name: cells.str[0] for name, cells in read.items()}
    for begin, end in SPANS.items():
        days[end] = days[end].where(days[end] != "", read[begin].str[1])
    return days | {f"{name}_doubt": cells.str[2] for name, cells in read.items()}


def _frame(sheet: Sheet, found: Columns, progress: Progress) -> pd.DataFrame:
    names = [field.name for field in FIELDS]
    width = len(sheet.header)
    rows = []
    for _, cells in progress(sheet.rows, total=len(sheet.rows)):
        padded = [*cells, *[""] * (width - len(cells))]
        wanted = [padded[found.positions[name]] if name in found.positions else "" for name in names]
        rows.append((*wanted, sum(map(bool, cells[width:])), max(map(len, cells))))
    index = pd.Index([row for row, _ in sheet.rows], dtype="int64")
    frame = pd.DataFrame(rows, index=index, columns=[*names, "surplus", "longest"])
    return frame.astype(dict.fromkeys(names, "str"))


def _each(texts: pd.Series, read: Callable[[str], object]) -> pd.Series:
    """What each text means, every spelling read once."""
    return texts.map({text: read(text) for text in texts.unique()}).astype("object")


def left_out(frame: pd.DataFrame, source: str) -> list[LeftOut]:
    """The rows that cannot be told, each with the first reason that applies."""
    found: dict[int, LeftOut] = {}
    for rule in (_misshapen, _nobody, _nowhere, _reversed, _taken):
        for row, why, mend in rule(frame):
            found.setdefault(row, LeftOut(source, row, why, mend))
    return [found[row] for row in sorted(found)]


Reason = tuple[int, str, str]


def _misshapen(frame: pd.DataFrame) -> Iterator[Reason]:
    for row, more in frame.loc[frame["surplus"] > 0, "surplus"].items():
        why = f"{more} more cells than the header has columns"
        yield int(str(row)), why, "put a cell that holds the separator in double quotes"
    for row in frame.index[frame["longest"] > LONGEST_CELL]:
        yield int(row), f"a cell of more than {LONGEST_CELL:,} characters", "shorten it"


def _nobody(frame: pd.DataFrame) -> Iterator[Reason]:
    for row, name in frame.loc[frame["leader_id"] == "", "leader"].items():
        yield int(str(row)), f"no leader ({name!r})", "write who travelled"


def _nowhere(frame: pd.DataFrame) -> Iterator[Reason]:
    for row, name in frame.loc[frame["country_iso3"] == "", "country"].items():
        why = f"country {name!r} is not known" if name else "no country"
        yield int(str(row)), why, "write its English name or its ISO 3166-1 code"
    for row, name in frame.loc[_each(frame["place"], slug) == "", "place"].items():
        yield int(str(row)), f"place {name!r} is not a name", "write a name, or nothing for the whole country"


def _reversed(frame: pd.DataFrame) -> Iterator[Reason]:
    wrong = bounds(frame["left"])["latest"] < bounds(frame["arrived"])["earliest"]
    for row, arrived, left in frame.loc[wrong, ["arrived", "left"]].itertuples(name=None):
        mend = "correct one of them, or say what else its column holds"
        yield int(row), f"left {left} is before arrived {arrived}", mend


def _taken(frame: pd.DataFrame) -> Iterator[Reason]:
    """Rows that name a trip of somebody else."""
    owner = frame.groupby("trip")["leader"].transform("first")
    other = (frame["trip"] != "") & (frame["leader_id"] != frame.groupby("trip")["leader_id"].transform("first"))
    for row, trip, leader in frame.assign(owner=owner).loc[other, ["trip", "owner"]].itertuples(name=None):
        yield int(row), f"trip {trip!r} is that of {leader} above", "give each leader trips of their own"


def doubts(frame: pd.DataFrame, source: str) -> list[Doubt]:
    """What needs a look in the rows that are kept."""
    transports = frame.loc[(frame["reached_by"] == "unknown") & (frame["transport"] != ""), "transport"]
    strange = transports[transports.str.lower() != "unknown"]
    homeless = frame.loc[(frame["leader_iso3"] == "") & (frame["leader_country"] != ""), "leader_country"]
    shared = _each(frame["country"], country_doubt)
    said = [
        *shared[shared != ""].items(),
        *(pair for name in DAYS for pair in frame.loc[frame[f"{name}_doubt"] != "", f"{name}_doubt"].items()),
        *(
            (row, f"transport {text!r} is kept as unknown; write one of {', '.join(TRANSPORT_NAMES)}")
            for row, text in strange.items()
        ),
        *(
            (row, f"country of the leader {text!r} is not known; no way home is added")
            for row, text in homeless.items()
        ),
        *((row, "no day of arrival; the trip has no year") for row in frame.index[_undated(frame)]),
    ]
    return [*alike(frame, source), *(Doubt(source, int(str(row)), what) for row, what in said)]


def _undated(frame: pd.DataFrame) -> pd.Series:
    return (frame["arrived"] == "") & (frame["arrived_doubt"] == "") & (frame["left_home"] == "")
