"""Names -> ids as they stand in addresses and join tables: `saint-petersburg`, `beijing-chn`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from unicodedata import category, name, normalize

import pandas as pd
from anyascii import anyascii

NO_LETTERS = re.compile("[^a-z0-9]+")

Renamed = Mapping[tuple[str, str], str]


def name_key(text: str) -> str:
    """What tells names apart: a name without case, width (NFKC) and surplus spaces, every letter and accent kept."""
    return " ".join(normalize("NFKC", normalize("NFKC", text).casefold()).split())


def slug(text: str) -> str:
    """A name as it stands in addresses: lower case, words joined by `-`, Latin letters as ASCII: `saint-petersburg`.

    Letters that do not decompose are written out (`Ærø` is `aero`, `Đà Nẵng` is `da-nang`). Those of other scripts
    stay: an address may hold them, and in ASCII names that differ would become one (`宜春`, `伊春`: both Yichun).
    """
    if text.isascii():
        return NO_LETTERS.sub("-", text.lower()).strip("-")
    written = "".join(map(_letter, normalize("NFKC", text)))
    plain = normalize("NFKC", written.casefold())
    return re.sub(r"-+", "-", "".join(one if category(one)[0] in "LNM" else "-" for one in plain)).strip("-")


def _letter(one: str) -> str:
    """A letter in ASCII if it is Latin; an accent that no letter carries is none."""
    if one.isascii() or category(one)[0] not in "LM":
        return one
    called = name(one, "")
    return anyascii(one) if called.startswith(("LATIN", "COMBINING")) else one


def old_slug(text: str) -> str:
    """The slug that older addresses have, in which letters that do not decompose were dropped."""
    folded = normalize("NFKD", text).encode("ascii", "ignore").decode()
    written = folded if re.search(r"[A-Za-z0-9]", folded) else text
    return re.sub(r"[\W_]+", "-", written.lower()).strip("-")


def place_id(place: str, country_iso3: str) -> str:
    """The id of a place, `beijing-chn`: its name's slug and its country, since many countries share a name."""
    return f"{slug(place)}-{country_iso3.lower()}"


def place_ids(names: pd.Series, countries: pd.Series, renamed: Renamed | None = None) -> pd.Series:
    """The ids of many places, each pair made once; '' where the name is empty; `renamed`: see `renamed_places`."""
    number, spelt = pd.factorize(names)
    country, codes = pd.factorize(countries)
    number, pairs = pd.factorize(number * max(len(codes), 1) + country)
    # As lists, since pandas hands out one text slowly.
    texts, of_country = spelt.tolist(), codes.tolist()
    each = [(texts[pair // len(codes)], of_country[pair % len(codes)]) for pair in pairs.tolist()]
    other = renamed or {}
    found = [other.get((name_key(place), code), "") if other else "" for place, code in each]
    ids = [known or (place_id(*one) if one[0] else "") for known, one in zip(found, each, strict=True)]
    made = pd.Series(ids, dtype="str")
    return made.take(number).set_axis(names.index)


SAME = ("place", "country_iso3", "same_as")


def is_another_name(places: pd.DataFrame) -> pd.Series:
    """Which rows of `places.csv` are another name of a place that has a row of its own."""
    return places["same_as"] != "" if "same_as" in places else pd.Series(False, places.index)


def renamed_places(places: pd.DataFrame) -> dict[tuple[str, str], str]:
    """(name key, country_iso3) -> id, of those places of `places.csv` whose id is not made of their name.

    Another, earlier one would have it: `Malmo` beside `Malmö` is `malmo-2-swe`, since two names that differ are two
    places. Or they are the same as another, and have its id (`same_as`).
    """
    others = is_another_name(places)
    same = places[others]
    cells = same.reindex(columns=list(SAME)).itertuples(index=False, name=None)
    found = {(name_key(place), code): other for place, code, other in cells}
    places = places[~others]
    ids = place_ids(places["place"], places["country_iso3"])
    if ids.is_unique:
        return found
    taken, first = set(ids), dict[str, str]()
    alike = places[ids.duplicated(keep=False) & (ids != "")][["place", "country_iso3"]]
    for place, country in alike.itertuples(index=False, name=None):
        key = name_key(place)
        if first.setdefault(place_id(place, country), key) != key and (key, country) not in found:
            found[key, country] = _next(place, country, taken)
    return found


def _next(place: str, country_iso3: str, taken: set[str]) -> str:
    """The first id with a number that no place has; it is taken from now on."""
    number = 2
    while (made := place_id(f"{place} {number}", country_iso3)) in taken:
        number += 1
    taken.add(made)
    return made
