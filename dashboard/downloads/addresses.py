"""The addresses of the files, and `/health`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from flask import Flask, Response, jsonify, request

from dashboard import __version__
from dashboard.downloads.content import TABLES
from dashboard.downloads.files import file, is_offered, unknown
from dashboard.selection import read
from dashboard.trips import Travel

Clock = Callable[[], date]


def register(server: Flask, travel: Travel, today: Clock = date.today) -> None:
    """Give `server` the addresses of every table in every format, and `/health`; `today` dates the files."""
    for table in TABLES:
        view = partial(_answer, travel, table.name, today)
        server.add_url_rule(f"/{table.name}.<suffix>", f"{table.name}-file", view)
    server.add_url_rule("/health", "health", partial(_health, travel))


def _answer(travel: Travel, table: str, today: Clock, suffix: str) -> Response:
    """The file that the address asks for, or what to write instead: 404 for a format, 400 for a choice."""
    if not is_offered(table, suffix):
        return _refusal(404, unknown(table, suffix))
    reading = read(request.query_string.decode("utf-8", "replace"), travel)
    if reading.ignored:
        return _refusal(400, "\n".join(reading.ignored))
    download = file(travel, reading.selection, table, suffix, today())
    response = Response(download.body, mimetype=download.mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=download.name)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return _open_to_scripts(response)


def _refusal(status: int, text: str) -> Response:
    return _open_to_scripts(Response(f"{text}\n", status=status, mimetype="text/plain"))


def _open_to_scripts(response: Response) -> Response:
    """Let a notebook in a browser read the answer, refusals included: the data are public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _health(travel: Travel) -> Response:
    response = jsonify(
        status="ok",
        trips=len(travel.trips),
        leaders=len(travel.leaders),
        data_as_of=travel.data_as_of or None,
        version=__version__,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
