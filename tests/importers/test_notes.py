"""What stands in the cells of a list beside names and days: marks of footnotes, notes, countries in brackets, sums."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.importers.countries import country_code
from dashboard.importers.findings import findings, lacking, report
from dashboard.importers.imported import Imported, quiet
from dashboard.importers.options import Options
from dashboard.importers.table import importer

pytestmark = pytest.mark.long


def read(folder: Path, text: str, **said: Any) -> Imported:
    (folder / "trips.csv").write_text(text, "utf-8")
    return importer.read(folder / "trips.csv", quiet, Options(leader="Ada North", **said))


@pytest.mark.parametrize("name", ["EE.UU.", "EE. UU.", "EE.UU", "EEUU", "USA", "U.S.", "U.S.A."])
def test_the_united_states_are_known_by_their_short_names(name: str) -> None:
    assert country_code(name) == "USA"


@pytest.mark.parametrize("between", [", ", "; ", " y ", ", and "])
def test_towns_with_their_countries_in_brackets_are_several_stops(between: str, tmp_path: Path) -> None:
    cell = between.join(["Nueva Delhi (India)", "Yakarta (Indonesia)"])
    stops = read(tmp_path, f'place,arrived\n"{cell}",2023-03-01\n').tables["stops"]
    assert list(zip(stops["place"], stops["country_iso3"], strict=True)) == [
        ("Nueva Delhi", "IND"),
        ("Yakarta", "IDN"),
    ]


def test_a_column_of_months_beside_full_days_is_not_used(tmp_path: Path) -> None:
    imported = read(tmp_path, "Mes,left_home,country\nEnero,16/01/2023,France\n,30/01/2023,Spain\n")
    assert [one.what for one in imported.doubts if "Mes" in one.what or "Enero" in one.what] == [
        "column 'Mes' is not used"
    ]


@pytest.mark.parametrize(
    ("note", "met", "doubts"),
    [
        ("Met with Prime Minister Malcolm Turnbull.[3]", "Malcolm Turnbull", 0),
        ("Xi Jinping[a]", "Xi Jinping", 0),
        ("Attended APEC summit.[12]", "Attended APEC summit.", 1),
        ("H.E. Mr. John of Lyon Jr.", "H.E. Mr. John of Lyon Jr.", 0),
    ],
)
def test_a_sentence_is_no_person(note: str, met: str, doubts: int, tmp_path: Path) -> None:
    imported = read(tmp_path, f"country,arrived,met\nFrance,2019-03-01,{note}\n")
    assert imported.tables["meetings"]["counterpart"].tolist() == [met]
    assert sum("reads as a sentence" in one.what for one in imported.doubts) == doubts


def test_sums_and_captions_are_left_out_as_such(tmp_path: Path) -> None:
    text = "no,country,arrived,notes\nTrips of 2019 on,,,\n1,France,2019-03-01,\nAbril,,,none made\nTotal trips,,1,\n"
    imported = read(tmp_path, text)
    assert [one.row for one in imported.left_out] == [2, 4, 5]
    assert {one.why for one in imported.left_out} == {"names no place and no day: it sums or heads others"}


def test_a_day_that_cannot_be_read_is_answered_by_its_text(tmp_path: Path) -> None:
    text = "country,arrived\nFrance,17 Aprill\nSpain,2018-04-20\nItaly,2018-04-21\n"
    imported = read(tmp_path, text)
    assert [one.asked for one in findings(imported) if one.asked] == ["arrived:17 Aprill"]
    assert "    --answer 'arrived:17 Aprill=YYYY-MM-DD'" in report(imported).splitlines()
    answered = read(tmp_path, text, answers={"arrived:17 Aprill": "2018-04-17"})
    assert answered.tables["stops"]["arrived"].tolist()[0] == "2018-04-17"


def test_transport_is_said_once_and_airports_are_told(tmp_path: Path) -> None:
    text = "from,place,arrived,transport\nKADW,EDDB,2018-04-17,\nEDDB,KADW,2018-04-18,train\n"
    imported = read(tmp_path, text, transport="plane")
    assert imported.tables["stops"]["reached_by"].tolist() == ["plane", "train"]
    assert [one.what for one in imported.doubts if one.what.startswith("codes")] == [
        "codes are read as airports: KADW: Joint Base Andrews Airport, Camp Springs, near Washington;"
        " EDDB: Berlin Brandenburg Airport, Berlin"
    ]


def test_one_trip_is_said_as_one(tmp_path: Path) -> None:
    imported = read(tmp_path, "country,arrived\nFrance,March 2018\n")
    assert lacking(imported) == "Of 1 trip: 1 without a day."
