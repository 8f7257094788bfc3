"""The columns of a stranger's table -> our fields: by their usual headings and what they hold, or as the user says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dashboard.geocoding.gazetteer import fold
from dashboard.importers.imported import ImportingError
from dashboard.importers.options import Options
from dashboard.importers.table.clock import holds_times
from dashboard.importers.table.continued import numbers_with_gaps
from dashboard.importers.table.days import ORDERS, looks_like_days, read_days
from dashboard.importers.table.fields import BY_NAME, DEPARTURES, FIELDS, Field, folded
from dashboard.importers.table.nothing import is_nothing

IGNORE = "ignore"
# Words that say nothing of what a column holds: "Reason for travel" is a reason, "Trip Start" a start. They are folded.
FILLERS = frozenset(
    [
        *("trip", "trips", "travel", "travels", "journey", "journeys", "visit", "visits", "tour"),
        *("used", "name", "names", "label", "nombre", "nom", "comision"),
        *("of", "for", "the", "and", "full", "official", "local", "time", "viaje", "visita", "del", "de", "la", "el"),
        *("voyage", "visite", "deplacement", "du", "des", "le", "der", "reise", "reisen", "besuch", "besuchs"),
    ]
)
# Headings of numbers that may be those of rows, or of trips where rows below leave them empty.
NUMBERS = frozenset(["#", "№", *folded("no, nr, n, number, num, numero, nummer, lfd nr, 번호, 编号")])
# Last parts of a nested key that say no more than what it is nested in: `place.country.iso3` is the country.
PARTS = frozenset(["name", "iso3", "iso", "code", "value", "label"])
# How long a day is that says its year and month, too.
FULL_DAY = 10
# How many cells of a column are looked at for what it holds.
SAMPLE = 50


@dataclass(frozen=True)
class Columns:
    """`positions` of the fields found in the header, the `orders` of their days where told, the columns `unused`.

    `guessed` says of each column that was not told what it was taken for.
    """

    positions: dict[str, int]
    orders: dict[str, str]
    unused: list[str]
    guessed: list[str]


def likeness(cells: Sequence[str]) -> int:
    """How many cells are headings that are known: how much a row looks like that of the headings."""
    return sum(bool(_spellings(cell) & _known_headings()) for cell in cells if len(cell) < 100)


@lru_cache(maxsize=1)
def _known_headings() -> frozenset[str]:
    names = [(fold(field.name), *field.names, *folded(field.unless_days)) for field in FIELDS]
    return frozenset(name for of_field in names for name in of_field)


@lru_cache(maxsize=4096)
def _spellings(heading: str) -> frozenset[str]:
    """A heading as it is compared: whole, up to a comma and without brackets, without fillers, past a last dot."""
    heading = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", heading)
    short = fold(re.sub(r"\(.*?\)|\[.*?\]|[,:;*].*$", " ", heading))
    words = short.split()
    # Of "Name of Official" the last word alone says something.
    bare = " ".join(word for word in words if word not in FILLERS) or "".join(words[-1:])
    # Of Korean and Chinese the spaces are not sure: 방문 국가, 방문국가.
    together = "" if short.isascii() else short.replace(" ", "")
    return frozenset({fold(heading), short, bare, together, *_nested(heading)} - {""})


def _nested(heading: str) -> set[str]:
    """What a nested key says: of `traveller.country` the country of the leader, of `place.country.iso3` the country."""
    parts = [fold(part) for part in heading.split(".")]
    if len(parts) > 1 and parts[-1] in PARTS:
        parts.pop()
    is_person = len(parts) > 1 and parts[-2] in BY_NAME["leader"].names
    return {f"{parts[-1]} of leader" if is_person else parts[-1]}


def guess(header: Sequence[str], columns: Sequence[Sequence[str]] = ()) -> list[str]:
    """For each column the field that it usually holds, '' where none; `columns` are the first cells of each.

    Of several that may be one field the first is taken; `ties` names them. A "Departure" with no arrival before it is
    taken as leaving home; `doubtful_columns` says so.
    """
    fields = {fitting[0]: name for name, fitting in _fitting(header, columns).items()}
    return [fields.get(number, "") for number in range(len(header))]


def ties(header: Sequence[str], columns: Sequence[Sequence[str]] = ()) -> dict[str, list[int]]:
    """Fields that several columns may hold -> those columns."""
    return {name: fitting for name, fitting in _fitting(header, columns).items() if len(fitting) > 1}


def _fitting(header: Sequence[str], columns: Sequence[Sequence[str]]) -> dict[str, list[int]]:
    """Field -> the columns that may hold it, the one that is taken first."""
    found: dict[str, list[int]] = {}
    for field in FIELDS:
        taken = {name: fitting[0] for name, fitting in found.items()}
        if fitting := candidates(field, header, columns, taken.values()):
            leaves = field.name == "left" and is_doubtful(header, fitting[0], taken)
            found["left_home" if leaves else field.name] = fitting
    for field in _alone(found):
        del found[field.name]
    if _needless_month({name: fitting[0] for name, fitting in found.items()}, columns):
        del found["month"]
    return found


def _alone(found: Mapping[str, object]) -> list[Field]:
    """The fields found that mean nothing without another: a Spanish `Nombre` without `Apellidos` may name anything."""
    return [field for field in FIELDS if field.only_with not in ("", *found) and field.name in found]


def _needless_month(positions: Mapping[str, int], columns: Sequence[Sequence[str]]) -> bool:
    """Whether a column of days says of each day in which month of which year it is."""
    days = [_sample(columns, at) for name, at in positions.items() if BY_NAME[name].is_day]
    return "month" in positions and any(map(_are_full, days))


def _are_full(texts: Sequence[str]) -> bool:
    """Whether some of the texts are full days, and none that can be read is less."""
    lengths = {len(found) for text in texts if text and (found := read_days(text, ORDERS[0]).first)}
    return bool(lengths) and min(lengths) >= FULL_DAY


def candidates(
    field: Field, header: Sequence[str], columns: Sequence[Sequence[str]], taken: Iterable[int]
) -> list[int]:
    """The free columns with the field's own name, else those with one of its usual headings, that may hold it."""
    used = set(taken)
    free = [number for number in range(len(header)) if number not in used]
    for names in ({fold(field.name)}, set(field.names)):
        fitting = [number for number in free if _spellings(header[number]) & names]
        fitting = [at for at in fitting if _may_hold(field, _sample(columns, at), header[at])]
        if fitting:
            # Of two times of arrival, on the runway and on the block, or of a country's name and code, one will do.
            return fitting[:1] if field.is_time or _are_one(header, fitting) else fitting
    if field.name == "trip":
        numbers = (number for number in free if {fold(header[number]), header[number].strip()} & NUMBERS)
        return [number for number in numbers if numbers_with_gaps(_sample(columns, number))][:1]
    other = set(folded(field.unless_days))
    fitting = [number for number in free if _spellings(header[number]) & other]
    holds = holds_times if field.is_time else _holds_no_days
    return [number for number in fitting if holds(_sample(columns, number))][: 1 if field.is_time else None]


