"""Commands that are killed at a random moment, twenty times each: `python -m tests.killing import FOLDER`.

Ends with 1 where a killed run left anything but the old or the new, or the next run did not clean up, which every fifth
time is run. It forks itself for each run, so that Python and the libraries are loaded once.
"""

from __future__ import annotations

import os
import random
import select
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
from geopy.location import Location

from dashboard.datasets.store import Store
from dashboard.geocoding.fill_places import fill_in
from dashboard.geocoding.outcomes import Outcome
from dashboard.importers.formats import run
from dashboard.tables.parts import part_folder
from dashboard.tables.reading import Folder, read_folder
from tests.serving import ROOT

TIMES = 20
DATA = ROOT / "data"


@dataclass(frozen=True)
class Deed:
    """One command: what it starts from, what it does, whether what stands there now is the old or the new whole."""

    prepare: Callable[[Path], None]
    do: Callable[[Path], None]
    is_whole: Callable[[Path], bool]


def same_tables(folder: Path) -> bool:
    """Whether a folder holds the shipped tables, row for row, and is without fault."""
    read = read_folder(folder)
    return not read.faults and all(
        len(frame) == len(read.frames[name]) for name, frame in shipped().frames.items() if name in read.frames
    )


@cache
def shipped() -> Folder:
    """The shipped tables, read once."""
    return read_folder(DATA)


def absent_or_whole(folder: Path) -> bool:
    """Whether nothing stands there, or all of it."""
    return not (folder / "new").exists() or same_tables(folder / "new")


def import_package(folder: Path) -> None:
    """Import the shipped data as a package."""
    run("package", DATA, folder / "new", progress=lambda rows, **_: rows)


def make_parquet(folder: Path) -> None:
    """The shipped data as Parquet."""
    for name, frame in shipped().frames.items():
        frame.reset_index(drop=True).to_parquet(folder / f"{name}.parquet", index=False)


def cut_parts(folder: Path) -> None:
    """Put them into parts."""
    part_folder(folder, folder / "new", 3)


def parts_whole(folder: Path) -> bool:
    """Whether no part stands there, or all of them with every trip."""
    new = folder / "new"
    return not new.exists() or (
        len(pd.read_parquet(new / "trips.parquet")) == len(pd.read_parquet(folder / "trips.parquet"))
        and (new / "places.parquet").exists()
    )


class Anywhere:
    """A geocoder that finds every place, at once."""

    provider = "geonames"

    def geocode(self, query: str, **_: Any) -> list[Location]:
        """A place for every name."""
        return [Location(query, (12.5, 34.5), {"kind": "city"})]


def without_coordinates(folder: Path) -> None:
    """The shipped data, no place with coordinates."""
    shutil.copytree(DATA, folder, dirs_exist_ok=True)
    places = pd.read_csv(folder / "places.csv", dtype="str", keep_default_na=False)
    emptied = dict.fromkeys(("latitude_deg", "longitude_deg", "reviewed", "provider"), "")
    places.assign(**emptied).to_csv(folder / "places.csv", index=False)


def quietly(outcomes: Iterator[Outcome], **_: Any) -> Iterator[Outcome]:
    """No progress bar."""
    return outcomes


def geocode(folder: Path) -> None:
    """Give every place coordinates, each written as soon as it is found."""
    fill_in(folder, (Anywhere(),), date(2026, 11, 25), quietly, save_every_s=0)


def places_whole(folder: Path) -> bool:
    """Whether `places.csv` holds every place, with coordinates or without, and each row whole."""
    places = pd.read_csv(folder / "places.csv", dtype="str", keep_default_na=False)
    both = (places["latitude_deg"] == "") == (places["longitude_deg"] == "")
    return len(places) >= len(pd.read_csv(DATA / "places.csv")) and bool(both.all())


def uploaded(folder: Path) -> None:
    """An upload that is shown, with the file it came from."""
    store = Store(folder)
    upload = store.begin("a.csv")
    for number in range(300):
        (store.path(upload.token) / f"left-{number}").write_bytes(b"x" * 1_000)
    shutil.copytree(DATA, store.path(upload.token) / "data-1")
    store.show(upload.token, "data-1", 21, beside=False)


def token_in(folder: Path) -> str:
    """The name of the one upload."""
    return next(path.name for path in folder.iterdir() if not path.name.startswith("."))


def keep(folder: Path) -> None:
    """Ask for a link, and with the next upload have what is left over tidied."""
    store = Store(folder)
    store.keep(token_in(folder))
    store.sweep()


def upload_whole(folder: Path) -> bool:
    """Whether the upload can be read and shows its trips."""
    store = Store(folder)
    upload = store.find(token_in(folder))
    return same_tables(store.path(upload.token) / upload.data)


DEEDS = {
    "import": Deed(lambda _: None, import_package, absent_or_whole),
    "part": Deed(make_parquet, cut_parts, parts_whole),
    "geocode": Deed(without_coordinates, geocode, places_whole),
    "keep": Deed(uploaded, keep, upload_whole),
}


def run_and_kill(deed: Deed, folder: Path, after_s: float) -> bool:
    """Do it in a process of its own, killed after so long; whether it was still at it."""
    child = os.fork()
    if not child:
        deed.do(folder)
        os._exit(0)
    ended = select.poll()
    handle = os.pidfd_open(child)
    ended.register(handle, select.POLLIN)
    running = not ended.poll(after_s * 1_000)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    os.close(handle)
    return running


def leftovers(folder: Path) -> list[str]:
    """What a run writes beside what it makes, wherever it still lies."""
    return sorted(str(path) for path in folder.rglob(".*") if path.suffix in (".draft", ".tmp", ".unfinished"))


def main() -> None:
    """Kill one command twenty times; end with what is wrong, or say how often it was still at it."""
    deed, folder, chance = DEEDS[sys.argv[1]], Path(sys.argv[2]), random.Random(7)
    began = time.perf_counter()
    trial = folder / "trial"
    trial.mkdir(parents=True)
    deed.prepare(trial)
    begun = time.perf_counter()
    deed.do(trial)
    takes_s, killed = time.perf_counter() - begun, 0
    for number in range(TIMES):
        here = folder / str(number)
        here.mkdir()
        deed.prepare(here)
        killed += run_and_kill(deed, here, chance.uniform(0, takes_s))
        if not deed.is_whole(here):
            sys.exit(f"run {number} left neither the old nor the new")
        if number % 5:
            continue
        if not (here / "new").exists():
            deed.do(here)
        if not deed.is_whole(here) or leftovers(here):
            sys.exit(f"after run {number} the next left {leftovers(here) or 'neither the old nor the new'}")
    sys.stdout.write(f"killed {killed} of {TIMES} in {time.perf_counter() - began:.1f} s\n")


if __name__ == "__main__":
    main()
