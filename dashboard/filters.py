"""`FILTERS`: all that trips can be narrowed by, an entry each.

The heading, the chips, the address, the downloads and the tests loop over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.about import choices
from dashboard.places import country_name
from dashboard.schema import TRANSPORTS
from dashboard.trips import UNKNOWN_YEAR, Travel

Mask = npt.NDArray[np.bool_]
# How many values a message lists, and how many get a hint.
MAX_NAMED = 12
MAX_HINTS = 3


@dataclass(frozen=True)
class Filter:
    """One thing to filter by: its key in the address, its label, what it may be, which trips it keeps, its words.

    - `phrase` is its part of the sentence that `describe` makes, `anything` the part where nothing is chosen
    - `kept(travel, values)` gives one bool per row of `travel.trips`; `known(travel)` lists the values in the data, or
      is empty where a pattern decides; `name(travel, value)` says a value in English
    - `shown` says where on the page its menu stands, with `words` around what is chosen and `blank` where nothing is
    - `counts` says what the menu counts: the table and the category that hold the values, and the column that is True
      where a row counts a trip
    """

    key: str
    label: str
    phrase: str
    anything: str
    known: Callable[[Travel], Iterable[str]]
    kept: Callable[[Travel, tuple[str, ...]], Mask]
    name: Callable[[Travel, str], str]
    pattern: str = ""
    form: str = ""
    shown: Literal["sentence", "chip", ""] = ""
    words: str = "{}"
    blank: str = ""
    counts: tuple[str, str, str] | None = None

    def refusals(self, travel: Travel, values: Iterable[str]) -> dict[str, str]:
        """Value -> why it cannot be chosen and what can be, for those that cannot."""
        if self.pattern:
            strange = [value for value in values if not (re.fullmatch(self.pattern, value) and _ascending(value))]
            return {value: f"{self.key}={value}: {self.form}" for value in strange}
        known = list(self.known(travel))
        strange = sorted(set(values) - set(known) - set(choices(travel.about, self.key)))
        # Looking for near names is slow: a query full of strange ones is told so without a guess for each.
        return {
            value: f"{self.key}={value} is unknown: {_advice(value, known if at < MAX_HINTS else [])}"
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


def _in_years(travel: Travel, values: tuple[str, ...]) -> Mask:
    year = travel.trips["year"].to_numpy()
    kept = np.zeros(len(year), dtype=bool)
    for first, last in map(year_range, values):
        kept |= (year >= first) & (year <= last) & (year != UNKNOWN_YEAR)
    return kept


def year_range(value: str) -> tuple[int, int]:
    """`2018-2019` -> (2018, 2019); `2018` -> (2018, 2018)."""
    first, _, last = value.partition("-")
    return int(first), int(last or first)


def _of_rows(travel: Travel, rows: pd.Series) -> Mask:
    """Trips that `rows`, the trip numbers of another table's rows, speak of."""
    numbers: npt.NDArray[np.int64] = travel.trips.index.to_numpy()
    hit = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=bool)
    hit[rows.to_numpy()] = True
    return hit[numbers]


def _visits(travel: Travel) -> pd.DataFrame:
    return travel.stops[(travel.stops["kind"] == "visit").to_numpy()]


def _stopped(travel: Travel) -> pd.DataFrame:
    return travel.stops[(travel.stops["kind"] != "home").to_numpy()]


def _visited_country(travel: Travel, values: tuple[str, ...]) -> Mask:
    visits = _visits(travel)
    return _of_rows(travel, visits.loc[visits["country_iso3"].isin(values).to_numpy(), "trip"])


def _stopped_at(travel: Travel, values: tuple[str, ...]) -> Mask:
    stops = _stopped(travel)
    return _of_rows(travel, stops.loc[stops["place_id"].isin(values).to_numpy(), "trip"])


def _met(travel: Travel, values: tuple[str, ...]) -> Mask:
    return _of_rows(travel, travel.meetings.loc[travel.meetings["met"].isin(values).to_numpy(), "trip"])


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
        kept=lambda travel, values: travel.trips["leader_id"].isin(values).to_numpy(),
        name=lambda travel, value: str(travel.leaders.at[value, "name"]),
        shown="sentence",
        blank="All leaders",
        counts=("trips", "leader_id", ""),
    ),
    Filter(
        "years",
        "Years",
        " {}",
        "",
        known=lambda _: (),
        kept=_in_years,
        name=lambda _, value: " to ".join(dict.fromkeys(value.split("-"))),
        pattern=r"[1-9][0-9]{3}(-[1-9][0-9]{3})?",
        form="write a year or a range in order, as years=2018 or years=2018-2019",
        shown="sentence",
    ),
    Filter(
        "transport",
        "Transport",
        " by {}",
        " by any transport",
        known=lambda _: TRANSPORTS,
        kept=lambda travel, values: travel.trips["transport"].isin(values).to_numpy(),
        name=lambda _, value: value,
        shown="sentence",
        words="by {}",
        blank="by any transport",
        counts=("trips", "transport", ""),
    ),
    Filter(
        "country",
        "Country visited",
        ", visiting {}",
        "",
        known=lambda travel: sorted(_visits(travel)["country_iso3"].unique()),
        kept=_visited_country,
        name=lambda _, value: country_name(value),
        shown="chip",
        blank="Country",
        counts=("stops", "country_iso3", "counts_country"),
    ),
    Filter(
        "place",
        "Stopped at",
        ", stopping at {}",
        "",
        known=lambda travel: sorted(_stopped(travel)["place_id"].unique()),
        kept=_stopped_at,
        name=_place_name,
    ),
    Filter(
        "met",
        "Person met",
        ", meeting {}",
        "",
        known=lambda travel: travel.people.index,
        kept=_met,
        name=_counterpart_name,
        shown="chip",
        blank="Person met",
        counts=("meetings", "met", "counts_person"),
    ),
)
BY_KEY = {one.key: one for one in FILTERS}
MENUS = tuple(one for one in FILTERS if one.counts)


def either(names: list[str]) -> str:
    """`A`, `A or B`, `A, B or C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
