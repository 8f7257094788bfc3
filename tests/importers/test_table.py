"""The `table` importer: columns by name in any order, days never guessed, every row accounted for."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from dashboard.geocoding.gazetteer import fold
from dashboard.importers.findings import report
from dashboard.importers.formats import run
from dashboard.importers.imported import Doubt, Imported, ImportingError, LeftOut, quiet
from dashboard.importers.options import Options
from dashboard.importers.table import importer
from dashboard.importers.table.columns import match
from dashboard.importers.table.fields import FIELDS, Field
from dashboard.importers.writing import write
from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.travel.build import load

pytestmark = pytest.mark.long

TRIPS = """\
City,Notes,Who,Start,End,Country,Mode,Met,Link
Beijing,first visit,Kim Jong Un,2018-03-25,2018-03-28,China,by train,Xi Jinping,https://example.org/beijing
,"summit, the first",Kim Jong Un,12 June 2018,12 June 2018,SG,plane,Donald Trump;Lee Hsien Loong,State Radio
Vladivostok,,Kim Jong Un,"April 24, 2019",2019-04-26,Russia,teleport,,
"""


def read(path: Path, mapping: Mapping[str, str] | None = None, **said: Any) -> Imported:
    return importer.read(path, quiet, Options(columns=mapping or {}, **said))


def told(imported: Imported) -> tuple[Doubt, ...]:
    """The doubts about rows, without what is said of the table as a whole."""
    return tuple(one for one in imported.doubts if one.kind != "note")


def notes(imported: Imported) -> list[str]:
    return [one.what for one in imported.doubts if one.kind == "note"]


def table(folder: Path, text: str | bytes, name: str = "trips.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def rows(imported: Imported, name: str, *columns: str) -> list[tuple[str, ...]]:
    return list(imported.tables[name][list(columns)].itertuples(index=False, name=None))


def test_a_row_for_each_trip_with_columns_in_any_order(tmp_path: Path) -> None:
    imported = read(table(tmp_path, TRIPS))
    assert (imported.read, imported.kept, imported.left_out) == (3, 3, ())
    assert rows(imported, "trips", "trip_id", "leader_id", "left_home", "arrived_host", "left_host", "occasion") == [
        ("kim-jong-un-2018-03-25", "kim-jong-un", "2018-03-25?", "2018-03-25", "2018-03-28", "first visit"),
        ("kim-jong-un-2018-06-12", "kim-jong-un", "2018-06-12?", "2018-06-12", "2018-06-12", "summit, the first"),
        ("kim-jong-un-2019-04-24", "kim-jong-un", "2019-04-24?", "2019-04-24", "2019-04-26", ""),
    ]
    assert rows(imported, "stops", "stop", "place", "country_iso3", "reached_by", "kind", "certainty") == [
        ("1", "Beijing", "CHN", "train", "visit", "reported"),
        ("1", "Singapore", "SGP", "plane", "visit", "reported"),
        ("1", "Vladivostok", "RUS", "unknown", "visit", "reported"),
    ]
    assert rows(imported, "meetings", "date", "counterpart", "place", "setting") == [
        ("", "Xi Jinping", "Beijing", "unknown"),
        ("2018-06-12", "Donald Trump", "Singapore", "unknown"),
        ("2018-06-12", "Lee Hsien Loong", "Singapore", "unknown"),
    ]
    assert rows(imported, "evidence", "field", "says", "publisher", "url") == [
        ("stop 1", "first visit", "example.org", "https://example.org/beijing"),
        ("stop 1", "summit, the first", "State Radio", ""),
    ]
    modes = ", ".join(TRANSPORT_NAMES)
    assert told(imported) == (Doubt("trips.csv", 4, f"transport 'teleport' is kept as unknown; write one of {modes}"),)


STOPS = """\
trip;leader;leader country;role;country;place;arrived;left;back_home
A;Ada North;Norway;minister;France;Paris;2020-01-10;2020-01-12;
A;Ada North;Norway;minister;Germany;;2020-01-07;2020-01-10;2020-01-13
B;Ada North;Norway;minister;Italy;Rome;2020-02-01;2020-02-09;
B;Ada North;Norway;minister;VAT;Vatican City;2020-02-03;2020-02-03;2020-01-01
A;Ben South;;;Spain;Madrid;2020-01-01;2020-01-02;
"""


def test_a_row_for_each_stop_joined_by_trip_in_order_of_arrival(tmp_path: Path) -> None:
    imported = read(table(tmp_path, STOPS))
    assert rows(imported, "stops", "trip_id", "stop", "place", "arrived", "left", "kind") == [
        ("ada-north-A", "1", "Germany", "2020-01-07", "2020-01-10", "visit"),
        ("ada-north-A", "2", "Paris", "2020-01-10", "2020-01-12", "visit"),
        ("ada-north-A", "3", "Oslo", "", "", "home"),
        ("B", "1", "Rome", "2020-02-01", "2020-02-03/2020-02-09", "visit"),
        ("B", "2", "Vatican City", "2020-02-03", "2020-02-03", "visit"),
        ("B", "3", "Oslo", "", "", "home"),
        ("ben-south-A", "1", "Madrid", "2020-01-01", "2020-01-02", "visit"),
    ]
    assert rows(imported, "trips", "trip_id", "left_home", "back_home") == [
        ("ada-north-A", "2020-01-07?", "2020-01-13"),
        ("B", "2020-02-01?", ""),
        ("ben-south-A", "2020-01-01?", ""),
    ]
    assert rows(imported, "places", "place", "kind") == [
        ("Germany", "country"),
        ("Paris", "city"),
        ("Oslo", "city"),
        ("Rome", "city"),
        ("Vatican City", "city"),
        ("Madrid", "city"),
    ]
    assert imported.left_out == ()
    assert told(imported) == (Doubt("trips.csv", 5, "back_home 2020-01-01 is before the last stop; left empty"),)


def test_what_is_imported_can_be_shown(tmp_path: Path) -> None:
    for name, text in (("trips", TRIPS), ("stops", STOPS)):
        imported = read(table(tmp_path, text))
        write(imported, tmp_path / name)
        assert len(load(tmp_path / name).trips) == len(imported.tables["trips"])


BAD = """\
leader,country,place,arrived,left
Ada,Ruritania,,2020-01-01,
,France,Paris,2020-01-01,
Ada,,,2020-01-01,
Ada,France,Paris,2020-01-05,2020-01-01
Ada,France,Paris,2020-01-05,2020-01-06,surplus
Ada,France,ﾞ,2020-01-05,2020-01-06

