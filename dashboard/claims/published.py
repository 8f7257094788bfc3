"""Which published count of trips each setting of the counting rules reproduces, and which none does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard.claims.measures import MEASURE_BY_NAME, Statement, ask
from dashboard.claims.verdicts import statements
from dashboard.query.counting import RULES, apply
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
    counts = [(one, read(one.query, travel).selection) for one in statements(travel) if _is_count(one)]
    counts = [(one, chosen) for one, chosen in counts if set(dict(chosen.chosen)) <= OF_ALL]
    counted = {setting: apply(travel, setting) if setting else travel for setting in SETTINGS if counts}
    found: dict[str, list[str]] = {}
    for one, chosen in counts:
        query = write(chosen.choose("rule", ())).removeprefix("?")
        if query not in found:
            found[query] = [_count(data, replace(one, query=query)) for data in counted.values()]
        agrees = MEASURE_BY_NAME[one.measure].agrees
        fitting = [setting for setting, count in zip(counted, found[query], strict=True) if agrees(count, one.expected)]
        yield Published(one.publisher, one.as_of, one.expected, tuple(fitting))


def _is_count(one: Statement) -> bool:
    return one.file == f"{COUNTS.name}.csv" and (one.measure, one.of) == ("count", "trip")


def _count(travel: Travel, one: Statement) -> str:
    """The number of trips that a statement speaks of, as these data count them."""
    return MEASURE_BY_NAME[one.measure].value(ask(travel, one))
