"""`make bench`: measure the page and its server, print a table, keep it as JSON, say what got slower."""

from __future__ import annotations

import os
import platform
import sys
from datetime import date
from pathlib import Path

import click

from tests.benchmarks import report
from tests.benchmarks.browser import chromium
from tests.benchmarks.comparison import TOLERANCE, TOLERANCE_OF_AMOUNTS, compare, merge, read_json, write_json
from tests.benchmarks.measures import Result
from tests.benchmarks.sizes import ROOT, SHIPPED, NotMeasuredError, size_named
from tests.benchmarks.subject import PARTS, Subject, measure

SIZES = (SHIPPED, "832", "86000", "1000000")
DOCUMENT, KNOWN, RESULTS = ROOT / "docs" / "performance.md", ROOT / "docs" / "bench.json", ROOT / "build" / "bench.json"
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option(
    "--size", "sizes", multiple=True, default=SIZES, help=f"Trips, again for more; by default {', '.join(SIZES)}."
)
@click.option("--only", "parts", multiple=True, type=click.Choice(PARTS), default=PARTS, help="Measure just this.")
@click.option("--runs", default=5, show_default=True, help="How often each is measured; the median counts.")
@click.option("--json", "kept", type=FILE, default=RESULTS, help="Where all samples go; by default build/bench.json.")
@click.option("--against", type=FILE, default=KNOWN, help="An earlier run to compare with; by default docs/bench.json.")
@click.option("--write-docs", is_flag=True, help="Put the results into docs/performance.md and docs/bench.json.")
def main(
    sizes: tuple[str, ...], parts: tuple[str, ...], runs: int, kept: Path, against: Path, write_docs: bool
) -> None:
    """Measure, print the table, and end with 1 where something got slower than in an earlier run."""
    machine, results = describe_machine(runs), list[Result]()
    for size in sizes:
        results += measure_size(size, parts, runs)
        # A run of all sizes takes long: what it has is kept even where a later size fails.
        write_json(kept, results, machine)
    click.echo(report.table(results))
    slower = say_changes(against, results)
    if write_docs:
        known = merge(read_json(KNOWN) if KNOWN.exists() else [], results)
        write_json(KNOWN, known, machine)
        report.write_docs(DOCUMENT, known, machine)
    sys.exit(1 if slower else 0)


def measure_size(name: str, parts: tuple[str, ...], runs: int) -> list[Result]:
    """All results of one size; none, and why on standard error, where its data are not here."""

    def tell(what: str) -> None:
        click.echo(f"{name} trips: {what}", err=True)

    try:
        tell("data")
        data = size_named(name).folder()
    except NotMeasuredError as error:
        tell(f"not measured, {error}")
        return []
    return measure(Subject(name, data, runs, tell), parts)


def say_changes(against: Path, results: list[Result]) -> bool:
    """Print what got slower since an earlier run, and return whether anything did."""
    if not against.exists():
        return False
    slower = [change for change in compare(read_json(against), results) if change.is_slower]
    allowed = f"{TOLERANCE:.0%}, in bytes and memory {TOLERANCE_OF_AMOUNTS:.0%}"
    click.echo(f"\nSlower than in {against.name} by more than {allowed}: {len(slower) or 'nothing'}")
    for change in slower:
        click.echo(f"  {change}")
    return bool(slower)


def describe_machine(runs: int) -> dict[str, str]:
    """What the figures depend on, by name."""
    with chromium() as browser:
        version = browser.version
    return {
        "date": date.today().isoformat(),
        "cores": str(os.cpu_count()),
        "Chromium": version,
        "Python": platform.python_version(),
        "runs": str(runs),
    }


if __name__ == "__main__":
    main(prog_name="python -m tests.benchmarks")
