"""The texts of a selection: of each table of a data folder the rows that the selection uses, as they were written."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from dashboard.query.selection import Selection
from dashboard.tables.ids import Renamed, place_ids, renamed_places
from dashboard.tables.reading import Folder, named_rows
from dashboard.tables.schema import CLAIMS, COUNTS, TRIPS
from dashboard.travel import corridors
from dashboard.travel.build import Travel
from dashboard.travel.names_by_period import read_place_names

OF_TRIPS = ("stops", "meetings", "evidence", "reported")


class ChangedError(Exception):
    """A data folder that does not hold what was read from it; says what to do."""


def excerpt(folder: Folder, selected: Travel, selection: Selection) -> dict[str, pd.DataFrame]:
    """The tables of `folder` with the rows that the selected trips use, in the order and the words of the files.

    Leaders and places that are chosen by name stay, with or without a trip, so that the address still knows them.
    Where nothing is chosen every row stays. Raises `ChangedError` where the folder holds other trips.
    """
    frames = folder.frames
    if selection.chosen and not folder.faults:
        frames = _of_selection(frames, selected, selection)
    if folder.faults or not _is_what_was_read(frames, selected):
        raise ChangedError("The data were changed after the server had read them; start it again to get a package.")
    return frames


def _of_selection(frames: dict[str, pd.DataFrame], selected: Travel, selection: Selection) -> dict[str, pd.DataFrame]:
    trips = frames["trips"][frames["trips"]["trip_id"].isin(selected.trips["trip_id"])]
    used = {*trips["leader_id"], *selection.values("leader")}
    leaders = frames["leaders"][frames["leaders"]["leader_id"].isin(used)]
    of_trips = {name: frames[name][frames[name]["trip_id"].isin(trips["trip_id"])] for name in OF_TRIPS}
    routes = frames["routes"][_is_travelled(frames["routes"], selected)]
    towns = {town for row in named_rows(routes) for town in corridors.towns(row)}
    renamed = renamed_places(frames["places"])
    homes = place_ids(leaders["home_place"], leaders["home_country_iso3"], renamed)
    named = {*_places(of_trips["stops"], renamed), *homes, *towns, *selection.values("place")}
    names = read_place_names(frames["place_names"], renamed)
    names = frames["place_names"][(names["place_id"].isin(named) | names["name_id"].isin(named)).to_numpy()]
    named |= set(_places(names, renamed))
    places = frames["places"][_places(frames["places"], renamed).isin(named)]
    return {
        "leaders": leaders,
        "trips": trips,
        **of_trips,
        "places": places,
        "routes": routes,
        "place_names": names,
        "terms": frames["terms"][frames["terms"]["leader_id"].isin(leaders["leader_id"])],
        "inbound": frames["inbound"][frames["inbound"]["leader_id"].isin(leaders["leader_id"])],
        # A statement speaks of all the data: which of them a part decides is for `statements` to say.
        **{name: frames[name].head(0) for name in (CLAIMS.name, COUNTS.name)},
    }


def _places(frame: pd.DataFrame, renamed: Renamed) -> pd.Series:
    return place_ids(frame["place"], frame["country_iso3"], renamed)


def _is_travelled(routes: pd.DataFrame, selected: Travel) -> pd.Series:
    """For each corridor whether a leg of the selected trips follows any part of it.

    Where a shorter way than that of a leg is open, all corridors of its mode: without them it would seem the shortest.
    """
    routes_used = selected.routes.loc[selected.stops["route"].unique()]
    legs, two_ways = routes_used[["mode", "through"]], set(routes_used.loc[routes_used["shorter_km"].notna(), "mode"])
    used = {
        (mode, frozenset(towns)) for mode, line in legs.itertuples(index=False, name=None) for towns in pairwise(line)
    }
    followed = [
        row.mode in two_ways or any((row.mode, frozenset(towns)) in used for towns in pairwise(corridors.towns(row)))
        for row in named_rows(routes)
    ]
    return pd.Series(followed, routes.index, dtype=bool)


def _is_what_was_read(frames: dict[str, pd.DataFrame], selected: Travel) -> bool:
    """Whether the texts tell of the selected trips, word for word, with as many rows beside them."""
    read = selected.trips[TRIPS.names].astype("str")
    if not set(TRIPS.names) <= set(frames["trips"].columns):
        return False
    same = frames["trips"][TRIPS.names].reset_index(drop=True).equals(read.reset_index(drop=True))
    beside = {"stops": selected.stops, "meetings": selected.meetings, "evidence": selected.evidence}
    return same and all(len(frames[name]) == len(frame) for name, frame in beside.items())
