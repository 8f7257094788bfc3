"""The step that every importer shares: the places of its stops -> `places.csv`, without a network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard.geocoding.gazetteer import stands_for_country
from dashboard.geocoding.lookup import Geocoder, ReviewedPlaces, look_up
from dashboard.geocoding.outcomes import Ambiguous, Candidate, Outcome, Placed, asked_cells
from dashboard.geocoding.states import FORMER, GIVEN_AS
from dashboard.tables.countries import country_name
from dashboard.tables.ids import name_key, place_id, place_ids, renamed_places
from dashboard.tables.schema import PLACES

Row = Mapping[str, str]


@dataclass(frozen=True)
class Placing:
    """The table of places, each once, and which of them have no coordinates."""

    places: pd.DataFrame
    unplaced: tuple[tuple[str, str], ...]
    ambiguous: tuple[tuple[str, str, tuple[Candidate, ...]], ...]


def place_all(
    wanted: Iterable[tuple[str, str]],
    gazetteer: Geocoder,
    reviewed: Sequence[Row] = (),
    today: date | None = None,
    known: Sequence[Row] = (),
) -> Placing:
    """Look each (place, country_iso3) up, reviewed rows first; the places follow in the order of asking.

    Rows that are merely `known` come last: what several places of the country bear is not theirs to decide.
    Names that differ in case alone are one place. A place that nobody knows, or several bear, has no coordinates.
    """
    pairs: dict[tuple[str, str], tuple[str, str]] = {}
    for pair in wanted:
        pairs.setdefault((name_key(pair[0]), pair[1]), pair)
    outcomes = list(look_up(pairs.values(), _chain(reviewed, gazetteer, known)))
    rows = {place_id(row["place"], row["country_iso3"]): row for row in (*known, *reviewed)}
    asked_on = (today or date.today()).isoformat()
    filled = [_row(outcome, rows, asked_on) for outcome in outcomes]
    ambiguous = [outcome for outcome in outcomes if isinstance(outcome, Ambiguous)]
    return Placing(
        places=same_named(pd.DataFrame(filled, columns=PLACES.names, dtype="str")),
        unplaced=tuple((o.place, o.country_iso3) for o in outcomes if not isinstance(o, Ambiguous | Placed)),
        ambiguous=tuple((o.place, o.country_iso3, o.candidates) for o in ambiguous),
    )


def same_named(places: pd.DataFrame) -> pd.DataFrame:
    """The places, two names of one town as one: what a reviewed row says, and what a gazetteer lists as the same town.

    What a row is the same as must be among the places, else it stands alone.
    """
    ids = place_ids(places["place"], places["country_iso3"], renamed_places(places.assign(same_as="")))
    town = places["latitude_deg"] + " " + places["longitude_deg"]
    listed = (places["provider"] == "geonames") & (places["kind"] == "city")
    first = ids.where(listed).groupby(town).transform("first")
    same = places["same_as"].where(places["same_as"] != "", first.where(listed & (first != ids), ""))
    alone = ids[same == ""]
    return places.assign(same_as=same.where(same.isin(alone), ""))


def _chain(reviewed: Sequence[Row], gazetteer: Geocoder, known: Sequence[Row]) -> tuple[Geocoder, ...]:
    return (ReviewedPlaces(reviewed), gazetteer, *([ReviewedPlaces(known)] if known else []))


def _row(outcome: Outcome, reviewed: Mapping[str, Row], asked_on: str) -> Row:
    empty = dict.fromkeys(PLACES.names, "")
    asked = asked_cells(outcome.question)
    asked |= {"geocoded_on": asked_on} if asked else {}
    named = empty | {"place": outcome.place, "country_iso3": outcome.country_iso3, "reviewed": "no"} | asked
    if not isinstance(outcome, Placed):
        return named
    known = reviewed.get(place_id(outcome.place, outcome.country_iso3))
    if known is not None and outcome.provider == ReviewedPlaces.provider:
        # What was asked before a person decided says more than that the person's list was asked today.
        earlier = {} if known.get("query") else asked
        return empty | {name: known.get(name, "") for name in PLACES.names} | earlier | {"place": outcome.place}
    return named | {
        "latitude_deg": str(round(outcome.latitude_deg, 5)),
        "longitude_deg": str(round(outcome.longitude_deg, 5)),
        "kind": outcome.kind,
        "provider": outcome.provider,
        "matched_name": outcome.matched_name,
        "note": "; ".join(filter(None, _notes(outcome))),
    }


def _notes(outcome: Placed) -> Iterator[str]:
    """What a reader should know: what the place stands for, and to which country it belonged and belongs."""
    if outcome.kind == "country":
        yield stands_for_country(outcome.country_iso3)
    listed = outcome.question.candidates[0].listed if outcome.question and outcome.question.candidates else ""
    if listed:
        was = "then " if outcome.country_iso3 in FORMER else GIVEN_AS
        yield f"{was}{country_name(outcome.country_iso3)}, now listed under {country_name(listed)}"
