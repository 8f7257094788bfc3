"""Corrections: a patch prefilled for a trip, and what becomes of the files when it is applied."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from dashboard.__main__ import main
from dashboard.claims.corrections import PATCH, CorrectionError, apply, corrected, prefilled
from dashboard.datasets.datasets import Datasets
from dashboard.datasets.store import Store
from dashboard.downloads import register
from dashboard.travel.build import load
from tests.world import WORLD, make_folder, make_travel

HEAD = ",".join(PATCH.names)


def patch_of(path: Path, *rows: str) -> Path:
    file = path / "patch.csv"
    file.write_text("\n".join([HEAD, *rows]) + "\n", "utf-8")
    return file


def contents(folder: Path) -> dict[str, str]:
    return {file.stem: file.read_text("utf-8") for file in folder.glob("*.csv")}


def test_a_patch_changes_the_cells_it_names_and_not_another_byte(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "data")
    patch = patch_of(
        tmp_path,
        "trips,N-3,back_home,2019-07-14?,2019-07-14",
        'trips,N-3,note,,"seen there, twice"',
        "stops,N-2 / 1,kind,visit,visit",
        "meetings,N-1 / 2018-12-31 / Vera West,setting,host,unknown",
    )
    assert apply(patch, folder) == [
        "trips.csv:4: back_home '2019-07-14?' becomes '2019-07-14'",
        "trips.csv:4: note '' becomes 'seen there, twice'",
        "meetings.csv:2: setting 'host' becomes 'unknown'",
    ]
    after = contents(folder)
    trips = WORLD["trips"].replace(
        "2019-07-14?,two cities of one name,,", '2019-07-14,two cities of one name,,"seen there, twice"'
    )
    assert after["trips"] == trips
    assert after["meetings"] == WORLD["meetings"].replace("RUS,Anadyr,host", "RUS,Anadyr,unknown")
    assert {name: after[name] for name in WORLD if name not in ("trips", "meetings")} == {
        name: text for name, text in WORLD.items() if name not in ("trips", "meetings")
    }
    assert [file.name for file in tmp_path.iterdir() if file.name.startswith(".")] == []


REFUSED = [
    ("trips,N-9,note,,new", "patch.csv:2: 0 rows of trips.csv are called 'N-9'; there must be one"),
    ("trips,N-1,note,old,new", "patch.csv:2: note of N-1 is '' and not 'old'; look at it anew"),
    ("trips,N-1,note,,", "patch.csv: changes nothing; write into becomes what shall stand there"),
    ("trips,N-1,back_home,2019-01-02,yesterday", "trips.csv:2: bad date 'yesterday' in back_home; write an EDTF date"),
    ("stops,N-2 / 1,place,Whitehorse,Tok", "stops.csv:4: unknown place 'Tok', CAN;"),
    ("claims,by-plane,query,leader=ada-north&transport=plane,colour=red", "claims.csv:2: by-plane cannot be measured:"),
    ("moods,N-1,note,,new", "patch.csv:2: unknown 'moods' in table; write one of leaders, trips,"),
    ("trips,N-1,mood,,new", "patch.csv:2: trips.csv has no column 'mood'; write one of trip_id, leader_id,"),
]


@pytest.mark.parametrize(("row", "said"), REFUSED)
def test_a_patch_that_is_wrong_changes_nothing(tmp_path: Path, row: str, said: str) -> None:
    folder = make_folder(tmp_path / "data")
    with pytest.raises(CorrectionError) as raised:
        apply(patch_of(tmp_path, row), folder)
    assert str(raised.value).startswith(said)
    assert str(raised.value).endswith("; nothing was changed")
    assert contents(folder) == WORLD


def test_a_prefilled_patch_changes_nothing_until_a_cell_does(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "data")
    rows = list(csv.reader(io.StringIO(prefilled(make_travel(), "N-1").decode())))
    assert rows[0] == PATCH.names
    assert all(row[3] == row[4] for row in rows[1:])
    assert {row[0] for row in rows[1:]} == {"trips", "stops", "meetings", "evidence"}
    # Every cell is found again: with a space behind each, as spreadsheets never add one, it is what stands there.
    with pytest.raises(CorrectionError, match="changes nothing"):
        apply(patch_of(tmp_path, *(",".join(f'"{cell}"' for cell in row) for row in rows[1:])), folder)
    filled = [[*row[:4], "2019-01-03" if row[2] == "back_home" else row[4]] for row in rows[1:]]
    apply(patch_of(tmp_path, *(",".join(f'"{cell}"' for cell in row) for row in filled)), folder)
    assert load(folder).trips["back_home"].iloc[0] == "2019-01-03"


def test_the_command_says_what_it_changed_or_why_not(tmp_path: Path) -> None:
    folder, patch = make_folder(tmp_path / "data"), patch_of(tmp_path, "trips,N-2,outcome,,a talk")
    done = CliRunner().invoke(main, ["apply", str(patch), str(folder)])
    assert (done.exit_code, done.output) == (0, "trips.csv:3: outcome '' becomes 'a talk'\n")
    again = CliRunner().invoke(main, ["apply", str(patch), str(folder)])
    assert again.exit_code == 1
    assert again.output.startswith("Error: patch.csv:2: outcome of N-2 is 'a talk' and not ''; look at it anew")


CELL = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\u2028\x85"), max_size=8)


@given(rows=st.lists(st.tuples(CELL, CELL), min_size=1, max_size=4), at=st.integers(0, 3), value=CELL)
def test_all_other_cells_stay_whatever_they_hold(rows: list[tuple[str, str]], at: int, value: str) -> None:
    at %= len(rows)
    text = io.StringIO()
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("a", "b"), *rows])
    lines = [2 + sum(one.count("\n") + two.count("\n") + 1 for one, two in rows[:row]) for row in range(len(rows))]
    after = list(csv.reader(io.StringIO(corrected(text.getvalue(), {(lines[at], "b"): value}), newline="")))
    assert after == [["a", "b"], *([one, value if row == at else two] for row, (one, two) in enumerate(rows))]


def test_the_page_gives_the_patch_of_its_open_trip(tmp_path: Path) -> None:
    server = Flask(__name__)
    register(server, Datasets(make_travel(), Store(tmp_path)))
    answer = server.test_client().get("/patch.csv?trip=N-2")
    assert (answer.status_code, answer.mimetype) == (200, "text/csv")
    assert "trips,N-2,note,one day,one day\r\n" in answer.text
    assert server.test_client().get("/patch.csv").text == HEAD + "\r\n"
    assert server.test_client().get("/patch.csv?trip=N-9").status_code == 400
