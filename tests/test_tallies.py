"""Counts of the parts of the trips add up to the counts of all of them, however they are parted."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import reduce
from itertools import pairwise
from operator import add
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.query.filters import FILTERS, MENUS
from dashboard.query.selection import Selection, find
from dashboard.query.tallies import COUNTS, MOST_RECENT, Newest, tally
from dashboard.travel.build import Travel
from dashboard.travel.codes import Codes, encode
from tests.test_selection import WHOLE, selections


def parted(travel: Travel, ends: list[int]) -> list[Codes]:
    """The trips up to each of `ends` (rows, ascending), and the rest, as parts of their own."""
    bounds = [0, *ends, len(travel.trips)]
    parts = [travel.pick(np.arange(first, last)) for first, last in pairwise(bounds)]
    return [encode(one.trips, one.stops, one.meetings, travel.order) for one in parts]


def alike(one: Any, other: Any) -> bool:
    """Whether two counts hold the same numbers all the way down."""
    if is_dataclass(one):
        return all(alike(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(alike(one[key], other[key]) for key in one)
    return bool(np.array_equal(one, other))


@given(selections(), st.lists(st.integers(0, len(WHOLE.trips)), max_size=3).map(sorted))
def test_parts_add_up_to_the_whole(selection: Selection, ends: list[int]) -> None:
    asked = find(WHOLE, selection)
    parts = [tally(codes, asked) for codes in parted(WHOLE, ends)]
    assert alike(reduce(add, parts), tally(WHOLE.codes, asked))


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.key)
def test_parts_of_the_shipped_trips_add_up_for_every_value(one: Any, shipped: Travel) -> None:
    parts, trips = parted(shipped, [1, 1, 8, 20]), 0
    for value in list(one.known(shipped)) or ["2001", "2018-2019"]:
        asked = find(shipped, Selection().choose(one.key, [value]))
        whole = tally(shipped.codes, asked)
        assert alike(reduce(add, [tally(codes, asked) for codes in parts]), whole), value
        trips += whole.doubts.sum()
    assert trips


def test_every_menu_shows_a_count() -> None:
    assert {one.counts for one in MENUS} == set(COUNTS)


def test_the_newest_of_many_are_named_the_last_in_the_data_first() -> None:
    days = np.array([3, 1, 2] * MOST_RECENT)
    numbers = np.arange(len(days))
    one, other = Newest(days[::2], numbers[::2]), Newest(days[1::2], numbers[1::2])
    expected = numbers[days == 3][::-1]
    assert (one + other).trip.tolist() == expected.tolist()
    assert alike(one + other, other + one)
