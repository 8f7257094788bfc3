"""The worker that serves: Gunicorn's with threads, whose clients have to keep up a rate.

A thread reads a request from its client and writes the answer to it. Without a limit a client that sends a byte a
second holds a thread for as long as it likes; here it is cut off once it is slower than any line that works.
"""

from __future__ import annotations

import errno
import select
import socket
import time
from typing import Any

from gunicorn.workers.gthread import ThreadWorker

# A request has this long to begin with, and a second more for each so many bytes that have come; an answer likewise.
GRACE_S = 10.0
BYTES_A_SECOND = 20_000
PIECE = 1 << 16


class PatientSocket(socket.socket):
    """A connection that is given up once its peer brings, or takes, bytes too slowly."""

    grace_s = GRACE_S
    _began = 0.0
    _moved = 0

    def begin(self) -> None:
        """Start the clock: a request, or a part of an answer, begins now."""
        self._began, self._moved = time.monotonic(), 0

    def recv(self, bufsize: int, flags: int = 0) -> bytes:
        """Some bytes of the peer. Raises ConnectionResetError where it is too slow."""
        self._wait(select.POLLIN)
        part = super().recv(bufsize, flags)
        self._moved += len(part)
        return part

    def sendall(self, data: Any, flags: int = 0) -> None:
        """All of `data` to the peer. Raises ConnectionResetError where it is too slow."""
        self.begin()
        left = memoryview(data)
        while left:
            self._wait(select.POLLOUT)
            sent = self.send(left[:PIECE], flags | socket.MSG_DONTWAIT)
            self._moved += sent
            left = left[sent:]

    def _wait(self, event: int) -> None:
        left_s = self._began + self.grace_s + self._moved / BYTES_A_SECOND - time.monotonic()
        ready = select.poll()
        ready.register(self, event)
        if left_s <= 0 or not ready.poll(left_s * 1_000):
            raise ConnectionResetError(errno.ECONNRESET, "the client is too slow")


class Worker(ThreadWorker):
    """Gunicorn's `gthread` over such connections."""

    def enqueue_req(self, conn: Any) -> None:
        """Hand a connection to a thread."""
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(fileno=conn.sock.detach())
        super().enqueue_req(conn)

    def handle(self, conn: Any) -> Any:
        """Read one request of a connection and answer it, in a thread; close it there where it is done with."""
        conn.sock.begin()
        goes_on = super().handle(conn)
        if not goes_on:
            # This waits for the client to close its end. Gunicorn would do so in the one loop that accepts connections.
            conn.close(graceful=True)
        return goes_on

    def finish_request(self, conn: Any, fs: Any) -> None:
        """Take a connection back from its thread."""
        if conn.sock.fileno() >= 0:
            super().finish_request(conn, fs)
        else:
            self.nr_conns -= 1
