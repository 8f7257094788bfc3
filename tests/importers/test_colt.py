"""COLT: a row is a leader in a country. What is dirty is kept and doubted, or left out and accounted for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from dashboard.importers.colt.importer import COLT, read_colt
from dashboard.importers.imported import Imported, ImportingError, LeftOut, Row, quiet
from dashboard.importers.options import Options
from dashboard.tables.reading import Folder
from dashboard.travel.build import Travel, build, check
from tests.benchmarks.generate import colt_rows, write_colt

pytestmark = pytest.mark.long

ROW = {
    "TripID": "1",
    "LeaderID": "7",
    "LeaderCountryOrIGO": "France",
    "LeaderCountryISO": "FRA",
    "LeaderTitle": "President",
    "LeaderFullName": "Zoé Nord",
    "CountryVisited": "Türkiye",
    "CountryVisitedISO": "TUR",
    "TripYear": "2003",
    "TripStartDate": "2003-05-01",
    "TripEndDate": "2003-05-03",
    "TripDuration": "3",
}


def read(file: Path) -> Imported:
    return read_colt(file, quiet)


def imported(tmp_path: Path, *rows: dict[str, str]) -> Imported:
    """What comes of rows that differ from `ROW` by the cells given."""
    file = tmp_path / "colt.csv"
    pd.DataFrame([ROW | row for row in rows], dtype="str").fillna("").to_csv(file, index=False, encoding="latin-1")
    return read(file)


def travel(found: Imported, tmp_path: Path) -> Travel:
    """The tables, checked and joined as a data folder's are."""
    frames = {name: frame.set_axis(pd.RangeIndex(2, len(frame) + 2)) for name, frame in found.tables.items()}
    folder = Folder(tmp_path, frames)
    assert [str(fault) for fault in check(folder)] == []
    return build(folder)


def rows_of(found: Imported, table: str, *columns: str) -> list[tuple[str, ...]]:
    return list(found.tables[table][list(columns)].itertuples(index=False, name=None))


def said(found: Imported) -> list[tuple[int, str]]:
    return [(doubt.row, doubt.what) for doubt in found.doubts if doubt.kind != "note"]


def test_a_row_is_a_trip_to_the_capital_and_home_again(tmp_path: Path) -> None:
    found = imported(tmp_path, {})
    assert (found.read, found.kept, found.left_out, found.doubts) == (1, 1, (), ())
    assert rows_of(found, "leaders", "leader_id", "name", "country_iso3", "role", "home_place") == [
        ("zoe-nord", "Zoé Nord", "FRA", "President", "Paris")
    ]
    assert rows_of(found, "trips", "trip_id", "leader_id", "left_home", "back_home", "note") == [
        ("COLT-1", "zoe-nord", "2003-05-01", "2003-05-03", "")
    ]
    columns = ("stop", "place", "country_iso3", "arrived", "left", "reached_by", "kind", "certainty")
    assert rows_of(found, "stops", *columns) == [
        ("1", "Ankara", "TUR", "2003-05-01", "2003-05-03", "unknown", "visit", "inferred"),
        ("2", "Paris", "FRA", "2003-05-03", "", "unknown", "home", "inferred"),
    ]
    assert rows_of(found, "places", "place", "kind", "provider", "reviewed", "note") == [
        ("Ankara", "country", "geonames", "no", "the capital; stands for the whole country"),
        ("Paris", "country", "geonames", "no", "the capital; stands for the whole country"),
    ]
    trips = travel(found, tmp_path).trips
    assert trips[["days", "transport", "year"]].to_numpy().tolist() == [[3.0, "unknown", 2003]]


def test_rows_that_share_a_trip_are_one_journey_in_the_order_of_their_days(tmp_path: Path) -> None:
    later = {
        "CountryVisitedISO": "GRC",
        "TripStartDate": "2003-05-03",
        "TripEndDate": "2003-05-06",
        "TripDuration": "4",
    }
    found = imported(tmp_path, later, {})
    assert rows_of(found, "trips", "trip_id", "left_home", "back_home") == [("COLT-1", "2003-05-01", "2003-05-06")]
    assert rows_of(found, "stops", "stop", "place", "arrived") == [
        ("1", "Ankara", "2003-05-01"),
        ("2", "Athens", "2003-05-03"),
        ("3", "Paris", "2003-05-06"),
    ]
    travel(found, tmp_path)


