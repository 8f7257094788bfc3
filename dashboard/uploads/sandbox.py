"""Runs a step over an upload in a process of its own, which may take little time and little memory, and can be ended.

The server's own process never opens what a stranger has sent: a file that breaks its reader breaks the child alone.
"""

from __future__ import annotations

import errno
import json
import logging
import os
import subprocess  # nosec B404
import sys
from pathlib import Path
from typing import Any, Protocol

from dashboard.datasets.work_queue import WorkQueue
from dashboard.language import marked, spoken
from dashboard.uploads.limits import Limits, RefusedError

ROOT = Path(__file__).parents[2]
MODULE = "dashboard.uploads.steps"
REFUSED, FULL = 3, 4
# The system ends a step that works longer than its seconds of a processor. By the clock it may take so many times as
# long, since on a busy machine it waits for its turn; that only ends one that does nothing.
PATIENCE, OUT_OF_TIME = 15, -24
# How many uploads one worker reads at the same time, and how many more wait, each as long as one may take.
AT_ONCE, WAITING = 2, 8
BUSY = marked("Too many tables are being read at the moment. Try again in a minute.")


class Run(Protocol):
    """Runs a step over the upload in a folder: the shape of `Sandbox.run`."""

    def __call__(self, step: str, folder: Path, **task: Any) -> dict[str, Any]:
        """The answer of the step. Raises `RefusedError` or `BusyError`."""


log = logging.getLogger(__name__)


class Sandbox:
    """Runs steps within `limits`, a few at the same time."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._queue = WorkQueue(AT_ONCE, WAITING, limits.seconds, BUSY)

    def run(self, step: str, folder: Path, **task: Any) -> dict[str, Any]:
        """The answer of a step of `steps` over the upload in `folder`. Raises `RefusedError` or `BusyError`."""
        with self._queue.turn():
            return self._answer(step, folder, task)

    def _answer(self, step: str, folder: Path, task: dict[str, Any]) -> dict[str, Any]:
        words = json.dumps({"step": step, "folder": str(folder), "language": spoken().code, **task})
        try:
            done = subprocess.run(  # noqa: S603 # nosec B603 (our own module; what is chosen is data)
                [sys.executable, "-m", MODULE, json.dumps(vars(self.limits)), str(os.getpid())],
                input=words.encode(),
                capture_output=True,
                cwd=ROOT,
                # More threads reserve more memory than the limit leaves.
                env={
                    **os.environ,
                    "OPENBLAS_NUM_THREADS": "1",
                    "OMP_NUM_THREADS": "1",
                    "ARROW_DEFAULT_MEMORY_POOL": "system",
                },
                timeout=self.limits.seconds * PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise RefusedError(self.limits.too_long()) from error
        if done.returncode == OUT_OF_TIME:
            raise RefusedError(self.limits.too_long())
        if done.returncode == REFUSED:
            raise RefusedError(done.stdout.decode())
        if done.returncode == FULL:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(folder))
        if done.returncode:
            log.warning("step %s ended with %s: %s", step, done.returncode, done.stderr.decode()[-4000:])
            raise RefusedError(self.limits.out_of_memory())
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer
