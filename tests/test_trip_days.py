"""What `check` says of the days of a journey: over the date line, outside the journey, and in the future."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.world import WORLD, faults_of, make_folder

LEADERS = """\
leader_id,name,country_iso3,role,in_office_from,in_office_until,home_place,home_country_iso3
ada,Ada,{home_iso3},,,,{home},{home_iso3}
"""
TRIPS = "trip_id,leader_id,left_home,arrived_host,left_host,back_home,occasion,outcome,note\n"
STOPS = "trip_id,stop,place,country_iso3,arrived,left,reached_by,kind,certainty\n"
PLACES = """\
place,country_iso3,latitude_deg,longitude_deg,kind,other_names,provider,matched_name,geocoded_on,reviewed,note
Apia,WSM,-13.83,-171.77,city,,reviewed,,,yes,
Pago Pago,ASM,-14.28,-170.70,city,,reviewed,,,yes,
Tokyo,JPN,35.69,139.69,city,,reviewed,,,yes,
Honolulu,USA,21.31,-157.86,city,,reviewed,,,yes,
Attu,USA,52.9,172.9,city,,reviewed,,,yes,
Paris,FRA,48.85,2.35,city,,reviewed,,,yes,
New York,USA,40.71,-74.01,city,,reviewed,,,yes,
Kiritimati,KIR,1.87,-157.43,city,,reviewed,,,yes,
Suva,FJI,-18.14,178.44,city,,reviewed,,,yes,
Alofi,NIU,,,,,,,,no,
Nukualofa,TON,,,,,,,,no,
"""


def check(path: Path, *stops: str, trip: str = "", home: tuple[str, str] = ("", "")) -> list[str]:
    """The faults of one trip with these stops, each as `place,country,arrived,left`."""
    rows = [f"A,{number},{stop},unknown,visit,reported\n" for number, stop in enumerate(stops, 1)]
    tables: dict[str, str | bytes | None] = dict.fromkeys(WORLD) | {
        "leaders": LEADERS.format(home=home[0], home_iso3=home[1]),
        "trips": TRIPS + (trip or "A,ada,,,,,,,") + "\n",
        "stops": STOPS + "".join(rows),
        "places": PLACES,
    }
    return faults_of(make_folder(path, **tables))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("Apia,WSM,2019-10-10,2019-10-10", "Pago Pago,ASM,2019-10-09,2019-10-09"),
        ("Tokyo,JPN,2019-10-09,2019-10-10", "Honolulu,USA,2019-10-09,2019-10-12"),
        ("Kiritimati,KIR,2019-10-10,2019-10-10", "Honolulu,USA,2019-10-09,"),
        ("Suva,FJI,2019-10-10,", "Pago Pago,ASM,2019-10-09,"),
        ("Nukualofa,TON,2019-10-10,", "Alofi,NIU,2019-10-09,"),
        ("Suva,FJI,2010-10-10,", "Apia,WSM,2010-10-09,"),
    ],
)
def test_a_leg_east_over_the_date_line_may_arrive_the_day_before(tmp_path: Path, first: str, then: str) -> None:
    assert check(tmp_path, first, then) == []


@pytest.mark.parametrize(
    ("first", "then"),
    [
        # Two days; westward; no line between; the same side; before the line moved.
        ("Apia,WSM,2019-10-10,2019-10-10", "Pago Pago,ASM,2019-10-08,2019-10-08"),
        ("Pago Pago,ASM,2019-10-10,2019-10-10", "Apia,WSM,2019-10-09,2019-10-09"),
        ("Paris,FRA,2019-10-10,2019-10-10", "New York,USA,2019-10-09,2019-10-09"),
        ("Honolulu,USA,2019-10-10,2019-10-10", "New York,USA,2019-10-09,2019-10-09"),
        ("Attu,USA,2019-10-10,2019-10-10", "Honolulu,USA,2019-10-09,2019-10-09"),
        ("Apia,WSM,2010-10-10,2010-10-10", "Pago Pago,ASM,2010-10-09,2010-10-09"),
        ("Suva,FJI,2019-10-10,", "Apia,WSM,2019-10-09,"),
    ],
)
def test_anything_else_stays_a_fault(tmp_path: Path, first: str, then: str) -> None:
    day, before = then.split(",")[2], first.split(",")[2]
    assert check(tmp_path, first, then) == [
        f"stops.csv:3: stops out of order: arrived {day} is before {before} at the stop before;"
        " correct the day or the order"
    ]


def test_the_journey_may_reach_its_first_stop_the_day_before_it_left_home(tmp_path: Path) -> None:
    trip = "A,ada,2019-10-10,2019-10-09,2019-10-12,2019-10-14,,,"
    assert check(tmp_path, "Honolulu,USA,2019-10-09,2019-10-12", trip=trip, home=("Tokyo", "JPN")) == []
    assert check(tmp_path, "Honolulu,USA,2019-10-09,2019-10-12", trip=trip, home=("New York", "USA")) == [
        "stops.csv:2: arrived 2019-10-09 is before left_home 2019-10-10; correct one of the two"
    ]


@pytest.mark.parametrize(
    ("stop", "said"),
    [
        ("Paris,FRA,2031-05-01,", "arrived 2031-05-01 is after back_home 2019-06-05"),
        ("Paris,FRA,2019-06-03,2019-06-09", "left 2019-06-09 is after back_home 2019-06-05"),
        ("Paris,FRA,2018,", "arrived 2018 is before left_home 2019-06-01"),
        ("Paris,FRA,2019-07,", "arrived 2019-07 is after back_home 2019-06-05"),
    ],
)
def test_a_stop_outside_its_journey(tmp_path: Path, stop: str, said: str) -> None:
    faults = check(tmp_path, stop, trip="A,ada,2019-06-01,,,2019-06-05,,,")
    assert faults == [f"stops.csv:2: {said}; correct one of the two"]


@pytest.mark.parametrize("stop", ["Paris,FRA,2019,", "Paris,FRA,2019-06,2019-06", "Paris,FRA,,", "Paris,FRA,201X,"])
def test_a_day_that_may_lie_within_the_journey_is_no_fault(tmp_path: Path, stop: str) -> None:
    assert check(tmp_path, stop, trip="A,ada,2019-06-01,,,2019-06-05?,,,") == []


def test_what_is_reported_before_it_can_be(tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_text('{"data_as_of": "2026-11-23"}')
    assert check(tmp_path, "Paris,FRA,2031-05-01,") == [
        "stops.csv:2: arrived 2031-05-01 is after data_as_of 2026-11-23, and the stop is reported; write expected,"
        " or correct the day"
    ]
    assert check(tmp_path, "Paris,FRA,2026,") == []
