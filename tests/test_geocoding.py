"""The geocoding step: who is asked, what is written, stopping and going on."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from geopy.exc import GeocoderServiceError
from geopy.location import Location

from dashboard.geocoding.fill_places import GeocodingError, bar, fill_in, offline, online
from dashboard.geocoding.lookup import ReviewedPlaces, look_up
from dashboard.geocoding.nominatim import Patience
from dashboard.geocoding.outcomes import Ambiguous, Candidate, Outcome, Placed, Report, Unplaced

TODAY = date(2026, 11, 23)
HEADER = (
    "place,country_iso3,latitude_deg,longitude_deg,kind,other_names,provider,matched_name,geocoded_on,reviewed,note,"
    "query,asked,candidates,candidates_in_all,reviewer,same_as,name_ko\n"
)

Answers = dict[tuple[str, str], list[tuple[float, float]] | str]


class Known:
    """A geocoder over a dict, the edge handed in: (name, country) -> points, or why asking fails."""

    def __init__(self, known: Answers, provider: str = "geonames") -> None:
        self.known = known
        self.provider = provider
        self.asked: list[tuple[str, str]] = []

    def geocode(self, query: str, *, exactly_one: bool = True, country_codes: str) -> Location | list[Location] | None:
        self.asked.append((query, country_codes))
        found = self.known.get((query, country_codes), [])
        if isinstance(found, str):
            raise GeocoderServiceError(found)
        places = [Location(query, point, {}) for point in found]
        return (places[:1] or [None])[0] if exactly_one else places


def silent(outcomes: Iterator[Outcome], **_: int) -> Iterable[Outcome]:
    return outcomes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One place reviewed, one reviewed without coordinates, one with, one without, and two not listed yet."""
    write(
        tmp_path,
        leaders="leader_id,name,country_iso3,role,in_office_from,in_office_until,home_place,home_country_iso3\n"
        "kim,Kim,PRK,leader,2011,,Pyongyang,PRK\n",
        stops="trip_id,stop,place,country_iso3,arrived,left,reached_by,kind,certainty\n"
        "T-1,1,Hanoi,VNM,2019-02-26,2019-03-02,train,visit,reported\n"
        "T-1,2,Khasan,RUS,2019-03-03,2019-03-03,train,transit,reported\n"
        "T-1,3,Pyongyang,PRK,2019-03-05,,train,home,reported\n",
        routes="mode,from_place,to_place,through\ntrain,pyongyang-prk,hanoi-vnm,ulan-ude-rus;pingxiang-chn\n",
        places="place,country_iso3,latitude_deg,longitude_deg,kind,other_names,reviewed,note,curator\n"
        'Pingxiang,CHN,22.10,106.76,city,,yes,"the one in Guangxi, on the line",ana\n'
        "Khasan,RUS,,,border point,,yes,to be looked up,ana\n"
        "Tumen,CHN,42.97,129.84,border point,Tumyn,no,,\n"
        "Hanoi,VNM,,,,,no,=capital,ana\n",
    )
    return tmp_path


def write(folder: Path, **tables: str) -> None:
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")


def rows(folder: Path) -> list[dict[str, str]]:
    with (folder / "places.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TOWNS: Answers = {
    ("Hanoi", "VNM"): [(21.0245, 105.84117)],
    ("Pyongyang", "PRK"): [(39.03385, 125.75432)],
    ("Ulan Ude", "RUS"): [(51.82648, 107.59979)],
}


# --- looking up ---


def test_the_first_geocoder_that_knows_a_name_decides() -> None:
    first = Known({("Hanoi", "VNM"): [(21.0, 105.8)]}, "reviewed")
    second = Known({("Hanoi", "VNM"): [(0.0, 0.0)], ("Hue", "VNM"): [(16.46, 107.6)]})
    assert list(look_up([("Hanoi", "VNM"), ("Hue", "VNM"), ("Vinh", "VNM")], [first, second])) == [
        Placed("Hanoi", "VNM", 21.0, 105.8, kind="city", provider="reviewed", matched_name="Hanoi"),
        Placed("Hue", "VNM", 16.46, 107.6, kind="city", provider="geonames", matched_name="Hue"),
        Unplaced("Vinh", "VNM", "asked in vain: reviewed, geonames"),
    ]
    assert second.asked == [("Hue", "VNM"), ("Vinh", "VNM")]


