"""Towns of territories and of states that are gone, namesakes, and where governments sat."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dashboard.geocoding.gazetteer import countries, default_gazetteer
from dashboard.geocoding.lookup import look_up
from dashboard.geocoding.outcomes import Ambiguous, Placed
from dashboard.geocoding.reviewed import read_reviewed
from dashboard.geocoding.states import FORMER, MOVES, SEATS, TERRITORIES
from dashboard.importers.homes import home_of
from dashboard.importers.imported import quiet
from dashboard.importers.placing import place_all
from dashboard.importers.table import importer
from dashboard.tables.countries import countries as codes


def find(place: str, iso3: str) -> Placed | Ambiguous:
    (found,) = look_up([(place, iso3)], [default_gazetteer()])
    assert isinstance(found, Placed | Ambiguous), found
    return found


def test_san_juan_is_in_doubt_with_that_of_puerto_rico() -> None:
    found = find("San Juan", "USA")
    assert isinstance(found, Ambiguous)
    assert [(one.called, one.latitude_deg, one.longitude_deg) for one in found.candidates] == [
        ("San Juan", 26.18924, -98.15529),
        ("San Juan (PRI)", 18.46633, -66.10572),
    ]


@pytest.mark.parametrize(
    ("place", "iso3", "called"),
    [
        ("Hagåtña", "USA", "Hagåtña (GUM)"),
        ("Gibraltar", "GBR", "Gibraltar (GIB)"),
        ("Cayenne", "FRA", "Cayenne (GUF)"),
        ("Nuuk", "DNK", "Nuuk (GRL)"),
        ("Tórshavn", "DNK", "Tórshavn (FRO)"),
        ("Hong Kong", "CHN", "Hong Kong (HKG)"),
        ("Hong Kong", "GBR", "Hong Kong (HKG)"),
        ("Macau", "PRT", "Macau (MAC)"),
        ("Moscow", "SUN", "Moscow (RUS)"),
        ("Tashkent", "SUN", "Tashkent (UZB)"),
        ("Leningrad", "SUN", "Saint Petersburg (RUS)"),
        ("East Berlin", "DDR", "Berlin (DEU)"),
        ("Karl-Marx-Stadt", "DDR", "Chemnitz (DEU)"),
        ("Zagreb", "YUG", "Zagreb (HRV)"),
        ("Bratislava", "CSK", "Bratislava (SVK)"),
        ("Saigon", "VDR", "Ho Chi Minh City (VNM)"),
        # An exact name is not in doubt with what merely begins like it or has it as a further name (Kitahiroshima,
        # Freiberg, Pittsburg), or with a deserted namesake overseas.
        ("Durban", "ZAF", "Durban"),
        ("Hiroshima", "JPN", "Hiroshima"),
        ("Freiburg", "DEU", "Freiburg"),
        ("Pittsburgh", "USA", "Pittsburgh"),
        ("Plymouth", "GBR", "Plymouth"),
    ],
)
def test_a_town_and_the_code_under_which_it_is_listed(place: str, iso3: str, called: str) -> None:
    found = find(place, iso3)
    assert isinstance(found, Placed)
    assert found.matched_name == called


def test_the_lesser_namesake_is_still_on_record() -> None:
    found = find("Durban", "ZAF")
    assert found.question is not None
    assert [one.name for one in found.question.candidates] == ["Durban", "Durbanville"]


@pytest.mark.parametrize(
    ("place", "iso3"),
    [("Frankfurt", "DEU"), ("Pingxiang", "CHN"), ("Saint-Denis", "FRA"), ("Portland", "USA"), ("Kirov", "SUN")],
)
def test_a_name_that_two_real_towns_bear_stays_a_doubt(place: str, iso3: str) -> None:
    assert isinstance(find(place, iso3), Ambiguous)


def test_the_note_says_then_and_now() -> None:
    places = place_all([("Tashkent", "SUN"), ("Soviet Union", "SUN"), ("Nuuk", "DNK")], default_gazetteer()).places
    assert places["note"].tolist() == [
        "then Soviet Union, now listed under Uzbekistan",
        "the capital; stands for the whole country; then Soviet Union, now listed under Russia",
        "given as Denmark, now listed under Greenland",
    ]
    assert places["kind"].tolist() == ["city", "country", "city"]


@pytest.mark.parametrize("place", [("Bali", "IDN"), ("Davos", "CHE"), ("Elmau", "DEU"), ("Heiligendamm", "DEU")])
def test_the_reviewed_places_are_known(place: tuple[str, str]) -> None:
    (row,) = place_all([place], default_gazetteer(), read_reviewed(), date(2026, 11, 23)).places.to_dict("records")
    assert (row["provider"], row["latitude_deg"] != "") == ("reviewed", True)


@pytest.mark.parametrize(
    ("iso3", "first", "last", "town"),
    [
        ("BOL", "", "", "La Paz"),
        ("NLD", "2019-01-01", "2019-01-01", "The Hague"),
        ("CIV", "", "", "Abidjan"),
        ("DEU", "2001-01-01", "2001-01-01", "Berlin"),
        ("SUN", "1961-06-03", "1961-06-03", "Moscow"),
        ("DDR", "", "", "Berlin"),
        ("YUG", "", "", "Belgrade"),
        ("USA", "", "", "Washington"),
        ("ATA", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_the_seat_of_a_government(iso3: str, first: str, last: str, town: str) -> None:
    home = home_of(iso3, first, last)
    assert (home.town, home.doubt) == (town, "")


def test_a_seat_that_moved_is_told() -> None:
    assert home_of("DEU", "1963-06-01", "1963-06-01").doubt == (
        "the government of Germany sat in Bonn until 1999; taken as the home; give the home town if it was another"
    )
    assert home_of("DEU", "1998-06-01", "2003-06-01").doubt == (
        "the government of Germany sat in Bonn until 1999; taken as the home, and the last journey was later: it may"
        " have begun in Berlin; give the home town if it was another"
    )
    assert [home_of("PAK", day).town for day in ("1950-01-01", "1960-01-01", "1970-01-01")] == [
        "Karachi",
        "Rawalpindi",
        "Islamabad",
    ]


def test_leaders_of_a_table_live_where_their_government_sat(tmp_path: Path) -> None:
    rows = ["Evo,BOL,France,Paris,2013-03-01", "Konrad,DEU,France,Paris,1963-01-22", "Nikita,USSR,USA,,1959-09-15"]
    (tmp_path / "a.csv").write_text("leader,leader country,country,place,arrived\n" + "\n".join(rows) + "\n", "utf-8")
    found = importer.read(tmp_path / "a.csv", quiet)
    assert found.tables["leaders"]["home_place"].tolist() == ["La Paz", "Bonn", "Moscow"]
    assert [doubt.row for doubt in found.doubts] == [3]
    assert (found.unplaced, found.ambiguous) == ((), ())


def test_every_state_and_town_of_the_lists_is_known() -> None:
    listed = {*FORMER, *TERRITORIES, *SEATS, *(one.iso3 for one in MOVES)}
    assert listed <= set(codes())
    under = {code for heirs, _ in FORMER.values() for code in heirs} | {
        c for some in TERRITORIES.values() for c in some
    }
    assert under <= set(countries())
    towns = [*((town, iso3) for iso3, town in SEATS.items()), *((one.town, one.iso3) for one in MOVES)]
    places = place_all([*towns, *((capital, iso3) for iso3, (_, capital) in FORMER.items())], default_gazetteer())
    assert (places.unplaced, places.ambiguous) == ((), ())
