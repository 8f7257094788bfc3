"""What the pages took, side by side: a table with ratios to the page before, and the budgets of this page."""

from __future__ import annotations

import json
import re
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.benchmarks.peers.subjects import BY_KEY

BEGIN, END = "<!-- peers -->", "<!-- /peers -->"
HEAD = ("trips", "what", "page", "min", "median", "max", "times before", "budget", "verdict")


@dataclass(frozen=True)
class Measure:
    """One quantity: what it is, its unit, what is allowed of this page by size, as times the page before or in all."""

    key: str
    what: str
    unit: str
    most_ratio: Mapping[str, float]
    most: Mapping[str, float]


MEASURES = (
    Measure("map", "first view: map painted", "ms", {"21": 1.0, "86000": 1.1}, {}),
    Measure("everything", "everything there, last view painted", "ms", {"21": 1.6, "86000": 2.0}, {}),
    Measure("filter", "a country chosen, last view painted", "ms", {"21": 1.15, "86000": 1.15}, {}),
    Measure("map-kb", "bytes until the map is painted", "kB", {}, {"21": 560, "86000": 560}),
    Measure("all-kb", "bytes in all", "kB", {}, {"21": 1050, "86000": 1050}),
    Measure("again-kb", "second visit: bytes", "kB", {}, {"21": 20, "86000": 20}),
    Measure("slow-words", "1.6 Mbit/s and 150 ms: sentence and figures", "ms", {}, {"21": 1500, "86000": 1500}),
    Measure("slow-map", "1.6 Mbit/s and 150 ms: map painted", "ms", {}, {"21": 5000, "86000": 5000}),
)


@dataclass(frozen=True)
class Row:
    """A page over a size: its samples by measure, and what did not come."""

    size: str
    subject: str
    samples: Mapping[str, tuple[float, ...]]
    fault: str = ""

    def median(self, measure: str) -> float | None:
        """The median of a measure, None where it was not taken."""
        values = self.samples.get(measure)
        return statistics.median(values) if values else None


def cells(rows: Iterable[Row]) -> list[tuple[str, ...]]:
    """Every measure of every page, those of one size and measure beside each other; `HEAD` names the cells."""
    known = {(row.size, row.subject): row for row in rows}
    sizes = list(dict.fromkeys(size for size, _ in known))
    return [
        _cells(measure, row, known.get((size, "before")))
        for size in sizes
        for measure in MEASURES
        for (other, _), row in known.items()
        if other == size and (row.fault or row.samples.get(measure.key))
    ]


def _cells(measure: Measure, row: Row, before: Row | None) -> tuple[str, ...]:
    title = (f"{int(row.size):,}", measure.what, BY_KEY[row.subject].says)
    values, base = row.samples.get(measure.key), before and before.median(measure.key)
    if not values:
        return (*title, "", f"not there: {row.fault or 'not taken'}", "", "", "", "")
    median = statistics.median(values)
    numbers = [f"{value:,.0f}" for value in (min(values), median, max(values))]
    numbers[1] += f" {measure.unit}"
    ratio = median / base if base else None
    budget, verdict = _judged(measure, row, median, ratio)
    return (*title, *numbers, "" if ratio is None else f"{ratio:.2f}", budget, verdict)


def _judged(measure: Measure, row: Row, median: float, ratio: float | None) -> tuple[str, str]:
    """The budget in words and whether it is kept; nothing for other pages than this one."""
    if row.subject != "page":
        return "", ""
    if (most := measure.most.get(row.size)) is not None:
        return f"{most:,g} {measure.unit}", "within" if median <= most else "over"
    if (most := measure.most_ratio.get(row.size)) is not None and ratio is not None:
        return f"{most:g} ×", "within" if ratio <= most else "over"
    return "", ""


def table(rows: Iterable[Row]) -> str:
    """The table for the terminal, columns padded."""
    lines = [HEAD, *cells(rows)]
    widths = [max(len(line[at]) for line in lines) for at in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def write_json(file: Path, rows: Iterable[Row], machine: dict[str, str]) -> None:
    """All samples of a run."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps({"machine": machine, "pages": [asdict(row) for row in rows]}, indent=1) + "\n", "utf-8")


def write_docs(file: Path, rows: Iterable[Row], machine: dict[str, str]) -> None:
    """Put the table between its two marks of the document; the rest of it stays."""
    lines = [HEAD, ("---",) * len(HEAD), *cells(rows)]
    about = ", ".join(f"{name} {value}" for name, value in machine.items())
    parts = (BEGIN, f"Measured with {about}.", "\n".join(f"| {' | '.join(line)} |" for line in lines), END)
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(f"{BEGIN}.*{END}", lambda _: "\n\n".join(parts), text, flags=re.DOTALL), "utf-8")
