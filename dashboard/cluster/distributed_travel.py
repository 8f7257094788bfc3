"""`DistributedTravel`: trips whose rows lie on the workers of a Dask cluster; every question is asked of each part."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import reduce
from hashlib import sha256
from itertools import accumulate
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, TypeVar

import numpy as np
import pandas as pd
from distributed import Client, Future, get_worker, wait
from pandas.api.types import union_categoricals

from dashboard.cluster.parts import FRAMES, load_part
from dashboard.tables.parquet import count_rows
from dashboard.tables.parts import part_names
from dashboard.tables.reading import AS_OF, Fault, read_about, read_as_of
from dashboard.travel.build import DataError
from dashboard.travel.numbering import KEYS, number_trips
from dashboard.travel.travel import TooManyError, Travel

T = TypeVar("T")
Rows = dict[str, pd.DataFrame]
# A part on a worker, and that worker's address.
Part = tuple[Future[Any], str]

# More trips than these are not fetched at once: a file of them, or the rows of that many pages, is asked for elsewhere.
MOST_FETCHED = 100_000
MOST_PAGES = 400
# Seconds after which a question that a worker has not answered is given up.
PATIENCE_S = 120
SMALL = ("leaders", "places", "routes", "lines", "people", "inbound", "reported", "terms", "place_names")


@dataclass(frozen=True, kw_only=True)
class DistributedTravel(Travel):
    """All trips, their rows in parts (a `Travel` each) on workers; here are the small tables, and no rows."""

    client: Client
    parts: tuple[Part, ...]
    most_fetched: int = MOST_FETCHED
    most_pages: int = MOST_PAGES

    @property
    def in_memory(self) -> bool:
        """The rows are not here."""
        return False

    def ask(self, question: Callable[[Travel], T]) -> list[T]:
        """The answer of each part of the trips to a question, in their order."""
        answers = [self.client.submit(_answer, one, question, workers=[at], pure=False) for one, at in self.parts]
        wait(answers, timeout=PATIENCE_S)
        return list(self.client.gather(answers))

    def keep(self, rule: Callable[[Travel], pd.Series]) -> Travel:
        """The trips for which `rule` gives True, fetched into memory. Raises `TooManyError`."""
        trips = sum(self.ask(lambda some: int(rule(some).sum())))
        if trips > self.most_fetched:
            raise TooManyError(
                f"These are {trips:,} trips. They lie on a cluster, from which at most {self.most_fetched:,} are"
                " sent at once: narrow the filters, or read the Parquet files of the data folder themselves."
            )
        rows = self.ask(lambda some: _rows(some.keep(rule)))
        frames: dict[str, Any] = {name: _joined([one[name] for one in rows]) for name in FRAMES}
        frames |= {name: getattr(self, name) for name in SMALL}
        return Travel(**frames, data_as_of=self.data_as_of, about=self.about)


def _answer(part: tuple[list[Fault], Travel], question: Callable[[Travel], T]) -> T:
    return question(part[1])


def _rows(travel: Travel) -> Rows:
    """The rows of some trips, without the names of those that are not among them."""
    frames = {name: getattr(travel, name) for name in FRAMES}
    return {name: frame.assign(**_used(frame)) for name, frame in frames.items()}


def _used(frame: pd.DataFrame) -> dict[str, pd.Series]:
    return {str(name): frame[name].cat.remove_unused_categories() for name in frame.select_dtypes("category")}


def _joined(frames: list[pd.DataFrame]) -> pd.DataFrame:
    """Rows of several parts, one after the other; their categories are those of all of them."""
    # A part without rows has no categories to join.
    frames = [frame for frame in frames if len(frame)] or frames[:1]
    texts = frames[0].select_dtypes("category").columns
    whole = pd.concat([frame.drop(columns=texts) for frame in frames])
    categories = {name: union_categoricals([frame[name] for frame in frames], sort_categories=True) for name in texts}
    return whole.assign(**categories)[frames[0].columns]


def connect(address: str = "") -> Client:
    """The cluster at an address, or one thread for each core in this process."""
    if address:
        return Client(address)
    return Client(processes=False, n_workers=1, threads_per_worker=os.cpu_count() or 1, dashboard_address="127.0.0.1:0")


def load(path: Path, client: Client) -> DistributedTravel:
    """Read, check and join a data folder on a cluster; every worker must see it under the same path.

    Raises `DataError` with every fault.
    """
    names, workers = part_names(path), sorted(client.scheduler_info(n_workers=-1)["workers"])
    sizes = [sum(count_rows(file) for file in (path / "trips.parquet" / name).glob("*.parquet")) for name in names]
    token = _token(path, workers)
    parts: list[Part] = []
    for at, (name, first) in enumerate(zip(names, accumulate(sizes, initial=0), strict=False)):
        worker, key = workers[at % len(workers)], f"part-{token}-{at}"
        parts.append((client.submit(_load_part, path, name, first, key=key, workers=[worker]), worker))
    found = client.gather([client.submit(_faults, part, workers=[worker], pure=False) for part, worker in parts])
    faults = list(dict.fromkeys(fault for some in found for fault in some))
    if faults:
        raise DataError(path, faults)
    parts = _numbered(client, parts, token)
    small = client.gather([client.submit(_small_tables, part, workers=[at], pure=False) for part, at in parts])
    _refuse_twins(path, [ids for _, ids in small])
    empty = client.submit(_no_rows, parts[0][0], workers=[parts[0][1]], pure=False).result()
    frames: dict[str, Any] = empty | _shared([tables for tables, _ in small])
    return DistributedTravel(
        **frames,
        data_as_of=read_as_of(path / AS_OF)[0],
        about=read_about(path / AS_OF),
        client=client,
        parts=tuple(parts),
    )


def _numbered(client: Client, parts: list[Part], token: str) -> list[Part]:
    """The parts, their trips numbered among all of their leader's, which lie in several parts."""
    keys = client.gather([client.submit(_keys, part, workers=[at], pure=False) for part, at in parts])
    numbers = number_trips(_joined(keys))
    made = []
    for place, ((part, at), own) in enumerate(zip(parts, keys, strict=True)):
        fresh = client.submit(
            _with_numbers, part, numbers.loc[own.index], key=f"numbered-{token}-{place}", workers=[at]
        )
        made.append((fresh, at))
    return made


