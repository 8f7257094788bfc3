"""A real server: gunicorn with its workers on a data folder, how soon it answers, and the memory of a worker."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
LOG = ROOT / "build" / "benchmarks" / "server.log"
APP, BARE = "app:server", "tests.benchmarks.bare:server"
LONGEST_START_S = 300


class ServerError(Exception):
    """The server did not start, or did not answer as it should."""


@dataclass(frozen=True)
class Server:
    """A running server: its port, its main process, and the seconds from its start to the first answer of /health."""

    port: int
    process: int
    started_s: float

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def workers(self) -> list[int]:
        """Process numbers of the workers."""
        children = Path(f"/proc/{self.process}/task/{self.process}/children").read_text(encoding="ascii")
        return [int(number) for number in children.split()]

    def memory_mb(self) -> float:
        """Resident memory of the largest worker, in MB of 1,000,000 bytes, as Linux counts it."""
        return max(_resident_kib(worker) for worker in self.workers()) * 1024 / 1e6

    def connect(self) -> http.client.HTTPConnection:
        """A connection that waits as long as a start may take."""
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_START_S)


@contextmanager
def running(data: Path, *, app: str = APP, workers: int = 1, root: Path = ROOT) -> Iterator[Server]:
    """Serve a data folder with gunicorn until the block ends, from the program in `root`.

    Raises `ServerError` with the end of its log.
    """
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with socket.create_server(("127.0.0.1", 0)) as listening, LOG.open("wb") as log:
        port = listening.getsockname()[1]
        begun = time.perf_counter()
        process = _start(app, workers, data, root, listening, log.fileno())
    try:
        _get_health(port)
        yield Server(port, process.pid, time.perf_counter() - begun)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=60)


def _start(
    app: str, workers: int, data: Path, root: Path, listening: socket.socket, log: int
) -> subprocess.Popen[bytes]:
    """Start gunicorn on a socket that listens already: connections wait there until a worker is ready."""
    command = [sys.executable, "-m", "gunicorn", app, "--bind", f"fd://{listening.fileno()}", "--no-control-socket"]
    return subprocess.Popen(
        [*command, "--workers", str(workers), "--timeout", str(LONGEST_START_S)],
        cwd=root,
        env=os.environ | {"LEADER_TRAVEL_DATA": str(data.resolve())},
        pass_fds=[listening.fileno()],
        stdout=log,
        stderr=log,
    )


def _get_health(port: int) -> None:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST_START_S)
        connection.request("GET", "/health")
        answer = connection.getresponse()
        answer.read()
        connection.close()
    except (OSError, http.client.HTTPException) as error:
        raise ServerError(f"the server did not start:\n{_end_of_log()}") from error
    if answer.status != 200:
        raise ServerError(f"/health answered {answer.status}:\n{_end_of_log()}")


def _end_of_log() -> str:
    return "\n".join(LOG.read_text(encoding="utf-8", errors="replace").splitlines()[-8:])


def _resident_kib(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
