"""The server as it is started for readers: slow clients, its log, and what its configuration promises."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator

import pytest

from dashboard.web.gunicorn_conf import SECRET
from dashboard.web.worker import PatientSocket
from tests.serving import Server, serving

pytestmark = pytest.mark.long

SLOW_HEAD = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
SLOW_BODY = b"POST /upload HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\ntable="


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("uploads")) as running:
        yield running


def test_fifty_slow_clients_and_ten_slow_bodies_keep_nobody_waiting(server: Server) -> None:
    begun = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(60)]
    for number, client in enumerate(begun):
        client.sendall(SLOW_HEAD if number < 50 else SLOW_BODY)
    started = time.monotonic()
    answers = [server.ask(path).status for path in ("/health", "/", "/trips.csv") * 10]
    took_s = (time.monotonic() - started) / len(answers)
    for client in begun:
        client.close()
    assert answers == [200] * 30
    assert took_s < 2


def test_the_server_does_not_say_what_it_is_made_of(server: Server) -> None:
    assert server.ask("/health").headers["Server"] == "gunicorn"


def test_a_head_or_a_line_too_long_is_refused(server: Server) -> None:
    assert server.ask("/" + "x" * 9_000).status == 414
    assert server.ask("/health", X_Long="x" * 9_000).status == 431


@pytest.fixture
def pair() -> Iterator[tuple[PatientSocket, socket.socket]]:
    one, other = socket.socketpair()
    patient = PatientSocket(fileno=one.detach())
    patient.grace_s = 0.05
    patient.begin()
    with patient, other:
        yield patient, other


def test_a_peer_that_brings_nothing_is_given_up(pair: tuple[PatientSocket, socket.socket]) -> None:
    patient, other = pair
    other.sendall(b"GET")
    assert patient.recv(10) == b"GET"
    with pytest.raises(ConnectionResetError, match="too slow"):
        patient.recv(10)


def test_a_peer_that_takes_nothing_is_given_up(pair: tuple[PatientSocket, socket.socket]) -> None:
    patient, _ = pair
    with pytest.raises(ConnectionResetError, match="too slow"):
        # More than the system keeps for a peer.
        patient.sendall(b"x" * 50_000_000)


def test_a_peer_that_keeps_up_gets_all(pair: tuple[PatientSocket, socket.socket]) -> None:
    patient, other = pair
    patient.sendall(b"x" * 1_000)
    assert other.recv(2_000) == b"x" * 1_000


@pytest.mark.parametrize(
    ("line", "written"),
    [
        (f"GET /upload/{'a-_Z' * 8}/places HTTP/1.1", "GET /upload/…/places HTTP/1.1"),
        (f"GET /trips.csv?data={'0123' * 8}&years=2018 HTTP/1.1", "GET /trips.csv?data=…&years=2018 HTTP/1.1"),
        ("GET /trips.csv?leader=kim-jong-un HTTP/1.1", "GET /trips.csv?leader=kim-jong-un HTTP/1.1"),
    ],
)
def test_the_log_does_not_give_uploads_away(line: str, written: str) -> None:
    assert SECRET.sub("…", line) == written
