"""Coordinates, several places and empty words in the cells of a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.geocoding.gazetteer import default_gazetteer
from dashboard.importers.imported import Imported, quiet
from dashboard.importers.table import importer
from dashboard.importers.writing import write
from dashboard.travel.build import load

pytestmark = pytest.mark.long


def read(folder: Path, text: str) -> Imported:
    (folder / "a.csv").write_text(text, "utf-8")
    return importer.read(folder / "a.csv", quiet, geocoder=default_gazetteer())


# Country, latitude and longitude as written, the point that is taken, what is said of the row.
COORDINATES = [
    ("FRA", "48.1", "2.2", ("48.1", "2.2"), ""),
    ("FRA", "48,1", "2,2", ("48.1", "2.2"), ""),
    ("FRA", "48°30'N", "2°15'E", ("48.5", "2.25"), ""),
    ("FRA", "2.2", "48.1", ("2.2", "48.1"), "latitude and longitude may have changed places"),
    ("FRA", "-48.1", "2.2", ("-48.1", "2.2"), "lie far from France; check them"),
    ("JPN", "139.7", "35.7", ("", ""), "cannot be read"),
    ("FRA", "95", "2.2", ("", ""), "cannot be read"),
    ("FRA", "0", "0", ("", ""), "cannot be read"),
    ("FRA", "48.1", "", ("", ""), "cannot be read"),
    ("FRA", "here", "there", ("", ""), "cannot be read"),
]


def test_coordinates_of_the_table(tmp_path: Path) -> None:
    written = [
        f'Ada,{iso3},Xanadu {at},"{latitude}","{longitude}",2018-01-{at + 1:02}\n'
        for at, (iso3, latitude, longitude, _, _) in enumerate(COORDINATES)
    ]
    found = read(tmp_path, "leader,country,place,latitude,longitude,arrived\n" + "".join(written))
    places = {row["place"]: row for row in found.tables["places"].to_dict("records")}
    for at, (_, _, _, point, said) in enumerate(COORDINATES):
        place = places[f"Xanadu {at}"]
        assert (place["latitude_deg"], place["longitude_deg"]) == point
        assert place["provider"] == ("the file" if point[0] else "")
        told = [one.what for one in found.doubts if one.row == at + 2]
        assert told == [] if not said else said in told[0]
    write(found, tmp_path / "data")
    assert len(load(tmp_path / "data").trips) == len(COORDINATES)


def test_places_of_one_cell_are_stops_of_one_trip(tmp_path: Path) -> None:
    text = 'leader,country,place,arrived\nAda,South Africa,"Pretoria, Durban",2018-01-01\nAda,Norway,Oslo,2018-01-01\n'
    stops = read(tmp_path, text).tables["stops"]
    assert stops[["trip_id", "place"]].to_numpy().tolist() == [
        ["ada-2018-01-01", "Pretoria"],
        ["ada-2018-01-01", "Durban"],
        ["ada-2018-01-01-2", "Oslo"],
    ]


@pytest.mark.parametrize("word", ["NA", "N/A", "n/a", "-", "unknown", "?", "None", "--", "TBD", "k.A.", "s/d", "미상"])
def test_words_for_nothing_are_empty_and_told(tmp_path: Path, word: str) -> None:
    text = f"leader,country,place,arrived,left\nAda,Mexico,{word},2018-01-01,{word}\nAda,NA,Windhoek,2018,2018\n"
    found = read(tmp_path, text)
    assert found.tables["stops"][["place", "country_iso3", "left"]].to_numpy().tolist() == [
        ["Mexico", "MEX", ""],
        ["Windhoek", "NAM", "2018"],
    ]
    assert any("stands for an empty cell" in one.what for one in found.doubts if one.row == 2)
