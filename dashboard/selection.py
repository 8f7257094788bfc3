"""The reader's choices: one value, read from a query string and written to it, that narrows `Travel` and says itself.

`FILTERS` holds what can be chosen. The heading, the chips, the address, the downloads and the tests all loop over it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from urllib.parse import parse_qsl, quote

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.places import country_name
from dashboard.schema import TRANSPORTS
from dashboard.trips import UNKNOWN_YEAR, Travel

Mask = npt.NDArray[np.bool_]
# How many values a message lists, how many get a hint, how many choices a query may hold.
MAX_NAMED = 12
MAX_HINTS = 3
MAX_CHOICES = 200


@dataclass(frozen=True)
class Filter:
    """One thing to filter by: its key in the address, its label, what it may be, which trips it keeps, its words.

    `kept(travel, values)` gives one bool per row of `travel.trips`; `known(travel)` lists the values in the data, or
    is empty where a pattern decides; `name(travel, value)` says a value in English. `phrase` is its part of the
    sentence that `describe` makes, `anything` the part where nothing is chosen.
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

    def refusals(self, travel: Travel, values: Iterable[str]) -> dict[str, str]:
        """Value -> why it cannot be chosen and what can be, for those that cannot."""
        if self.pattern:
            strange = [value for value in values if not (re.fullmatch(self.pattern, value) and _ascending(value))]
            return {value: f"{self.key}={value}: {self.form}" for value in strange}
        known = list(self.known(travel))
        strange = sorted(set(values) - set(known))
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
    numbers = travel.trips.index.to_numpy()
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
    return str(travel.people.at[value, "counterpart"]) if value in travel.people.index else value


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
    ),
    Filter(
        "years",
        "Years",
        " {}",
        "",
        known=lambda _: (),
        kept=_in_years,
        name=lambda _, value: value.replace("-", " to "),
        pattern=r"[1-9][0-9]{3}(-[1-9][0-9]{3})?",
        form="write a year or a range in order, as years=2018 or years=2018-2019",
    ),
    Filter(
        "transport",
        "Transport",
        " by {}",
        " by any transport",
        known=lambda _: TRANSPORTS,
        kept=lambda travel, values: travel.trips["transport"].isin(values).to_numpy(),
        name=lambda _, value: value,
    ),
    Filter(
        "country",
        "Country visited",
        ", visiting {}",
        "",
        known=lambda travel: sorted(_visits(travel)["country_iso3"].unique()),
        kept=_visited_country,
        name=lambda _, value: country_name(value),
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
    ),
)
BY_KEY = {one.key: one for one in FILTERS}
OPEN = "trip"


@dataclass(frozen=True)
class Selection:
    """What the reader chose: values by filter key (no key: everything), and the trip that stands open, if any."""

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    trip: str = ""

    def values(self, key: str) -> tuple[str, ...]:
        """The values chosen for one filter; empty means everything."""
        return dict(self.chosen).get(key, ())

    def choose(self, key: str, values: Iterable[str]) -> Selection:
        """The selection with one filter set to `values`, or lifted where there are none; keys keep FILTERS' order."""
        if key == OPEN:
            return replace(self, trip=next(iter(values), ""))
        chosen = dict(self.chosen) | {key: tuple(dict.fromkeys(values))}
        return replace(self, chosen=tuple((k, chosen[k]) for k in BY_KEY if chosen.get(k)))

    def toggle(self, key: str, value: str) -> Selection:
        """The selection with one value added, or taken away where it was chosen; years and the open trip replace."""
        now = (self.trip,) if key == OPEN else self.values(key)
        if value in now:
            return self.choose(key, [one for one in now if one != value])
        return self.choose(key, (value,) if key in (OPEN, "years") else (*now, value))

    def act(self, text: str) -> Selection:
        """What a click says: `key=value` toggles the value, `key=` lifts the filter, `=` lifts all of them."""
        key, _, value = text.partition("=")
        if not key:
            return Selection()
        return self.toggle(key, value) if value else self.choose(key, ())


