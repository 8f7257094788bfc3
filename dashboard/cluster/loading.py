"""A data folder onto the workers of a Dask cluster, read, checked and built there part by part.

Only imported where a cluster is wanted: Dask is an optional extra.
"""

from __future__ import annotations

import os
from hashlib import sha256
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pandas as pd
from distributed import Client, get_worker, wait

from dashboard.cluster.spread import Lot, Spread
from dashboard.cluster.stored import (
    LEG,
    SHARED,
    Shared,
    Stored,
    Survey,
    checked_tables,
    part_names,
    read_part,
    settle,
    survey,
)
from dashboard.tables.ids import renamed_places
from dashboard.tables.reading import AS_OF, Fault, read_about, read_as_of
from dashboard.travel.build import DataError, draw_lines, read_leaders
from dashboard.travel.frames import order_of
from dashboard.travel.legs import MODE, find_routes
from dashboard.travel.places import read_places


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
    checked = checked_tables(path)
    surveyed = [
        client.submit(survey_parts, path, run, checked, key=f"survey-{token}-{at}", workers=[worker])
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
    data_as_of = read_as_of(path / AS_OF)[0]
    return Spread(
        **small,
        data_as_of=data_as_of,
        about=read_about(path / AS_OF),
        client=client,
        lots=tuple(lots),
        counted_in=shared.order,
    )


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


def survey_parts(path: Path, run: tuple[str, ...], checked: frozenset[str]) -> list[tuple[Survey, Stored | None]]:
    """Survey some parts on a worker, their rows into a folder of its own that goes when the worker goes."""
    folder = Path(mkdtemp(prefix="rows-", dir=get_worker().local_directory))
    return [survey(path, name, folder / str(at), checked) for at, name in enumerate(run)]


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
    places, leaders = read_places(text["places"]), read_leaders(text["leaders"], renamed_places(text["places"]))
    legs = pd.concat([one.legs.astype("str") for one in found]).drop_duplicates(ignore_index=True)
    legs = legs.rename(columns={LEG[2]: "place_id"}).astype({"mode": MODE, LEG[1]: "category", "place_id": "category"})
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
