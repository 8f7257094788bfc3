"""The addresses of the files and of the package, their description at `/openapi.json`, and `/health`."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import orjson
from flask import Flask, Response, jsonify, request

from dashboard import __version__
from dashboard.datasets.shelf import Opened, Shelf
from dashboard.datasets.store import GoneError
from dashboard.downloads.content import TABLES
from dashboard.downloads.excerpt import ChangedError
from dashboard.downloads.files import Download, file, is_offered, unknown
from dashboard.downloads.openapi import describe_addresses
from dashboard.downloads.package import package
from dashboard.query.selection import Selection, read
from dashboard.tables.reading import read_folder
from dashboard.travel.frames import TooManyError, Travel, Whole

Clock = Callable[[], date]
Make = Callable[[Opened, Selection], Download]

NO_FOLDER = "The server was not told which folder its trips were read from: there is no package of them."
ON_A_CLUSTER = "These trips lie on a cluster, from which no package is made: the data folder itself is one."


def register(server: Flask, shelf: Shelf, today: Clock = date.today) -> None:
    """Give `server` the addresses of every table in every format, of the package, and `/health`.

    `today` dates the files. The package of the shipped trips needs the folder that `shelf` had them from.
    """
    for table in TABLES:
        view = partial(_table, shelf, table.name, today)
        server.add_url_rule(f"/{table.name}.<suffix>", f"{table.name}-file", view)
    server.add_url_rule("/package.zip", "package", partial(_package, shelf, today))
    server.add_url_rule("/openapi.json", "openapi", partial(_openapi, shelf.shipped.travel))
    server.add_url_rule("/health", "health", partial(_health, shelf.shipped.travel))


def _table(shelf: Shelf, table: str, today: Clock, suffix: str) -> Response:
    """A table as a file; 404 for a format that is not offered."""
    if not is_offered(table, suffix):
        return _refusal(404, unknown(table, suffix))
    return _answer(shelf, lambda opened, selection: file(opened.travel, selection, table, suffix, today()))


def _package(shelf: Shelf, today: Clock) -> Response:
    """The package, its texts read anew; 503 where they are not what the server has read."""

    def make(opened: Opened, selection: Selection) -> Download:
        upload = opened.upload
        if not isinstance(opened.travel, Travel):
            raise TooManyError(ON_A_CLUSTER)
        folder = shelf.store.path(upload.token) / upload.data if upload else shelf.source
        if folder is None:
            raise GoneError(404, NO_FOLDER)
        return package(read_folder(folder), opened.travel, selection, today())

    return _answer(shelf, make)


def _answer(shelf: Shelf, make: Make) -> Response:
    """The file that the address asks for, or what to write instead.

    400 for a choice, 404 for an upload that is not here (410: no longer), 413 for more trips than can be sent.
    """
    query = request.query_string.decode("utf-8", "replace")
    try:
        opened = shelf.open(query)
        reading = read(query, opened.travel)
        if reading.ignored:
            return _refusal(400, "\n".join(reading.ignored))
        download = make(opened, reading.selection)
    except GoneError as gone:
        return _refusal(gone.status, str(gone))
    except TooManyError as many:
        return _refusal(413, str(many))
    except ChangedError as changed:
        return _refusal(503, str(changed))
    response = Response(download.body, mimetype=download.mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=download.name)
    # What is forgotten here must not live on in a cache between.
    response.headers["Cache-Control"] = "no-store" if reading.selection.data else "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return _open_to_scripts(response)


def _openapi(travel: Whole) -> Response:
    # Flask's own JSON would put the columns into alphabetical order.
    response = Response(orjson.dumps(describe_addresses(travel)), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return _open_to_scripts(response)


def _refusal(status: int, text: str) -> Response:
    return _open_to_scripts(Response(f"{text}\n", status=status, mimetype="text/plain"))


def _open_to_scripts(response: Response) -> Response:
    """Let a notebook in a browser read the answer, refusals included: the data are public."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _health(travel: Whole) -> Response:
    response = jsonify(
        status="ok",
        trips=travel.size,
        leaders=len(travel.leaders),
        data_as_of=travel.data_as_of or None,
        version=__version__,
    )
    response.headers["Cache-Control"] = "no-store"
    return response
