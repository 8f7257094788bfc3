"""The page on the wire: security headers, compression, caching, and what is refused before a view sees it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import brotli
from dash import Dash
from flask import Flask, Response, request
from flask_compress import Compress
from secure import ContentSecurityPolicy, ReferrerPolicy, Secure, XContentTypeOptions

from dashboard.web import refusals

A_YEAR = "public, max-age=31536000, immutable"
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
    refusals.register(app)
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
