"""Rows of trips and stops, on a world small enough to be checked by eye."""

from pathlib import Path

import pandas as pd

from dashboard.query.rows import place_rows, stop_legs, stop_rows, trip_legs, trip_rows
from dashboard.query.selection import Selection, select
from dashboard.tables.reading import Folder, parse_csv
from dashboard.tables.schema import TABLES
from dashboard.travel.build import Travel, build
from tests.world import changed, make_travel

STABLE = [
    *("trip_id", "leader", "left_home", "back_home", "days", "transport", "places", "countries", "met"),
    *("occasion", "distance_km", "sources"),
]

WORLD = {
    "leaders": """
leader_id,name,home_place,home_country_iso3
ada,Ada,Suva,FJI
bo,Bo,,
""",
    "trips": """
trip_id,leader_id,left_home,back_home,occasion,outcome,note
B,ada,2019-02-01,2019-02-04?,talks,none,late
C,bo,,,,,
A2,ada,2018-12-31,2019-01-01,,,
A1,ada,2018-12-31,2019-01-01,,,
""",
    # B goes twice to Apia with a stop in transit between, then back to Auckland, where it had been before.
    "stops": """
trip_id,stop,place,country_iso3,arrived,left,reached_by,kind,certainty
B,1,Auckland,NZL,2019-02-01,2019-02-01,plane,visit,reported
B,2,Apia,WSM,2019-02-02,2019-02-02,plane,visit,reported
B,3,Nadi,FJI,2019-02-02,2019-02-02,plane,transit,expected
B,4,Apia,WSM,2019-02-03,2019-02-03,plane,visit,reported
B,5,Auckland,NZL,2019-02-03,2019-02-04,plane,visit,reported
B,6,Suva,FJI,2019-02-04?,,plane,home,inferred
C,1,Nowhere,ZZZ,,,unknown,visit,inferred
A1,1,Nadi,FJI,2018-12-31,2019-01-01,car,visit,reported
A1,2,Suva,FJI,2019-01-01,,car,home,reported
""",
    "meetings": """
trip_id,counterpart
B,Eve
A1,Dan
B,Dan
B,Eve
""",
    "evidence": """
trip_id,field,says,publisher,url,stance
B,trip,so,Herald,https://example.org/1,supports
B,days,so,Herald,https://example.org/1,disputes
B,trip,so,Gazette,,supports
""",
    "places": """
place,country_iso3,latitude_deg,longitude_deg
Suva,FJI,-18.1416,178.4415
Nadi,FJI,-17.8,177.4167
Apia,WSM,-13.8333,-171.7667
Auckland,NZL,-36.85,174.76
Nowhere,ZZZ,,
""",
}


def world() -> Travel:
    frames = {}
    for table in TABLES:
        text = WORLD.get(table.name, ",".join(table.names)).lstrip()
        frame, faults = parse_csv(text, table, f"{table.name}.csv")
        assert not faults
        frames[table.name] = frame.reindex(columns=table.names, fill_value="")
    return build(Folder(Path(), frames))


def test_trips_have_the_stable_columns_first() -> None:
    assert list(trip_rows(world()).columns)[: len(STABLE)] == STABLE


def test_trips_come_in_order_of_leaving_home_with_the_unknown_day_last() -> None:
    assert trip_rows(world())["trip_id"].tolist() == ["A1", "A2", "B", "C"]


def test_a_trip_says_all_that_is_known_of_it() -> None:
    trip = trip_rows(world()).set_index("trip_id").loc["B"]
    assert dict(trip) == {
        "leader": "Ada",
        "left_home": "2019-02-01",
        "back_home": "2019-02-04?",
        "days": 4,
        "transport": "plane",
        "places": "Auckland; Apia; Auckland",
        "countries": "New Zealand; Samoa",
        "met": "Eve; Dan",
        "occasion": "talks",
        "distance_km": 12448,
        "sources": "Herald https://example.org/1; Gazette",
        "leader_id": "ada",
        "countries_iso3": "NZL; WSM",
        "distance_note": "great circle",
        "uncertain": "back_home;days",
        "outcome": "none",
        "note": "late",
        "status": "made",
        "nth_of_leader": 3,
    }


