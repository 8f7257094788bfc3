"""Ids as older addresses have them -> those of today, so that a link that was once shared keeps working."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from dashboard.tables.ids import old_slug, place_id
from dashboard.travel.travel import Travel

Pairs = Iterator[tuple[str, str]]


def _leaders(travel: Travel) -> Pairs:
    return ((old_slug(name), str(one)) for one, name in travel.leaders["name"].items())


def _places(travel: Travel) -> Pairs:
    places = travel.places
    named = zip(places["place"], places["country_iso3"], places.index, strict=True)
    yield from ((f"{old_slug(place)}-{iso3.lower()}", str(one)) for place, iso3, one in named)
    for one, names in places.loc[places["same_places"] != "", "same_places"].items():
        yield from ((_same(name), str(one)) for name in names.split("; "))


def _same(name: str) -> str:
    """`Leningrad (SUN)` -> `leningrad-sun`."""
    place, _, iso3 = name.removesuffix(")").rpartition(" (")
    return place_id(place, iso3)


def _people(travel: Travel) -> Pairs:
    return ((old_slug(name), str(one)) for one, name in travel.people["counterpart"].items())


OLD: dict[str, Callable[[Travel], Pairs]] = {"leader": _leaders, "place": _places, "met": _people}


def of_today(travel: Travel, key: str, values: list[str]) -> list[str]:
    """The values of a filter, those that are no id of today by the one that they have now.

    Of several that had one old id the first of the data is meant, as it was then.
    """
    if key not in OLD:
        return values
    pairs = list(OLD[key](travel))
    now = {new for _, new in pairs}
    found: dict[str, str] = {}
    for old, new in pairs:
        found.setdefault(old, new)
    return [value if value in now else found.get(value, value) for value in values]
