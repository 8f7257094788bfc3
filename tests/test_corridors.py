"""Corridors: towns joined end to end, lengths against figures from outside."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.travel.build import Travel
from dashboard.travel.corridors import between, faults, lengths_km, network


def graphs(rows: list[tuple[str, str, str, str]], spots: dict[str, tuple[float, float]]) -> dict[str, object]:
    """The networks of a few corridors."""
    return dict(network(routes(rows), places(spots)))


def routes(rows: list[tuple[str, str, str, str]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["mode", "from_place", "to_place", "through"])


def places(spots: dict[str, tuple[float, float]]) -> pd.DataFrame:
    return pd.DataFrame.from_dict(spots, orient="index", columns=["latitude_deg", "longitude_deg"])


# A grid of towns a degree apart: the short way from A to D leads through another country.
SPOTS = {
    "a-one": (0.0, 0.0),
    "b-two": (0.0, 1.0),
    "c-one": (1.0, 1.0),
    "d-one": (0.0, 2.0),
    "e-one": (9.0, 9.0),
    "f-one": (9.0, 10.0),
}
ROWS = [
    ("train", "a-one", "d-one", "b-two"),
    ("train", "a-one", "c-one", ""),
    ("train", "c-one", "d-one", ""),
    ("train", "e-one", "f-one", ""),
    ("car", "a-one", "c-one", ""),
]


def test_a_line_keeps_to_the_countries_of_its_ends() -> None:
    train = network(routes(ROWS), places(SPOTS))["train"]
    assert between(train, "a-one", "d-one") == ("a-one", "c-one", "d-one")
    assert between(train, "d-one", "a-one") == ("d-one", "c-one", "a-one")
    assert between(train, "b-two", "d-one") == ("b-two", "d-one")


def test_a_third_country_is_crossed_where_there_is_no_other_way() -> None:
    train = network(routes(ROWS[:1]), places(SPOTS))["train"]
    assert between(train, "a-one", "d-one") == ("a-one", "b-two", "d-one")


@pytest.mark.parametrize(
    ("one", "other"),
    [("a-one", "e-one"), ("a-one", "nowhere-one"), ("nowhere-one", "a-one"), ("", "a-one"), ("a-one", "a-one")],
)
def test_where_no_corridor_leads_there_is_no_line(one: str, other: str) -> None:
    assert between(network(routes(ROWS), places(SPOTS))["train"], one, other) == ()


def test_a_mode_has_its_own_network() -> None:
    found = graphs(ROWS, SPOTS)
    assert set(found) == {"train", "car"}
    assert between(network(routes(ROWS), places(SPOTS))["car"], "a-one", "d-one") == ()


def test_a_corridor_with_a_fault_is_left_out() -> None:
    assert graphs([("train", "a-one", "b-two", "e-one"), ("train", "a-one", "x-one", "")], SPOTS) == {}


def test_a_homonym_far_away_is_found_out() -> None:
    [found, nothing] = faults([["a-one", "e-one", "b-two"], ["a-one", "c-one", "d-one"]], places(SPOTS))
    assert found == (
        "the corridor from a-one to b-two is 2,742 km, over 1.6 times the direct 111 km;"
        " look for a town of the same name elsewhere, or split the corridor"
    )
    assert nothing == ""


def test_a_line_of_one_place_has_no_length() -> None:
    assert list(lengths_km([["a-one"]], places(SPOTS))) == [0]


def test_vladivostok_to_the_border_at_khasan(shipped: Travel) -> None:
    # geodesic between the two coordinates
    assert lengths_km([["vladivostok-rus", "khasan-rus"]], shipped.places)[0] == pytest.approx(127, abs=2)
