"""COLT's countries: a code or a name -> ISO 3166-1 alpha-3, and the capital that stands for a whole country."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from dashboard.geocoding.gazetteer import Gazetteer, countries
from dashboard.geocoding.outcomes import Placed, Unplaced
from dashboard.geocoding.states import FORMER
from dashboard.importers.countries import CODES, country_doubt, country_named
from dashboard.tables.countries import countries as codes
from dashboard.tables.countries import country_name

# Country -> the present one in which its capital lies, and that town: former countries, and what GeoNames misspells.
CAPITALS = {iso3: (heirs[0], capital) for iso3, (heirs, capital) in FORMER.items()} | {"PLW": ("PLW", "Ngerulmud")}


def code_of(name: str, written: str) -> str:
    """Alpha-3 code of a country: as written if that is one, else by its name; '' where neither is known.

    No alpha-2 codes: AU is Australia there and the African Union in COLT.
    """
    code = CODES.get(written.upper(), written.upper())
    if code in codes() and code != "ZZZ":
        return code
    return country_named(written) or country_named(name)


def read_countries(names: pd.Series, written: pd.Series) -> pd.DataFrame:
    """For each row `iso3` ('' where unknown) and `doubt`: where name and code disagree, or only the code is known."""
    pairs = pd.DataFrame({"name": names, "written": written})
    distinct = pairs.drop_duplicates()
    found = [code_of(name, code) for name, code in distinct.itertuples(index=False)]
    doubts = [_doubt(*row) for row in zip(distinct["name"], distinct["written"], found, strict=True)]
    read = distinct.assign(iso3=pd.array(found, dtype="str"), doubt=pd.array(doubts, dtype="str"))
    return pairs.merge(read, how="left", on=["name", "written"]).set_axis(names.index)[["iso3", "doubt"]]


def _doubt(name: str, written: str, iso3: str) -> str:
    if not iso3 or not name:
        return ""
    by_name = country_named(name)
    if country_doubt(name) and written.upper() != iso3:
        return country_doubt(name)
    if by_name and by_name != iso3:
        return f"{name!r} and the code {written!r} disagree; the code is taken"
    if not by_name:
        return f"{name!r} is on no list of countries; by its code {written!r} it counts as {country_name(iso3)}"
    return ""


def capital_name(iso3: str) -> str:
    """The town that stands for a country: its capital, or the country itself where it has none (Antarctica)."""
    if iso3 in CAPITALS:
        return CAPITALS[iso3][1]
    country = countries().get(iso3)
    return (country.capital if country else "") or country_name(iso3).strip()


def place_capital(iso3: str, gazetteer: Gazetteer) -> Placed | Unplaced:
    """That town on the map, of kind country; a former country's is where its capital lies today."""
    name, (present, town) = capital_name(iso3), CAPITALS.get(iso3, (iso3, ""))
    found = gazetteer.search(town, present) if town else []
    if found:
        spot = (found[0].latitude_deg, found[0].longitude_deg)
        asked = gazetteer.question(town, present, found)
        return Placed(name, iso3, *spot, "country", gazetteer.provider, found[0].name, asked)
    capital = gazetteer.capital(present)
    return Unplaced(name, iso3, capital.reason) if isinstance(capital, Unplaced) else replace(capital, place=name)
