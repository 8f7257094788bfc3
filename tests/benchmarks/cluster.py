"""Trips by the million on a local Dask cluster: `python -m tests.benchmarks.cluster`."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import click
import orjson
from distributed import Client, LocalCluster

from dashboard.cluster import distributed_travel
from dashboard.cluster.distributed_travel import DistributedTravel
from dashboard.page.callbacks import made
from dashboard.page.shown import Shown
from dashboard.page.views import VIEWS
from dashboard.query.filters import BY_KEY
from dashboard.query.selection import Selection, read
from dashboard.query.summaries import summarise
from dashboard.query.table_pages import find_page
from dashboard.travel.travel import Travel
from dashboard.words.cards import Cards
from tests.benchmarks.generate import write_folder
from tests.benchmarks.sizes import ROOT, SEED

FOLDERS, RESULTS = ROOT / "build" / "benchmarks" / "cluster", ROOT / "build" / "cluster.json"
TRIPS_A_PART = 250_000
BAR, TURNS = 40, 3


@dataclass(frozen=True)
class Run:
    """One size on so many workers.

    Seconds to load; MB of memory of the largest worker, and the most that it had resident at any time, files that are
    mapped into it included; bytes that the rows of a trip take, most of them mapped; medians in ms: to count a filter
    change, to make every view of it, and to find a page of the table, plain and by a text.
    """

    trips: int
    workers: int
    load_s: float
    worker_mb: float
    peak_mb: float
    bytes_a_trip: float
    count_ms: float
    views_ms: float
    page_ms: float
    search_ms: float


def folder_of(trips: int) -> Path:
    """A data folder of so many made-up trips in parts, made once."""
    path = FOLDERS / str(trips)
    if not (path / "places.csv").exists():
        write_folder(path, trips, SEED, chunk=min(TRIPS_A_PART, trips // 4))
    return path


@contextmanager
def machines(workers: int) -> Iterator[Client]:
    """A local cluster of worker processes with a thread each."""
    made = LocalCluster(n_workers=workers, threads_per_worker=1, memory_limit=0, dashboard_address="127.0.0.1:0")
    with made as started, Client(started) as client:
        yield client


def measure(trips: int, workers: int, runs: int) -> Run:
    """Load the trips of a size and change filters."""
    with machines(workers) as client:
        path = folder_of(trips)
        begun = time.perf_counter()
        distributed = distributed_travel.load(path, client)
        load_s = time.perf_counter() - begun
        held = sum(distributed.ask(_bytes_held))
        queries = _queries(distributed, runs)
        for query in queries[:2]:
            _show(distributed, query)
        return Run(
            trips=distributed.size,
            workers=workers,
            load_s=load_s,
            count_ms=_median_ms(
                lambda query: summarise(distributed, read(query, distributed).selection).figures, queries
            ),
            views_ms=_median_ms(lambda query: _show(distributed, query), queries),
            page_ms=_median_ms(lambda query: _page(distributed, query, ""), queries),
            search_ms=_median_ms(lambda query: _page(distributed, query, "beijing"), queries[:2]),
            worker_mb=max(client.run(_memory_mb, "RssAnon").values()),
            peak_mb=max(client.run(_memory_mb, "VmHWM").values()),
            bytes_a_trip=held / distributed.size,
        )


def _queries(distributed: DistributedTravel, runs: int) -> list[str]:
    """Choices by each filter and by two at once, ever others."""
    countries, leaders = list(BY_KEY["country"].known(distributed)), list(distributed.leaders.index)
    first = int(summarise(distributed, Selection()).years_all.index[0])
    made = [
        (f"?years={first + turn}-{first + 20 + turn}", f"?country={countries[7 * turn % len(countries)]}",
         f"?leader={leaders[31 * turn % len(leaders)]}", f"?transport=plane&years={first + turn}-{first + 15}")
        for turn in range(runs)
    ]  # fmt: skip
    return [query for some in made for query in some]


def _show(distributed: DistributedTravel, query: str) -> int:
    """Every view of a query, as the page asks for them; the bytes of it all."""
    reading = read(query, distributed)
    shown = Shown(distributed, reading, summarise(distributed, reading.selection), Cards())
    return sum(len(made(view, shown)) for view in VIEWS)


def _page(distributed: DistributedTravel, query: str, text: str) -> int:
    page = find_page(distributed, read(query, distributed).selection, text, ("left_home_earliest", True), 0)
    return len(distributed.fetch(page.numbers).trips)


def _median_ms(do: Callable[[str], object], queries: list[str]) -> float:
    """The median over the queries of the fastest of several turns: other programs only ever slow a turn down."""
    taken: dict[str, list[float]] = {query: [] for query in queries}
    for query in queries * TURNS:
        begun = time.perf_counter()
        do(query)
        taken[query].append((time.perf_counter() - begun) * 1000)
    return statistics.median(min(times) for times in taken.values())


def _bytes_held(part: Travel) -> int:
    frames = (part.trips, part.stops, part.meetings, part.evidence)
    return sum(int(frame.memory_usage(deep=True).sum()) for frame in frames)


def _memory_mb(line: str) -> float:
    """`RssAnon`, a process's memory without the files that are mapped into it, or `VmHWM`, its largest so far."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return next(int(one.split()[1]) * 1024 / 1e6 for one in lines if one.startswith(line))


def markdown(runs: list[Run]) -> str:
    """The runs as a table, and what a filter change takes by number of trips as a curve of text."""
    names = [one.name for one in fields(Run)]
    rows = [names, ["---"] * len(names), *([f"{value:,.4g}" if isinstance(value, float) else f"{value:,}"
            for value in asdict(run).values()] for run in runs)]  # fmt: skip
    longest = max(run.count_ms for run in runs)
    bars = [
        f"{run.trips:>11,} trips, {run.workers} {'worker ' if run.workers == 1 else 'workers'}"
        f"  {'█' * max(1, round(BAR * run.count_ms / longest))} {run.count_ms:,.0f} ms"
        for run in runs
    ]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return table + "\n\n```text\n" + "\n".join(bars) + "\n```"


@click.command()
@click.option("--trips", "sizes", multiple=True, type=int, default=(100_000, 1_000_000, 3_000_000, 10_000_000))
@click.option("--workers", multiple=True, type=int, default=(1, 2), help="Worker processes, again for more.")
@click.option("--runs", default=5, show_default=True, help="How often each kind of filter change is made.")
@click.option("--json", "kept", type=click.Path(path_type=Path), default=RESULTS, help="Where the results go.")
def main(sizes: tuple[int, ...], workers: tuple[int, ...], runs: int, kept: Path) -> None:
    """Measure every size on every number of workers, print a table and a curve, and keep them as JSON."""
    results = []
    for size in sizes:
        for number in workers:
            results.append(measure(size, number, runs))
            click.echo(results[-1])
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(orjson.dumps([asdict(run) for run in results], option=orjson.OPT_INDENT_2))
    click.echo(markdown(results))


if __name__ == "__main__":
    main()
