"""Forks a process for each step over an upload: `python -m dashboard.uploads.step_server SECONDS`.

It loads the libraries, the towns and the names of countries once, which takes many times as long as a step over a usual
table, and never opens what a stranger has sent: a step does that, in a process that ends with it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NoReturn

from dashboard.uploads import preview, steps, table_import  # noqa: F401  (each step has them without loading them)
from dashboard.uploads.sandbox import OUT_OF_TIME

# As each message brings them: the task, the answer, what a step says when it breaks, and where its status is sent.
FILES = 4


def serve(idle_s: float) -> None:
    """Fork a step for each message on standard input, until whoever sends them is gone or sends none for `idle_s`."""
    control = socket.socket(fileno=sys.stdin.fileno())
    control.settimeout(idle_s)
    # Those that watch over a step say themselves how it has ended.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        try:
            message, files, *_ = socket.recv_fds(control, 1, FILES)
        except TimeoutError:
            # What has been sent in the meantime is still done; who sends later is refused, and starts another server.
            control.shutdown(socket.SHUT_RD)
            continue
        if not message:
            return
        server = os.getpid()
        if not os.fork():
            end_after(watch, server, files)
        for file in files:
            os.close(file)
        # While the reader looks at the first preview.
        read_ahead()


@lru_cache(maxsize=1)
def read_ahead() -> None:
    """Read what nearly every table asks for; thereafter collecting garbage leaves it in the memory that all share."""
    steps.read_ahead()
    gc.collect()
    gc.freeze()


def watch(server: int, files: Sequence[int]) -> int:
    """Fork the step, end it where it takes too long by the clock, and send the status with which it has ended."""
    steps.end_with_parent(server)
    # This is not the server: the socket on which that is told what to do is closed with it.
    os.dup2(os.open(os.devnull, os.O_RDWR), sys.stdin.fileno())
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    order = json.loads(os.read(files[0], os.fstat(files[0]).st_size))
    watcher = os.getpid()
    step = os.fork()
    if not step:
        end_after(perform, watcher, order, files)
    os.write(files[-1], str(_status(step, order["clock"])).encode())
    return 0


def _status(step: int, seconds: float) -> int:
    """The status of a step that has ended, within so many seconds or by force."""

    def end(*_: Any) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return os.waitstatus_to_exitcode(os.waitpid(step, 0)[1])
    except TimeoutError:
        os.kill(step, signal.SIGKILL)
        return OUT_OF_TIME


def perform(watcher: int, order: dict[str, Any], files: Sequence[int]) -> int:
    """Do the step in this process; its status."""
    steps.end_with_parent(watcher)
    os.dup2(files[1], sys.stdout.fileno())
    os.dup2(files[2], sys.stderr.fileno())
    for file in files:
        os.close(file)
    return steps.main(order["limits"], order["task"])


def end_after(do: Callable[..., int], *what: Any) -> NoReturn:
    """Do it in this process, which has been forked, and end with its status: nothing gets back to the server's loop."""
    status = 1
    try:
        status = do(*what)
    except BaseException:  # noqa: BLE001 (as above)
        sys.excepthook(*sys.exc_info())
    finally:
        os._exit(status)


if __name__ == "__main__":
    serve(float(sys.argv[1]))
