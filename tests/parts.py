"""Data folders in parts, as large ones lie: a trip's rows of each table in the folder of one name."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pandas as pd

from dashboard.tables.reading import parse_csv, read_folder
from dashboard.tables.schema import TABLES
from tests.world import WORLD


def world_frames() -> dict[str, pd.DataFrame]:
    """The tiny world's tables as text."""
    return {one.name: parse_csv(WORLD[one.name], one, one.name)[0] for one in TABLES}


def make_parts(path: Path, frames: dict[str, pd.DataFrame], ends: list[int]) -> Path:
    """Write tables as a folder whose parts hold the trips up to each of `ends` (rows of trips), and the rest."""
    trips = frames["trips"]["trip_id"].tolist()
    path.mkdir(parents=True)
    for name, frame in frames.items():
        if "trip_id" not in frame:
            frame.to_parquet(path / f"{name}.parquet", index=False)
            continue
        for part, (first, last) in enumerate(pairwise([0, *ends, len(trips)])):
            folder = path / f"{name}.parquet" / f"part={part}"
            folder.mkdir(parents=True)
            frame[frame["trip_id"].isin(trips[first:last])].to_parquet(folder / "rows.parquet", index=False)
    return path


def shipped_in_parts(path: Path, data: Path, ends: list[int]) -> Path:
    """The shipped journeys in parts, with the day up to which they hold."""
    made = make_parts(path, read_folder(data).frames, ends)
    (made / "datapackage.json").write_bytes((data / "datapackage.json").read_bytes())
    return made
