"""What is refused before a view sees it: no such address, a wrong method, too much, another site's page."""

from __future__ import annotations

import logging
from urllib.parse import urlsplit

from dash import Dash
from dash.exceptions import DependencyException
from flask import Flask, Response, current_app, request
from flask.json.provider import DefaultJSONProvider
from pydantic import ValidationError
from werkzeug.exceptions import BadRequest, HTTPException, MethodNotAllowed, NotFound, RequestEntityTooLarge
from werkzeug.routing import Rule

from dashboard.tables.atomic import NO_ROOM
from dashboard.web.callback_bodies import MOST_BYTES, BodyError, Json, check, parse

CALLBACKS = "/_dash-update-component"
LONGEST_QUERY = 8_000
MOST_PAIRS = 500
# Of what is wrong with a question so much is said.
FAULTS = 5
METHODS = ("GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE")

log = logging.getLogger(__name__)


class Provider(DefaultJSONProvider):
    """JSON as callbacks get it: what `parse` lets through, and exactly as `parse` reads it."""

    def loads(self, s: str | bytes, **_: Json) -> Json:
        """A body as JSON. Raises `BodyError`."""
        return parse(s.encode() if isinstance(s, str) else s)


def register(app: Dash) -> None:
    """Refuse what no view should see, each with a short message."""
    server: Flask = app.server
    server.json = Provider(server)
    server.config["MAX_CONTENT_LENGTH"] = MOST_BYTES
    for refuse in (_refuse_address, _refuse_query, _refuse_stranger):
        server.before_request(refuse)

    @server.before_request
    def refuse_body() -> None:
        if request.path == CALLBACKS and request.method == "POST":
            check(parse(request.get_data()), app.callback_map)

    server.register_error_handler(ValidationError, _value)
    server.register_error_handler(BodyError, lambda error: _answer(400, f"This is not a request of the page: {error}."))
    server.register_error_handler(DependencyException, lambda _: _nothing_here())
    server.register_error_handler(RequestEntityTooLarge, _too_large)
    server.register_error_handler(BadRequest, lambda error: _answer(400, str(error.description)))
    register_system_faults(server)


def register_system_faults(server: Flask) -> None:
    """Say what the system cannot do just now."""
    server.register_error_handler(OSError, _full_disk)


def _answer(status: int, text: str) -> Response:
    return Response(f"{text}\n", status, mimetype="text/plain")


def _nothing_here() -> Response:
    return _answer(404, f"There is nothing at {request.path}. The page is at /.")


def _is_catchall(rule: Rule | None) -> bool:
    """Whether this is the rule by which Dash gives the page for every address."""
    return rule is not None and rule.endpoint.endswith("<path:path>")


def _refuse_address() -> Response | None:
    """404 for an address that is none, 405 with the methods that there are for one of another method."""
    unknown = isinstance(request.routing_exception, MethodNotAllowed | NotFound) or _is_catchall(request.url_rule)
    if not unknown:
        return None
    methods = _methods()
    if not methods:
        return _nothing_here()
    response = _answer(405, f"{request.path} answers {' and '.join(methods)}, not {request.method}.")
    response.headers["Allow"] = ", ".join(methods)
    return response


def _methods() -> list[str]:
    """The methods that the address of the request answers, but for the page that Dash gives for any address."""
    adapter = current_app.url_map.bind_to_environ(request.environ)
    found = []
    for method in METHODS:
        try:
            rule, _ = adapter.match(method=method, return_rule=True)
        except HTTPException:
            continue
        if not _is_catchall(rule):
            found.append(method)
    return found


def _refuse_query() -> Response | None:
    """414 for an address longer than any link of the page, 400 for one of more keys."""
    if len(request.query_string) > LONGEST_QUERY:
        return _answer(
            414, f"The query is {len(request.query_string):,} characters long; at most {LONGEST_QUERY:,} are read."
        )
    if request.query_string.count(b"&") >= MOST_PAIRS:
        return _answer(400, f"The query has more than {MOST_PAIRS} keys; give fewer.")
    return None


def _refuse_stranger() -> Response | None:
    """403 for what another site's page makes a browser send: only pages of this server change anything here."""
    origin = request.headers.get("Origin")
    if request.method != "POST" or origin is None or urlsplit(origin).netloc == request.host:
        return None
    return _answer(403, f"A page of {origin[:200]} may not send this. Send it from the page itself.")


def _value(error: ValidationError) -> Response:
    faults = "; ".join(f"{'.'.join(map(str, one['loc']))[:100]}: {one['msg']}" for one in error.errors()[:FAULTS])
    return _answer(400, f"This is not what the page would send: {faults}")


def _too_large(_: RequestEntityTooLarge) -> Response:
    return _answer(413, f"The body of this request may have {MOST_BYTES // 1000} kB.")


def _full_disk(error: OSError) -> Response:
    """503 where the disk is full; any other fault of the system stays what it is."""
    if error.errno not in NO_ROOM:
        raise error
    log.error("the disk is full: %s", error)
    response = _answer(503, "The server has no room left for this. Try again in an hour.")
    response.headers["Retry-After"] = "3600"
    return response
