"""The architecture as rules: a package imports only those above it, and importing does nothing."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "dashboard"
FILES = sorted(PACKAGE.rglob("*.py"))
# The packages as docs/architecture.md lists them.
ORDER = re.findall(r"^\| `dashboard/(\w+)/` \|", (ROOT / "docs/architecture.md").read_text("utf-8"), re.MULTILINE)
# The two that stand above all packages: what is imported by everyone, and the command line, which imports everything.
OUTSIDE = {"__init__", "__main__"}
ONLINE = {"dashboard/geocoding/fill_places.py", "dashboard/geocoding/nominatim.py"}
# Reads from and writes to those who have connected to it; a server and the process that it has started.
LISTENING = {"dashboard/web/worker.py", "dashboard/uploads/sandbox.py", "dashboard/uploads/step_server.py"}
NETWORK = {"urllib.request", "requests", "http.client", "socket", "httpx", "aiohttp", "geopy.geocoders", "ssl"}


def package_of(file: Path) -> str:
    """The package that a file belongs to."""
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


def packages_imported(file: Path) -> set[str]:
    return {name.split(".")[1] for name in imported(file) if name.startswith("dashboard.")} - {"__version__"}


def test_every_package_stands_in_the_architecture_once() -> None:
    assert sorted(ORDER) == sorted({package_of(file) for file in FILES} - OUTSIDE)


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_imports_come_from_above_only(file: Path) -> None:
    package = package_of(file)
    allowed = ORDER if package == "__main__" else [] if package == "__init__" else ORDER[: ORDER.index(package) + 1]
    assert packages_imported(file) - set(allowed) == set()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_only_geocoding_may_use_the_network(file: Path) -> None:
    used = {name for name in imported(file) if any(name == n or name.startswith(f"{n}.") for n in NETWORK)}
    assert not used or str(file.relative_to(ROOT)) in ONLINE | LISTENING


def test_importing_reads_no_data_and_opens_no_connection() -> None:
    modules = sorted(
        ".".join(file.relative_to(ROOT).with_suffix("").parts) for file in FILES if file.stem != "__main__"
    )
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


@pytest.mark.parametrize("started", ["dashboard.travel.build", "app"])
def test_reading_and_serving_bring_no_library_that_few_need(started: str) -> None:
    few = {"edtf", "geopy", "openpyxl", "pyarrow.dataset", "requests", "shapely", "tqdm", "xlsxwriter"}
    program = f"import sys, {started}; sys.exit(' '.join({few} & set(sys.modules)) or 0)"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
