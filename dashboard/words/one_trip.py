"""What is said of one trip among its leader's: `10th known trip abroad`, and the sentence that can be quoted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.language import gettext, listed, marked, ngettext
from dashboard.language import number as in_figures
from dashboard.tables import dates
from dashboard.tables.transport import UNKNOWN, in_words
from dashboard.travel.travel import CANCELLED, MADE, PLANNED, Travel


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`."""
    ending = 0 if number % 100 in (11, 12, 13) else number % 10
    written = {1: marked("{number}st"), 2: marked("{number}nd"), 3: marked("{number}rd")}.get(
        ending, marked("{number}th")
    )
    return gettext(written, number=in_figures(number))


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
    ends = {"first": ordinal(first), "last": ordinal(first + times - 1)}
    return gettext("{first} and {last}", **ends) if times == 2 else gettext("{first} to {last}", **ends)


def known_trip(nth: str, leader: str = "") -> str:
    """`10th known trip abroad`, or `Kim Jong Un's …`; where the number is not known ('') only whose trip it is."""
    if not nth:
        return gettext("{leader}'s trip abroad", leader=leader) if leader else gettext("trip abroad")
    count = 2 if " " in nth else 1
    if leader:
        return ngettext(
            "{leader}'s {nth} known trip abroad",
            "{leader}'s {nth} known trips abroad",
            count,
            leader=leader,
            nth=nth,
        )
    return ngettext("{nth} known trip abroad", "{nth} known trips abroad", count, nth=nth)


def unless_made(status: str) -> str:
    """What stands behind the day of a journey that is only planned, or was cancelled; '' behind that of one made."""
    said = {MADE: "", PLANNED: marked(" (expected)"), CANCELLED: marked(" (cancelled)")}[status]
    return gettext(said)


def quotable(travel: Travel, number: int) -> str:
    """One trip (by number) as a sentence: whose and which it is, how, where, when."""
    trip: Any = travel.trips.loc[number]
    named = known_trip(ordinals(travel.trips.loc[[number]])[number], str(travel.leaders.at[trip["leader_id"], "name"]))
    stops = travel.stops[(travel.stops["trip"] == number).to_numpy()]
    visited = list(dict.fromkeys(stops.loc[(stops["kind"] == "visit").to_numpy(), "place"].astype("str").tolist()))
    journey = _journey(str(trip["transport"]), visited)
    when = dates.say_in_full(str(trip["left_home"]), str(trip["back_home"]))
    if when:
        journey = gettext("{journey}, {when}", journey=journey, when=when)
    return gettext("{trip}: {journey}", trip=named, journey=journey) + unless_made(trip["status"])


def _journey(mode: str, visited: list[str]) -> str:
    """`by train to Beijing and Dalian`."""
    places = listed(visited)
    if mode == UNKNOWN:
        return gettext("to {places}", places=places) if visited else gettext("to a place that is not known")
    if not visited:
        return gettext("by {transport} to a place that is not known", transport=in_words(mode))
    return gettext("by {transport} to {places}", transport=in_words(mode), places=places)
