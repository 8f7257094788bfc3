"""Lengths as whole columns against geopy's geodesic, which is the reference."""

from __future__ import annotations

import numpy as np
import pytest
from geopy.distance import geodesic
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.travel.distances import kilometres

MILLIMETRE = 1e-6
LATITUDE, LONGITUDE = st.floats(-90, 90), st.floats(-180, 180)
SPOT = st.tuples(LATITUDE, LONGITUDE)
OFF = st.floats(-1e-9, 1e-9) | st.floats(-0.001, 0.001) | st.floats(-2, 2)


def km(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(kilometres(np.array([one]), np.array([other]))[0])


def reference_km(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(geodesic(one, other).km)


@settings(max_examples=500)
@given(SPOT, SPOT)
@example((90, 0), (-90, 0))
@example((90, 10), (90, -170))
@example((90, 0), (40, 120))
@example((0, 0), (0, 179))
@example((0, -180), (0, 180))
@example((12.5, 179.9), (12.6, -179.9))
@example((0, 0), (0.5, 179.7))
@example((30, 0), (-29.9, 179.8))
def test_as_geopy_measures(one: tuple[float, float], other: tuple[float, float]) -> None:
    assert km(one, other) == pytest.approx(reference_km(one, other), rel=0, abs=MILLIMETRE)


@settings(max_examples=300)
@given(SPOT, OFF, OFF)
def test_as_geopy_measures_next_door(spot: tuple[float, float], north: float, east: float) -> None:
    other = (min(max(spot[0] + north, -90), 90), spot[1] + east)
    assert km(spot, other) == pytest.approx(reference_km(spot, other), rel=0, abs=MILLIMETRE)


@settings(max_examples=300)
@given(SPOT, OFF, OFF)
def test_as_geopy_measures_on_the_other_side_of_the_world(spot: tuple[float, float], north: float, east: float) -> None:
    other = (min(max(-spot[0] + north, -90), 90), spot[1] + 180 + east)
    assert km(spot, other) == pytest.approx(reference_km(spot, other), rel=0, abs=MILLIMETRE)


@given(SPOT)
def test_no_way_has_no_length(spot: tuple[float, float]) -> None:
    assert km(spot, spot) == 0


@given(st.lists(st.tuples(SPOT, SPOT), max_size=20))
def test_many_are_as_one_by_one(pairs: list[tuple[tuple[float, float], tuple[float, float]]]) -> None:
    starts, ends = (np.array([pair[end] for pair in pairs]).reshape(-1, 2) for end in (0, 1))
    assert kilometres(starts, ends).tolist() == pytest.approx([km(*pair) for pair in pairs], rel=0, abs=MILLIMETRE)
