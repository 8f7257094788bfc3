"""A data folder in parts holds what it held in one, each trip whole in one part, and shows the same."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.query.selection import Selection
from dashboard.query.summaries import summarise
from dashboard.tables.parts import PARTED, PartingError, part_folder, part_names, read_part
from dashboard.tables.reading import AS_OF, read_folder
from dashboard.travel.build import Travel, load
from tests.conftest import DATA


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """The shipped journeys as Parquet whose row groups are small, as those of large files are many."""
    path = tmp_path / "source"
    path.mkdir()
    for name, frame in read_folder(DATA).frames.items():
        frame.to_parquet(path / f"{name}.parquet", index=False, row_group_size=7)
    (path / AS_OF).write_bytes((DATA / AS_OF).read_bytes())
    return path


def rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return sorted(frame.itertuples(index=False, name=None))


def test_parts_hold_what_the_whole_held(source: Path, tmp_path: Path) -> None:
    to = tmp_path / "parts"
    assert part_folder(source, to, 6) == -(-len(read_folder(source).frames["trips"]) // 6)
    folders = [read_part(to, name) for name in part_names(to)]
    assert len(folders) > 1
    whole = read_folder(source).frames
    for name in PARTED:
        parted = pd.concat([folder.frames[name] for folder in folders])
        assert rows(parted[whole[name].columns]) == rows(whole[name])
    for folder in folders:
        order = whole["stops"].loc[whole["stops"]["trip_id"].isin(folder.frames["trips"]["trip_id"])]
        assert folder.frames["stops"].to_numpy().tolist() == order.to_numpy().tolist()


def test_a_folder_in_parts_counts_the_same(source: Path, tmp_path: Path, shipped: Travel) -> None:
    done = CliRunner().invoke(main, ["part", str(source), "--to", str(tmp_path / "parts"), "--trips", "5"])
    assert done.exit_code == 0
    assert re.fullmatch(rf"wrote {tmp_path / 'parts'}: [2-9] parts\n", done.output)
    travel = load(tmp_path / "parts")
    one, other = summarise(travel, Selection()), summarise(shipped, Selection())
    assert one.figures == other.figures
    assert one.countries.sum(axis=1).to_dict() == other.countries.sum(axis=1).to_dict()
    assert travel.data_as_of == shipped.data_as_of


def test_only_parquet_is_put_into_parts_and_only_into_a_new_folder(source: Path, tmp_path: Path) -> None:
    with pytest.raises(PartingError, match=r"holds no trips\.parquet: only Parquet is put into parts"):
        part_folder(DATA, tmp_path / "parts", 6)
    with pytest.raises(PartingError, match="is not empty: name a new folder"):
        part_folder(source, source, 6)
    (source / "reported.csv").write_text("trip_id\n", "utf-8")
    with pytest.raises(PartingError, match=r"holds reported\.csv, and only Parquet is put into parts: save it as"):
        part_folder(source, tmp_path / "parts", 6)


def test_a_folder_that_could_not_be_parted_leaves_none_under_its_name(source: Path, tmp_path: Path) -> None:
    (source / "stops.parquet").write_bytes(b"no Parquet")
    with pytest.raises(PartingError, match=r"stops\.parquet cannot be read as Parquet with a column trip_id"):
        part_folder(source, tmp_path / "parts", 6)
    assert not (tmp_path / "parts").exists()
    (source / "stops.parquet").unlink()
    assert part_folder(source, tmp_path / "parts", 6) > 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["parts", "source"]
