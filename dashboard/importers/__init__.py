"""Outside formats -> data folders: one entry for each format, all giving the same checked tables and an account.

- `state_department`  the Office of the Historian's XML of presidential travel; `visits` reads it, `locales` its places
- `colt`              the COLT data set: `colt_sources` reads it, then `colt_columns`, `colt_names`, `colt_leaders`,
  `colt_dates`, `colt_places` and `colt_trips` each make sense of a part
- `table`             any table with a row for each trip or stop: `sheets` reads it, `columns` guesses what its columns
  hold, `days` and `table_cells` read the cells
- `package`           what the page has given as a data package
- `imported`          what an importer gives; `placing`, `journeys`, `countries` are shared; `writing` writes
  the folder
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from tqdm import tqdm

from dashboard.importers.colt import COLT
from dashboard.importers.imported import Imported, Importer, ImportingError, Progress, Row
from dashboard.importers.package import PACKAGE
from dashboard.importers.state_department import STATE_DEPARTMENT
from dashboard.importers.table import TABLE
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