def test_trips_that_follow_one_another_within_a_day_are_joined_where_that_is_wanted(tmp_path: Path) -> None:
    cells = [
        {"TripID": "1", "TripStartDate": "2003-05-01", "TripEndDate": "2003-05-03"},
        {"TripID": "2", "TripStartDate": "2003-05-04", "TripEndDate": "2003-05-04", "CountryVisitedISO": "ITA"},
        {"TripID": "3", "TripStartDate": "2003-05-06", "TripEndDate": "2003-05-07", "CountryVisitedISO": "ESP"},
        {"TripID": "4", "TripStartDate": "2003-05-04", "TripEndDate": "2003-05-04", "LeaderID": "8"},
        {"TripID": "5", "TripStartDate": "2003", "TripEndDate": "2003", "CountryVisitedISO": "PRT"},
    ]
    apart = imported(tmp_path, *cells)
    whole = read_colt(tmp_path / "colt.csv", quiet, options=Options(join=True))
    assert [one.what for one in (*apart.doubts, *whole.doubts) if one.kind == "note"] == [
        "5 trips as they stand; 4 journeys if those are joined that begin at most a day after the last one ended",
        "5 trips of the source joined into 4 journeys, where one begins at most a day after the last one ended",
    ]
    assert rows_of(whole, "trips", "trip_id", "left_home", "back_home")[0] == ("COLT-1", "2003-05-01", "2003-05-04")
    km = [travel(found, tmp_path).trips["distance_km"].sum() for found in (apart, whole)]
    assert km[1] < km[0]


def test_a_government_that_sat_elsewhere_is_told_once(tmp_path: Path) -> None:
    cells = {"LeaderCountryISO": "DEU", "LeaderCountryOrIGO": "Germany", "TripYear": "1963"}
    days = {"TripStartDate": "1963-01-22", "TripEndDate": "1963-01-22", "TripDuration": "1"}
    found = imported(tmp_path, cells | days, cells | days | {"TripID": "2", "CountryVisitedISO": "FRA"})
    assert rows_of(found, "leaders", "home_place") == [("Bonn",)]
    bonn = "the government of Germany sat in Bonn until 1999; taken as the home; give the home town if it was another"
    assert [one for one in said(found) if "Bonn" in one[1]] == [(2, bonn)]


def test_visits_that_overlap_lose_the_day_of_leaving(tmp_path: Path) -> None:
    later = {"CountryVisitedISO": "GRC", "CountryVisited": "", "TripStartDate": "2003-05-02"}
    found = imported(tmp_path, {}, later | {"TripDuration": "2"})
    assert rows_of(found, "stops", "left") == [("",), ("2003-05-03",), ("",)]
    assert said(found) == [
        (2, "the next visit of the trip begins before this one ends; the day of leaving is left empty")
    ]
    travel(found, tmp_path)


def test_the_same_visit_said_twice_counts_once(tmp_path: Path) -> None:
    found = imported(tmp_path, {}, {"SourceLink1": "https://example.org/second"})
    assert len(found.tables["stops"]) == 2
    assert len(found.tables["evidence"]) == 1
    assert said(found) == [(3, "says the same visit as a row before; it counts once")]


def test_a_trip_id_of_several_leaders_gives_each_a_trip(tmp_path: Path) -> None:
    found = imported(
        tmp_path, {}, {"LeaderID": "8", "LeaderFullName": "Ada Sud"}, {"TripID": "TBD", "TripYear": "2003"}
    )
    assert rows_of(found, "trips", "trip_id") == [("COLT-1-zoe-nord",), ("COLT-1-ada-sud",), ("COLT-row-4",)]
    assert said(found) == [
        (2, "TripID is that of several leaders; each has a trip of its own"),
        (3, "TripID is that of several leaders; each has a trip of its own"),
        (4, "TripID is missing; the trip is named after its row"),
    ]


