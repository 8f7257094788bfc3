"""The account of an import, the registry, the shared steps, and the folder that is written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from dashboard.geocoding.gazetteer import Gazetteer, Town
from dashboard.geocoding.gazetteer import countries as listed_countries
from dashboard.geocoding.outcomes import Candidate
from dashboard.importers.countries import country_code
from dashboard.importers.findings import report
from dashboard.importers.formats import IMPORTERS, run
from dashboard.importers.imported import Doubt, Imported, ImportingError, LeftOut, quiet
from dashboard.importers.options import Options
from dashboard.importers.placing import place_all
from dashboard.importers.state_department.importer import ADDRESS, PUBLISHER
from dashboard.importers.stops import complete, untangle
from dashboard.importers.writing import write
from dashboard.tables.reading import read_folder
from dashboard.tables.schema import PLACES, TABLES
from dashboard.travel.build import load
from tests.importers.visits_xml import VISITS


def account(**changes: object) -> Imported:
    """An account without tables."""
    parts: dict[str, object] = {"left_out": (), "doubts": (), "unplaced": (), "ambiguous": ()}
    return Imported(tables=complete(), read=10, **(parts | changes))  # type: ignore[arg-type]


def test_the_report_says_everything_and_its_sums_agree() -> None:
    springfields = (
        Candidate("Springfield", "IL", 1000, 39.8, -89.6),
        Candidate("Springfield", "MO", None, 37.2, -93.3),
    )
    imported = account(
        left_out=(
            *(LeftOut("a.csv", row, "no country", "write it") for row in (3, 4, 5, 9)),
            LeftOut("b.csv", 2, "no country", "write it"),
            LeftOut("a.csv", 7, "no leader", "write who"),
        ),
        doubts=(Doubt("a.csv", 2, "several places"), Doubt("a.csv", 2, "odd transport")),
        unplaced=(("Baihos", "PAN"), ("Ushafa", "NGA")),
        ambiguous=(("Springfield", "USA", springfields),),
    )
    assert imported.kept == 4
    assert report(imported) == (
        "10 rows read = 4 kept + 6 left out.\n"
        "Written: nothing.\n\n"
        "Left out:\n"
        "  5 × no country; write it\n"
        "    a.csv:3-5, 9; b.csv:2\n"
        "  1 × no leader; write who\n"
        "    a.csv:7\n\n"
        "Kept, but worth a look:\n"
        "  1 × several places\n"
        "    a.csv:2\n"
        "  1 × odd transport\n"
        "    a.csv:2\n\n"
        "2 without coordinates; write them into places.csv, reviewed yes:\n"
        "  Baihos (PAN); Ushafa (NGA)\n\n"
        "1 that may be several places; choose in places.csv, reviewed yes:\n"
        "  Springfield (USA)\n"
        "    Springfield at 39.8, -89.6 (region IL, 1,000 inhabitants)\n"
        "    Springfield at 37.2, -93.3 (region MO)"
    )


def test_an_account_that_does_not_add_up_is_refused() -> None:
    row = LeftOut("a.csv", 3, "no country", "write it")
    with pytest.raises(
        ValueError, match=r"^the account does not add up: 2 rows left out \(1 different ones\) of 10 read$"
    ):
        account(left_out=(row, row))


def test_every_importer_has_a_name_of_its_own_and_says_what_it_reads() -> None:
    assert len({importer.name for importer in IMPORTERS}) == len(IMPORTERS)
    assert all(importer.what for importer in IMPORTERS)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "visits.xml"
    path.write_text(VISITS, encoding="utf-8")
    return path


def test_run_writes_a_folder_without_faults(source: Path, tmp_path: Path) -> None:
    imported = run("state-department", source, tmp_path / "new" / "data", progress=quiet)
    folder = tmp_path / "new" / "data"
    tables = [f"{table.name}.csv" for table in TABLES]
    assert sorted(file.name for file in folder.iterdir()) == sorted([*tables, "datapackage.json"])
    sources = {"title": PUBLISHER, "path": ADDRESS}
    assert (load(folder).about, load(folder).data_as_of) == ({"sources": [sources]}, "")
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["data"]
    assert len(load(folder).trips) == 2
    for name, frame in read_folder(folder).frames.items():
        assert frame.to_numpy().tolist() == imported.tables[name].to_numpy().tolist()


@pytest.mark.parametrize(
    ("format_name", "mapping", "message"),
    [
        ("excel", {}, f"unknown format 'excel'; the formats are {', '.join(one.name for one in IMPORTERS)}"),
        ("state-department", {"a": "leader"}, "state-department takes no --map; leave it out"),
    ],
)
def test_run_refuses_what_it_cannot_do(
    source: Path, tmp_path: Path, format_name: str, mapping: dict[str, str], message: str
) -> None:
    with pytest.raises(ImportingError) as raised:
        run(format_name, source, tmp_path / "data", Options(columns=mapping), quiet)
    assert str(raised.value) == message
    assert not (tmp_path / "data").exists()


def test_run_names_a_source_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ImportingError) as raised:
        run("table", tmp_path / "none.csv", tmp_path / "data", progress=quiet)
    assert str(raised.value) == f"{tmp_path / 'none.csv'}: no such file or folder; name the source to import"


def test_a_folder_with_other_data_is_never_written_to(source: Path, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "trips.csv").write_text("mine", encoding="utf-8")
    with pytest.raises(ImportingError) as raised:
        run("state-department", source, full, progress=quiet)
    assert str(raised.value) == f"{full} is not empty; name a new folder, or empty this one first"
    assert [file.name for file in full.iterdir()] == ["trips.csv"]


def test_a_file_is_no_folder(source: Path) -> None:
    with pytest.raises(ImportingError) as raised:
        write(account(), source)
    assert str(raised.value) == f"{source} is a file; name a new folder"


def test_tables_with_faults_are_not_written(tmp_path: Path) -> None:
    trips = pd.DataFrame({"trip_id": ["A"], "leader_id": ["nobody"]})
    (tmp_path / "out").mkdir()
    with pytest.raises(ImportingError) as raised:
        write(Imported(complete(trips=trips), 1, (), (), (), ()), tmp_path / "out")
    assert str(raised.value) == (
        "trips.csv:2: unknown leader 'nobody'; add it to leaders.csv or correct it\n"
        "trips.csv:2: trip without stops: 'A'; add its places to stops.csv, the way home last\n"
        "2 faults in what was imported; nothing was written"
    )
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.long
def test_above_twenty_thousand_stops_the_long_tables_are_parquet(tmp_path: Path) -> None:
    many = 20_001
    imported = Imported(
        complete(
            leaders=pd.DataFrame({"leader_id": ["ada"], "name": ["Ada"]}),
            trips=pd.DataFrame({"trip_id": ["A"], "leader_id": ["ada"], "left_home": ["2020"]}),
            stops=pd.DataFrame({"stop": range(1, many + 1)}).assign(
                trip_id="A", place="Oslo", country_iso3="NOR", reached_by="ship", kind="visit", certainty="reported"
            ),
            places=pd.DataFrame({"place": ["Oslo"], "country_iso3": ["NOR"]}),
        ),
        many,
        (),
        (),
        (),
        (),
    )
    write(imported, tmp_path / "out")
    long = {"trips", "stops", "meetings", "evidence"}
    expected = {f"{table.name}.{'parquet' if table.name in long else 'csv'}" for table in TABLES}
    assert {file.name for file in (tmp_path / "out").iterdir()} == expected
    assert len(load(tmp_path / "out").stops) == many
    write(imported, tmp_path / "parts", part_stops=many - 1)
    assert [part.name for part in (tmp_path / "parts" / "stops.parquet").iterdir()] == ["year=2020"]
    assert read_folder(tmp_path / "parts").checked == {"trips", "stops", "meetings", "evidence"}
    whole, parts = load(tmp_path / "out"), load(tmp_path / "parts")
    for table in ("trips", "stops", "meetings", "evidence", "routes"):
        pd.testing.assert_frame_equal(getattr(whole, table), getattr(parts, table))


OSLO = Town("Oslo", "12", 700_000, 59.9, 10.7, "Christiania")
SMALL = Gazetteer(lambda: {"NOR": [OSLO], "USA": [Town("Oslo", "MN", 300, 48.2, -97.1, ""), OSLO]}, listed_countries)
REVIEWED = dict.fromkeys(["matched_name", "geocoded_on", "other_names"], "") | {
    "place": "Camp",
    "country_iso3": "NOR",
    "latitude_deg": "60.00",
    "longitude_deg": "11.00",
    "kind": "venue",
    "provider": "reviewed",
    "reviewed": "yes",
    "note": "checked",
}


def test_places_are_looked_up_once_reviewed_ones_first() -> None:
    wanted = [("Oslo", "NOR"), ("Camp", "NOR"), ("Atlantis", "NOR"), ("Oslo", "USA"), ("oslo", "NOR")]
    placing = place_all(wanted, SMALL, [REVIEWED], date(2026, 11, 23))
    columns = ["place", "country_iso3", "latitude_deg", "longitude_deg", "provider", "geocoded_on", "reviewed", "note"]
    assert placing.places[columns].to_numpy().tolist() == [
        ["Oslo", "NOR", "59.9", "10.7", "geonames", "2026-11-23", "no", ""],
        ["Camp", "NOR", "60.00", "11.00", "reviewed", "2026-11-23", "yes", "checked"],
        ["Atlantis", "NOR", "", "", "", "2026-11-23", "no", ""],
        ["Oslo", "USA", "", "", "", "2026-11-23", "no", ""],
    ]
    asked = ["query", "asked", "candidates", "candidates_in_all", "reviewer"]
    assert placing.places[asked].to_numpy().tolist() == [
        ["Oslo (NOR)", "reviewed;geonames", "Oslo at 59.9, 10.7 (region 12, 700,000 inhabitants)", "1", ""],
        ["Camp (NOR)", "reviewed", "Camp at 60.0, 11.0", "1", ""],
        ["Atlantis (NOR)", "reviewed;geonames", "", "0", ""],
        [
            "Oslo (USA)",
            "reviewed;geonames",
            "Oslo at 59.9, 10.7 (region 12, 700,000 inhabitants); Oslo at 48.2, -97.1 (region MN, 300 inhabitants)",
            "2",
            "",
        ],
    ]
    assert placing.unplaced == (("Atlantis", "NOR"),)
    assert [(place, country, len(found)) for place, country, found in placing.ambiguous] == [("Oslo", "USA", 2)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("FRA", "FRA"),
        ("fr", "FRA"),
        ("France", "FRA"),
        ("The Bahamas", "BHS"),
        ("U.S.S.R.", "SUN"),
        ("UK", "GBR"),
        ("Korea, South", "KOR"),
        ("China, People’s Republic of", "CHN"),
        ("Republic of China", "TWN"),
        ("Türkiye", "TUR"),
        ("Côte d’Ivoire", "CIV"),
        ("Yugoslavia (Kosovo)", "XKX"),
        ("korea-north", "PRK"),
        ("Ruritania", ""),
        ("", ""),
    ],
)
def test_countries_by_code_and_by_name(text: str, code: str) -> None:
    assert country_code(text) == code


def test_stays_that_overlap_leave_open_when_the_first_ended() -> None:
    stops = pd.DataFrame(
        [("A", "1987-06-03", "1987-06-11"), ("A", "1987-06-06", "1987-06-06"), ("B", "1987-06-01", "1987-06-02")],
        columns=["trip_id", "arrived", "left"],
    )
    assert list(untangle(stops.assign(country_iso3="ITA"))["left"]) == [
        "1987-06-06/1987-06-11",
        "1987-06-06",
        "1987-06-02",
    ]


def test_two_names_of_one_town_are_one_place_and_a_reviewed_row_says_so() -> None:
    towns = {
        "UKR": [Town("Kyiv", "12", 2_797_553, 50.45, 30.52, "Kiev\nKyiv")],
        "FRA": [Town("Paris", "11", 2_138_551, 48.85, 2.35, "")],
    }
    leningrad = {"place": "Leningrad", "country_iso3": "SUN", "latitude_deg": "59.94", "longitude_deg": "30.31"}
    row = dict.fromkeys(PLACES.names, "") | leningrad | {"kind": "city", "provider": "reviewed", "reviewed": "yes"}
    wanted = [("Kiev", "UKR"), ("Paris", "FRA"), ("Kyiv", "UKR"), ("Leningrad", "SUN")]
    for same_as, kept in (("kiev-ukr", "kiev-ukr"), ("st-petersburg-rus", "")):
        reviewed = [row | {"same_as": same_as}]
        places = place_all(wanted, Gazetteer(lambda: towns), reviewed).places.set_index("place")
        assert places["same_as"].to_dict() == {"Kiev": "", "Paris": "", "Kyiv": "kiev-ukr", "Leningrad": kept}
