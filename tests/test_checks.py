"""Every kind of fault, word for word, and all of them at once."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.tables.checks import check_table
from dashboard.tables.schema import STOPS, TABLES, Table
from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.travel.build import DataError, load
from tests.conftest import DATA
from tests.world import WORLD, changed, faults_of, header, make_folder

EDTF = "write an EDTF date such as 2018-03-25, 2018-03, 2018 or 2018-03-25?, or leave it empty"
ADD = "Correct it, or add it to places.csv and run python -m dashboard geocode"
LINK = "write an address that begins with http:// or https://, or leave it empty"
COUNTRY = "write the ISO 3166-1 alpha-3 code, such as"

# Table, what stands there, what shall stand there, and everything that `check` then says.
FAULTS = [
    (
        "trips",
        ",note\n",
        ",notes\n",
        [
            "trips.csv:1: unknown column 'notes'; rename it to note",
            "trips.csv:1: missing column note; add it, empty where nothing is known",
        ],
    ),
    ("trips", "2018-12-30,2018", "2018-02-30,2018", [f"trips.csv:2: bad date '2018-02-30' in left_home; {EDTF}"]),
    ("trips", "2018-12-30,2018", "2018-3-5,2018", [f"trips.csv:2: bad date '2018-3-5' in left_home; {EDTF}"]),
    ("trips", "2018-12-30,2018", "1985-13,2018", [f"trips.csv:2: bad date '1985-13' in left_home; {EDTF}"]),
    ("trips", "2018-12-30,2018", "nonsense,2018", [f"trips.csv:2: bad date 'nonsense' in left_home; {EDTF}"]),
    ("places", "2026-11-23", "2026-11", ["places.csv:3: bad day '2026-11' in geocoded_on; write a day as YYYY-MM-DD"]),
    (
        "stops",
        "2018-12-30,2019-01-02",
        "2018-12-30,2018-12-29",
        ["stops.csv:2: left 2018-12-29 is before arrived 2018-12-30; correct one of the two"],
    ),
    (
        "trips",
        "2019-01-02,2019-01-02",
        "2019-01-02,2018-12-29",
        ["trips.csv:2: back_home 2018-12-29 is before left_home 2018-12-30; correct one of the two"],
    ),
    (
        "trips",
        "2019-01-02,2019-01-02",
        "2018-12-28,2019-01-02",
        ["trips.csv:2: left_host 2018-12-28 is before arrived_host 2018-12-30; correct one of the two"],
    ),
    (
        "stops",
        "N-3,3",
        "N-3,5",
        [
            "stops.csv:8: stops out of order: arrived 2019-07-13 is before 2019-07-14? at the stop before;"
            " correct the day or the order",
            "stops.csv:8: a stop after the way home; only the last stop of a trip has kind home",
            "stops.csv:9: stops out of order: N-3 jumps to stop 4; number them 1, 2, 3 without a gap",
        ],
    ),
    ("stops", "N-1,1", "N-1,0", ["stops.csv:2: bad value '0' in stop; write a whole number of 1 or more"]),
    ("stops", "N-1,1", "N-1,1.5", ["stops.csv:2: bad value '1.5' in stop; write a whole number of 1 or more"]),
    ("stops", "N-1,1", "N-1,first", ["stops.csv:2: bad value 'first' in stop; write a whole number of 1 or more"]),
    (
        "stops",
        "2019-01-02,,plane",
        "2018-12-31,,plane",
        [
            "stops.csv:3: stops out of order: arrived 2018-12-31 is before 2019-01-02 at the stop before;"
            " correct the day or the order"
        ],
    ),
    (
        "stops",
        "N-2,1,Whitehorse,CAN,2019-05-01,2019-05-01,car,visit",
        "N-2,1,Whitehorse,CAN,2019-05-01,2019-05-01,car,home",
        ["stops.csv:5: a stop after the way home; only the last stop of a trip has kind home"],
    ),
    (
        "stops",
        "unknown,visit",
        "rocket,visit",
        [f"stops.csv:10: unknown 'rocket' in reached_by; write one of {', '.join(TRANSPORT_NAMES)}"],
    ),
    ("stops", "CAN,2019", "can,2019", [f"stops.csv:4: unknown country 'can' in country_iso3; {COUNTRY} CHN"]),
    (
        "stops",
        "Whitehorse",
        "Whitehorze",
        [f"stops.csv:4: unknown place 'Whitehorze', CAN; did you mean whitehorse-can? {ADD}"],
    ),
    ("stops", "Nukunonu", "Qqq", [f"stops.csv:10: unknown place 'Qqq', TKL; {ADD}"]),
    (
        "leaders",
        "Anchorage",
        "Ankorage",
        [f"leaders.csv:2: unknown place 'Ankorage', USA; did you mean anchorage-usa? {ADD}"],
    ),
    ("stops", "Nukunonu", "", ["stops.csv:10: place is empty; write text such as 'Beijing'"]),
    ("trips", "S-1,ben-south", "S-1,ben-sout", ["trips.csv:5: unknown leader 'ben-sout'; did you mean ben-south?"]),
    (
        "trips",
        "S-1,ben-south",
        "S-1,zzz",
        ["trips.csv:5: unknown leader 'zzz'; add it to leaders.csv or correct it"],
    ),
    (
        "stops",
        "S-1,1,Nukunonu,TKL,,,unknown,visit,reported\n",
        "",
        ["trips.csv:5: trip without stops: 'S-1'; add its places to stops.csv, the way home last"],
    ),
    (
        "stops",
        "S-1,1",
        "XYZW,1",
        [
            "stops.csv:10: stop without trip: 'XYZW' is unknown; add it to trips.csv or correct it",
            "trips.csv:5: trip without stops: 'S-1'; add its places to stops.csv, the way home last",
        ],
    ),
    (
        "meetings",
        "S-1,,Omar",
        "QQ-99,,Omar",
        ["meetings.csv:5: meeting without trip: 'QQ-99' is unknown; add it to trips.csv or correct it"],
    ),
    (
        "evidence",
        "N-3,back",
        "N-33,back",
        ["evidence.csv:3: evidence without trip: 'N-33' is unknown; did you mean N-3?"],
    ),
    (
        "inbound",
        "ada-north,2019",
        "ada-nort,2019",
        ["inbound.csv:2: unknown leader 'ada-nort'; did you mean ada-north?"],
    ),
    (
        "inbound",
        "2019-05-22",
        "2019-05-02",
        ["inbound.csv:2: until 2019-05-02 is before date 2019-05-20; correct one of the two"],
    ),
    (
        "reported",
        "N-1,2019",
        "N-7,2019",
        ["reported.csv:2: report without trip: 'N-7' is unknown; add it to trips.csv or correct it"],
    ),
    (
        "claims",
        ",share,",
        ",guess,",
        ["claims.csv:2: unknown 'guess' in measure; write one of count, share, list, first, nth, weekday, distance"],
    ),
    (
        "trips",
        "S-1,ben",
        "N-1,ben",
        [
            "meetings.csv:5: meeting without trip: 'S-1' is unknown; add it to trips.csv or correct it",
            "stops.csv:10: stop without trip: 'S-1' is unknown; add it to trips.csv or correct it",
            "trips.csv:5: duplicate trip_id N-1: line 2 has it too; give each row its own",
        ],
    ),
    (
        "stops",
        "N-3,2",
        "N-3,1",
        [
            "stops.csv:7: duplicate trip_id and stop N-3, 1: line 6 has it too; give each row its own",
            "stops.csv:8: stops out of order: N-3 jumps to stop 3; number them 1, 2, 3 without a gap",
        ],
    ),
    (
        "stops",
        "N-3,2",
        "N-3,01",
        [
            "stops.csv:7: bad value '01' in stop; write a whole number of 1 or more",
        ],
    ),
    (
        "places",
        "Tok,USA",
        "ANCHORAGE,USA",
        [
            "places.csv:4: place id anchorage-usa is that of line 2 too; list the place once, or name it otherwise",
            "routes.csv:2: unknown place tok-usa; write place ids such as beijing-chn, each listed in places.csv",
        ],
    ),
    (
        "evidence",
        "https://example",
        "ftp://example",
        [f"evidence.csv:2: not an http(s) link 'ftp://example.org/anadyr' in url; {LINK}"],
    ),
    (
        "evidence",
        "https://example.org/anadyr",
        "javascript:alert(1)",
        [f"evidence.csv:2: not an http(s) link 'javascript:alert(1)' in url; {LINK}"],
    ),
    (
        "places",
        "Nukunonu,TKL",
        "Nukunonu,TK",
        [
            f"places.csv:8: unknown country 'TK' in country_iso3; {COUNTRY} VNM",
            f"stops.csv:10: unknown place 'Nukunonu', TKL; did you mean nukunonu-tk? {ADD}",
        ],
    ),
    (
        "places",
        "61.218,-149.900",
        "61.218,",
        [
            "places.csv:2: only one of latitude_deg and longitude_deg is given; write both or none",
            "routes.csv:2: no coordinates for anchorage-usa; run python -m dashboard geocode,"
            " or write them in places.csv",
        ],
    ),
    (
        "places",
        "Nukunonu,TKL,,",
        "Nukunonu,TKL,0,0.0",
        ["places.csv:8: coordinates 0, 0 mean not found; leave both empty and run python -m dashboard geocode"],
    ),
    (
        "places",
        "59.939,30.314",
        "91,181",
        [
            "places.csv:7: bad value '91' in latitude_deg; write a decimal number from -90 to 90",
            "places.csv:7: bad value '181' in longitude_deg; write a decimal number from -180 to 180",
        ],
    ),
    (
        "places",
        "59.939,30.314",
        "59°56′,nan",
        [
            "places.csv:7: bad value '59°56′' in latitude_deg; write a decimal number from -90 to 90",
            "places.csv:7: bad value 'nan' in longitude_deg; write a decimal number from -180 to 180",
        ],
    ),
    (
        "routes",
        "tok-usa",
        "saint-petersburg-usa",
        [
            "routes.csv:2: the corridor from anchorage-usa to whitehorse-can is 11,457 km, over 1.6 times the direct"
            " 804 km; look for a town of the same name elsewhere, or split the corridor"
        ],
    ),
    (
        "routes",
        "tok-usa",
        "tock-usa",
        ["routes.csv:2: unknown place tock-usa; write place ids such as beijing-chn, each listed in places.csv"],
    ),
    (
        "meetings",
        "RUS,Anadyr",
        "RUS,Tok",
        ["meetings.csv:2: trip N-1 has no stop at 'Tok'; write the place as in stops.csv, or leave it empty"],
    ),
]


@pytest.mark.parametrize(("table", "old", "new", "said"), FAULTS)
def test_every_fault_says_where_what_and_what_to_write(
    tmp_path: Path, table: str, old: str, new: str, said: list[str]
) -> None:
    assert faults_of(make_folder(tmp_path, **changed(table, old, new))) == said


def test_all_faults_at_once_across_files(tmp_path: Path) -> None:
    folder = make_folder(
        tmp_path,
        leaders=WORLD["leaders"].encode("utf-16"),
        routes=None,
        **changed("trips", "2018-12-30,2018", "nonsense,2018"),
        **changed("stops", "Whitehorse", "Whitehorze"),
        **changed("meetings", ",setting", ",settin"),
        **changed("evidence", "https://example.org", "example.org"),
        **changed("places", "61.218,", ","),
    )
    said = faults_of(folder)
    assert [fault.split(";")[0] for fault in said] == [
        "evidence.csv:2: not an http(s) link 'example.org/anadyr' in url",
        "leaders.csv:1: byte 0xff is not UTF-8",
        "meetings.csv:1: unknown column 'settin'",
        "meetings.csv:1: missing column setting",
        "places.csv:2: only one of latitude_deg and longitude_deg is given",
        "stops.csv:4: unknown place 'Whitehorze', CAN",
        "trips.csv:2: bad date 'nonsense' in left_home",
    ]
    with pytest.raises(DataError) as error:
        load(folder)
    assert str(error.value) == "\n".join([*said, f"7 faults in {folder}; nothing was loaded"])


def test_a_further_set_of_statements_is_held_to_the_same_columns(tmp_path: Path) -> None:
    second = changed("claims", ",yes,", ",perhaps,")["claims"]
    make_folder(tmp_path)
    (tmp_path / "claims-second.csv").write_text(second, encoding="utf-8")
    assert faults_of(tmp_path) == ["claims-second.csv:2: unknown 'perhaps' in held; write one of yes, no, undecided"]


def test_the_shipped_data_have_no_fault() -> None:
    assert faults_of(DATA) == []


def test_an_uncertain_day_is_given_the_benefit_of_the_doubt(tmp_path: Path) -> None:
    assert (
        faults_of(make_folder(tmp_path, **changed("stops", "CAN,2019-05-01,2019-05-01", "CAN,2019-05,2019-05-01")))
        == []
    )


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_has_a_meaning_and_an_example_that_obeys_its_rule(table: Table) -> None:
    assert all(column.meaning and column.example for column in table.columns)
    row = pd.DataFrame([[column.example for column in table.columns]], columns=table.names, index=[2], dtype="str")
    assert check_table(table, row, f"{table.name}.csv") == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_key_and_every_allowed_value_is_of_the_table(table: Table) -> None:
    assert set(table.key) <= set(table.names)
    assert len(set(table.names)) == len(table.names)
    assert all(column.example in column.allowed for column in table.columns if column.allowed)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_a_required_cell_may_not_be_empty(table: Table) -> None:
    row = pd.DataFrame([[""] * len(table.names)], columns=table.names, index=[2], dtype="str")
    said = [str(fault) for fault in check_table(table, row, "it.csv")]
    required = [column.name for column in table.columns if column.required]
    assert [fault.split("; ")[0] for fault in said] == [f"it.csv:2: {name} is empty" for name in required]


@pytest.mark.long
def test_a_hundred_thousand_faulty_rows_are_all_named(tmp_path: Path) -> None:
    rows = [f"QQ-{row},1,Citty{row},RUX,{row}/12/2018,,rocket,visit,reported" for row in range(100_000)]
    said = faults_of(make_folder(tmp_path, stops=header("stops") + "\n".join(rows)))
    # Country, date, transport, trip and place of each row, and the four trips left without a stop, N-1 to S-1 …
    expected = 5 * len(rows) + 4
    # … of which two have meetings at a place where they no longer stop.
    assert len(said) == expected + 3
    assert said[-5].startswith("stops.csv:100001: unknown place 'Citty99999', RUX; Correct it")


def test_stops_name_their_own_columns_only() -> None:
    frame = pd.DataFrame({"trip_id": ["a"], "reachedby": ["car"]}, index=[2], dtype="str")
    said = [fault.message for fault in check_table(STOPS, frame, "stops.csv")]
    assert said[0] == "unknown column 'reachedby'; rename it to reached_by"
    assert said[1] == "missing column stop; add it, empty where nothing is known"
