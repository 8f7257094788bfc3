"""Which of a leader's known trips each one is: the first, the second, … by the day of leaving home."""

from __future__ import annotations

import pandas as pd

from dashboard.travel.travel import MADE

# What the number of a trip follows from.
KEYS = ["leader_id", "left_home_earliest", "trip_id", "status"]


def number_trips(trips: pd.DataFrame) -> pd.Series:
    """For each trip its number among all of its leader's in `trips`, from 1.

    NA for a trip that was not made, and where its day is not known at all.

    They are ordered by the first day on which each may have left home, and then by id. Where a counting rule counts a
    trip several times (`counts_as`) it bears the first of its numbers.
    """
    made = trips["left_home_earliest"].notna() & (trips["status"] == MADE)
    dated = trips[made].sort_values(["left_home_earliest", "trip_id"])
    counts = dated["counts_as"] if "counts_as" in dated else pd.Series(1, dated.index)
    last = counts.groupby(dated["leader_id"], observed=True).cumsum()
    return (last - counts + 1).reindex(trips.index).astype("Int32")


def numbered(trips: pd.DataFrame) -> pd.DataFrame:
    """All trips there are, with their numbers as the column `nth_of_leader`."""
    return trips.assign(nth_of_leader=number_trips(trips))
