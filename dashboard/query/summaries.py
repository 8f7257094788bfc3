"""One selection, counted for every view at once, so that no two views can disagree: small tidy frames."""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import reduce
from typing import TypeVar

import pandas as pd

from dashboard.query.counting import as_counted, columns
from dashboard.query.filters import MENUS, Filter, Rows, in_trips, maybe_in_years, of_each
from dashboard.query.selection import Selection, combine, masks, select, transformed
from dashboard.query.years import all_years, by_each_year, chosen_years, count_unsure
from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.travel.travel import CANCELLED, MADE, PLANNED, UNKNOWN_YEAR, Travel

Frame = TypeVar("Frame", pd.DataFrame, pd.Series)

# So many trips are shown one by one; of more there is a table.
MOST_RECENT = 250
# The day of leaving home of trips where it is not known: they come after all others.
LONG_AGO = pd.Timestamp(1, 1, 1)
# What is read of the rows; the texts beside it would be copied with every choice.
OF_TRIPS = [
    *("leader_id", "year", "transport", "left_home_earliest", "left_home_latest"),
    *("days", "days_uncertain", "distance_km", "at_least", "other_way"),
]
# Key figure -> the status of the trips that it counts apart.
NEVER_MADE = {"expected": PLANNED, "cancelled": CANCELLED}
OF_PLACES = ["place", "country_iso3", "kind", "other_names", "latitude_deg", "longitude_deg"]


@dataclass(frozen=True)
class KeyFigures:
    """Totals of the journeys made; `expected` are those only planned, `cancelled` those never made: in no other total.

    `listed` is how many rows the table has: every trip once, those planned and cancelled among them.
    `trips` are counted as the counting rule says; `maybe` are those that may have left home in the chosen years, too.
    `days` and `distance_km` sum what is known; the counts beside them say what is not.
    """

    trips: int
    expected: int
    cancelled: int
    listed: int
    countries: int
    days: int
    days_unknown: int
    days_uncertain: int
    distance_km: float
    distance_unknown: int
    at_least: bool
    unplaced_stops: int
    maybe: int


@dataclass(frozen=True, eq=False)
class Summary:
    """One selection, counted for every view; ids are the index, and most comes first.

    - `travel`: all the data; `selection`: what of it is counted; `figures`: the totals
    - `leaders` and `transports`: the selected trips by leader id and by transport
    - `options`: filter key -> trips by value, counted as if that filter alone were lifted
    - `years_all` and `years`: trips by year (rows, without gaps) and transport (columns), without and with the filter
      on years; trips of unknown year are left out. The years also span the time in office of the leaders who
      travelled, as far as it is known, so that years without a trip are seen; they end with the day up to which the
      data hold, and where years are chosen with the last of them that has a trip
    - `unsure`: whatever years are chosen, the trips of no certain year by the `first` and the `last` in which each may
      have left home (index), and transport (columns); `maybe`: by year, how many of them may have left home in it
    - `countries`: trips by country visited and transport; a trip counts once for each country
    - `people`: one row per counterpart met: `counterpart`, `country`, `trips`, `meetings`
    - `places`: one row per place away from home with coordinates: its columns in places.csv, `visits` and `transits`
    - `lines`: one row per line that can be drawn: its columns in `travel.lines`, `trips`, and `trip`, the number of the
      last one
    - `unplaced`: stops that the map cannot show, by name of their place
    - `newest`: numbers of the trips that left home last, those not made too, the last one first, at most `MOST_RECENT`;
      `farthest`: the number of the longest trip, None where no distance is known
    - `rows`: how many rows the files of trips, stops and places have
    """

    travel: Travel
    selection: Selection
    figures: KeyFigures
    leaders: pd.Series
    transports: pd.Series
    options: dict[str, pd.Series]
    years_all: pd.DataFrame
    years: pd.DataFrame
    unsure: pd.DataFrame
    countries: pd.DataFrame
    people: pd.DataFrame
    places: pd.DataFrame
    lines: pd.DataFrame
    unplaced: pd.Series
    newest: pd.Index
    farthest: int | None
    rows: dict[str, int]

    @property
    def maybe(self) -> pd.Series:
        """By year, the trips that may have left home in it, not surely, whatever years are chosen."""
        return by_each_year(self.unsure.sum(axis=1))

    @property
    def selected(self) -> Travel:
        """The selected trips, made anew whenever asked for: of many trips they are too large to be kept."""
        return select(self.travel, self.selection)


