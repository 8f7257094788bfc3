"""One filter change as the browser sends it, played again to the server with other choices."""

from __future__ import annotations

import http.client
import itertools
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from dashboard.tables.transport import TRANSPORT_NAMES
from tests.benchmarks.server import Server, ServerError

ADDRESS = "/_dash-update-component"
# What Chromium asks for; without it the answers would not be compressed.
HEADERS = {"Content-Type": "application/json", "Accept": "application/json", "Accept-Encoding": "gzip, deflate, br"}


@dataclass(frozen=True)
class Change:
    """The body of the request that a choice made, and the first and last year that trips fall into."""

    body: str
    first_year: int
    last_year: int

    def bodies(self) -> Iterator[str]:
        """The same request for ever other years, the longest spans first, so that no answer is ready in memory.

        Where the years are few they come again within each transport, since a server remembers its last answers.
        """
        years = range(self.first_year, self.last_year + 1)
        spans = sorted(itertools.combinations_with_replacement(years, 2), key=lambda span: span[0] - span[1])
        addresses = ["", *(f"?transport={mode}" for mode in TRANSPORT_NAMES)]
        # The whole span chooses everything, which the first view has counted already.
        for address, (first, last) in itertools.cycle(itertools.product(addresses, spans[1:] or spans)):
            yield self._choosing(address, f"years={first}-{last}")

    def _choosing(self, address: str, text: str) -> str:
        """The request of a page at an address (query string) to which one more choice has been added."""
        body: dict[str, Any] = json.loads(self.body)
        for one in body["inputs"]:
            one["value"] = None
            if one["id"] == "address":
                one["value"] = f"{address}&{text}" if address else f"?{text}"
        return json.dumps(body)


def is_choice(body: str) -> bool:
    """Whether a request to the server is the one that fills the page after a choice of the reader."""
    return any(one.get("id") == "chosen" and one.get("value") for one in json.loads(body).get("inputs", ()))


def post_ms(server: Server, body: str) -> float:
    """From sending a filter change to having the whole answer, connection included, in ms."""
    return _asked_ms(server, "POST", ADDRESS, body)


def health_ms(server: Server) -> float:
    """The floor: the same for an answer that takes no work, in ms."""
    return _asked_ms(server, "GET", "/health", None)


def _asked_ms(server: Server, method: str, address: str, body: str | None) -> float:
    begun = time.perf_counter()
    connection = server.connect()
    connection.request(method, address, body, HEADERS)
    status = read(connection)
    connection.close()
    if status != 200:
        raise ServerError(f"{method} {address} answered {status}")
    return (time.perf_counter() - begun) * 1000


def read(connection: http.client.HTTPConnection) -> int:
    """Read the whole answer and return its status."""
    answer = connection.getresponse()
    answer.read()
    return answer.status
