"""A data folder that memory does not hold, or that a cluster is named for -> `Travel`; or what is missing for that."""

from __future__ import annotations

from pathlib import Path

from dashboard.tables.parts import part_names
from dashboard.travel.travel import TooManyError, Travel

INSTALL = "python -m pip install 'dask[distributed]==2026.8.0' -c .ci/constraints.txt"


def open_elsewhere(path: Path, scheduler: str, why: str, *, fits: bool) -> Travel:
    """The trips of a folder: on the cluster of this scheduler, or, where it is '', in the threads of this process.

    Raises `DataError` with every fault, and `TooManyError`, which says `why` it is to lie elsewhere, where Dask is
    missing, or where a folder that no memory `fits` does not lie in parts.
    """
    try:
        # An optional extra, which nobody who stays small installs.
        from dashboard.cluster import distributed_travel  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise TooManyError(f"{why}: that takes Dask, which is not installed. Run: {INSTALL}") from error
    if not fits and part_names(path) == [""]:
        message = f"{why}: it has to lie in parts. Run: python -m dashboard part {path} --to {path}-in-parts"
        raise TooManyError(message)
    return distributed_travel.load(path, distributed_travel.connect(scheduler))