@dataclass(frozen=True)
class Reading:
    """A query string as read: the selection, and what was ignored, each with what can be written instead."""

    selection: Selection
    ignored: tuple[str, ...] = field(default=())


def read(query: str, travel: Travel) -> Reading:
    """Read a query string, with or without `?`. Nothing raises: what cannot be used is named in `ignored`."""
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    values: dict[str, list[str]] = {}
    for key, value in pairs[:MAX_CHOICES]:
        values.setdefault(key, []).append(value)
    ignored = (
        {} if len(pairs) <= MAX_CHOICES else {"": f"only the first {MAX_CHOICES} of {len(pairs):,} choices are used"}
    )
    selection = Selection()
    for key, given in values.items():
        refused = _refused(travel, key, given)
        ignored |= {f"{key}={value}": why for value, why in refused.items()}
        selection = selection.choose(key, [value for value in given if value not in refused])
    return Reading(selection, tuple(ignored.values()))


def _refused(travel: Travel, key: str, values: list[str]) -> dict[str, str]:
    """Value -> why it cannot be used, of the values that one key was given."""
    if key in BY_KEY:
        return BY_KEY[key].refusals(travel, values)
    if key != OPEN:
        return dict.fromkeys(values, f"{key} is not a filter: the filters are {', '.join([*BY_KEY, OPEN])}")
    unknown = set(values) - set(travel.trips["trip_id"][travel.trips["trip_id"].isin(values)])
    refused = {value: f"{OPEN}={value} is unknown: write the trip_id of a row of the table" for value in unknown}
    others = [value for value in dict.fromkeys(values) if value not in unknown][1:]
    return refused | {value: f"{OPEN}={value}: only one trip can stand open" for value in others}


def write(selection: Selection) -> str:
    """The query string of a selection, with `?`, or '' where nothing is chosen; `read` gives the selection back."""
    pairs = [(key, value) for key, values in selection.chosen for value in values]
    pairs += [(OPEN, selection.trip)] if selection.trip else []
    return "?" + "&".join(f"{key}={quote(value, safe='')}" for key, value in pairs) if pairs else ""


def masks(travel: Travel, selection: Selection) -> dict[str, Mask]:
    """For each filter in use, which trips it keeps: one bool per row of `travel.trips`."""
    return {key: BY_KEY[key].kept(travel, values) for key, values in selection.chosen}


def combine(kept: dict[str, Mask], size: int, *, without: str = "") -> Mask:
    """Trips that all filters keep; `without` leaves one out, to count what its other values would give."""
    used = [mask for key, mask in kept.items() if key != without]
    return np.logical_and.reduce(used) if used else np.ones(size, dtype=bool)


def select(travel: Travel, selection: Selection) -> Travel:
    """The trips that all filters keep, with their stops, meetings and evidence; leaders, places and routes whole."""
    if not selection.chosen:
        return travel
    return narrow(travel, combine(masks(travel, selection), len(travel.trips)))


def narrow(travel: Travel, kept: Mask) -> Travel:
    """`travel` with only the trips under `kept`, one bool per row of `travel.trips`."""
    numbers = travel.trips.index.to_numpy()
    lookup = np.zeros(int(numbers.max(initial=-1)) + 1, dtype=bool)
    lookup[numbers[kept]] = True

    def of_kept(frame: pd.DataFrame) -> pd.DataFrame:
        return frame.take(np.flatnonzero(lookup[frame["trip"].to_numpy()]))

    return replace(
        travel,
        trips=travel.trips.take(np.flatnonzero(kept)),
        stops=of_kept(travel.stops),
        meetings=of_kept(travel.meetings),
        evidence=of_kept(travel.evidence),
    )


def describe(travel: Travel, selection: Selection) -> str:
    """The selection as a sentence without full stop: `Kim Jong Un travelled abroad 2018 to 2019 by train`."""
    parts = []
    for one in FILTERS:
        names = [one.name(travel, value) for value in selection.values(one.key)]
        parts.append(one.phrase.format(_either(names)) if names else one.anything)
    return "".join(parts)


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
