"""Codes of airports (IATA, ICAO) -> town, country and coordinates, offline: airportsdata, MIT."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import airportsdata

from dashboard.geocoding.gazetteer import countries

PROVIDER = "airportsdata"
CODE = re.compile(r"[A-Z]{3}|[A-Z][A-Z0-9]{3}")


@dataclass(frozen=True)
class Airport:
    """One airport: the town that it serves, its country (ISO 3166-1 alpha-3), its own name and coordinates."""

    town: str
    country_iso3: str
    name: str
    latitude_deg: float
    longitude_deg: float


def airport(code: str) -> Airport | None:
    """The airport of a code in capital letters, None where no list has it."""
    return _airports().get(code) if CODE.fullmatch(code) else None


@lru_cache(maxsize=1)
def _airports() -> dict[str, Airport]:
    iso3 = {country.iso2: country.iso3 for country in countries().values()}
    return {
        code: Airport(one["city"] or one["name"], iso3[one["country"]], one["name"], one["lat"], one["lon"])
        for kind in ("ICAO", "IATA")
        for code, one in airportsdata.load(kind).items()
        if one["country"] in iso3
    }
