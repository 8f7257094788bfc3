"""Files as people save them: encodings, line ends, quotes, blank lines, Parquet."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from dashboard.tables.parquet import write_checked
from dashboard.tables.reading import Fault, parse_csv, read_folder
from dashboard.tables.schema import PLACES, ROUTES, TABLES, TRIPS
from dashboard.travel.build import Travel, check, load
from tests.world import WORLD, changed, faults_of, header, make_folder

ROUTES_HEADER = "mode,from_place,to_place,through"
ROUTE = "car,anchorage-usa,whitehorse-can,tok-usa"


def read(text: str) -> tuple[list[int], list[str]]:
    """Lines of the rows read, and the faults."""
    frame, faults = parse_csv(text, ROUTES, "routes.csv")
    return list(frame.index), [str(fault) for fault in faults]


def test_a_fault_says_file_line_and_what() -> None:
    assert str(Fault("stops.csv", 14, "wrong")) == "stops.csv:14: wrong"
    assert str(Fault("stops.csv", None, "missing")) == "stops.csv: missing"


def test_the_world_has_no_fault(tmp_path: Path) -> None:
    assert faults_of(make_folder(tmp_path)) == []


@pytest.mark.parametrize(
    "encode",
    [
        pytest.param(lambda text: text.encode("utf-8-sig"), id="byte order mark"),
        pytest.param(lambda text: text.replace("\n", "\r\n").encode(), id="Windows line ends"),
        pytest.param(lambda text: text.replace("\n", "\r").encode(), id="old Macintosh line ends"),
        pytest.param(lambda text: text.rstrip("\n").encode(), id="no line end at the end"),
        pytest.param(lambda text: text.replace("\n", "\n\n").encode(), id="blank lines"),
        pytest.param(lambda text: text.encode() + b",,,,\n", id="a row of empty cells"),
        pytest.param(lambda text: text.replace(",", " , ").encode(), id="blanks around cells"),
    ],
)
def test_what_spreadsheets_write_is_read(tmp_path: Path, encode: object) -> None:
    assert callable(encode)
    plain, other = read_folder(make_folder(tmp_path / "plain")), tmp_path / "other"
    again = read_folder(make_folder(other, **{table: encode(WORLD[table]) for table in ("places", "routes", "trips")}))
    assert check(again) == []
    for table, frame in plain.frames.items():
        pd.testing.assert_frame_equal(again.frames[table].reset_index(drop=True), frame.reset_index(drop=True))


def test_line_numbers_count_lines_of_the_file_not_rows() -> None:
    text = f'{ROUTES_HEADER}\n\n{ROUTE}\n"car","a\nb\nc",d,\n{ROUTE}\nshort,row\n'
    assert read(text) == (
        [3, 4, 7],
        ["routes.csv:8: 2 cells where the header has 4; add the missing commas"],
    )


def test_a_row_with_too_many_cells_is_left_out() -> None:
    assert read(f"{ROUTES_HEADER}\n{ROUTE},more\n{ROUTE}\n") == (
        [3],
        ["routes.csv:2: 5 cells where the header has 4; put a cell that holds a comma in double quotes"],
    )


def test_a_quote_that_never_closes() -> None:
    assert read(f'{ROUTES_HEADER}\n{ROUTE}\ncar,"anchorage-usa,b,\n{ROUTE}\n') == (
        [],
        ["routes.csv:3: cannot be read as CSV (unexpected end of data); look for a quote that is not closed"],
    )


def test_a_quote_that_closes_in_a_later_row() -> None:
    assert read(f'{ROUTES_HEADER}\ncar,"a,b,\n{ROUTE}\ncar,"c",d,\n') == (
        [],
        ["routes.csv:2: cannot be read as CSV (',' expected after '\"'); look for a quote that is not closed"],
    )


def test_a_quote_inside_a_cell_is_text() -> None:
    frame, faults = parse_csv(f'{ROUTES_HEADER}\ncar,5" gauge,"say ""b""",\n', ROUTES, "routes.csv")
    assert (frame.loc[2, "from_place"], frame.loc[2, "to_place"], faults) == ('5" gauge', 'say "b"', [])


def test_nul_bytes_are_named_and_the_rest_is_read() -> None:
    assert read(f"{ROUTES_HEADER}\nca\0r,a,b,\n") == (
        [2],
        ["routes.csv:2: a NUL byte, as UTF-16 has them; save the file as CSV UTF-8"],
    )


@pytest.mark.parametrize("text", ["", "\n\n", " \n\t\n"])
def test_an_empty_file(text: str) -> None:
    assert read(text) == ([], [f"routes.csv:1: the file is empty; its first line must be {ROUTES_HEADER}"])


