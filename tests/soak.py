"""A server under load for a time, one of its workers killed every now and then: `python -m tests.soak`, `make soak`.

Says requests a second, times and errors as Locust counts them, and the memory of all workers at the start and the end.
"""

from __future__ import annotations

import csv
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import click
import psutil

from tests.serving import ROOT, Server, serving

LOAD = ROOT / "tests/load.py"
# As it names what it tries again. It is not imported: Locust changes the libraries of whoever imports it.
ONCE_MORE = " (once more)"


@dataclass(frozen=True)
class Outcome:
    """Locust's row for all requests, what failed and how, workers killed, second tries, megabytes of memory."""

    total: Mapping[str, str]
    failures: tuple[str, ...]
    killed: int
    again: int
    megabytes: tuple[float, float]

    def lines(self) -> list[str]:
        """The outcome as a small table."""
        of = self.total
        return [
            f"requests        {int(of['Request Count']):,}  ({float(of['Requests/s']):,.1f} a second)",
            f"p50 p95 p99     {of['50%']} {of['95%']} {of['99%']} ms",
            f"slowest         {float(of['Max Response Time']):,.0f} ms",
            f"failed          {int(of['Failure Count']):,}",
            f"workers killed  {self.killed}; asked once more, being in flight: {self.again}",
            f"memory          {self.megabytes[0]:,.0f} MB at the start, {self.megabytes[1]:,.0f} MB at the end",
            *self.failures,
        ]


def soak(seconds: float, every: float, readers: int, workers: int = 2) -> Outcome:
    """Let `readers` at a server of its own for so many seconds, and kill a worker every so many."""
    with tempfile.TemporaryDirectory(prefix="soak-") as folder, serving(Path(folder), WORKERS=str(workers)) as server:
        before, killed = _megabytes(server), 0
        prefix = Path(folder) / "locust"
        with _readers(server.port, readers, seconds, prefix) as load:
            while not _ended(load, every):
                killed += _kill_a_worker(server)
        again = sum(int(one["Request Count"]) for one in _rows(prefix, "stats") if one["Name"].endswith(ONCE_MORE))
        said = [
            f"{one['Method']} {one['Name']}: {one['Error']} ({one['Occurrences']})" for one in _rows(prefix, "failures")
        ]
        return Outcome(_rows(prefix, "stats")[-1], tuple(said), killed, again, (before, _megabytes(server)))


def _rows(prefix: Path, of: str) -> list[dict[str, str]]:
    """A table that Locust has written."""
    with prefix.with_name(f"{prefix.name}_{of}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _readers(port: int, readers: int, seconds: float, prefix: Path) -> subprocess.Popen[bytes]:
    """Locust in a process of its own, which writes its figures into files when it ends."""
    command = [sys.executable, "-m", "locust", "-f", str(LOAD), "--headless", "--host", f"http://127.0.0.1:{port}",
               "-u", str(readers), "-r", str(readers), "-t", f"{seconds:g}s", "--csv", str(prefix), "--only-summary",
               "--exit-code-on-error", "0", "--stop-timeout", "30"]  # fmt: skip
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _ended(load: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether the readers have gone within so many seconds."""
    try:
        load.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _workers(server: Server) -> list[psutil.Process]:
    return list(psutil.Process(server.process.pid).children())


def _kill_a_worker(server: Server) -> int:
    for worker in _workers(server)[:1]:
        os.kill(worker.pid, signal.SIGKILL)
        return 1
    return 0


def _megabytes(server: Server) -> float:
    """What all processes of the server hold together, each shared page counted once."""
    running = [psutil.Process(server.process.pid), *_workers(server)]
    return float(sum(one.memory_full_info().pss for one in running)) / 1e6


@click.command()
@click.option("--seconds", default=600.0, show_default=True)
@click.option("--every", default=30.0, show_default=True, help="Seconds after which a worker is killed.")
@click.option("--readers", default=8, show_default=True)
def main(seconds: float, every: float, readers: int) -> None:
    """Load a server, kill its workers, and end with status 1 where a request was lost."""
    outcome = soak(seconds, every, readers)
    click.echo("\n".join(outcome.lines()))
    sys.exit(1 if outcome.failures else 0)


if __name__ == "__main__":
    main()
