"""`FILTERS`: all that trips can be narrowed by, an entry each.

The heading, the chips, the address, the downloads and the tests loop over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import reduce
from operator import or_

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.language import gettext, listed, marked, ngettext
from dashboard.query.counting import RULE_BY_KEY, UNIT_BY_KEY, apply, counted
from dashboard.query.known_on_day import as_known
from dashboard.tables.countries import country_name
from dashboard.tables.dates import is_day, maybe_in, say, surely_in
from dashboard.tables.metadata import choices
from dashboard.tables.transport import TRANSPORT_NAMES, by_what
from dashboard.travel.travel import Travel

# How many values a message lists, and how many get a hint.
MAX_NAMED = 12
MAX_HINTS = 3
# Behind years: the trips that may have left home in them, and not surely.
DOUBT = "?"
# A bool for each row of stops, meetings or evidence.
Rows = npt.NDArray[np.bool_]
DAY = r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"


@dataclass(frozen=True)
class Filter:
    """One thing to filter by: its key in the address, its label, what it may be, which trips it keeps, its words.

    - `phrase` is its part of the sentence that `describe` makes, `anything` the part where nothing is chosen
    - `known(travel)` lists the values in the data, or is empty where a pattern decides; `name(travel, value)` says a
      value in words
    - `mask(travel, values)` says which trips have one of the values: a Series of bool over `travel.trips`
    - `count(travel, kept)` counts the trips under `kept` (a Series of bool) by value; with it the filter has a menu
    - `words` stand around what is chosen, where its menu is in the heading, and `blank`, or the label, where nothing is
    - `single`: a click replaces what was chosen; `together`: several values hold at once, where others mean either
    - `transform(travel, values)`, of `TRANSFORMS`, makes of all the data those that are counted and filtered
    """

    key: str
    label: str
    phrase: str
    anything: str
    known: Callable[[Travel], Collection[str]]
    mask: Callable[[Travel, tuple[str, ...]], pd.Series]
    name: Callable[[Travel, str], str]
    pattern: str = ""
    form: str = ""
    words: str = "{names}"
    blank: str = ""
    count: Callable[[Travel, pd.Series], pd.Series] | None = None
    single: bool = False
    together: bool = False
    transform: Callable[[Travel, tuple[str, ...]], Travel] | None = None

    def heading(self, travel: Travel, values: tuple[str, ...]) -> str:
        """The words behind which its menu stands: `by train or plane`, `by any transport`."""
        names = [self.name(travel, value) for value in values]
        return gettext(self.words, names=listed(names, "or")) if names else self.unchosen

    @property
    def unchosen(self) -> str:
        """The same where nothing is chosen."""
        return gettext(self.blank or self.label)

    def in_words(self, travel: Travel, values: tuple[str, ...]) -> str:
        """Its part of the sentence that describes a selection."""
        if not values:
            return gettext(self.anything)
        names = [self.name(travel, value) for value in values]
        return gettext(self.phrase, names=listed(names, "standard" if self.together else "or"))

    def refusals(self, travel: Travel, values: Iterable[str]) -> dict[str, str]:
        """Value -> why it cannot be chosen and what can be, for those that cannot."""
        if self.pattern:
            strange = [value for value in values if not (re.fullmatch(self.pattern, value) and _is_sound(value))]
            return {value: f"{self.key}={value}: {gettext(self.form)}" for value in strange}
        known, packed = self.known(travel), choices(travel.about, self.key)
        strange = sorted(value for value in set(values).difference(packed) if value not in known)
        # Looking for near names is slow: a query full of strange ones is told so without a guess for each.
        return {
            value: _unknown(f"{self.key}={value}", value, list(known) if at < MAX_HINTS else [])
            for at, value in enumerate(strange)
        }


def _unknown(choice: str, value: str, known: list[str]) -> str:
    """That a choice is unknown, and what to write instead."""
    if 0 < len(known) <= MAX_NAMED:
        return gettext("{choice} is unknown: write one of {values}", choice=choice, values=", ".join(known))
    near = get_close_matches(value, known, n=3, cutoff=0.5)
    if near:
        return gettext("{choice} is unknown: did you mean {values}?", choice=choice, values=", ".join(near))
    return gettext("{choice} is unknown: choose it on the page to see how it is written", choice=choice)


def _is_sound(value: str) -> bool:
    """Whether a value of the right form can be: a day of the calendar, or years in their order."""
    if value.count("-") == 2:
        return is_day(value)
    first, _, last = value.removesuffix(DOUBT).partition("-")
    return not last or int(first) <= int(last)


def year_range(value: str) -> tuple[int, int]:
    """`2018-2019` -> (2018, 2019); `2018` and `2018?` -> (2018, 2018)."""
    first, _, last = value.removesuffix(DOUBT).partition("-")
    return int(first), int(last or first)


def in_years(days: pd.DataFrame, values: Iterable[str]) -> pd.Series:
    """Which `days`, as `dashboard.tables.dates` takes them, surely lie in one of some spans of years.

    Of a span with a `?` those that may lie in it, and not surely.
    """
    rules = {True: maybe_in, False: surely_in}
    return reduce(or_, (rules[value.endswith(DOUBT)](days, *year_range(value)) for value in values))


def _years_in_words(value: str) -> str:
    """`2018 to 2019`, `perhaps in 2001`."""
    one, other = (f"{year:04}" for year in year_range(value))
    span = gettext("{first_year} to {last_year}", first_year=one, last_year=other)
    years = gettext("{year}", year=one) if one == other else span
    return gettext("perhaps in {years}", years=years) if value.endswith(DOUBT) else years


def left_home(travel: Travel) -> pd.DataFrame:
    """The first and the last day on which each trip may have left home, as `dashboard.tables.dates` takes them."""
    days = travel.trips[["left_home_earliest", "left_home_latest"]]
    return days.set_axis(["earliest", "latest"], axis=1)


def _in_years(travel: Travel, values: tuple[str, ...]) -> pd.Series:
    """Those that left home in one of the spans of years: see `in_years`."""
    return in_years(left_home(travel), values)


def maybe_in_years(travel: Travel, values: tuple[str, ...]) -> pd.Series:
    """Those that may lie in one of the spans of years, and not surely."""
    days = left_home(travel)
    return reduce(or_, (maybe_in(days, *year_range(value)) for value in values)) & ~_in_years(travel, values)


def _publishers(travel: Travel, values: tuple[str, ...]) -> pd.Series:
    return travel.trips["publishers"] >= min(map(int, values))


def _at_least(publishers: int) -> str:
    return ngettext("at least {number} independent publisher", "at least {number} independent publishers", publishers)


def _everything(travel: Travel, _: tuple[str, ...]) -> pd.Series:
    return pd.Series(True, travel.trips.index)


def having(travel: Travel, numbers: pd.Series) -> pd.Series:
    """Which trips are among these trip numbers: those of rows of stops, meetings or evidence."""
    return pd.Series(travel.trips.index.isin(numbers), travel.trips.index)


def in_trips(rows: pd.DataFrame, kept: pd.Series) -> Rows:
    """For each row of stops, meetings or evidence whether its trip is under `kept`, a Series of bool over the trips."""
    return of_each(kept, rows["trip"]).to_numpy()


def of_each(values: pd.Series, numbers: pd.Series) -> pd.Series:
    """What a Series over the trips has for each of these trip numbers."""
    if isinstance(values.index, pd.RangeIndex):
        # Numbers that follow each other are positions: a sixth of the time at a million trips.
        return values.take(numbers.to_numpy() - values.index.start)
    return values.loc[numbers]


def _trips_by(column: str) -> Callable[[Travel, pd.Series], pd.Series]:
    """Counts trips by a column of their own."""
    return lambda travel, kept: counted(travel, column, kept).value_counts(sort=False)


def _by_country(travel: Travel, kept: pd.Series) -> pd.Series:
    """Counts trips by country visited, once for each."""
    stops = travel.stops
    return stops["country_iso3"][stops["counts_country"] & in_trips(stops, kept)].value_counts(sort=False)


def _by_person(travel: Travel, kept: pd.Series) -> pd.Series:
    """Counts trips by counterpart, once for each."""
    meetings = travel.meetings
    return meetings["met"][meetings["counts_person"] & in_trips(meetings, kept)].value_counts(sort=False)


def _by_publishers(travel: Travel, kept: pd.Series) -> pd.Series:
    """Counts trips that at least so many independent publishers report."""
    exactly = counted(travel, "publishers", kept).value_counts(sort=False)
    # Every number up to the largest, so that the counts of two parts of the trips add up.
    every = exactly.reindex(range(int(exactly.index.max()), 0, -1) if len(exactly) else [], fill_value=0)
    return every.cumsum().rename_axis("publishers")


def _countries_visited(travel: Travel) -> list[str]:
    """The countries of places visited, today's and those of then."""
    visited, names = travel.places[travel.places["visited"]], travel.place_names
    then = names.loc[names["place_id"].isin(visited.index), "name_country_iso3"]
    return sorted({*visited["country_iso3"], *then})