def summarise(travel: Travel, selection: Selection) -> Summary:
    """Count a selection for all views at once."""
    travel = transformed(travel, selection)
    counts = reduce(add, travel.ask(lambda some: count(some, selection)))
    chosen = selection.values("years")
    maybe = by_each_year(counts.unsure.sum(axis=1)).index
    years_all = all_years(counts.years_all, maybe, travel.leaders.reindex(counts.travellers.index), travel.data_as_of)
    places = _described(_sorted_by(counts.places, "visits", "transits"), travel.places[OF_PLACES])
    placed = places["latitude_deg"].notna() & places["longitude_deg"].notna()
    unplaced = _most_first((places["visits"] + places["transits"])[~placed])
    # Both are ordered by id: of many thousands of lines nothing is looked up.
    lines = _described(counts.lines, travel.lines)
    return Summary(
        travel=travel,
        selection=selection,
        figures=_figures(counts, int(unplaced.sum())),
        leaders=_most_first(counts.leaders),
        transports=_most_first(counts.years.sum().loc[lambda trips: trips > 0]),
        options={key: _most_first(trips) for key, trips in counts.options.items()},
        years_all=years_all,
        years=chosen_years(counts.years, maybe, chosen) if chosen else years_all,
        unsure=counts.unsure,
        countries=counts.countries.loc[_most_first(counts.countries.sum(axis=1)).index],
        people=_described(_sorted_by(counts.people, "trips"), travel.people),
        places=places[placed],
        lines=_sorted_by(lines[lines["drawn"]], "trips"),
        unplaced=unplaced.set_axis(travel.places["place"].reindex(unplaced.index)),
        newest=counts.newest.index,
        farthest=next(iter(counts.farthest.index), None),
        rows={"trips": int(counts.totals["listed"]), "stops": int(counts.stops.sum()), "places": len(counts.stops)},
    )


@dataclass(frozen=True, eq=False)
class Counts:
    """What is counted of some trips, by id: counts of two parts of the trips add up to those of both.

    - `totals`: the sums of the key figures
    - `options`: trips by filter key and value, as if that filter alone were lifted
    - `leaders`: trips by leader; `travellers`: the same without the filter on years, trips of unknown year left out
    - `years`: trips by year and transport; `years_all`: without the filter on years; `unsure`: without it, the trips of
      no certain year by the first and the last that it may be, and by transport
    - `countries`: trips by country visited and transport
    - `people`: trips and meetings by counterpart; `places`: visits and transits by place
    - `lines`: trips by line, and the number of the last one (`trip`)
    - `stops`: stops by place, those of planned trips and the way home among them, and the homes (0 without a stop)
    - `newest`: the days on which the newest trips left home, by number; `farthest`: the longest distance, by number
    """

    totals: pd.Series
    options: dict[str, pd.Series]
    leaders: pd.Series
    travellers: pd.Series
    years: pd.DataFrame
    years_all: pd.DataFrame
    unsure: pd.DataFrame
    countries: pd.DataFrame
    people: pd.DataFrame
    places: pd.DataFrame
    lines: pd.DataFrame
    stops: pd.Series
    newest: pd.Series
    farthest: pd.Series


