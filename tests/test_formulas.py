"""Texts of a package: no spreadsheet runs them, and reading the package gives them back as they were."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import cycle, islice, product
from pathlib import Path
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.downloads.package import package
from dashboard.importers.formats import run
from dashboard.importers.imported import quiet
from dashboard.query.selection import Selection
from dashboard.tables.formulas import FORMULA, guarded, unguarded
from dashboard.tables.reading import read_folder
from dashboard.travel.build import load
from tests.world import WORLD, make_folder

pytestmark = pytest.mark.long

HOSTILE = ("=1+1", "+64 talks", "-5", "@x", "'=1", "''@x", "'quoted'")


@given(st.text() | st.text(alphabet="'=+-@ax", max_size=5))
def test_what_is_guarded_is_no_formula_and_comes_back(text: str) -> None:
    assert not guarded(text).startswith(FORMULA)
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize(("text", "said"), [("=1", "'=1"), ("'=1", "''=1"), ("it's = 1", "it's = 1"), ("'a", "'a")])
def test_guarded(text: str, said: str) -> None:
    assert guarded(text) == said


TEXTS = ["occasion", "outcome", "note"]


def hostile_trips() -> str:
    """The trips of the world, every text of theirs hostile: each of `HOSTILE` in one cell or two."""
    trips = list(csv.DictReader(io.StringIO(WORLD["trips"])))
    cells = product(trips, TEXTS)
    for (trip, name), text in zip(cells, cycle(HOSTILE), strict=False):
        trip[name] = text
    table = io.StringIO()
    writer = csv.DictWriter(table, list(trips[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(trips)
    return table.getvalue()


def texts_of(path: Path) -> list[str]:
    """The texts of all trips, as they are read."""
    return [str(text) for row in load(path).trips[TEXTS].itertuples(index=False) for text in row]


def test_a_package_is_inert_and_the_same_when_it_is_read_again(tmp_path: Path) -> None:
    folder = read_folder(make_folder(tmp_path / "data", trips=hostile_trips()))
    written = texts_of(tmp_path / "data")
    assert written == list(islice(cycle(HOSTILE), len(written)))
    assert set(written) == set(HOSTILE)
    body = package(folder, load(tmp_path / "data"), Selection(), date(2026, 11, 25)).body
    with ZipFile(io.BytesIO(body)) as archive:
        tables = [name for name in archive.namelist() if name.endswith(".csv")]
        cells = {name: list(csv.reader(io.StringIO(archive.read(name).decode()))) for name in tables}
        archive.extractall(tmp_path / "unpacked")
    texts = [cell for rows in cells.values() for row in rows for cell in row]
    # Coordinates west of Greenwich stay numbers.
    assert [text for text in texts if text.startswith(FORMULA) and not text[1:].replace(".", "").isdigit()] == []
    assert "-149.900" in texts
    assert texts_of(tmp_path / "unpacked") == written
    (tmp_path / "package.zip").write_bytes(body)
    run("package", tmp_path / "package.zip", tmp_path / "imported", progress=quiet)
    assert texts_of(tmp_path / "imported") == written
