"""A `locale` of the State Department -> its places: "Kuwait City, Camp Doha" is two, "Mexico, D.F." one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dashboard.importers.countries import country_named
from dashboard.tables.countries import country_name
from dashboard.tables.ids import place_id

BRACKETED = re.compile(r"(.+?) ?\((.+)\)")
# What was filed under a country that it did not belong to, or has a code of its own; brackets that name a country
# need no entry. Newfoundland was British until 1949, and is Canadian.
MOVED = {
    ("GBR", "Antigua"): "ATG",
    ("GBR", "Bermuda"): "BMU",
    ("GBR", "Jamaica"): "JAM",
    ("GBR", "Malta"): "MLT",
    ("GBR", "Newfoundland"): "CAN",
    ("GBR", "St. Lucia"): "LCA",
    ("GBR", "The Bahamas"): "BHS",
    ("GBR", "Trinidad"): "TTO",
    ("FRA", "French West Indies"): "MAF",
    ("FRA", "Guadeloupe"): "GLP",
    ("FRA", "Martinique"): "MTQ",
    ("FRA", "Martinique, West Indies"): "MTQ",
    ("CHN", "Hong Kong"): "HKG",
}


class Locales:
    """Splits locales with the help of places that a person has placed, whose other names may hold commas."""

    def __init__(self, reviewed: Iterable[Mapping[str, str]]) -> None:
        self._names: dict[str, str] = {}
        commas = {name for _, name in MOVED if "," in name}
        for row in reviewed:
            for name in filter(None, (row["place"], *row["other_names"].split(";"))):
                self._names.setdefault(place_id(name, row["country_iso3"]), row["place"])
                commas |= {name.strip()} if "," in name else set()
        whole = "|".join(re.escape(name) for name in sorted(commas, key=len, reverse=True))
        self._piece = re.compile(rf"(?:{whole})(?=,|$)|[^,]+" if whole else "[^,]+")

    def split(self, locale: str, country_iso3: str) -> list[tuple[str, str]]:
        """(place, country_iso3) of each place in a locale; the country itself where the locale is empty.

        A place takes its reviewed name, and the country that its brackets name: "Nassau (The Bahamas)".
        """
        pieces = [piece.strip() for piece in self._piece.findall(locale or country_name(country_iso3))]
        return [self._read(piece, country_iso3) for piece in pieces if piece]

    def _read(self, piece: str, filed: str) -> tuple[str, str]:
        found = BRACKETED.fullmatch(piece)
        name, region = found.groups() if found else (piece, piece)
        named = country_named(region) if found else ""
        country_iso3 = named or MOVED.get((filed, region), filed)
        return self._names.get(place_id(name, country_iso3), name), country_iso3
