"""A folder becomes `Travel`: days, years, joins; and the empty cases."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.query.selection import Selection, read, select
from dashboard.query.summaries import summarise
from dashboard.tables.schema import TABLES
from dashboard.travel.build import DataError, Travel, load
from tests.world import changed, header, make_empty, make_folder, make_travel


def test_days_and_years(travel: Travel) -> None:
    trips = travel.trips.set_index("trip_id")
    assert trips["year"].to_dict() == {"N-1": 2018, "N-2": 2019, "N-3": 2019, "S-1": 0}
    assert trips["days"].fillna(-1).to_dict() == {"N-1": 4, "N-2": 1, "N-3": 5, "S-1": -1}
    assert trips["uncertain"].to_dict() == {"N-1": "", "N-2": "", "N-3": "left_home;back_home;days", "S-1": ""}


def test_a_month_gives_no_number_of_days() -> None:
    trips = make_travel(**changed("trips", "2019-07-10?", "2019-07")).trips
    assert (trips["days"].isna().tolist(), trips.loc[2, "uncertain"]) == (
        [False, False, True, True],
        "left_home;back_home",
    )


def test_each_stop_knows_the_one_before(travel: Travel) -> None:
    stops = travel.stops[travel.stops["trip"] == 2]
    assert list(stops["place_id"]) == ["saint-petersburg-usa", "saint-petersburg-rus", "anadyr-rus", "anchorage-usa"]
    assert list(stops["from_place_id"]) == ["anchorage-usa", *list(stops["place_id"])[:-1]]


def test_the_order_of_rows_in_a_file_does_not_matter(travel: Travel) -> None:
    first, *rows = make_folder_lines("stops")
    again = make_travel(stops="\n".join([first, *reversed(rows)]))
    assert again.stops.equals(travel.stops)
    assert again.trips.equals(travel.trips)


def make_folder_lines(table: str) -> list[str]:
    return (changed(table, "trip_id", "trip_id")[table]).splitlines()


def test_a_folder_gives_what_its_tables_give(tmp_path: Path, travel: Travel) -> None:
    loaded = load(make_folder(tmp_path))
    for name in ("leaders", "trips", "stops", "meetings", "evidence", "places"):
        assert getattr(loaded, name).equals(getattr(travel, name)), name


def test_a_folder_with_faults_gives_nothing(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"1 faults? in .*; nothing was loaded"):
        load(make_folder(tmp_path, **changed("stops", "Whitehorse", "Whitehorze")))


def test_nothing_at_all_can_be_built_selected_and_counted() -> None:
    travel = make_empty()
    assert summarise(travel, Selection()).figures.trips == 0
    chosen = read("leader=x&years=2018&transport=train&country=CHN&place=a&met=b&trip=c", travel)
    assert len(chosen.ignored) == 5
    assert len(select(travel, chosen.selection).trips) == 0
    assert summarise(travel, chosen.selection).figures.trips == 0


def test_leaders_without_a_trip_can_be_counted() -> None:
    travel = make_travel(**{one.name: header(one.name) for one in TABLES if "trip_id" in one.names})
    assert (len(travel.leaders), len(travel.trips)) == (2, 0)
    figures = summarise(travel, read("leader=ada-north", travel).selection).figures
    assert (figures.trips, figures.days, figures.distance_km) == (0, 0, 0.0)


def test_a_world_without_coordinates_can_be_counted() -> None:
    places = header("places") + "".join(
        f"{name},{country},,,,,,,,no,,,,,,,,\n"
        for name, country in [
            ("Anchorage", "USA"), ("Anadyr", "RUS"), ("Whitehorse", "CAN"),
            ("Saint Petersburg", "USA"), ("Saint Petersburg", "RUS"), ("Nukunonu", "TKL"),
        ]
    )  # fmt: skip
    summary = summarise(make_travel(places=places, routes=header("routes")), Selection())
    assert (summary.figures.trips, summary.figures.distance_unknown, summary.figures.unplaced_stops) == (4, 4, 6)
    assert (len(summary.places), len(summary.lines)) == (0, 0)


def test_a_world_without_meetings_or_evidence_can_be_counted() -> None:
    travel = make_travel(meetings=header("meetings"), evidence=header("evidence"))
    assert len(summarise(travel, Selection()).people) == 0


def test_kim_jong_un_before_september_2023(shipped: Travel) -> None:
    trips = shipped.trips[shipped.trips["leader_id"] == "kim-jong-un"]
    counts = trips[trips["left_home_earliest"] < "2023-09-01"]["transport"].value_counts()
    assert {mode: number for mode, number in counts.items() if number} == {"train": 4, "plane": 3, "car": 2}


def test_kim_jong_il_only_went_by_train(shipped: Travel) -> None:
    trips = shipped.trips[shipped.trips["leader_id"] == "kim-jong-il"]
    assert (len(trips), set(trips["transport"])) == (10, {"train"})
