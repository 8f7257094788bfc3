"""Outside formats -> data folders: one entry for each format, all giving the same checked tables.

In: a file or folder as its owner has it. Out: the tables of a data folder, and an account of every row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tqdm import tqdm

from dashboard.importers.colt.importer import COLT
from dashboard.importers.imported import Imported, Importer, ImportingError, Progress, Row
from dashboard.importers.package import PACKAGE
from dashboard.importers.state_department.importer import STATE_DEPARTMENT
from dashboard.importers.table.importer import TABLE
from dashboard.importers.writing import refuse_full, write

__all__ = ["IMPORTERS", "Imported", "Importer", "ImportingError", "bar", "run", "write"]

IMPORTERS: tuple[Importer, ...] = (STATE_DEPARTMENT, COLT, TABLE, PACKAGE)


def bar(rows: Iterable[Row], *, total: int) -> Iterable[Row]:
    """A progress bar on standard error."""
    return tqdm(rows, total=total, desc="importing", unit="row")


def run(
    format_name: str, source: Path, to: Path, mapping: Mapping[str, str] | None = None, progress: Progress = bar
) -> Imported:
    """Import `source` into the new or empty folder `to`; `mapping` gives columns of a table their field.

    Raises ImportingError, and then writes nothing: an unknown format, a source that cannot be read, a full folder.
    """
    importer = {importer.name: importer for importer in IMPORTERS}.get(format_name)
    if importer is None:
        names = ", ".join(importer.name for importer in IMPORTERS)
        raise ImportingError(f"unknown format {format_name!r}; the formats are {names}")
    if mapping and importer.mapped is None:
        raise ImportingError(f"{format_name} has columns of its own; leave --map out")
    if not source.exists():
        raise ImportingError(f"{source}: no such file or folder; name the source to import")
    refuse_full(to)
    read = importer.mapped(mapping) if mapping and importer.mapped else importer.read
    imported = read(source, progress)
    write(imported, to)
    return imported
