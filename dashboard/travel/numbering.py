"""Which of a leader's known trips each one is: the first, the second, … by the day of leaving home."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.tables.dates import possible
from dashboard.travel.travel import MADE

# What the number of a trip follows from.
KEYS = ["leader_id", "left_home", "left_home_earliest", "trip_id", "status"]
# Days between those of one leader and those of the next: more than there are in ten thousand years.
APART = 4_000_000


def number_trips(trips: pd.DataFrame) -> pd.DataFrame:
    """For each trip `nth_of_leader`, its number among all of its leader's in `trips`, from 1, and `nth_uncertain`.

    NA for a trip that was not made, and where its day is not known at all. They are ordered by the first day on which
    each may have left home, and then by id. Where a counting rule counts a trip several times (`counts_as`) it bears
    the first of its numbers. The number is uncertain where the days leave open which of two trips came first, and
    where the leader made another one on a day that is not known at all.
    """
    made, known = (trips["status"] == MADE).to_numpy(), trips["left_home_earliest"].notna().to_numpy()
    leader, ids = pd.factorize(trips["leader_id"])[0], pd.factorize(trips["trip_id"], sort=True)[0]
    order = np.lexsort((ids, trips["left_home_earliest"].to_numpy(), leader))
    order = order[(made & known)[order]]
    times = trips["counts_as"].to_numpy()[order] if "counts_as" in trips else np.ones(len(order), dtype=np.int64)
    before = np.cumsum(times) - times
    begins = np.append(True, np.diff(leader[order]) > 0)[: len(order)]
    nth = np.zeros(len(trips), dtype=np.int32)
    nth[order] = before + 1 - np.maximum.accumulate(np.where(begins, before, 0))
    doubt = made & known & np.isin(leader, leader[made & ~known])
    doubt[order] |= _overlap(trips["left_home"].iloc[order], leader[order])
    numbers = {"nth_of_leader": pd.arrays.IntegerArray(nth, nth == 0), "nth_uncertain": doubt}
    return pd.DataFrame(numbers, index=trips.index)


def _overlap(left_home: pd.Series, leader: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Whether a trip may have left home before or after another of its leader's, as far as the days say."""
    days = possible(left_home).to_numpy().astype("datetime64[D]").astype(np.int64) + leader[:, None] * APART
    order = np.argsort(days[:, 0], kind="stable")
    first, last = days[order].T
    after = first[1:] <= last[:-1]
    before = np.maximum.accumulate(last)[:-1] >= first[1:]
    doubt = np.zeros(len(days), dtype=bool)
    doubt[order[1:]] |= before
    doubt[order[:-1]] |= after
    return doubt


def numbered(trips: pd.DataFrame) -> pd.DataFrame:
    """All trips there are, with their numbers as the columns that `number_trips` gives."""
    numbers = number_trips(trips)
    return trips.assign(**{str(name): numbers[name] for name in numbers})
