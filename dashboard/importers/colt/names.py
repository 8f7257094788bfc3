"""COLT's countries: a code or a name -> ISO 3166-1 alpha-3, and the capital that stands for a whole country."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pandas as pd

from dashboard.geocoding.gazetteer import Gazetteer, countries, fold
from dashboard.geocoding.outcomes import Placed, Unplaced
from dashboard.tables.countries import countries as codes
from dashboard.tables.countries import country_name

# Codes of other lists, and withdrawn ones whose country goes on under another.
OTHER_CODES = {
    "BUR": "MMR",
    "KOS": "XKX",
    "KSV": "XKX",
    "PAL": "PSE",
    "RKS": "XKX",
    "ROM": "ROU",
    "TMP": "TLS",
    "UNK": "XKX",
    "WBG": "PSE",
    "YAR": "YEM",
    "YMD": "YEM",
    "ZAR": "COD",
}
# Names beside GeoNames' own, folded as `fold` does.
OTHER_NAMES = {
    "BHS": "bahamas the|the bahamas",
    "BIH": "bosnia|bosnia herzegovina|bosnia hercegovina",
    "BLR": "byelorussia|belorussia",
    "BRN": "brunei darussalam",
    "CIV": "cote divoire|cote d ivoire",
    "COD": "democratic republic of congo|congo democratic republic of the|congo the democratic republic of the|"
    "congo democratic republic|congo democratic republic of|dr congo|drc|congo kinshasa|zaire|congo dr",
    "COG": "congo|republic of congo|congo republic|congo republic of the|congo brazzaville",
    "CPV": "cape verde|cabo verde",
    "CSK": "czech and slovak federative republic",
    "CZE": "czech republic|czechia",
    "DDR": "gdr|german democratic republic",
    "DEU": "west germany|federal republic of germany|germany federal republic of",
    "ESH": "sahrawi arab democratic republic|sahrawi republic|sadr",
    "FSM": "micronesia federated states of|federated states of micronesia|micronesia",
    "GBR": "uk|great britain|britain|england|united kingdom of great britain and northern ireland",
    "GMB": "gambia the|the gambia",
    "HKG": "hong kong sar",
    "IRN": "iran islamic republic of|islamic republic of iran",
    "IRL": "republic of ireland",
    "KGZ": "kyrgyz republic|kirghizia",
    "KNA": "st kitts and nevis|st kitts",
    "KOR": "korea south|republic of korea|korea republic of|korea",
    "LAO": "lao pdr|lao peoples democratic republic",
    "LCA": "st lucia",
    "MAC": "macau",
    "MDA": "moldova republic of|republic of moldova",
    "MKD": "macedonia|fyrom|republic of macedonia|macedonia the former yugoslav republic of|"
    "former yugoslav republic of macedonia",
    "MMR": "burma|myanmar burma|burma myanmar",
    "NLD": "netherlands|holland",
    "PRK": "korea north|dprk|democratic peoples republic of korea|korea democratic peoples republic of",
    "PSE": "palestine|state of palestine|palestine state of|palestinian territories|palestinian authority|"
    "occupied palestinian territory|west bank|gaza|west bank and gaza",
    "RUS": "russian federation",
    "SCG": "serbia montenegro|state union of serbia and montenegro",
    "STP": "sao tome and principe|sao tome",
    "SUN": "ussr|union of soviet socialist republics",
    "SWZ": "swaziland",
    "SYR": "syrian arab republic",
    "TLS": "east timor|timor leste",
    "TUR": "turkiye|republic of turkiye",
    "TWN": "taiwan province of china|republic of china|chinese taipei",
    "TZA": "united republic of tanzania|tanzania united republic of",
    "USA": "united states of america|us|usa",
    "VAT": "holy see|vatican city|vatican city state",
    "VCT": "st vincent and the grenadines|st vincent|saint vincent",
    "VDR": "republic of vietnam",
    "VNM": "viet nam",
    "YEM": "north yemen|south yemen|yemen republic of",
    "YUG": "federal republic of yugoslavia|socialist federal republic of yugoslavia",
}
# Country -> the present one in which its capital lies, and that town: former countries, and what GeoNames misspells.
CAPITALS = {
    "ANT": ("CUW", "Willemstad"),
    "CSK": ("CZE", "Prague"),
    "DDR": ("DEU", "Berlin"),
    "PLW": ("PLW", "Ngerulmud"),
    "SCG": ("SRB", "Belgrade"),
    "SUN": ("RUS", "Moscow"),
    "VDR": ("VNM", "Saigon"),
    "YUG": ("SRB", "Belgrade"),
}


@lru_cache(maxsize=1)
def known() -> dict[str, str]:
    """Folded name -> alpha-3 code. No alpha-2 codes: AU is Australia there and the African Union in COLT."""
    listed = {fold(name): code for code, name in codes().items() if code != "ZZZ"}
    return listed | {name: code for code, names in OTHER_NAMES.items() for name in names.split("|")}


def code_of(name: str, written: str) -> str:
    """Alpha-3 code of a country: as written if that is one, else by its name; '' where neither is known."""
    code = OTHER_CODES.get(written.upper(), written.upper())
    if code in codes() and code != "ZZZ":
        return code
    return known().get(fold(written)) or known().get(fold(name), "")


def read_countries(names: pd.Series, written: pd.Series) -> pd.DataFrame:
    """For each row `iso3` ('' where unknown) and `doubt`: where name and code disagree, or only the code is known."""
    pairs = pd.DataFrame({"name": names, "written": written})
    distinct = pairs.drop_duplicates()
    found = [code_of(name, code) for name, code in distinct.itertuples(index=False)]
    doubts = [_doubt(*said) for said in zip(distinct["name"], distinct["written"], found, strict=True)]
    read = distinct.assign(iso3=pd.array(found, dtype="str"), doubt=pd.array(doubts, dtype="str"))
    return pairs.merge(read, how="left", on=["name", "written"]).set_axis(names.index)[["iso3", "doubt"]]


def _doubt(name: str, written: str, iso3: str) -> str:
    if not iso3 or not name:
        return ""
    by_name = known().get(fold(name), "")
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
