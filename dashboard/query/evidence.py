"""What the sources say of a trip, field by field: agreed, disputed, single-sourced or unsourced, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from dashboard.query.known_on_day import published_on
from dashboard.travel.build import Travel
from dashboard.travel.publishers import origins

WHOLE = "trip"
# The fields of a trip that a source can speak of; what else one speaks of comes after them.
FIELDS = ("left_home", "back_home", "days", "place", "reached_by", "met", "occasion")
AGREED = "agreed"
DISPUTED = "disputed"
SINGLE = "single-sourced"
UNSOURCED = "unsourced"
MOST_NAMED = 12


@dataclass(frozen=True)
class Word:
    """One source's word on a field: `published` is the day that its address names, '' where it names none."""

    publisher: str
    says: str
    url: str
    supports: bool
    published: str


@dataclass(frozen=True)
class Field:
    """One field of a trip: how well it is sourced, by how many independent publishers, and what each of them says."""

    name: str
    status: str
    publishers: int
    words: tuple[Word, ...]


def fields(travel: Travel, number: int) -> tuple[Field, ...]:
    """The trip as a whole, then each of `FIELDS`, then whatever else a source speaks of."""
    rows = travel.evidence[(travel.evidence["trip"] == number).to_numpy()]
    rows = rows.assign(origin=origins(rows), published=published_on(rows["url"]).dt.strftime("%Y-%m-%d").fillna(""))
    names = rows["field"].astype("str")
    further = sorted(set(names) - {WHOLE, *FIELDS})
    return tuple(_field(name, rows[(names == name).to_numpy()]) for name in (WHOLE, *FIELDS, *further))


def _field(name: str, rows: pd.DataFrame) -> Field:
    supports = (rows["stance"] == "supports").to_numpy()
    count = int(rows["origin"][rows["origin"] != ""].nunique())
    words = tuple(
        Word(str(publisher), str(says), str(url), bool(backs), str(published))
        for publisher, says, url, backs, published in zip(
            rows["publisher"], rows["says"], rows["url"], supports, rows["published"], strict=True
        )
    )
    return Field(name, _status(len(rows), count, disputed=not supports.all()), count, words)


def _status(rows: int, count: int, *, disputed: bool) -> str:
    if not rows:
        return UNSOURCED
    if disputed:
        return DISPUTED
    return AGREED if count > 1 else SINGLE


def gaps(travel: Travel) -> Iterator[tuple[str, list[str]]]:
    """Each trip with the fields of which no source speaks, `trip` for the trip as a whole."""
    spoken = travel.evidence[["trip", "field"]].astype({"field": "str"}).groupby("trip")["field"].agg(set).to_dict()
    for number, trip_id in zip(travel.trips.index.tolist(), travel.trips["trip_id"].tolist(), strict=True):
        missing = [name for name in (WHOLE, *FIELDS) if name not in spoken.get(number, set())]
        if missing:
            yield trip_id, missing


def notes(travel: Travel, *, each: bool) -> Iterator[str]:
    """What `check` notes of the sources: trips that have none, and the fields that lack one, `each` trip by trip."""
    missing = dict(gaps(travel))
    bare = [trip_id for trip_id, names in missing.items() if WHOLE in names]
    if bare:
        named = ", ".join(bare[:MOST_NAMED]) + (", …" if len(bare) > MOST_NAMED else "")
        yield f"{len(bare):,} {'trip has' if len(bare) == 1 else 'trips have'} no source: {named}"
    partly = {trip_id: [name for name in names if name != WHOLE] for trip_id, names in missing.items()}
    if each:
        yield from (f"{trip_id}: no source speaks of {', '.join(names)}" for trip_id, names in partly.items() if names)
    elif partly:
        have = "trip has" if len(partly) == 1 else "trips have"
        yield f"{len(partly):,} {have} fields of which no source speaks; --evidence names them"
