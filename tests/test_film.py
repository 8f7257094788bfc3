"""What playing needs: of the tiny world every day and line, of the shipped trips the legs of one."""

from __future__ import annotations

import pytest

from dashboard.figures import film
from dashboard.query.selection import Selection
from dashboard.query.summaries import summarise
from dashboard.travel.build import Travel
from tests.world import WORLD, make_travel


def test_each_trip_is_under_way_from_leaving_home_to_being_back(travel: Travel) -> None:
    played = film(summarise(travel, Selection()))
    went = {where: (start, end) for start, end, where, _ in played["trips"]}
    assert went == {
        "Anadyr": (2018.992, 2019.003),  # over New Year
        "Whitehorse": (2019.328, 2019.328),  # a day
        "Saint Petersburg": (2019.519, 2019.53),
    }
    assert played["note"] == "1 trip of no certain year is not played."
    assert played["legs"] == []


def test_its_lines_are_those_of_the_map_with_both_ends(travel: Travel) -> None:
    played = film(summarise(travel, Selection().choose("transport", ("car",))))
    assert played["lines"] == [
        ["car", "3px,3px", "anchorage-usa", "whitehorse-can", [-149.9, -142.986, -135.057], [61.218, 63.337, 60.721]]
    ]
    assert [lines for *_, lines in played["trips"]] == [[0]]  # there and back is one line


def test_a_line_over_the_antimeridian_keeps_its_ends(travel: Travel) -> None:
    played = film(summarise(travel, Selection().choose("place", ("anadyr-rus",)).choose("years", ("2018",))))
    ((_, _, one, other, longitudes, _),) = played["lines"]
    assert {one, other} == {"anchorage-usa", "anadyr-rus"}
    assert sorted(longitudes) == [-149.9, 177.508]


def test_the_open_trip_is_told_leg_by_leg_with_its_days(shipped: Travel) -> None:
    played = film(summarise(shipped, Selection().choose("leader", ("kim-jong-il",))), "KJU-07")
    said = [says for _, _, says in played["legs"]]
    assert len(said) > 2
    assert said[0].startswith("<b>Leg 1: Pyongyang to ")
    assert "Feb 2019" in said[0]
    assert all(line >= 0 for line, _, _ in played["legs"])
    assert {back for _, back, _ in played["legs"]} == {True, False}


def test_more_trips_than_can_be_told_apart_are_not_sent(shipped: Travel) -> None:
    played = film(summarise(shipped, Selection()), most=20)
    assert (played["trips"], played["lines"]) == ([], [])
    assert played["note"] == "At most 20 trips are played: narrow the filters to play these 21."
    assert len(film(summarise(shipped, Selection()), most=21)["trips"]) == 21


@pytest.mark.parametrize("leader", ["kim-jong-il", "kim-jong-un"])
def test_every_line_of_a_trip_is_sent_once(shipped: Travel, leader: str) -> None:
    played = film(summarise(shipped, Selection().choose("leader", (leader,))))
    used = {line for *_, lines in played["trips"] for line in lines}
    assert used == set(range(len(played["lines"])))
    assert [start for start, *_ in played["trips"]] == sorted(start for start, *_ in played["trips"])


def test_trips_are_played_in_the_order_of_leaving_and_those_to_come_not_at_all() -> None:
    trips = (
        "N-4,ada-north,2018-01-01,2018-01-01,2019-12-01,2019-12-01,a long one,,\n"
        "N-5,ada-north,2099-01-01,2099-01-01,2099-01-02,2099-01-02,one to come,,\n"
    )
    stops = "".join(
        f"{trip},1,Whitehorse,CAN,{start},{end},plane,visit,{certainty}\n{trip},2,Anchorage,USA,{end},,plane,home,{certainty}\n"
        for trip, start, end, certainty in (
            ("N-4", "2018-01-01", "2019-12-01", "reported"), ("N-5", "2099-01-01", "2099-01-02", "expected"))
    )  # fmt: skip
    world = make_travel(trips=WORLD["trips"] + trips, stops=WORLD["stops"] + stops)
    assert [start for start, *_ in film(summarise(world, Selection()))["trips"]] == [
        2018.0,
        2018.992,
        2019.328,
        2019.519,
    ]


def test_a_leg_that_is_not_on_the_map_has_no_line(travel: Travel) -> None:
    ((line, _, says),) = film(summarise(travel, Selection()), "S-1")["legs"]
    assert line == -1
    assert "Nukunonu" in says
