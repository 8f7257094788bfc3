"""Which of a leader's known trips each one is."""

from __future__ import annotations

import pandas as pd

from dashboard.query.counting import apply
from dashboard.query.known_on_day import as_known
from dashboard.query.rows import trip_rows
from dashboard.query.selection import read, select
from dashboard.travel.build import Travel
from tests.world import make_travel


def numbers(travel: Travel) -> dict[str, int | None]:
    """Trip id -> its number."""
    told = trip_rows(travel).set_index("trip_id")["nth_of_leader"]
    return {str(trip): None if pd.isna(nth) else int(nth) for trip, nth in told.items()}


def test_each_leaders_trips_are_numbered_by_the_day_of_leaving_home() -> None:
    assert numbers(make_travel()) == {"N-1": 1, "N-2": 2, "N-3": 3, "S-1": None}


def test_the_number_is_of_all_the_data_and_not_of_the_selection(shipped: Travel) -> None:
    chosen = select(shipped, read("leader=kim-jong-un&years=2023", shipped).selection)
    assert numbers(chosen) == {"KJU-10": 10}


def test_a_counting_rule_numbers_anew(shipped: Travel) -> None:
    without = numbers(apply(shipped, ("without-dmz",)))
    assert without["KJU-10"] == 8
    assert numbers(apply(shipped, ()))["KJU-10"] == 10
    twice = apply(shipped, ("per-country",))
    assert twice.trips.set_index("trip_id")["counts_as"]["KJI-10"] == 2
    assert numbers(twice)["KJI-10"] == 10, "the first of its numbers"


def test_a_reader_of_an_earlier_day_counts_what_was_known_then(shipped: Travel) -> None:
    assert max(filter(None, numbers(as_known(shipped, "2018-06-30")).values())) == 10
    known = numbers(as_known(shipped, "2018-06-30"))
    assert sorted(filter(None, (nth for trip, nth in known.items() if trip.startswith("KJU")))) == [1, 2, 3, 4, 5]
