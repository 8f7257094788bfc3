"""A data folder of Parquet files -> the same in parts, each small enough for a worker, with Dask DataFrame."""

from __future__ import annotations

import shutil
from pathlib import Path

import dask.dataframe as dd
import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from dashboard.cluster.stored import OF_TRIPS, SHARED
from dashboard.tables.reading import AS_OF

TRIPS_A_PART = 250_000


class PartingError(Exception):
    """A folder that cannot be put into parts; says what to do."""


def part_folder(source: Path, to: Path, trips_a_part: int = TRIPS_A_PART) -> int:
    """Write `source` to the new folder `to` in parts of about so many trips, and return how many parts there are.

    Which part a trip lies in follows from its id alone, so that no table has to know another: each is read and written
    piece by piece, its rows in their order. Raises `PartingError`.
    """
    if not (source / "trips.parquet").exists():
        raise PartingError(f"{source} holds no trips.parquet: only Parquet is put into parts, CSV of that size is not")
    if to.exists() and any(to.iterdir()):
        raise PartingError(f"{to} is not empty: name a new folder")
    to.mkdir(parents=True, exist_ok=True)
    trips = sum(int(pq.read_metadata(file).num_rows) for file in _files(source / "trips.parquet"))
    parts = max(1, -(-trips // trips_a_part))
    for name in OF_TRIPS:
        if (source / f"{name}.parquet").exists():
            _write_parts(source / f"{name}.parquet", to / f"{name}.parquet", parts)
    for name in (*(f"{table}.{ending}" for table in SHARED for ending in ("parquet", "csv")), AS_OF):
        if (source / name).is_file():
            shutil.copyfile(source / name, to / name)
    return parts


def _files(path: Path) -> list[Path]:
    return list(path.rglob("*.parquet")) if path.is_dir() else [path]


def _write_parts(source: Path, to: Path, parts: int) -> None:
    frame = dd.read_parquet(source, split_row_groups=True)
    marked = frame.map_partitions(mark, parts)
    # Files of a part are read in the order of their names.
    marked.to_parquet(to, partition_on=["part"], write_index=False, name_function=lambda at: f"rows-{at:09}.parquet")


def mark(rows: pd.DataFrame, parts: int) -> pd.DataFrame:
    """Rows with the number of their part, which follows from the id of their trip."""
    hashed = pd.util.hash_array(rows["trip_id"].to_numpy(object), categorize=False)
    return rows.assign(part=(hashed % np.uint64(parts)).astype(np.int32))
