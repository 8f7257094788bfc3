"""One part of a data folder -> a `Travel` whose rows are mapped into memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from dashboard.tables.parts import read_part
from dashboard.tables.reading import Fault, Folder
from dashboard.travel.build import build, check
from dashboard.travel.travel import OF_TRIPS, Travel

FRAMES = ("trips", *OF_TRIPS)


def load_part(path: Path, part: str, first: int, beside: Path) -> tuple[list[Fault], Travel | None]:
    """Read, check and join one part whose first trip has the number `first`; None where it has faults.

    Its rows are written into `beside` as Arrow files and mapped into memory: the system takes the room back where it
    needs it.
    """
    folder = read_part(path, part)
    faults = check(folder, folder.checked) or (list(_strays(folder)) if part else [])
    if faults:
        return faults, None
    travel = build(folder)
    rows = {name: _mapped(getattr(travel, name), beside / f"{name}.arrow") for name in FRAMES}
    numbered: dict[str, Any] = {name: rows[name].assign(trip=rows[name]["trip"] + np.int32(first)) for name in OF_TRIPS}
    trips = rows["trips"].set_axis(pd.RangeIndex(first, first + len(rows["trips"])))
    return [], replace(travel, trips=trips, **numbered)


def _strays(folder: Folder) -> Iterator[Fault]:
    """Rows of a part whose trip is not in it: one for each table that has some."""
    trips = len(folder.frames["trips"])
    for name, numbers in folder.trip_numbers.items():
        if rows := int((numbers >= trips).sum()):
            message = f"{rows:,} rows of trips that are not in this part; put the folder into parts anew"
            yield Fault(folder.file(name), None, f"{message}: python -m dashboard part")


def _mapped(frame: pd.DataFrame, file: Path) -> pd.DataFrame:
    table = pa.Table.from_pandas(frame, preserve_index=False).combine_chunks()
    file.parent.mkdir(parents=True, exist_ok=True)
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    return pd.DataFrame(pa.ipc.open_file(pa.memory_map(str(file))).read_all().to_pandas(split_blocks=True))
