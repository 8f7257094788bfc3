"""The reader's choices: one value, read from an address and written to it, that narrows `Travel` and says itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_
from urllib.parse import parse_qsl, quote

import numpy as np
import pandas as pd

from dashboard.language import gettext, number
from dashboard.query.filters import BY_KEY
from dashboard.query.old_ids import of_today
from dashboard.query.view_state import MARKETING, STATE_KEYS, WITH
from dashboard.travel.travel import Travel

# A query may hold so many choices; the page writes a handful.
MAX_CHOICES = 200
OPEN = "trip"
DATA = "data"


@dataclass(frozen=True)
class Selection:
    """What the reader chose.

    Values by filter key (no key: everything), the trip that stands open, if any, and the token of the upload whose
    trips these are, '' for those shipped; and by key of `VIEW_STATE` how the trips are looked at, where not as usual.
    """

    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    trip: str = ""
    data: str = ""
    view_states: tuple[tuple[str, str], ...] = ()

    def values(self, key: str) -> tuple[str, ...]:
        """The values chosen for one filter; empty means everything."""
        return dict(self.chosen).get(key, ())

    def view_state(self, key: str) -> str:
        """How the trips are looked at by one key of `VIEW_STATE`: what the address says, else its default."""
        return dict(self.view_states).get(key, STATE_KEYS[key].default)

    @property
    def filters(self) -> Selection:
        """Which trips, and nothing of how they are looked at: what a file is made of."""
        return Selection(self.chosen, data=self.data)

    def choose(self, key: str, values: Iterable[str]) -> Selection:
        """The selection with one filter set to `values`, or lifted where there are none; keys keep FILTERS' order."""
        if key == OPEN:
            return replace(self, trip=next(iter(values), ""))
        if key == DATA:
            return replace(self, data=next(iter(values), ""))
        if key in STATE_KEYS:
            view_states = dict(self.view_states) | {key: next(iter(values), "")}
            unusual = (
                (k, view_states.get(k, "")) for k, one in STATE_KEYS.items() if view_states.get(k, "") != one.default
            )
            return replace(self, view_states=tuple((k, value) for k, value in unusual if value))
        chosen = dict(self.chosen) | {key: tuple(dict.fromkeys(values))}
        return replace(self, chosen=tuple((k, chosen[k]) for k in BY_KEY if chosen.get(k)))

    def beside(self, key: str, values: Iterable[str]) -> Selection:
        """The selection with, to compare with, the same with one filter set otherwise."""
        other = Selection(self.chosen).choose(key, values)
        return self.choose(WITH, (write(other).removeprefix("?"),))

    def toggle(self, key: str, value: str) -> Selection:
        """The selection with one value added, or taken away where it was chosen; years and the open trip replace."""
        now = (self.trip,) if key == OPEN else self.values(key)
        if value in now:
            return self.choose(key, [one for one in now if one != value])
        return self.choose(key, (value,) if key == OPEN or BY_KEY[key].single else (*now, value))

    def act(self, text: str) -> Selection:
        """What a click says: `key=value` toggles the value, `key:=value` sets it, `key=` lifts the filter, `=` all.

        `=` before another says that nothing else is chosen: `=trip=KJU-10`.
        """
        key, _, value = text.partition("=")
        if not key:
            return Selection(data=self.data).act(value) if value else Selection(data=self.data)
        if key.endswith(":"):
            return self.choose(key[:-1], (value,))
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
        if MARKETING.fullmatch(key):
            continue
        values.setdefault(key, []).append(value)
    ignored = {"": _too_many(len(pairs))} if len(pairs) > MAX_CHOICES else {}
    selection = Selection()
    for key, written in values.items():
        given = of_today(travel, key, written)
        refused = _refused(travel, key, given)
        ignored |= {f"{key}={value}": why for value, why in refused.items()}
        selection = selection.choose(key, [value for value in given if value not in refused])
    return Reading(selection, tuple(ignored.values()))


def _too_many(choices: int) -> str:
    return gettext("only the first {most} of {all} choices are used", most=number(MAX_CHOICES), all=number(choices))


