"""`/health`: whether the server can answer, and with which version of the data."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sized
from functools import partial
from typing import Any, Protocol

from flask import Flask, Response, jsonify

from dashboard import __version__

log = logging.getLogger(__name__)


class Served(Protocol):
    """What is served, as far as `/health` asks."""

    @property
    def data_as_of(self) -> str:
        """The day up to which the data hold, or ''."""

    @property
    def leaders(self) -> Sized:
        """The leaders."""

    @property
    def size(self) -> int:
        """How many trips there are."""

    def fetch(self, numbers: Iterable[int]) -> Any:
        """The trips of these numbers."""


def register(server: Flask, served: Served, version: str) -> None:
    """Give `server` the address `/health`; `version` is that of the data, see `data_version`."""
    server.add_url_rule("/health", "health", partial(_health, served, version))


def _health(served: Served, version: str) -> Response:
    """Status 200 where a trip can be given, else 503. That it answers at all is that it is alive."""
    ready = _is_ready(served)
    response = jsonify(
        status="ok" if ready else "unavailable",
        alive=True,
        ready=ready,
        trips=served.size,
        leaders=len(served.leaders),
        data_as_of=served.data_as_of or None,
        version=__version__,
        data_version=version or None,
    )
    response.status_code = 200 if ready else 503
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_ready(served: Served) -> bool:
    try:
        served.fetch([0] if served.size else [])
    except Exception:  # where rows lie elsewhere, anything may be wrong with the way there
        log.exception("the trips cannot be reached")
        return False
    return True
