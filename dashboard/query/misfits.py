"""Where a trip does not fit what is said of it: its days, ways, places and people against the words of its own rows.

Nothing is decided by it. It names what a reader should look at: a number of days, a day, a transport, a place or a
person in the words of a note or a source, to which nothing in the rows corresponds.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from dashboard.language import gettext, number
from dashboard.query.known_on_day import published_on
from dashboard.tables import dates
from dashboard.tables.reading import named_rows
from dashboard.travel.travel import MADE, Travel

# What names a transport in a sentence; `foot` is left out, since the last steps of many ways are on foot.
WAYS = {
    "plane": r"\bflights?\b|\bflew\b|\bflown\b|\bby (?:air|plane)\b|\baircraft\b",
    "train": r"\b(?:trains?|rail(?:way)?)\b",
    "car": r"\bby (?:car|road)\b|\bdrove\b",
    "ship": r"\bby (?:ship|sea)\b|\bsailed\b",
    "helicopter": r"\bhelicopters?\b",
}
NUMBERS = (
    *("one", "two", "three", "four", "five", "six", "seven"),
    *("eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"),
)
DAYS = re.compile(rf"\b({'|'.join(NUMBERS)}|[0-9]{{1,2}}) days\b(.*)", re.IGNORECASE)
MONTHS = tuple(month_name)[1:]
DAY = re.compile(rf"\b([0-9]{{1,2}})(?: ?[-–] ?([0-9]{{1,2}}))? ({'|'.join(MONTHS)})\b")


# What is looked at of the rows that belong to a trip.
LOOKED_AT = {
    "stops": ["place", "arrived", "left", "mode"],
    "meetings": ["met", "counterpart", "date"],
    "evidence": ["field", "says", "publisher", "stance", "url"],
}


@dataclass(frozen=True)
class Case:
    """One trip with what belongs to it, and the words of it: (who says it, the text), the words of dissent apart."""

    travel: Travel
    trip: Any
    stops: list[Any]
    meetings: list[Any]
    evidence: list[Any]

    @property
    def row(self) -> list[tuple[str, str]]:
        """What the row of the trip says of it in words."""
        names = {"occasion": gettext("the occasion"), "outcome": gettext("the outcome"), "note": gettext("the note")}
        return [(named, str(self.trip[name])) for name, named in names.items()]

    @property
    def from_home(self) -> list[tuple[str, str]]:
        """The part of the note that speaks of the time from home to home."""
        who, note = self.row[2]
        return [(who, part) for part in note.split(";") if "home to home" in part]

    @property
    def sources(self) -> list[tuple[str, str]]:
        """What the sources say that support the row."""
        return [(one.publisher, one.says) for one in self.evidence if one.stance == "supports"]

    @property
    def dissent(self) -> str:
        """All that disputing sources say: it is shown as such, and no news."""
        return " ".join(one.says for one in self.evidence if one.stance != "supports")


def number_of_days(case: Case) -> Iterator[str]:
    """A number of days from home to home that is not that of the row."""
    days = case.trip["days"]
    spoken = case.from_home + [
        (str(row.publisher), str(row.says)) for row in case.evidence
        if row.field == "days" and row.stance == "supports"
    ]  # fmt: skip
    for who, text in spoken:
        found = DAYS.search(text)
        said = (
            (NUMBERS.index(found[1].lower()) + 1 if found[1].lower() in NUMBERS else int(found[1])) if found else None
        )
        if said and not pd.isna(days) and said != days:
            told = {"who": who, "said": number(said), "days": number(int(days))}
            yield gettext("{who} says {said} days, and by the row they are {days}", **told)


def ends_said(case: Case) -> Iterator[str]:
    """Another day of leaving home or of being back than that of the row, where a source or the note speaks of that."""
    spoken = case.from_home + [
        (str(row.publisher), str(row.says)) for row in case.evidence
        if row.field in ("left_home", "back_home") and row.stance == "supports"
    ]  # fmt: skip
    for who, text in spoken:
        found = DAY.search(text)
        if not found:
            continue
        days = [int(found[1]), int(found[2])] if found[2] else [int(found[1])]
        names = ("left_home", "back_home") if found[2] else ("back_home",)
        for name, day in zip(names, days, strict=True):
            known = case.trip[f"{name}_earliest"]
            if pd.notna(known) and (known.day, known.month_name()) != (day, found[3]):
                told = {"who": who, "said": found[0], "day": dates.say(str(case.trip[name]))}
                yield gettext("{who} says {said}, and the row has {day}", **told)


def days_named(case: Case) -> Iterator[str]:
    """A day that does not lie between leaving home and being back."""
    first, last = case.trip["left_home_earliest"], case.trip["back_home_latest"]
    if pd.isna(first) or pd.isna(last):
        return
    for who, text in (*case.row, *case.sources):
        for found in DAY.finditer(text):
            ends = [int(day) for day in found.groups()[:2] if day]
            known = [_moment(first.year, MONTHS.index(found[3]) + 1, day) for day in ends]
            if found[0] not in case.dissent and any(day is not None and not first <= day <= last for day in known):
                yield gettext("{who} speaks of {day}, and the trip was not on then", who=who, day=found[0])


def _moment(year: int, month: int, day: int) -> pd.Timestamp | None:
    try:
        return pd.Timestamp(year, month, day)
    except ValueError:
        return None


def host_days(case: Case) -> Iterator[str]:
    """A day of reaching or leaving the host country on which no stop begins or ends."""
    for name, column, says in (
        (
            "arrived_host",
            "arrived",
            gettext("the row says {day} for reaching the host country, and no stop begins then"),
        ),
        ("left_host", "left", gettext("the row says {day} for leaving the host country, and no stop ends then")),
    ):
        day, days = str(case.trip[name]), [str(getattr(stop, column)) for stop in case.stops]
        if dates.is_plain(day) and all(dates.is_plain(one) for one in days if one) and day not in days:
            yield says.format(day=dates.say(day))


def transport_named(case: Case) -> Iterator[str]:
    """A sentence that speaks of transport, and of none by which the trip was made."""
    modes = {stop.mode for stop in case.stops}
    for who, text in (*case.row[1:2], *case.sources):
        named = {mode for mode, words in WAYS.items() if re.search(words, text, re.IGNORECASE)}
        if named and not named & modes:
            yield gettext("{who} says “{text}”, and no leg is by {transport}", who=who, text=text, transport=min(named))


def people_named(case: Case) -> Iterator[str]:
    """A person whom other trips met, named where this one has no meeting with them."""
    met = {one.met for one in case.meetings}
    known = set(" ".join(case.travel.people.loc[list(met), "counterpart"]).split())
    for who, text in (*case.row, *case.sources):
        # A family name may come first or last: either is enough, and whoever of that name was met will do.
        for named in set(re.findall(r"\b(?:with|met) (\w+)", text)) - known:
            called = [name for name in case.travel.people["counterpart"] if named in name.split()]
            if called:
                person = " / ".join(called)
                yield gettext("{who} names {person}, and no meeting with them is on record", who=who, person=person)


def places_named(case: Case) -> Iterator[str]:
    """A place of the data that a note or a source names, and at which the trip has no stop."""
    here = {str(stop.place) for stop in case.stops} | {case.travel.leaders.at[case.trip["leader_id"], "home_place"]}
    known = case.travel.places["place"].to_numpy()[case.travel.places["stopped_at"].to_numpy()].tolist()
    for who, text in (*case.row[2:], *case.sources):
        for place in dict.fromkeys(known):
            if place in text and place not in here and re.search(rf"\b{re.escape(place)}\b", text):
                yield gettext("{who} names {place}, and no stop there is on record", who=who, place=place)


def meetings_between(case: Case) -> Iterator[str]:
    """A meeting on a day on which the trip is at no stop."""
    days = [(dates.ends(str(stop.arrived)), dates.ends(str(stop.left))) for stop in case.stops]
    spans = [(arrived[0], left[1] or arrived[1]) for arrived, left in days]
    for one in case.meetings:
        day = dates.ends(str(one.date))[0] if dates.is_plain(str(one.date)) else None
        # A stop of no known day may have been on any.
        if day and not any(first is None or last is None or first <= day <= last for first, last in spans):
            told = {"person": one.counterpart, "day": dates.say(str(one.date))}
            yield gettext("met {person} on {day}, when the trip is at no stop on record", **told)


def reported_before(case: Case) -> Iterator[str]:
    """A source that reports the trip as made, published before it began; elsewhere it may be a day earlier."""
    first = case.trip["left_home_earliest"] - pd.Timedelta(days=1)
    days = published_on(pd.Series([one.url for one in case.evidence], dtype="str"))
    for row, day in zip(case.evidence, days, strict=True):
        if pd.notna(day) and pd.notna(first) and day < first and row.stance == "supports":
            told = {"who": row.publisher, "day": dates.say(f"{day:%Y-%m-%d}")}
            yield gettext("{who} reported it on {day}, before it began by the row", **told)


COMPARISONS: tuple[Callable[[Case], Iterator[str]], ...] = (
    number_of_days,
    ends_said,
    days_named,
    host_days,
    transport_named,
    people_named,
    places_named,
    meetings_between,
    reported_before,
)


def _rows(frame: pd.DataFrame, at: int, columns: list[str]) -> list[Any]:
    return list(named_rows(frame.loc[(frame["trip"] == at).to_numpy(), columns]))


def misfits(travel: Travel, at: int) -> list[str]:
    """All that does not fit of one trip (by number), each a sentence without full stop, comparison by comparison."""
    rows = {name: _rows(getattr(travel, name), at, columns) for name, columns in LOOKED_AT.items()}
    case = Case(travel, travel.trips.loc[at], **rows)
    found = (one for rule in COMPARISONS for one in rule(case))
    return list(dict.fromkeys(found)) if case.trip["status"] == MADE else []
