"""What places were called, and in which country they lay, when a stop was made; and what they are today.

The rows of stops.csv name a place as places.csv lists it. Where `place_names.csv` says that it had another name or lay
in another country on that day, the stop is as at the time; `as_today` gives all stops as of today.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from dashboard.tables.dates import bounds
from dashboard.tables.ids import Renamed, place_ids
from dashboard.tables.reading import named_rows
from dashboard.travel.travel import Travel

Rows = tuple[pd.DataFrame, pd.DataFrame]


def read_place_names(text: pd.DataFrame, renamed: Renamed | None = None) -> pd.DataFrame:
    """place_names.csv with `place_id` (the place today), `name_id` (under its name of then), `first` and `last`.

    These are the days on which it surely had that name (datetime64[s]; `first` NaT where there is no known beginning).
    """
    return text.reset_index(drop=True).assign(
        place_id=place_ids(text["place"], text["country_iso3"], renamed).to_numpy(),
        name_id=place_ids(text["name"], text["name_country_iso3"], renamed).to_numpy(),
        first=bounds(text["used_from"])["latest"].to_numpy(),
        last=bounds(text["used_until"])["earliest"].to_numpy(),
    )


def as_then(stops: pd.DataFrame, meetings: pd.DataFrame, names: pd.DataFrame) -> Rows:
    """Stops and meetings with each place under the name and in the country of the day of arrival, where it is known."""
    concerned = stops.index[stops["place_id"].isin(names["place_id"]).to_numpy()]
    days = bounds(stops.loc[concerned, "arrived"].astype("str"))
    ids = stops.loc[concerned, "place_id"].astype("str")
    then: dict[Any, tuple[str, str]] = {}
    for one in named_rows(names):
        begun = days["earliest"].ge(one.first) if pd.notna(one.first) else days["earliest"].notna()
        during = begun & days["latest"].le(one.last) & (ids == one.place_id)
        then |= dict.fromkeys(concerned[during.to_numpy()], (one.name, one.name_country_iso3))
    return _renamed(stops, meetings, then)


def as_today(travel: Travel) -> Travel:
    """All stops with each place under the name and in the country that it has today."""
    names = travel.place_names
    places = {identity: (name, country) for identity, name, country in zip(
        travel.places.index, travel.places["place"], travel.places["country_iso3"], strict=True)}  # fmt: skip
    today = {one.place_id: (one.place, one.country_iso3) for one in named_rows(names)}
    today |= {one.name_id: (one.place, one.country_iso3) for one in named_rows(names) if one.name_id in places}
    ids = travel.stops["place_id"].astype("str")
    concerned = travel.stops.index[ids.isin(list(today)).to_numpy()]
    stops, meetings = _renamed(travel.stops, travel.meetings, {at: today[ids[at]] for at in concerned})
    return replace(travel, stops=stops, meetings=meetings)


def _renamed(stops: pd.DataFrame, meetings: pd.DataFrame, new: dict[Any, tuple[str, str]]) -> Rows:
    """Some stops (by index) under other names in other countries, and the meetings held there."""
    if not new:
        return stops, meetings
    before = stops.loc[list(new), ["trip", "place"]]
    moved = {(trip, place): new[at][0] for at, trip, place in before.itertuples(name=None)}
    held = zip(meetings["trip"].tolist(), meetings["place"].astype("str").tolist(), strict=True)
    where = pd.Series([moved.get(one, one[1]) for one in held], meetings.index, dtype="str").astype("category")
    at = stops.index.get_indexer(pd.Index(list(new)))
    columns = {}
    for number, name in enumerate(("place", "country_iso3")):
        texts = stops[name].astype("str").to_numpy(dtype=object, copy=True)
        texts[at] = np.array([one[number] for one in new.values()], dtype=object)
        columns[name] = pd.Series(texts, stops.index, dtype="str").astype("category")
    return stops.assign(**columns), meetings.assign(place=where)
