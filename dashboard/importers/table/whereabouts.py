"""Where each row was, from whatever says so: a country, the last part of "Regina, Saskatchewan, Canada", a code.

Every text is looked at once. What is found without having been written comes with a doubt; what several countries
bear is never chosen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.geocoding.airports import airport
from dashboard.geocoding.gazetteer import Gazetteer
from dashboard.geocoding.lookup import ReviewedPlaces
from dashboard.importers.countries import country_code
from dashboard.tables.countries import country_name

# What surely parts two places, and what may.
SURE, MAY = re.compile(r"\s*[;/|]\s*|\s+(?:->|→|–)\s+"), re.compile(r"\s*,\s*|\s+(?:and|&|y|et|und)\s+")
CODE_IN_BRACKETS = re.compile(r"(.+?)\s*\(([A-Z]{3,4})\)")
# A namesake this much smaller is not what is meant; the row says so all the same.
DWARFED, LARGE = 20, 500_000


@dataclass(frozen=True)
class Where:
    """The (place, country_iso3) of a row in order, maybe none, and what is doubtful about them."""

    stops: tuple[tuple[str, str], ...] = ()
    doubt: str = ""


@dataclass(frozen=True)
class Whereabouts:
    """Finds places within countries; `reviewed` knows some that the gazetteer does not."""

    gazetteer: Gazetteer
    reviewed: ReviewedPlaces

    def find(self, place: str, country: str, *, codes: bool = False) -> Where:
        """Where a row was by its two cells; with `codes`, three or four capital letters are an airport."""
        if place and codes and (found := _airport(place)):
            return Where((found,))
        iso3 = country_code(country)
        if country and not iso3:
            return self._several_countries(place, country)
        if not place:
            return Where(((country_name(iso3), iso3),)) if iso3 else Where(doubt="no country")
        if iso3:
            return self._within(place, iso3)
        return self._without_country(place)

    def _several_countries(self, place: str, country: str) -> Where:
        """`France; Germany` as two stops, each at a place of its own where as many are named."""
        parts = [part for part in re.split(f"{SURE.pattern}|{MAY.pattern}", country) if part]
        codes = [country_code(part) for part in parts]
        if len(parts) < 2 or not all(codes):
            return Where()
        places = [part for part in re.split(f"{SURE.pattern}|{MAY.pattern}", place) if part]
        named = places if len(places) == len(parts) else [country_name(code) for code in codes]
        lost = f"; {place!r} is left aside" if place and named is not places else ""
        doubt = f"{country!r} is taken as {len(parts)} stops, their days within the visit not known{lost}"
        return Where(tuple(zip(named, codes, strict=True)), doubt)

    def _knows(self, place: str, iso3: str) -> bool:
        return bool(self.gazetteer.search(place, iso3)) or self.reviewed.geocode(place, country_codes=iso3) is not None

    def _within(self, place: str, iso3: str) -> Where:
        """A place of a known country, or several of them, or one with its region behind it."""
        if self._knows(place, iso3):
            return Where(((place, iso3),))
        parts = [part for part in SURE.split(place) if part]
        if len(parts) > 1:
            return self._each(place, parts, iso3)
        parts = list(dict.fromkeys(part for part in MAY.split(place) if part))
        if len(parts) > 1 and country_code(parts[-1]) == iso3:
            return self._within(", ".join(parts[:-1]), iso3)
        if len(parts) < 2 or not self._knows(parts[0], iso3):
            return Where(((place, iso3),))
        if all(self._knows(part, iso3) for part in parts):
            return self._each(place, parts, iso3)
        region = ", ".join(parts[1:])
        return Where(((parts[0], iso3),), f"{place!r} is taken as {parts[0]}; {region!r} is taken for its region")

    def _each(self, place: str, parts: Sequence[str], iso3: str) -> Where:
        doubt = f"{place!r} is taken as {len(parts)} stops, their days within the visit not known"
        return Where(tuple((part, iso3) for part in parts), doubt)

    def _without_country(self, place: str) -> Where:
        """The country named last, or the only one that has the place, or the place itself where it is a country."""
        if iso3 := country_code(place):
            return Where(((country_name(iso3), iso3),))
        *before, last = [part for part in re.split(r"\s*,\s*|\s*\(|\)", place) if part]
        if before and (iso3 := country_code(last)):
            found = self._within(", ".join(before), iso3)
            return replace(found, doubt=f"no country is given; {country_name(iso3)} is taken from {place!r}")
        return self._only_country(place)

    def _only_country(self, place: str) -> Where:
        name = place if self.gazetteer.holders(place) else re.split(r"\s*,\s*", place)[0]
        holders = self.gazetteer.holders(name)
        if not holders:
            return Where(doubt=f"no country is given, and {place!r} is in no list of towns")
        names = [country_name(iso3) for iso3 in holders]
        first, *others = holders.items()
        if not others:
            return Where(((name, first[0]),), f"no country is given; only {names[0]} has a town {name!r}")
        if first[1] >= max(LARGE, DWARFED * others[0][1]):
            what = f"no country is given; {name!r} is taken as the one of {first[1]:,} inhabitants in {names[0]}"
            return Where(((name, first[0]),), f"{what}, not that in {' or '.join(names[1:4])}")
        return Where(doubt=f"no country is given, and {name!r} may be in {' or '.join(names[:4])}")


def _airport(text: str) -> tuple[str, str] | None:
    found = airport(text) or ((match := CODE_IN_BRACKETS.fullmatch(text)) and airport(match[2])) or None
    return (found.town, found.country_iso3) if found else None


def holds_codes(texts: pd.Series) -> bool:
    """Whether most cells of a column that hold anything are codes of airports."""
    filled = [text for text in texts.unique() if text]
    return bool(filled) and sum(_airport(text) is not None for text in filled) * 3 > len(filled) * 2


def fallback(texts: pd.Series) -> Mapping[tuple[str, str], tuple[float, float]]:
    """(town, country_iso3) -> the coordinates of its airport, for towns that nobody knows."""
    found = {}
    for text in texts.unique():
        match = CODE_IN_BRACKETS.fullmatch(text)
        one = airport(match[2] if match else text)
        if one:
            found[one.town, one.country_iso3] = (one.latitude_deg, one.longitude_deg)
    return found


def place_rows(frame: pd.DataFrame, where: Whereabouts) -> pd.DataFrame:
    """Rows with `place`, `country_iso3` and `place_doubt` as found, and `stops`, of which a row may name several."""
    codes = holds_codes(frame["place"])
    pairs = frame[["place", "country"]].drop_duplicates()
    found = {pair: where.find(*pair, codes=codes) for pair in pairs.itertuples(index=False, name=None)}
    each = [found[pair] for pair in zip(frame["place"], frame["country"], strict=True)]
    firsts = [one.stops[0] if one.stops else (place, "") for one, place in zip(each, frame["place"], strict=True)]
    return frame.assign(
        written_place=frame["place"],
        place=pd.Series([place for place, _ in firsts], frame.index, dtype="str"),
        country_iso3=pd.Series([iso3 for _, iso3 in firsts], frame.index, dtype="str"),
        place_doubt=pd.Series([one.doubt for one in each], frame.index, dtype="str"),
        stops=pd.Series([one.stops for one in each], frame.index, dtype="object"),
    )


def one_row_a_stop(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows that name several places as one row for each: the first has the arrival, the last the leaving.

    Those between lie within the visit, `2019-03-03/2019-03-05`; rows keep their number as index.
    """
    several = rows["stops"].map(len) > 1
    if not several.any():
        return rows.drop(columns="stops")
    apart = rows.assign(order=range(len(rows)), stops=rows["stops"].where(several, None)).explode("stops")
    named = apart["stops"].notna()
    first, last = ~apart["order"].duplicated(), ~apart["order"].duplicated(keep="last")
    plain = apart["arrived"].str.len().eq(10) & apart["left"].str.len().eq(10) & (apart["arrived"] != apart["left"])
    span = apart["arrived"].where(~plain, apart["arrived"] + "/" + apart["left"])
    return apart.assign(
        place=apart["stops"].str[0].where(named, apart["place"]).astype("str"),
        country_iso3=apart["stops"].str[1].where(named, apart["country_iso3"]).astype("str"),
        arrived=apart["arrived"].where(first, span),
        left=apart["left"].where(last, ""),
    ).drop(columns=["stops", "order"])
