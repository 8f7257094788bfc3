"""Addresses with the ids of earlier releases still choose what they chose."""

from __future__ import annotations

import pytest

from dashboard.query.selection import read
from tests.world import WORLD, make_travel


@pytest.mark.parametrize(
    ("query", "key", "value"),
    [
        ("?place=r-dnk", "place", "aero-dnk"),
        ("?place=aero-dnk", "place", "aero-dnk"),
        ("?leader=ang-van-a", "leader", "dang-van-a"),
        ("?met=ukasz", "met", "lukasz"),
    ],
)
def test_an_old_id_is_read_as_that_of_today(query: str, key: str, value: str) -> None:
    travel = make_travel(
        leaders=WORLD["leaders"] + "dang-van-a,Đặng Văn A,VNM,,,,,,\n",
        trips=WORLD["trips"] + "D-1,dang-van-a,2019,,,,,,\n",
        stops=WORLD["stops"] + "D-1,1,Ærø,DNK,2019,2019,unknown,visit,reported\n",
        places=WORLD["places"]
        + "Ærø,DNK,54.88,10.35,city,,reviewed,,,yes,,,,,,,,\nRø,DNK,55.2,14.9,city,,,,,,,,,,,,,\n",
        meetings=WORLD["meetings"] + "D-1,,Łukasz,POL,,unknown\n",
    )
    reading = read(query, travel)
    assert reading.ignored == ()
    assert reading.selection.values(key) == (value,)


def test_what_never_was_stays_unknown() -> None:
    assert read("?place=r-dnk", make_travel()).ignored != ()