def _are_one(header: Sequence[str], columns: Sequence[int]) -> bool:
    """Whether columns are parts of one nested record: `place.country.name` and `place.country.iso3`."""
    parts = {header[at].rpartition(".")[0] for at in columns}
    return len(parts) == 1 and all(fold(header[at].rpartition(".")[2]) in PARTS for at in columns)


def _sample(columns: Sequence[Sequence[str]], number: int) -> Sequence[str]:
    cells = columns[number][:SAMPLE] if number < len(columns) else ()
    return ["" if is_nothing(cell) else cell for cell in cells]


def _may_hold(field: Field, texts: Sequence[str], heading: str) -> bool:
    if field.is_time:
        return not any(texts) or holds_times(texts)
    if field.name != "source" and any(texts) and all(text.startswith("http") for text in texts if text):
        return False
    # What is called `arrived` holds days, even where none of them can be read.
    is_day = heading == field.name or looks_like_days(texts)
    return not field.is_day or (is_day and not holds_times(texts))


def _holds_no_days(texts: Sequence[str]) -> bool:
    return any(texts) and not looks_like_days(texts) and not holds_times(texts)


def match(header: list[str], options: Options, source: str, columns: Sequence[Sequence[str]] = ()) -> Columns:
    """Find each field's column: as the options say (column -> field, `field:day-first`, `ignore`), else by guess.

    Raises ImportingError with everything that is unclear: a field without column, with several, an unknown name.
    """
    mapped, orders, faults = _mapped(header, options.columns)
    named = {position for position, name in enumerate(header) if name in options.columns}
    positions, unclear = _guessed(header, columns, mapped, named)
    faults += unclear.values()
    faults += _times(header, columns, mapped)
    lacking = missing([*positions, *unclear], options)
    faults += [_missing(field) + _unread(field, header, columns) for field in lacking]
    if lacking and len(header) == 1:
        faults.append("there is only one column; part its cells with commas, semicolons, tabs or |")
    if faults:
        raise ImportingError("\n".join(f"{source}: {fault}" for fault in [*faults, f"columns: {', '.join(header)}"]))
    unused = [name for position, name in enumerate(header) if position not in {*named, *positions.values()}]
    guessed = [
        f"{header[at]!r} as {name}"
        for name, at in positions.items()
        if name not in mapped and fold(header[at]) != fold(name)
    ]
    return Columns(positions, orders, unused, guessed)


