"""The menus behind the words of the heading: what is chosen, what can be, and how many trips each choice would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice

from dash import html

from dashboard.controls import choice
from dashboard.figures import Box
from dashboard.filters import BY_KEY, Filter, either, year_range
from dashboard.layout import LONG_MENU
from dashboard.selection import Reading
from dashboard.store import Upload
from dashboard.summaries import Summary
from dashboard.travel import Whole


@dataclass(frozen=True)
class Shown:
    """What the views are made from.

    All the data, what was read from the address, its counts, the part of the map in view (None: all of it), and the
    upload whose trips these are (None: those shipped).
    """

    travel: Whole
    reading: Reading
    summary: Summary
    view: Box | None = None
    upload: Upload | None = None


def menu_words(one: Filter) -> Callable[[Shown], str]:
    """The words behind which the choices of one filter stand; a chip's own choices stand beside it."""

    def make(shown: Shown) -> str:
        names = [one.name(shown.travel, value) for value in shown.reading.selection.values(one.key)]
        return one.words.format(either(names)) if names and one.shown == "sentence" else one.blank

    return make


def years_words(shown: Shown) -> str:
    """The chosen years, or the years that the data span."""
    chosen = shown.reading.selection.values("years")
    if chosen:
        return " or ".join(BY_KEY["years"].name(shown.travel, value) for value in chosen)
    trips = shown.summary.years_all.sum(axis=1)
    years = trips.index[trips > 0]
    ends = dict.fromkeys([str(years.min()), str(years.max())]) if len(years) else {"in any year": None}
    return " to ".join(ends)


def year_end(which: int) -> Callable[[Shown], int | None]:
    """First (0) or last (1) year of the one range chosen, for the fields to type into; else None."""

    def make(shown: Shown) -> int | None:
        chosen = shown.reading.selection.values("years")
        return year_range(chosen[0])[which] if len(chosen) == 1 else None

    return make


def menu_options(key: str, find: str = "") -> Callable[[Shown], list[html.Button]]:
    """The values of one filter with the trips that each would give, most first; those whose name holds `find`."""

    def make(shown: Shown) -> list[html.Button]:
        counts = shown.summary.options[key]
        chosen = shown.reading.selection.values(key)
        names = BY_KEY[key].name
        values = map(str, counts.index)
        # Naming every leader of a large folder takes longer than counting their trips.
        found = (one for one in values if not find or find.lower() in names(shown.travel, one).lower())
        listed = dict.fromkeys([*islice(found, LONG_MENU), *chosen])
        buttons = [_option(shown, key, value, int(counts.get(value, 0)), value in chosen) for value in listed]
        lift = choice(f"Any {BY_KEY[key].label.lower()}", f"{key}=", className="option")
        return [lift, *buttons]

    return make


def is_short(key: str) -> Callable[[Shown], bool]:
    """Whether the data hold so few values for a filter that its menu needs no field to find one."""
    return lambda shown: sum(1 for _ in BY_KEY[key].known(shown.travel)) <= LONG_MENU


def _option(shown: Shown, key: str, value: str, trips: int, pressed: bool) -> html.Button:
    words = [html.Span(BY_KEY[key].name(shown.travel, value)), html.Span(f"{trips:,}", className="count")]
    return choice(words, f"{key}={value}", pressed=pressed, className="option")
