"""Who is who: two names that differ never become one, in any script; one name of two countries is two people."""

from __future__ import annotations

from pathlib import Path
from unicodedata import normalize

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.geocoding.gazetteer import Gazetteer
from dashboard.importers.imported import Imported, quiet
from dashboard.importers.people import tell_apart
from dashboard.importers.table import importer
from dashboard.importers.writing import write
from dashboard.tables.ids import name_key, place_ids, renamed_places, slug
from dashboard.travel.build import Travel, load

pytestmark = pytest.mark.long

GAZETTEER = Gazetteer()


def read(folder: Path, text: str) -> Imported:
    (folder / "trips.csv").write_text(text, "utf-8")
    return importer.read(folder / "trips.csv", quiet, geocoder=GAZETTEER)


def shown(imported: Imported, folder: Path) -> Travel:
    write(imported, folder / "data")
    return load(folder / "data")


def test_names_without_latin_letters_are_two_leaders_each_at_home(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        "leader,leader country,country,place,arrived\n"
        "엘리자베스 2세,GBR,France,Paris,2004-04-05\n"
        "요한 바오로 2세,VAT,France,Lourdes,2004-08-14\n",
    )
    leaders = imported.tables["leaders"]
    assert leaders["leader_id"].tolist() == ["엘리자베스-2세", "요한-바오로-2세"]
    assert leaders["home_place"].tolist() == ["London", "Vatican City"]
    stops = shown(imported, tmp_path).stops
    assert stops.loc[stops["place"] == "Lourdes", "from_place_id"].tolist() == ["vatican-city-vat"]


def test_one_name_of_two_countries_is_two_leaders_and_told(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        "leader,leader country,country,place,arrived\n"
        "Abdullah,JOR,France,Paris,2018-03-25\n"
        "Abdullah,SAU,France,Lyon,2018-03-26\n",
    )
    assert imported.tables["leaders"]["home_place"].tolist() == ["Amman", "Riyadh"]
    travel = shown(imported, tmp_path)
    assert travel.trips["leader_id"].tolist() == ["abdullah", "abdullah-sau"]
    assert travel.trips["distance_km"].round(-2).tolist()[1] == 8_800
    assert [doubt.what for doubt in imported.doubts] == [
        "'Abdullah' (Saudi Arabia) and 'Abdullah' (Jordan) of row 2 are kept as two leaders;"
        " write them alike if they are one"
    ]


def test_letters_that_do_not_decompose_are_written_out(tmp_path: Path) -> None:
    imported = read(
        tmp_path,
        "leader,leader country,country,place,arrived\n"
        "Đặng Văn A,VNM,Denmark,Ærø,2018-03-25\n"
        "Ång Van A,SWE,Denmark,Rø,2018-03-26\n"
        "Ång Van A,SWE,Vietnam,Đà Nẵng,2019-03-26\n",
    )
    assert imported.tables["leaders"]["leader_id"].tolist() == ["dang-van-a", "ang-van-a"]
    assert {"aero-dnk", "ro-dnk", "da-nang-vnm"} <= set(shown(imported, tmp_path).places.index)


def test_places_that_accents_alone_tell_apart_are_two(tmp_path: Path) -> None:
    text = (
        "leader,country,place,arrived\nAda,Sweden,Håbo,2018-03-25\nAda,Sweden,Habo,2018-03-26\nAda,Sweden,HABO,2018\n"
    )
    travel = shown(read(tmp_path, text), tmp_path)
    assert list(travel.places.index) == ["habo-swe", "habo-2-swe"]
    assert travel.stops["place_id"].tolist() == ["habo-swe", "habo-2-swe", "habo-2-swe"]


NAMES = st.lists(st.text(min_size=1, max_size=6), min_size=2, max_size=6)
LOOK_ALIKES = st.lists(
    st.sampled_from("aáàåâa\u0301AÆæÐðđDdØøoöþÞßsŋnħhœłl\u0131i平伊서दि"), min_size=1, max_size=3
).map("".join)


@given(st.lists(LOOK_ALIKES, min_size=2, max_size=8) | NAMES)
def test_names_that_differ_never_share_an_id(names: list[str]) -> None:
    rows = pd.DataFrame({"leader": names, "leader_iso3": ""}, dtype="str")
    ids = tell_apart(rows)["leader_id"]
    places = pd.DataFrame({"place": names, "country_iso3": "SWE"}, dtype="str")
    of_places = place_ids(places["place"], places["country_iso3"], renamed_places(places))
    by_id: dict[str, str] = {}
    by_place: dict[str, str] = {}
    for name, leader, place in zip(names, ids, of_places, strict=True):
        if slug(name):
            assert by_id.setdefault(leader, name_key(name)) == name_key(name)
            assert by_place.setdefault(place, name_key(name)) == name_key(name)


@pytest.mark.parametrize(
    ("one", "other"), [("Kim Jong Un", "KIM JONG UN"), ("ﾊﾉｲ", "ハノイ"), ("é", normalize("NFD", "é"))]
)
def test_case_and_width_alone_make_no_other_name(one: str, other: str) -> None:
    assert tell_apart(pd.DataFrame({"leader": [one, other], "leader_iso3": ["", "FRA"]}))["leader_id"].nunique() == 1


def test_a_row_without_country_is_of_the_one_that_the_name_has_elsewhere() -> None:
    rows = pd.DataFrame({"leader": ["Ada", "Ada", "Bo", "Bo", "Bo"], "leader_iso3": ["", "NOR", "", "NOR", "SWE"]})
    found = tell_apart(rows)
    assert found["leader_id"].tolist() == ["ada", "ada", "bo", "bo-nor", "bo-swe"]
    assert found["leader_iso3"].tolist() == ["NOR", "NOR", "", "NOR", "SWE"]
