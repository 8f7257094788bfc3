"""The published statements that a package carries: those that say the same of the packed rows as of all."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard.claims.measures import MEASURE_BY_NAME, RECEIVED
from dashboard.query.inbound import received
from dashboard.query.selection import combine, masks, read, transformed
from dashboard.tables.reading import named_rows
from dashboard.travel.build import mark_places
from dashboard.travel.travel import Travel


def decided_by(packed: Travel, frame: pd.DataFrame, whole: Travel, places: Collection[str]) -> pd.DataFrame:
    """The rows of a table of statements that look at no trip or visit received but those of `packed`.

    A distance is measured between places, and asks for no more than `places`.
    """
    alone = replace(
        packed,
        leaders=packed.leaders[packed.leaders.index.isin(packed.trips["leader_id"])],
        people=packed.people[packed.people.index.isin(packed.meetings["met"])],
        places=mark_places(packed.places, packed.stops),
    )
    kept = [_is_decided(row, whole, alone, places) for row in named_rows(frame)]
    return frame[pd.Series(kept, frame.index, dtype=bool)]


def _is_decided(row: Any, whole: Travel, packed: Travel, places: Collection[str]) -> bool:
    queries = [query for query in (row.query, row.out_of) if query]
    if MEASURE_BY_NAME[row.measure].places:
        start = read(row.query, whole).selection.values("place")
        return {*start, *(one.strip() for one in row.field.split(";"))} <= set(places)
    return all(_holds_all(packed, whole, query, row.of) for query in queries)


def _holds_all(packed: Travel, whole: Travel, query: str, unit: str) -> bool:
    """Whether every row that a query may ever look at is packed, and whatever it names is known there.

    A trip under way may have had another main transport than it has now, so trips by any transport must be there.
    """
    reading = read(query, packed)
    if reading.ignored:
        return False
    chosen = reading.selection.choose("transport", ())
    viewed = transformed(whole, chosen)
    trips = set(whole.trips.loc[combine(viewed, masks(viewed, chosen)).loc[lambda kept: kept].index, "trip_id"])
    came = received(viewed, chosen) if unit == RECEIVED else pd.DataFrame({"trip_id": [], "leader_id": []})
    trips |= set(came["trip_id"]) - {""}
    return trips <= set(packed.trips["trip_id"]) and set(came["leader_id"]) <= set(packed.leaders.index)