def test_a_header_alone_is_a_table_without_rows() -> None:
    frame, faults = parse_csv(ROUTES_HEADER, ROUTES, "routes.csv")
    assert (list(frame.columns), len(frame), faults) == (ROUTES.names, 0, [])


def test_a_column_that_stands_twice() -> None:
    assert read(f"{ROUTES_HEADER},mode\n{ROUTE},car\n") == (
        [2],
        ["routes.csv:1: column 'mode' stands twice; keep one"],
    )


def test_ten_megabytes_on_one_line() -> None:
    assert read("x," * 5_000_000) == (
        [],
        [f"routes.csv:1: 5,000,001 columns; the first line must be {ROUTES_HEADER}"],
    )
    assert read("x" * 10_000_000) == (
        [],
        ["routes.csv:1: a cell of more than 131,072 characters; look for a quote that is not closed"],
    )
    assert read(f"{ROUTES_HEADER}\n" + "x," * 5_000_000) == (
        [],
        ["routes.csv:2: 5000001 cells where the header has 4; put a cell that holds a comma in double quotes"],
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (changed("trips", "New Year", "Año")["trips"].encode("latin-1"), "2: byte 0xf1 is not UTF-8"),
        (WORLD["trips"].encode("utf-16"), "1: byte 0xff is not UTF-8"),
        (WORLD["trips"].encode("utf-16-be"), "1: a NUL byte, as UTF-16 has them"),
    ],
    ids=["latin-1", "UTF-16", "UTF-16 without mark"],
)
def test_other_encodings_are_refused_once_and_accuse_no_other_table(tmp_path: Path, content: bytes, said: str) -> None:
    assert faults_of(make_folder(tmp_path, trips=content)) == [f"trips.csv:{said}; save the file as CSV UTF-8"]


def test_a_missing_file_that_is_needed(tmp_path: Path) -> None:
    assert faults_of(make_folder(tmp_path, trips=None)) == [
        f"trips.csv: missing: write it with the header {','.join(TRIPS.names)}"
    ]


def test_files_that_are_not_needed_may_be_missing(tmp_path: Path) -> None:
    folder = make_folder(tmp_path, **{table.name: None for table in TABLES if not table.needed})
    assert faults_of(folder) == []
    assert len(load(folder).meetings) == 0


def test_a_missing_folder(tmp_path: Path) -> None:
    folder = tmp_path / "nowhere"
    assert faults_of(folder) == [f"{folder}: no such folder: name a folder that holds trips.csv and the other tables"]


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    file = tmp_path / "trips.csv"
    file.write_text(WORLD["trips"], encoding="utf-8")
    assert faults_of(file) == [f"{file}: no such folder: name a folder that holds trips.csv and the other tables"]


def as_parquet(folder: Path, table: str) -> pd.DataFrame:
    """Take a table's CSV away; what it held, with numbers as numbers."""
    file = folder / f"{table}.csv"
    frame = pd.read_csv(file)
    file.unlink()
    return frame


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_parquet_gives_what_csv_gives(tmp_path: Path, travel: Travel, table: str) -> None:
    folder = make_folder(tmp_path)
    as_parquet(folder, table).to_parquet(folder / f"{table}.parquet")
    after = load(folder)
    for name in ("leaders", "trips", "stops", "meetings", "evidence", "places"):
        pd.testing.assert_frame_equal(getattr(after, name), getattr(travel, name))


@pytest.mark.parametrize("partition", ["leader_id", "year"])
def test_parquet_in_partitions(tmp_path: Path, partition: str) -> None:
    folder = make_folder(tmp_path)
    trips = as_parquet(folder, "trips").assign(year=2018)
    trips.to_parquet(folder / "trips.parquet", partition_cols=[partition, *({"year"} - {partition})])
    assert sorted(load(folder).trips["trip_id"]) == ["N-1", "N-2", "N-3", "S-1"]


