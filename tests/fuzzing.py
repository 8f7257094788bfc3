"""Requests that a stranger might send, made from the description of the addresses and from the callbacks.

`python -m tests.fuzzing 100000` sends so many and says what was answered; `make fuzz` does that.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from dash import Dash
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st

from tests.bodies import ANYTHING, body_of, broken

CALLBACKS = "/_dash-update-component"
METHODS = ("GET", "GET", "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH")
# What has broken servers before: encodings, numbers, paths, formulas, markup, and much of anything.
HOSTILE = ("", " ", "%00", "\0", "'", '"', "<script>", "../../etc/passwd", "=1+1", "²", "9" * 5_000, "x" * 9_000, "-1",
           "1e999", "null", "2018-2019", "9999-1", "\ud83d\ude00", "\u202e", "a;b", "a,b", "{}", "[]")  # fmt: skip
STEPS = ("", "/places", "/sheet", "/columns", "/show", "/keep", "/forget", "/messages.txt", "/../about.json", "/x")
SLOWEST_S = 2.0
BATCH = 1_000
EVERY = settings(database=None, deadline=None, suppress_health_check=list(HealthCheck))


@dataclass(frozen=True)
class Sent:
    """One request: method, address with its query, body and its type, headers."""

    method: str
    address: str
    body: bytes = b""
    mimetype: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass
class Account:
    """What was answered: how many of each status, the slowest time, and the requests that broke a rule."""

    statuses: Counter[int] = field(default_factory=Counter)
    paths: set[str] = field(default_factory=set)
    slowest_s: float = 0.0
    broken: list[str] = field(default_factory=list)

    def send(self, client: FlaskClient, sent: Sent) -> None:
        """Send one request and note the answer; 5xx, and more than two seconds, break a rule."""
        began = time.perf_counter()
        answer = client.open(
            sent.address,
            method=sent.method,
            data=sent.body,
            content_type=sent.mimetype or None,
            headers=list(sent.headers),
            buffered=True,
        )
        took_s = time.perf_counter() - began
        self.statuses[answer.status_code] += 1
        self.paths.add(sent.address.partition("?")[0])
        self.slowest_s = max(self.slowest_s, took_s)
        if answer.status_code >= 500 or took_s > SLOWEST_S:
            self.broken.append(f"{answer.status_code} after {took_s:.1f} s: {sent}"[:2_000])


def values(schema: Mapping[str, Any]) -> st.SearchStrategy[str]:
    """Values of a parameter: some that its schema allows, and some that it does not."""
    item = schema.get("items", schema)
    hostile = st.sampled_from(HOSTILE) | st.text(max_size=30)
    if "enum" in item:
        return st.sampled_from([str(one) for one in item["enum"]]) | hostile
    return st.from_regex(item["pattern"], fullmatch=True) | hostile if "pattern" in item else hostile


def queries(described: Mapping[str, Any]) -> st.SearchStrategy[str]:
    """Query strings of the described keys, of others, and of what is none."""
    parameters = described["components"]["parameters"]
    known = [st.tuples(st.just(name), values(one["schema"])) for name, one in parameters.items()]
    pair = st.one_of(*known, st.tuples(st.text(max_size=8), st.sampled_from(HOSTILE)))
    written = st.lists(pair, max_size=6).map(
        lambda some: "&".join(f"{_quoted(key)}={_quoted(value)}" for key, value in some)
    )
    return written | st.sampled_from(["&" * 700, "=", "%ff=%fe", "a[]=1", "?", "leader=" + "x" * 7_000])


def _joined(pairs: Iterable[tuple[str, str]]) -> str:
    return "&".join(f"{_quoted(key)}={_quoted(value)}" for key, value in pairs)


def _quoted(text: str) -> str:
    return quote(text, errors="replace")


@st.composite
def requests_of(draw: st.DrawFn, described: Mapping[str, Any]) -> Sent:
    """A request to a described address, or to one beside it, with any query, method and header."""
    paths = [*described["paths"], "/trips.doc", "/nothing", "/assets/../app.py", "/_dash-layout", "/_dash-dependencies",
             "/_reload-hash", "/_dash-component-suites/x/y.js", "/_first-view"]  # fmt: skip
    headers = draw(st.lists(st.tuples(st.sampled_from(HEADERS), st.sampled_from(HEADER_VALUES)), max_size=2))
    method = draw(st.sampled_from(METHODS))
    address = f"{draw(st.sampled_from(paths))}?{draw(queries(described))}"
    return Sent(
        method,
        address,
        draw(st.sampled_from(BODIES)) if method in ("POST", "PUT", "PATCH") else b"",
        "",
        tuple(headers),
    )


HEADERS = ("If-None-Match", "Accept-Encoding", "Origin", "Range", "Accept", "X-Forwarded-Prefix", "If-Modified-Since")
HEADER_VALUES = ("*", "", "x", "br;q=x", "null", "bytes=0-5", "bytes=-1,9-", 'W/"', "https://a.example", "é")
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x", "")
BODIES = (b"", b"{}", b"\xff\xfe", b"x" * 400_000, b"[" * 10_000, b"a=1&b=2")


@st.composite
def forms_of_uploads(draw: st.DrawFn) -> Sent:
    """A form about an upload that is not there, or a table that is none."""
    token = draw(st.sampled_from(["x", "a" * 32, "..", "%2e%2e"]) | st.from_regex(r"[\w-]{32}", fullmatch=True))
    fields = draw(
        st.dictionaries(st.sampled_from(["sheet", "order", "column-0", "with", "table"]), st.sampled_from(HOSTILE))
    )
    body = "&".join(f"{name}={_quoted(value)}" for name, value in fields.items()).encode()
    path = draw(st.sampled_from([f"/upload/{_quoted(token)}{step}" for step in STEPS]))
    kind = draw(st.sampled_from(FORMS))
    return Sent("POST", path, body, kind)


def questions(app: Dash) -> st.SearchStrategy[Sent]:
    """Questions of the page with something wrong in them."""
    served = [(name, one) for name, one in app.callback_map.items() if "callback" in one]
    whole = st.builds(lambda one, value: body_of(one[0], one[1], value), st.sampled_from(served), ANYTHING)
    written = whole.flatmap(broken).map(lambda body: json.dumps(body).encode())
    raw = st.binary(max_size=200) | st.sampled_from(BODIES)
    return (written | written | raw).map(lambda body: Sent("POST", CALLBACKS, body, "application/json"))


def fuzz(app: Dash, requests: int, seed: int) -> Account:
    """Send so many requests, the same ones for the same seed."""
    client: FlaskClient = app.server.test_client()
    described = json.loads(client.get("/openapi.json").data)
    kinds = (requests_of(described), requests_of(described), questions(app), forms_of_uploads())
    account = Account()
    for batch in range(0, requests, BATCH):

        @seeded(seed + batch)
        @settings(
            max_examples=min(BATCH, requests - batch),
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.one_of(*kinds))
        def send(sent: Sent) -> None:
            account.send(client, sent)

        send()
    return account


def main() -> None:
    """Send as many requests as the first argument says; end with status 1 where a rule was broken."""
    from app import app  # noqa: PLC0415  reads the data

    requests = int(sys.argv[1])
    began = time.monotonic()
    account = fuzz(app, requests, seed=int(began) if len(sys.argv) < 3 else int(sys.argv[2]))
    said = ", ".join(f"{status}: {number:,}" for status, number in sorted(account.statuses.items()))
    sys.stdout.write(f"{sum(account.statuses.values()):,} requests in {time.monotonic() - began:,.0f} s; {said}\n")
    sys.stdout.write(f"slowest: {account.slowest_s:.2f} s; 5xx or over {SLOWEST_S:g} s: {len(account.broken)}\n")
    sys.exit("\n".join(account.broken[:20]) or 0)


if __name__ == "__main__":
    main()
