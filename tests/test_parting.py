"""A data folder in parts holds what it held in one, each trip whole in one part, and shows the same."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.cluster.parting import PartingError, part_folder
from dashboard.cluster.stored import OF_TRIPS, part_names, read_part
from dashboard.query.selection import Selection
from dashboard.query.summaries import summarise
from dashboard.tables.reading import AS_OF, read_folder
from dashboard.travel.build import Travel, load
from tests.conftest import DATA

# Dask 2026.8.0 reads Parquet with a keyword that pandas 3.1 has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword:DeprecationWarning")


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
    assert part_folder(source, to, 6) == 4
    folders = [read_part(to, name) for name in part_names(to)]
    assert 1 < len(folders) <= 4
    whole = read_folder(source).frames
    for name in OF_TRIPS:
        parted = pd.concat([folder.frames[name] for folder in folders])
        assert rows(parted[whole[name].columns]) == rows(whole[name])
    for folder in folders:
        order = whole["stops"].loc[whole["stops"]["trip_id"].isin(folder.frames["trips"]["trip_id"])]
        assert folder.frames["stops"].to_numpy().tolist() == order.to_numpy().tolist()


def test_a_folder_in_parts_counts_the_same(source: Path, tmp_path: Path, shipped: Travel) -> None:
    done = CliRunner().invoke(main, ["part", str(source), "--to", str(tmp_path / "parts"), "--trips", "5"])
    assert (done.exit_code, done.output) == (0, f"wrote {tmp_path / 'parts'}: 5 parts\n")
    travel = load(tmp_path / "parts")
    one, other = summarise(travel, Selection()), summarise(shipped, Selection())
    assert one.figures == other.figures
    assert one.countries.sum(axis=1).to_dict() == other.countries.sum(axis=1).to_dict()
    assert travel.data_as_of == shipped.data_as_of


def test_only_parquet_is_put_into_parts_and_only_into_a_new_folder(source: Path, tmp_path: Path) -> None:
    with pytest.raises(PartingError, match=r"holds no trips\.parquet: only Parquet is put into parts"):
        part_folder(DATA, tmp_path / "parts")
    with pytest.raises(PartingError, match="is not empty: name a new folder"):
        part_folder(source, source)