def test_several_far_apart_are_not_guessed_and_nobody_else_is_asked() -> None:
    gazetteer = Known({("Kirov", "RUS"): [(58.6, 49.66), (54.07, 34.3)]})
    network = Known({("Kirov", "RUS"): [(58.6, 49.66)]}, "nominatim")
    assert list(look_up([("Kirov", "RUS")], [gazetteer, network])) == [
        Ambiguous(
            "Kirov",
            "RUS",
            (Candidate("Kirov", "", None, 58.6, 49.66), Candidate("Kirov", "", None, 54.07, 34.3)),
        )
    ]
    assert network.asked == []


def test_several_within_25_km_are_one_town_listed_twice() -> None:
    xuzhou = Known({("Xuzhou", "CHN"): [(34.204, 117.284), (34.18, 117.157)]})
    assert list(look_up([("Xuzhou", "CHN")], [xuzhou])) == [
        Placed("Xuzhou", "CHN", 34.204, 117.284, kind="city", provider="geonames", matched_name="Xuzhou")
    ]


def test_a_name_without_a_country_is_not_asked_for() -> None:
    gazetteer = Known({("Khasan", ""): [(13.0, 76.1)]})
    reason = "no country is given, and a name alone is borne all over the world"
    assert list(look_up([("Khasan", "")], [gazetteer])) == [Unplaced("Khasan", "", reason)]
    assert gazetteer.asked == []


def test_a_failure_is_a_reason_and_the_next_is_asked() -> None:
    broken = Known({("Hue", "VNM"): "failed (500)", ("Vinh", "VNM"): "failed (500)"}, "nominatim")
    other = Known({("Hue", "VNM"): [(16.46, 107.6)]})
    assert list(look_up([("Hue", "VNM"), ("Vinh", "VNM")], [broken, other])) == [
        Placed("Hue", "VNM", 16.46, 107.6, kind="city", provider="geonames", matched_name="Hue"),
        Unplaced("Vinh", "VNM", "asked in vain: geonames; nominatim failed (500)"),
    ]


def test_reviewed_places_answer_to_their_other_names_in_their_country_only() -> None:
    row = {"place": "Panmunjom", "country_iso3": "KOR", "latitude_deg": "37.956", "longitude_deg": "126.677"}
    unplaced = {"place": "Elmau", "country_iso3": "DEU", "latitude_deg": "", "longitude_deg": "x"}
    reviewed = ReviewedPlaces([row | {"kind": "venue", "other_names": "DMZ; Joint Security Area"}, unplaced])
    names = [("DMZ", "KOR"), ("joint security area", "KOR"), ("DMZ", "PRK"), ("Elmau", "DEU")]
    panmunjom: Any = {"kind": "venue", "provider": "reviewed", "matched_name": "Panmunjom"}
    assert list(look_up(names, [reviewed])) == [
        Placed("DMZ", "KOR", 37.956, 126.677, **panmunjom),
        Placed("joint security area", "KOR", 37.956, 126.677, **panmunjom),
        Unplaced("DMZ", "PRK", "asked in vain: reviewed"),
        Unplaced("Elmau", "DEU", "asked in vain: reviewed"),
    ]
    assert reviewed.geocode("Elmau", country_codes="DEU") is None
    assert str(reviewed.geocode("DMZ", country_codes="KOR")) == "Panmunjom"


# --- the folder ---


