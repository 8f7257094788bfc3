"""The addresses of the files and of the package, and their description at `/openapi.json`."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256

import orjson
from flask import Flask, Response, request

from dashboard import __version__
from dashboard.claims.corrections import prefilled
from dashboard.datasets.datasets import Datasets, Opened
from dashboard.datasets.store import GoneError
from dashboard.datasets.work_queue import BusyError, WorkQueue
from dashboard.downloads.content import TABLES
from dashboard.downloads.excerpt import ChangedError
from dashboard.downloads.files import Download, TooManyRowsError, file, is_offered, unknown
from dashboard.downloads.openapi import describe_addresses
from dashboard.downloads.package import package
from dashboard.language import marked
from dashboard.query.selection import DATA, Selection, read, select, write
from dashboard.tables.ids import slug
from dashboard.tables.reading import read_folder
from dashboard.tables.versions import data_version
from dashboard.travel.travel import TooManyError, Travel

Clock = Callable[[], date]
Make = Callable[[Opened, Selection], Download]
MakeOn = Callable[[Opened, Selection, date], Download]

NO_FOLDER = "The server was not told which folder its trips were read from: there is no package of them."
ON_A_CLUSTER = "These trips lie on a cluster, from which no package is made: the data folder itself is one."

PIECE = 1 << 16
BUSY = marked("Too many large files are being made at the moment. Try again in a minute.")
CHANGED = "The data folder was changed after the server had read it; have it read anew (SIGHUP) to get a package."


@dataclass(frozen=True)
class Room:
    """How much is made at once: a file of more rows is not sent, one of more trips than are `small` waits its turn.

    A worker makes `at_once` such files at the same time; so many requests for more wait, each so long.
    """

    most_rows: int = 1_000_000
    small: int = 5_000
    at_once: int = 2
    waiting: int = 8
    wait_s: float = 180


ROOM = Room()


def register(
    server: Flask, datasets: Datasets, today: Clock = date.today, version: str = "", room: Room = ROOM
) -> None:
    """Give `server` the addresses of every table in every format, and of the package.

    `today` dates the files, `version` is that of the data (`data_version`) and distinguishes their answers. The package
    of the shipped trips needs the folder that `datasets` had them from.
    """
    answers = Answers(datasets, today, version, room, WorkQueue(room.at_once, room.waiting, room.wait_s, BUSY))
    for table in TABLES:
        view = partial(_table, answers, table.name)
        server.add_url_rule(f"/{table.name}.<suffix>", f"{table.name}-file", view)
    server.add_url_rule("/package.zip", "package", partial(_package, answers))
    server.add_url_rule("/patch.csv", "patch", partial(_patch, answers))
    server.add_url_rule("/openapi.json", "openapi", partial(_openapi, datasets.shipped.travel))


@dataclass(frozen=True)
class Answers:
    """What all answers with files are made from."""

    datasets: Datasets
    today: Clock
    version: str
    room: Room
    queue: WorkQueue

    def made(self, opened: Opened, selection: Selection, table: str, suffix: str) -> Download:
        """A table as a file; a large one in its turn. Raises `TooManyRowsError`, and `BusyError` where many wait."""
        trips = stops = opened.travel.size
        if trips > self.room.small:
            selected = select(opened.travel, selection)
            trips, stops = selected.size, len(selected.stops)
        rows = stops if table == "stops" else trips
        if rows > self.room.most_rows:
            raise TooManyRowsError(_too_many_rows(selection, table, suffix, rows, self.room.most_rows))
        with self.queue.turn() if trips > self.room.small else nullcontext():
            return file(opened.travel, selection, table, suffix, self.today())

    def tag(self, opened: Opened) -> str:
        """What tells this answer from all others: address, data, program, and the day, which a file may name."""
        upload = opened.upload
        data = f"{upload.token}/{upload.data}" if upload else self.version
        parts = (request.full_path, data, __version__, self.today().isoformat())
        return sha256("\n".join(parts).encode()).hexdigest()[:32]


def _table(answers: Answers, table: str, suffix: str) -> Response:
    """A table as a file; 404 for a format that is not offered."""
    if not is_offered(table, suffix):
        return _refusal(404, unknown(table, suffix))
    return _answer(answers, lambda opened, selection: answers.made(opened, selection, table, suffix))


def _too_many_rows(selection: Selection, table: str, suffix: str, rows: int, most: int) -> str:
    query = write(replace(selection, trip="", data="")).removeprefix("?")
    command = f"python -m dashboard export --query '{query}' --table {table} --to {table}.{suffix}"
    found = f"{table}.{suffix} would have {rows:,} rows; {most:,} are sent at once."
    return f"{found} Narrow the filters, or write all of them where the data lie: {command}"


def _package(answers: Answers) -> Response:
    """The package, its texts read anew; 503 where they are not what the server has read."""
    datasets = answers.datasets

    def make(opened: Opened, selection: Selection) -> Download:
        upload = opened.upload
        if not opened.travel.in_memory:
            raise TooManyError(ON_A_CLUSTER)
        folder = datasets.store.path(upload.token) / upload.data if upload else datasets.source
        if folder is None:
            raise GoneError(404, NO_FOLDER)
        if not upload and answers.version and data_version(folder) != answers.version:
            raise ChangedError(CHANGED)
        return package(read_folder(folder), opened.travel, selection, answers.today(), answers.version)

    return _answer(answers, make)


def _patch(answers: Answers) -> Response:
    """A correction to fill in: the cells of the open trip."""

    def make(opened: Opened, selection: Selection) -> Download:
        name = f"patch_{slug(selection.trip) or 'empty'}.csv"
        return Download(name, "text/csv", prefilled(opened.travel, selection.trip))

    return _answer(answers, make)


def attached(datasets: Datasets, make: MakeOn, version: str, today: Clock = date.today) -> Response:
    """A file that is made elsewhere, of what the address asks for, with the refusals that all files have."""
    answers = Answers(datasets, today, version, ROOM, WorkQueue(1, 1, 1, BUSY))
    return _answer(answers, lambda opened, selection: make(opened, selection, today()))


def _answer(answers: Answers, make: Make) -> Response:
    """The file that the address asks for, 304 where the client has it, or what to write instead.

    400 for a choice, 404 for an upload that is not here (410: no longer), 413 for more trips than can be sent.
    """
    query = request.query_string.decode("utf-8", "replace")
    try:
        opened = answers.datasets.open(query)
        reading = read(query, opened.travel)
        if reading.ignored:
            return _refusal(400, "\n".join(reading.ignored))
        tag = answers.tag(opened)
        if _is_held(tag):
            return _described(Response(status=304), tag)
        download = make(opened, reading.selection)
    except GoneError as gone:
        return _refusal(gone.status, str(gone))
    except (TooManyError, TooManyRowsError) as many:
        return _refusal(413, str(many))
    except (ChangedError, BusyError) as later:
        return _later(str(later))
    response = _sent(download)
    response.headers.set("Content-Disposition", "attachment", filename=download.name)
    return _described(response, tag)


def _sent(download: Download) -> Response:
    """A file as an answer: a small one at once, so that it leaves compressed, a large one piece by piece."""
    if download.large is None:
        return Response(download.body, mimetype=download.mimetype)
    size = download.large.tell()
    download.large.seek(0)
    response = Response(iter(partial(download.large.read, PIECE), b""), mimetype=download.mimetype)
    response.content_length = size
    response.call_on_close(download.large.close)
    return response


def _later(text: str) -> Response:
    response = _refusal(503, text)
    response.headers["Retry-After"] = "60"
    return response


def _is_held(tag: str) -> bool:
    """Whether the client has this answer; compression writes its own name behind the tag."""
    return any(held.partition(":")[0] == tag for held in request.if_none_match.as_set())


def _described(response: Response, tag: str) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    response.set_etag(tag)
    return _open_to_scripts(response)


def _openapi(travel: Travel) -> Response:
    # Flask's own JSON would put the columns into alphabetical order.
    response = Response(orjson.dumps(describe_addresses(travel)), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    return _open_to_scripts(response)


def _refusal(status: int, text: str) -> Response:
    return _open_to_scripts(Response(f"{text}\n", status=status, mimetype="text/plain"))


def _open_to_scripts(response: Response) -> Response:
    """Let a notebook in a browser read the answer, refusals included: the data are public, but for an upload."""
    if DATA in request.args:
        # What is forgotten here must not live on in a cache between.
        response.headers["Cache-Control"] = "no-store"
    else:
        response.headers["Access-Control-Allow-Origin"] = "*"
    return response
