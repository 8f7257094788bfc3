"""The page on the wire: security headers, compression, caching, and what is refused before a view sees it."""

from __future__ import annotations

from functools import lru_cache

import brotli
from dash import Dash
from flask import Flask, Response, request
from flask_compress import Compress
from werkzeug.middleware.proxy_fix import ProxyFix

from dashboard.language import ENGLISH, Language
from dashboard.web import headers, languages, refusals
from dashboard.web.settings import Settings

A_YEAR = "public, max-age=31536000, immutable"
STATIC = ("/assets/", "/_dash-component-suites/")
# What Dash asks for with every visit, and what is the same for every address.
OF_THE_PAGE = ("/_dash-layout", "/_dash-dependencies")
COMPRESSED = ["text/html", "text/css", "text/csv", "text/plain", "text/javascript", "application/javascript",
              "application/json", "application/geo+json", "image/svg+xml"]  # fmt: skip


def register(app: Dash, settings: Settings, usual: Language = ENGLISH) -> None:
    """Add headers, compression, caching and languages to a page whose callbacks are all registered."""
    server: Flask = app.server
    languages.register(server, usual)
    server.config["COMPRESS_BR_LEVEL"] = 4
    server.config["COMPRESS_ALGORITHM"] = ["br", "gzip"]
    server.config["COMPRESS_MIMETYPES"] = COMPRESSED
    Compress(server)
    server.after_request(_keep_static)
    server.after_request(_keep_page)
    refusals.register(app)
    headers.register(app, settings)
    server.config["TRUSTED_HOSTS"] = settings.hosts
    if settings.address:
        # One proxy stands before the server: what it says of the client, the host and the path is true.
        server.wsgi_app = ProxyFix(server.wsgi_app, x_for=1, x_proto=1, x_host=1, x_prefix=1)  # type: ignore[method-assign]


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


def _keep_page(response: Response) -> Response:
    """Tag what the page consists of, so that a second visit is told "not modified"."""
    if request.path in OF_THE_PAGE and response.status_code == 200 and request.method == "GET":
        response.headers["Cache-Control"] = "no-cache"
        response.add_etag()
        response.make_conditional(request)
    return response


@lru_cache(maxsize=128)
def _compressed(body: bytes) -> bytes:
    """Brotli at a level that is worth its time only because the answer is kept."""
    return bytes(brotli.compress(body, quality=9))