def _guessed(
    header: Sequence[str], columns: Sequence[Sequence[str]], mapped: Mapping[str, int], named: set[int]
) -> tuple[dict[str, int], dict[str, str]]:
    """The column of each field, those that were told among them; and by field what is unclear about the others."""
    positions, unclear = dict(mapped), dict[str, str]()
    for field in FIELDS:
        found = candidates(field, header, columns, [*named, *positions.values()]) if field.name not in mapped else []
        name = header[found[0]] if found else ""
        if len(found) > 1:
            which = " and ".join(repr(header[position]) for position in found)
            unclear[field.name] = f"columns {which} may both be {field.name}; say which: --map {name!r}={field.name}"
        elif found and field.name == "left" and is_doubtful(header, found[0], positions):
            if _comes_back(header, columns, [*found, *positions.values()]) and "arrived" not in positions:
                positions["left_home"] = found[0]
            else:
                unclear["left_home"] = f"column {name!r} may be left_home or left; say which: --map {name!r}=left_home"
        elif found:
            positions[field.name] = found[0]
    needless = {field.name for field in _alone(positions)} | (
        {"month"} if _needless_month(positions, columns) else set()
    )
    return {name: at for name, at in positions.items() if name in mapped or name not in needless}, unclear


def _times(header: Sequence[str], columns: Sequence[Sequence[str]], mapped: Mapping[str, int]) -> list[str]:
    """Days that were told to be in a column of clock times."""
    days = ((name, at, _sample(columns, at)) for name, at in mapped.items() if BY_NAME[name].is_day)
    return [
        f"column {header[at]!r} holds clock times such as {next(filter(None, texts))!r} and no days;"
        f" choose the column of the date for {name}"
        for name, at, texts in days
        if holds_times(texts)
    ]


def missing(fields: Mapping[str, int] | Sequence[str], options: Options) -> list[Field]:
    """The required fields that no column holds, nor another one instead, and that were not said for all rows."""
    needed = [field for field in FIELDS if field.required and not getattr(options, field.name, "")]
    return [one for one in needed if one.name not in fields and not any(other in fields for other in one.instead)]


def _missing(field: Field) -> str:
    ways = {
        "leader": "or give one for all rows: --leader NAME",
        "country": "or of place, or give one for all rows: --country NAME",
        "arrived": f"or of left_home ({BY_NAME['left_home'].meaning})",
    }
    return f"no column of {field.name} ({field.meaning}); say which: --map COLUMN={field.name}, {ways[field.name]}"


def _unread(field: Field, header: Sequence[str], columns: Sequence[Sequence[str]]) -> str:
    """A column that is called so and holds no days, for a message."""
    called = (at for at in range(len(header)) if field.is_day and _spellings(header[at]) & set(field.names))
    texts = ((at, next(filter(None, _sample(columns, at)), "")) for at in called)
    at, text = next(((at, text) for at, text in texts if text), (0, ""))
    return f"; {header[at]!r} holds {text!r}, which is not a day that can be read" if text else ""


def _comes_back(header: Sequence[str], columns: Sequence[Sequence[str]], taken: Iterable[int]) -> bool:
    """Whether a column of the return stands beside a "Departure", which is then that from home."""
    return bool(candidates(BY_NAME["back_home"], header, columns, taken))


def is_doubtful(header: Sequence[str], column: int, positions: Mapping[str, int]) -> bool:
    """Whether a column called "Departure" may hold the day of leaving home: where no day of arrival stands before it.

    `positions` are the columns found so far, by field.
    """
    if not _spellings(header[column]) & set(DEPARTURES) or "left_home" in positions:
        return False
    return positions.get("arrived", len(header)) > column


def _mapped(header: list[str], mapping: Mapping[str, str]) -> tuple[dict[str, int], dict[str, str], list[str]]:
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
    if column not in header:
        return f"--map names the column {column!r}, which is not there"
    if field != IGNORE and field not in BY_NAME:
        return f"--map names the field {field!r}; the fields are {', '.join(BY_NAME)}, {IGNORE}"
    if order and (order not in ORDERS or field == IGNORE or not BY_NAME[field].is_day):
        return f"--map says {field}:{order}; only days take {' or '.join(ORDERS)}"
    return ""
