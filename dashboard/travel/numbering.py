"""Which of a leader's known trips each one is: the first, the second, … by the day of leaving home."""

from __future__ import annotations

import pandas as pd

from dashboard.tables.dates import possible
from dashboard.travel.travel import MADE

# What the number of a trip follows from.
KEYS = ["leader_id", "left_home", "left_home_earliest", "trip_id", "status"]


def number_trips(trips: pd.DataFrame) -> pd.DataFrame:
    """For each trip `nth_of_leader`, its number among all of its leader's in `trips`, from 1, and `nth_uncertain`.

    NA for a trip that was not made, and where its day is not known at all. They are ordered by the first day on which
    each may have left home, and then by id. Where a counting rule counts a trip several times (`counts_as`) it bears
    the first of its numbers. The number is uncertain where the days leave open which of two trips came first, and
    where the leader made another one on a day that is not known at all.
    """
    made = trips.loc[trips["status"] == MADE, trips.columns.isin([*KEYS, "counts_as"])]
    dated = made[made["left_home_earliest"].notna()].sort_values(["left_home_earliest", "trip_id"])
    counts = dated["counts_as"] if "counts_as" in dated else pd.Series(1, dated.index)
    last = counts.groupby(dated["leader_id"], observed=True).cumsum()
    undated = made.loc[made["left_home_earliest"].isna(), "leader_id"].unique()
    doubt = _overlap(dated) | dated["leader_id"].isin(undated)
    return pd.DataFrame(
        {
            "nth_of_leader": (last - counts + 1).reindex(trips.index).astype("Int32"),
            "nth_uncertain": doubt.reindex(trips.index, fill_value=False),
        }
    )


def _overlap(dated: pd.DataFrame) -> pd.Series:
    """Whether a trip may have left home before or after another of its leader's, as far as the days say."""
    days = possible(dated["left_home"]).assign(leader=dated["leader_id"]).sort_values("earliest", kind="stable")
    reached = days.groupby("leader", observed=True)["latest"].cummax()
    before = reached.groupby(days["leader"], observed=True).shift()
    after = days.groupby("leader", observed=True)["earliest"].shift(-1)
    return ((before >= days["earliest"]) | (after <= days["latest"])).reindex(dated.index)


def numbered(trips: pd.DataFrame) -> pd.DataFrame:
    """All trips there are, with their numbers as the columns that `number_trips` gives."""
    numbers = number_trips(trips)
    return trips.assign(**{str(name): numbers[name] for name in numbers})