def _keys(part: tuple[list[Fault], Travel]) -> pd.DataFrame:
    return part[1].trips[KEYS]


def _with_numbers(part: tuple[list[Fault], Travel], numbers: pd.Series) -> tuple[list[Fault], Travel]:
    faults, travel = part
    return faults, replace(travel, trips=travel.trips.assign(**{name: numbers[name] for name in numbers}))


def _token(path: Path, workers: list[str]) -> str:
    """The same for every process that serves the same files from the same workers: they share what is loaded."""
    files = sorted(file for file in path.rglob("*") if file.is_file())
    stamps = [(str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in files]
    return sha256(repr((stamps, workers)).encode()).hexdigest()[:16]


def _load_part(path: Path, name: str, first: int) -> tuple[list[Fault], Travel | None]:
    """Load a part on a worker, into a folder of its own that goes when the worker goes."""
    return load_part(path, name, first, Path(mkdtemp(prefix="rows-", dir=get_worker().local_directory)))


def _faults(part: tuple[list[Fault], Travel | None]) -> list[Fault]:
    return part[0]


def _small_tables(part: tuple[list[Fault], Travel]) -> tuple[Rows, Any]:
    """The small tables of a part, and hashes of its trips' ids."""
    travel = part[1]
    ids = pd.util.hash_array(travel.trips["trip_id"].to_numpy(object), categorize=False)
    return {name: getattr(travel, name) for name in SMALL}, ids


def _no_rows(part: tuple[list[Fault], Travel]) -> Rows:
    return {name: getattr(part[1], name).head(0) for name in FRAMES}


def _refuse_twins(path: Path, ids: list[Any]) -> None:
    """Raise `DataError` where a trip stands in two parts."""
    every = np.concatenate(ids)
    if twice := len(every) - len(np.unique(every)):
        message = f"{twice:,} trips stand in two parts; give each trip an id of its own"
        raise DataError(path, [Fault("trips.parquet", None, message)])


def _shared(parts: list[Rows]) -> Rows:
    """The small tables, as one machine would have made them of all trips at once."""
    been = [one["places"][["visited", "stopped_at"]] for one in parts]
    whole = {name: pd.concat([one[name] for one in parts]) for name in ("routes", "lines", "people")}
    unique = {name: frame[~frame.index.duplicated()] for name, frame in whole.items()}
    return {
        **unique,
        **{name: parts[0][name] for name in ("inbound", "terms", "place_names")},
        "reported": pd.concat([one["reported"] for one in parts], ignore_index=True),
        **{name: unique[name].sort_index() for name in ("lines", "people")},
        "leaders": parts[0]["leaders"],
        "places": parts[0]["places"].assign(**reduce(lambda one, other: one | other, been)),
    }
