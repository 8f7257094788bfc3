"""Results as a table for the terminal, and as the tables and the curve of docs/performance.md."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from tests.benchmarks.measures import BY_KEY, Result

BEGIN, END = "<!-- results -->", "<!-- /results -->"
HEAD = ("trips", "what", "min", "median", "max", "floor", "ratio", "budget", "verdict")
BAR = 40


def row(result: Result) -> tuple[str, ...]:
    """One result in words: `HEAD` names the cells."""
    measure = BY_KEY[result.measure]
    numbers = [f"{value:,.4g}" for value in (min(result.samples), result.median, max(result.samples))]
    ratio = "" if result.ratio is None else f"{result.ratio:.3g} × {measure.floor}"
    floor = "" if result.ratio is None else f"{result.median / result.ratio:,.4g}"
    numbers[1] += f" {measure.unit}"
    return f"{int(result.size):,}", measure.what, *numbers, floor, ratio, _budget(result), result.verdict


def _budget(result: Result) -> str:
    if result.budget is None:
        return ""
    measure = BY_KEY[result.measure]
    return f"{result.budget:g} ×" if measure.judged == "ratio" else f"{result.budget:,g} {measure.unit}"


def table(results: Iterable[Result]) -> str:
    """The table for the terminal, columns padded."""
    rows = [HEAD, *map(row, _ordered(results))]
    widths = [max(len(cells[at]) for cells in rows) for at in range(len(HEAD))]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) for cells in rows)


def markdown(results: Iterable[Result]) -> str:
    """The same table in Markdown."""
    rows = [HEAD, ("---",) * len(HEAD), *map(row, _ordered(results))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _ordered(results: Iterable[Result]) -> list[Result]:
    """By measure in the order of `MEASURES`, then by size."""
    order = list(BY_KEY)
    return sorted(results, key=lambda one: (order.index(one.measure), int(one.size)))


def curve(results: Iterable[Result]) -> str:
    """What a redraw of the map costs by number of trips, drawn in text; flat, where what is drawn is bounded."""
    redraws = [one for one in _ordered(results) if one.measure == "redraw"]
    longest = max((one.median for one in redraws), default=1)
    return "\n".join(
        f"{int(one.size):>9,} trips  {'█' * max(1, round(BAR * one.median / longest))} {one.median:,.0f} ms"
        for one in redraws
    )


def write_docs(file: Path, results: Iterable[Result], machine: dict[str, str]) -> None:
    """Put the tables between the two marks of the document; the rest of it stays."""
    known = list(results)
    about = ", ".join(f"{name} {value}" for name, value in machine.items())
    parts = (
        BEGIN,
        f"Measured with {about}.",
        markdown(known),
        "Redraw of the map:",
        f"```text\n{curve(known)}\n```",
        END,
    )
    text = file.read_text(encoding="utf-8")
    written = re.sub(f"{BEGIN}.*{END}", lambda _: "\n\n".join(parts), text, flags=re.DOTALL)
    file.write_text(written, encoding="utf-8")
