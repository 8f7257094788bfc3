"""How much travel is measured: the shipped trips, country visits of the State Department, and generated trips."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.generate import write_folder

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
MADE = ROOT / "build" / "benchmarks"
STATE_DEPARTMENT = ROOT.parent / "shared" / "data" / "state-department"
SHIPPED = "21"
VISITS = "832"
SEED = 1


class NotMeasuredError(Exception):
    """A size whose data are not here, and why."""


@dataclass(frozen=True)
class Size:
    """A number of trips under its `name`; `write` fills an empty folder with them, None where it is there already."""

    name: str
    trips: int
    write: Callable[[Path], None] | None = None

    def folder(self) -> Path:
        """The data folder, written first where it is missing. Raises `NotMeasuredError`."""
        if self.write is None:
            return ROOT / "data"
        folder = MADE / f"{self.name}-{_generator_version()}"
        if not (folder / "trips.csv").exists() and not (folder / "trips.parquet").exists():
            _write_whole(folder, self.write)
        return folder


def generated(trips: int) -> Size:
    """Trips of the shape of COLT, the same for every run."""
    return Size(str(trips), trips, lambda folder: _generate(folder, trips))


def size_named(name: str) -> Size:
    """The size of a name: the shipped trips, the State Department's visits, else that many generated trips."""
    known = {SHIPPED: Size(SHIPPED, 21), VISITS: Size(VISITS, 832, _import_visits)}
    return known.get(name) or generated(int(name))


def _generate(folder: Path, trips: int) -> None:
    write_folder(folder, trips=trips, seed=SEED)


def _import_visits(folder: Path) -> None:
    if not STATE_DEPARTMENT.exists():
        raise NotMeasuredError("the State Department's files are not in ../shared/data/state-department")
    command = [
        sys.executable,
        "-m",
        "dashboard",
        "import",
        "state-department",
        str(STATE_DEPARTMENT),
        "--to",
        str(folder),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotMeasuredError(f"the importer said: {(done.stderr or done.stdout).strip().splitlines()[-1]}")


def _write_whole(folder: Path, write: Callable[[Path], None]) -> None:
    """Write beside the place and move there, so that a run that was stopped leaves no half folder."""
    beside = folder.with_name(f"{folder.name}.unfinished")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    write(beside)
    beside.rename(folder)


def _generator_version() -> str:
    """A folder made by another version of the generator is not used again."""
    sources = sorted(file for name in ("generate", "world", "colt_shape") for file in HERE.glob(f"{name}.py"))
    return hashlib.sha256(b"".join(file.read_bytes() for file in sources)).hexdigest()[:8]
