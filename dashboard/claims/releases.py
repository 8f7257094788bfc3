"""Two releases of the data, row by row: what was added, what was removed, and which cells changed."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dashboard.claims.corrections import BETWEEN, identity
from dashboard.tables.reading import Folder
from dashboard.tables.schema import TABLES, Table


def compare(old: Folder, new: Folder) -> Iterator[str]:
    """A line for each row and cell that the two do not share, table by table, in the order of the new one.

    A row is known by the columns that name it; several rows of one name are told apart by their order.
    """
    for table in TABLES:
        before, after = (_named(folder.frames[table.name], table) for folder in (old, new))
        gone = before.index.difference(after.index, sort=False)
        yield from (f"{table.name}: {_row_name(name)} removed" for name in gone)
        yield from (
            f"{table.name}: {_row_name(name)} added" for name in after.index.difference(before.index, sort=False)
        )
        both = after.index.intersection(before.index, sort=False)
        yield from _changes(table, before.loc[both], after.loc[both])


def _named(frame: pd.DataFrame, table: Table) -> pd.DataFrame:
    """The rows under (name, how many of that name came before)."""
    rows = frame.reindex(columns=table.names, fill_value="")
    names = rows[list(identity(table))].agg(BETWEEN.join, axis=1) if len(rows) else pd.Series(dtype="str")
    return rows.set_axis(pd.MultiIndex.from_arrays([names, names.groupby(names).cumcount()]))


def _row_name(name: tuple[str, int]) -> str:
    return f"{name[0]} ({name[1] + 1})" if name[1] else name[0]


def _changes(table: Table, before: pd.DataFrame, after: pd.DataFrame) -> Iterator[str]:
    differ = (before != after).to_numpy()
    for at, column in zip(*differ.nonzero(), strict=True):
        old, new = before.iat[at, column], after.iat[at, column]
        yield f"{table.name}: {_row_name(after.index[at])}: {table.names[column]} {old!r} becomes {new!r}"
