"""`MEASURES`: what is measured, against which floor, and how much of it is allowed."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True)
class Measure:
    """One quantity: its unit, what its floor is, and the most allowed by size; `judged` says which number that is for.

    `judged` is `median`, `ratio` (median over the median of the floor), or `least` where more is better.
    """

    key: str
    what: str
    unit: str
    floor: str
    judged: str = "median"
    most: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Result:
    """The samples of one measure at one size, and those of its floor, taken in turns with them."""

    measure: str
    size: str
    samples: tuple[float, ...]
    floor: tuple[float, ...] = ()

    @property
    def median(self) -> float:
        return statistics.median(self.samples)

    @property
    def ratio(self) -> float | None:
        """Median over the median of the floor; None without a floor."""
        return self.median / statistics.median(self.floor) if self.floor else None

    @property
    def judged(self) -> float:
        """The number that a budget is for, and that two runs are compared by."""
        return (self.ratio or 0.0) if BY_KEY[self.measure].judged == "ratio" else self.median

    @property
    def budget(self) -> float | None:
        """The most allowed at this size, None where nothing was agreed."""
        return BY_KEY[self.measure].most.get(self.size)

    @property
    def verdict(self) -> str:
        """`within`, `over`, or nothing where there is no budget."""
        if self.budget is None:
            return ""
        return "within" if self.judged <= self.budget else "over"


def _sizes(small: float, middle: float, large: float) -> Mapping[str, float]:
    return MappingProxyType({"21": small, "86000": middle, "1000000": large})


MEASURES = (
    Measure(
        "first-view",
        "first view: navigation to map painted, cold cache",
        "ms",
        "page floor",
        "ratio",
        _sizes(1.7, 2, 2),
    ),
    Measure(
        "first-view-bytes",
        "bytes until the map is painted, compressed",
        "kB",
        "page floor",
        most=_sizes(1100, 1300, 1300),
    ),
    Measure("stock-view", "first view with the stock Plotly script", "ms", "page floor", "ratio"),
    Measure("stock-bytes", "bytes until then", "kB", "page floor"),
    Measure("second-visit", "second visit: bytes", "kB", "first view", most=_sizes(20, 100, 100)),
    Measure("counts", "all counts of a selection", "ms", "one group-by", most=_sizes(20, 45, 300)),
    Measure(
        "filter-server", "filter change on the server, request to response", "ms", "/health", most=_sizes(10, 40, 200)
    ),
    Measure(
        "filter-paint", "filter change, click to last view painted", "ms", "paint floor", "ratio", _sizes(1.8, 3, 4)
    ),
    Measure("start", "start of the server", "s", "bare Dash", most=_sizes(2, 4, 15)),
    Measure("memory", "memory of one worker", "MB", "bare Dash", most=_sizes(220, 350, 1000)),
    Measure(
        "import",
        "import of a table of 100,000 rows with distinct days, of one processor",
        "s",
        "read as text",
        most=MappingProxyType({"21": 20}),
    ),
    Measure("redraw", "redraw of the map", "ms", "map alone", "median"),
    Measure("play-frames", "frames a second while the trips are played", "1/s", "page at rest", "least"),
    Measure(
        "play-requests",
        "requests made while the trips are played",
        "",
        "",
        most=MappingProxyType({"21": 0, "832": 0}),
    ),
    Measure("requests-1", "filter changes a second, 1 worker", "1/s", "/health", "least"),
    Measure("requests-2", "filter changes a second, 2 workers", "1/s", "/health", "least"),
)
BY_KEY = {one.key: one for one in MEASURES}
