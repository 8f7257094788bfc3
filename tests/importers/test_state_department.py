"""The `state-department` importer: journeys from visits, several places in a locale, former countries."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dashboard.geocoding.gazetteer import default_gazetteer
from dashboard.geocoding.lookup import Geocoder
from dashboard.geocoding.reviewed import read_reviewed
from dashboard.importers.formats import run
from dashboard.importers.imported import Doubt, Imported, ImportingError, LeftOut, quiet
from dashboard.importers.state_department import importer as state_department
from dashboard.importers.state_department.locales import Locales
from dashboard.tables.countries import countries
from dashboard.tables.ids import place_id
from dashboard.tables.schema import PLACE_KINDS, PLACES
from dashboard.travel.build import load
from tests.importers.visits_xml import VISITS, visit, visits

SHARED = Path(__file__).parents[3] / "shared" / "data" / "state-department"
SEVERAL = "several places in one locale, split at the commas; their order and days within the visit are not known"
OVERLAP = (
    "begins a journey, since the row before ends more than a day earlier; but an older row lasts until then: "
    "perhaps both are one journey"
)


@pytest.fixture(scope="module")
def gazetteer() -> Geocoder:
    return default_gazetteer()


def read(path: Path, gazetteer: Geocoder) -> Imported:
    return state_department.read(path, quiet, gazetteer)


def write(folder: Path, text: str | bytes, name: str = "president-travels/nixon-richard-m.xml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def rows(imported: Imported, name: str, *columns: str) -> list[tuple[str, ...]]:
    return list(imported.tables[name][list(columns)].itertuples(index=False, name=None))


def test_visits_at_most_a_day_apart_are_one_journey(tmp_path: Path, gazetteer: Geocoder) -> None:
    imported = read(write(tmp_path, VISITS), gazetteer)
    assert (imported.read, imported.kept, imported.left_out) == (5, 5, ())
    assert rows(imported, "trips", "trip_id", "leader_id", "left_home", "arrived_host", "left_host", "back_home") == [
        ("US-nixon-richard-m-1969-02-23", "nixon-richard-m", "1969-02-23?", "1969-02-23", "1969-03-01", ""),
        ("US-nixon-richard-m-1972-05-22", "nixon-richard-m", "1972-05-22?", "1972-05-22", "1972-05-30", ""),
    ]
    assert rows(
        imported, "leaders", "leader_id", "name", "country_iso3", "role", "home_place", "home_country_iso3"
    ) == [("nixon-richard-m", "Richard M. Nixon", "USA", "president", "Washington", "USA")]
    assert imported.tables["meetings"].empty


def test_stops_follow_the_visits_with_the_way_home_last(tmp_path: Path, gazetteer: Geocoder) -> None:
    imported = read(write(tmp_path, VISITS), gazetteer)
    first, second = "US-nixon-richard-m-1969-02-23", "US-nixon-richard-m-1972-05-22"
    assert rows(imported, "stops", "trip_id", "stop", "place", "country_iso3", "arrived", "left", "kind") == [
        (first, "1", "Brussels", "BEL", "1969-02-23", "1969-02-24", "visit"),
        (first, "2", "Rome", "ITA", "1969-02-25", "1969-02-28/1969-03-01", "visit"),
        (first, "3", "Vatican City", "VAT", "1969-02-28", "1969-02-28", "visit"),
        (first, "4", "Nassau", "BHS", "1969-03-01", "1969-03-01", "visit"),
        (first, "5", "Washington", "USA", "", "", "home"),
        (second, "1", "Moscow", "SUN", "1972-05-22", "1972-05-22/1972-05-30", "visit"),
        (second, "2", "Leningrad", "SUN", "1972-05-22/1972-05-30", "1972-05-22/1972-05-30", "visit"),
        (second, "3", "Kiev", "SUN", "1972-05-22/1972-05-30", "1972-05-30", "visit"),
        (second, "4", "Washington", "USA", "", "", "home"),
    ]
    assert set(imported.tables["stops"]["reached_by"]) == {"unknown"}
    certainty = imported.tables["stops"].groupby("kind")["certainty"].unique()
    assert certainty.map(list).to_dict() == {"home": ["inferred"], "visit": ["reported"]}
    assert imported.doubts == (Doubt("president-travels/nixon-richard-m.xml", 28, SEVERAL),)
    assert (imported.unplaced, imported.ambiguous) == ((), ())


def test_remarks_are_kept_as_evidence_word_for_word(tmp_path: Path, gazetteer: Geocoder) -> None:
    imported = read(write(tmp_path, VISITS), gazetteer)
    url = "https://history.state.gov/departmenthistory/travels/president/nixon-richard-m"
    publisher = "US Department of State, Office of the Historian"
    assert rows(imported, "evidence", "field", "says", "publisher", "url", "stance") == [
        ("stop 1", "Met with King Baudouin & others.", publisher, url, "supports"),
        ("stop 2", "<b>Met</b> with President Saragat.", publisher, url, "supports"),
        ("stop 3", "=Audience with Pope Paul VI", publisher, url, "supports"),
        ("stop 4", "Rested.", publisher, url, "supports"),
        ("stop 1", "State visit; signed SALT I.", publisher, url, "supports"),
    ]
    assert list(imported.tables["trips"]["occasion"]) == [
        "Met with King Baudouin & others.",
        "State visit; signed SALT I.",
    ]


def test_a_journey_within_an_older_visit_is_a_doubt(tmp_path: Path, gazetteer: Geocoder) -> None:
    text = visits(
        visit("1980-06-19", "1980-06-24", "italy", "Italy", "Rome"),
        visit("1980-06-21", "1980-06-21", "holy-see", "Vatican City", ""),
        visit("1980-06-24", "1980-06-25", "yugoslavia", "Yugoslavia", "Belgrade"),
    )
    imported = read(write(tmp_path, text), gazetteer)
    assert list(imported.tables["trips"]["left_home"]) == ["1980-06-19?", "1980-06-24?"]
    assert imported.doubts == (Doubt("president-travels/nixon-richard-m.xml", 15, OVERLAP),)


@pytest.mark.parametrize(
    ("locale", "country_iso3", "places"),
    [
        ("Mexico, D.F., Tlaxcala", "MEX", [("Mexico City", "MEX"), ("Tlaxcala", "MEX")]),
        ("Kuwait City, Camp Doha", "KWT", [("Kuwait City", "KWT"), ("Camp Doha", "KWT")]),
        ("Nassau (The Bahamas)", "GBR", [("Nassau", "BHS")]),
        ("Algiers (Algeria)", "FRA", [("Algiers", "DZA")]),
        ("Argentia (Newfoundland)", "GBR", [("Argentia", "CAN")]),
        (
            "Sydney (Nova Scotia), Campobello Island (New Brunswick)",
            "CAN",
            [("Sydney", "CAN"), ("Campobello Island", "CAN")],
        ),
        ("Bermuda", "GBR", [("Bermuda", "BMU")]),
        ("Martinique, West Indies", "FRA", [("Martinique", "MTQ")]),
        ("Guatemala City, Antigua", "GTM", [("Guatemala City", "GTM"), ("Antigua", "GTM")]),
        ("Antigua", "GBR", [("Antigua", "ATG")]),
        ("Montebello, Quebec", "CAN", [("Montebello", "CAN")]),
        ("Quebec, Ottawa", "CAN", [("Quebec", "CAN"), ("Ottawa", "CAN")]),
        ("Panmunjon", "KOR", [("Panmunjom", "KOR")]),
        ("Shanghai, Peking, Hangchow", "CHN", [("Shanghai", "CHN"), ("Beijing", "CHN"), ("Hangzhou", "CHN")]),
        ("", "VAT", [("Vatican City", "VAT")]),
        ("", "FRA", [("France", "FRA")]),
    ],
)
def test_locales(locale: str, country_iso3: str, places: list[tuple[str, str]]) -> None:
    assert Locales(read_reviewed()).split(locale, country_iso3) == places


@pytest.mark.parametrize(
    ("about", "why", "mend"),
    [
        (("", "1970-01-01", "Italy"), "start-date '' is not a day", "write start-date as YYYY-MM-DD"),
        (("1970-01-01", "1970-13-01", "Italy"), "end-date '1970-13-01' is not a day", "write end-date as YYYY-MM-DD"),
        (
            ("1970-01-02", "1970-01-01", "Italy"),
            "end-date 1970-01-01 is before start-date 1970-01-02",
            "correct one of the two",
        ),
        (("1970-01-01", "1970-01-01", "Ruritania"), "country 'Ruritania' is not known", "write its English name"),
    ],
)
def test_visits_that_cannot_be_told_are_left_out(
    tmp_path: Path, gazetteer: Geocoder, about: tuple[str, str, str], why: str, mend: str
) -> None:
    start, end, country = about
    text = visits(visit(start, end, "", country, "Rome"), visit("1980-01-01", "1980-01-01", "italy", "Italy", "Rome"))
    imported = read(write(tmp_path, text), gazetteer)
    assert imported.left_out == (LeftOut("president-travels/nixon-richard-m.xml", 3, why, mend),)
    assert (imported.read, imported.kept, len(imported.tables["trips"])) == (2, 1, 1)


def test_visits_of_nobody_and_huge_remarks_are_left_out(tmp_path: Path, gazetteer: Geocoder) -> None:
    good = visit("1970-01-01", "1970-01-01", "italy", "Italy", "Rome")
    text = visits(good.replace('who="nixon-richard-m"', ""), good.replace("Met.", "x" * 100_000))
    imported = read(write(tmp_path, text), gazetteer)
    assert [(row.row, row.why, row.mend) for row in imported.left_out] == [
        (3, "nobody is named", "write who travelled as the attribute who and the element name"),
        (9, "locale and remarks are longer than 100,000 characters", "shorten them"),
    ]
    assert imported.tables["trips"].empty


BOMB = '<!DOCTYPE trips [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><trips>&b;</trips>'
THEFT = '<!DOCTYPE trips SYSTEM "file:///etc/passwd"><trips/>'
DECLARED = "declares a document type, which may hide entities; remove <!DOCTYPE …>"
ADVICE = "save it as well-formed XML in the encoding that it declares"


def test_files_that_may_not_be_trusted_are_refused_all_at_once(tmp_path: Path, gazetteer: Geocoder) -> None:
    write(tmp_path, BOMB, "a.xml")
    write(tmp_path, THEFT, "b.xml")
    write(tmp_path, "<trips>\n<trip>", "c.xml")
    write(tmp_path, '<?xml version="1.0" encoding="UTF-8"?>\n<trips>é</trips>'.encode("latin-1"), "d.xml")
    with pytest.raises(ImportingError) as raised:
        read(tmp_path, gazetteer)
    assert str(raised.value) == (
        f"a.xml: {DECLARED}\n"
        f"b.xml: {DECLARED}\n"
        f"c.xml:2: not XML (no element found); {ADVICE}\n"
        f"d.xml:2: not XML (not well-formed (invalid token)); {ADVICE}"
    )


def test_other_xml_files_are_named_and_not_read(tmp_path: Path, gazetteer: Geocoder) -> None:
    write(tmp_path, VISITS)
    write(tmp_path, "<project/>", "build.xml")
    what = "not read: its root is 'project', and files of visits begin with 'trips'"
    assert read(tmp_path, gazetteer).doubts[0] == Doubt("build.xml", 1, what)


def test_a_folder_without_xml_is_refused(tmp_path: Path, gazetteer: Geocoder) -> None:
    with pytest.raises(ImportingError) as raised:
        read(tmp_path, gazetteer)
    advice = "name the folder that holds president-travels, or one of its files"
    assert str(raised.value) == f"{tmp_path}: no XML files; {advice}"


def test_reviewed_places_are_sound() -> None:
    listed = read_reviewed()
    ids = [place_id(row["place"], row["country_iso3"]) for row in listed]
    assert len(ids) == len(set(ids))
    for row in listed:
        assert list(row) == PLACES.names
        assert (row["provider"], row["reviewed"]) == ("reviewed", "yes")
        assert row["kind"] in PLACE_KINDS
        assert row["country_iso3"] in countries()
        assert -90 <= float(row["latitude_deg"]) <= 90
        assert -180 <= float(row["longitude_deg"]) <= 180


@pytest.mark.long
def test_the_whole_set_with_a_full_account(tmp_path: Path) -> None:
    if not SHARED.is_dir():
        assert "CI" not in os.environ, f"{SHARED} is missing, and CI must read it"
        return
    imported = run("state-department", SHARED, tmp_path / "data", progress=quiet)
    assert (imported.read, imported.kept, imported.left_out) == (832, 832, ())
    travel = load(tmp_path / "data")
    assert (len(travel.leaders), len(travel.trips), len(travel.evidence)) == (21, 370, 832)
    unplaced = (
        ("Kisowera", "UGA"),
        ("Wanyange", "UGA"),
        ("El Porvenir", "NIC"),
        ("Ushafa", "NGA"),
        ("Tien Chau", "VNM"),
        ("Baihos", "PAN"),
    )
    # The source says no more of San Cristobal than its name.
    (unclear,) = imported.ambiguous
    assert (imported.unplaced, unclear[:2], len(unclear[2])) == (unplaced, ("San Cristobal", "MEX"), 3)
    visited = imported.tables["stops"].query("kind == 'visit'")
    lost = sum(
        (place, country) in unplaced for place, country in zip(visited["place"], visited["country_iso3"], strict=True)
    )
    assert (len(visited), lost) == (1118, 6)
    assert sum(doubt.what == OVERLAP for doubt in imported.doubts) == 5
    assert sum(doubt.what == SEVERAL for doubt in imported.doubts) == 195
