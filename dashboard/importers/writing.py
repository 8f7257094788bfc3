"""What was imported -> a data folder, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from dashboard.importers.imported import Imported, ImportingError
from dashboard.tables.atomic import atomic_folder
from dashboard.tables.dates import bounds
from dashboard.tables.parquet import write_checked
from dashboard.tables.reading import AS_OF, Folder
from dashboard.travel.build import check

# Above this many stops the long tables are written as Parquet: a tenth of the size, read ten times as fast.
CSV_STOPS = 20_000
LONG = ("trips", "stops", "meetings", "evidence")
# Above this many each long table is a folder of parts by year: a few megabytes each, where leaders would be thousands.
PART_STOPS = 1_000_000
NO_YEAR = "unknown"


def write(imported: Imported, folder: Path, part_stops: int = PART_STOPS) -> None:
    """Write the tables into a new or empty folder; CSV, or Parquet for the long tables above 20,000 stops.

    Above `part_stops` the Parquet lies in parts by the year in which the trip left home, `trips.parquet/year=2018/`.
    `places` stays CSV, since `geocode` fills it in. Raises ImportingError where the folder holds anything, or the
    tables have a fault; then nothing is written.
    """
    refuse_full(folder)
    faults = check(Folder(folder, {name: _numbered(frame) for name, frame in imported.tables.items()}))
    if faults:
        listed = "\n".join(map(str, faults))
        raise ImportingError(f"{listed}\n{len(faults):,} faults in what was imported; nothing was written")
    with atomic_folder(folder) as draft:
        _write_tables(imported.tables, draft, part_stops)
        _write_about(imported, draft)


def refuse_full(folder: Path) -> None:
    """Raise ImportingError where data would be written over or among other files."""
    if folder.exists() and not folder.is_dir():
        raise ImportingError(f"{folder} is a file; name a new folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise ImportingError(f"{folder} is not empty; name a new folder, or empty this one first")


def _write_tables(tables: Mapping[str, pd.DataFrame], folder: Path, part_stops: int) -> None:
    stops = len(tables["stops"])
    years = _years(tables["trips"]) if stops > part_stops else None
    for name, frame in tables.items():
        if stops > CSV_STOPS and name in LONG:
            parts = None if years is None else frame["trip_id"].map(years).rename("year")
            write_checked(frame, folder / f"{name}.parquet", parts)
        else:
            frame.to_csv(folder / f"{name}.csv", index=False, encoding="utf-8", lineterminator="\n")


def _years(trips: pd.DataFrame) -> pd.Series:
    """Trip id -> the year in which it left home, as text."""
    years: pd.Series = bounds(trips["left_home"])["earliest"].dt.strftime("%Y").fillna(NO_YEAR)
    return years.set_axis(trips["trip_id"])


def _write_about(imported: Imported, folder: Path) -> None:
    """What the source says of itself, as the description of the folder."""
    if imported.about:
        (folder / AS_OF).write_text(json.dumps(imported.about, ensure_ascii=False, indent=2) + "\n", "utf-8")


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows under the lines that they get in a CSV file whose cells hold no line break."""
    return frame.set_axis(pd.RangeIndex(2, len(frame) + 2))
