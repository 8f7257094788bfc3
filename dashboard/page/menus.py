"""The menus behind the words of the heading: what is chosen, what can be, and how many trips each choice would give."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice

from markupsafe import Markup

from dashboard.datasets.store import Upload
from dashboard.page.markup import part
from dashboard.page.requests import Ask
from dashboard.query.filters import BY_KEY, Filter, either, year_range
from dashboard.query.selection import Reading
from dashboard.query.summaries import Summary
from dashboard.travel.travel import Travel
from dashboard.words.cards import Cards

# A menu longer than this gets a field to type a name into; the list then holds the most travelled only.
LONG_MENU = 40


@dataclass(frozen=True)
class Shown:
    """What the views are made from.

    All the data, what was read from the address, its counts, the cards of its trips, the upload whose trips these are
    (None: those shipped), and what else the browser asked.
    """

    travel: Travel
    reading: Reading
    summary: Summary
    cards: Cards
    upload: Upload | None = None
    ask: Ask = field(default_factory=Ask)


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


def menu_options(shown: Shown) -> Markup:
    """The values of the open menu with the trips that each would give, most first; those whose name holds `find`."""
    one, find = BY_KEY[shown.ask.menu.key], shown.ask.menu.find.lower()
    counts, chosen = shown.summary.options[one.key], shown.reading.selection.values(one.key)
    values = map(str, counts.index)
    # Naming every leader of a large folder takes longer than counting their trips.
    found = (value for value in values if not find or find in one.name(shown.travel, value).lower())
    listed = dict.fromkeys([*islice(found, LONG_MENU), *chosen])
    rows = [
        (value, one.name(shown.travel, value), f"{int(counts.get(value, 0)):,}", value in chosen) for value in listed
    ]
    return part("parts", "options", one.key, one.label.lower(), rows)


def is_short(key: str) -> Callable[[Shown], bool]:
    """Whether the data hold so few values for a filter that its menu needs no field to find one."""
    return lambda shown: len(list(islice(BY_KEY[key].known(shown.travel), LONG_MENU + 1))) <= LONG_MENU
