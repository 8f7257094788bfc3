"""Texts that no spreadsheet runs, whatever stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from dashboard.tables.schema import Table

# A spreadsheet runs a cell that begins like this as a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it."""
    return "'" + text if text.startswith(FORMULA) else text


# What a description of a folder says where the texts of its tables are `inert`, so that reading them undoes it.
INERT = "inert_cells"
MARKED = re.compile(r"'*[=+\-@\t\r]")


def guarded(text: str) -> str:
    """The text as no spreadsheet runs it, in a way that `unguarded` undoes: `'=1` is `''=1`, and `=1` is `'=1`."""
    return "'" + text if MARKED.match(text) else text


def unguarded(text: str) -> str:
    """The text that was `guarded`."""
    return text[1:] if text.startswith("'") and MARKED.match(text) else text


def guard(frame: pd.DataFrame, table: Table, change: Callable[[str], str]) -> pd.DataFrame:
    """A table with its texts `guarded` or `unguarded`; numbers, which no spreadsheet runs, stay as they are."""
    texts = [one.name for one in table.columns if one.kind not in ("integer", "number") and one.name in frame]
    return frame.assign(**{name: _changed(frame[name], change) for name in texts})


def _changed(texts: pd.Series, change: Callable[[str], str]) -> pd.Series:
    marked = texts[texts.str.match(MARKED)]
    return texts if marked.empty else texts.where(~texts.index.isin(marked.index), texts.map(change))
