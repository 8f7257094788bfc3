"""The days and ends of journeys in a table: what is not sure reorders nothing, and the way home is no visit."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.geocoding.gazetteer import Gazetteer
from dashboard.importers.imported import Imported, quiet
from dashboard.importers.stops import expected_later, sequence
from dashboard.importers.table import importer
from dashboard.importers.writing import write
from dashboard.query.rows import trip_rows
from dashboard.travel.build import load

pytestmark = pytest.mark.long

GAZETTEER = Gazetteer()
HEADER = "trip,leader,leader country,country,place,arrived,left,left_home,back_home\n"


def read(folder: Path, *rows: str) -> Imported:
    (folder / "trips.csv").write_text(HEADER + "\n".join(rows) + "\n", "utf-8")
    return importer.read(folder / "trips.csv", quiet, geocoder=GAZETTEER)


def shown(imported: Imported, folder: Path) -> dict[Hashable, object]:
    """The one trip, as the table shows it."""
    write(imported, folder / "data")
    return trip_rows(load(folder / "data")).iloc[0].to_dict()


def stops(imported: Imported) -> list[tuple[str, ...]]:
    columns = ["place", "arrived", "left", "kind"]
    return list(imported.tables["stops"][columns].itertuples(index=False, name=None))


def test_a_month_between_two_days_stays_where_it_was_written(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        "A,Ada,USA,France,Paris,2018-04-10,2018-04-11,,",
        "A,Ada,USA,Germany,Berlin,2018-04,,,",
        "A,Ada,USA,Poland,Warsaw,2018-04-14,2018-04-15,,",
    )
    trip = shown(imported, tmp_path)
    assert (trip["places"], trip["left_home"]) == ("Paris; Berlin; Warsaw", "2018-04-10?")
    assert trip["distance_km"] == 14_778


@pytest.mark.parametrize(
    ("days", "placed"),
    [
        (["2018-04-10", "2018-04", "2018-04-14"], ["2018-04-10", "2018-04-10", "2018-04-14"]),
        (["2018-04", "2018-04-10"], ["2018-04-10", "2018-04-10"]),
        (["2018-04-10", "2018-05", "2018", "2018-06-01"], ["2018-04-10", "2018-05-01", "2018-05-01", "2018-06-01"]),
        (["2018-05-03", "201X", "2018-03/2018-06", ""], ["2018-05-03"] * 4),
        # What cannot be that day goes as near as it can.
        (["2018-05", "2018-04-10"], ["2018-05-01", "2018-04-10"]),
        (["2018-04-10", "2018-03"], ["2018-04-10", "2018-03-31"]),
        (["", "2018-04-10"], ["", "2018-04-10"]),
    ],
)
def test_a_less_exact_day_stays_as_written(days: list[str], placed: list[str]) -> None:
    found = sequence(pd.Series(["A"] * len(days)), pd.Series(days))
    assert found.dt.strftime("%Y-%m-%d").fillna("").tolist() == placed


def test_a_last_row_at_home_is_the_way_home(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        "A,Ada,USA,France,Paris,2019-03-01,2019-03-03,,",
        "A,Ada,USA,United States,Washington,2019-03-04,,,",
    )
    assert stops(imported) == [("Paris", "2019-03-01", "2019-03-03", "visit"), ("Washington", "2019-03-04", "", "home")]
    assert imported.doubts == ()
    trip = shown(imported, tmp_path)
    assert (trip["countries"], trip["back_home"], trip["days"]) == ("France", "2019-03-04", 4)


def test_a_first_row_at_home_is_the_day_of_leaving(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        "A,Ada,USA,United States,Washington,2019-02-28,2019-02-28,,",
        "A,Ada,USA,France,Paris,2019-03-01,2019-03-03,,",
        "A,Ada,USA,United States,,2019-03-04,,,",
    )
    trip = shown(imported, tmp_path)
    assert (trip["places"], trip["left_home"], trip["back_home"]) == ("Paris", "2019-02-28", "2019-03-04")


def test_other_rows_in_the_own_country_are_told(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        "A,Ada,USA,France,Paris,2019-03-01,,,",
        "A,Ada,USA,United States,Honolulu,2019-03-04,,,",
        "A,Ada,USA,Japan,Tokyo,2019-03-06,,,",
        "A,Ada,USA,United States,Anchorage,2019-03-08,,,",
        "A,Ada,USA,United States,Chicago,2019-03-09,,,",
    )
    assert [kind for *_, kind in stops(imported)] == ["visit", "visit", "visit", "transit", "home"]
    assert [(one.row, one.what) for one in imported.doubts] == [
        (6, "Chicago is in the leader's own country: taken as the way home"),
        (3, "Honolulu is in the leader's own country, which counts as a country visited"),
    ]


def test_days_of_leaving_and_of_return_that_the_stops_contradict_are_told(tmp_path: Path) -> None:
    imported = read(tmp_path, "A,Ada,USA,France,Paris,2019-03-01,2019-03-03,2019-03-02,2019-03-02")
    trips = imported.tables["trips"][["left_home", "back_home"]]
    assert trips.to_numpy().tolist() == [["2019-03-01?", ""]]
    assert [one.what for one in imported.doubts] == [
        "left_home 2019-03-02 is after the first stop; the first day abroad is taken",
        "back_home 2019-03-02 is before the last stop; left empty",
    ]


def test_what_is_still_to_come_is_expected() -> None:
    rows = pd.DataFrame({"arrived": ["2026-11-24", "2026-11", "2031", "", "2026-11-23"], "certainty": "reported"})
    found = expected_later(rows, date(2026, 11, 23))["certainty"]
    assert found.tolist() == ["expected", "reported", "expected", "reported", "reported"]


def test_an_import_reports_nothing_of_the_future(tmp_path: Path) -> None:
    imported = read(tmp_path, "A,Ada,USA,France,Paris,2131-03-01,,,", "B,Ada,USA,France,Paris,2019-03-01,,,")
    assert imported.tables["stops"]["certainty"].tolist() == ["expected", "inferred", "reported", "inferred"]


def test_a_day_that_the_date_line_gives_back_reorders_nothing(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        "A,Ada,NZL,Samoa,Apia,2019-10-10,2019-10-10,,",
        "A,Ada,NZL,American Samoa,Pago Pago,2019-10-09,2019-10-11,,",
        "A,Ada,NZL,Samoa,Apia,2019-10-13,2019-10-13,,",
    )
    assert stops(imported)[:3] == [
        ("Apia", "2019-10-10", "2019-10-10", "visit"),
        ("Pago Pago", "2019-10-09", "2019-10-11", "visit"),
        ("Apia", "2019-10-13", "2019-10-13", "visit"),
    ]
    assert shown(imported, tmp_path)["left_home"] == "2019-10-10?"


def test_without_the_date_line_a_day_earlier_comes_first(tmp_path: Path) -> None:
    rows = ["A,Ada,NZL,France,Paris,2019-10-10,2019-10-10,,", "A,Ada,NZL,Germany,Berlin,2019-10-09,2019-10-09,,"]
    assert [place for place, *_ in stops(read(tmp_path, *rows))][:2] == ["Berlin", "Paris"]
