"""`make bench-peers`: the same job in other frameworks, on this page before Dash drew it, and on this page as it is."""

from __future__ import annotations

from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

import click

from dashboard.tables.countries import country_name
from dashboard.travel.build import load
from tests.benchmarks.__main__ import DOCUMENT, describe_machine
from tests.benchmarks.browser import chromium
from tests.benchmarks.peers import report
from tests.benchmarks.peers.drive import Choice, Samples, look, serving
from tests.benchmarks.peers.report import Row
from tests.benchmarks.peers.subjects import BY_KEY, HOME, SUBJECTS, Subject
from tests.benchmarks.sizes import ROOT, NotMeasuredError, size_named

SIZES = ("21", "832", "86000")
KNOWN, RESULTS = ROOT / "docs" / "peers.json", ROOT / "build" / "peers.json"


@click.command()
@click.option("--size", "sizes", multiple=True, default=SIZES, help="Trips, again for more.")
@click.option("--only", "keys", multiple=True, type=click.Choice(list(BY_KEY)), default=list(BY_KEY), help="Just this.")
@click.option("--runs", default=5, show_default=True, help="How often each page is visited; the median counts.")
@click.option("--write-docs", is_flag=True, help="Put the results into docs/performance.md and docs/peers.json.")
def main(sizes: tuple[str, ...], keys: tuple[str, ...], runs: int, write_docs: bool) -> None:
    """Visit every page in turns, print a table with ratios, and keep all samples as JSON."""
    HOME.mkdir(parents=True, exist_ok=True)
    machine, rows = describe_machine(runs), list[Row]()
    for size in sizes:
        rows += measure(size, [one for one in SUBJECTS if one.key in keys], runs)
        report.write_json(RESULTS, rows, machine)
    click.echo(report.table(rows))
    if write_docs:
        report.write_json(KNOWN, rows, machine)
        report.write_docs(DOCUMENT, rows, machine)


def measure(size: str, subjects: list[Subject], runs: int) -> list[Row]:
    """All pages over one size, in turns; what did not come is told in place of samples."""
    try:
        choices = choices_of(size_named(size).folder())
    except NotMeasuredError as error:
        click.echo(f"{size} trips: not measured, {error}", err=True)
        return []
    samples, faults = defaultdict[str, list[Samples]](list), dict[str, str]()
    with chromium() as browser, ExitStack() as servers:
        urls = {one.key: _started(servers, one, size, faults) for one in subjects}
        for turn in range(runs + 1):
            for subject in (one for one in subjects if one.key not in faults):
                click.echo(f"{size} trips: {subject.says}, run {turn} of {runs}", err=True)
                found, fault = look(browser, subject, urls[subject.key], choices[turn % len(choices)])
                # The first reader, for whom nothing is compressed or counted yet, is not measured.
                if turn or fault:
                    samples[subject.key].append(found)
                if fault:
                    faults[subject.key] = fault
    return [Row(size, one.key, merged(samples[one.key]), faults.get(one.key, "")) for one in subjects]


def _started(servers: ExitStack, subject: Subject, size: str, faults: dict[str, str]) -> str:
    """The address of a page, served until `servers` closes; where it does not start, the reason goes to `faults`."""
    try:
        return servers.enter_context(serving(subject, size))
    except (TimeoutError, NotMeasuredError) as error:
        faults[subject.key] = str(error)
        return ""


def choices_of(data: Path) -> list[Choice]:
    """The countries most visited, with how many trips went there."""
    travel = load(data)
    visits = travel.stops[travel.stops["kind"] == "visit"].drop_duplicates(["trip", "country_iso3"])
    counts = visits["country_iso3"].astype(str).value_counts().head(6)
    return [Choice(country_name(str(iso3)), int(number)) for iso3, number in counts.items()]


def merged(runs: list[Samples]) -> dict[str, tuple[float, ...]]:
    """Measure -> its samples of all runs."""
    found = defaultdict[str, list[float]](list)
    for samples in runs:
        for measure, value in samples.items():
            found[measure].append(value)
    return {measure: tuple(values) for measure, values in found.items()}


if __name__ == "__main__":
    main(prog_name="python -m tests.benchmarks.peers")
