"""The import of a large table: read, placed and written, each in turns with its floor, which reads the file as text."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from dashboard.importers.formats import run
from dashboard.importers.imported import quiet

ROWS = 100_000
# No run takes less than ten seconds.
RUNS = 3
PLACES = ("Paris,France", "Rome,Italy", "Beijing,China", "Lima,Peru", "Nairobi,Kenya", "Regina,Canada")
HEADER = "leader,leader country,place,country,arrived,left,mode,notes\n"


def write_table(path: Path, rows: int = ROWS) -> None:
    """A table with a row for each of so many days from 1700 on, in the order day, month, year."""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEADER)
        for number in range(rows):
            first = date(1700, 1, 1) + timedelta(days=number)
            last = first + timedelta(days=number % 5)
            where = PLACES[number % len(PLACES)]
            file.write(f"Leader {number % 500},Sweden,{where},{first:%d/%m/%Y},{last:%d %B %Y},plane,visit {number}\n")


def measure(runs: int) -> tuple[list[float], list[float]]:
    """Seconds of processor time of so many imports, at most three, and of as many readings as text."""
    taken, floor = list[float](), list[float]()
    with TemporaryDirectory() as folder:
        table = Path(folder) / "table.csv"
        write_table(table)
        for turn in range(min(runs, RUNS)):
            to = Path(folder) / f"data-{turn}"
            taken.append(_seconds(partial(run, "table", table, to, progress=quiet)))
            floor.append(_seconds(partial(pd.read_csv, table, dtype="str")))
    return taken, floor


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start
