"""The architecture as rules: imports run upwards in the tour, and importing does nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import dashboard

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "dashboard"
TOUR = [line.split("`")[1] for line in (dashboard.__doc__ or "").splitlines() if line.startswith("- `")]
# Beside the tour: they may import from anywhere above, and nothing on the page may import them.
BESIDE = (
    "geocoding",
    "importers",
    "gazetteer",
    "lookup",
    "nominatim",
    "parting",
    "placements",
    "uploads",
    "__main__",
)
ONLINE = ("geocoding", "nominatim")
NETWORK = {"urllib.request", "requests", "http.client", "socket", "httpx", "aiohttp", "geopy.geocoders", "ssl"}
FILES = sorted(PACKAGE.rglob("*.py"))


def name_of(file: Path) -> str:
    """The step that a file belongs to: `figures/atlas.py` is part of `figures`."""
    return file.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(file: Path) -> set[str]:
    """Full names of all that a file imports, wherever in the file."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names |= {str(node.module), *(f"{node.module}.{alias.name}" for alias in node.names)}
    return names


def steps_imported(file: Path) -> set[str]:
    return {name.split(".")[1] for name in imported(file) if name.startswith("dashboard.")} - {"__version__"}


def place_in(step: str) -> int:
    """Where a step stands in the tour; what stands beside it, or is missing there, comes last."""
    return TOUR.index(step) if step in TOUR and step not in BESIDE else len(TOUR)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_come_from_above_only(file: Path) -> None:
    step = name_of(file)
    if step == "__init__":
        assert steps_imported(file) == set()
        return
    below = {other for other in steps_imported(file) if place_in(other) > place_in(step)}
    assert below == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_only_geocoding_may_use_the_network(file: Path) -> None:
    used = {name for name in imported(file) if any(name == n or name.startswith(f"{n}.") for n in NETWORK)}
    assert not used or name_of(file) in ONLINE


def test_every_file_is_in_the_tour_once() -> None:
    steps = {name_of(file) for file in FILES} - {"__init__"}
    assert steps - set(TOUR) <= set(BESIDE)
    assert len(TOUR) == len(set(TOUR))


def test_importing_reads_no_data_and_opens_no_connection() -> None:
    modules = sorted({f"dashboard.{name_of(file)}" for file in FILES} - {"dashboard.__init__", "dashboard.__main__"})
    program = f"""
import importlib, sys
seen = []
def hook(event, args):
    if event in ("socket.connect", "socket.getaddrinfo", "subprocess.Popen"):
        seen.append((event, str(args)))
    if event == "open" and str(args[0]).startswith({str(ROOT / "data")!r}):
        seen.append((event, str(args)))
sys.addaudithook(hook)
for name in {modules}:
    importlib.import_module(name)
sys.exit(repr(seen) if seen else 0)
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_reading_brings_no_library_that_few_data_need() -> None:
    program = "import sys, dashboard.trips; sys.exit(' '.join({'edtf', 'geopy', 'requests'} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
