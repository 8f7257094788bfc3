"""All trips as the workers of a Dask cluster hold them: each counts its parts, and what they say adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import Any, TypeVar, cast

import numpy as np
from distributed import Client, Future, wait

from dashboard.cluster.stored import Stored, Tables, joined
from dashboard.travel.codes import Numbers, Order
from dashboard.travel.frames import Part, TooManyError, Travel, Whole

T = TypeVar("T")

# More trips than these are not fetched at once: a file of them, or the rows of that many pages, is asked for elsewhere.
MOST_FETCHED = 100_000
MOST_PAGES = 400
# Seconds after which a question that a worker has not answered is given up.
PATIENCE_S = 120
# Answers are added up on the cluster until so few are left.
FEW = 16


@dataclass(frozen=True)
class Lot:
    """The parts that one thread of a worker holds: their future, the worker, and the numbers of their trips."""

    parts: Future[Any]
    worker: str
    first: int
    end: int


@dataclass(frozen=True, kw_only=True)
class Spread(Whole):
    """All trips, their rows on the workers of a cluster; the small tables are here."""

    client: Client
    lots: tuple[Lot, ...]
    counted_in: Order
    most_fetched: int = MOST_FETCHED
    most_pages: int = MOST_PAGES

    @property
    def order(self) -> Order:
        """The order in which leaders, countries, places, people and years are counted."""
        return self.counted_in

    def answers(self, ask: Callable[[Part], T]) -> list[T]:
        """The answer of each part to a question, in the order of the trips."""
        return [answer for some in self._gather(self._submit(ask_each, ask, self.lots)) for answer in some]

    def total(self, ask: Callable[[Part], T]) -> T:
        """The sum of all answers, added up where they are given."""
        sums = self._submit(ask_all, ask, self.lots)
        while len(sums) > FEW:
            sums = [self.client.submit(add_up, sums[at : at + FEW], pure=False) for at in range(0, len(sums), FEW)]
        return cast("T", reduce(add, self._gather(sums)))

    def fetch(self, numbers: Iterable[int]) -> Travel:
        """The trips of these numbers, in ascending order, with all that belongs to them."""
        wanted = np.unique(np.fromiter(numbers, dtype=np.int64))
        if len(wanted) > self.most_fetched:
            raise TooManyError(
                f"These are {len(wanted):,} trips. They lie on a cluster, from which at most {self.most_fetched:,} are"
                " sent at once: narrow the filters, or read the Parquet files of the data folder themselves."
            )
        holders = [lot for lot in self.lots if ((wanted >= lot.first) & (wanted < lot.end)).any()] or self.lots[:1]
        found = self._gather(self._submit(fetch_tables, wanted, holders))
        rows = joined([one for some in found for one in some])
        pairs = self.routes["pair"].to_numpy()[rows.stops["route"].to_numpy()]
        return Travel(
            trips=rows.trips,
            stops=rows.stops.assign(pair=pairs),
            meetings=rows.meetings,
            evidence=rows.evidence,
            leaders=self.leaders,
            places=self.places,
            routes=self.routes,
            lines=self.lines,
            people=self.people,
            data_as_of=self.data_as_of,
            about=self.about,
        )

    def _submit(self, do: Callable[..., Any], what: Any, lots: Iterable[Lot]) -> list[Future[Any]]:
        return [self.client.submit(do, lot.parts, what, workers=[lot.worker], pure=False) for lot in lots]

    def _gather(self, futures: list[Future[Any]]) -> list[Any]:
        wait(futures, timeout=PATIENCE_S)
        return list(self.client.gather(futures))


def ask_each(parts: list[Stored], ask: Callable[[Part], T]) -> list[T]:
    """The answer of each part."""
    return [ask(part) for part in parts]


def ask_all(parts: list[Stored], ask: Callable[[Part], T]) -> T:
    """The sum of the answers of the parts."""
    return reduce(add, map(ask, parts))


def add_up(answers: list[T]) -> T:
    """The sum of some answers."""
    return reduce(add, answers)


def fetch_tables(parts: list[Stored], numbers: Numbers) -> list[Tables]:
    """The rows of the trips of these numbers, of each part that has some, and of one part where none has."""
    return [part.tables(numbers) for part in parts if _has(part, numbers)] or [parts[0].tables(numbers[:0])]


def _has(part: Stored, numbers: Numbers) -> bool:
    first = part.codes.first
    return bool(np.searchsorted(numbers, first) < np.searchsorted(numbers, first + len(part.codes)))
