"""Uploaded tables and the shipped ones as one folder: what bears the same id without being the same gets a prefix.

Uploaded tables that stand alone still borrow the shipped railways and roads.
"""

from __future__ import annotations

import pandas as pd

from dashboard.tables.ids import place_ids
from dashboard.tables.reading import named_rows
from dashboard.tables.schema import CLAIMS, COUNTS, TABLES
from dashboard.travel.corridors import COORDINATES, towns
from dashboard.travel.places import read_places

Tables = dict[str, pd.DataFrame]

PREFIX = "uploaded-"
SUFFIX = " (uploaded)"
# Two towns of one name and country are one where neither coordinate differs by more.
SAME_TOWN_DEG = 0.25


def merge(uploaded: Tables, shipped: Tables) -> Tables:
    """Both as one, the shipped rows first. Places of one id are one place, with the shipped coordinates.

    A trip id that both have is kept apart by a prefix on all uploaded ones; so is a leader, whose name then says it
    too: two accounts of one person are to be compared, not added up.
    """
    apart = _leaders_apart(_trips_apart(uploaded, shipped), shipped)
    merged = {one.name: [shipped[one.name], apart[one.name]] for one in TABLES}
    merged["places"] = [shipped["places"], _new_places(apart["places"], shipped["places"])]
    # A statement is about the trips that it came with.
    merged |= {name: [shipped[name]] for name in (CLAIMS.name, COUNTS.name)}
    return {name: pd.concat(both, ignore_index=True) for name, both in merged.items()}


def lend_corridors(uploaded: Tables, shipped: Tables) -> Tables:
    """Uploaded tables with the shipped corridors of the modes that they use, and the towns along these.

    A corridor through a town that the upload has elsewhere, or nowhere, is not lent.
    """
    own, known = read_places(uploaded["places"]), read_places(shipped["places"])
    both = own.index.intersection(known.index)
    near = (own.loc[both, COORDINATES] - known.loc[both, COORDINATES]).abs() <= SAME_TOWN_DEG
    elsewhere = set(both[~near.all(axis=1)])
    used = shipped["routes"]["mode"].isin(uploaded["stops"]["reached_by"])
    lines = [(row.Index, towns(row)) for row in named_rows(shipped["routes"][used])]
    lent = {line: through for line, through in lines if not elsewhere.intersection(through)}
    needed = {town for through in lent.values() for town in through}
    along = _new_places(shipped["places"], uploaded["places"])
    along = along[place_ids(along["place"], along["country_iso3"]).isin(needed)]
    places = pd.concat([uploaded["places"], along], ignore_index=True)
    return uploaded | {"places": places, "routes": shipped["routes"].loc[list(lent)].reset_index(drop=True)}


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
        **{
            name: uploaded[name].assign(leader_id=uploaded[name]["leader_id"].map(renamed))
            for name in ("inbound", "terms")
        },
    }


def _new_places(uploaded: pd.DataFrame, shipped: pd.DataFrame) -> pd.DataFrame:
    known = place_ids(shipped["place"], shipped["country_iso3"])
    return uploaded[~place_ids(uploaded["place"], uploaded["country_iso3"]).isin(known)]
