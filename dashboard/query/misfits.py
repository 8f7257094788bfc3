"""Where a trip does not fit what is said of it: its days, ways, places and people against the words of its own rows.

Nothing is decided by it. It names what a reader should look at: a number of days, a day, a transport, a place or a
person in the words of a note or a source, to which nothing in the rows corresponds; and rows that do not fit
each other.
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
from dashboard.tables.countries import country_name
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
# A day that a sentence names for being at home again: "landed at home on 13 June".
AT_HOME = re.compile(rf"\b(?:home|back(?! to))\b[^,;.]*?{DAY.pattern}", re.IGNORECASE)
# What stands before a place on the way ("out at Dandong"), or one of another journey ("after the Singapore summit").
ON_THE_WAY = re.compile(
    r"\b(?:in at|out at|through|via|by way of|past|cross\w+ (?:at|in|near))(?: \w+){0,3} $", re.IGNORECASE
)
ANOTHER_JOURNEY = re.compile(r"\b(?:after|before|since) (?:the )?$", re.IGNORECASE)

# What is looked at of the rows that belong to a trip.
LOOKED_AT = {
    "stops": ["place", "place_id", "from_place_id", "country_iso3", "arrived", "left", "mode"],
    "meetings": ["met", "counterpart", "counterpart_country_iso3", "place", "setting", "date"],
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

    def of_field(self, *names: str) -> list[tuple[str, str]]:
        """What the sources that support the row say of one field or several."""
        rows = [one for one in self.evidence if one.stance == "supports" and one.field in names]
        return [(str(one.publisher), str(one.says)) for one in rows]

    @property
    def dissent(self) -> str:
        """All that disputing sources say: it is shown as such, and no news."""
        return " ".join(one.says for one in self.evidence if one.stance != "supports")


def _days_said(case: Case, spoken: list[tuple[str, str]]) -> Iterator[tuple[int, dict[str, str]]]:
    """Where another number of days is said than that of the row: by how many they are more, and who says what."""
    days = case.trip["days"]
    for who, text in spoken:
        found = DAYS.search(text)
        if found and not pd.isna(days):
            word = found[1].lower()
            said = NUMBERS.index(word) + 1 if word in NUMBERS else int(word)
            if said != days:
                yield said - int(days), {"who": who, "said": number(said), "days": number(int(days))}


def number_of_days(case: Case) -> Iterator[str]:
    """A number of days from home to home that is not that of the row; what a source counts one short are nights."""
    for more, told in (*_days_said(case, case.from_home), *_days_said(case, case.of_field("days"))):
        if more != -1 or told["who"] == case.row[2][0]:
            yield gettext("{who} says {said} days, and by the row they are {days}", **told)


def nights(case: Case) -> Iterator[str]:
    """A source that counts a day less than the row, as who counts nights does."""
    for more, told in _days_said(case, case.of_field("days")):
        if more == -1:
            yield gettext("{who} says {said} days, and by the row they are {days}: perhaps nights are counted", **told)


def ends_said(case: Case) -> Iterator[str]:
    """Another day of leaving home or of being back than that of the row, where a source or the note speaks of that."""
    for who, text in case.from_home + case.of_field("left_home", "back_home"):
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


def home_again(case: Case) -> Iterator[str]:
    """A day that the row's own words or a source name for being at home, before the row has the leader back."""
    back = case.trip["back_home_earliest"]
    for who, text in (*case.row, *case.sources) if pd.notna(back) else ():
        for found in AT_HOME.finditer(text):
            day, month = found[2] or found[1], found[3].capitalize()
            said, moment = f"{day} {month}", _moment(back.year, MONTHS.index(month) + 1, int(day))
            if moment is not None and moment < back and said not in case.dissent:
                told = {"who": who, "said": said, "day": dates.say(str(case.trip["back_home"]))}
                yield gettext("{who} speaks of home on {said}, and by the row that was on {day}", **told)


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


