"""Kinds of small faults in tables that people keep: each is read rightly, or told; none is guessed in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.importers.countries import country_code, country_doubt
from dashboard.importers.findings import findings
from dashboard.importers.imported import Imported, ImportingError, quiet
from dashboard.importers.options import Options
from dashboard.importers.table import importer
from dashboard.importers.writing import write
from dashboard.tables.transport import transport_named

pytestmark = pytest.mark.long


def read(folder: Path, text: str, **said: str) -> Imported:
    (folder / "trips.csv").write_text(text, "utf-8")
    return importer.read(folder / "trips.csv", quiet, Options(**said))  # type: ignore[arg-type]


def stops(imported: Imported, *columns: str) -> list[tuple[str, ...]]:
    return list(imported.tables["stops"][list(columns)].itertuples(index=False, name=None))


def told(imported: Imported) -> list[str]:
    return [one.what for one in imported.doubts if one.kind != "note"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Congo (DRC)", "COD"),
        ("Korea (DPRK)", "PRK"),
        ("S. Korea", "KOR"),
        ("N. Ireland", "GBR"),
        ("U.S.S.R.", "SUN"),
        ("Trinidad", "TTO"),
        ("C.A.R.", "CAF"),
        ("Venezuela, RB", "VEN"),
        ("Elfenbeinküste", "CIV"),
        ("Vatican City", "VAT"),
        ("Großbritannien", "GBR"),
        ("Gran Bretaña", "GBR"),
        ("Scotland, UK", "GBR"),
        ("URSS", "SUN"),
        ("СССР", "SUN"),
        ("Tschechoslowakei", "CSK"),
        ("RDA", "DDR"),
        ("동독", "DDR"),
        ("Yougoslavie", "YUG"),
        ("RDC", "COD"),
        ("P.R. China", "CHN"),
        ("GER", "DEU"),
        ("SUI", "CHE"),
    ],
)
def test_countries_as_people_write_them(name: str, code: str) -> None:
    assert (country_code(name), country_doubt(name)) == (code, "")


def test_a_state_that_is_gone_and_sat_elsewhere_is_told() -> None:
    assert (
        country_doubt("South Yemen") == "country 'South Yemen', whose government sat in Aden, is taken as Yemen (YEM)"
    )


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Avión", "plane"),
        ("USS Missouri", "ship"),
        ("Aircraft carrier", "ship"),
        ("전용열차", "train"),
        ("Pkw", "car"),
        ("특별열차", "train"),
        ("Flug", "plane"),
        ("буксир", "unknown"),
        ("navire", "ship"),
    ],
)
def test_modes_in_other_words(text: str, mode: str) -> None:
    assert transport_named(text) == mode


@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("Paris, Texas", [("Paris, Texas", "USA")]),
        ("London, Ontario", [("London", "CAN")]),
        ("Washington, DC", [("Washington, DC", "USA")]),
        ("Atlanta, Georgia", [("Atlanta, Georgia", "USA")]),
        ("Tbilisi, Georgia", [("Tbilisi", "GEO")]),
        ("Sydney, NSW", [("Sydney", "AUS")]),
        ("Perth (Australia)", [("Perth", "AUS")]),
        ("Kenya: Nairobi", [("Nairobi", "KEN")]),
        ("Kenya / Nairobi", [("Nairobi", "KEN")]),
        ("Nairobi, Kenya; Kampala, Uganda", [("Nairobi", "KEN"), ("Kampala", "UGA")]),
        ("Bruselas y París", [("Bruselas", "BEL"), ("París", "FRA")]),
        ("New York", [("New York", "USA")]),
        ("Davos", [("Davos", "CHE")]),
    ],
)
def test_a_country_found_from_the_place_is_told(tmp_path: Path, place: str, found: list[tuple[str, str]]) -> None:
    imported = read(tmp_path, f'leader,place,arrived\nAda,"{place}",2019-01-02\n')
    assert stops(imported, "place", "country_iso3") == found
    assert told(imported)[0].startswith("no country is given; ")


@pytest.mark.parametrize(("place", "may"), [("Victoria", "Hong Kong"), ("Bali", "Indonesia")])
def test_a_place_of_several_countries_is_asked_for(tmp_path: Path, place: str, may: str) -> None:
    (row,) = read(tmp_path, f"leader,place,arrived\nAda,{place},2019-01-02\n").left_out
    assert f"{place!r} may be in " in row.why
    assert may in row.why
    assert (row.mend, row.asked) == ("write the place as TOWN, COUNTRY", f"place:{place}")


@pytest.mark.parametrize(
    ("country", "place", "found"),
    [
        ("France", "Paris - Lyon", ["Paris", "Lyon"]),
        ("France", "Paris–Lyon–Nice", ["Paris", "Lyon", "Nice"]),
        ("France", "Paris + Lyon", ["Paris", "Lyon"]),
        ("France", "Paris, then Lyon", ["Paris", "Lyon"]),
        ("France", "Paris\nLyon", ["Paris", "Lyon"]),
        ("USA", "New\nYork", ["New York"]),
        ("USA", "Portland, Oregon", ["Portland, Oregon"]),
        ("USA", "New York, Washington, D.C.", ["New York", "Washington, D.C."]),
        ("Brazil", "Rio de Janeiro and Brasília", ["Rio de Janeiro", "Brasília"]),
        ("Mexico", "Ciudad de México, México", ["Ciudad de México"]),
        ("Italy", "Roma e Milano", ["Roma", "Milano"]),
        ("China", "北京、上海", ["北京", "上海"]),
        ("Peru", "Lima (2 days), Cusco (1 day)", ["Lima", "Cusco"]),
        ("Ireland", "Shannon (refuelling)", ["Shannon"]),
    ],
)
def test_cells_of_one_or_several_places(tmp_path: Path, country: str, place: str, found: list[str]) -> None:
    imported = read(tmp_path, f'leader,country,place,arrived\nAda,{country},"{place}",2019-01-02\n')
    assert [name for (name,) in stops(imported, "place")] == found
    assert (imported.unplaced, imported.ambiguous) == ((), ())


@pytest.mark.parametrize(
    "cell", ["48.1, 2.2", "48.1 2.2", "48,1; 2,2", "(48.1, 2.2)", "48°6'N 2°12'E", "POINT (2.2 48.1)"]
)
def test_both_coordinates_in_one_cell(tmp_path: Path, cell: str) -> None:
    imported = read(tmp_path, f'leader,country,place,arrived,coordinates\nAda,France,Camp X,2019,"{cell}"\n')
    places = imported.tables["places"]
    assert places[["latitude_deg", "longitude_deg", "provider"]].to_numpy().tolist() == [["48.1", "2.2", "the file"]]


@pytest.mark.parametrize(
    ("status", "kept"),
    [
        ("did not take place", []),
        ("called off", []),
        ("연기", []),
        ("held online", []),
        ("TBD", ["expected"]),
        ("Cancelled - illness", []),
        ("pending", ["expected"]),
        ("took place", ["reported"]),
        ("not cancelled", ["reported"]),
        ("completed (partly cancelled)", ["reported"]),
    ],
)
def test_what_was_not_made_does_not_count(tmp_path: Path, status: str, kept: list[str]) -> None:
    imported = read(tmp_path, f"leader,country,place,arrived,status\nAda,France,Paris,2019-01-02,{status}\n")
    assert [certainty for (certainty,) in stops(imported, "certainty")] == kept
    unclear = "not cancelled" in status or "partly" in status
    assert told(imported) == ([f"status {status!r} is not known; the trip counts as made"] if unclear else [])


@pytest.mark.parametrize(
    ("columns", "cells", "kept"),
    [
        ("arrived,cancelled", ["2019-01-02,yes", "2019-02-02,no"], ["2019-02-02"]),
        ("arrived,abgesagt", ["2019-01-02,", "2019-02-02,x"], ["2019-01-02"]),
        ("arrived,note", ["annulé,a", "2019-02-02,b"], ["2019-02-02"]),
        ("left_home,note", ["abgesagt,a", "2019-02-02,b"], ["2019-02-02"]),
        ("arrived,note", ["3 March 2019 (cancelled),a", "2019-02-02,b"], ["2019-02-02"]),
    ],
)
def test_a_trip_is_called_off_by_its_own_column_or_in_place_of_its_day(
    tmp_path: Path, columns: str, cells: list[str], kept: list[str]
) -> None:
    imported = read(tmp_path, f"leader,country,{columns}\n" + "".join(f"Ada,France,{row}\n" for row in cells))
    assert imported.tables["trips"]["left_home"].str.rstrip("?").tolist() == kept
    assert imported.left_out[0].why.startswith("was not made (")


@pytest.mark.parametrize(
    ("place", "notes", "says"),
    [
        ("Paris", "CANCELLED", "'CANCELLED' may mean that the trip was not made"),
        ("Nice (cancelled)", "", "'Nice (cancelled)' may mean that the trip was not made"),
        ("Shannon", "Refuelling stop", "'Refuelling stop' may mean a stop in transit"),
    ],
)
def test_what_other_columns_say_of_a_trip_is_told(tmp_path: Path, place: str, notes: str, says: str) -> None:
    country = "Ireland" if place == "Shannon" else "France"
    imported = read(tmp_path, f"leader,country,place,arrived,notes\nAda,{country},{place},2019-01-02,{notes}\n")
    assert any(what.startswith(says) for what in told(imported))


@pytest.mark.parametrize("leader", ["NA", "N/A", "unknown", "-"])
def test_a_word_for_nothing_is_nobody(tmp_path: Path, leader: str) -> None:
    imported = read(tmp_path, f"leader,country,arrived\n{leader},France,2019\nNa,Spain,2019\n")
    assert [row.row for row in imported.left_out] == [2]
    assert imported.tables["leaders"]["name"].tolist() == ["Na"]


def test_people_of_whom_rows_differ_are_told(tmp_path: Path) -> None:
    text = (
        "leader,leader country,role,home,country,arrived\n"
        "Ada,Congo,minister,,France,2019-01-02\n"
        'Ada,Congo,president,"Lyon, France",Spain,2020-01-02\n'
        "Ada; Ben,,,,Spain,2020-02-02\n"
    )
    said = told(read(tmp_path, text))
    assert "leader 'Ada; Ben' is kept as one; give each a row if they are several" in said
    assert "'Ada' has the office 'president' here and 'minister' before, which is kept" in said
    assert any(what.startswith("country 'Congo' is taken as Republic of the Congo (COG)") for what in said)


@pytest.mark.parametrize("home", ["Ruritania City, Ruritania", "Victoria", "Oslo, Norway"])
def test_a_home_that_is_not_found_is_told_and_keeps_nobody_out(tmp_path: Path, home: str) -> None:
    imported = read(tmp_path, f'leader,home,country,arrived\nAda,"{home}",France,2019\n')
    write(imported, tmp_path / "data")
    is_known = home == "Oslo, Norway"
    assert imported.tables["leaders"]["home_place"].tolist() == (["Oslo"] if is_known else [""])
    assert is_known or any(what.startswith(f"home {home!r}: ") for what in told(imported))


def test_a_visit_told_twice_in_other_words_is_told(tmp_path: Path) -> None:
    text = "leader,country,place,arrived\nAda,France,Paris,2019-01-02\nADA,France,PARIS,2019-01-02\n"
    imported = read(tmp_path, text + "Ada,France,Paris,2 January 2019\n")
    assert [(row.row, row.why) for row in imported.left_out] == [(3, "repeats row 2")]
    assert told(imported) == ["says the same person, place and day as row 2; both are kept"]


def test_a_stay_of_more_than_a_year_is_told(tmp_path: Path) -> None:
    imported = read(tmp_path, "leader,country,arrived,left\nAda,Peru,2018-01-02,2019-01-05\nAda,Peru,2017,2018-12-31\n")
    assert told(imported) == ["stays for 368 days in one place; check the years of both days"]


def test_a_column_of_links_holds_no_names(tmp_path: Path) -> None:
    text = "person,personLabel,placeLabel,countryLabel,start,coord\n"
    imported = read(tmp_path, text + "http://example.org/Q1,Ada,Paris,France,2019-03-04T00:00:00Z,Point(2.35 48.85)\n")
    assert imported.tables["leaders"]["name"].tolist() == ["Ada"]
    assert stops(imported, "place", "country_iso3") == [("Paris", "FRA")]


def test_each_column_of_days_proves_its_own_order(tmp_path: Path) -> None:
    text = "leader,country,arrived,left\nAda,France,25/06/2018,06/27/2018\nAda,France,03/04/2018,04/05/2018\n"
    imported = read(tmp_path, text)
    assert stops(imported, "arrived", "left") == [("2018-06-25", "2018-06-27"), ("2018-04-03", "2018-04-05")]
    assert [one.what for one in imported.doubts][:2] == [
        "days such as 03/04/2018 in the column of arrived are read day first: 1 of them can only be so",
        "days such as 03/04/2018 in the column of left are read month first: 1 of them can only be so",
    ]


def test_years_and_months_in_columns_of_their_own_complete_the_days(tmp_path: Path) -> None:
    text = "leader,year,month,day,country\nAda,2019,3,5,France\nAda,2019,March,7-9,Italy\nAda,2020,,,Spain\n"
    assert stops(read(tmp_path, text), "arrived", "left") == [
        ("2019-03-05", ""),
        ("2019-03-07", "2019-03-09"),
        ("2020", ""),
    ]


def test_rows_that_order_or_sum_the_others_are_no_trips(tmp_path: Path) -> None:
    text = (
        "leader,dates,country,city\n2019,,,\nAda,5 March,France,Paris\nleader,dates,country,city\nJune 2020:,,,\n"
        "Ada,3,Peru,Lima\nAda,30 Dec – 2 Jan,Peru,Lima\nTotal,2 trips,,\nAda,2022-05-05,Peru,Lima\n"
    )
    imported = read(tmp_path, text)
    assert [day for (day,) in stops(imported, "arrived")] == ["2019-03-05", "2020-06-03", "2020-12-30", "2022-05-05"]
    assert [(row.row, row.why) for row in imported.left_out] == [
        (2, "is a heading of the rows below, whose days are taken as of 2019"),
        (4, "repeats the headings"),
        (5, "is a heading of the rows below, whose days are taken as of June 2020"),
        (8, "is a total and no trip"),
    ]


@pytest.mark.parametrize(
    "header",
    [
        "Traveler Name,Destination Country,Destination City,Trip Start,Trip End,Reason for travel",
        "Dignitary,Visited Country,City/Town,Start Date,End Date,Remarks",
        "PM,Country/ies visited,Areas visited,Arrival Date/Time,Until,Note(s)",
        "Premier ministre,Pays visité,Ville(s),Date de début,Date de fin,Objet du déplacement",
        "Bundeskanzler,Reiseland,Ort,Datum von,Datum bis,Anlass der Reise",
        "대통령,방문국가,방문도시,시작일,종료일,방문목적",
        "대통령,방문 국가,방문 도시,시작일,종료일,방문 목적",
        "Minister/in,Land,Reiseziel,Reisebeginn,Reiseende,Anlass",
        "delegate,ctry,loc,start_dt,end_dt,reason_for_trip",
        "FULL NAME,COUNTRY TO VISIT,CITY TO VISIT,FROM DATE,TO DATE,PURPOSE",
        "Министр,Страна,Город,Дата прибытия,Дата отъезда,Цель",
        "Name of Official,Destination Country,Destination(s),Flight date,Until,Purpose",
        "traveller.name,place.country.iso3,place.city,dates.start,dates.end,why.purpose",
        "姓名,国家/地区,城市,时间,结束日期,事由",
    ],
)
def test_headings_in_other_words_are_guessed(tmp_path: Path, header: str) -> None:
    imported = read(tmp_path, f"{header}\nAda,France,Paris,2019-01-02,2019-01-03,talks\n")
    assert stops(imported, "place", "country_iso3", "arrived", "left") == [("Paris", "FRA", "2019-01-02", "2019-01-03")]
    assert imported.tables["trips"]["occasion"].tolist() == ["talks"]


def test_a_namesake_in_a_territory_is_told(tmp_path: Path) -> None:
    imported = read(tmp_path, "leader,country,place,arrived\nAda,Netherlands,Willemstad,2019-01-02\n")
    assert [(one.kind, one.count, one.what) for one in findings(imported)] == [
        (
            "doubtful",
            1,
            "Willemstad is given as The Netherlands, now listed under Curacao; check that this one is meant",
        )
    ]


@pytest.mark.parametrize("header", ["país,fecha,ciudad,nombre", "country,date,city,first name", "Land,Datum,Ort,Name"])
def test_a_name_alone_is_nobody_s(tmp_path: Path, header: str) -> None:
    with pytest.raises(ImportingError, match="no column of leader"):
        read(tmp_path, f"{header}\nFrance,2019-10-02,Paris,Climate Summit\n")


def test_a_nested_country_is_that_of_what_it_stands_in(tmp_path: Path) -> None:
    text = "traveller.name,traveller.country,place.city,place.country.name,place.country.iso3,dates.start\n"
    imported = read(tmp_path, text + "Ada,NOR,Paris,France,FRA,2019-03-04\n")
    assert imported.tables["leaders"]["country_iso3"].tolist() == ["NOR"]
    assert stops(imported, "place", "country_iso3")[0] == ("Paris", "FRA")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("leader^country^arrived\nAda^France^2019\n", "there is only one column; part its cells with commas"),
        (
            "leader,country,Date\nAda,France,평성 30년\n",
            "'Date' holds '평성 30년', which is not a day that can be read",
        ),
    ],
)
def test_what_keeps_a_column_from_being_found_is_said(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(ImportingError, match=says):
        read(tmp_path, text)


def test_numbers_that_begin_anew_each_year_are_journeys_of_each(tmp_path: Path) -> None:
    text = (
        "leader,year,trip no,country,place,arrived\nAda,2018,1,France,Paris,2 Jan\nAda,2018,1,France,Lyon,3 Jan\n"
        "Ada,2018,2,Peru,Lima,30 Dec\nAda,2019,2,Chile,Santiago,2 Jan\nAda,2019,1,Togo,Lomé,2 Feb\n"
    )
    imported = read(tmp_path, text)
    assert [trip for (trip,) in stops(imported, "trip_id")] == ["1-2018", "1-2018", "2", "2", "1-2019"]
    anew = "its trip number stands for a journey of another year, too; they are kept as one for each year"
    assert told(imported) == [anew] * 3


def test_a_row_at_home_within_a_day_is_the_way_home_without_a_column_of_trips(tmp_path: Path) -> None:
    text = (
        "leader,leader country,place,country,arrived\nAda,USA,Paris,France,2019-03-03\n"
        'Ada,USA,"Washington, D.C.",United States,2019-03-04\nAda,USA,Washington,United States,2019-06-04\n'
    )
    imported = read(tmp_path, text)
    assert stops(imported, "trip_id", "place", "arrived", "kind") == [
        ("ada-2019-03-03-and-back", "Paris", "2019-03-03", "visit"),
        ("ada-2019-03-03-and-back", "Washington", "2019-03-04", "home"),
        ("ada-2019-06-04", "Washington", "2019-06-04", "visit"),
        ("ada-2019-06-04", "Washington", "", "home"),
    ]
    assert told(imported) == [
        "Washington, D.C. follows within a day on the row before and is taken as the way home from there",
        "Washington is the leader's home: a trip that goes nowhere, unless the home is another",
    ]


def test_a_stop_in_the_own_country_on_the_way_out_is_no_visit(tmp_path: Path) -> None:
    text = (
        "trip,leader,leader country,place,country,arrived\nA,Ada,USA,Chicago,United States,2019-03-01\n"
        "A,Ada,USA,Paris,France,2019-03-03\nA,Ada,USA,Washington DC,United States,2019-03-04\n"
    )
    imported = read(tmp_path, text)
    assert [kind for (kind,) in stops(imported, "kind")] == ["transit", "visit", "home"]
    assert told(imported) == ["Chicago is in the leader's own country: taken as a stop on the way out"]