def count(travel: Travel, selection: Selection) -> Counts:
    """Count the trips of `travel`, all or a part of them, that a selection keeps."""
    by_filter, is_made = masks(travel, selection), travel.trips["status"] == MADE
    kept = combine(travel, by_filter)
    made = kept & is_made
    # For the options of each menu: as if its own filter were lifted.
    lifted = {key: combine(travel, by_filter, without=key) & is_made for key in by_filter}
    trips = _under(made, columns(travel, *OF_TRIPS))
    counted = every = as_counted(trips)
    maybe = 0
    if "years" in by_filter:
        any_year = lifted["years"]
        every = as_counted(_under(any_year, columns(travel, *OF_TRIPS)))
        maybe = int((any_year & maybe_in_years(travel, selection.values("years"))).sum())
    years = count_by_transport(counted["transport"], counted["year"])
    by_status = travel.trips["status"][kept].value_counts(sort=False)
    numbers = {"trips": len(counted), "listed": int(kept.sum()), "maybe": maybe}
    numbers |= {name: int(by_status.get(one, 0)) for name, one in NEVER_MADE.items()}
    stops, of_stops = travel.stops, in_trips(travel.stops, made)
    return Counts(
        totals=_totals(trips, numbers),
        options={one.key: _options(travel, one, lifted.get(one.key, made)) for one in MENUS},
        leaders=_used(counted["leader_id"].value_counts(sort=False)),
        travellers=_used(every["leader_id"][every["year"] != UNKNOWN_YEAR].value_counts(sort=False)),
        years=years,
        years_all=years if every is counted else count_by_transport(every["transport"], every["year"]),
        unsure=count_unsure(every),
        countries=_countries(stops, of_stops, travel.trips["transport"]),
        people=_people(travel.meetings, in_trips(travel.meetings, made)),
        places=_places(stops, of_stops),
        lines=_lines(stops, of_stops),
        stops=_stops(travel, kept),
        newest=travel.trips["left_home_earliest"][kept].fillna(LONG_AGO).nlargest(MOST_RECENT, keep="last"),
        farthest=trips["distance_km"][trips["distance_km"] == trips["distance_km"].max()].head(1),
    )


def add(one: Counts, other: Counts) -> Counts:
    """The counts of two parts of the trips, `one` before `other`, as those of both."""
    sums = {name: _sum(getattr(one, name), getattr(other, name)) for name in SUMS}
    last = pd.concat([one.lines["trip"], other.lines["trip"]]).groupby(level=0).max()
    return Counts(
        **sums | {"lines": sums["lines"].assign(trip=last)},
        options={key: _sum(trips, other.options[key]) for key, trips in one.options.items()},
        newest=pd.concat([one.newest, other.newest]).sort_index().nlargest(MOST_RECENT, keep="last"),
        farthest=pd.concat([one.farthest, other.farthest]).nlargest(1),
    )


# What of `Counts` is added number by number.
SUMS = [one.name for one in fields(Counts) if one.name not in ("options", "newest", "farthest")]


def _sum(one: Frame, other: Frame) -> Frame:
    """Of what only one of them has, the other has none."""
    added = one.add(other, fill_value=0).fillna(0)
    return added if added.index.name == "totals" else added.astype("int64")


def _stops(travel: Travel, kept: pd.Series) -> pd.Series:
    """The stops of the trips under `kept` by place; the homes of their leaders are places of theirs, too."""
    stops = _used(travel.stops["place_id"][in_trips(travel.stops, kept)].value_counts(sort=False))
    homes = travel.leaders["home_place_id"].reindex(travel.trips["leader_id"][kept].unique().astype("str"))
    places = stops.index.union(travel.places.index.intersection(pd.Index(homes))).rename("place_id")
    return stops.reindex(places, fill_value=0)


def _under(kept: pd.Series, trips: pd.DataFrame) -> pd.DataFrame:
    return trips if kept.all() else trips[kept]


def _options(travel: Travel, one: Filter, kept: pd.Series) -> pd.Series:
    """The trips under `kept` by value of a filter that has a menu."""
    return _used(one.count(travel, kept)) if one.count else pd.Series(dtype="int64")


def _used(counts: pd.Series) -> pd.Series:
    return _by_id(counts[counts > 0])


def _used_rows(counts: pd.DataFrame) -> pd.DataFrame:
    return _by_id(counts[counts.any(axis=1)])


