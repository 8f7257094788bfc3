"""One size measured: the page in the browser, the server under it, each in turns with its floor."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from dashboard.page.first_paint import BUNDLE
from tests.benchmarks import counts, floors, imports, throughput
from tests.benchmarks.browser import chromium
from tests.benchmarks.exchange import Change, health_ms, post_ms
from tests.benchmarks.floors import Floor
from tests.benchmarks.measures import Result
from tests.benchmarks.playing import play
from tests.benchmarks.server import BARE, ROOT, Server, running
from tests.benchmarks.visit import Figures, Visit, visit

# A worker has grown to its size once its readers have chosen this often.
CHOICES_BEFORE_WEIGHING = 10
PARTS = ("import", "counts", "page", "play", "stock", "server", "start", "throughput")


@dataclass(frozen=True)
class Subject:
    """A data folder under its size's name, the number of runs, and where progress is told."""

    size: str
    data: Path
    runs: int
    tell: Callable[[str], None]

    def result(self, measure: str, samples: list[float], floor: list[float]) -> Result:
        """The samples as a result of this size."""
        return Result(measure, self.size, tuple(samples), tuple(floor))


def measure(subject: Subject, parts: tuple[str, ...]) -> list[Result]:
    """All measures of the `parts`; a first visit, which finds nothing compressed or counted yet, is not among them."""
    results = _counts(subject) if "counts" in parts else []
    results += _import(subject) if "import" in parts else []
    if set(parts) <= {"counts", "import"}:
        return results
    with running(subject.data) as server:
        with chromium() as browser:
            first = visit(browser, server.url, 0)
            change = change_of(first)
            if "page" in parts:
                results += _page(subject, server, browser, first.bundle)
            if "play" in parts:
                results += _play(subject, server, browser)
        # Without the browser, which would take turns on the same cores.
        if "server" in parts:
            results += _server(subject, server, change)
    if "stock" in parts:
        results += _stock(subject)
    if "start" in parts:
        results += _start(subject, change)
    if "throughput" in parts:
        results += _throughput(subject, change)
    return results


def _import(subject: Subject) -> list[Result]:
    """One table of 100,000 rows, whatever the size of the data shown: measured at the smallest alone."""
    if subject.size != "21":
        return []
    subject.tell("import")
    return [subject.result("import", *imports.measure(subject.runs))]


def _counts(subject: Subject) -> list[Result]:
    subject.tell("counts")
    return [subject.result("counts", *counts.measure(subject.data, subject.runs))]


def change_of(visit: Visit) -> Change:
    """The choice of a visit as a request that can be sent for other years."""
    years = sorted(_years(visit.before))
    return Change(visit.request, int(years[0]), int(years[-1]))


def _years(figures: Figures) -> Iterator[float]:
    strip = next(one for one in figures if one["id"] == "by-year")
    for trace in strip["data"]:
        yield from trace["x"]


def _page(subject: Subject, server: Server, browser: Browser, bundle: str) -> list[Result]:
    visits, floor = _in_turns(subject, server, browser, bundle)
    return [
        subject.result("first-view", [one.first_view_ms for one in visits], [one.first_view_ms for one in floor]),
        subject.result("first-view-bytes", [one.first_view_kb for one in visits], [one.first_view_kb for one in floor]),
        subject.result("second-visit", [one.second_visit_kb for one in visits], [one.first_view_kb for one in visits]),
        subject.result("filter-paint", [one.filter_ms for one in visits], [one.react_ms for one in floor]),
        subject.result("redraw", [one.redraw_ms for one in visits], [one.redraw_ms for one in floor]),
    ]


def _play(subject: Subject, server: Server, browser: Browser) -> list[Result]:
    """Frames and requests while playing; nothing where there are more trips than are played."""
    subject.tell("play")
    plays = [found for _ in range(subject.runs) if (found := play(browser, server.url))]
    if not plays:
        return []
    frames, at_rest, requests = zip(*plays, strict=True)
    return [
        subject.result("play-frames", list(frames), list(at_rest)),
        subject.result("play-requests", list(requests), []),
    ]


def _stock(subject: Subject) -> list[Result]:
    """The first view with the Plotly script that serves where the smaller one could not be built, and its own floor."""
    with TemporaryDirectory() as root, chromium() as browser:
        for name in ("app.py", "dashboard", "data"):
            (Path(root) / name).symlink_to(ROOT / name)
        shutil.copytree(ROOT / "assets", Path(root) / "assets", ignore=shutil.ignore_patterns(BUNDLE))
        with running(subject.data, root=Path(root)) as server:
            bundle = visit(browser, server.url, 0).bundle
            visits, floor = _in_turns(subject, server, browser, bundle)
    return [
        subject.result("stock-view", [one.first_view_ms for one in visits], [one.first_view_ms for one in floor]),
        subject.result("stock-bytes", [one.first_view_kb for one in visits], [one.first_view_kb for one in floor]),
    ]


def _in_turns(subject: Subject, server: Server, browser: Browser, bundle: str) -> tuple[list[Visit], list[Floor]]:
    """Visits, each followed by its floor, so that a machine that is busy for a while slows both."""
    visits, floor = list[Visit](), list[Floor]()
    with floors.serving(bundle) as (url, shelf):
        for turn in range(1, subject.runs + 1):
            subject.tell(f"page with {Path(urlsplit(bundle).path).name}, run {turn} of {subject.runs}")
            visits.append(visit(browser, server.url, turn))
            floor.append(floors.measure(browser, url, shelf, visits[-1]))
    return visits, floor


def _server(subject: Subject, server: Server, change: Change) -> list[Result]:
    subject.tell("filter changes on the server")
    bodies = change.bodies()
    pairs = [(post_ms(server, next(bodies)), health_ms(server)) for _ in range(4 * subject.runs)]
    return [subject.result("filter-server", [one for one, _ in pairs], [floor for _, floor in pairs])]


def _start(subject: Subject, change: Change) -> list[Result]:
    starts, bare, weights, bare_weights = [], [], [], []
    for turn in range(1, subject.runs + 1):
        subject.tell(f"start, run {turn} of {subject.runs}")
        with running(subject.data) as server:
            starts.append(server.started_s)
            for body in islice(change.bodies(), CHOICES_BEFORE_WEIGHING):
                post_ms(server, body)
            weights.append(server.memory_mb())
        with running(subject.data, app=BARE) as floor:
            bare.append(floor.started_s)
            bare_weights.append(floor.memory_mb())
    return [subject.result("start", starts, bare), subject.result("memory", weights, bare_weights)]


def _throughput(subject: Subject, change: Change) -> list[Result]:
    results = []
    for workers in (1, 2):
        subject.tell(f"requests, workers: {workers}")
        with _warm(subject.data, change, workers) as server:
            results.append(subject.result(f"requests-{workers}", *throughput.measure(server, change, subject.runs)))
    return results


@contextmanager
def _warm(data: Path, change: Change, workers: int) -> Iterator[Server]:
    """A server all of whose workers have answered: 4 requests for each, so that none is left out by chance."""
    with running(data, workers=workers) as server:
        for body in islice(change.bodies(), 4 * workers):
            post_ms(server, body)
        yield server
