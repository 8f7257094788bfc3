"""What the page says in words: never more than the data know."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard import words
from dashboard.tables.transport import TRANSPORT_NAMES


@pytest.mark.parametrize(
    ("km", "at_least", "said"),
    [
        (83_753, True, "at least 83,000 km"),
        (4_765, True, "at least 4,700 km"),
        (9_473, False, "about 9,500 km"),
        (296, True, "at least 290 km"),
        (72.3, True, "at least 72 km"),
        (0.4, False, "about 0 km"),
        (float("nan"), True, "distance unknown"),
    ],
)
def test_a_lower_bound_is_never_rounded_up(km: float, at_least: bool, said: str) -> None:
    assert words.distance(km, at_least) == said


def test_runs_of_years() -> None:
    assert words.spans([2011, 2012, 2013, 2020, 2022, 2023]) == ["2011–13", "2020", "2022–23"]
    assert words.spans([1999, 2000]) == ["1999–2000"]


def years(**trips: int) -> pd.DataFrame:
    """Trips by year: `y2018=3`."""
    return pd.DataFrame({TRANSPORT_NAMES[0]: list(trips.values())}, index=[int(year[1:]) for year in trips])


@pytest.mark.parametrize(
    ("counted", "as_of", "said"),
    [
        (years(y2018=1, y2019=0, y2020=0, y2021=2), "2026-11-23", "None found in 2019–20"),
        (years(y2024=1, y2025=0, y2026=0), "2026-11-23", "None found in 2025, 2026 so far"),
        (years(y2018=1, y2019=1), "", "No year without a trip"),
        (years(), "", "No trip with a known year"),
    ],
)
def test_years_without_a_trip_are_years_in_which_none_was_found(counted: pd.DataFrame, as_of: str, said: str) -> None:
    assert words.quiet_years(counted, as_of) == said


def test_none_is_never_said_of_a_year_into_which_a_trip_may_fall() -> None:
    counted = years(y2018=1, y2019=0, y2020=0, y2021=2)
    assert words.quiet_years(counted, "", {2019}, 1) == "None found in 2020 (1 trip of no certain year)"
    assert (
        words.quiet_years(counted, "", {2019, 2020}, 2) == "No year surely without a trip (2 trips of no certain year)"
    )


@pytest.mark.parametrize(
    ("trips", "said"),
    [
        ({"A": 3, "B": 1}, "Most often A: 3 trips"),
        ({"A": 3, "B": 3, "C": 1}, "Most often A and B: 3 trips each"),
        ({"A": 1, "B": 1, "C": 1}, "Most often A, B and C: 1 trip each"),
        ({"A": 1, "B": 1, "C": 1, "D": 1}, "Most often 4 of them: 1 trip each"),
        ({}, "No meeting on record"),
    ],
)
def test_all_who_share_the_first_place_are_named(trips: dict[str, int], said: str) -> None:
    people = pd.DataFrame({"counterpart": list(trips), "trips": list(trips.values())})
    assert words.most_met(people) == said
