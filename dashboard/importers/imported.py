"""What an importer gives: the tables, and an account in which each row of the source is kept or left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from dataclasses import field as of
from pathlib import Path
from typing import Protocol, TypeVar

import pandas as pd

from dashboard.geocoding.outcomes import Candidate
from dashboard.importers.options import Options

Row = TypeVar("Row")


class ImportingError(Exception):
    """A source of which nothing can be imported, or a folder that must not be written to; says what to do."""


class Progress(Protocol):
    """tqdm's call shape: passes the rows on and shows how many of `total` there are."""

    def __call__(self, rows: Iterable[Row], *, total: int) -> Iterable[Row]:
        """The same rows in the same order."""


def counted(number: int, what: str) -> str:
    """`1 trip`, `2,000 trips`: `what` is in the plural."""
    return f"{number:,} {what.removesuffix('s') if number == 1 else what}"


def quiet(rows: Iterable[Row], *, total: int) -> Iterable[Row]:  # noqa: ARG001 (the shape of `Progress`)
    """A `Progress` that shows nothing."""
    return rows


@dataclass(frozen=True)
class LeftOut:
    """One row of the source that is not in the tables; `row` is its line or row, as spreadsheets and editors count.

    `asked` names the text that an answer could replace: `country:Italia`.
    """

    source: str
    row: int
    why: str
    mend: str
    asked: str = of(default="", compare=False)


@dataclass(frozen=True)
class Doubt:
    """Something in a kept row that needs a look: several places in one cell, a date that cannot be read.

    `kind` is one of `KINDS`; `field` is that of the column; `asked` is as in `LeftOut`.
    """

    source: str
    row: int
    what: str
    kind: str = of(default="doubtful", compare=False)
    field: str = of(default="", compare=False)
    asked: str = of(default="", compare=False)


@dataclass(frozen=True)
class Imported:
    """The tables of a data folder as text, and what became of each row of the source.

    `tables` holds every table of `dashboard.tables.schema` with its columns, maybe without rows. `unplaced` names the
    (place, country_iso3) without coordinates, `ambiguous` those whose name several places of the country bear,
    with all of these. `about` is what the source says of itself, such as `data_as_of`.
    Raises ValueError where a row is left out twice or more rows are left out than were read.
    """

    tables: dict[str, pd.DataFrame]
    read: int
    left_out: tuple[LeftOut, ...]
    doubts: tuple[Doubt, ...]
    unplaced: tuple[tuple[str, str], ...]
    ambiguous: tuple[tuple[str, str, tuple[Candidate, ...]], ...]
    about: Mapping[str, object] = of(default_factory=dict)

    def __post_init__(self) -> None:
        rows = {(row.source, row.row) for row in self.left_out}
        if len(rows) < len(self.left_out) or len(rows) > self.read:
            message = f"{len(self.left_out)} rows left out ({len(rows)} different ones) of {self.read} read"
            raise ValueError(f"the account does not add up: {message}")

    @property
    def kept(self) -> int:
        """How many rows of the source are in the tables."""
        return self.read - len(self.left_out)


Read = Callable[[Path, Progress, Options], Imported]


@dataclass(frozen=True)
class Importer:
    """One outside format: the `name` on the command line, `what` it reads, how, and which `Options` it `takes`."""

    name: str
    what: str
    read: Read
    takes: tuple[str, ...] = ()
