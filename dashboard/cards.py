"""What the page says of single trips, whatever is selected: made once for each trip, and kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import dates, words
from dashboard.markup import part
from dashboard.rows import AT_LEAST, BETWEEN, trip_rows
from dashboard.summaries import Summary

# Far more than one page shows; a card takes some 2 kB.
MOST_KEPT = 5_000
CELLS = ("leader", "left_home", "back_home", "days", "places", "transport", "met", "occasion", "distance_km", "sources")


@dataclass(frozen=True)
class Card:
    """One trip on the page: its id, what its button in the list says, its cells in the table, each as HTML.

    `farthest` names two of its places at most and its distance, for the answer under a chart.
    """

    trip_id: str
    label: Markup
    cells: dict[str, Markup]
    farthest: str


class Cards:
    """The cards of one body of trips, by the trip's number."""

    def __init__(self) -> None:
        self._kept: dict[int, Card] = {}
        self._lock = Lock()

    def of(self, summary: Summary, numbers: Iterable[int]) -> list[Card]:
        """The cards of these trips, in this order; those not made before are made together."""
        wanted = list(numbers)
        with self._lock:
            found = {number: self._kept[number] for number in wanted if number in self._kept}
        missing = [number for number in wanted if number not in found]
        if missing:
            found |= make(summary, missing)
            with self._lock:
                # The oldest go first: a dict keeps the order in which its keys came.
                kept = [*self._kept.items(), *found.items()][-MOST_KEPT:]
                self._kept = dict(kept)
        return [found[number] for number in wanted]


def make(summary: Summary, numbers: list[int]) -> dict[int, Card]:
    """Trip number -> its card."""
    travel = summary.part(numbers)
    rows, where, ends = trip_rows(travel), words.where(travel), words.where(travel, most=2)
    by_number = zip(rows.index.tolist(), rows.to_dict("records"), strict=True)
    return {number: _card(row, where[number], ends[number]) for number, row in by_number}


def _card(row: dict[Any, Any], where: str, ends: str) -> Card:
    trip_id, people = row["trip_id"], row["met"].replace(BETWEEN, ", ")
    said = {name: _cell(name, row) for name in CELLS}
    when = dates.say_span(row["left_home"], row["back_home"])
    why = " · ".join(filter(None, (row["occasion"], people)))
    return Card(
        trip_id=trip_id,
        label=part("trips", "label", row["transport"], where, when, why),
        cells={name: part("table", "cell", name, text, trip_id) for name, text in said.items()},
        farthest=f"{ends}, {said['distance_km']}",
    )


def _cell(name: str, row: dict[Any, Any]) -> str:
    """One cell of the table as people read it: doubts kept, distances rounded."""
    value = row[name]
    match name:
        case "left_home" | "back_home":
            return dates.say(value)
        case "days":
            return "unknown" if pd.isna(value) else f"{value}{'?' if 'days' in row['uncertain'] else ''}"
        case "distance_km":
            return "unknown" if pd.isna(value) else words.distance(float(value), row["distance_note"] == AT_LEAST)
        case "sources":
            pages = {one.rpartition(" ")[2] for one in value.split(BETWEEN)}
            return words.count(len(pages), "source") if value else "none"
        case _:
            return str(value)