def test_a_trip_of_which_little_is_known_leaves_cells_empty() -> None:
    trip = trip_rows(world()).iloc[-1:]
    assert trip.replace("", pd.NA).dropna(axis="columns").to_dict("records") == [
        {
            "trip_id": "C",
            "leader": "Bo",
            "leader_id": "bo",
            "transport": "unknown",
            "places": "Nowhere",
            "countries": "country unknown",
            "countries_iso3": "ZZZ",
            "status": "made",
        }
    ]
    assert trip[["days", "distance_km"]].isna().all(axis=None)


def test_a_straight_line_is_a_distance_at_least() -> None:
    notes = trip_rows(world()).set_index("trip_id")["distance_note"]
    assert notes.to_dict() == {"A1": "at least", "A2": "", "B": "great circle", "C": ""}


def test_stops_carry_their_leg_and_coordinates() -> None:
    stop = stop_rows(world()).iloc[3]
    assert dict(stop) == {
        "trip_id": "B",
        "leader": "Ada",
        "leader_id": "ada",
        "stop": 2,
        "place": "Apia",
        "country": "Samoa",
        "country_iso3": "WSM",
        "place_id": "apia-wsm",
        "arrived": "2019-02-02",
        "left": "2019-02-02",
        "transport": "plane",
        "kind": "visit",
        "certainty": "reported",
        "from_place": "Auckland",
        "leg_km": 2880.8,
        "leg_certainty": "great circle",
        "latitude_deg": -13.8333,
        "longitude_deg": -171.7667,
    }


def test_stops_come_in_the_order_of_trips_and_then_of_the_journey() -> None:
    rows = stop_rows(world())
    order = list(zip(rows["trip_id"], rows["stop"], rows["from_place"], strict=True))
    assert order == [
        ("A1", 1, "Suva"),
        ("A1", 2, "Nadi"),
        ("B", 1, "Suva"),
        ("B", 2, "Auckland"),
        ("B", 3, "Apia"),
        ("B", 4, "Nadi"),
        ("B", 5, "Apia"),
        ("B", 6, "Auckland"),
        ("C", 1, ""),
    ]


def test_a_stop_without_coordinates_stays() -> None:
    stop = stop_rows(world()).iloc[-1]
    assert stop["leg_certainty"] == "unplaced"
    assert stop[["leg_km", "latitude_deg", "longitude_deg"]].isna().all()


def test_legs_stand_beside_the_rows_they_belong_to() -> None:
    travel = world()
    assert [len(legs) for legs in trip_legs(travel)] == [2, 0, 6, 1]
    km = travel.routes["km"].loc[[route for [route] in stop_legs(travel)]]
    assert km.round(1).to_list()[:-1] == stop_rows(travel)["leg_km"].to_list()[:-1]


def test_a_part_of_the_trips_gives_the_same_rows_as_the_whole() -> None:
    travel = world()
    part = select(travel, Selection().choose("leader", ["ada"]))
    for rows in (trip_rows, stop_rows):
        whole = rows(travel)
        pd.testing.assert_frame_equal(rows(part), whole[whole["leader_id"] == "ada"])


def test_no_trips_give_the_same_columns_and_types_without_rows() -> None:
    travel = world()
    nothing = travel.fetch([])
    for rows in (trip_rows, stop_rows):
        assert len(rows(nothing)) == 0
        assert rows(nothing).dtypes.to_dict() == rows(travel).dtypes.to_dict()


def test_places_come_by_visits_and_then_by_name_with_the_homes() -> None:
    # Anadyr is visited once and passed through once: counted twice only where the second is a visit, too.
    rest = [
        ("nukunonu-tkl", 1),
        ("saint-petersburg-rus", 1),
        ("saint-petersburg-usa", 1),
        ("whitehorse-can", 1),
        ("anchorage-usa", 0),
    ]
    visited_twice = make_travel(**changed("stops", "2019-07-13,plane,transit", "2019-07-13,plane,visit"))
    for world, visits in ((make_travel(), 1), (visited_twice, 2)):
        rows = place_rows(world)
        assert list(zip(rows["place_id"], rows["visits"], strict=True)) == [("anadyr-rus", visits), *rest]