def _who_visited(travel: Travel, values: tuple[str, ...]) -> pd.Series:
    stops = travel.stops
    return having(travel, stops["trip"][stops["counts_country"] & stops["country_iso3"].isin(values)])


def _who_stopped_at(travel: Travel, values: tuple[str, ...]) -> pd.Series:
    stops = travel.stops
    return having(travel, stops["trip"][stops["place_id"].isin(values) & (stops["kind"] != "home")])


def _who_met(travel: Travel, values: tuple[str, ...]) -> pd.Series:
    return having(travel, travel.meetings["trip"][travel.meetings["met"].isin(values)])


def _counterpart_name(travel: Travel, value: str) -> str:
    listed = value in travel.people.index
    return str(travel.people.at[value, "counterpart"]) if listed else choices(travel.about, "met").get(value, value)


def _place_name(travel: Travel, value: str) -> str:
    return str(travel.places.at[value, "place"]) if value in travel.places.index else value


FILTERS = (
    Filter(
        "leader",
        marked("Leader"),
        marked("{names} travelled abroad"),
        marked("All leaders travelled abroad"),
        known=lambda travel: travel.leaders.index,
        mask=lambda travel, values: travel.trips["leader_id"].isin(values),
        name=lambda travel, value: str(travel.leaders.at[value, "name"]),
        blank=marked("All leaders"),
        count=_trips_by("leader_id"),
    ),
    Filter(
        "years",
        marked("Years"),
        marked(" {names}"),
        "",
        known=lambda _: (),
        mask=_in_years,
        name=lambda _, value: _years_in_words(value),
        blank=marked("in any year"),
        pattern=r"[0-9]{4}(-[0-9]{4})?\??",
        form=marked("write a year or a range in order, as years=2018 or years=2018-2019"),
        single=True,
    ),
    Filter(
        "transport",
        marked("Transport"),
        marked(" by {names}"),
        marked(" by any transport"),
        known=lambda _: TRANSPORT_NAMES,
        mask=lambda travel, values: travel.trips["transport"].isin(values),
        name=lambda _, value: by_what(value),
        words=marked("by {names}"),
        blank=marked("by any transport"),
        count=_trips_by("transport"),
    ),
    Filter(
        "country",
        marked("Country visited"),
        marked(", visiting {names}"),
        "",
        known=_countries_visited,
        mask=_who_visited,
        name=lambda _, value: country_name(value),
        blank=marked("Country"),
        count=_by_country,
    ),
    Filter(
        "place",
        marked("Stopped at"),
        marked(", stopping at {names}"),
        "",
        known=lambda travel: travel.places.index[travel.places["stopped_at"]].sort_values(),
        mask=_who_stopped_at,
        name=_place_name,
    ),
    Filter(
        "met",
        marked("Person met"),
        marked(", meeting {names}"),
        "",
        known=lambda travel: travel.people.index,
        mask=_who_met,
        name=_counterpart_name,
        count=_by_person,
    ),
    Filter(
        "sources",
        marked("Sources"),
        marked(", reported by {names}"),
        "",
        known=lambda _: (),
        mask=_publishers,
        name=lambda _, value: _at_least(int(value)),
        pattern=r"[1-9][0-9]?",
        form=marked("write how many independent publishers must report a trip at least, as sources=2"),
        single=True,
        count=_by_publishers,
    ),
)
# How the data are looked at before any filter: these change what there is to be filtered.
TRANSFORMS = (
    Filter(
        "known",
        marked("As known on"),
        marked(", as known on {names}"),
        "",
        known=lambda _: (),
        mask=_everything,
        name=lambda _, value: say(value),
        pattern=DAY,
        form=marked("write a day that there is, as known=2023-09-12"),
        single=True,
        transform=lambda travel, days: as_known(travel, max(days)),
    ),
    Filter(
        "rule",
        marked("Counting rule"),
        marked(", {names}"),
        "",
        known=lambda _: RULE_BY_KEY,
        mask=_everything,
        name=lambda _, value: gettext(RULE_BY_KEY[value].phrase),
        together=True,
        transform=apply,
    ),
    Filter(
        "unit",
        marked("Counted in"),
        marked(", counted in {names}"),
        "",
        known=lambda _: UNIT_BY_KEY,
        mask=_everything,
        name=lambda _, value: gettext(UNIT_BY_KEY[value].many),
        single=True,
    ),
)
BY_KEY = {one.key: one for one in (*FILTERS, *TRANSFORMS)}
MENUS = tuple(one for one in FILTERS if one.count)
