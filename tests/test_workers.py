"""Two real workers behind one address share the uploads: each of them serves what either has taken."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.serving import Answer, Server, serving

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
FORM = {"Content_Type": "application/x-www-form-urlencoded"}
MOST_ASKED = 2_000


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """Two workers of the server as it is configured; whoever asks before they are ready waits in the socket's queue."""
    (tmp_path / "serving_workers.py").write_text(SERVING, "utf-8")
    paths = os.pathsep.join([str(tmp_path), str(ROOT)])
    with serving(tmp_path / "uploads", app="serving_workers:application", PYTHONPATH=paths) as running:
        yield running


def ask(server: Server, method: str, address: str, form: dict[str, str] | None = None) -> Answer:
    """One question, with a form or without."""
    body = urlencode(form).encode() if form is not None else b""
    return server.ask(address, method, body, **(FORM if form else {}))


def everybody(server: Server, address: str, workers: set[str]) -> dict[str, tuple[int, bytes]]:
    """What each of two workers answers: asked until both have."""
    answers: dict[str, tuple[int, bytes]] = {}
    for _ in range(MOST_ASKED):
        answer = ask(server, "GET", address)
        answers[str(answer.headers["X-Worker"])] = (answer.status, answer.body)
        if len(answers) == 2:
            break
    workers |= set(answers)
    assert len(answers) == 2, f"only {set(answers)} answered {MOST_ASKED} times"
    return answers


@pytest.mark.long
def test_what_one_worker_takes_each_of_them_shows_and_forgets(server: Server) -> None:
    workers: set[str] = set()
    begun = ask(server, "POST", "/upload", {"table": TABLE})
    assert begun.status == 303, begun.body
    token = re.fullmatch(r"/upload/([\w-]{32})", str(begun.headers["Location"]))
    assert token
    chosen = {"column-0": "leader", "column-1": "arrived", "column-2": "country", "column-3": "place"}
    assert ask(server, "POST", f"/upload/{token[1]}/columns", chosen).status == 303
    assert ask(server, "POST", f"/upload/{token[1]}/show", {"with": "instead"}).status == 303
    rows = everybody(server, f"/trips.csv?data={token[1]}", workers)
    (one, other) = rows.values()
    assert one == other
    assert (one[0], one[1].count(b"Ada North")) == (200, 2)
    places = everybody(server, f"/places?data={token[1]}", workers)
    assert all(status == 200 and b"Whitehorse" in page for status, page in places.values())
    assert ask(server, "POST", f"/upload/{token[1]}/forget", {"": ""}).status == 303
    gone = everybody(server, f"/trips.csv?data={token[1]}", workers)
    assert [status for status, _ in gone.values()] == [404, 404]
    assert len(workers) == 2
