"""Heavy work waits in a queue: a few at the same time, a few more wait, and who comes after is told to come back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from dashboard.language import gettext


class BusyError(Exception):
    """All that may be done at the same time is being done; says when to come back."""


class WorkQueue:
    """`at_once` in the block at the same time, `waiting` before it, each for `seconds` at most."""

    def __init__(self, at_once: int, waiting: int, seconds: float, busy: str) -> None:
        self.at_once, self.waiting, self.seconds, self.busy = at_once, waiting, seconds, busy
        self._free, self._waiting = at_once, 0
        self._changed = Condition()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """One's turn. Raises `BusyError` where too many wait, or after having waited in vain."""
        self._take()
        try:
            yield
        finally:
            with self._changed:
                self._free += 1
                self._changed.notify()

    def _take(self) -> None:
        with self._changed:
            if not self._free and self._waiting >= self.waiting:
                raise BusyError(gettext(self.busy))
            self._waiting += 1
            try:
                if not self._changed.wait_for(lambda: self._free > 0, self.seconds):
                    raise BusyError(gettext(self.busy))
            finally:
                self._waiting -= 1
            self._free -= 1
