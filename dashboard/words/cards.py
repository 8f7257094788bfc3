"""What the page says of single trips, whatever is selected: made once for each trip, and kept."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from itertools import islice
from threading import Lock
from typing import Any, Generic, TypeVar

import pandas as pd

from dashboard import words
from dashboard.language import gettext
from dashboard.query.filters import BY_KEY
from dashboard.query.offices import NO, offices
from dashboard.query.rows import AT_LEAST, BETWEEN, trip_rows
from dashboard.query.summaries import Summary
from dashboard.tables import dates
from dashboard.travel.travel import MADE

T = TypeVar("T")
# How the data are looked at: of what is chosen, that which changes what a trip is.
Way = tuple[tuple[str, tuple[str, ...]], ...]

# Far more than one page shows; a card takes some 2 kB.
MOST_KEPT = 5_000
CELLS = ("trip_id", "nth_of_leader", "leader", "left_home", "back_home", "days", "places", "transport", "met",
         "occasion", "distance_km", "sources")  # fmt: skip


@dataclass(frozen=True, eq=False)
class Card:
    """One trip on the page: its id, what is said of it by column of the table, and where, when and why it was.

    `nth` says which of its leader's known trips it is, `whose` names the leader too; `ends` names two places at most.
    """

    trip_id: str
    nth: str
    whose: str
    texts: dict[str, str]
    where: str
    when: str
    why: str
    ends: str

    @property
    def farthest(self) -> str:
        """Two of its places at most, and its distance: for the answer under a chart."""
        return f"{self.ends}, {self.texts['distance_km']}"


@dataclass(frozen=True)
class Dot:
    """One trip in the chart of distances and days: its transport, km and days (NaN unknown), its words as HTML.

    The chart leaves out what is not `made`.
    """

    trip_id: str
    transport: str
    distance_km: float
    days: float
    text: str
    made: bool


def way_of(summary: Summary) -> Way:
    """As known on a day, by a counting rule: what is said of a trip is not the same by another."""
    return tuple((key, values) for key, values in summary.selection.chosen if BY_KEY[key].transform)


class Kept(Generic[T]):
    """What was made of single trips, by way of looking and number of the trip, as many as are worth keeping."""

    def __init__(self, make: Callable[[Summary, list[int]], dict[int, T]]) -> None:
        self._make = make
        self._kept: dict[tuple[Way, int], T] = {}
        self._lock = Lock()

    def of(self, summary: Summary, numbers: Iterable[int]) -> list[T]:
        """What there is of these trips, in this order; what was not made before is made together."""
        wanted, way = list(numbers), way_of(summary)
        with self._lock:
            found = {number: self._kept[way, number] for number in wanted if (way, number) in self._kept}
        missing = [number for number in wanted if number not in found]
        if missing:
            found |= self._make(summary, missing)
            with self._lock:
                self._kept |= {(way, number): one for number, one in found.items()}
                # The oldest go first: a dict keeps the order in which its keys came.
                for key in list(islice(self._kept, max(0, len(self._kept) - MOST_KEPT))):
                    del self._kept[key]
        return [found[number] for number in wanted]


class Cards:
    """What is kept of one body of trips: their cards, and their dots."""

    def __init__(self) -> None:
        self._cards, self._dots = Kept(make), Kept(make_dots)
        self._once: dict[str, Any] = {}

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives, made once for these trips and kept by its name."""
        if name not in self._once:
            self._once[name] = make()
        kept: T = self._once[name]
        return kept

    def of(self, summary: Summary, numbers: Iterable[int]) -> list[Card]:
        """The cards of these trips, in this order."""
        return self._cards.of(summary, numbers)

    def dots(self, summary: Summary, numbers: Iterable[int]) -> list[Dot]:
        """The dots of these trips, in this order."""
        return self._dots.of(summary, numbers)


def make_dots(summary: Summary, numbers: list[int]) -> dict[int, Dot]:
    """Trip number -> its dot."""
    travel = summary.travel.fetch(numbers)
    places, nth = words.where(travel), words.ordinals(travel.trips)
    columns = ["transport", "distance_km", "at_least", "days", "days_uncertain", "trip_id", "status"]
    cells = zip(travel.trips.index.tolist(), *(travel.trips[name].tolist() for name in columns), strict=True)
    dots = {}
    for number, transport, km, at_least, days, uncertain, trip_id, status in cells:
        how_long = gettext("days unknown") if math.isnan(days) else words.days(int(days), uncertain=uncertain)
        which = ": ".join(filter(None, (escape(places[number], quote=False), words.known_trip(nth[number]))))
        text = f"{which}: {words.distance(km, at_least)}, {how_long}"
        dots[number] = Dot(trip_id, transport, km, days, text, status == MADE)
    return dots


def make(summary: Summary, numbers: list[int]) -> dict[int, Card]:
    """Trip number -> its card."""
    travel = summary.travel.fetch(numbers)
    rows, where, ends = trip_rows(travel), words.where(travel), words.where(travel, most=2)
    nth = pd.Series(words.ordinals(travel.trips), dtype="str")
    rows = rows.assign(nth_of_leader=nth, in_office=offices(travel)["in_office"])
    by_number = zip(rows.index.tolist(), rows.to_dict("records"), strict=True)
    return {number: _card(row, where[number], ends[number]) for number, row in by_number}


def _card(row: dict[Any, Any], where: str, ends: str) -> Card:
    people = row["met"].replace(BETWEEN, ", ")
    return Card(
        trip_id=row["trip_id"],
        nth=words.known_trip(row["nth_of_leader"]),
        whose=words.known_trip(row["nth_of_leader"], row["leader"]),
        texts={name: _cell(name, row) for name in CELLS},
        where=where,
        when=dates.say_span(row["left_home"], row["back_home"]) + _unless_made(row),
        why=" · ".join(filter(None, (row["occasion"], people))),
        ends=ends,
    )


def _unless_made(row: dict[Any, Any]) -> str:
    """What stands beside the day of a journey that was not made, or was made out of office."""
    out = gettext(" (not in office)") if row["in_office"] == NO else ""
    return words.unless_made(row["status"]) + out


def _cell(name: str, row: dict[Any, Any]) -> str:
    """One cell of the table as people read it: doubts kept, distances rounded."""
    value = row[name]
    match name:
        case "left_home":
            return dates.say(value) + _unless_made(row)
        case "back_home":
            return dates.say(value)
        case "days":
            return gettext("unknown") if pd.isna(value) else f"{value}{'?' if 'days' in row['uncertain'] else ''}"
        case "distance_km":
            return (
                gettext("unknown") if pd.isna(value) else words.distance(float(value), row["distance_note"] == AT_LEAST)
            )
        case "sources":
            pages = {one.rpartition(" ")[2] for one in value.split(BETWEEN)}
            return words.sources(len(pages)) if value else gettext("none")
        case _:
            return str(value)