def _by_id(counts: Frame) -> Frame:
    """Counts under the ids themselves: categories that differ do not add up."""
    ids = counts.index
    if not isinstance(ids, pd.CategoricalIndex):
        return counts
    return counts.set_axis(ids.categories.take(ids.codes).rename(ids.name))


def count_by_transport(transport: pd.Series, values: pd.Series) -> pd.DataFrame:
    """How often each of some values (rows) occurs with each transport (all columns), where both stand beside it."""
    # What `pd.crosstab` gives, in a third of its time.
    counts = values.groupby([values, transport], observed=False).size().unstack(fill_value=0)
    by_name = counts.set_axis(counts.columns.astype("str"), axis=1)
    return _used_rows(by_name.reindex(columns=list(TRANSPORT_NAMES), fill_value=0))


def _totals(trips: pd.DataFrame, numbers: dict[str, int]) -> pd.Series:
    sums = numbers | {
        "days": trips["days"].sum(),
        "days_unknown": trips["days"].isna().sum(),
        "days_uncertain": trips["days_uncertain"].sum(),
        "distance_km": trips["distance_km"].sum(),
        "distance_unknown": trips["distance_km"].isna().sum(),
        "at_least": trips["at_least"].sum(),
        "other_way": trips["other_way"].sum(),
    }
    return pd.Series(sums, dtype="float64").rename_axis("totals")


def _countries(stops: pd.DataFrame, kept: Rows, transport: pd.Series) -> pd.DataFrame:
    visited = stops["counts_country"] & kept
    countries = stops["country_iso3"][visited]
    by = of_each(transport, stops["trip"][visited]).set_axis(countries.index)
    return count_by_transport(by, countries)


def _people(meetings: pd.DataFrame, kept: Rows) -> pd.DataFrame:
    return _beside(trips=meetings["met"][meetings["counts_person"] & kept], meetings=meetings["met"][kept])


def _places(stops: pd.DataFrame, kept: Rows) -> pd.DataFrame:
    place, kind = stops["place_id"], stops["kind"]
    return _beside(visits=place[(kind == "visit") & kept], transits=place[(kind == "transit") & kept])


def _beside(**values: pd.Series) -> pd.DataFrame:
    """How often each of the values, of one category, occurs in these Series: a column each."""
    return _used_rows(pd.DataFrame({name: rows.value_counts(sort=False) for name, rows in values.items()}))


def _lines(stops: pd.DataFrame, kept: Rows) -> pd.DataFrame:
    """Trips by line, and the last trip of each, from stops that count their trip once for a line."""
    along = stops["counts_line"] & kept
    by_line = stops["trip"][along].groupby(stops["line"][along], observed=False)
    # As an array: to find out that both have the same index takes as long as all of this.
    counts = pd.DataFrame({"trips": by_line.size(), "trip": by_line.max().array})
    return _by_id(counts[counts["trips"] > 0]).astype("int64")


def _figures(counts: Counts, unplaced_stops: int) -> KeyFigures:
    totals = {str(name): int(total) for name, total in counts.totals.items()}
    whole = {name: total for name, total in totals.items() if name not in ("distance_km", "at_least", "other_way")}
    return KeyFigures(
        **whole,
        countries=len(counts.countries),
        distance_km=float(counts.totals["distance_km"]),
        at_least=totals["at_least"] > 0 and not totals["other_way"],
        unplaced_stops=unplaced_stops,
    )


def _described(counts: pd.DataFrame, descriptions: pd.DataFrame) -> pd.DataFrame:
    """What is said of each id, and its counts."""
    return pd.concat([descriptions.reindex(counts.index), counts], axis=1)


def _most_first(counts: pd.Series) -> pd.Series:
    """The largest first, equal ones by id."""
    return counts.sort_index().sort_values(ascending=False, kind="stable")


def _sorted_by(counts: pd.DataFrame, *columns: str) -> pd.DataFrame:
    """The rows by these columns, the largest first, equal ones as they stand: by id."""
    return counts.sort_values(list(columns), ascending=False, kind="stable")
