"""Uploaded tables and the shipped ones as one folder: what bears the same id without being the same gets a prefix."""

from __future__ import annotations

import pandas as pd

from dashboard.places import place_ids
from dashboard.schema import TABLES

Tables = dict[str, pd.DataFrame]

PREFIX = "uploaded-"
SUFFIX = " (uploaded)"


def join(uploaded: Tables, shipped: Tables) -> Tables:
    """Both as one, the shipped rows first. Places of one id are one place, with the shipped coordinates.

    A trip id that both have is kept apart by a prefix on all uploaded ones; so is a leader, whose name then says it
    too: two accounts of one person are to be compared, not added up.
    """
    apart = _leaders_apart(_trips_apart(uploaded, shipped), shipped)
    joined = {one.name: [shipped[one.name], apart[one.name]] for one in TABLES}
    joined["places"] = [shipped["places"], _new_places(apart["places"], shipped["places"])]
    return {name: pd.concat(both, ignore_index=True) for name, both in joined.items()}


def _trips_apart(uploaded: Tables, shipped: Tables) -> Tables:
    if not uploaded["trips"]["trip_id"].isin(shipped["trips"]["trip_id"]).any():
        return uploaded
    prefixed = {
        name: frame.assign(trip_id=PREFIX + frame["trip_id"]) for name, frame in uploaded.items() if "trip_id" in frame
    }
    return uploaded | prefixed


def _leaders_apart(uploaded: Tables, shipped: Tables) -> Tables:
    leaders, trips = uploaded["leaders"], uploaded["trips"]
    both = leaders["leader_id"].isin(shipped["leaders"]["leader_id"])
    names = leaders["name"].where(~both, leaders["name"] + SUFFIX)
    ids = leaders["leader_id"].where(~both, PREFIX + leaders["leader_id"])
    renamed = dict(zip(leaders["leader_id"], ids, strict=True))
    return uploaded | {
        "leaders": leaders.assign(leader_id=ids, name=names),
        "trips": trips.assign(leader_id=trips["leader_id"].map(renamed)),
    }


def _new_places(uploaded: pd.DataFrame, shipped: pd.DataFrame) -> pd.DataFrame:
    known = place_ids(shipped["place"], shipped["country_iso3"])
    return uploaded[~place_ids(uploaded["place"], uploaded["country_iso3"]).isin(known)]
