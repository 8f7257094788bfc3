"""The server as `make serve` starts it, on a port that the system chose."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import IO

ROOT = Path(__file__).parents[1]
CONFIG = ROOT / "dashboard/web/gunicorn_conf.py"


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: HTTPMessage
    body: bytes


@dataclass(frozen=True)
class Server:
    """A running server: its port, its main process, and what it writes into its log from now on."""

    port: int
    process: subprocess.Popen[str]
    log: IO[str]

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """One question on a connection of its own, which any worker may take."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=120)) as connection:
            connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())

    def signal(self, number: signal.Signals) -> None:
        """Tell the main process something."""
        self.process.send_signal(number)

    def until(self, said: str) -> str:
        """The line of the log that holds `said`, waited for."""
        for line in self.log:
            sys.stderr.write(line)
            if said in line:
                return line
        raise AssertionError(f"the server ended before it said {said!r}")


@contextmanager
def serving(uploads: Path, data: Path = ROOT / "data", app: str = "app:server", **settings: str) -> Iterator[Server]:
    """A server over `data`; `settings` are variables of its environment, `app` what it serves instead of the page."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        command = [sys.executable, "-m", "gunicorn", "-c", str(CONFIG), "--bind", f"fd://{listening.fileno()}", app]
        named = {"LEADER_TRAVEL_UPLOADS": str(uploads), "LEADER_TRAVEL_DATA": str(data), "WORKERS": "2"}
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            pass_fds=[listening.fileno()],
            env={**os.environ, **named, **settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert process.stderr
        server = Server(int(listening.getsockname()[1]), process, process.stderr)
        try:
            server.until("Booting worker")
            yield server
        finally:
            process.terminate()
            # What the workers said, for the report of a failure.
            sys.stderr.write(process.communicate()[1])
