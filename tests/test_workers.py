"""Two real workers behind one address share the uploads: each of them serves what either has taken."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlencode

import pytest

ROOT = Path(__file__).parents[1]
# The application as it is, each answer saying which worker gave it.
SERVING = """
import os
from app import server

def application(environ, start):
    def begin(status, headers, *rest):
        return start(status, [*headers, ("X-Worker", str(os.getpid()))], *rest)

    return server(environ, begin)
"""
TABLE = "leader,arrived,country,place\nAda North,2019-05-01,Russia,Anadyr\nAda North,2019-06-01,Canada,Whitehorse\n"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MOST_ASKED = 2_000


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """Two workers on a port that the system chose; whoever asks before they are ready waits in the socket's queue."""
    (tmp_path / "serving.py").write_text(SERVING, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        bound = ["--bind", f"fd://{listening.fileno()}", "--workers", "2", "--timeout", "120"]
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "serving:application",
            *bound,
            "--pythonpath",
            f"{tmp_path},{ROOT}",
        ]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            pass_fds=[listening.fileno()],
            env={**os.environ, "LEADER_TRAVEL_UPLOADS": str(tmp_path / "uploads"), "LEADER_TRAVEL_DATA": "data"},
            stderr=subprocess.PIPE,
            text=True,
        )
        try:
            yield int(listening.getsockname()[1])
        finally:
            process.terminate()
            # What the workers said, for the report of a failure.
            sys.stderr.write(process.communicate()[1])


def ask(port: int, method: str, address: str, form: dict[str, str] | None = None) -> HTTPResponse:
    """One question on a connection of its own, which any worker may take."""
    connection = HTTPConnection("127.0.0.1", port, timeout=120)
    connection.request(method, address, urlencode(form or {}) if form is not None else None, FORM if form else {})
    return connection.getresponse()


def everybody(port: int, address: str, workers: set[str]) -> dict[str, tuple[int, bytes]]:
    """What each of two workers answers: asked until both have."""
    answers: dict[str, tuple[int, bytes]] = {}
    for _ in range(MOST_ASKED):
        answer = ask(port, "GET", address)
        answers[str(answer.headers["X-Worker"])] = (answer.status, answer.read())
        if len(answers) == 2:
            break
    workers |= set(answers)
    assert len(answers) == 2, f"only {set(answers)} answered {MOST_ASKED} times"
    return answers


def test_what_one_worker_takes_each_of_them_shows_and_forgets(port: int) -> None:
    workers: set[str] = set()
    begun = ask(port, "POST", "/upload", {"table": TABLE})
    assert begun.status == 303, begun.read()
    token = re.fullmatch(r"/upload/([\w-]{32})", str(begun.headers["Location"]))
    assert token
    chosen = {"column-0": "leader", "column-1": "arrived", "column-2": "country", "column-3": "place"}
    assert ask(port, "POST", f"/upload/{token[1]}/columns", chosen).status == 303
    assert ask(port, "POST", f"/upload/{token[1]}/show", {"with": "instead"}).status == 303
    rows = everybody(port, f"/trips.csv?data={token[1]}", workers)
    (one, other) = rows.values()
    assert one == other
    assert (one[0], one[1].count(b"Ada North")) == (200, 2)
    places = everybody(port, f"/places?data={token[1]}", workers)
    assert all(status == 200 and b"Whitehorse" in page for status, page in places.values())
    assert ask(port, "POST", f"/upload/{token[1]}/forget", {"": ""}).status == 303
    gone = everybody(port, f"/trips.csv?data={token[1]}", workers)
    assert [status for status, _ in gone.values()] == [404, 404]
    assert len(workers) == 2
