"""Tables in the shapes in which people keep them: each comes in by one command, with the whole account as it stands."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.tables.reading import read_folder
from dashboard.tables.records import Choice
from dashboard.travel.build import check
from dashboard.uploads.limits import LIMITS
from dashboard.uploads.preview import make_preview
from dashboard.uploads.table_import import import_table
from tests.shapes import FOLDER, SHAPES, Shape

pytestmark = pytest.mark.long

each = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.file)


@each
def test_a_table_comes_in_with_its_account(shape: Shape, tmp_path: Path) -> None:
    command = ["import", "table", str(shape.path), "--to", str(tmp_path / "data"), *shape.flags]
    done = CliRunner().invoke(main, command)
    assert done.stdout.partition("wrote ")[0] == shape.account
    assert check(read_folder(tmp_path / "data")) == []


@each
def test_the_page_gives_the_account_of_the_command(shape: Shape, tmp_path: Path) -> None:
    shutil.copy(shape.path, tmp_path / "source")
    seen = make_preview(tmp_path / "source", shape.file, Choice(), LIMITS)
    account = import_table(tmp_path, shape.file, seen | {"once": shape.once, "join": shape.join}, "", LIMITS)
    sums, written = shape.account.splitlines()[:2]
    assert sums == f"{account['read']} rows read = {account['kept']} kept + {account['left_out']} left out."
    assert f", {account['trips']} trip" in written
    assert account["lacking"] in shape.account
    said = {f"  {one['count']} × {one['what']}" for one in account["findings"] if one["kind"] != "note"}
    lines = [line.partition("; did you mean")[0] for line in shape.account.splitlines()]
    assert {line for line in lines if re.match(r"  [\d,]+ × ", line)} == said
    assert not any("--" in one["what"] for one in account["findings"])


def test_every_table_of_the_folder_is_tried() -> None:
    assert {path.name for path in FOLDER.iterdir() if path.suffix != ".txt"} == {shape.file for shape in SHAPES}
    assert {path.stem for path in FOLDER.glob("*.txt")} == {shape.path.stem for shape in SHAPES}
