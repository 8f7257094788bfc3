"""Which published count of trips each setting of the counting rules reproduces, and which none does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard.claims.measures import MEASURE_BY_NAME, Statement, UndecidedError, ask
from dashboard.claims.verdicts import statements
from dashboard.query.counting import RULES
from dashboard.query.selection import read, write
from dashboard.tables.schema import COUNTS
from dashboard.travel.travel import Travel

# The usual way of counting, then each rule by itself. Several at once come to other numbers too, which says little:
# eight, as the COLT data set counts, is what three of them together make by accident.
SETTINGS = ((), *((rule.key,) for rule in RULES))
# What a count of all trips may be narrowed by.
OF_ALL = {"leader", "years", "rule"}


@dataclass(frozen=True)
class Published:
    """One published count, and the settings that give it, as their rules; none: no rule by itself does."""

    publisher: str
    as_of: str
    count: str
    settings: tuple[tuple[str, ...], ...]


def reproduced(travel: Travel) -> Iterator[Published]:
    """For each published number of trips the settings that reproduce it, as of today."""
    for one in statements(travel):
        chosen = dict(read(one.query, travel).selection.chosen)
        if one.file == f"{COUNTS.name}.csv" and (one.measure, one.of) == ("count", "trip") and set(chosen) <= OF_ALL:
            fitting = tuple(setting for setting in SETTINGS if _gives(travel, one, setting))
            yield Published(one.publisher, one.as_of, one.expected, fitting)


def _gives(travel: Travel, one: Statement, setting: tuple[str, ...]) -> bool:
    chosen = read(one.query, travel).selection.choose("rule", setting)
    other = replace(one, query=write(chosen).removeprefix("?"))
    measure = MEASURE_BY_NAME[one.measure]
    try:
        return measure.agrees(measure.value(ask(travel, other)), one.expected)
    except UndecidedError:
        return False
