"""A data folder in parts: `trips.parquet/part=0/` …, a trip's rows of every table in the part of one name."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.tables.parquet import is_checked
from dashboard.tables.reading import AS_OF, Folder, read_folder, read_table
from dashboard.tables.schema import TABLES

# The tables that lie in parts; the others are whole, and all parts read them.
PARTED = tuple(one.name for one in TABLES if "trip_id" in one.names)


def part_names(path: Path) -> list[str]:
    """The parts of a data folder, in the order of its trips: `part=0` …, or just '' where it is not in parts."""
    return sorted(one.name for one in (path / "trips.parquet").glob("*=*")) or [""]


def read_part(path: Path, part: str) -> Folder:
    """The texts of one part: its trips, what belongs to them, and all leaders, places and routes."""
    if not part:
        return read_folder(path)
    read = {one.name: read_table(path, one, part if one.name in PARTED else "") for one in TABLES}
    return Folder(
        path,
        {name: frame for name, (frame, _, _) in read.items()},
        tuple(fault for _, faults, _ in read.values() for fault in faults),
        {name: suffix for name, (_, _, suffix) in read.items()},
        checked=frozenset(one.name for one in TABLES if is_checked(path / f"{one.name}.parquet")),
    )


class PartingError(Exception):
    """A folder that cannot be put into parts; says what to do."""


def part_folder(source: Path, to: Path, trips_a_part: int) -> int:
    """Write `source` to the new folder `to` in parts of about so many trips, and return how many parts there are.

    Which part a trip lies in follows from its id alone, so that no table has to know another: each is read and written
    piece by piece, its rows in their order. A folder that stands under the name `to` is whole. Raises `PartingError`.
    """
    if not (source / "trips.parquet").exists():
        raise PartingError(f"{source} holds no trips.parquet: only Parquet is put into parts, CSV of that size is not")
    if written := [name for name in PARTED if (source / f"{name}.csv").exists()]:
        raise PartingError(f"{source} holds {written[0]}.csv, and only Parquet is put into parts: save it as Parquet")
    if to.exists() and any(to.iterdir()):
        raise PartingError(f"{to} is not empty: name a new folder")
    beside = to.with_name(f".{to.name}.unfinished")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    parts = max(1, -(-sum(map(_count_rows, _files(source, "trips"))) // trips_a_part))
    for name in PARTED:
        _write_parts(_files(source, name), beside / f"{name}.parquet", parts)
    shared = [one.name for one in TABLES if one.name not in PARTED]
    for name in (*(f"{table}.{ending}" for table in shared for ending in ("parquet", "csv")), AS_OF):
        if (source / name).is_file():
            shutil.copyfile(source / name, beside / name)
    beside.replace(to)
    return parts


def _files(source: Path, table: str) -> list[Path]:
    """The Parquet files of a table, which may have none."""
    path = source / f"{table}.parquet"
    return [path] if path.is_file() else sorted(path.rglob("*.parquet"))


def _count_rows(file: Path) -> int:
    with _readable(file):
        return int(pq.read_metadata(file).num_rows)


@contextmanager
def _readable(file: Path) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, KeyError) as error:
        raise PartingError(f"{file} cannot be read as Parquet with a column trip_id; write it anew") from error


def _write_parts(files: list[Path], to: Path, parts: int) -> None:
    # 8 ms and 7 MB at the start of a server.
    from pyarrow.dataset import partitioning, write_dataset  # noqa: PLC0415

    for number, file in enumerate(files):
        with _readable(file):
            write_dataset(
                (_marked(rows, parts) for rows in pq.ParquetFile(file).iter_batches()),
                to,
                schema=pq.read_schema(file).append(pa.field("part", pa.int32())),
                format="parquet",
                partitioning=partitioning(pa.schema([("part", pa.int32())]), flavor="hive"),
                # Files of a part are read in the order of their names; one file each keeps the rows in theirs.
                basename_template=f"rows-{number:09}-{{i}}.parquet",
                existing_data_behavior="overwrite_or_ignore",
                max_open_files=parts + 1,
                preserve_order=True,
            )


def _marked(rows: pa.RecordBatch, parts: int) -> pa.RecordBatch:
    """Rows with the number of their part, which follows from the id of their trip."""
    hashed = pd.util.hash_array(rows["trip_id"].to_numpy(zero_copy_only=False), categorize=False)
    return rows.append_column("part", pa.array((hashed % np.uint64(parts)).astype(np.int32)))
