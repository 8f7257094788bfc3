"""Whether a leader was in office when a trip began, and in which posts: several periods, several posts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from dashboard.tables.dates import ends
from dashboard.tables.reading import named_rows
from dashboard.travel.travel import Travel

YES, PERHAPS, NO, UNKNOWN = "yes", "perhaps", "no", ""
BETWEEN = "; "


@dataclass(frozen=True)
class Term:
    """One period in a post: the first and the last day on which it may have begun, and on which it may have ended.

    A beginning that is not known is None; an end that is not given is to come.
    """

    post: str
    begun: tuple[date | None, date | None]
    ended: tuple[date | None, date | None]

    def holds(self, first: date, last: date) -> str:
        """Whether it surely, or perhaps, holds a day that lies between these two."""
        (begun, surely_begun), (surely_held, ended) = self.begun, self.ended
        if surely_begun and surely_begun <= first and (surely_held is None or last <= surely_held):
            return YES
        return PERHAPS if (begun is None or begun <= last) and (ended is None or first <= ended) else NO


def terms(travel: Travel, leader_id: str) -> Iterator[Term]:
    """The periods in which a leader held a post, that of leaders.csv first."""
    leader: Any = travel.leaders.loc[leader_id]
    if leader["in_office_from"] or leader["in_office_until"]:
        yield Term(leader["role"], ends(leader["in_office_from"]), ends(leader["in_office_until"]))
    for one in named_rows(travel.terms[(travel.terms["leader_id"] == leader_id).to_numpy()]):
        yield Term(one.post, ends(one.in_office_from), ends(one.in_office_until))


def offices(travel: Travel) -> pd.DataFrame:
    """For each trip in memory `in_office` (yes, perhaps, no; '' where no term or no day is known) and `posts`.

    These are the posts that the leader held on the day of leaving home, or may have held, joined by `; `.
    """
    trips = travel.trips
    held = {one: list(terms(travel, one)) for one in trips["leader_id"].astype("str").unique()}
    columns = ("leader_id", "left_home_earliest", "left_home_latest")
    cells = zip(*(trips[name].tolist() for name in columns), strict=True)
    found = [_office(held[leader], first, last) for leader, first, last in cells]
    return pd.DataFrame(found, trips.index, ["in_office", "posts"], dtype="str")


def _office(held: list[Term], first: pd.Timestamp, last: pd.Timestamp) -> tuple[str, str]:
    if not held or pd.isna(first):
        return UNKNOWN, ""
    states = {one: one.holds(first.date(), last.date()) for one in held}
    posts = dict.fromkeys(one.post for one, state in states.items() if state != NO and one.post)
    best = next(state for state in (YES, PERHAPS, NO) if state in states.values())
    return best, BETWEEN.join(posts)
