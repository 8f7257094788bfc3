"""What a reader says of an upload on the page -> the options of the importer, or all that does not fit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.importers.options import Options
from dashboard.importers.table.columns import IGNORE, is_doubtful, missing
from dashboard.importers.table.days import ORDERS
from dashboard.importers.table.fields import FIELDS, Field
from dashboard.language import gettext, listed, marked
from dashboard.uploads.limits import RefusedError

__all__ = ["FIELDS", "ORDERS", "doubtful_columns", "label", "options"]

# What a reader may say once for the whole table, as the page asks it.
ONCE = {
    "leader": marked("Who travelled, where no column says it"),
    "country": marked("The country, where no column says it"),
    "home": marked("The home town, such as Oslo, Norway, where no column says it"),
    "transport": marked("How places were reached, such as plane, where no column says it"),
}


# The fields as the page calls them.
LABELS = {
    "trip": marked("trip"),
    "leader": marked("leader"),
    "first_name": marked("first name"),
    "last_name": marked("last name"),
    "leader_country": marked("leader country"),
    "home": marked("home"),
    "role": marked("role"),
    "country": marked("country"),
    "place": marked("place"),
    "origin": marked("origin"),
    "latitude": marked("latitude"),
    "longitude": marked("longitude"),
    "left_home": marked("left home"),
    "arrived": marked("arrived"),
    "arrival_time": marked("time of arrival"),
    "departure_time": marked("time of departure"),
    "left": marked("left"),
    "back_home": marked("back home"),
    "transport": marked("transport"),
    "stop_type": marked("stop type"),
    "status": marked("status"),
    "cancelled": marked("cancelled"),
    "counterpart": marked("counterpart"),
    "occasion": marked("occasion"),
    "source": marked("source"),
}
# What a reader may do where no column is chosen for a field that is needed.
WAYS = {
    "leader": marked("Choose it above the first rows, or write below who travelled."),
    "country": marked("Choose it, or a column for the place, or write the country below."),
    "arrived": marked("Choose it, or a column for left home."),
}


def doubtful_columns(header: Sequence[str], fields: Sequence[str]) -> list[str]:
    """What was guessed and may as well mean something else."""
    positions = {field: number for number, field in enumerate(fields) if field and field != "left_home"}
    return [
        gettext(
            "{column} may be the day of leaving home or of leaving the place. It is taken as left home; change it below"
            " if it is not.",
            column=repr(name),
        )
        for number, (name, field) in enumerate(zip(header, fields, strict=True))
        if field == "left_home" and is_doubtful(header, number, positions)
    ]


def options(seen: Mapping[str, Any]) -> Options:
    """What `preview.json` holds, as the importer takes it. Raises `RefusedError` with all that does not fit."""
    header, fields, once = seen["header"], seen["guess"], seen.get("once", {})
    dated = f":{seen['order']}" if seen["order"] in ORDERS else ""
    known = {field.name: field for field in FIELDS}
    made = Options(
        sheet=seen["sheet"],
        header_row=seen["header_row"],
        leader=once.get("leader", ""),
        country=once.get("country", ""),
        home=once.get("home", ""),
        transport=once.get("transport", ""),
        join=bool(seen.get("join")),
        answers=seen.get("answers", {}),
        columns={
            column: field + (dated if known[field].is_day else "") if field in known else IGNORE
            for column, field in zip(header, fields, strict=True)
        },
    )
    faults = [*_missing(missing(fields, made)), *_twice(header, fields)]
    strangers = sorted({field for field in fields if field and field not in known})
    faults += [gettext("{field} is nothing that a column can hold.", field=field) for field in strangers]
    if faults:
        raise RefusedError("\n".join(faults))
    return made


def _missing(fields: Sequence[Field]) -> list[str]:
    return [
        gettext("No column is chosen for {field} ({meaning}).", field=label(one.name), meaning=gettext(one.meaning))
        + f" {gettext(WAYS[one.name])}"
        for one in fields
    ]


def _twice(header: Sequence[str], fields: Sequence[str]) -> list[str]:
    found = []
    for field in FIELDS:
        named = [repr(name) for name, chosen in zip(header, fields, strict=True) if chosen == field.name]
        if len(named) > 1:
            said = {"columns": listed(named), "field": label(field.name)}
            found.append(gettext("{columns} are both chosen for {field}; choose one.", **said))
    return found


def label(field: str) -> str:
    """A field's name as words: `left_home` -> `left home`."""
    return gettext(LABELS.get(field, field.replace("_", " ")))


def with_picked(chosen: Sequence[str], guessed: Sequence[str], picked: Mapping[str, str]) -> list[str]:
    """The fields of the columns, where one of several was picked for a field by its number that one instead."""
    fields = list(chosen)
    for field, number in picked.items():
        # What was left as it was guessed says nothing against what was chosen above the rows.
        if number.isdecimal() and int(number) < len(fields) and guessed[int(number)] != field:
            fields = ["" if one == field else one for one in fields]
            fields[int(number)] = field
    return fields
