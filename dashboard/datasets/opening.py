"""A data folder -> `Travel`: in memory, or on a cluster where one is named or memory would not hold it."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

from dashboard.tables.parquet import count_rows
from dashboard.travel.build import load
from dashboard.travel.travel import TooManyError, Travel

ADDRESS = "DASK_SCHEDULER_ADDRESS"
# Who opens what memory does not hold, '' where nobody does: the one line outside that knows of the package.
CLUSTER = "dashboard.cluster.opening"
# What a row of trips, stops, meetings or evidence takes in memory while a folder is read: 265 measured, docs/large.md.
BYTES_A_ROW = 300
# A text that does not repeat takes so many times its part of a file, in CSV and in Parquet.
TIMES_CSV, TIMES_PARQUET = 12, 4
MEMORY = Path("/proc/meminfo")
# What a container may use; version 2 and 1.
LIMITS = (Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory/memory.limit_in_bytes"))


def open_folder(path: Path, address: str | None = None, available: int | None = None) -> Travel:
    """The trips of a folder: on the cluster at `address`, in memory, or part by part in the threads of this process.

    `address` is by default what `DASK_SCHEDULER_ADDRESS` says, `available` (bytes) what the machine has left. Raises
    `DataError` with every fault, and `TooManyError` where there is nobody to open what does not fit.
    """
    scheduler = os.environ.get(ADDRESS, "") if address is None else address
    room, needed = available_memory() if available is None else available, needed_memory(path)
    if not scheduler and needed <= room:
        return load(path)
    short = f"{path} would take {needed / 1e9:,.1f} GB of memory, {room / 1e9:,.1f} are left"
    why = f"{ADDRESS} is set" if scheduler else short
    if not CLUSTER:
        raise TooManyError(f"{why}: only what memory holds can be opened here. Take a larger machine")
    opened: Travel = import_module(CLUSTER).open_elsewhere(path, scheduler, why, fits=needed <= room)
    return opened


def fits_memory(path: Path) -> bool:
    """Whether a data folder can be read in one into what memory the machine has left."""
    return needed_memory(path) <= available_memory()


def needed_memory(path: Path) -> int:
    """About how many bytes of memory it takes to read a data folder."""
    files = [file for file in path.rglob("*") if file.is_file()] if path.is_dir() else []
    csv, parquet = (sum(file.stat().st_size for file in files if file.suffix == end) for end in (".csv", ".parquet"))
    rows = sum(count_rows(file) for file in files if file.suffix == ".parquet")
    return rows * BYTES_A_ROW + csv * TIMES_CSV + parquet * TIMES_PARQUET


def available_memory() -> int:
    """How many bytes of memory this machine, or container, has left; all it has where it does not say."""
    pages = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    lines = MEMORY.read_text("ascii").splitlines() if MEMORY.exists() else []
    left = [int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:")]
    limits = [file.read_text("ascii").strip() for file in LIMITS if file.exists()]
    return min([pages, *left, *(int(limit) for limit in limits if limit.isdigit())])
