"""`FILTERS`: all that trips can be narrowed by, an entry each.

The heading, the chips, the address, the downloads and the tests loop over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

import pandas as pd

from dashboard.tables.countries import country_name
from dashboard.tables.metadata import choices
from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.travel.travel import UNKNOWN_YEAR, Travel

# How many values a message lists, and how many get a hint.
MAX_NAMED = 12
MAX_HINTS = 3


@dataclass(frozen=True)
class Filter:
    """One thing to filter by: its key in the address, its label, what it may be, which trips it keeps, its words.

    - `phrase` is its part of the sentence that `describe` makes, `anything` the part where nothing is chosen
    - `known(travel)` lists the values in the data, or is empty where a pattern decides; `name(travel, value)` says a
      value in English
    - `mask(travel, values)` says which trips have one of the values: a Series of bool over `travel.trips`
    - `shown` says where on the page its menu stands, with `words` around what is chosen and `blank` where nothing is
    - `count(travel, kept)`, for a menu, counts the trips under `kept` (a Series of bool) by value
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
    shown: Literal["sentence", "chip", ""] = ""
    words: str = "{}"
    blank: str = ""
    count: Callable[[Travel, pd.Series], pd.Series] | None = None

    def refusals(self, travel: Travel, values: Iterable[str]) -> dict[str, str]:
        """Value -> why it cannot be chosen and what can be, for those that cannot."""
        if self.pattern:
            strange = [value for value in values if not (re.fullmatch(self.pattern, value) and _ascending(value))]
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


def _ascending(value: str) -> bool:
    first, _, last = value.partition("-")
    return not last or int(first) <= int(last)


def year_range(value: str) -> tuple[int, int]:
    """`2018-2019` -> (2018, 2019); `2018` -> (2018, 2018)."""
    first, _, last = value.partition("-")
    return int(first), int(last or first)


def _in_years(travel: Travel, values: tuple[str, ...]) -> pd.Series:
    year = travel.trips["year"]
    kept = pd.Series(False, year.index)
    for value in values:
        kept |= year.between(*year_range(value))
    return kept & (year != UNKNOWN_YEAR)


def having(travel: Travel, numbers: pd.Series) -> pd.Series:
    """Which trips are among these trip numbers: those of rows of stops, meetings or evidence."""
    return pd.Series(travel.trips.index.isin(numbers), travel.trips.index)


def of_trips(rows: pd.DataFrame, kept: pd.Series) -> pd.DataFrame:
    """Those rows of stops, meetings or evidence whose trips are under `kept`, a Series of bool over the trips."""
    return rows if kept.all() else rows[of_each(kept, rows["trip"]).to_numpy()]


def of_each(values: pd.Series, numbers: pd.Series) -> pd.Series:
    """What a Series over the trips has for each of these trip numbers."""
    if isinstance(values.index, pd.RangeIndex):
        # Numbers that follow each other are positions: a sixth of the time at a million trips.
        return values.take(numbers.to_numpy() - values.index.start)
    return values.loc[numbers]


def _visited(travel: Travel) -> pd.DataFrame:
    """The stops that count their trip for a country, once for each."""
    return travel.stops.loc[travel.stops["counts_country"], ["trip", "country_iso3"]]


def _met(travel: Travel) -> pd.DataFrame:
    """The meetings that count their trip for a counterpart, once for each."""
    return travel.meetings.loc[travel.meetings["counts_person"], ["trip", "met"]]


def _who_visited(travel: Travel, values: tuple[str, ...]) -> pd.Series:
    rows = _visited(travel)
    return having(travel, rows.loc[rows["country_iso3"].isin(values), "trip"])


def _who_stopped_at(travel: Travel, values: tuple[str, ...]) -> pd.Series:
    stops = travel.stops
    return having(travel, stops.loc[stops["place_id"].isin(values) & (stops["kind"] != "home"), "trip"])


def _who_met(travel: Travel, values: tuple[str, ...]) -> pd.Series:
    rows = _met(travel)
    return having(travel, rows.loc[rows["met"].isin(values), "trip"])


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
        shown="sentence",
        blank="All leaders",
        count=lambda travel, kept: travel.trips["leader_id"][kept].value_counts(),
    ),
    Filter(
        "years",
        "Years",
        " {}",
        "",
        known=lambda _: (),
        mask=_in_years,
        name=lambda _, value: " to ".join(dict.fromkeys(value.split("-"))),
        pattern=r"[0-9]{4}(-[0-9]{4})?",
        form="write a year or a range in order, as years=2018 or years=2018-2019",
        shown="sentence",
    ),
    Filter(
        "transport",
        "Transport",
        " by {}",
        " by any transport",
        known=lambda _: TRANSPORT_NAMES,
        mask=lambda travel, values: travel.trips["transport"].isin(values),
        name=lambda _, value: value,
        shown="sentence",
        words="by {}",
        blank="by any transport",
        count=lambda travel, kept: travel.trips["transport"][kept].value_counts(),
    ),
    Filter(
        "country",
        "Country visited",
        ", visiting {}",
        "",
        known=lambda travel: sorted(travel.places.loc[travel.places["visited"], "country_iso3"].unique()),
        mask=_who_visited,
        name=lambda _, value: country_name(value),
        shown="chip",
        blank="Country",
        count=lambda travel, kept: of_trips(_visited(travel), kept)["country_iso3"].value_counts(),
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
        shown="chip",
        blank="Person met",
        count=lambda travel, kept: of_trips(_met(travel), kept)["met"].value_counts(),
    ),
)
BY_KEY = {one.key: one for one in FILTERS}
MENUS = tuple(one for one in FILTERS if one.count)


def either(names: list[str]) -> str:
    """`A`, `A or B`, `A, B or C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
