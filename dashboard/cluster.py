"""The same trips on a Dask cluster: each worker counts its parts, and what it says adds up to what one machine says.

Only imported where a cluster is wanted: Dask is an optional extra.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import reduce
from hashlib import sha256
from itertools import accumulate, pairwise
from operator import add
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar, cast

import numpy as np
import pandas as pd
from distributed import Client, Future, get_worker, wait

from dashboard.codes import Numbers, Order
from dashboard.places import read_places
from dashboard.reading import AS_OF, Fault, read_about, read_as_of
from dashboard.routes import find_routes
from dashboard.stored import LEG, SHARED, Shared, Stored, Survey, Tables, joined, part_names, read_part, settle, survey
from dashboard.travel import Part, TooManyError, Travel, Whole, order_of
from dashboard.trips import DataError, draw_lines, read_leaders

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


def connect(address: str = "") -> Client:
    """The cluster at an address, or one thread for each core in this process."""
    if address:
        return Client(address)
    return Client(processes=False, n_workers=1, threads_per_worker=os.cpu_count() or 1, dashboard_address="127.0.0.1:0")


def load(path: Path, client: Client) -> Spread:
    """Read, check and count a data folder on a cluster; every worker must see it under the same path.

    Raises `DataError` with every fault.
    """
    names, threads = part_names(path), _threads(client)
    ends = np.linspace(0, len(names), min(len(names), len(threads)) + 1).round().astype(int).tolist()
    runs = [(tuple(names[a:b]), threads[at]) for at, (a, b) in enumerate(pairwise(ends))]
    token = _token(path, runs)
    surveyed = [
        client.submit(survey_parts, path, run, key=f"survey-{token}-{at}", workers=[worker])
        for at, (run, worker) in enumerate(runs)
    ]
    found: list[list[Survey]] = client.gather([client.submit(surveys, one, pure=False) for one in surveyed])
    every = [one for some in found for one in some]
    _refuse(path, every)
    small, shared = _share(path, names[0], every)
    firsts = list(accumulate((len(one.trip_ids) for one in every), initial=0))
    lots, at, sent = [], 0, client.scatter(shared, broadcast=True, hash=True)
    for number, (future, (run, worker)) in enumerate(zip(surveyed, runs, strict=True)):
        own = firsts[at : at + len(run) + 1]
        key = f"parts-{token}-{number}"
        parts = client.submit(settle_parts, future, own[:-1], sent, key=key, workers=[worker])
        lots.append(Lot(parts, worker, own[0], own[-1]))
        at += len(run)
    wait([lot.parts for lot in lots])
    about, as_of = read_about(path / AS_OF), read_as_of(path / AS_OF)[0]
    return Spread(**small, about=about, data_as_of=as_of, client=client, lots=tuple(lots), counted_in=shared.order)


def _threads(client: Client) -> list[str]:
    """The address of a worker for each of its threads, in turns."""
    workers = client.scheduler_info(n_workers=-1)["workers"]
    turns = [(thread, address) for address, one in workers.items() for thread in range(one["nthreads"])]
    return [address for _, address in sorted(turns)]


def _token(path: Path, runs: list[tuple[tuple[str, ...], str]]) -> str:
    """The same for every process that serves the same files from the same workers: they share what is loaded."""
    files = sorted(file for file in path.rglob("*") if file.is_file())
    stamps = [(str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files]
    return sha256(repr((stamps, runs)).encode()).hexdigest()[:16]


def survey_parts(path: Path, run: tuple[str, ...]) -> list[tuple[Survey, Stored | None]]:
    """Survey some parts on a worker, their rows into a folder of its own that goes when the worker goes."""
    folder = Path(mkdtemp(prefix="rows-", dir=get_worker().local_directory))
    return [survey(path, name, folder / str(at)) for at, name in enumerate(run)]


def surveys(surveyed: list[tuple[Survey, Stored | None]]) -> list[Survey]:
    """What a worker has found, without what it stored."""
    return [found for found, _ in surveyed]


def settle_parts(surveyed: list[tuple[Survey, Stored | None]], firsts: list[int], shared: Shared) -> list[Stored]:
    """The parts of a worker among all others."""
    pairs = zip(surveyed, firsts, strict=True)
    return [settle(stored, found, first, shared) for (found, stored), first in pairs if stored is not None]


def _refuse(path: Path, found: list[Survey]) -> None:
    """Raise `DataError` with the faults of all parts; those of the tables that all share are named once."""
    said = dict.fromkeys(fault for one in found for fault in one.faults)
    faults = [Fault(*_placed(text)) for text in said]
    if not faults:
        ids = np.concatenate([one.trip_ids for one in found])
        twice = len(ids) - len(np.unique(ids))
        message = f"{twice:,} trips stand in two parts; give each trip an id of its own"
        faults = [Fault("trips.parquet", None, message)] if twice else []
    if faults:
        raise DataError(path, faults)


def _placed(text: str) -> tuple[str, None, str]:
    file, _, message = text.partition(": ")
    return file, None, message


def _share(path: Path, part: str, found: list[Survey]) -> tuple[dict[str, Any], Shared]:
    """The small tables, as one machine would have made them of all trips at once."""
    text = read_part(path, part, SHARED).frames
    places, leaders = read_places(text["places"]), read_leaders(text["leaders"])
    legs = pd.concat([one.legs.astype("str") for one in found]).drop_duplicates(ignore_index=True)
    kinds = {"mode": found[0].legs["mode"].dtype, "from_place_id": "category", "place_id": "category"}
    legs = legs.rename(columns={LEG[2]: "place_id"}).astype(kinds)
    routes, _ = find_routes(legs, places, text["routes"])
    people = pd.concat([one.people.set_axis(one.people.index.astype("str")) for one in found])
    people = people[~people.index.duplicated()].sort_index()
    small = {
        "leaders": leaders,
        "places": places,
        "routes": routes,
        "lines": draw_lines(routes, places),
        "people": people,
    }
    known = [one.years for one in found if one.years[0] <= one.years[1]] or [(9999, 0)]
    years = min(first for first, _ in known), max(last for _, last in known)
    return small, Shared(routes[[*LEG, "pair"]], order_of(small, years))
