"""Legs: how far, along which line, how sure; great circles that never jump."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard import words
from dashboard.query.rows import trip_rows
from dashboard.tables.reading import named_rows
from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.travel.build import Travel
from dashboard.travel.great_circles import POINTS, great_circles, polylines
from dashboard.travel.legs import draw
from tests.world import WORLD, changed, make_travel

SPOT = st.tuples(st.floats(-89.9, 89.9), st.floats(-180, 180)).map(np.array)


def leg(travel: Travel, mode: str, one: str, other: str) -> dict[str, Any]:
    """The one route by `mode` between two places."""
    routes = travel.routes
    found = routes[(routes["mode"] == mode) & (routes["from_place_id"] == one) & (routes["to_place_id"] == other)]
    assert len(found) == 1
    return dict(draw(found, travel.places).iloc[0])


def angles(latitudes: np.ndarray, longitudes: np.ndarray) -> np.ndarray:
    """Degrees between neighbouring points of a line."""
    latitude, longitude = np.radians(latitudes), np.radians(longitudes)
    vectors = np.array([np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)])
    cosines: np.ndarray = np.clip((vectors[:, 1:] * vectors[:, :-1]).sum(axis=0), -1, 1)
    return np.asarray(np.degrees(np.arccos(cosines)))


@given(SPOT, SPOT)
def test_a_great_circle_goes_in_equal_steps_from_end_to_end(start: np.ndarray, end: np.ndarray) -> None:
    latitudes, longitudes = (row[0] for row in great_circles(start[None], end[None]))
    assert len(latitudes) == len(longitudes) == POINTS
    assert np.abs(latitudes).max() <= 90 + 1e-9
    whole = angles(np.array([start[0], end[0]]), np.array([start[1], end[1]]))[0]
    if whole < 179.99:
        assert angles(latitudes, longitudes) == pytest.approx(whole / (POINTS - 1), abs=0.01)
        assert angles(np.array([latitudes[-1], end[0]]), np.array([longitudes[-1], end[1]])) == pytest.approx(
            0, abs=0.01
        )


def test_lines_made_together_are_as_made_alone() -> None:
    lines = [np.array([[0.0, 10.0 * at] for at in range(towns)]) for towns in (2, 5, 2, 9, 5)]
    for line, together in zip(lines, polylines(lines), strict=True):
        [alone] = polylines([line])
        assert np.array_equal(together, alone)
        assert [together[1][0], together[1][-1]] == pytest.approx([line[0, 1], line[-1, 1]])


def test_a_line_that_stays_where_it_is_has_no_length() -> None:
    spot = np.array([61.0, 10.0])
    [(latitudes, longitudes)] = polylines([np.array([spot, spot])])
    assert set(latitudes) == {61.0}
    assert set(longitudes) == {10.0}


def test_across_the_antimeridian_the_short_way(travel: Travel) -> None:
    route = leg(travel, "plane", "anchorage-usa", "anadyr-rus")
    latitudes, longitudes = np.asarray(route["latitude_deg"]), np.asarray(route["longitude_deg"])
    assert longitudes.min() < -179 < 179 < longitudes.max()
    assert np.abs(longitudes).min() > 149
    assert latitudes.min() > 61
    assert route["km"] == pytest.approx(1_673, abs=10)  # on a sphere of 6,371 km, by the law of cosines
    assert route["certainty"] == "great circle"


@pytest.mark.parametrize("data", ["travel", "shipped"])
def test_no_leg_jumps(data: str, request: pytest.FixtureRequest) -> None:
    travel: Travel = request.getfixturevalue(data)
    for row in named_rows(draw(travel.routes[travel.routes["certainty"] != "unplaced"], travel.places)):
        steps = angles(row.latitude_deg, row.longitude_deg) * 111.2
        assert steps.max(initial=0) <= row.km / 4 + 1
        # The drawn line is as long as the distance says: the ellipsoid differs from the sphere by half a per cent.
        assert steps.sum() == pytest.approx(row.km, rel=0.006, abs=1)


def test_a_place_without_coordinates_gives_no_line_and_no_distance() -> None:
    travel = make_travel(**changed("leaders", "South,,,,,,", "South,,,,,Anchorage,USA"))
    route = leg(travel, "unknown", "anchorage-usa", "nukunonu-tkl")
    assert route["certainty"] == "unplaced"
    assert np.isnan(float(str(route["km"])))
    assert len(np.asarray(route["latitude_deg"])) == 0


def test_a_leader_without_home_starts_nowhere(travel: Travel) -> None:
    assert leg(travel, "unknown", "", "nukunonu-tkl")["certainty"] == "unplaced"


def test_a_road_is_followed_and_both_ways_are_one_line(travel: Travel) -> None:
    out, back = (
        leg(travel, "car", *ends) for ends in (("anchorage-usa", "whitehorse-can"), ("whitehorse-can", "anchorage-usa"))
    )
    assert out["through"] == ("anchorage-usa", "tok-usa", "whitehorse-can")
    assert out["certainty"] == back["certainty"] == "schematic"
    assert (out["line"], out["km"]) == (back["line"], back["km"])


def test_by_land_without_a_corridor_the_line_is_inferred() -> None:
    travel = make_travel(routes=WORLD["routes"].splitlines()[0])
    assert leg(travel, "car", "anchorage-usa", "whitehorse-can")["certainty"] == "inferred"
    assert travel.trips.loc[1, "at_least"]


@pytest.mark.parametrize("mode", TRANSPORT_NAMES)
def test_a_stop_at_home_itself_is_no_distance(mode: str) -> None:
    stops = f"N-2,1,Anchorage,USA,2019-05-01,2019-05-01,{mode},visit"
    travel = make_travel(**changed("stops", "N-2,1,Whitehorse,CAN,2019-05-01,2019-05-01,car,visit", stops))
    assert leg(travel, mode, "anchorage-usa", "anchorage-usa")["km"] == 0


def test_main_transport_is_the_one_with_most_of_the_distance(travel: Travel) -> None:
    assert list(travel.trips["transport"]) == ["plane", "car", "plane", "unknown"]
    assert list(travel.trips["at_least"]) == [False, True, False, True]
    assert travel.trips["distance_km"].isna().tolist() == [False, False, False, True]


def test_a_trip_is_as_long_as_its_legs(shipped: Travel) -> None:
    km = shipped.stops["route"].map(shipped.routes["km"])
    assert km.groupby(shipped.stops["trip"]).sum().to_numpy() == pytest.approx(shipped.trips["distance_km"].to_numpy())


# Figures from outside, each within what the coordinates of a town allow.


def test_pyongyang_to_singapore_by_air(shipped: Travel) -> None:
    route = leg(shipped, "plane", "pyongyang-prk", "singapore-sgp")
    assert route["km"] == pytest.approx(4_737, abs=20)
    assert route["certainty"] == "great circle"


def test_pyongyang_to_dong_dang_by_rail_is_a_lower_bound(shipped: Travel) -> None:
    route = leg(shipped, "train", "dong-dang-vnm", "pyongyang-prk")
    assert route["km"] == pytest.approx(3_360, abs=30)
    assert route["certainty"] == "schematic"
    assert shipped.trips.set_index("trip_id").loc["KJU-07", "at_least"]


def test_pyongyang_to_vostochny_goes_by_khabarovsk(shipped: Travel) -> None:
    parts = [("pyongyang-prk", "khasan-rus"), ("khasan-rus", "vostochny-cosmodrome-rus")]
    passed = [town for ends in parts for town in leg(shipped, "train", *ends)["through"]]
    wanted = ["khasan-rus", "ussuriysk-rus", "khabarovsk-rus", "vostochny-cosmodrome-rus"]
    assert [town for town in dict.fromkeys(passed) if town in wanted] == wanted


def test_khasan_to_omsk_stays_in_russia(shipped: Travel) -> None:
    passed = leg(shipped, "train", "khasan-rus", "omsk-rus")["through"]
    assert {town[-3:] for town in passed} == {"rus"}
    assert "khabarovsk-rus" in passed


def test_a_lower_bound_is_claimed_only_where_no_shorter_way_was_open(shipped: Travel) -> None:
    shorter = shipped.routes[shipped.routes["shorter_km"].notna()]
    told = {name: (round(row.km), round(row.shorter_km), row.shorter_by) for name, row in shorter.iterrows()}
    assert told == {
        "train khasan-rus omsk-rus": (5257, 4796, "PRK;CHN"),
        "train novosibirsk-rus pyongyang-prk": (5228, 4221, "CHN"),
    }
    trips = shipped.trips.set_index("trip_id")
    assert trips.index[trips["other_way"]].tolist() == ["KJI-03"]
    assert not trips.at["KJI-03", "at_least"]
    note = trip_rows(shipped).set_index("trip_id")["distance_note"]
    assert (note["KJI-03"], note["KJU-07"]) == ("one of several ways", "at least")
    assert words.leg_distance(shorter.iloc[list(told).index("train novosibirsk-rus pyongyang-prk")]) == (
        "about 5,200 km, line drawn from town to town; a shorter way of 4,200 km leads through China"
    )