def test_missing_coordinates_are_filled_in_and_nothing_else_changes(folder: Path) -> None:
    report = fill_in(folder, [Known(TOWNS)], TODAY, silent)
    assert (folder / "places.csv").read_bytes().decode() == (
        "place,country_iso3,latitude_deg,longitude_deg,kind,other_names,reviewed,note,curator,"
        "provider,matched_name,geocoded_on,query,asked,candidates,candidates_in_all,reviewer,same_as,name_ko\n"
        'Pingxiang,CHN,22.10,106.76,city,,yes,"the one in Guangxi, on the line",ana,,,,,,,,,,\n'
        "Khasan,RUS,,,border point,,yes,to be looked up,ana,,,,,,,,,,\n"
        "Tumen,CHN,42.97,129.84,border point,Tumyn,no,,,,,,,,,,,,\n"
        "Hanoi,VNM,21.0245,105.84117,city,,no,=capital,ana,geonames,Hanoi,2026-11-23,"
        'Hanoi (VNM),reviewed;geonames,"Hanoi at 21.0245, 105.84117",1,,,\n'
        "Pyongyang,PRK,39.03385,125.75432,city,,no,,,geonames,Pyongyang,2026-11-23,"
        'Pyongyang (PRK),reviewed;geonames,"Pyongyang at 39.03385, 125.75432",1,,,\n'
        "Ulan Ude,RUS,51.82648,107.59979,city,,no,,,geonames,Ulan Ude,2026-11-23,"
        'Ulan Ude (RUS),reviewed;geonames,"Ulan Ude at 51.82648, 107.59979",1,,,\n'
    )
    assert (report.known, len(report.placed), report.ambiguous) == (2, 3, ())
    assert report.unplaced == (Unplaced("Khasan", "RUS", "reviewed in places.csv, but without coordinates"),)


def test_what_was_asked_in_vain_is_kept_without_a_choice(folder: Path) -> None:
    several: Answers = {("Hanoi", "VNM"): [(float(number), 105.0) for number in range(10, 17)]}
    fill_in(folder, [Known(several), Known({}, "nominatim")], TODAY, silent)
    hanoi = rows(folder)[-1]
    assert (hanoi["latitude_deg"], hanoi["provider"], hanoi["matched_name"]) == ("", "", "")
    assert (hanoi["query"], hanoi["asked"], hanoi["geocoded_on"]) == ("Hanoi (VNM)", "reviewed;geonames", "2026-11-23")
    assert hanoi["candidates"] == "; ".join(f"Hanoi at {number}.0, 105.0" for number in range(10, 15))
    assert hanoi["candidates_in_all"] == "7"
    fill_in(folder, [Known({}), Known({}, "nominatim")], TODAY, silent)
    hanoi = rows(folder)[-1]
    assert (hanoi["asked"], hanoi["candidates"], hanoi["candidates_in_all"]) == ("reviewed;geonames;nominatim", "", "0")


def test_where_asking_failed_nothing_is_said_of_it(folder: Path) -> None:
    before = rows(folder)
    fill_in(folder, [Known(dict.fromkeys(TOWNS, "500"))], TODAY, silent)
    assert rows(folder) == before


def test_a_second_run_asks_for_nothing_that_is_known(folder: Path) -> None:
    fill_in(folder, [Known(TOWNS)], TODAY, silent)
    before = (folder / "places.csv").read_bytes()
    again = Known(TOWNS)
    report = fill_in(folder, [again], date(2027, 1, 1), silent)
    assert again.asked == []
    assert (report.known, report.placed, [place.place for place in report.unplaced]) == (5, (), ["Khasan"])
    assert (folder / "places.csv").read_bytes() == before


def test_a_file_that_is_not_there_yet_is_made(folder: Path) -> None:
    (folder / "places.csv").unlink()
    fill_in(folder, [Known({("Hanoi", "VNM"): [(21.0245, 105.84117)]})], TODAY, silent)
    assert (folder / "places.csv").read_text("utf-8") == (
        HEADER + "Hanoi,VNM,21.0245,105.84117,city,,geonames,Hanoi,2026-11-23,no,,"
        'Hanoi (VNM),reviewed;geonames,"Hanoi at 21.0245, 105.84117",1,,,\n'
    )


def test_a_name_made_from_a_corridor_takes_its_proper_spelling(folder: Path) -> None:
    fill_in(folder, offline(), TODAY, silent)
    assert [(row["place"], row["matched_name"]) for row in rows(folder)][-2:] == [
        ("Pyongyang", "Pyongyang"),
        ("Ulan-Ude", "Ulan-Ude"),
    ]


