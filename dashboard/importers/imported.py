"""What an importer gives: the tables, and an account in which each row of the source is kept or left out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Protocol, TypeVar

import pandas as pd

from dashboard.geocoding.outcomes import Candidate

Row = TypeVar("Row")


class ImportingError(Exception):
    """A source of which nothing can be imported, or a folder that must not be written to; says what to do."""


class Progress(Protocol):
    """tqdm's call shape: passes the rows on and shows how many of `total` there are."""

    def __call__(self, rows: Iterable[Row], *, total: int) -> Iterable[Row]:
        """The same rows in the same order."""


def quiet(rows: Iterable[Row], *, total: int) -> Iterable[Row]:  # noqa: ARG001 (the shape of `Progress`)
    """A `Progress` that shows nothing."""
    return rows


@dataclass(frozen=True)
class LeftOut:
    """One row of the source that is not in the tables; `row` is its line or row, as spreadsheets and editors count."""

    source: str
    row: int
    why: str
    mend: str


@dataclass(frozen=True)
class Doubt:
    """Something in a kept row that needs a look: several places in one cell, a date that cannot be read."""

    source: str
    row: int
    what: str


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
    about: Mapping[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        rows = {(row.source, row.row) for row in self.left_out}
        if len(rows) < len(self.left_out) or len(rows) > self.read:
            message = f"{len(self.left_out)} rows left out ({len(rows)} different ones) of {self.read} read"
            raise ValueError(f"the account does not add up: {message}")

    @property
    def kept(self) -> int:
        """How many rows of the source are in the tables."""
        return self.read - len(self.left_out)

    def report(self) -> str:
        """The account in words: sums, then each row left out, each doubt and each place without coordinates."""
        parts = (_sums(self), _left_out(self), _doubts(self), _unplaced(self), _ambiguous(self))
        return "\n\n".join(part for part in parts if part)


Read = Callable[[Path, Progress], Imported]


@dataclass(frozen=True)
class Importer:
    """One outside format: the `name` on the command line, `what` it reads, how it reads it.

    `mapped` makes the reader of a format whose columns the user may name (column -> field).
    """

    name: str
    what: str
    read: Read
    mapped: Callable[[Mapping[str, str]], Read] | None = None


def _sums(imported: Imported) -> str:
    sums = f"{imported.read:,} rows read = {imported.kept:,} kept + {len(imported.left_out):,} left out."
    rows = ", ".join(f"{len(frame):,} {name}" for name, frame in imported.tables.items() if len(frame))
    return f"{sums}\nWritten: {rows or 'nothing'}."


def _left_out(imported: Imported) -> str:
    said = [(f"{row.why}; {row.mend}", row.source, row.row) for row in imported.left_out]
    return _titled("Left out:", _grouped(said))


def _doubts(imported: Imported) -> str:
    said = [(doubt.what, doubt.source, doubt.row) for doubt in imported.doubts]
    return _titled("Kept, but worth a look:", _grouped(said))


def _unplaced(imported: Imported) -> str:
    places = "; ".join(f"{place} ({iso3})" for place, iso3 in imported.unplaced)
    title = f"{len(imported.unplaced):,} without coordinates; write them into places.csv, reviewed yes:"
    return _titled(title, [f"  {places}"] if places else [])


def _ambiguous(imported: Imported) -> str:
    lines = []
    for place, iso3, candidates in imported.ambiguous:
        lines += [f"  {place} ({iso3})", *(f"    {candidate}" for candidate in candidates)]
    title = f"{len(imported.ambiguous):,} that may be several places; choose in places.csv, reviewed yes:"
    return _titled(title, lines)


def _grouped(said: Iterable[tuple[str, str, int]]) -> list[str]:
    """(words, source, row) -> the words once, in the order in which they first appear, with all their rows."""
    groups: dict[str, dict[str, list[int]]] = {}
    for words, source, row in said:
        groups.setdefault(words, {}).setdefault(source, []).append(row)
    return [_block(words, by_source) for words, by_source in groups.items()]


def _block(words: str, by_source: Mapping[str, list[int]]) -> str:
    where = "; ".join(f"{source}:{', '.join(_runs(rows))}" for source, rows in by_source.items())
    return f"  {sum(map(len, by_source.values())):,} × {words}\n    {where}"


def _runs(rows: Iterable[int]) -> Iterator[str]:
    """Row numbers in order, neighbours as one: 3, 4, 5, 9 -> `3-5`, `9`."""
    for _, run in groupby(enumerate(sorted(set(rows))), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield str(found[0]) if len(found) == 1 else f"{found[0]}-{found[-1]}"


def _titled(title: str, lines: list[str]) -> str:
    return "\n".join((title, *lines)) if lines else ""
