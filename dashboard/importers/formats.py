"""Which outside formats there are, and the import of one: `IMPORTERS` and `run`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

from dashboard.importers.colt.importer import COLT
from dashboard.importers.imported import Imported, Importer, ImportingError, Progress, Row
from dashboard.importers.options import Options
from dashboard.importers.package import PACKAGE
from dashboard.importers.state_department.importer import STATE_DEPARTMENT
from dashboard.importers.table.importer import TABLE
from dashboard.importers.writing import refuse_full, write

# Flags that are not called as what they give.
FLAGS = {"columns": "--map", "answers": "--answer"}
IMPORTERS: tuple[Importer, ...] = (STATE_DEPARTMENT, COLT, TABLE, PACKAGE)


def bar(rows: Iterable[Row], *, total: int) -> Iterable[Row]:
    """A progress bar on standard error."""
    return tqdm(rows, total=total, desc="importing", unit="row")


def run(format_name: str, source: Path, to: Path, options: Options | None = None, progress: Progress = bar) -> Imported:
    """Import `source` into the new or empty folder `to`; `options` are what the user says of a table.

    Raises ImportingError, and then writes nothing: an unknown format, a source that cannot be read, a full folder.
    """
    importer = {importer.name: importer for importer in IMPORTERS}.get(format_name)
    if importer is None:
        names = ", ".join(importer.name for importer in IMPORTERS)
        raise ImportingError(f"unknown format {format_name!r}; the formats are {names}")
    options = options or Options()
    surplus = sorted(set(options.given()) - set(importer.takes))
    if surplus:
        flags = " and ".join(FLAGS.get(name, f"--{name}") for name in surplus).replace("_", "-")
        raise ImportingError(f"{format_name} takes no {flags}; leave it out")
    if not source.exists():
        raise ImportingError(f"{source}: no such file or folder; name the source to import")
    refuse_full(to)
    imported = importer.read(source, progress, options)
    write(imported, to)
    return imported