def test_the_places_reviewed_for_every_import_are_known_here_too(folder: Path) -> None:
    write(folder, leaders="leader_id,home_place,home_country_iso3\nkim,Davos,CHE\n")
    fill_in(folder, offline(), TODAY, silent)
    davos = next(row for row in rows(folder) if row["place"] == "Davos")
    assert (davos["latitude_deg"], davos["provider"], davos["asked"]) == ("46.8", "reviewed", "reviewed")


def test_a_stop_under_another_name_of_a_place_gets_its_coordinates(folder: Path) -> None:
    write(folder, leaders="leader_id,home_place,home_country_iso3\nkim,Tumyn,CHN\n")
    fill_in(folder, [Known({})], TODAY, silent)
    tumyn = rows(folder)[-1]
    assert (tumyn["place"], tumyn["latitude_deg"], tumyn["kind"]) == ("Tumyn", "42.97", "border point")
    assert (tumyn["provider"], tumyn["matched_name"], tumyn["reviewed"]) == ("reviewed", "Tumen", "no")


def test_an_edit_made_during_the_run_is_kept(folder: Path) -> None:
    def edited(outcomes: Iterator[Outcome], **_: int) -> Iterable[Outcome]:
        first = next(outcomes)
        write(folder, places=HEADER + "Hanoi,VNM,21,105,city,,reviewed,,,yes,by hand,,,,,,,\n")
        yield first
        yield from outcomes

    fill_in(folder, [Known(TOWNS)], TODAY, edited)
    assert [(row["place"], row["latitude_deg"], row["note"]) for row in rows(folder)] == [
        ("Hanoi", "21", "by hand"),
        ("Pyongyang", "39.03385", ""),
        ("Ulan Ude", "51.82648", ""),
    ]


def test_ctrl_c_keeps_what_was_found(folder: Path) -> None:
    def stopped(outcomes: Iterator[Outcome], **_: int) -> Iterable[Outcome]:
        yield next(outcomes)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill_in(folder, [Known(TOWNS)], TODAY, stopped)
    assert [row["place"] for row in rows(folder) if row["geocoded_on"]] == ["Hanoi"]
    rest = Known(TOWNS)
    fill_in(folder, [rest], TODAY, silent)
    assert rest.asked == [("Pyongyang", "PRK"), ("Ulan Ude", "RUS")]
    assert [path.name for path in folder.iterdir() if path.suffix == ".tmp"] == []


SLOW_RUN = """
import sys
from datetime import date
from pathlib import Path
from typing import Any
from geopy.location import Location
from dashboard.geocoding.fill_places import fill_in

class Counting:
    provider = "geonames"
    def geocode(self, query, *, exactly_one=True, country_codes):
        return [Location(query, (1.5, 2.5), {})]

def told(outcomes, *, total):
    for outcome in outcomes:
        print(outcome.place, flush=True)
        yield outcome

fill_in(Path(sys.argv[1]), [Counting()], date(2026, 11, 23), told, save_every_s=0.0)
"""


@pytest.mark.long
def test_a_killed_run_leaves_a_whole_file_and_the_next_goes_on(tmp_path: Path) -> None:
    towns = [f"Town {number}" for number in range(400)]
    stops = "".join(f"T-1,{number},{town},FRA,,,car,visit,reported\n" for number, town in enumerate(towns, 1))
    header = "trip_id,stop,place,country_iso3,arrived,left,reached_by,kind,certainty\n"
    leaders = "leader_id,name,country_iso3,role,in_office_from,in_office_until,home_place,home_country_iso3\n"
    write(tmp_path, stops=header + stops, leaders=leaders, routes="mode,from_place,to_place,through\n")
    done = 0
    for lines in (30, 40, 50):
        run = [sys.executable, "-c", SLOW_RUN, str(tmp_path)]
        with subprocess.Popen(run, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent) as child:
            assert child.stdout is not None
            for _ in range(lines):
                child.stdout.readline()
            child.kill()
        written = rows(tmp_path)
        assert [row["place"] for row in written] == towns[: len(written)]
        assert all(list(row.values())[2:4] == ["1.5", "2.5"] and row["note"] == "" for row in written)
        assert len(written) >= done + lines - 1
        done = len(written)
    every: Answers = {(town, "FRA"): [(1.5, 2.5)] for town in towns}
    rest = Known(every)
    fill_in(tmp_path, [rest], TODAY, silent)
    assert [name for name, _ in rest.asked] == towns[done:]
    assert [row["place"] for row in rows(tmp_path)] == towns


