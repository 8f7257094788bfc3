"""Whose word a source is: publishers of evidence, each counted once however many pages it has."""

from __future__ import annotations

import re

import pandas as pd

from dashboard.tables.ids import slug

# `AP in The Telegraph`, `KCNA text, Juche007`: what somebody prints of another is that other's word.
PRINTED_BY = re.compile(r"\s+text,\s+.*|\s+in\s+.*")
# No publisher, but a word for several that are not named.
NOBODY = {"various", "unknown", ""}


def origin(publisher: str) -> str:
    """Whose word it is, as a slug; '' where nobody is named. A publisher with two pages is one."""
    name = PRINTED_BY.sub("", publisher.strip())
    return "" if name.lower() in NOBODY else slug(name)


def origins(evidence: pd.DataFrame) -> pd.Series:
    """Whose word each row of evidence is: `origin` of its publisher, each spelling once."""
    spelt = evidence["publisher"].astype("str")
    return spelt.map({name: origin(name) for name in spelt.unique()}).astype("str")


def count_publishers(evidence: pd.DataFrame, trips: pd.Index) -> pd.Series:
    """How many independent publishers report each trip, under its number; 0 where none is known."""
    whose = origins(evidence)
    pairs = pd.DataFrame({"trip": evidence["trip"], "whose": whose})[whose != ""].drop_duplicates()
    return pairs["trip"].value_counts().reindex(trips, fill_value=0).astype("int32")
