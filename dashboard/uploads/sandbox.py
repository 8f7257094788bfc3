"""Runs a step over an upload in a process of its own, which may take little time and little memory, and can be ended.

The server's own process never opens what a stranger has sent: a file that breaks its reader breaks the child alone.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import socket
import subprocess  # nosec B404
import sys
import weakref
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryFile
from threading import Lock
from typing import IO, Any, Protocol

from dashboard.datasets.work_queue import WorkQueue
from dashboard.language import marked, spoken
from dashboard.uploads.limits import Limits, RefusedError

ROOT = Path(__file__).parents[2]
MODULE = "dashboard.uploads.step_server"
# LOST: its status never came, since the system ended more than the step.
REFUSED, FULL, LOST = 3, 4, 255
# The system ends a step that works longer than its seconds of a processor. By the clock it may take so many times as
# long, since on a busy machine it waits for its turn; that only ends one that does nothing.
PATIENCE, OUT_OF_TIME = 15, -24
# How many uploads one worker reads at the same time, and how many more wait, each as long as one may take.
AT_ONCE, WAITING = 2, 8
# How much of what a step says when it breaks is logged: the last bytes.
MOST_SAID = 4_000
# When nobody has uploaded for so long the memory in which the steps find the libraries and the towns is given back.
IDLE_S = 600.0
# A thread does not outlive a fork, and each reserves memory that the limit then lacks.
ONE_THREAD = {
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "ARROW_DEFAULT_MEMORY_POOL": "system",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
}
BUSY = marked("Too many tables are being read at the moment. Try again in a minute.")


class Run(Protocol):
    """Runs a step over the upload in a folder: the shape of `Sandbox.run`."""

    def __call__(self, step: str, folder: Path, **task: Any) -> dict[str, Any]:
        """The answer of the step. Raises `RefusedError` or `BusyError`."""


log = logging.getLogger(__name__)


class Sandbox:
    """Runs steps within `limits`, a few at the same time, each in a process that `step_server` forks."""

    def __init__(self, limits: Limits, server: StepServer | None = None) -> None:
        self.limits = limits
        self.server = server or StepServer()
        self._queue = WorkQueue(AT_ONCE, WAITING, limits.seconds, BUSY)

    def run(self, step: str, folder: Path, **task: Any) -> dict[str, Any]:
        """The answer of a step of `steps` over the upload in `folder`. Raises `RefusedError` or `BusyError`."""
        with self._queue.turn():
            return self._answer(step, folder, task)

    def _answer(self, step: str, folder: Path, task: dict[str, Any]) -> dict[str, Any]:
        told = {"step": step, "folder": str(folder), "language": spoken().code, **task}
        order = {"limits": vars(self.limits), "clock": self.limits.seconds * PATIENCE, "task": told}
        with TemporaryFile() as asked, TemporaryFile() as answered, TemporaryFile() as said:
            asked.write(json.dumps(order).encode())
            asked.seek(0)
            status = self.server.status(asked, answered, said)
            said.seek(max(said.seek(0, os.SEEK_END) - MOST_SAID, 0))
            answered.seek(0)
            answer, fault = answered.read(), said.read()
        if status == OUT_OF_TIME:
            raise RefusedError(self.limits.too_long())
        if status == REFUSED:
            raise RefusedError(answer.decode())
        if status == FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
        if status:
            log.warning("step %s ended with %s: %s", step, status, fault.decode(errors="replace"))
            raise RefusedError(self.limits.out_of_memory())
        found: dict[str, Any] = json.loads(answer)
        return found


class StepServer:
    """The process that forks the steps: started with the first one, and anew where it has ended."""

    def __init__(self, idle_s: float = IDLE_S) -> None:
        self.idle_s = idle_s
        self.process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._end: Callable[[], Any] = lambda: None
        self._lock = Lock()

    def status(self, *files: IO[bytes]) -> int:
        """The status with which a step has ended that reads its task from the first file and writes into the others."""
        ours, theirs = os.pipe()
        with open(ours, "rb") as ended:  # noqa: PTH123 (no path)
            try:
                self._send([*(file.fileno() for file in files), theirs])
            finally:
                os.close(theirs)
            return int(ended.read() or LOST)

    def _send(self, files: list[int]) -> None:
        with self._lock:
            try:
                socket.send_fds(self._control or self._start(), [b"1"], files)
            except (BrokenPipeError, ConnectionResetError):
                socket.send_fds(self._start(), [b"1"], files)

    def _start(self) -> socket.socket:
        self._end()
        self._control, theirs = socket.socketpair()
        with theirs:
            # In a session of its own, so that it is not ended from a terminal while this process still needs it.
            self.process = subprocess.Popen(  # noqa: S603 # nosec B603 (our own module; what is chosen is data)
                [sys.executable, "-m", MODULE, str(self.idle_s)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                cwd=ROOT,
                env=os.environ | ONE_THREAD,
                start_new_session=True,
            )
        self._end = weakref.finalize(self, _end, self._control, self.process)
        return self._control


def _end(control: socket.socket, process: subprocess.Popen[bytes]) -> None:
    """End a server, and with it what it has forked."""
    control.close()
    process.kill()
    process.wait()
