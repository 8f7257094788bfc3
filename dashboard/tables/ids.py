"""Names -> ids as they stand in addresses and join tables: `saint-petersburg`, `beijing-chn`."""

from __future__ import annotations

import re
from unicodedata import normalize

import pandas as pd


def slug(name: str) -> str:
    """A name as it stands in addresses: ASCII, lower case, words joined by `-`: `saint-petersburg`.

    A name without a Latin letter keeps its own letters, because an address may hold them and an empty id may not.
    """
    folded = normalize("NFKD", name).encode("ascii", "ignore").decode()
    text = folded if re.search(r"[A-Za-z0-9]", folded) else name
    return re.sub(r"[\W_]+", "-", text.lower()).strip("-")


def place_id(place: str, country_iso3: str) -> str:
    """The id of a place, `beijing-chn`: its name's slug and its country, since many countries share a name."""
    return f"{slug(place)}-{country_iso3.lower()}"


def place_ids(names: pd.Series, countries: pd.Series) -> pd.Series:
    """The ids of many places, each pair made once; '' where the name is empty."""
    name, spelt = pd.factorize(names)
    country, codes = pd.factorize(countries)
    number, pairs = pd.factorize(name * max(len(codes), 1) + country)
    each = ((spelt[pair // len(codes)], codes[pair % len(codes)]) for pair in pairs.tolist())
    made = pd.Series([place_id(*one) if one[0] else "" for one in each], dtype="str")
    return made.take(number).set_axis(names.index)