@pytest.mark.parametrize(
    ("places", "message"),
    [
        ("place,country_iso3\nHanoi\n", "places.csv: row 2 has 1 cells where the header has 2"),
        ("name,iso\nHanoi,VNM\n", "places.csv:1: no column place and country_iso3"),
    ],
)
def test_a_file_that_cannot_be_written_back_is_left_alone(folder: Path, places: str, message: str) -> None:
    write(folder, places=places)
    with pytest.raises(GeocodingError) as refused:
        fill_in(folder, [Known(TOWNS)], TODAY, silent)
    assert str(refused.value) == message
    assert (folder / "places.csv").read_text("utf-8") == places


def test_a_table_of_places_that_is_not_csv_is_refused(folder: Path) -> None:
    (folder / "places.parquet").write_bytes(b"PAR1")
    with pytest.raises(GeocodingError) as refused:
        fill_in(folder, [Known(TOWNS)], TODAY, silent)
    assert str(refused.value) == ("places.parquet: only places.csv can be filled in; save the table as CSV UTF-8")


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(GeocodingError) as refused:
        fill_in(tmp_path / "nowhere", [], TODAY, silent)
    assert str(refused.value) == (
        f"{tmp_path / 'nowhere'}: no such folder: name a folder that holds trips.csv and the other tables"
    )


def test_the_progress_bar_counts_the_places_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    fill_in(folder, [Known(TOWNS)], TODAY, bar)
    said = capsys.readouterr().err
    assert "geocoding: 100%" in said
    assert "3/3" in said


def test_the_report_says_what_is_left_to_do() -> None:
    report = Report(
        2,
        (
            Placed("Artyom", "RUS", 43.36, 132.19, kind="city", provider="geonames", matched_name="Artëm"),
            Placed("Carbis Bay", "GBR", 50.2, -5.46, kind="city", provider="nominatim", matched_name="Carbis Bay"),
            Ambiguous("Pingxiang", "CHN", (Candidate("Pingxiang", "03", 893550, 27.61672, 113.85353),)),
            Unplaced("Khasan", "RUS", "asked in vain: geonames"),
            Unplaced("Bureya", "RUS", "asked in vain: geonames"),
        ),
    )
    assert str(report) == (
        "2 placed (1 by geonames, 1 by nominatim), 1 ambiguous, 2 not found; 2 were known.\n\n"
        "Placed under another name; check these first, then set reviewed to yes:\n"
        "  Artyom (RUS) -> Artëm, geonames\n\n"
        "Several places bear the name; write the right coordinates into places.csv, reviewed yes:\n"
        "  Pingxiang (CHN)\n"
        "    Pingxiang at 27.61672, 113.85353 (region 03, 893,550 inhabitants)\n\n"
        "Not found; write the coordinates into places.csv, reviewed yes, or ask the network with --online:\n"
        "  Khasan (RUS); Bureya (RUS)\n"
        "    asked in vain: geonames\n\n"
        "Coordinates from:\n"
        "  GeoNames (https://www.geonames.org), CC BY 4.0\n"
        "  © OpenStreetMap contributors (https://www.openstreetmap.org/copyright), ODbL"
    )
    assert str(Report(7, ())) == "0 placed, 0 ambiguous, 0 not found; 7 were known."


def test_the_online_step_comes_last_and_asks_once_a_second() -> None:
    assert [geocoder.provider for geocoder in offline()] == ["geonames"]
    assert [geocoder.provider for geocoder in online("leader-travel/0 (+https://example.org)")] == [
        "geonames",
        "nominatim",
    ]
    assert Patience().seconds_between == 1.0
