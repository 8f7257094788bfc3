"""The names of places and leaders in another language, where the data have them (`name_ko`)."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.tables.categories import category
from dashboard.travel.travel import Travel


def in_language(travel: Travel, code: str) -> Travel:
    """The same with the names that the data have in a language; the English ones are the other names of a place.

    Ids stay: addresses choose the same. The same itself where no name is there.
    """
    column = f"name_{code}"
    places, leaders = travel.places, travel.leaders
    if (
        column not in places
        or column not in leaders
        or not ((places[column] != "").any() or (leaders[column] != "").any())
    ):
        return travel
    named = places[column] != ""
    others = (places["place"] + ";" + places["other_names"]).str.rstrip(";")
    places = places.assign(
        place=places[column].where(named, places["place"]), other_names=others.where(named, places["other_names"])
    )
    english = travel.places["place"]
    stops = _shown(travel.stops["place_id"], travel.stops["place"], english, places["place"])
    same = dict(zip(travel.stops["place"].astype("str"), stops, strict=True))
    met_at = travel.meetings["place"].astype("str")
    return replace(
        travel,
        places=places,
        leaders=leaders.assign(
            name=leaders[column].where(leaders[column] != "", leaders["name"]),
            home_place=_shown(leaders["home_place_id"], leaders["home_place"], english, places["place"]),
        ),
        stops=travel.stops.assign(place=category(stops)),
        meetings=travel.meetings.assign(place=category(met_at.map(same).fillna(met_at))),
        original=travel,
    )


def _shown(ids: pd.Series, written: pd.Series, english: pd.Series, names: pd.Series) -> pd.Series:
    """The names of places by their ids; a name that is not today's stays as `written`."""
    places, texts = ids.astype("str"), written.astype("str")
    return places.map(names).where(places.map(english) == texts, texts).astype("str")
