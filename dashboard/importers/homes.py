"""Where leaders live whose table does not say it: where their government sat when they travelled."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.geocoding.gazetteer import countries
from dashboard.geocoding.states import FORMER, MOVES, SEATS
from dashboard.tables.countries import country_name


@dataclass(frozen=True)
class Home:
    """A town of the country, '' where none is known, and what is doubtful about it, '' where nothing is."""

    town: str
    doubt: str = ""


def home_of(iso3: str, first: str = "", last: str = "") -> Home:
    """The seat of a country's government from a leader's `first` to `last` journey (YYYY-MM-DD, '' unknown).

    Where the government has moved since, the seat of the first journey is the home, and that is said.
    """
    now = _seat(iso3)
    moved = next((one for one in MOVES if one.iso3 == iso3 and first and one.since <= first < one.until), None)
    if not moved:
        return Home(now)
    why = f"the government of {country_name(iso3)} sat in {moved.town} until {moved.until[:4]}"
    also = f", and the last journey was later: it may have begun in {now}" if last >= moved.until else ""
    return Home(moved.town, f"{why}; taken as the home{also}; give the home town if it was another")


def _seat(iso3: str) -> str:
    if iso3 in FORMER:
        return FORMER[iso3][1]
    country = countries().get(iso3)
    return SEATS.get(iso3) or (country.capital if country else "")
