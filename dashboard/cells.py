"""Faults of one table: its columns, its cells by their column's rule, its keys."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

import numpy as np
import pandas as pd

from dashboard import dates, places
from dashboard.reading import Fault
from dashboard.schema import Column, Table


def check_table(table: Table, frame: pd.DataFrame, file: str) -> list[Fault]:
    """Faults of one table's columns, cells and keys; `frame` is text, indexed by line."""
    faults = list(_column_faults(table, frame, file))
    for column in table.columns:
        if column.name in frame:
            faults += _cell_faults(column, frame[column.name], file)
    return faults + _key_faults(table, frame, file)


def _column_faults(table: Table, frame: pd.DataFrame, file: str) -> Iterator[Fault]:
    if not len(frame.columns):
        return
    for name in frame.columns.difference(table.names, sort=False):
        near = get_close_matches(name, table.names, n=1)
        hint = f"rename it to {near[0]}" if near else f"remove it; the columns are {', '.join(table.names)}"
        yield Fault(file, 1, f"unknown column {name!r}; {hint}")
    for name in table.names:
        if name not in frame.columns:
            yield Fault(file, 1, f"missing column {name}; add it, empty where nothing is known")


def _cell_faults(column: Column, texts: pd.Series, file: str) -> Iterator[Fault]:
    """Faults of one column's cells; each spelling is judged once, however many rows have it."""
    codes, spelt = pd.factorize(texts)
    distinct = pd.Series(spelt, dtype="str")
    bad = ~_fits(column, distinct).to_numpy() | (column.required & (distinct == "").to_numpy())
    for at in np.flatnonzero(bad[codes]).tolist():
        yield Fault(file, int(texts.index[at]), _cell_message(column, str(distinct[codes[at]])))


def _fits(column: Column, texts: pd.Series) -> pd.Series:
    """True where a text is empty or obeys the column's rule."""
    rule = texts == ""
    if column.allowed:
        return rule | texts.isin(column.allowed)
    match column.kind:
        case "edtf":
            return dates.is_edtf(texts)
        case "day":
            return rule | (dates.is_edtf(texts) & ~dates.is_uncertain(texts))
        case "link":
            return rule | texts.str.fullmatch(r"https?://[^\s/]+\S*")
        case "country":
            return rule | texts.isin(list(places.countries()))
        case "integer" | "number":
            return rule | _in_range(column, texts)
        case _:
            return rule | True


def _in_range(column: Column, texts: pd.Series) -> pd.Series:
    written = r"0|-?[1-9][0-9]*" if column.kind == "integer" else r"-?[0-9]+(\.[0-9]+)?"
    numbers = pd.to_numeric(texts.where(texts.str.fullmatch(written)), errors="coerce")
    low = -float("inf") if column.low is None else column.low
    high = float("inf") if column.high is None else column.high
    return numbers.between(low, high)


def _cell_message(column: Column, value: str) -> str:
    """What is wrong with a cell, and what to write instead."""
    if not value:
        return f"{column.name} is empty; write {_form(column)}"
    wrong = {"edtf": "bad date", "day": "bad day", "link": "not an http(s) link", "country": "unknown country"}
    what = wrong.get(column.kind, "unknown" if column.allowed else "bad value")
    return f"{what} {value!r} in {column.name}; write {_form(column)}"


def _form(column: Column) -> str:
    """The form a column asks for, in words."""
    if column.allowed:
        return f"one of {', '.join(column.allowed)}"
    bounds = "" if column.high is None else f" from {column.low:g} to {column.high:g}"
    forms = {
        "edtf": "an EDTF date such as 2018-03-25, 2018-03, 2018 or 2018-03-25?, or leave it empty",
        "day": "a day as YYYY-MM-DD",
        "link": "an address that begins with http:// or https://, or leave it empty",
        "country": f"the ISO 3166-1 alpha-3 code, such as {column.example}",
        "integer": f"a whole number of {column.low or 0:g} or more",
        "number": f"a decimal number{bounds}",
    }
    return forms.get(column.kind, f"text such as {column.example!r}")


def _key_faults(table: Table, frame: pd.DataFrame, file: str) -> list[Fault]:
    key = list(table.key)
    if not key or not set(key) <= set(frame.columns):
        return []
    frame = frame[key]
    bare = (frame == "").any(axis=1)
    frame = frame[~bare] if bare.any() else frame
    again = frame[frame.duplicated(key)]
    if again.empty:
        return []
    first = frame.reset_index(names="line").groupby(key, sort=False)["line"].first()
    named = " and ".join(key)
    return [
        Fault(
            file,
            int(line),
            f"duplicate {named} {', '.join(values)}: line {first[values if len(key) > 1 else values[0]]}"
            " has it too; give each row its own",
        )
        for line, values in zip(again.index, again[key].itertuples(index=False, name=None), strict=True)
    ]
