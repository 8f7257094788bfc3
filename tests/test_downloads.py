"""The files: each compared whole on a tiny world, and the counts that the shipped data must give."""

import csv
import io
import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from dash import Dash, html
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.datasets.datasets import Datasets
from dashboard.datasets.store import Store
from dashboard.downloads import FORMATS, TABLES, Format, Table, UnknownFileError, file, register
from dashboard.downloads.geojson import cut
from dashboard.query.filters import BY_KEY
from dashboard.query.selection import OPEN, Selection, read, select
from dashboard.tables.reading import Folder, parse_csv
from dashboard.tables.schema import TABLES as SCHEMA
from dashboard.travel.build import Travel, build, load
from dashboard.travel.great_circles import polylines

DATA = Path(__file__).parents[1] / "data"
TODAY = date(2026, 11, 23)

WORLD = {
    "leaders": """
leader_id,name,home_place,home_country_iso3
ada,Ада,Suva,FJI
bo,김보,Hà Nội,VNM
""",
    "trips": """
trip_id,leader_id,left_home,back_home,occasion,outcome,note
T-1,ada,2018-12-30,2019-01-02,"a ""frank"", dull talk",,
T-2,bo,2019-05-01,2019-05-03?,=1+1,-5,@x
""",
    "stops": """
trip_id,stop,place,country_iso3,arrived,left,reached_by,kind,certainty
T-1,1,Apia,WSM,2018-12-30,2019-01-01,plane,visit,reported
T-1,2,Suva,FJI,2019-01-02,,plane,home,reported
T-2,1,Xứ Lạ,LAO,2019-05-01,2019-05-02,car,visit,expected
T-2,2,Hà Nội,VNM,2019-05-03?,,unknown,home,inferred
""",
    "meetings": """
trip_id,counterpart
T-1,+64 Апиа
""",
    "evidence": """
trip_id,field,says,publisher,url,stance
T-1,trip,so,Herald,https://example.org/1,supports
""",
    "places": """
place,country_iso3,latitude_deg,longitude_deg
Suva,FJI,-18.1416,178.4415
Apia,WSM,-13.8333,-171.7667
Hà Nội,VNM,21.0285,105.8542
Xứ Lạ,LAO,,
""",
}

TRIPS_CSV = (
    "\ufefftrip_id,leader,left_home,back_home,days,transport,places,countries,met,occasion,distance_km,sources,"
    "leader_id,countries_iso3,distance_note,uncertain,outcome,note,status,nth_of_leader\r\n"
    'T-1,Ада,2018-12-30,2019-01-02,4,plane,Apia,Samoa,\'+64 Апиа,"a ""frank"", dull talk",2302,'
    "Herald https://example.org/1,ada,WSM,great circle,,,,made,1\r\n"
    "T-2,김보,2019-05-01,2019-05-03?,3,car,Xứ Lạ,Laos,,'=1+1,,,bo,LAO,,back_home;days,'-5,'@x,planned,\r\n"
)

STOPS_CSV = (
    "\ufefftrip_id,leader,leader_id,stop,place,country,country_iso3,place_id,arrived,left,transport,kind,"
    "certainty,from_place,leg_km,leg_certainty,latitude_deg,longitude_deg\r\n"
    "T-1,Ада,ada,1,Apia,Samoa,WSM,apia-wsm,2018-12-30,2019-01-01,plane,visit,reported,Suva,1151.1,"
    "great circle,-13.8333,-171.7667\r\n"
    "T-1,Ада,ada,2,Suva,Fiji,FJI,suva-fji,2019-01-02,,plane,home,reported,Apia,1151.1,great circle,"
    "-18.1416,178.4415\r\n"
    "T-2,김보,bo,1,Xứ Lạ,Laos,LAO,xu-la-lao,2019-05-01,2019-05-02,car,visit,expected,Hà Nội,,unplaced,,\r\n"
    "T-2,김보,bo,2,Hà Nội,Vietnam,VNM,ha-noi-vnm,2019-05-03?,,unknown,home,inferred,Xứ Lạ,,unplaced,"
    "21.0285,105.8542\r\n"
)

