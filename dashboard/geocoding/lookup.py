"""Names -> coordinates, by asking one geocoder after the other, whichever they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from geopy.distance import great_circle
from geopy.exc import GeopyError
from geopy.location import Location

from dashboard.geocoding.outcomes import Ambiguous, Candidate, Outcome, Placed, Question, Unplaced
from dashboard.tables.ids import name_key, place_id

# Namesakes this close are one town listed twice, or a town and the county around it (Xuzhou and Tongshan).
SAME_PLACE_KM = 25.0


class Geocoder(Protocol):
    """geopy's interface as far as it is used here, with the country always given, as ISO 3166-1 alpha-3 code.

    `raw` of a location may hold `kind`, `region` and `population`.
    """

    provider: str

    def geocode(self, query: str, *, exactly_one: bool = True, country_codes: str) -> Location | list[Location] | None:
        """Every place of that name, the likeliest first, or None; raises GeopyError where asking failed."""


class ReviewedPlaces:
    """Geocoder over rows of `places.csv`: any row with coordinates, by its name or one of its other names."""

    provider = "reviewed"

    def __init__(self, rows: Iterable[Mapping[str, str]]) -> None:
        self._rows: dict[str, Mapping[str, str]] = {}
        self._exact: dict[tuple[str, str], Mapping[str, str]] = {}
        located = [row for row in rows if has_coordinates(row)]
        # A place's own name goes before another's further name.
        for names_of in (_own_name, _other_names):
            for row in located:
                for name in names_of(row):
                    self._exact.setdefault((name_key(name), row["country_iso3"]), row)
                    self._rows.setdefault(place_id(name, row["country_iso3"]), row)

    def countries(self, name: str) -> list[str]:
        """The codes of the countries in which a place of that name is."""
        return [iso3 for known, iso3 in self._exact if known == name_key(name)]

    def geocode(self, query: str, *, exactly_one: bool = True, country_codes: str) -> Location | list[Location] | None:
        """The row of that name and country; a name stands once, so there are never several."""
        row = self._exact.get((name_key(query), country_codes)) or self._rows.get(place_id(query, country_codes))
        if row is None:
            return None
        point = float(row["latitude_deg"]), float(row["longitude_deg"])
        location = Location(row["place"], point, {"kind": row.get("kind", "")})
        return location if exactly_one else [location]


def _own_name(row: Mapping[str, str]) -> list[str]:
    return [row["place"]]


def _other_names(row: Mapping[str, str]) -> list[str]:
    return [name.strip() for name in row.get("other_names", "").split(";") if name.strip()]


def has_coordinates(row: Mapping[str, str]) -> bool:
    """Whether a row of `places.csv` holds both coordinates, as degrees on the globe."""
    try:
        latitude_deg, longitude_deg = float(row.get("latitude_deg", "")), float(row.get("longitude_deg", ""))
    except ValueError:
        return False
    return abs(latitude_deg) <= 90 and abs(longitude_deg) <= 180


def look_up(names: Iterable[tuple[str, str]], geocoders: Sequence[Geocoder]) -> Iterator[Outcome]:
    """(place, country_iso3) pairs -> one outcome each, in that order, as soon as it is known.

    The first geocoder that knows the name decides. Where it knows several, more than 25 km apart, none is
    chosen and no further geocoder is asked, since that would only hide the choice.
    """
    return (_find(place, country_iso3, geocoders) for place, country_iso3 in names)


def _find(place: str, country_iso3: str, geocoders: Sequence[Geocoder]) -> Outcome:
    if not country_iso3:
        return Unplaced(place, country_iso3, "no country is given, and a name alone is borne all over the world")
    asked: list[str] = []
    missed, failed = [], []
    for geocoder in geocoders:
        asked.append(geocoder.provider)
        try:
            found = geocoder.geocode(place, exactly_one=False, country_codes=country_iso3)
        except GeopyError as error:
            failed.append(f"{geocoder.provider} {error}")
            continue
        if found:
            return _judge(Question(place, country_iso3, tuple(asked), tuple(map(_candidate, found))), found)
        missed.append(geocoder.provider)
    unknown = [f"asked in vain: {', '.join(missed)}"] if missed else []
    # Who failed may know the place: the question is open, and nothing is kept of it.
    question = Question(place, country_iso3, tuple(asked)) if asked and not failed else None
    return Unplaced(place, country_iso3, "; ".join(unknown + failed) or "no geocoder was asked", question)


def _judge(question: Question, found: Sequence[Location]) -> Placed | Ambiguous:
    first = found[0]
    here = first.latitude, first.longitude
    named = question.name, question.country_iso3
    points = [(other.latitude, other.longitude) for other in found[1:] if other.raw.get("bears", True)]
    if any(great_circle(here, point).km > SAME_PLACE_KM for point in points):
        return Ambiguous(*named, question.candidates, question)
    kind, provider = first.raw.get("kind") or "city", question.asked[-1]
    return Placed(
        *named, *here, kind=kind, provider=provider, matched_name=question.candidates[0].called, question=question
    )


def _candidate(location: Location) -> Candidate:
    raw = location.raw
    region, population = raw.get("region", ""), raw.get("population")
    at = location.latitude, location.longitude
    return Candidate(location.address, region, population, *at, raw.get("listed", ""))
