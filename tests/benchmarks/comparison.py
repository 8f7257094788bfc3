"""Results as JSON, and what got slower since an earlier run."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.measures import BY_KEY, Result

# Two runs on a quiet machine differ by less than this share; bytes and memory hardly differ at all.
TOLERANCE = 0.25
TOLERANCE_OF_AMOUNTS = 0.05
AMOUNTS = ("kB", "MB")


@dataclass(frozen=True)
class Change:
    """One measure at one size, then and now, by the number it is judged by."""

    measure: str
    size: str
    before: float
    now: float

    @property
    def growth(self) -> float:
        """The share by which it got worse; below 0 where it got better."""
        if BY_KEY[self.measure].judged == "least":
            return self.before / self.now - 1
        return self.now / self.before - 1

    @property
    def is_slower(self) -> bool:
        """Whether it got worse by more than two equal runs may differ."""
        return self.growth > tolerance(self.measure)

    def __str__(self) -> str:
        measure = BY_KEY[self.measure]
        unit = "times the floor" if measure.judged == "ratio" else measure.unit
        return (
            f"{measure.what}, {self.size} trips: {self.before:.3g} -> {self.now:.3g} {unit} ({self.growth:+.0%} worse)"
        )


def tolerance(measure: str) -> float:
    """The share by which a measure may grow without being called slower."""
    return TOLERANCE_OF_AMOUNTS if BY_KEY[measure].unit in AMOUNTS else TOLERANCE


def compare(before: Iterable[Result], now: Iterable[Result]) -> list[Change]:
    """Every measure that both runs have, in the order of the later one."""
    earlier = {(one.measure, one.size): one for one in before}
    return [
        Change(one.measure, one.size, earlier[one.measure, one.size].judged, one.judged)
        for one in now
        if (one.measure, one.size) in earlier and earlier[one.measure, one.size].judged
    ]


def write_json(file: Path, results: Iterable[Result], machine: dict[str, str]) -> None:
    """Write a run with all its samples."""
    file.parent.mkdir(parents=True, exist_ok=True)
    content = {"machine": machine, "results": [asdict(one) for one in results]}
    file.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def read_json(file: Path) -> list[Result]:
    """The results of an earlier run, those of measures that are still taken."""
    content = json.loads(file.read_text(encoding="utf-8"))
    return [
        Result(one["measure"], one["size"], tuple(one["samples"]), tuple(one["floor"]))
        for one in content["results"]
        if one["measure"] in BY_KEY
    ]


def merge(earlier: Iterable[Result], now: Iterable[Result]) -> list[Result]:
    """A run that measured a part replaces that part of an earlier one."""
    return list({(one.measure, one.size): one for one in [*earlier, *now]}.values())