Ada,France,Paris,soon,
"""


def test_every_row_left_out_says_why_and_what_would_mend_it(tmp_path: Path) -> None:
    imported = read(table(tmp_path, BAD))
    known = "write its English name or its ISO 3166-1 code"
    assert imported.left_out == (
        LeftOut("trips.csv", 2, "country 'Ruritania' is not known", known),
        LeftOut("trips.csv", 3, "no leader ('')", "write who travelled"),
        LeftOut("trips.csv", 4, "no country", known),
        LeftOut(
            "trips.csv",
            5,
            "left 2020-01-01 is before arrived 2020-01-05",
            "a place is left on the day of arrival or later: say which day is meant, - for none, or correct the table",
        ),
        LeftOut(
            "trips.csv",
            6,
            "1 more cells than the header has columns",
            "put a cell that holds the separator in double quotes",
        ),
        LeftOut("trips.csv", 7, "place 'ﾞ' is not a name", "write a name, or nothing for the whole country"),
    )
    assert imported.left_out[3].asked == "left:2020-01-01"
    assert told(imported) == (Doubt("trips.csv", 9, "'soon' is not a day that can be read; write it as YYYY-MM-DD"),)
    assert (imported.read, imported.kept) == (7, 1)


@pytest.mark.parametrize(("meant", "left"), [("2020-01-08", "2020-01-08"), ("-", "")])
def test_a_day_of_leaving_before_the_arrival_is_answered(meant: str, left: str, tmp_path: Path) -> None:
    text = "leader,country,arrived,left\nAda,France,2020-01-05,2020-01-01\nAda,Peru,2020-01-05,01/02/2020\n"
    path = table(tmp_path, text)
    assert [one.asked for one in read(path).left_out] == ["left:2020-01-01"]
    answered = read(path, answers={"left:2020-01-01": meant})
    assert rows(answered, "stops", "left")[0] == (left,)
    # An answer holds for every row of that text, so it is not asked where one of them is in order.
    path = table(tmp_path, "leader,country,arrived,left\nAda,France,2020-01-05,2020-01-04\nAda,Peru,2020,2020-01-04\n")
    assert [(one.asked, one.mend[:35]) for one in read(path).left_out] == [
        ("", "a place is left on the day of arrival"[:35])
    ]


def test_a_table_of_which_nothing_is_kept_says_so(tmp_path: Path) -> None:
    imported = read(table(tmp_path, "leader,country,arrived\nAda,Ruritania,2020\n"))
    assert report(imported) == (
        "1 row read = 0 kept + 1 left out.\n"
        "Written: nothing.\n\n"
        "Left out:\n"
        "  1 × country 'Ruritania' is not known; write its English name or its ISO 3166-1 code;"
        " did you mean Mauritania or Lithuania or Romania?\n"
        "    trips.csv:2\n"
        "    --answer country:Ruritania=COUNTRY"
    )


def test_the_user_names_columns_and_the_order_of_days(tmp_path: Path) -> None:
    path = table(tmp_path, "Wer,Land,Tag,Egal\nAda,France,03/04/2018,x\n")
    mapping = {"Wer": "leader", "Land": "country", "Tag": "arrived:day-first", "Egal": "ignore"}
    imported = read(path, mapping)
    assert rows(imported, "trips", "trip_id", "arrived_host") == [("ada-2018-04-03", "2018-04-03")]
    assert told(imported) == ()


def test_everything_unclear_about_the_columns_is_said_at_once(tmp_path: Path) -> None:
    path = table(tmp_path, "Zone,Start,From,Odd\n")
    with pytest.raises(ImportingError) as raised:
        read(path, {"Nix": "leader", "Odd": "colour"})
    fields = ", ".join(field.name for field in FIELDS)
    assert str(raised.value) == (
        "trips.csv: --map names the column 'Nix', which is not there\n"
        f"trips.csv: --map names the field 'colour'; the fields are {fields}, ignore\n"
        "trips.csv: columns 'Start' and 'From' may both be arrived; say which: --map 'Start'=arrived\n"
        "trips.csv: no column of leader (who travelled); say which: --map COLUMN=leader,"
        " or give one for all rows: --leader NAME\n"
        "trips.csv: no column of country (where: English name or ISO 3166-1 code); say which: --map COLUMN=country,"
        " or of place, or give one for all rows: --country NAME\n"
        "trips.csv: columns: Zone, Start, From, Odd"
    )


def test_a_departure_that_may_be_from_home_is_asked_for(tmp_path: Path) -> None:
    path = table(tmp_path, "leader,country,Departure\nAda,France,2019-05-01\n")
    with pytest.raises(ImportingError) as raised:
        read(path)
    assert str(raised.value) == (
        "trips.csv: column 'Departure' may be left_home or left; say which: --map 'Departure'=left_home\n"
        "trips.csv: columns: leader, country, Departure"
    )
    assert rows(read(path, {"Departure": "left_home"}), "trips", "left_home") == [("2019-05-01",)]


def test_a_departure_beside_a_return_is_that_from_home(tmp_path: Path) -> None:
    imported = read(table(tmp_path, "leader,country,Departure,back\nAda,France,2019-05-01,2019-05-03\n"))
    assert notes(imported)[0].endswith("'Departure' as left_home, 'back' as back_home")
    columns = ["trip_id", "left_home", "arrived_host", "left_host", "back_home"]
    assert rows(imported, "trips", *columns) == [("ada-2019-05-01", "2019-05-01", "", "", "2019-05-03")]
    assert told(imported) == ()
    write(imported, tmp_path / "out")
    assert load(tmp_path / "out").trips["days"].tolist() == [3]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: str(field.name))
def test_every_field_is_found_by_each_of_its_names(field: Field) -> None:
    needed = [one.name for one in FIELDS if (one.required or one.name == field.only_with) and one != field]
    for name in (field.name, *field.names, field.name.replace("_", " ").upper()):
        assert match([*needed, name], Options(leader="Ada", country="France"), "x").positions[field.name] == len(needed)


def test_no_heading_means_two_fields() -> None:
    headings = [name for field in FIELDS for name in {fold(field.name), *field.names}]
    assert sorted({name for name in headings if headings.count(name) > 1}) == []


def test_what_a_column_holds_decides_between_a_day_and_a_place(tmp_path: Path) -> None:
    imported = read(table(tmp_path, "from,to,date\nOslo,Paris,2019-01-02\nParis,Oslo,2019-01-05\n"), leader="Ada")
    assert (
        notes(imported)[0] == "columns are taken by their headings: 'to' as place, 'from' as origin, 'date' as arrived"
    )
    imported = read(table(tmp_path, "place,from,to\nLyon,2019-01-02,2019-01-03\n"), leader="Ada")
    assert notes(imported)[0] == "columns are taken by their headings: 'from' as arrived, 'to' as left"


def test_a_column_that_is_not_used_is_named(tmp_path: Path) -> None:
    imported = read(table(tmp_path, "leader,country,arrived,weather\nAda,France,2020,rain\n"))
    assert notes(imported) == ["column 'weather' is not used"]


def test_a_workbook_with_excel_days_and_a_formula(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Visits"
    sheet.append([])
    sheet.append(["leader", "country", "arrived", "notes"])
    sheet.append(["Ada", "France", date(2018, 3, 25), "<script>alert(1)</script>"])
    sheet.append(["Ada", "France", 2019, "=1+1"])
    book.create_sheet("Other")
    book.save(tmp_path / "visits.xlsx")
    imported = read(tmp_path / "visits.xlsx")
    assert rows(imported, "trips", "arrived_host", "occasion") == [
        ("2018-03-25", "<script>alert(1)</script>"),
        ("2019", ""),
    ]
    assert notes(imported) == ["sheet 'Other' is not read", "columns are taken by their headings: 'notes' as occasion"]
    assert imported.left_out == ()


MANIFEST = """<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
</manifest:manifest>"""
ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:spreadsheet>
<table:table table:name="Sheet1">
<table:table-row>{header}</table:table-row>
<table:table-row>{body}</table:table-row>
</table:table></office:spreadsheet></office:body></office:document-content>"""


