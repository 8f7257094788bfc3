"""All counts of a selection, made in this process, each in turns with its floor: one group-by of two columns."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from itertools import islice, product
from pathlib import Path

from dashboard.query.filters import MENUS
from dashboard.query.selection import Selection
from dashboard.query.summaries import summarise
from dashboard.travel.build import Travel, load


def measure(data: Path, runs: int) -> tuple[list[float], list[float]]:
    """Milliseconds for everything, and for the most travelled value of each menu; and of the floor."""
    travel = load(data)
    options = summarise(travel, Selection()).options
    chosen = [Selection().choose(one.key, [str(options[one.key].index[0])]) for one in MENUS if len(options[one.key])]
    samples, floor = list[float](), list[float]()
    # The first turn meets nothing that pandas has seen before.
    for _, selection in islice(product(range(runs + 1), [Selection(), *chosen]), len(chosen) + 1, None):
        samples.append(_ms(partial(summarise, travel, selection)))
        floor.append(_ms(partial(_group, travel)))
    return samples, floor


def _group(travel: Travel) -> object:
    return travel.trips.groupby(["year", "transport"], observed=True, sort=False).size()


def _ms(do: Callable[[], object]) -> float:
    begun = time.perf_counter()
    do()
    return (time.perf_counter() - begun) * 1000
