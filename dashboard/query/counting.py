"""How trips are counted: the rules that can be changed, and the units that can be counted, an entry each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

import pandas as pd

from dashboard.language import marked, marked_plural
from dashboard.travel.names_by_period import as_today
from dashboard.travel.numbering import numbered
from dashboard.travel.travel import MADE, PLANNED, Travel

# The rule by which places count for the country in which they lie today.
TODAYS_COUNTRIES = "todays-countries"
# The demilitarised zone between the Koreas, by the names of its places.
DMZ = ("DMZ", "Joint Security Area", "Panmunjom")


@dataclass(frozen=True)
class Rule:
    """A way of counting that differs from the usual one.

    `label` names the switch, `usual` says how it is without, `phrase` is its part of a sentence; `apply` makes of
    all the data those that it counts.
    """

    key: str
    label: str
    usual: str
    phrase: str
    apply: Callable[[Travel], Travel]


@dataclass(frozen=True)
class Unit:
    """What can be counted of trips: its words, and the rows of a `Travel` that are one each, with the trip as `trip`.

    `many` names them, `counted` says how many there are, for one and for several.
    Where a row stands for more than one, as a trip for its days, the rows have a column `weight`.
    """

    key: str
    many: str
    counted: tuple[str, str]
    rows: Callable[[Travel], pd.DataFrame]


def without_dmz(travel: Travel) -> Travel:
    """Without the trips that went nowhere but to the demilitarised zone."""
    places = travel.places
    names = places["place"] + ";" + places["other_names"]
    inside = places.index[[bool({*text.split(";")} & {*DMZ}) for text in names.tolist()]]
    visits = travel.stops[(travel.stops["kind"] == "visit").to_numpy()]
    outside = visits["trip"][~visits["place_id"].isin(inside).to_numpy()]
    counted = ~travel.trips.index.isin(visits["trip"]) | travel.trips.index.isin(outside)
    return travel.under(pd.Series(counted, travel.trips.index))


def with_transit(travel: Travel) -> Travel:
    """With stops in transit as visits, so that their countries count."""
    kind = travel.stops["kind"].astype("str")
    stops = travel.stops.assign(kind=kind.where(kind != "transit", "visit").astype("category"))
    return replace(travel, stops=stops.assign(counts_country=first_of_trip(stops, "country_iso3")))


def first_of_trip(stops: pd.DataFrame, column: str) -> pd.Series:
    """True where, among its visits, a trip has a value for the first time."""
    visits = (stops["kind"] == "visit").to_numpy()
    again = stops[visits].duplicated(["trip", column])
    return (~again).reindex(stops.index, fill_value=False)


def per_country(travel: Travel) -> Travel:
    """With each trip counted once for every country that it visited."""
    countries = country_visits(travel).groupby("trip").size().reindex(travel.trips.index)
    return replace(travel, trips=travel.trips.assign(counts_as=countries.fillna(1).astype("int64")))


def with_planned(travel: Travel) -> Travel:
    """With journeys that are only planned as if they were made."""
    status = travel.trips["status"].astype("str")
    return replace(travel, trips=travel.trips.assign(status=status.where(status != PLANNED, MADE).astype("category")))


def todays_countries(travel: Travel) -> Travel:
    """With each place under the name and in the country that it has today."""
    today = as_today(travel)
    return replace(today, stops=today.stops.assign(counts_country=first_of_trip(today.stops, "country_iso3")))


def country_visits(travel: Travel) -> pd.DataFrame:
    """One row for each trip and country visited: the first stop there."""
    visits = travel.stops[(travel.stops["kind"] == "visit").to_numpy()]
    return visits.drop_duplicates(["trip", "country_iso3"])


def _made(rows: Callable[[Travel], pd.DataFrame]) -> Callable[[Travel], pd.DataFrame]:
    """The rows of the journeys that were made: those planned and cancelled are in no count."""
    return lambda travel: rows(travel.made)


def _trips(travel: Travel) -> pd.DataFrame:
    return travel.trips.assign(trip=travel.trips.index, weight=travel.trips.get("counts_as", 1))


def _days(travel: Travel) -> pd.DataFrame:
    known = travel.trips[travel.trips["days"].notna().to_numpy()]
    return known.assign(trip=known.index, weight=known["days"].astype("int64"))


RULES = (
    Rule(
        TODAYS_COUNTRIES,
        marked("Count countries as of today"),
        marked(
            "Usually a place counts for the country in which it lay at the time of the visit, under its name of then."
        ),
        marked("with places and countries as of today"),
        todays_countries,
    ),
    Rule(
        "without-dmz",
        marked("Leave out meetings in the DMZ"),
        marked("Usually a meeting in the demilitarised zone counts where the leader crossed to the other side."),
        marked("without meetings in the demilitarised zone"),
        without_dmz,
    ),
    Rule(
        "with-transit",
        marked("Count countries passed through"),
        marked("Usually a country counts where the leader visited it, not where he passed through."),
        marked("with countries passed through"),
        with_transit,
    ),
    Rule(
        "per-country",
        marked("Count a journey once for each country"),
        marked("Usually a journey counts once, however many countries it has."),
        marked("each journey once for each country"),
        per_country,
    ),
    Rule(
        "with-planned",
        marked("Count planned journeys"),
        marked("Usually a journey counts once it is made; planned ones and cancelled ones are counted apart."),
        marked("with journeys that are only planned"),
        with_planned,
    ),
)
UNITS = (
    Unit("trip", marked("trips"), marked_plural("{number} trip", "{number} trips"), _made(_trips)),
    Unit(
        "country visit",
        marked("country visits"),
        marked_plural("{number} country visit", "{number} country visits"),
        _made(country_visits),
    ),
    Unit(
        "stop",
        marked("stops"),
        marked_plural("{number} stop", "{number} stops"),
        _made(lambda travel: travel.stops[(travel.stops["kind"] != "home").to_numpy()]),
    ),
    Unit(
        "meeting",
        marked("meetings"),
        marked_plural("{number} meeting", "{number} meetings"),
        _made(lambda travel: travel.meetings),
    ),
    Unit("day", marked("days away"), marked_plural("{number} day away", "{number} days away"), _made(_days)),
)
RULE_BY_KEY = {rule.key: rule for rule in RULES}
UNIT_BY_KEY = {unit.key: unit for unit in UNITS}


def apply(travel: Travel, rules: Iterable[str]) -> Travel:
    """The data as these rules count them; in the order of `RULES`, since one counts what another has changed."""
    wanted = set(rules)
    for rule in RULES:
        travel = rule.apply(travel) if rule.key in wanted else travel
    return replace(travel, trips=numbered(travel.trips))


def columns(travel: Travel, *names: str) -> pd.DataFrame:
    """Some columns of the trips, and beside them what `as_counted` needs; texts would be copied with every choice."""
    return travel.trips[[*names, "counts_as"] if "counts_as" in travel.trips else [*names]]


def as_counted(trips: pd.DataFrame) -> pd.DataFrame:
    """Trips, each as often as the counting rule counts it."""
    return trips.loc[trips.index.repeat(trips["counts_as"])] if "counts_as" in trips else trips


def counted(travel: Travel, column: str, kept: pd.Series) -> pd.Series:
    """A column of the trips under `kept`, each trip as often as the counting rule counts it."""
    if "counts_as" not in travel.trips:
        return travel.trips[column][kept]
    return as_counted(columns(travel, column)[kept])[column]


def total(rows: pd.DataFrame) -> int:
    """How many these rows of a unit are."""
    return int(rows["weight"].sum()) if "weight" in rows else len(rows)