def _places_said(case: Case) -> Iterator[tuple[str, str, str]]:
    """Each place of the data that the row or a source names and at which there is no stop: who, which, after what."""
    home = str(case.travel.leaders.at[case.trip["leader_id"], "home_place"])
    here = {home, *(str(stop.place) for stop in case.stops), *(str(one.place) for one in case.meetings)}
    known = case.travel.places
    at_stops = known["other_names"].reindex([stop.place_id for stop in case.stops]).dropna()
    here |= {name for names in at_stops for name in str(names).split(";")}
    elsewhere = [place for place in dict.fromkeys(known["place"].tolist()) if place and place not in here]
    for who, text in (*case.row, *case.sources):
        for place in elsewhere:
            found = re.search(rf"(?<![\w-]){re.escape(place)}(?![\w-])", text) if place in text else None
            if found:
                yield who, place, text[: found.start()]


def places_named(case: Case) -> Iterator[str]:
    """A place that the row or a source speaks of as one of the trip, and at which it has no stop."""
    for who, place, before in _places_said(case):
        if not ON_THE_WAY.search(before) and not ANOTHER_JOURNEY.search(before):
            yield gettext("{who} names {place}, and no stop there is on record", who=who, place=place)


def passed_through(case: Case) -> Iterator[str]:
    """A place on the way that the row or a source names, and that is no stop."""
    for who, place, before in _places_said(case):
        if ON_THE_WAY.search(before):
            told = {"who": who, "place": place}
            yield gettext("{who} names {place} on the way, and no stop there is on record: a gap, no error", **told)


def same_place(case: Case) -> Iterator[str]:
    """A leg that ends where it began."""
    for stop in case.stops:
        if stop.place_id == stop.from_place_id:
            place = stop.place
            yield gettext("a leg goes from {place} to {place}: a stop between is missing, or both are one", place=place)


def host_country(case: Case) -> Iterator[str]:
    """A host who is not of the country in which the meeting was."""
    for one in case.meetings:
        here = {str(stop.country_iso3) for stop in case.stops if stop.place == one.place}
        if one.setting == "host" and here and one.counterpart_country_iso3 not in here:
            yield gettext(
                "{person} of {home} is on record as host in {place}, which lies in {country}",
                person=one.counterpart,
                home=country_name(one.counterpart_country_iso3),
                place=one.place,
                country=country_name(min(here)),
            )


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


# What contradicts the rows, and what is no more than a gap or another way of counting.
CONTRADICTIONS: tuple[Callable[[Case], Iterator[str]], ...] = (
    same_place,
    host_country,
    number_of_days,
    ends_said,
    home_again,
    days_named,
    host_days,
    transport_named,
    people_named,
    places_named,
    meetings_between,
    reported_before,
)
HARMLESS = (passed_through, nights)


@dataclass(frozen=True)
class Misfits:
    """What does not fit of one trip, each a sentence without full stop."""

    contradictions: list[str]
    harmless: list[str]

    @property
    def all(self) -> list[str]:
        """What contradicts the rows first."""
        return self.contradictions + self.harmless


def _rows(frame: pd.DataFrame, at: int, columns: list[str]) -> list[Any]:
    return list(named_rows(frame.loc[(frame["trip"] == at).to_numpy(), columns]))


def misfits(travel: Travel, at: int) -> Misfits:
    """All that does not fit of one trip (by number), comparison by comparison; nothing of one that was not made."""
    rows = {name: _rows(getattr(travel, name), at, columns) for name, columns in LOOKED_AT.items()}
    case = Case(travel, travel.trips.loc[at], **rows)
    if case.trip["status"] != MADE:
        return Misfits([], [])
    against, harmless = (
        list(dict.fromkeys(says for rule in rules for says in rule(case))) for rules in (CONTRADICTIONS, HARMLESS)
    )
    return Misfits(against, harmless)
