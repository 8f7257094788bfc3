"""What people and tables call a country -> its code."""

from __future__ import annotations

from functools import lru_cache

from dashboard.geocoding import gazetteer
from dashboard.tables import countries

# Names that GeoNames does not use; compared without case, accents, punctuation and a leading "the".
ALIASES = {
    "bosnia": "BIH",
    "bosnia herzegovina": "BIH",
    "britain": "GBR",
    "brunei darussalam": "BRN",
    "burma": "MMR",
    "burma myanmar": "MMR",
    "cape verde": "CPV",
    "china peoples republic of": "CHN",
    "congo": "COG",
    "congo brazzaville": "COG",
    "congo kinshasa": "COD",
    "cote divoire": "CIV",
    "czech republic": "CZE",
    "dprk": "PRK",
    "dr congo": "COD",
    "east timor": "TLS",
    "federal republic of germany": "DEU",
    "german democratic republic": "DDR",
    "germany federal republic of": "DEU",
    "germany democratic republic of": "DDR",
    "great britain": "GBR",
    "holland": "NLD",
    "holy see": "VAT",
    "korea north": "PRK",
    "korea republic of": "KOR",
    "korea south": "KOR",
    "macau": "MAC",
    "macedonia": "MKD",
    "macedonia former yugoslav republic of": "MKD",
    "micronesia": "FSM",
    "palestine": "PSE",
    "palestinian authority": "PSE",
    "palestinian territories": "PSE",
    "peoples republic of china": "CHN",
    "republic of china": "TWN",
    "republic of congo": "COG",
    "republic of korea": "KOR",
    "russian federation": "RUS",
    "sao tome": "STP",
    "serbia montenegro": "SCG",
    "serbia montenegro kosovo": "XKX",
    "swaziland": "SWZ",
    "timor leste": "TLS",
    "turkiye": "TUR",
    "u s": "USA",
    "u s a": "USA",
    "u s s r": "SUN",
    "uae": "ARE",
    "uk": "GBR",
    "united kingdom northern ireland": "GBR",
    "united kingdom scotland": "GBR",
    "united kingdom wales": "GBR",
    "united states of america": "USA",
    "us": "USA",
    "usa": "USA",
    "ussr": "SUN",
    "vatican city": "VAT",
    "viet nam": "VNM",
    "west bank": "PSE",
    "yugoslavia kosovo": "XKX",
}


def country_code(text: str) -> str:
    """The ISO 3166-1 alpha-3 code that a code of two or three letters or an English name means; '' where none is."""
    code = text.strip().upper()
    if code in countries.countries():
        return code
    return _by_iso2().get(code) or country_named(text)


def country_named(name: str) -> str:
    """The ISO 3166-1 alpha-3 code of a country by its English name; '' where no list has it."""
    return _by_name().get(gazetteer.fold(name).removeprefix("the "), "")


@lru_cache(maxsize=1)
def _by_iso2() -> dict[str, str]:
    return {country.iso2: code for code, country in gazetteer.countries().items()}


@lru_cache(maxsize=1)
def _by_name() -> dict[str, str]:
    listed = {gazetteer.fold(name).removeprefix("the "): code for code, name in countries.countries().items()}
    return listed | ALIASES