ABOUT = (
    '"query":"?leader=bo","description":"김보 travelled abroad by any transport","data_as_of":"2026-11-01",'
    '"licence":"CC-BY-4.0, https://creativecommons.org/licenses/by/4.0/"'
)
TRIP_OF_BO = (
    '{"trip_id":"T-2","leader":"김보","left_home":"2019-05-01","back_home":"2019-05-03?","days":3,'
    '"transport":"car","places":"Xứ Lạ","countries":"Laos","met":null,"occasion":"=1+1","distance_km":null,'
    '"sources":null,"leader_id":"bo","countries_iso3":"LAO","distance_note":null,'
    '"uncertain":"back_home;days","outcome":"-5","note":"@x","status":"planned","nth_of_leader":null'
)


@pytest.fixture(scope="module")
def world() -> Travel:
    frames = {}
    for table in SCHEMA:
        text = WORLD.get(table.name, ",".join(table.names)).lstrip()
        frame, faults = parse_csv(text, table, f"{table.name}.csv")
        assert not faults
        frames[table.name] = frame.reindex(columns=table.names, fill_value="")
    licence = {"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}
    return build(Folder(Path(), frames, data_as_of="2026-11-01", about={"licenses": [licence]}))


@pytest.fixture(scope="module")
def shipped() -> Travel:
    return load(DATA)


def client(travel: Travel) -> FlaskClient:
    """A browser at the addresses as they stand beside the page, which Dash answers at every other address."""
    app = Dash("test", use_async=False)
    app.layout = html.Div()
    server = app.server
    assert isinstance(server, Flask)
    register(server, Datasets(travel, Store(Path())), lambda: TODAY)
    return server.test_client()


@pytest.fixture(scope="module")
def browser(world: Travel) -> FlaskClient:
    return client(world)


@pytest.fixture(scope="module")
def shipped_browser(shipped: Travel) -> FlaskClient:
    return client(shipped)


def body(travel: Travel, query: str, name: str) -> bytes:
    table, _, suffix = name.partition(".")
    reading = read(query, travel)
    assert not reading.ignored
    return file(travel, reading.selection, table, suffix, TODAY).body


def csv_rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def sheet_rows(content: bytes, sheet: str) -> list[tuple[object, ...]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return list(book[sheet].iter_rows(values_only=True))


def first_cells(content: bytes, suffix: str) -> list[str]:
    """The first cell of each row of a file; a new format needs a line here."""
    if suffix == "csv":
        return [next(iter(row.values())) for row in csv_rows(content)]
    if suffix == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
        return [str(row[0]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    if suffix == "json":
        return [next(iter(row.values())) for row in json.loads(content)["rows"]]
    if suffix == "geojson":
        return [next(iter(one["properties"].values())) for one in json.loads(content)["features"]]
    assert suffix == "parquet", f"tell first_cells how to read .{suffix}"
    return pd.read_parquet(io.BytesIO(content)).iloc[:, 0].tolist()


@pytest.mark.parametrize("suffix", [one.suffix for one in FORMATS])
@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@pytest.mark.parametrize("query", ["", "?leader=kim-jong-un", "?years=1900"])
def test_every_format_of_every_table_names_every_row(shipped: Travel, table: Table, suffix: str, query: str) -> None:
    chosen = read(query, shipped).selection
    expected = table.rows(select(shipped, chosen)).iloc[:, 0].tolist()
    assert (not expected) == (query == "?years=1900")
    assert first_cells(file(shipped, chosen, table.name, suffix, TODAY).body, suffix) == expected


# Each file whole


def test_trips_csv(world: Travel) -> None:
    assert body(world, "", "trips.csv").decode("utf-8") == TRIPS_CSV


def test_stops_csv(world: Travel) -> None:
    assert body(world, "", "stops.csv").decode("utf-8") == STOPS_CSV


def test_trips_json(world: Travel) -> None:
    expected = f'{{{ABOUT},"rows":[{TRIP_OF_BO}}}]}}\n'
    assert body(world, "?leader=bo", "trips.json").decode() == expected


def test_trips_geojson_keeps_a_trip_that_has_no_place(world: Travel) -> None:
    feature = f'{{"type":"Feature","geometry":null,"properties":{TRIP_OF_BO},"leg_certainty":"unplaced"}}}}'
    expected = f'{{"type":"FeatureCollection",{ABOUT},"features":[{feature}]}}\n'
    assert body(world, "?leader=bo", "trips.geojson").decode() == expected


def test_stops_geojson_cuts_the_way_from_fiji_to_samoa(world: Travel) -> None:
    there, back, *unplaced = json.loads(body(world, "", "stops.geojson"))["features"]
    assert [ends(there), ends(back)] == [
        [[[178.442, -18.142], [180, -17.499]], [[-180, -17.499], [-171.767, -13.833]]],
        [[[-171.767, -13.833], [-180, -17.499]], [[180, -17.499], [178.442, -18.142]]],
    ]
    assert [one["geometry"] for one in unplaced] == [None, None]
    assert [one["properties"]["leg_certainty"] for one in unplaced] == ["unplaced", "unplaced"]


def test_trips_geojson_joins_the_legs_of_a_trip(world: Travel) -> None:
    trip, _ = json.loads(body(world, "", "trips.geojson"))["features"]
    there, back, *_ = json.loads(body(world, "", "stops.geojson"))["features"]
    assert trip["geometry"]["type"] == "MultiLineString"
    lines = [*there["geometry"]["coordinates"], *back["geometry"]["coordinates"]]
    assert trip["geometry"]["coordinates"] == lines


def ends(feature: dict[str, dict[str, list[list[list[float]]]]]) -> list[list[list[float]]]:
    return [[line[0], line[-1]] for line in feature["geometry"]["coordinates"]]


def test_trips_xlsx(world: Travel) -> None:
    header, *rows = sheet_rows(body(world, "?leader=bo", "trips.xlsx"), "trips")
    [row] = json.loads(body(world, "?leader=bo", "trips.json"))["rows"]
    assert header == tuple(row)
    assert rows == [tuple(row.values())]


def test_the_second_sheet_says_what_the_rows_are(world: Travel) -> None:
    assert sheet_rows(body(world, "?leader=bo", "trips.xlsx"), "About") == [
        ("Selection", "김보 travelled abroad by any transport"),
        ("Address query", "?leader=bo"),
        ("Data as of", "2026-11-01"),
        ("Licence", "CC-BY-4.0, https://creativecommons.org/licenses/by/4.0/"),
        ("Rows", 1),
    ]


@pytest.mark.parametrize("table", ["trips", "stops"])
def test_an_excel_cell_is_a_text_or_a_number_and_never_a_formula_or_a_link(world: Travel, table: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(body(world, "", f"{table}.xlsx")))[table]
    cells = [cell for row in sheet.iter_rows(min_row=2) for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} == {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    numbers = {sheet.cell(1, cell.column).value for cell in cells if isinstance(cell.value, int | float)}
    assert (
        numbers
        == {
            "trips": {"days", "distance_km", "nth_of_leader"},
            "stops": {"stop", "leg_km", "latitude_deg", "longitude_deg"},
        }[table]
    )


def test_the_excel_header_stands_bold_and_still_above_a_filter(world: Travel) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(body(world, "", "trips.xlsx")))["trips"]
    assert all(cell.font.b for cell in sheet[1])
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("B2", "A1:T3")


def test_trips_parquet(world: Travel) -> None:
    table = pq.read_table(io.BytesIO(body(world, "?leader=bo", "trips.parquet")))
    [row] = json.loads(body(world, "?leader=bo", "trips.json"))["rows"]
    assert table.to_pylist() == [row]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
@pytest.mark.parametrize("query", ["", "?years=1900"])
def test_parquet_columns_keep_their_types_even_without_rows(world: Travel, table: Table, query: str) -> None:
    frame = pd.read_parquet(io.BytesIO(body(world, query, f"{table.name}.parquet")))
    assert frame.dtypes.to_dict() == table.rows(world).dtypes.to_dict()


def test_parquet_says_what_the_rows_are(world: Travel) -> None:
    metadata = pq.read_schema(io.BytesIO(body(world, "?leader=bo", "trips.parquet"))).metadata
    said = ("query", "description", "data_as_of", "licence")
    assert {key: metadata[key.encode()].decode() for key in said} == {
        "query": "?leader=bo",
        "description": "김보 travelled abroad by any transport",
        "data_as_of": "2026-11-01",
        "licence": "CC-BY-4.0, https://creativecommons.org/licenses/by/4.0/",
    }


def test_the_same_selection_gives_the_same_bytes(world: Travel) -> None:
    for one in FORMATS:
        first, second = (body(world, query, f"trips.{one.suffix}") for query in ("", "?trip=T-1"))
        assert first == second, one.suffix


# Lines


@settings(deadline=None)
@given(
    st.floats(-180, 180),
    st.lists(st.tuples(st.floats(-170, 170), st.floats(-89, 89)), min_size=2, max_size=9),
)
def test_no_line_jumps_around_the_globe(start: float, steps: list[tuple[float, float]]) -> None:
    east, latitudes = np.round(np.array(steps), 3).T
    longitudes = np.round((start + np.cumsum(east) + 180) % 360 - 180, 3)
    parts = cut(longitudes, latitudes)
    assert parts
    for part in parts:
        assert len(part) > 1
        assert all(abs(one[0] - other[0]) <= 180 for one, other in pairwise(part))
        assert all(-180 <= longitude <= 180 and -90 <= latitude <= 90 for longitude, latitude in part)
    kept = {(abs(longitude), latitude) for part in parts for longitude, latitude in part}
    assert kept >= set(zip(abs(longitudes), latitudes, strict=True))
    for one, other in pairwise(parts):
        assert abs(one[-1][0]) == abs(other[0][0]) == 180


def test_a_leg_between_the_two_names_of_one_meridian_is_two_equal_points() -> None:
    for spots in ([[-18.0, 180.0], [-18.0, -180.0]], [[-18.0, -180.0], [-18.0, 180.0]], [[90.0, 0.0], [90.0, 120.0]]):
        ((latitudes, longitudes),) = polylines([np.array(spots)])
        start = (spots[0][1], spots[0][0])
        assert cut(longitudes, latitudes) == [[start, start]]


@pytest.mark.parametrize(
    ("longitudes", "parts"),
    [
        ([179, 180, -180, -179], [[179, 180], [-180, -179]]),
        ([180, -179], [[-180, -179]]),
        ([-179, -180, 179], [[-179, -180], [180, 179]]),
        ([180, 180], [[180, 180]]),
        ([], []),
    ],
)
def test_a_line_that_touches_180_degrees_is_cut_there(longitudes: list[float], parts: list[list[float]]) -> None:
    lines = cut(np.array(longitudes, dtype=float), np.zeros(len(longitudes)))
    assert [[point[0] for point in line] for line in lines] == parts


@pytest.mark.parametrize("table", ["trips", "stops"])
def test_no_shipped_line_jumps_around_the_globe(shipped: Travel, table: str) -> None:
    for feature in json.loads(body(shipped, "", f"{table}.geojson"))["features"]:
        geometry = feature["geometry"]
        whole = geometry["type"] == "LineString"
        for line in [geometry["coordinates"]] if whole else geometry["coordinates"]:
            assert all(abs(one[0] - other[0]) <= 180 for one, other in pairwise(line))


# Names


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("", "leader-travel_trips_2026-11-23.csv"),
        ("?leader=kim-jong-un&years=2018-2019", "leader-travel_kim-jong-un_2018-2019_trips_2026-11-23.csv"),
        ("?country=CHN&country=RUS&trip=KJU-07", "leader-travel_chn-or-rus_trips_2026-11-23.csv"),
    ],
)
def test_a_file_is_named_after_the_selection_and_the_day(shipped: Travel, query: str, name: str) -> None:
    named = file(shipped, read(query, shipped).selection, "trips", "csv", TODAY).name
    assert named == name.replace("2026-11-23", shipped.data_as_of or "2026-11-23")


def test_a_file_name_is_short_and_plain_whatever_is_chosen(shipped: Travel) -> None:
    everyone = ["김보", "../etc", 'a"b\r\n', *shipped.meetings["met"].unique()]
    name = file(shipped, Selection().choose("met", everyone), "stops", "geojson", TODAY).name
    assert len(name) < 120
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-_.")


def test_a_file_that_is_not_offered_is_refused(world: Travel) -> None:
    with pytest.raises(UnknownFileError, match=r"^trips\.doc is not offered: the files are trips\.csv, "):
        file(world, Selection(), "trips", "doc", TODAY)


# Addresses


@pytest.mark.parametrize("one", FORMATS, ids=lambda one: one.suffix)
@pytest.mark.parametrize("table", ["trips", "stops"])
def test_every_address_gives_the_file_with_its_headers(
    browser: FlaskClient, world: Travel, table: str, one: Format
) -> None:
    answer = browser.get(f"/{table}.{one.suffix}?leader=bo")
    assert answer.data == body(world, "?leader=bo", f"{table}.{one.suffix}")
    assert (answer.status_code, answer.mimetype) == (200, one.mimetype)
    name = f"leader-travel_bo_{table}_2026-11-01.{one.suffix}"
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_the_csv_says_that_it_is_utf_8(browser: FlaskClient) -> None:
    assert browser.get("/trips.csv").headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_head_request_tells_the_length_without_the_file(browser: FlaskClient) -> None:
    answer = browser.head("/trips.csv")
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.content_length == len(TRIPS_CSV.encode())


def test_what_the_browser_has_is_not_sent_again(browser: FlaskClient) -> None:
    tag = browser.get("/trips.xlsx").headers["ETag"]
    again = browser.get("/trips.xlsx", headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_a_choice_that_is_not_known_is_refused_with_every_reason(browser: FlaskClient) -> None:
    answer = browser.get("/trips.csv?years=nonsense&leader=nobody&colour=red&trip=T-9")
    assert (answer.status_code, answer.mimetype) == (400, "text/plain")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.text == (
        "years=nonsense: write a year or a range in order, as years=2018 or years=2018-2019\n"
        "leader=nobody is unknown: write one of ada, bo\n"
        f"colour is not a filter: the filters are {', '.join([*BY_KEY, OPEN])}\n"
        "trip=T-9 is unknown: write the trip_id of a row of the table\n"
    )


def test_a_format_that_is_not_known_is_refused_with_those_that_are(browser: FlaskClient) -> None:
    answer = browser.get("/trips.doc?years=nonsense")
    assert (answer.status_code, answer.mimetype) == (404, "text/plain")
    files = [f"{table.name}.{one.suffix}" for table in TABLES for one in FORMATS]
    assert answer.text == f"trips.doc is not offered: the files are {', '.join(files)}\n"


@pytest.mark.parametrize("query", ["?%ff=%fe", "?years=²", "?leader=%00", "?&&=&", "?place=%ED%95%9C"])
def test_no_query_however_broken_is_an_error_of_the_server(browser: FlaskClient, query: str) -> None:
    assert browser.get(f"/trips.csv{query}").status_code in (200, 400)


# The shipped journeys


@pytest.mark.parametrize(
    ("query", "transports"),
    [
        ("leader=kim-jong-un&years=2018-2019", {"train": 4, "plane": 3, "car": 2}),
        ("leader=kim-jong-un&years=2018-2023", {"train": 5, "plane": 3, "car": 2}),
        ("leader=kim-jong-il", {"train": 10}),
    ],
)
def test_the_shipped_trips_by_transport(shipped_browser: FlaskClient, query: str, transports: dict[str, int]) -> None:
    rows = csv_rows(shipped_browser.get(f"/trips.csv?{query}").data)
    assert {mode: sum(row["transport"] == mode for row in rows) for mode in transports} == transports
    assert len(rows) == sum(transports.values())


@pytest.mark.parametrize(
    ("query", "trips"), [("met=donald-trump&years=2018-2019", 3), ("country=CHN&leader=kim-jong-un&years=2018-2023", 4)]
)
def test_the_shipped_trips_by_choice(shipped_browser: FlaskClient, query: str, trips: int) -> None:
    assert len(csv_rows(shipped_browser.get(f"/trips.csv?{query}").data)) == trips


def test_the_shipped_trips_by_year_of_leaving_home(shipped_browser: FlaskClient) -> None:
    rows = csv_rows(shipped_browser.get("/trips.csv?leader=kim-jong-un&years=2018-2019").data)
    assert [row["left_home"][:4] for row in rows] == ["2018"] * 5 + ["2019"] * 4
