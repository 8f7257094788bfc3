"""Who is who in a table: two names that differ are two people, and so is one name of two countries."""

from __future__ import annotations

import pandas as pd

from dashboard.importers.imported import Doubt
from dashboard.tables.countries import country_name
from dashboard.tables.ids import name_key, slug

SEVERAL = r"[;/|\u21b5]| (?:and|&|und|et|y) "


def tell_apart(rows: pd.DataFrame) -> pd.DataFrame:
    """For rows with `leader` and `leader_iso3` the person in each: `leader_id`, and `leader_iso3` ('' unknown).

    A row without country is of the one country that the name has elsewhere. The first of those who would share an id
    has it; the later ones have their country added, or a number. The id is '' where nobody is named.
    """
    key = rows["leader"].map(name_key)
    known = rows["leader_iso3"].where(rows["leader_iso3"] != "")
    only = known.groupby(key).transform("first").where(known.groupby(key).transform("nunique") == 1)
    iso3 = known.fillna(only).fillna("").astype("str")
    person = pd.Series(pd.factorize(key + "\n" + iso3)[0], rows.index)
    people = pd.DataFrame({"name": rows["leader"], "iso3": iso3, "person": person}).drop_duplicates("person")
    ids = people["name"].map(slug)
    ids = ids.where(~ids.duplicated() | (people["iso3"] == "") | (ids == ""), ids + "-" + people["iso3"].str.lower())
    named = pd.concat([unique(ids[ids != ""]), ids[ids == ""]]).reindex(ids.index)
    found = dict(zip(people["person"], named, strict=True))
    return pd.DataFrame({"leader_id": person.map(found).astype("str"), "leader_iso3": iso3})


def unique(ids: pd.Series) -> pd.Series:
    """The ids, `-2`, `-3` … added to the later ones of those that are alike."""
    while ids.duplicated().any():
        again = ids.groupby(ids).cumcount() + 1
        ids = (ids + "-" + again.astype("str")).where(again > 1, ids)
    return ids


def alike(rows: pd.DataFrame, source: str) -> list[Doubt]:
    """Rows whose leader is kept apart from one before: of the same name, or of one that is nearly written so.

    `rows` has `leader`, `leader_id` and `leader_iso3`, and is indexed by the numbers of the source.
    """
    people = rows[rows["leader_id"] != ""].drop_duplicates("leader_id")
    first: dict[str, tuple[int, str, str]] = {}
    doubts = []
    for row, name, iso3 in people[["leader", "leader_iso3"]].itertuples(name=None):
        before, other, where = first.setdefault(slug(name), (row, name, iso3))
        if before != row:
            pair = f"{name!r} ({_of(iso3)}) and {other!r} ({_of(where)}) of row {before}"
            doubts.append(Doubt(source, int(row), f"{pair} are kept as two leaders; write them alike if they are one"))
    return doubts


def several_in_one(rows: pd.DataFrame, source: str) -> list[Doubt]:
    """Cells that may name several people, and people of whom a later row says another office or home than the first."""
    doubts = [
        Doubt(source, int(str(row)), f"leader {name!r} is kept as one; give each a row if they are several")
        for row, name in rows.loc[rows["leader"].str.contains(SEVERAL), "leader"].items()
    ]
    for column, what in (("role", "office"), ("home", "home")):
        said = rows[(rows[column] != "") & (rows["leader_id"] != "")].drop_duplicates(["leader_id", column])
        first = said.groupby("leader_id")[column].transform("first")
        for row, name, text, taken in zip(said.index, said["leader"], said[column], first, strict=True):
            if name_key(text) != name_key(taken):
                other = f"{name!r} has the {what} {text!r} here and {taken!r} before, which is kept"
                doubts.append(Doubt(source, int(row), other))
    return doubts


def _of(iso3: str) -> str:
    return country_name(iso3) if iso3 else "country not given"
