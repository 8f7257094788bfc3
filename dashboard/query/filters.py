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

from dashboard.query.counting import RULE_BY_KEY, UNIT_BY_KEY, apply, as_counted, columns
from dashboard.query.known_on_day import as_known
from dashboard.tables.countries import country_name
from dashboard.tables.dates import is_day, maybe_in, say, surely_in
from dashboard.tables.metadata import choices
from dashboard.tables.transport import TRANSPORT_NAMES, UNKNOWN
from dashboard.travel.travel import Travel

# How many values a message lists, and how many get a hint.
MAX_NAMED = 12
MAX_HINTS = 3
# Behind years: the trips that may have left home in them, and not surely.
DOUBT = "?"
DAY = r"[1-9][0-9]{3}-[0-9]{2}-[0-9]{2}"


@dataclass(frozen=True)
class Filter:
    """One thing to filter by: its key in the address, its label, what it may be, which trips it keeps, its words.

    - `phrase` is its part of the sentence that `describe` makes, `anything` the part where nothing is chosen
    - `known(travel)` lists the values in the data, or is empty where a pattern decides; `name(travel, value)` says a
      value in English
    - `mask(travel, values)` says which trips have one of the values: a Series of bool over `travel.trips`
    - `count(travel, kept)` counts the trips under `kept` (a Series of bool) by value; with it the filter has a menu
    - `words` stand around what is chosen, where its menu is in the heading, and `blank`, or the label, where nothing is
    - `single`: a click replaces what was chosen; `together`: several values hold at once, where others mean either
    - `view(travel, values)`, for a way of looking, makes of all the data those that are looked at
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
    words: str = "{}"
    blank: str = ""
    count: Callable[[Travel, pd.Series], pd.Series] | None = None
    single: bool = False
    together: bool = False
    view: Callable[[Travel, tuple[str, ...]], Travel] | None = None

    def heading(self, travel: Travel, values: tuple[str, ...]) -> str:
        """The words behind which its menu stands: `by train or plane`, `by any transport`."""
        names = [self.name(travel, value) for value in values]
        return self.words.format(either(names)) if names else self.unchosen

    @property
    def unchosen(self) -> str:
        """The same where nothing is chosen."""
        return self.blank or self.label

    def in_words(self, travel: Travel, values: tuple[str, ...]) -> str:
        """Its part of the sentence that describes a selection."""
        names = [self.name(travel, value) for value in values]
        joined = either(names, "and" if self.together else "or") if names else ""
        return self.phrase.format(joined) if names else self.anything

    def refusals(self, travel: Travel, values: Iterable[str]) -> dict[str, str]:
        """Value -> why it cannot be chosen and what can be, for those that cannot."""
        if self.pattern:
            strange = [value for value in values if not (re.fullmatch(self.pattern, value) and _is_sound(value))]
            return {value: f"{self.key}={value}: {self.form}" for value in strange}
        known, packed = self.known(travel), choices(travel.about, self.key)
        strange = sorted(value for value in set(values).difference(packed) if value not in known)
        # Looking for near names is slow: a query full of strange ones is told so without a guess for each.
        return {
            value: f"{self.key}={value} is unknown: {_advice(value, list(known) if at < MAX_HINTS else [])}"
            for at, value in enumerate(strange)
        }


def _advice(value: str, known: list[str]) -> str:
    """What to write instead of an unknown value."""
    if 0 < len(known) <= MAX_NAMED:
        return f"write one of {', '.join(known)}"
    near = get_close_matches(value, known, n=3, cutoff=0.5)
    return f"did you mean {', '.join(near)}?" if near else "choose it on the page to see how it is written"


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
    named = " to ".join(dict.fromkeys(map(str, value.removesuffix(DOUBT).split("-"))))
    return f"perhaps in {named}" if value.endswith(DOUBT) else named


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


def _everything(travel: Travel, _: tuple[str, ...]) -> pd.Series:
    return pd.Series(True, travel.trips.index)


def having(travel: Travel, numbers: pd.Series) -> pd.Series:
    """Which trips are among these trip numbers: those of rows of stops, meetings or evidence."""
    return pd.Series(travel.trips.index.isin(numbers), travel.trips.index)


def of_trips(rows: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
    """Those rows of stops, meetings or evidence whose trips are under `kept`, a Series of bool over the trips."""
    return rows if kept.all() else rows[in_trips(rows, kept)]


def in_trips(rows: pd.DataFrame, kept: pd.Series) -> npt.NDArray[np.bool_]:
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
    return lambda travel, kept: as_counted(columns(travel, column)[kept])[column].value_counts()


def _by_country(travel: Travel, kept: pd.Series) -> pd.Series:
    """Counts trips by country visited, once for each."""
    stops = travel.stops
    return stops["country_iso3"][stops["counts_country"] & in_trips(stops, kept)].value_counts()


def _by_person(travel: Travel, kept: pd.Series) -> pd.Series:
    """Counts trips by counterpart, once for each."""
    meetings = travel.meetings
    return meetings["met"][meetings["counts_person"] & in_trips(meetings, kept)].value_counts()


def _by_publishers(travel: Travel, kept: pd.Series) -> pd.Series:
    """Counts trips that at least so many independent publishers report."""
    exactly = as_counted(columns(travel, "publishers")[kept])["publishers"].value_counts()
    # Every number up to the largest, so that the counts of two parts of the trips add up.
    every = exactly.reindex(range(int(exactly.index.max()), 0, -1) if len(exactly) else [], fill_value=0)
    return every.cumsum().rename_axis("publishers")


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
        "Leader",
        "{} travelled abroad",
        "All leaders travelled abroad",
        known=lambda travel: travel.leaders.index,
        mask=lambda travel, values: travel.trips["leader_id"].isin(values),
        name=lambda travel, value: str(travel.leaders.at[value, "name"]),
        blank="All leaders",
        count=_trips_by("leader_id"),
    ),
    Filter(
        "years",
        "Years",
        " {}",
        "",
        known=lambda _: (),
        mask=_in_years,
        name=lambda _, value: _years_in_words(value),
        blank="in any year",
        pattern=r"[0-9]{4}(-[0-9]{4})?\??",
        form="write a year or a range in order, as years=2018 or years=2018-2019",
        single=True,
    ),
    Filter(
        "transport",
        "Transport",
        " by {}",
        " by any transport",
        known=lambda _: TRANSPORT_NAMES,
        mask=lambda travel, values: travel.trips["transport"].isin(values),
        name=lambda _, value: "unknown transport" if value == UNKNOWN else value,
        words="by {}",
        blank="by any transport",
        count=_trips_by("transport"),
    ),
    Filter(
        "country",
        "Country visited",
        ", visiting {}",
        "",
        known=lambda travel: sorted(travel.places.loc[travel.places["visited"], "country_iso3"].unique()),
        mask=_who_visited,
        name=lambda _, value: country_name(value),
        blank="Country",
        count=_by_country,
    ),
    Filter(
        "place",
        "Stopped at",
        ", stopping at {}",
        "",
        known=lambda travel: travel.places.index[travel.places["stopped_at"]].sort_values(),
        mask=_who_stopped_at,
        name=_place_name,
    ),
    Filter(
        "met",
        "Person met",
        ", meeting {}",
        "",
        known=lambda travel: travel.people.index,
        mask=_who_met,
        name=_counterpart_name,
        count=_by_person,
    ),
    Filter(
        "sources",
        "Sources",
        ", reported by {}",
        "",
        known=lambda _: (),
        mask=_publishers,
        name=lambda _, value: f"at least {value} independent publisher{'' if value == '1' else 's'}",
        pattern=r"[1-9][0-9]?",
        form="write how many independent publishers must report a trip at least, as sources=2",
        single=True,
        count=_by_publishers,
    ),
)
# How the data are looked at before any filter: these change what there is to be filtered.
WAYS = (
    Filter(
        "known",
        "As known on",
        ", as known on {}",
        "",
        known=lambda _: (),
        mask=_everything,
        name=lambda _, value: say(value),
        pattern=DAY,
        form="write a day that there is, as known=2023-09-12",
        single=True,
        view=lambda travel, days: as_known(travel, max(days)),
    ),
    Filter(
        "rule",
        "Counting rule",
        ", {}",
        "",
        known=lambda _: RULE_BY_KEY,
        mask=_everything,
        name=lambda _, value: RULE_BY_KEY[value].phrase,
        together=True,
        view=apply,
    ),
    Filter(
        "unit",
        "Counted in",
        ", counted in {}",
        "",
        known=lambda _: UNIT_BY_KEY,
        mask=_everything,
        name=lambda _, value: UNIT_BY_KEY[value].many,
        single=True,
    ),
)
BY_KEY = {one.key: one for one in (*FILTERS, *WAYS)}
MENUS = tuple(one for one in FILTERS if one.count)


def either(names: list[str], word: str = "or") -> str:
    """`A`, `A or B`, `A, B or C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {word} {names[-1]}"