def test_parquet_is_held_to_the_same_columns(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    trips = as_parquet(folder, "trips").drop(columns="note").assign(mood="good")
    trips.to_parquet(folder / "trips.parquet")
    assert faults_of(folder) == [
        f"trips.parquet:1: unknown column 'mood'; remove it; the columns are {', '.join(TRIPS.names)}",
        "trips.parquet:1: missing column note; add it, empty where nothing is known",
    ]


def test_parquet_that_is_none(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    (folder / "trips.parquet").write_bytes(b"PK not parquet")
    assert faults_of(folder) == ["trips.parquet: cannot be read as Parquet; write it anew, or save the table as CSV"]


@pytest.mark.parametrize(
    ("package", "day"),
    [(json.dumps({"data_as_of": "2026-11-23"}), "2026-11-23"), ("{}", ""), ("[]", "")],
)
def test_the_day_of_the_data(tmp_path: Path, package: str, day: str) -> None:
    (make_folder(tmp_path) / "datapackage.json").write_text(package, encoding="utf-8")
    assert load(tmp_path).data_as_of == day


def test_a_description_that_is_not_json(tmp_path: Path) -> None:
    (make_folder(tmp_path) / "datapackage.json").write_text("{", encoding="utf-8")
    assert faults_of(tmp_path) == ["datapackage.json: is not JSON in UTF-8; correct it, or remove it"]


def test_a_day_of_the_data_that_is_none(tmp_path: Path) -> None:
    (make_folder(tmp_path) / "datapackage.json").write_text('{"data_as_of": "soon"}', encoding="utf-8")
    assert faults_of(tmp_path) == ["datapackage.json: bad day 'soon' in data_as_of; write a day as YYYY-MM-DD"]


def test_a_table_without_rows(tmp_path: Path) -> None:
    tables = {table.name: header(table.name) for table in TABLES if table.name != "leaders"}
    assert (
        len(load(make_folder(tmp_path, **tables, leaders=changed("leaders", "Anchorage,USA", ",")["leaders"])).trips)
        == 0
    )


def test_a_table_written_as_checked_is_not_checked_again(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    frames = read_folder(folder).frames
    for name in ("trips", "stops"):
        (folder / f"{name}.csv").unlink()
    write_checked(frames["trips"], folder / "trips.parquet")
    frames["stops"].to_parquet(folder / "stops.parquet", index=False)
    assert read_folder(folder).checked == {"trips"}
    assert load(folder).trips["trip_id"].tolist() == frames["trips"]["trip_id"].tolist()


def in_parts(path: Path) -> dict[str, pd.DataFrame]:
    """A folder whose trips and stops lie in checked parts by a letter; the frames as they were."""
    frames = read_folder(make_folder(path)).frames
    letters = dict(zip(frames["trips"]["trip_id"], "abab", strict=True))
    for name in ("trips", "stops"):
        (path / f"{name}.csv").unlink()
        parts = frames[name]["trip_id"].map(letters).rename("letter")
        write_checked(frames[name], path / f"{name}.parquet", parts)
    return frames


def test_checked_parts_give_what_csv_gives(tmp_path: Path) -> None:
    frames = in_parts(tmp_path)
    folder = read_folder(tmp_path)
    assert folder.checked == {"trips", "stops"}
    for name in ("trips", "stops"):
        key = ["trip_id", "stop"][: len(folder.frames[name].columns) - 8]
        read, written = (
            frame.sort_values(list(key), ignore_index=True) for frame in (folder.frames[name], frames[name])
        )
        pd.testing.assert_frame_equal(read, written)
    assert len(load(tmp_path).stops) == len(frames["stops"])


def test_a_part_that_is_edited_or_gone_is_checked_again(tmp_path: Path) -> None:
    in_parts(tmp_path)
    part = tmp_path / "trips.parquet" / "letter=a" / "rows.parquet"
    pd.read_parquet(part).assign(left_home="soon").to_parquet(part)
    assert read_folder(tmp_path).checked == {"stops"}
    assert any("bad date 'soon' in left_home" in fault for fault in faults_of(tmp_path))
    part.unlink()
    assert read_folder(tmp_path).checked == {"stops"}
    assert any("without trip" in fault for fault in faults_of(tmp_path))


def test_parts_are_told_apart_by_their_text(tmp_path: Path) -> None:
    folder = make_folder(tmp_path)
    trips = as_parquet(folder, "trips")
    ids = {name: f"{number:03}" for number, name in enumerate(trips["leader_id"].unique())}
    trips.assign(leader_id=trips["leader_id"].map(ids)).to_parquet(
        folder / "trips.parquet", partition_cols=["leader_id"]
    )
    assert set(read_folder(folder).frames["trips"]["leader_id"]) == set(ids.values())


def test_a_file_from_before_a_column_was_thought_of_is_read_as_saying_nothing_there(tmp_path: Path) -> None:
    optional = [column.name for column in PLACES.columns if column.optional]
    older = [",".join(line.split(",")[: -len(optional)]) + "\n" for line in WORLD["places"].splitlines()]
    old, new = make_folder(tmp_path / "old", places="".join(older)), make_folder(tmp_path / "new")
    assert optional == ["query", "asked", "candidates", "candidates_in_all", "reviewer", "same_as", "name_ko"]
    assert faults_of(old) == []
    frames = [read_folder(path).frames["places"] for path in (old, new)]
    assert list(frames[0].columns) == PLACES.names
    assert (frames[0][optional] == "").to_numpy().all()
    said, again = (frame.drop(columns=optional) for frame in frames)
    pd.testing.assert_frame_equal(said, again)
