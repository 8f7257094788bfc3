"""How many filter changes a second a server answers, under a bounded number of impatient readers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from tests.benchmarks.exchange import Change, health_ms, post_ms
from tests.benchmarks.server import Server

READERS = 4
SECONDS = 2.0


def per_second(ask: Callable[[], object]) -> float:
    """Answers a second while each of `READERS` threads asks again as soon as it is answered, for `SECONDS`."""
    begun = time.perf_counter()

    def read_on() -> int:
        answers = 0
        while time.perf_counter() - begun < SECONDS:
            ask()
            answers += 1
        return answers

    with ThreadPoolExecutor(READERS) as readers:
        answers = sum(reader.result() for reader in [readers.submit(read_on) for _ in range(READERS)])
    return answers / (time.perf_counter() - begun)


def measure(server: Server, change: Change, runs: int) -> tuple[list[float], list[float]]:
    """Filter changes a second, each for other years than the last, and answers of /health a second, in turns."""
    bodies, lock = change.bodies(), Lock()
    changes, healths = [], []
    for _ in range(runs):
        changes.append(per_second(lambda: post_ms(server, _next(bodies, lock))))
        healths.append(per_second(lambda: health_ms(server)))
    return changes, healths


def _next(bodies: Iterator[str], lock: Lock) -> str:
    # A generator may not be asked by two threads at once.
    with lock:
        return next(bodies)