@pytest.mark.parametrize(
    ("cells", "days", "doubts"),
    [
        ({"TripStartDate": "5/1/2003"}, ("2003-05-01", "2003-05-03"), []),
        ({"TripStartDate": "1-May-03"}, ("2003-05-01", "2003-05-03"), []),
        ({"TripStartDate": "May 1, 2003"}, ("2003-05-01", "2003-05-03"), []),
        ({"TripStartDate": "37742"}, ("2003-05-01", "2003-05-03"), []),
        ({"TripStartDate": "2003-05-01 00:00:00"}, ("2003-05-01", "2003-05-03"), []),
        ({"TripStartDate": "2003-05"}, ("2003-05", "2003-05-03"), []),
        (
            {"TripStartDate": "TBD"},
            ("2003", "2003-05-03"),
            ["TripStartDate 'TBD' is not a date; the year of TripYear is taken"],
        ),
        (
            {"TripEndDate": "2003-13-45"},
            ("2003-05-01", "2003"),
            ["TripEndDate '2003-13-45' is not a date; the year of TripYear is taken"],
        ),
        (
            {"TripStartDate": "", "TripEndDate": "", "TripYear": "TBD", "TripDuration": "TBD"},
            ("", ""),
            [
                "TripStartDate is empty; without a TripYear it stays empty",
                "TripEndDate is empty; without a TripYear it stays empty",
                "TripDuration is not a number, and the dates do not say it",
            ],
        ),
        (
            {"TripEndDate": "2003-04-30"},
            ("2003?", "2003?"),
            ["TripEndDate is before TripStartDate; only the month or year is kept, as uncertain"],
        ),
        (
            {"TripStartDate": "2003-05-09"},
            ("2003-05?", "2003-05?"),
            ["TripEndDate is before TripStartDate; only the month or year is kept, as uncertain"],
        ),
        (
            {"TripDuration": "99"},
            ("2003-05-01", "2003-05-03"),
            ["TripDuration is not that of the dates, both days counted; the dates are taken"],
        ),
        (
            {"TripYear": "2004"},
            ("2003-05-01", "2003-05-03"),
            ["TripYear is not the year of TripStartDate; the date is taken"],
        ),
    ],
)
def test_dates(cells: dict[str, str], days: tuple[str, str], doubts: list[str], tmp_path: Path) -> None:
    found = imported(tmp_path, cells)
    assert rows_of(found, "trips", "left_home", "back_home") == [days]
    assert [what for _, what in said(found)] == doubts
    travel(found, tmp_path)


def test_the_note_keeps_the_dates_that_were_not_taken(tmp_path: Path) -> None:
    found = imported(tmp_path, {"TripEndDate": "2003-04-30", "Notes": "by night", "Confidence": "Low"})
    note = "by night; dates in the source: 2003-05-01 to 2003-04-30, days: 3; confidence: Low"
    assert rows_of(found, "trips", "note") == [(note,)]


def test_a_file_that_writes_the_day_first_is_read_so(tmp_path: Path) -> None:
    found = imported(tmp_path, {"TripStartDate": "02/05/2003", "TripEndDate": "23/05/2003", "TripDuration": "22"})
    assert rows_of(found, "trips", "left_home", "back_home") == [("2003-02-05", "2003-05-23")]
    days = [{"TripID": str(n), "TripStartDate": f"{n}/05/2003", "TripEndDate": "30/05/2003"} for n in range(11, 16)]
    found = imported(tmp_path, *days, {"TripID": "x", "TripStartDate": "05/14/2003", "TripEndDate": "30/05/2003"})
    expected = [("2003-05-11",), ("2003-05-12",), ("2003-05-13",), ("2003-05-14",), ("2003-05-15",), ("2003-05-14",)]
    assert rows_of(found, "trips", "left_home") == expected
    assert (7, "TripStartDate has day and month the other way round than most") in said(found)


COUNTRIES = [
    ("SIngapore", "", "Singapore", "SGP"),
    ("  united   STATES ", "", "Washington", "USA"),
    ("Kosovo", "", "Pristina", "XKX"),
    ("Palestine", "PSE", "Ramallah", "PSE"),
    ("Taiwan", "n/a", "Taipei", "TWN"),
    ("Western Sahara", "", "El-Aaiun", "ESH"),
    ("Soviet Union", "", "Moscow", "SUN"),
    ("Yugoslavia", "YUG", "Belgrade", "YUG"),
    ("Serbia and Montenegro", "", "Belgrade", "SCG"),
    ("Czechoslovakia", "", "Prague", "CSK"),
    ("GDR", "", "Berlin", "DDR"),
    ("Zaire", "ZAR", "Kinshasa", "COD"),
    ("Antarctica", "", "Antarctica", "ATA"),
]


def test_countries(tmp_path: Path) -> None:
    written = [{"CountryVisited": name, "CountryVisitedISO": code} for name, code, _, _ in COUNTRIES]
    found = imported(tmp_path, *({"TripID": str(number)} | row for number, row in enumerate(written)))
    visits = found.tables["stops"][found.tables["stops"]["kind"] == "visit"]
    assert list(zip(visits["place"], visits["country_iso3"], strict=True)) == [one[2:] for one in COUNTRIES]
    assert found.unplaced == (("Antarctica", "ATA"),)
    assert said(found) == []
    travel(found, tmp_path)


