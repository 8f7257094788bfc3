"""The headers of every answer: nothing from elsewhere runs, loads or is asked, and nobody frames the page unasked."""

from __future__ import annotations

from collections.abc import Iterable

from dash import Dash
from flask import Flask, Response, request
from secure import (
    ContentSecurityPolicy,
    CrossOriginOpenerPolicy,
    PermissionsPolicy,
    ReferrerPolicy,
    Secure,
    XContentTypeOptions,
)

from dashboard.query.selection import DATA
from dashboard.web.settings import Settings

EMBED = "embed"
# What a browser could let a page use, and this one never does.
UNUSED = ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer", "microphone",
          "midi", "payment", "serial", "usb", "xr-spatial-tracking")  # fmt: skip


def register(app: Dash, settings: Settings) -> None:
    """Add the headers to every answer of a page whose callbacks are all registered."""
    server: Flask = app.server
    hashes = app.csp_hashes()
    ordinary, embedded = security_headers(hashes), security_headers(hashes, settings.embedders)

    @server.after_request
    def add_headers(response: Response) -> Response:
        is_embedded = EMBED in request.args and request.path == "/"
        response.headers.extend(embedded if is_embedded else ordinary)
        if DATA in request.args:
            response.headers["Cache-Control"] = "no-store"
        return response


def security_headers(script_hashes: Iterable[str], embedders: Iterable[str] = ()) -> dict[str, str]:
    """The headers of an answer that `embedders`, sites as `https://news.example`, may show in a frame.

    Styles need 'unsafe-inline': Plotly sets `style` attributes of what it draws, Dash and Plotly add style elements.
    """
    policy = (
        ContentSecurityPolicy()
        .default_src("'self'")
        .script_src("'self'", *script_hashes)
        .style_src("'self'", "'unsafe-inline'")
        .img_src("'self'", "data:", "blob:")
        .object_src("'none'")
        .base_uri("'self'")
        .form_action("'self'")
        .frame_ancestors("'self'", *embedders)
    )
    permissions = PermissionsPolicy()
    for one in UNUSED:
        permissions.add_directive(one)
    whole = Secure(
        csp=policy,
        referrer=ReferrerPolicy().same_origin(),
        xcto=XContentTypeOptions().nosniff(),
        permissions=permissions,
        coop=CrossOriginOpenerPolicy().same_origin(),
    )
    return dict(whole.headers)
