"""The floor for the server: a worker that has loaded the same libraries and an empty Dash page, and no data."""

from __future__ import annotations

import brotli
import flask_compress
import pandas as pd
from dash import Dash, html
from flask import Response

LIBRARIES = (brotli, flask_compress, pd)


def create_app() -> Dash:
    """An empty page, and a `/health` that answers at once."""
    app = Dash(__name__, use_async=False)
    app.layout = html.Div()
    app.server.add_url_rule("/health", "health", lambda: Response('{"status":"ok"}', mimetype="application/json"))
    return app


server = create_app().server
