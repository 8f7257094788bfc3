"""The application: reads the data, builds the page. `python app.py` serves it; `gunicorn app:server` does the same."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click
from dash import Dash

from dashboard import callbacks, downloads, layout, web
from dashboard.trips import DataError, Travel, load

HERE = Path(__file__).parent


def create_app(travel: Travel) -> Dash:
    """The page, the downloads and `/health` over one `Travel`."""
    # asgiref, where installed, would put Dash on an asynchronous path that answers a quarter of the requests.
    app = Dash(__name__, title="Leader Travel", update_title="", use_async=False, index_string=web.INDEX)
    app.layout = layout.page(travel)
    callbacks.register(app, travel)
    downloads.register(app.server, travel)
    web.register(app)
    return app


def data_folder() -> Path:
    """The folder that `LEADER_TRAVEL_DATA` names, else the journeys shipped with the project."""
    return Path(os.environ.get("LEADER_TRAVEL_DATA") or HERE / "data")


def read_data() -> Travel:
    """The data, or an end with every fault in it."""
    try:
        return load(data_folder())
    except DataError as error:
        sys.exit(f"{error}\nRun: python -m dashboard check {data_folder()}")


app = create_app(read_data())
server = app.server


if __name__ == "__main__":
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8050"))
    click.echo(f"Leader Travel: http://{host}:{port}  (Kim Jong Un alone: http://{host}:{port}/?leader=kim-jong-un)")
    app.run(host=host, port=port, debug=False)
