"""Where each row was, from whatever says so: a country, the last part of "Regina, Saskatchewan, Canada", a code.

Every text is looked at once. What is found without having been written comes with a doubt; what several countries
bear is never chosen.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
from geopy.distance import great_circle

from dashboard.geocoding.airports import Airport, airport
from dashboard.geocoding.gazetteer import Gazetteer, fold
from dashboard.geocoding.lookup import ReviewedPlaces, look_up
from dashboard.geocoding.outcomes import Placed
from dashboard.importers.countries import country_called, country_code, regions
from dashboard.tables.countries import country_name
from dashboard.tables.outside import LINE_BREAK

# What surely parts two places, and what may.
SURE = re.compile(r"\s*[;/|、]\s*|\s+(?:->|→|–|—)\s+")
MAY = re.compile(r"\s*(?:,|•|·|・|\+|–|—)\s*(?:(?:and|then)\s+)?|\s+(?:and|&|y|e|et|und|-|then|and then)\s+")
AND = re.compile(r"\s+(?:and|&|y|e|et|und)\s+")
# What parts two towns that each have their country in brackets behind them.
AFTER_BRACKET = re.compile(r"(?<=\))\s*(?:[,;/|+&]|\b(?:and|y|e|et|und)\b)\s*(?:(?:and|y|e|et|und)\s+)?")
BRACKETED = re.compile(r"(.+?)\s*[(\[]([^()\[\]]+)[)\]]")
ASIDE = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
CODE_IN_BRACKETS = re.compile(r"(.+?)\s*\(([A-Z]{3,4})\)")
# A namesake this much smaller is not what is meant; the row says so all the same.
DWARFED, LARGE = 20, 500_000
# An airport this near to a capital is told as near it.
NEAR_KM = 30.0
# Two names at points this near are one town's.
SAME_TOWN_KM = 5.0


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
        if LINE_BREAK in place or LINE_BREAK in country:
            return self._on_lines(place, country, codes=codes)
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

    def _on_lines(self, place: str, country: str, *, codes: bool) -> Where:
        """A cell of several lines: a name that was wrapped where it is known as a whole, else a place on each line."""
        whole = (place.replace(LINE_BREAK, " "), country.replace(LINE_BREAK, " "))
        iso3 = country_code(whole[1])
        if (iso3 and self._knows(whole[0], iso3)) or (not country and self._holders(whole[0])):
            return self.find(*whole, codes=codes)
        return self.find(
            place.replace(LINE_BREAK, "; "), whole[1] if iso3 else country.replace(LINE_BREAK, "; "), codes=codes
        )

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
        bracketed = BRACKETED.fullmatch(place)
        if bracketed and self._knows(bracketed[1], iso3):
            doubt = f"{place!r} is taken as {bracketed[1]}; {bracketed[2]!r} is left aside"
            return Where(((bracketed[1], iso3),), doubt)
        if (bare := ASIDE.sub("", place)) not in ("", place) and MAY.search(bare):
            return replace(self._within(bare, iso3), doubt=f"what {place!r} has in brackets is left aside")
        parts = self._with_regions(list(dict.fromkeys(part for part in MAY.split(place) if part)), iso3)
        if len(parts) > 1 and self._is_country(parts[-1], iso3):
            return self._within(", ".join(parts[:-1]), iso3)
        if len(parts) < 2 or not self._knows(parts[0], iso3):
            return Where(((place, iso3),))
        if all(self._knows(part, iso3) for part in parts):
            return self._each(place, parts, iso3)
        region = ", ".join(parts[1:])
        return Where(((parts[0], iso3),), f"{place!r} is taken as {parts[0]}; {region!r} is taken for its region")

    def _is_country(self, part: str, iso3: str) -> bool:
        """Whether a part says the country once more; Brasilia, as the Finns call Brazil, is a town of it."""
        return country_code(part) == iso3 and (fold(part) == fold(country_name(iso3)) or not self._knows(part, iso3))

    def _with_regions(self, parts: Sequence[str], iso3: str) -> list[str]:
        """Parts of which a region goes with its town: New York and `Washington, D.C.`, where more are named."""
        joined: list[str] = []
        for part in parts:
            whole = f"{joined[-1]}, {part}" if joined and len(parts) > 2 else ""
            joined = [*joined[:-1], whole] if whole and self._knows(whole, iso3) else [*joined, part]
        return joined

    def _each(self, place: str, parts: Sequence[str], iso3: str) -> Where:
        doubt = f"{place!r} is taken as {len(parts)} stops, their days within the visit not known"
        return Where(tuple((part, iso3) for part in parts), doubt)

    def _without_country(self, place: str) -> Where:
        """The country named last or first, or that of the region, or the only one that has the place."""
        if iso3 := country_called(place):
            return Where(((country_name(iso3), iso3),))
        pieces = _with_countries(place) or [piece for piece in SURE.split(place) if piece]
        pieces = pieces if len(pieces) > 1 or self._holders(place) else AND.split(place)
        if len(pieces) > 1 and (several := self._pieces(place, pieces)):
            return several
        parts = [part for part in re.split(r"\s*[,:()\[\]]\s*|\s+[-–]\s+", place) if part]
        for named, others in ((parts[-1], parts[:-1]), (parts[0], parts[1:])):
            iso3 = country_code(named) if others else ""
            elsewhere = (
                self._in_region(others, named) if others and not (iso3 and self._knows(others[0], iso3)) else None
            )
            if elsewhere:
                return elsewhere
            if iso3:
                found = self._within(", ".join(others), iso3)
                return replace(found, doubt=f"no country is given; {country_name(iso3)} is taken from {place!r}")
        return self._only_country(place)

    def _in_region(self, towns: Sequence[str], region: str) -> Where | None:
        """`Paris, Texas`: the town in the one country that has such a state or province and a town of that name."""
        holding = [iso3 for iso3 in regions(region) if self._knows(towns[0], iso3)]
        if len(holding) != 1:
            return None
        whole = f"{towns[0]}, {region}"
        doubt = f"no country is given; {country_name(holding[0])} is taken from the region {region!r}"
        return Where(((whole if self._knows(whole, holding[0]) else towns[0], holding[0]),), doubt)

    def _pieces(self, place: str, pieces: Sequence[str]) -> Where | None:
        """Several places in one cell, each found by itself; a country beside its own towns only says where they are."""
        each = [self._without_country(piece).stops for piece in pieces]
        if not all(each):
            return None
        stops = [stop for found in each for stop in found]
        towns = [stop for stop in stops if stop[0] != country_name(stop[1])]
        if towns and {iso3 for _, iso3 in stops} == {towns[0][1]} and len(towns) < len(stops):
            what = f"no country is given; {country_name(towns[0][1])} is taken from {place!r}"
            return Where(tuple(towns), what)
        return Where(tuple(stops), f"no country is given; {place!r} is taken as {len(stops)} stops")

    def _only_country(self, place: str) -> Where:
        name = place if self._holders(place) else re.split(r"\s*,\s*", place)[0]
        holders = self._holders(name)
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

    def same_town(self, one: str, other: str, iso3: str) -> bool:
        """Whether two names of a country are found at one point, as Peking and Beijing are."""
        names = [(one, iso3), (other, iso3)] if one and other else []
        found = [place for place in look_up(names, (self.reviewed, self.gazetteer)) if isinstance(place, Placed)]
        if len(found) < 2:
            return False
        points = [(place.latitude_deg, place.longitude_deg) for place in found]
        return bool(great_circle(*points).km < SAME_TOWN_KM)

    def _holders(self, name: str) -> Mapping[str, int]:
        """The countries with such a place, those of the reviewed ones among them."""
        reviewed = dict.fromkeys(self.reviewed.countries(name), 0)
        return reviewed | self.gazetteer.holders(name)


def _with_countries(place: str) -> list[str]:
    """`Delhi (India), Jakarta (Indonesia)` in its parts; nothing where it is no such list."""
    pieces = [piece for piece in AFTER_BRACKET.split(place) if piece]
    named = (BRACKETED.fullmatch(piece) for piece in pieces)
    return pieces if len(pieces) > 1 and all(one and country_code(one[2]) for one in named) else []


def _airport(text: str) -> tuple[str, str] | None:
    found = airport(text) or ((match := CODE_IN_BRACKETS.fullmatch(text)) and airport(match[2])) or None
    return (found.town, found.country_iso3) if found else None


def holds_codes(texts: pd.Series) -> bool:
    """Whether most cells of a column that hold anything are codes of airports."""
    filled = [text for text in texts.unique() if text]
    return bool(filled) and sum(_airport(text) is not None for text in filled) * 3 > len(filled) * 2


def codes_read(texts: pd.Series, gazetteer: Gazetteer) -> dict[str, str]:
    """Code -> the airport for which it is taken, where a column `holds_codes`: `EDDB` -> `Berlin Airport, Berlin`."""
    known = {text: airport(text) for text in texts.unique() if text} if holds_codes(texts) else {}
    return {text: f"{one.name}, {one.town}{_near_capital(one, gazetteer)}" for text, one in known.items() if one}


def _near_capital(one: Airport, gazetteer: Gazetteer) -> str:
    seat = gazetteer.capital(one.country_iso3)
    if not isinstance(seat, Placed) or seat.matched_name == one.town:
        return ""
    points = (one.latitude_deg, one.longitude_deg), (seat.latitude_deg, seat.longitude_deg)
    return f", near {seat.matched_name}" if great_circle(*points).km < NEAR_KM else ""


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