def test_palestine_stands_at_the_seat_of_its_government_and_its_ledger_says_what_was_asked(tmp_path: Path) -> None:
    found = imported(tmp_path, {"CountryVisited": "Palestine", "CountryVisitedISO": "PSE"})
    columns = ["kind", "matched_name", "query", "asked", "candidates_in_all", "reviewer", "note"]
    of_places = dict(zip(found.tables["places"]["place"], rows_of(found, "places", *columns), strict=True))
    note = "the seat of the government; stands for the whole country, and is no position on its capital"
    assert of_places["Ramallah"] == ("country", "Ramallah", "Ramallah (PSE)", "geonames", "1", "", note)
    assert all(len(day) == 10 for (day,) in rows_of(found, "places", "geocoded_on"))


def test_rows_without_country_or_leader_are_left_out_and_accounted_for(tmp_path: Path) -> None:
    nowhere = {"CountryVisited": "Somaliland", "CountryVisitedISO": ""}
    nobody = {"LeaderFullName": "TBD", "LeaderSurname": "???"}
    found = imported(tmp_path, {}, nowhere, nobody, nowhere | nobody)
    why, mend = "'Somaliland' is no country with an ISO 3166-1 code", "the country's ISO 3166-1 alpha-3 code into"
    mend = f"write {mend} CountryVisitedISO"
    named = "write the leader's name into LeaderFullName"
    assert found.left_out == (
        LeftOut("colt.csv", 3, why, mend),
        LeftOut("colt.csv", 4, "no leader is named", named),
        LeftOut("colt.csv", 5, f"{why}; no leader is named", f"{mend}; {named}"),
    )
    assert (found.read, found.kept) == (4, 1)


def test_a_code_that_disagrees_with_its_name_is_taken_and_doubted(tmp_path: Path) -> None:
    greek, abkhazian = {"CountryVisited": "Greece"}, {"CountryVisited": "Abkhazia", "CountryVisitedISO": "GEO"}
    found = imported(tmp_path, greek, abkhazian | {"TripID": "2"})
    assert said(found) == [
        (2, "'Greece' and the code 'TUR' disagree; the code is taken"),
        (3, "'Abkhazia' is on no list of countries; by its code 'GEO' it counts as Georgia"),
    ]
    assert rows_of(found, "stops", "country_iso3") == [("TUR",), ("FRA",), ("GEO",), ("FRA",)]


def test_the_head_of_an_international_body_has_no_way_home(tmp_path: Path) -> None:
    body = {"LeaderCountryOrIGO": "African Union", "LeaderCountryISO": "AU", "LeaderFullName": "Ida Dag"}
    found = imported(tmp_path, body)
    assert rows_of(found, "leaders", "leader_id", "country_iso3", "home_place") == [("ida-dag", "", "")]
    assert rows_of(found, "stops", "place", "kind") == [("Ankara", "visit")]
    assert rows_of(found, "trips", "note") == [("way home unknown",)]
    whose = "the leader of 'African Union' is kept as the head of an international body, without home or way home"
    assert said(found) == [(2, whose)]
    travel(found, tmp_path)


def test_people_of_one_name_have_ids_of_their_own(tmp_path: Path) -> None:
    greek = {"TripID": "2", "LeaderID": "8", "LeaderCountryISO": "GRC", "LeaderCountryOrIGO": "Greece"}
    found = imported(tmp_path, {}, greek, {"TripID": "3", "LeaderID": "9"}, {"TripID": "4", "LeaderID": ""})
    leaders = [("zoe-nord-fra-7",), ("zoe-nord-grc",), ("zoe-nord-fra-9",)]
    assert rows_of(found, "leaders", "leader_id") == leaders
    assert rows_of(found, "trips", "leader_id") == [*leaders, ("zoe-nord-fra-7",)]
    assert said(found) == [(4, "Zoé Nord of this country has several LeaderIDs; each is kept as a leader of its own")]


def test_without_leader_ids_the_name_and_country_tell_people_apart(tmp_path: Path) -> None:
    nobody = {"LeaderID": ""}
    greek = {"TripID": "2", "LeaderCountryISO": "GRC", "LeaderCountryOrIGO": ""}
    found = imported(tmp_path, nobody, nobody | greek, nobody | {"TripID": "3", "LeaderFullName": "ZOÉ  NORD"})
    assert rows_of(found, "trips", "leader_id") == [("zoe-nord-fra",), ("zoe-nord-grc",), ("zoe-nord-fra",)]
    travel(found, tmp_path)


