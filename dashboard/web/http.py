"""The page on the wire: its HTML frame, security headers, compression, caching, and 404 for addresses that are not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import brotli
from dash import Dash
from flask import Flask, Response, request
from flask_compress import Compress
from pydantic import ValidationError
from secure import ContentSecurityPolicy, ReferrerPolicy, Secure, XContentTypeOptions

A_YEAR = "public, max-age=31536000, immutable"
CALLBACKS = "/_dash-update-component"
STATIC = ("/assets/", "/_dash-component-suites/")
COMPRESSED = ["text/html", "text/css", "text/csv", "text/plain", "text/javascript", "application/javascript",
              "application/json", "application/geo+json", "image/svg+xml"]  # fmt: skip


def register(app: Dash) -> None:
    """Add headers, compression and caching to a page whose callbacks are all registered."""
    server: Flask = app.server
    server.config["COMPRESS_BR_LEVEL"] = 4
    server.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    server.config["COMPRESS_MIMETYPES"] = COMPRESSED
    Compress(server)
    server.after_request(_keep_static)
    _refuse_strangers(server)
    _refuse_malformed(app)
    headers = security_headers(app.csp_hashes())

    @server.after_request
    def add_headers(response: Response) -> Response:
        response.headers.extend(headers)
        return response


def security_headers(script_hashes: Iterable[str]) -> dict[str, str]:
    """The headers of every answer: nothing from elsewhere runs, loads or is asked. Dash puts styles into the page."""
    policy = (
        ContentSecurityPolicy()
        .default_src("'self'")
        .script_src("'self'", *script_hashes)
        .style_src("'self'", "'unsafe-inline'")
        .img_src("'self'", "data:", "blob:")
        .object_src("'none'")
        .base_uri("'self'")
        .form_action("'self'")
    )
    referrer = ReferrerPolicy().same_origin()
    return dict(Secure(csp=policy, referrer=referrer, xcto=XContentTypeOptions().nosniff()).headers)


def _refuse_strangers(server: Flask) -> None:
    """Answer 404 to every address that Dash would give the page for, but for the page itself."""

    @server.before_request
    def refuse() -> Response | None:
        known = request.endpoint is not None and not request.endpoint.endswith("<path:path>")
        if known or request.path == "/":
            return None
        return Response(f"There is nothing at {request.path}. The page is at /.\n", 404, mimetype="text/plain")


def _refuse_malformed(app: Dash) -> None:
    """Answer 400, not 500, to a callback's request that the page would never send."""
    server: Flask = app.server

    @server.before_request
    def refuse_malformed() -> Response | None:
        if request.path != CALLBACKS or request.method != "POST":
            return None
        body: Any = request.get_json(silent=True)
        declared = app.callback_map.get(str(body.get("output"))) if isinstance(body, dict) else None
        fits = declared and all(_names(body.get(part, [])) == _names(declared[part]) for part in ("inputs", "state"))
        return None if fits else Response("This is not a request of the page.\n", 400, mimetype="text/plain")

    @server.errorhandler(ValidationError)
    def refuse_value(error: ValidationError) -> Response:
        faults = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())
        return Response(f"This is not what the page would send: {faults}\n", 400, mimetype="text/plain")


def _names(parts: Any) -> list[tuple[Any, Any]]:
    """Component and property of each input, in order; of anything else nothing that an input could be called."""
    if not isinstance(parts, list) or not all(isinstance(part, dict) for part in parts):
        return [(None, None)]
    return [(part.get("id"), part.get("property")) for part in parts]


def _keep_static(response: Response) -> Response:
    """Send scripts, styles and the base map compressed once and kept; let browsers keep what carries a fingerprint."""
    if not request.path.startswith(STATIC) or response.status_code != 200:
        return response
    fingerprinted = "m" in request.args or ".v" in request.path
    response.headers["Cache-Control"] = A_YEAR if fingerprinted else "no-cache"
    if request.accept_encodings.find("br") >= 0 and request.method == "GET":
        response.direct_passthrough = False
        response.set_data(_compressed(response.get_data()))
        response.headers["Content-Encoding"] = "br"
        response.headers["Vary"] = "Accept-Encoding"
    return response


@lru_cache(maxsize=128)
def _compressed(body: bytes) -> bytes:
    """Brotli at a level that is worth its time only because the answer is kept."""
    return bytes(brotli.compress(body, quality=9))
