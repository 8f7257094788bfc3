"""The columns of a stranger's table -> our fields: by their usual names, or as the user says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.geocoding.gazetteer import fold
from dashboard.importers.imported import ImportingError
from dashboard.importers.table.days import ORDERS

IGNORE = "ignore"


@dataclass(frozen=True)
class Field:
    """What a column may hold; `names` are the headings it usually bears, beside its own name.

    A field that is `required` may be missing where the one named in `instead` is given.
    """

    name: str
    meaning: str
    names: tuple[str, ...] = ()
    required: bool = False
    is_day: bool = False
    instead: str = ""


# Headings that say either the day of leaving home or that of leaving the place.
DEPARTURES = ("departure", "departure date", "date of departure")
FIELDS = (
    Field("trip", "rows with one name are stops of one trip", ("trip id", "journey", "journey id", "id")),
    Field("leader", "who travelled", ("name", "who", "leader name", "president", "person", "traveller"), required=True),
    Field("leader_country", "country led; trips end in its capital", ("home country", "country of leader")),
    Field("role", "office held", ("title", "office", "position")),
    Field(
        "country",
        "where: English name or ISO 3166-1 code",
        ("country iso3", "iso3", "country code", "country name", "host country", "destination country", "nation"),
        required=True,
    ),
    Field("place", "town or venue; the capital stands for none", ("city", "location", "town", "venue", "destination")),
    Field("left_home", "day of leaving home", ("departed home", "departure from home"), is_day=True),
    Field(
        "arrived",
        "day of arrival",
        ("start", "arrival", "date", "from", "start date", "arrival date", "date of arrival", "begin"),
        required=True,
        is_day=True,
        instead="left_home",
    ),
    Field(
        "left",
        "day of leaving the place",
        ("end", "to", "end date", "until", *DEPARTURES),
        is_day=True,
    ),
    Field("back_home", "day of being back", ("return", "returned", "return date", "back"), is_day=True),
    Field("transport", "how the place was reached", ("mode", "reached by", "means of transport", "means", "vehicle")),
    Field("counterpart", "who was met; several are parted by ;", ("met", "met with", "counterparts", "host")),
    Field("occasion", "why", ("notes", "note", "purpose", "reason", "remarks", "description", "comments")),
    Field("source", "link or name of the source", ("sources", "url", "link", "reference", "references")),
)
BY_NAME = {field.name: field for field in FIELDS}


@dataclass(frozen=True)
class Columns:
    """`positions` of the fields found in the header, the `orders` of their days where told, the columns `unused`."""

    positions: dict[str, int]
    orders: dict[str, str]
    unused: list[str]


def match(header: list[str], mapping: Mapping[str, str], source: str) -> Columns:
    """Find each field's column: as `mapping` says (column -> field, `field:day-first`, `ignore`), else by its name.

    Raises ImportingError with everything that is unclear: a field without column, with several, an unknown name.
    """
    told, orders, faults = _told(header, mapping)
    free = {position: name for position, name in enumerate(header) if name and name not in mapping}
    positions = dict(told)
    for field in FIELDS:
        found = _by_name(field, free) if field.name not in told else []
        if len(found) > 1:
            which = " and ".join(repr(free[position]) for position in found)
            faults.append(f"columns {which} may both be {field.name}; say which: --map {free[found[0]]!r}={field.name}")
        elif found and field.name == "left" and is_doubtful(header, found[0], positions):
            name = free[found[0]]
            faults.append(f"column {name!r} may be left_home or left; say which: --map {name!r}=left_home")
        elif found:
            positions[field.name] = found[0]
        elif field.required and field.name not in told and field.instead not in positions:
            other = f", or for {field.instead} ({BY_NAME[field.instead].meaning})" if field.instead else ""
            faults.append(f"no column for {field.name} ({field.meaning}){other}; say which: --map COLUMN={field.name}")
    if faults:
        raise ImportingError("\n".join(f"{source}: {fault}" for fault in [*faults, f"columns: {', '.join(header)}"]))
    unused = [name for position, name in free.items() if position not in positions.values()]
    return Columns(positions, orders, unused)


def is_doubtful(header: Sequence[str], column: int, positions: Mapping[str, int]) -> bool:
    """Whether a column called "Departure" may hold the day of leaving home: where no day of arrival stands before it.

    `positions` are the columns found so far, by field.
    """
    if fold(header[column]) not in DEPARTURES or "left_home" in positions:
        return False
    return positions.get("arrived", len(header)) > column


def _by_name(field: Field, free: Mapping[int, str]) -> list[int]:
    """Columns with the field's own name, else those with one of its usual names."""
    own = [position for position, name in free.items() if fold(name) == fold(field.name)]
    return own or [position for position, name in free.items() if fold(name) in field.names]


def _told(header: list[str], mapping: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str], list[str]]:
    positions: dict[str, int] = {}
    orders: dict[str, str] = {}
    faults = []
    for column, meant in mapping.items():
        field, _, order = meant.partition(":")
        fault = _misfit(column, field, order, header) or (f"{field} is mapped twice" if field in positions else "")
        if fault:
            faults.append(fault)
        elif field != IGNORE:
            positions[field] = header.index(column)
            orders[field] = order
    return positions, orders, faults


def _misfit(column: str, field: str, order: str, header: list[str]) -> str:
    if header.count(column) != 1:
        return f"--map names the column {column!r}, which is there {header.count(column)} times"
    if field != IGNORE and field not in BY_NAME:
        return f"--map names the field {field!r}; the fields are {', '.join(BY_NAME)}, {IGNORE}"
    if order and (order not in ORDERS or field == IGNORE or not BY_NAME[field].is_day):
        return f"--map says {field}:{order}; only days take {' or '.join(ORDERS)}"
    return ""
