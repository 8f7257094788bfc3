"""What each column of an upload holds: guessed from its heading, corrected by the reader, said to the importer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.geocoding.gazetteer import fold
from dashboard.importers.table.columns import DEPARTURES, FIELDS, IGNORE, is_doubtful
from dashboard.importers.table.days import ORDERS
from dashboard.uploads.limits import RefusedError
from dashboard.uploads.sheets import safe_header

__all__ = ["FIELDS", "ORDERS", "doubtful_columns", "guess", "told"]


def guess(header: Sequence[str]) -> list[str]:
    """For each column the field that its heading usually means, '' where none; of several the first is taken.

    A "Departure" with no arrival before it is taken as leaving home; `doubtful_columns` says so.
    """
    folded = [fold(name) for name in header]
    found: dict[int, str] = {}
    for field in FIELDS:
        for names in ((fold(field.name),), field.names):
            fitting = [number for number, name in enumerate(folded) if name in names and number not in found]
            if fitting:
                found[fitting[0]] = "left_home" if _leaves_home(header, field.name, fitting[0], found) else field.name
                break
    return [found.get(number, "") for number in range(len(header))]


def _leaves_home(header: Sequence[str], field: str, column: int, found: Mapping[int, str]) -> bool:
    positions = {name: number for number, name in found.items()}
    return field == "left" and is_doubtful(header, column, positions)


def doubtful_columns(header: Sequence[str], fields: Sequence[str]) -> list[str]:
    """What was guessed and may as well mean something else."""
    return [
        f"{name!r} may be the day of leaving home or of leaving the place. It is taken as left home; change it below if"
        " it is not."
        for name, field in zip(header, fields, strict=True)
        if field == "left_home" and fold(name) in DEPARTURES
    ]


def told(header: Sequence[str], fields: Sequence[str], order: str) -> dict[str, str]:
    """Column -> field, as the importer takes it; `order` is '' or one of `ORDERS`.

    Raises `RefusedError` with all faults.
    """
    faults = []
    known = {field.name: field for field in FIELDS}
    for field in FIELDS:
        named = [repr(name) for name, chosen in zip(header, fields, strict=True) if chosen == field.name]
        if field.required and not named and not (field.instead and field.instead in fields):
            other = f", nor for {said(field.instead)}" if field.instead else ""
            faults.append(f"No column is chosen for {said(field.name)} ({field.meaning}){other}.")
        if len(named) > 1:
            faults.append(f"{' and '.join(named)} are both chosen for {said(field.name)}; choose one.")
    strangers = sorted({chosen for chosen in fields if chosen and chosen not in known})
    faults += [f"{chosen} is nothing that a column can hold." for chosen in strangers]
    if faults:
        raise RefusedError("\n".join(faults))
    dated = f":{order}" if order in ORDERS else ""
    return {
        column: (chosen + (dated if known[chosen].is_day else "")) if chosen else IGNORE
        for column, chosen in zip(safe_header(len(header)), fields, strict=True)
    }


def said(field: str) -> str:
    """A field's name as words: `left_home` -> `left home`."""
    return field.replace("_", " ")