def _refused(travel: Travel, key: str, values: list[str]) -> dict[str, str]:
    """Value -> why it cannot be used, of the values that one key was given."""
    if key in BY_KEY:
        if BY_KEY[key].transform and not travel.in_memory:
            why = gettext("{key}: these trips lie on a cluster, where they can only be filtered", key=key)
            return dict.fromkeys(values, why)
        return BY_KEY[key].refusals(travel, values)
    if key == DATA:
        # Whether there is such an upload is for `datasets` to say.
        return dict.fromkeys(values[1:], gettext("{key}: only one upload can be shown", key=DATA))
    if key in STATE_KEYS:
        strange = {
            value: why for value in values if (why := STATE_KEYS[key].refusal(value) or _alone(travel, key, value))
        }
        more = [one for one in values if one not in strange][1:]
        return strange | dict.fromkeys(more, gettext("{key}: only one can be used", key=key))
    if key != OPEN:
        filters = ", ".join([*BY_KEY, OPEN])
        return dict.fromkeys(
            values, gettext("{key} is not a filter: the filters are {filters}", key=key, filters=filters)
        )
    return _not_opened(travel, values)


def _not_opened(travel: Travel, values: list[str]) -> dict[str, str]:
    """The same of the trips that are to stand open: there is one at most."""
    unknown = set(values) - travel.numbers_of(values).keys()
    others = [value for value in dict.fromkeys(values) if value not in unknown][1:]
    strange = {
        value: gettext("{choice} is unknown: write the trip_id of a row of the table", choice=f"{OPEN}={value}")
        for value in unknown
    }
    return strange | {
        value: gettext("{choice}: only one trip can stand open", choice=f"{OPEN}={value}") for value in others
    }


def _alone(travel: Travel, key: str, value: str) -> str:
    """Why the second selection cannot be used: what its own address says wrong, or that it is not filters alone."""
    if key != WITH:
        return ""
    # Not read any further: each may hold another.
    nested = WITH in dict(parse_qsl(value.removeprefix("?"), keep_blank_values=True))
    reading = Reading(Selection()) if nested else read(value, travel)
    if reading.ignored:
        return "; ".join(f"{WITH}: {why}" for why in reading.ignored)
    chosen = reading.selection.chosen
    return "" if chosen and reading.selection == Selection(chosen) else STATE_KEYS[WITH].said(value)


def second(selection: Selection, travel: Travel) -> Selection | None:
    """The selection to compare with, of the same trips; None where there is none."""
    text = selection.view_state(WITH)
    return replace(read(text, travel).selection.filters, data=selection.data) if text else None


def write(selection: Selection) -> str:
    """The query string of a selection, with `?`, or '' where nothing is chosen; `read` gives the selection back."""
    pairs = [(DATA, selection.data)] if selection.data else []
    pairs += [(key, value) for key, values in selection.chosen for value in values]
    pairs += [(OPEN, selection.trip)] if selection.trip else []
    pairs += selection.view_states
    return "?" + "&".join(f"{key}={quote(value, safe='')}" for key, value in pairs) if pairs else ""


def masks(travel: Travel, selection: Selection) -> dict[str, pd.Series]:
    """For each filter in use, which trips it keeps: a Series of bool over `travel.trips`."""
    return {key: BY_KEY[key].mask(travel, values) for key, values in selection.chosen}


def combine(travel: Travel, by_filter: dict[str, pd.Series], *, without: str = "") -> pd.Series:
    """Trips that all filters keep; `without` leaves one out, to count what its other values would give."""
    used = [mask.to_numpy(bool) for key, mask in by_filter.items() if key != without]
    return pd.Series(reduce(and_, used, np.ones(len(travel.trips), dtype=bool)), travel.trips.index)


def transformed(travel: Travel, selection: Selection) -> Travel:
    """All the data as they are looked at: as known on a day, by a counting rule. Looking twice changes nothing."""
    for key, values in selection.chosen:
        transform = BY_KEY[key].transform
        travel = transform(travel, values) if transform else travel
    return travel


def select(travel: Travel, selection: Selection) -> Travel:
    """The trips that all filters keep, with their stops, meetings and evidence; leaders, places and routes whole.

    Raises `TooManyError` where they lie elsewhere and are more than can be fetched.
    """
    return transformed(travel, selection).keep(lambda some: combine(some, masks(some, selection)))


def describe(travel: Travel, selection: Selection) -> str:
    """The selection as a sentence without full stop: `Kim Jong Un travelled abroad 2018 to 2019 by train`."""
    return "".join(one.in_words(travel, selection.values(one.key)) for one in BY_KEY.values())