def test_an_ods_file(tmp_path: Path) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    day = '<table:table-cell office:value-type="date" office:date-value="2018-03-25"/>'
    header = "".join(map(cell.format, ("leader", "country", "date")))
    with zipfile.ZipFile(tmp_path / "visits.ods", "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", MANIFEST)
        archive.writestr("content.xml", ODS.format(header=header, body=cell.format("Ada") + cell.format("Peru") + day))
    imported = read(tmp_path / "visits.ods")
    assert rows(imported, "stops", "country_iso3", "arrived") == [("PER", "2018-03-25")]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.csv", b"", "a.csv: empty; its first row must name the columns"),
        *(
            (
                "a.csv",
                f"leader\n{name}\n".encode(code),
                f"a.csv:2: byte {byte} is not UTF-8; save the file as CSV UTF-8",
            )
            for name, code, byte in (
                ("김철수", "cp949", "0xb1"),
                ("Łukasz Żółty", "cp1250", "0xa3"),
                ("Иван", "cp1251", "0xc8"),
                ("山田", "shift_jis", "0x8e"),
                ("张", "gbk", "0xd5"),
            )
        ),
        ("a.csv", b"l\0e", "a.csv:1: a NUL byte, as UTF-16 and other files have them; save it as CSV UTF-8"),
        (
            "a.csv",
            b'leader\n"' + b"x" * 200_000 + b'"\n',
            "a.csv:2: a cell of more than 131,072 characters; look for a quote that is not closed",
        ),
        (
            "a.pdf",
            b"%PDF",
            "a.pdf is a PDF, which holds letters but no rows; copy its table into a spreadsheet, and give a table as"
            " CSV, TSV, XLSX, ODS, JSON or Parquet",
        ),
        (
            "trips.js",
            b"const trips = [{leader: 'Ada'}];",
            "trips.js is a program (JavaScript); save the records in it as JSON, or give a table as CSV, TSV, XLSX,"
            " ODS, JSON or Parquet",
        ),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    with pytest.raises(ImportingError) as raised:
        read(table(tmp_path, content, name))
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.jsonl", '{"leader": "Ada", "place": "X", "country": "FRA", "date": "2019", "lat": 48.5, "lon": 2}\n\n{}'),
        (
            "a.geojson",
            '{"type": "FeatureCollection", "features": [{"type": "Feature",'
            ' "geometry": {"type": "Point", "coordinates": [2, 48.5]},'
            ' "properties": {"leader": "Ada", "place": "X", "country": "FRA", "date": "2019"}}]}',
        ),
    ],
)
def test_records_on_lines_and_points_of_geojson(tmp_path: Path, name: str, text: str) -> None:
    imported = read(table(tmp_path, text, name))
    assert rows(imported, "places", "place", "latitude_deg", "longitude_deg") == [("X", "48.5", "2.0")]


