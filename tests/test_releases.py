"""Two releases of the data compared row by row."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.claims.releases import compare
from dashboard.tables.reading import read_folder
from tests.conftest import DATA
from tests.world import WORLD, changed, make_folder


def differences(tmp_path: Path, **tables: str) -> list[str]:
    old, new = make_folder(tmp_path / "old"), make_folder(tmp_path / "new", **tables)
    return list(compare(read_folder(old), read_folder(new)))


def test_a_release_is_the_same_as_itself() -> None:
    assert list(compare(read_folder(DATA), read_folder(DATA))) == []


def test_every_row_and_cell_that_two_releases_do_not_share(tmp_path: Path) -> None:
    stops = WORLD["stops"].replace("S-1,1,Nukunonu,TKL,,,unknown,visit,reported\n", "")
    evidence = WORLD["evidence"] + "N-2,trip,seen there,Example Times,,supports\n"
    tables = changed("trips", "2019-07-14?", "2019-07-15") | {"stops": stops, "evidence": evidence}
    assert differences(tmp_path, **tables) == [
        "trips: N-3: back_home '2019-07-14?' becomes '2019-07-15'",
        "stops: S-1 / 1 removed",
        "evidence: N-2 / trip / Example Times / seen there added",
    ]


def test_rows_in_another_order_are_the_same_rows(tmp_path: Path) -> None:
    head, *rows = WORLD["meetings"].splitlines(keepends=True)
    assert differences(tmp_path, meetings="".join([head, *reversed(rows)])) == []


def test_rows_of_one_name_are_told_apart(tmp_path: Path) -> None:
    twice = WORLD["evidence"] + "N-3,back_home,15 July,Example Post,https://example.org/again,disputes\n"
    assert differences(tmp_path, evidence=twice) == ["evidence: N-3 / back_home / Example Post / 15 July (2) added"]


def test_the_command_names_them_and_counts_them(tmp_path: Path) -> None:
    old, new = make_folder(tmp_path / "old"), make_folder(tmp_path / "new", **changed("trips", "one day", "a day"))
    done = CliRunner().invoke(main, ["compare", str(old), str(new)])
    assert (done.exit_code, done.output) == (0, "trips: N-2: note 'one day' becomes 'a day'\n1 difference\n")