def test_a_town_is_placed_and_a_capital_without_one_stands_for_the_country(tmp_path: Path) -> None:
    found = imported(tmp_path, {"CityVisited": "Izmir; Ankara;TBD"}, {"TripID": "2", "CityVisited": "Nowhereville"})
    columns = ("trip_id", "place", "arrived", "left", "certainty")
    assert rows_of(found, "stops", *columns) == [
        ("COLT-1", "Izmir", "2003-05-01", "", "reported"),
        ("COLT-1", "Ankara", "", "2003-05-03", "reported"),
        ("COLT-1", "Paris", "2003-05-03", "", "inferred"),
        ("COLT-2", "Nowhereville", "2003-05-01", "2003-05-03", "reported"),
        ("COLT-2", "Paris", "2003-05-03", "", "inferred"),
    ]
    kinds = [("Paris", "country"), ("Izmir", "city"), ("Ankara", "city"), ("Nowhereville", "")]
    assert rows_of(found, "places", "place", "kind") == kinds
    assert found.unplaced == (("Nowhereville", "TUR"),)
    travel(found, tmp_path)
    found = imported(tmp_path, {"CityVisited": "ANKARA"}, {"TripID": "2"})
    assert ("Ankara", "city") in rows_of(found, "places", "place", "kind")


def test_a_territory_is_not_its_countrys_capital(tmp_path: Path) -> None:
    found = imported(tmp_path, {"DisputedTerritory": "Crimea"})
    assert said(found) == [(2, "in a disputed or semi-autonomous territory; drawn at its country's capital")]
    assert rows_of(found, "trips", "note") == [("disputed territory: Crimea",)]
    assert imported(tmp_path, {"DisputedTerritory": "No", "SemiAutoTerritory": "0"}).doubts == ()


def test_people_met(tmp_path: Path) -> None:
    names = {"HostHOGSName": "Ana Vega", "NonhostHOGSNames": "José  Île; TBD; Ana Vega ;", "IGOLeaderName": "Ida Dag"}
    day = {"TripEndDate": "2003-05-01", "TripDuration": "1"}
    found = imported(tmp_path, names | day)
    columns = ("date", "counterpart", "counterpart_country_iso3", "place", "setting")
    assert rows_of(found, "meetings", *columns) == [
        ("2003-05-01", "Ana Vega", "TUR", "Ankara", "host"),
        ("2003-05-01", "José Île", "", "Ankara", "third country"),
        ("2003-05-01", "Ana Vega", "", "Ankara", "third country"),
        ("2003-05-01", "Ida Dag", "", "Ankara", "unknown"),
    ]
    assert said(found) == [(2, "a name in NonhostHOGSNames says nobody; it is left out")]
    travel(found, tmp_path)


def test_source_links(tmp_path: Path) -> None:
    links = {"SourceLink1": "HTTPS://www.Example.org/a", "SourceLink33": "press release", "SourceLink2": "www.b.org/x"}
    found = imported(tmp_path, links | {"SourceLink3": "https://c.org/1; http://d.org/2", "SourceLink4": "N/A"})
    assert rows_of(found, "evidence", "field", "says", "publisher", "url", "stance") == [
        ("trip", "listed", "example.org", "https://www.Example.org/a", "supports"),
        ("trip", "www.b.org/x", "b.org", "", "supports"),
        ("trip", "listed", "c.org", "https://c.org/1", "supports"),
        ("trip", "listed", "d.org", "http://d.org/2", "supports"),
        ("trip", "press release", "not named", "", "supports"),
    ]
    travel(found, tmp_path)


def test_deeds_and_events(tmp_path: Path) -> None:
    cells = {"SignedAgreement": "Yes", "PublicAddress": "No", "NameMultilatEvent": "G20", "BusinessLeaderOrForum": "1"}
    found = imported(tmp_path, cells | {"NameMultilatMinisterialEvent": "OSCE"})
    assert rows_of(found, "trips", "occasion", "note") == [("G20; OSCE", "signed an agreement; met business")]


@pytest.mark.long
def test_a_workbook_gives_what_the_csv_file_gives(tmp_path: Path) -> None:
    for name in ("colt.csv", "colt.xlsx"):
        write_colt(tmp_path / name, rows=400, seed=3, dirt=0.4)
    text, book = (read(tmp_path / name) for name in ("colt.csv", "colt.xlsx"))
    assert [doubt.row for doubt in text.doubts] == [doubt.row for doubt in book.doubts]
    for name, frame in text.tables.items():
        pd.testing.assert_frame_equal(frame, book.tables[name])


