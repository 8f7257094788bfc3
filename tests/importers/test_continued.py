"""Cells that the rows above complete, and clock times, which are no years and may be of the next day."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.importers.imported import ImportingError, quiet
from dashboard.importers.options import Options
from dashboard.importers.table import importer
from dashboard.importers.table.clock import days_later, holds_times
from dashboard.importers.table.continued import numbers_with_gaps
from tests.shapes import FOLDER

pytestmark = pytest.mark.long


@pytest.mark.parametrize(
    ("cells", "are"),
    [
        (["0905", "0755+1", "1850"], True),
        (["18:30", "7:05 pm", ""], True),
        (["0905 (+1)", "2015Z"], True),
        (["2015", "2016"], False),
        (["2015", "2016-03-04"], False),
        (["1234", "9999"], False),
        ([""], False),
    ],
)
def test_clock_times_are_told_from_years(cells: list[str], are: bool) -> None:
    assert holds_times(cells) == are


def test_plus_one_is_the_next_day() -> None:
    assert [days_later(text) for text in ("0755+1", "07:55 (+2)", "0755", "2018-03-04")] == [1, 2, 0, 0]
    flights = importer.read(FOLDER / "clock-times.tsv", quiet, Options(leader="Ada"))
    assert flights.tables["stops"]["arrived"].tolist() == ["2024-06-13", "2024-06-15", "2024-07-09", "2024-07-12"]


def test_a_night_flight_lands_on_the_next_day(tmp_path: Path) -> None:
    text = (
        "Date,From,To,STD,STA\n2024-06-12,KJFK,LFPG,2130,1045\n2024-06-15,LFPG,KJFK,1000,1215\n"
        "2024-06-20,RJTT,PHNL,2130,0945\n2024-06-22,PHNL,RJTT,1000,1315\n2024-06-25,RJTT,EDDB,23:55,06:05+1\n"
    )
    (tmp_path / "log.csv").write_text(text, "utf-8")
    flights = importer.read(tmp_path / "log.csv", quiet, Options(leader="Ada"))
    landed = dict(zip(flights.tables["stops"]["place"], flights.tables["stops"]["arrived"], strict=True))
    # East over the date line a flight lands before it leaves, on the same day.
    assert (landed["Paris"], landed["Honolulu"], landed["Berlin"]) == ("2024-06-13", "2024-06-20", "2024-06-26")
    night = "it lands at an earlier clock time than it left at: the arrival is taken as on the day after the date"
    assert [one.row for one in flights.doubts if one.what == night] == [2]


def test_clock_times_are_refused_as_days() -> None:
    with pytest.raises(ImportingError, match="column 'ATA' holds clock times such as '0905' and no days"):
        importer.read(FOLDER / "clock-times.tsv", quiet, Options(leader="Ada", columns={"ATA": "arrived"}))


@pytest.mark.parametrize(
    ("cells", "are"), [(["1", "", "2"], True), (["1", "2", "3"], False), (["1", "1", ""], False), (["a", ""], False)]
)
def test_a_number_with_empty_cells_below_is_that_of_a_trip(cells: list[str], are: bool) -> None:
    assert numbers_with_gaps(cells) == are


def test_days_without_a_year_take_that_of_the_rows_above() -> None:
    trips = importer.read(FOLDER / "merged-cells.csv", quiet, Options(leader="Ada"))
    assert trips.tables["trips"]["trip_id"].tolist() == ["1", "2", "3"]
    assert trips.tables["stops"]["arrived"].tolist() == [
        *("2017-11-05", "2017-12-28", "2018-01-01?", "2018-01-05?", "2018-04-15", "2018-04-17?"),
    ]