def test_a_table_of_western_europe_in_its_old_encoding_is_read_and_told(tmp_path: Path) -> None:
    text = "Minister/in;Land;Reiseziel;Reisebeginn\nMüller, Jörg;Österreich;Zürs – Lech;13.04.2022\n"
    imported = read(table(tmp_path, text.encode("cp1252")))
    assert rows(imported, "leaders", "name") == [("Müller, Jörg",)]
    assert notes(imported)[0] == (
        "the file is not UTF-8; it is read as Western European (cp1252), such as 'Müller';"
        " save it as CSV UTF-8 if that is not what it says"
    )


def test_a_workbook_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(
        ImportingError, match=r"^a\.xlsx: cannot be read as a workbook \(.+\); save it anew, or as CSV$"
    ):
        read(table(tmp_path, b"PK\x03\x04 not a zip", "a.xlsx"))


def test_cells_too_long_for_our_own_files_are_left_out(tmp_path: Path) -> None:
    imported = read(table(tmp_path, f"leader,country,arrived,notes\nAda,France,2020,{'x' * 100_001}\n"))
    assert imported.left_out == (LeftOut("trips.csv", 2, "a cell of more than 100,000 characters", "shorten it"),)


def test_formulas_and_markup_stay_text(tmp_path: Path) -> None:
    hostile = '=HYPERLINK("http://x") <img src=x onerror=alert(1)> \'DROP'
    text = 'leader\tcountry\tplace\tarrived\tnotes\n=cmd\tFrance\t@x +1\t2020\t"{}"\n'.format(
        hostile.replace('"', '""')
    )
    imported = run(
        "table", table(tmp_path, text, "t.tsv"), tmp_path / "out", Options(columns={"notes": "occasion"}), quiet
    )
    assert rows(imported, "trips", "occasion") == [(hostile,)]
    assert list(load(tmp_path / "out").trips["occasion"]) == [hostile]
    assert rows(imported, "leaders", "leader_id", "name") == [("cmd", "=cmd")]
