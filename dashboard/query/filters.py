"""`FILTERS`: all that trips can be narrowed by, an entry each.

The heading, the chips, the address, the downloads and the tests loop over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

import numpy as np
import pandas as pd

from dashboard.tables.countries import country_name
from dashboard.tables.metadata import choices
from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.travel.codes import UNKNOWN_YEAR, WIDTH, Codes, Mask, Numbers, Order
from dashboard.travel.frames import Travel, Whole

MODES = pd.Index(TRANSPORT_NAMES)
# How many values a message lists, and how many get a hint.
MAX_NAMED = 12
MAX_HINTS = 3


@dataclass(frozen=True)
class Filter:
    """One thing to filter by: its key in the address, its label, what it may be, which trips it keeps, its words.

    - `phrase` is its part of the sentence that `describe` makes, `anything` the part where nothing is chosen
    - `known(travel)` lists the values in the data, or is empty where a pattern decides; `name(travel, value)` says a
      value in English; `find(travel, values)` gives their codes, and `having(codes, found)` one bool per trip
    - `shown` says where on the page its menu stands, with `words` around what is chosen and `blank` where nothing is
    - `counts` says which of `dashboard.query.tallies.COUNTS` a menu shows
    """

    key: str
    label: str
    phrase: str
    anything: str
    known: Callable[[Whole], Collection[str]]
    find: Callable[[Whole, tuple[str, ...]], Numbers]
    having: Callable[[Codes, Numbers], Mask]
    name: Callable[[Whole, str], str]
    pattern: str = ""
    form: str = ""
    shown: Literal["sentence", "chip", ""] = ""
    words: str = "{}"
    blank: str = ""
    counts: str = ""

    def kept(self, travel: Travel, values: tuple[str, ...]) -> Mask:
        """Which trips have one of the values: one bool per row of `travel.trips`."""
        return self.having(travel.codes, self.find(travel, values))

    def refusals(self, travel: Whole, values: Iterable[str]) -> dict[str, str]:
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


def _span_ends(_: Whole, values: tuple[str, ...]) -> Numbers:
    return np.array([year_range(value) for value in values], dtype=np.int64).reshape(-1, 2)


def _in_years(codes: Codes, ends: Numbers) -> Mask:
    kept = np.zeros(len(codes), dtype=bool)
    for first, last in ends.tolist():
        kept |= (codes.year >= first) & (codes.year <= last)
    return np.asarray(kept & (codes.year != UNKNOWN_YEAR))


def year_range(value: str) -> tuple[int, int]:
    """`2018-2019` -> (2018, 2019); `2018` -> (2018, 2018)."""
    first, _, last = value.partition("-")
    return int(first), int(last or first)


def _coded(things: Callable[[Order], pd.Index]) -> Callable[[Whole, tuple[str, ...]], Numbers]:
    """Values -> their codes; those that the data do not hold are left out."""

    def find(travel: Whole, values: tuple[str, ...]) -> Numbers:
        codes = things(travel.order).get_indexer(pd.Index(values, dtype="str"))
        return codes[codes >= 0]

    return find


def _stopped_at(codes: Codes, places: Numbers) -> Mask:
    return codes.visits.having(places, len(codes)) | codes.transits.having(places, len(codes))


def _visited(codes: Codes, countries: Numbers) -> Mask:
    by_any_transport = (countries[:, None] * WIDTH + np.arange(WIDTH)).ravel()
    return codes.countries.having(by_any_transport, len(codes))


def _counterpart_name(travel: Whole, value: str) -> str:
    listed = value in travel.people.index
    return str(travel.people.at[value, "counterpart"]) if listed else choices(travel.about, "met").get(value, value)


def _place_name(travel: Whole, value: str) -> str:
    return str(travel.places.at[value, "place"]) if value in travel.places.index else value


FILTERS = (
    Filter(
        "leader",
        "Leader",
        "{} travelled abroad",
        "All leaders travelled abroad",
        known=lambda travel: travel.leaders.index,
        find=_coded(lambda order: order.leaders),
        having=lambda codes, leaders: codes.leader.having(leaders, len(codes)),
        name=lambda travel, value: str(travel.leaders.at[value, "name"]),
        shown="sentence",
        blank="All leaders",
        counts="leaders",
    ),
    Filter(
        "years",
        "Years",
        " {}",
        "",
        known=lambda _: (),
        find=_span_ends,
        having=_in_years,
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
        known=lambda _: TRANSPORT_NAMES,
        find=_coded(lambda _: MODES),
        having=lambda codes, modes: codes.transport.having(modes, len(codes)),
        name=lambda _, value: value,
        shown="sentence",
        words="by {}",
        blank="by any transport",
        counts="transports",
    ),
    Filter(
        "country",
        "Country visited",
        ", visiting {}",
        "",
        known=lambda travel: travel.visited,
        find=_coded(lambda order: order.countries),
        having=_visited,
        name=lambda _, value: country_name(value),
        shown="chip",
        blank="Country",
        counts="countries",
    ),
    Filter(
        "place",
        "Stopped at",
        ", stopping at {}",
        "",
        known=lambda travel: travel.stopped_at,
        find=_coded(lambda order: order.places),
        having=_stopped_at,
        name=_place_name,
    ),
    Filter(
        "met",
        "Person met",
        ", meeting {}",
        "",
        known=lambda travel: travel.people.index,
        find=_coded(lambda order: order.people),
        having=lambda codes, people: codes.people.having(people, len(codes)),
        name=_counterpart_name,
        shown="chip",
        blank="Person met",
        counts="people",
    ),
)
BY_KEY = {one.key: one for one in FILTERS}
MENUS = tuple(one for one in FILTERS if one.counts)


def either(names: list[str]) -> str:
    """`A`, `A or B`, `A, B or C`."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