def test_cells_of_a_workbook_may_be_days_and_numbers_below_blank_rows(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Master")
    cells = ROW | {"TripID": 1, "LeaderID": 7.0, "TripStartDate": date(2003, 5, 1), "TripDuration": 3, "TripYear": 2003}
    for line in ([], list(cells), [], list((cells | {"TripDuration": 4}).values())):
        sheet.append(line)
    book.save(tmp_path / "colt.xlsx")
    found = read(tmp_path / "colt.xlsx")
    assert rows_of(found, "trips", "trip_id", "left_home", "back_home") == [("COLT-1", "2003-05-01", "2003-05-03")]
    assert (found.read, [doubt.row for doubt in found.doubts]) == (1, [4])


def test_rows_with_too_many_cells_are_left_out_and_short_ones_kept(tmp_path: Path) -> None:
    full = ",".join(ROW.values())
    lines = [",".join(ROW), f"{full},more", f"{full},,", "", full.rsplit(",", 1)[0]]
    (tmp_path / "colt.csv").write_text("\n".join(lines), encoding="utf-8")
    found = read(tmp_path / "colt.csv")
    why, mend = "more cells than the first row has columns", "put quotes around the cell that holds a comma"
    assert (found.read, found.left_out) == (3, (LeftOut("colt.csv", 2, why, mend),))
    assert said(found) == [(5, "says the same visit as a row before; it counts once")]


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "utf-8", "utf-8-sig"])
def test_encodings(encoding: str, tmp_path: Path) -> None:
    lines = (",".join(ROW), ",".join(ROW.values()))
    (tmp_path / "colt.csv").write_text("\n".join(lines), encoding=encoding)
    assert rows_of(read(tmp_path / "colt.csv"), "leaders", "name") == [("Zoé Nord",)]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "colt: empty; its first row must name the columns"),
        (
            b"LeaderFullName,Country\n",
            "colt is not a COLT file: its first row has no column CountryVisited or CountryVisitedISO",
        ),
        (b"PK\x03\x04 is no workbook", "colt: cannot be read as a workbook ("),
    ],
)
def test_files_that_are_not_colts(content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / "colt").write_bytes(content)
    with pytest.raises(ImportingError) as caught:
        read(tmp_path / "colt")
    assert str(caught.value).startswith(message)


def test_the_sheet_is_found_by_its_columns_or_named(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Codebook"
    book.worksheets[0].sheet_state = "hidden"
    for name in ("Travel", "Draft"):
        for line in (list(ROW), list((ROW | {"TripID": name}).values())):
            book[name].append(line) if name in book.sheetnames else book.create_sheet(name).append(line)
    book.save(tmp_path / "colt.xlsx")
    assert rows_of(read(tmp_path / "colt.xlsx"), "trips", "trip_id") == [("COLT-Travel",)]
    draft = read_colt(tmp_path / "colt.xlsx", quiet, options=Options(sheet="Draft"))
    assert rows_of(draft, "trips", "trip_id") == [("COLT-Draft",)]


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match=r"colt\.csv: no such file; name a table as CSV, "):
        read(tmp_path / "colt.csv")


def test_a_file_without_rows_gives_empty_tables(tmp_path: Path) -> None:
    (tmp_path / "colt.csv").write_text(",".join(ROW), encoding="utf-8")
    found = read(tmp_path / "colt.csv")
    assert (found.read, {name: len(frame) for name, frame in found.tables.items() if len(frame)}) == (0, {})


@pytest.mark.long
def test_a_large_dirty_file_is_imported_without_a_fault(tmp_path: Path) -> None:
    write_colt(tmp_path / "colt.csv", rows=6000, seed=1, dirt=0.3)
    seen = []

    def progress(rows: Iterable[Row], *, total: int) -> Iterable[Row]:
        seen.append(total)
        return rows

    found = COLT.read(tmp_path / "colt.csv", progress, Options())
    assert seen == [6000]
    assert found.read == 6000 == found.kept + len(found.left_out)
    stops = travel(found, tmp_path).stops
    assert (stops["mode"] == "unknown").all()
    said_by = {doubt.row for doubt in found.doubts} | {row.row for row in found.left_out}
    dirty = colt_rows(6000, seed=1, dirt=0.3)["TripStartDate"].eq("TBD")
    assert set(dirty.index[dirty] + 2) <= said_by
