"""What is said of one trip among its leader's: `10th known trip abroad`, and the sentence that can be quoted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.tables import dates
from dashboard.travel.travel import MADE, PLANNED, Travel


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`."""
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{ending}"


def ordinals(trips: pd.DataFrame) -> dict[int, str]:
    """Trip number -> which of its leader's known trips it is: `10th`, or `10th?` where that is not certain.

    `10th and 11th`, `10th to 12th` where a counting rule counts it several times; '' where the number is not known.
    """
    times = trips["counts_as"] if "counts_as" in trips else pd.Series(1, trips.index)
    columns = (trips["nth_of_leader"].tolist(), times.tolist(), trips["nth_uncertain"].tolist())
    return {
        number: "" if pd.isna(nth) else _numbers(int(nth), int(each)) + ("?" if doubt else "")
        for number, nth, each, doubt in zip(trips.index.tolist(), *columns, strict=True)
    }


def _numbers(first: int, times: int) -> str:
    if times == 1:
        return ordinal(first)
    return f"{ordinal(first)} {'and' if times == 2 else 'to'} {ordinal(first + times - 1)}"


def known_trip(nth: str, leader: str = "") -> str:
    """`10th known trip abroad`, or `Kim Jong Un's …`; where the number is not known ('') only whose trip it is."""
    whose = f"{leader}'s " if leader else ""
    known = f"{nth} known " if nth else ""
    return f"{whose}{known}trip{'s' if ' ' in nth else ''} abroad"


def unless_made(status: str) -> str:
    """What stands behind the day of a journey that is only planned, or was cancelled; '' behind that of one made."""
    return {MADE: "", PLANNED: " (expected)"}.get(status, f" ({status})")


def quotable(travel: Travel, number: int) -> str:
    """One trip (by number) as a sentence: whose and which it is, how, where, when."""
    trip: Any = travel.trips.loc[number]
    named = known_trip(ordinals(travel.trips.loc[[number]])[number], str(travel.leaders.at[trip["leader_id"], "name"]))
    stops = travel.stops[(travel.stops["trip"] == number).to_numpy()]
    visited = list(dict.fromkeys(stops.loc[(stops["kind"] == "visit").to_numpy(), "place"].astype("str").tolist()))
    by = "" if trip["transport"] == "unknown" else f"by {trip['transport']} "
    where = f"{by}to {_listed(visited)}" if visited else f"{by}to a place that is not known"
    when = dates.say_in_full(str(trip["left_home"]), str(trip["back_home"]))
    return f"{named}: {where}{when and f', {when}'}{unless_made(trip['status'])}"


def _listed(names: list[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
