"""The pages under `/upload`: plain HTML that works without a script, each deed a form of its own."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, redirect, render_template, request, url_for
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as Answer

from dashboard.datasets.allowance import TooMuchError
from dashboard.datasets.datasets import Datasets
from dashboard.datasets.store import FullError, GoneError, Upload
from dashboard.datasets.work_queue import BusyError
from dashboard.importers.findings import KINDS
from dashboard.language import FOR_TEMPLATES, gettext, in_address
from dashboard.tables.atomic import write_atomic
from dashboard.uploads.columns import FIELDS, ONCE, doubtful_columns, label, with_picked
from dashboard.uploads.limits import LIMITS, PROGRESS, Limits, RefusedError
from dashboard.uploads.sandbox import Run, Sandbox
from dashboard.uploads.sent_file import TEMPLATE, sent_file

# A body that is too large is read on, so that the browser shows our message; of so many times the limit no more.
READ_AT_MOST = 5
# A number in a form: Python refuses to read one of thousands of digits.
# What is said once for a whole table, or in answer to a question.
LONGEST = 200
FEW_DIGITS = re.compile(r"[0-9]{1,6}")
# When to try again what is refused for want of room or time.
LATER_S = 600
FILES = {"messages.txt": "text/plain; charset=utf-8", "left-out.csv": "text/csv; charset=utf-8"}


def register(server: Flask, datasets: Datasets, limits: Limits = LIMITS, run: Run | None = None) -> None:
    """Give `server` the pages under `/upload`; what they make is put into the store of `datasets`.

    `run` runs a step of `steps` and gives its answer; by default in a process of its own.
    """
    pages = Blueprint("uploads", __name__, url_prefix="/upload", template_folder="../templates")
    upload_pages = UploadPages(datasets, run or Sandbox(limits).run, limits)
    for rule, name, view, methods in (
        ("", "start", upload_pages.start, ["GET"]),
        ("", "receive", upload_pages.receive, ["POST"]),
        ("/template.csv", "template", upload_pages.template, ["GET"]),
        ("/<token>", "columns", upload_pages.columns, ["GET"]),
        ("/<token>/sheet", "sheet", upload_pages.sheet, ["POST"]),
        ("/<token>/columns", "import_table", upload_pages.import_table, ["POST"]),
        ("/<token>/answers", "answer", upload_pages.answer, ["POST"]),
        ("/<token>/progress", "progress", upload_pages.progress, ["GET"]),
        ("/<token>/places", "places", upload_pages.places, ["GET"]),
        ("/<token>/show", "show", upload_pages.show, ["POST"]),
        ("/<token>/keep", "keep", upload_pages.keep, ["POST"]),
        ("/<token>/forget", "forget", upload_pages.forget, ["POST"]),
        ("/<token>/<file>", "file", upload_pages.file, ["GET"]),
    ):
        pages.add_url_rule(rule, name, view, methods=methods)
    pages.register_error_handler(RequestEntityTooLarge, upload_pages.too_large)
    for error, status in ((RefusedError, 422), (TooMuchError, 429), (FullError, 503), (BusyError, 503)):
        pages.register_error_handler(error, lambda fault, status=status: upload_pages.problem(str(fault), status))
    pages.register_error_handler(GoneError, lambda gone: upload_pages.problem(str(gone), gone.status))
    pages.after_request(_keep_out_of_caches)
    server.register_blueprint(pages)
    server.jinja_env.globals.update(FOR_TEMPLATES)


def _keep_out_of_caches(response: Response) -> Response:
    """Keep uploads out of caches and search engines."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    if response.status_code in (429, 503):
        response.headers["Retry-After"] = str(LATER_S)
    return response


class UploadPages:
    """What the pages do; nothing of an upload is kept here, so that any worker can go on with it."""

    def __init__(self, datasets: Datasets, run: Run, limits: Limits) -> None:
        self.store = datasets.store
        self.shipped = datasets.source
        self.run = run
        self.limits = limits

    def start(self) -> str:
        """Where a table is dropped or pasted."""
        return render_template("upload/start.html", limits=self.limits, forgotten="forgotten" in request.args)

    def template(self) -> Response:
        """A table to begin with."""
        answer = Response(TEMPLATE, mimetype="text/csv")
        answer.headers.set("Content-Disposition", "attachment", filename="trips-template.csv")
        return answer

    def receive(self) -> Answer:
        """Take in a file or a pasted table, and make its preview."""
        name, raw = sent_file(request, self.limits)
        upload = self.store.begin(name, len(raw), request.remote_addr or "")
        try:
            (self.store.path(upload.token) / "source").write_bytes(raw)
            self._preview(upload)
        except (RefusedError, BusyError, OSError):
            self.store.forget(upload.token)
            raise
        return redirect(url_for("uploads.columns", token=upload.token), 303)

    def _preview(self, upload: Upload, sheet: str = "", header_row: int = 0) -> None:
        folder = self.store.path(upload.token)
        seen = self.run("preview", folder, name=upload.name, sheet=sheet, header_row=header_row)
        notes = [*seen["notes"], *doubtful_columns(seen["header"], seen["guess"])]
        _write(folder / "preview.json", seen | {"notes": notes, "said_row": header_row})

    def sheet(self, token: str) -> str | Answer | tuple[str, int]:
        """Look at another sheet of the workbook, or at another row of headings."""
        upload, row = self._open(token), request.form.get("header_row", "")
        try:
            self._preview(upload, request.form.get("sheet", ""), int(row) if FEW_DIGITS.fullmatch(row) else 0)
        except RefusedError as error:
            return self._columns(upload, str(error)), 422
        return redirect(url_for("uploads.columns", token=token), 303)

    def columns(self, token: str) -> str:
        """The first rows, and for each column what it holds, as guessed or as chosen before."""
        return self._columns(self._open(token), "")

    def _columns(self, upload: Upload, problem: str) -> str:
        seen = _read(self.store.path(upload.token) / "preview.json")
        needed = {one.name for one in FIELDS if one.required and not set(one.instead) & set(seen["guess"])}
        said = {"fields": FIELDS, "needed": needed, "once": ONCE, "label": label, "problem": problem}
        return render_template("upload/columns.html", upload=upload, seen=seen, **said)

    def import_table(self, token: str) -> str | Answer | tuple[str, int]:
        """Read the trips with the columns as chosen."""
        upload, folder = self._open(token), self.store.path(token)
        seen = _read(folder / "preview.json")
        chosen = [request.form.get(f"column-{number}", "") for number in range(len(seen["header"]))]
        picked = {field: request.form.get(f"tie-{field}", "") for field in seen.get("ties", {})}
        chosen = with_picked(chosen, seen["guess"], picked)
        once = {name: request.form.get(name, "").strip()[:LONGEST] for name in ONCE}
        order, join = request.form.get("order", ""), bool(request.form.get("join"))
        return self._import(upload, folder, seen | {"guess": chosen, "order": order, "once": once, "join": join})

    def answer(self, token: str) -> str | Answer | tuple[str, int]:
        """Read the trips anew, with texts put in the place of those that were not understood."""
        upload, folder = self._open(token), self.store.path(token)
        account = _read(folder / "account.json")
        seen = _read(folder / "preview.json")
        asked = [one["asked"] for one in account["findings"] if one["asked"]]
        given = {key: request.form.get(f"answer-{number}", "").strip()[:LONGEST] for number, key in enumerate(asked)}
        answers = seen.get("answers", {}) | {key: text for key, text in given.items() if text}
        join = bool(seen.get("join")) or bool(request.form.get("join"))
        return self._import(upload, folder, seen | {"answers": answers, "join": join})

    def _import(self, upload: Upload, folder: Path, seen: dict[str, Any]) -> str | Answer | tuple[str, int]:
        _write(folder / "preview.json", seen)
        (folder / PROGRESS).unlink(missing_ok=True)
        try:
            account = self.run("import", folder, name=upload.name, shipped=str(self.shipped or ""), seen=seen)
        except RefusedError as error:
            return self._columns(upload, str(error)), 422
        _write(folder / "account.json", account)
        return redirect(url_for("uploads.places", token=upload.token), 303)

    def progress(self, token: str) -> Answer:
        """How many rows of how many are read at the moment; nothing where none is."""
        told = self.store.path(self.store.find(token).token) / PROGRESS
        return Response(told.read_bytes() if told.exists() else b"{}", mimetype="application/json")

    def places(self, token: str) -> str | Answer:
        """The import report: the rows left out, and the doubtful places to choose among."""
        upload, folder = self._open(token), self.store.path(token)
        if not (folder / "account.json").exists():
            return redirect(url_for("uploads.columns", token=token), 303)
        return self._places(upload, "")

    def _places(self, upload: Upload, problem: str) -> str:
        account = _read(self.store.path(upload.token) / "account.json")
        return render_template(
            "upload/places.html",
            upload=upload,
            account=account,
            kinds=KINDS,
            problem=problem,
            shipped=self.shipped is not None,
        )

    def show(self, token: str) -> str | Answer | tuple[str, int]:
        """Finish the import with the places as chosen, and show the trips on the page."""
        upload, folder = self._open(token), self.store.path(token)
        account = _read(folder / "account.json")
        chosen = {str(number): request.form.get(f"place-{number}", "") for number in range(len(account["ambiguous"]))}
        beside = request.form.get("with") == "beside" and self.shipped is not None
        _write(folder / "account.json", account | {"chosen": chosen, "beside": beside})
        try:
            finished = self.run(
                "finish",
                folder,
                chosen=chosen,
                ambiguous=account["ambiguous"],
                shipped=str(self.shipped or ""),
                beside=beside,
            )
        except RefusedError as error:
            return self._places(upload, str(error)), 422
        self.store.show(token, finished["data"], finished["trips"], beside=beside)
        return redirect(f"{request.script_root}/?data={token}{in_address()}", 303)

    def keep(self, token: str) -> Answer:
        """Keep the trips for thirty days: the address of the page is the link."""
        kept = self.store.keep(token)
        unfinished = url_for("uploads.columns", token=token)
        return redirect(f"{request.script_root}/?data={token}{in_address()}" if kept.data else unfinished, 303)

    def forget(self, token: str) -> Answer:
        """Delete the upload and all that was made from it."""
        self.store.forget(token)
        return redirect(url_for("uploads.start", forgotten=1), 303)

    def file(self, token: str, file: str) -> Answer:
        """The messages, or the rows left out with the reason for each."""
        folder = self.store.path(self.store.find(token).token)
        if file not in FILES or not (folder / file).is_file():
            raise GoneError(404, gettext("There is no {file} of this upload.", file=file))
        answer = Response((folder / file).read_bytes(), content_type=FILES[file])
        answer.headers.set("Content-Disposition", "attachment", filename=file)
        return answer

    def too_large(self, _: RequestEntityTooLarge) -> tuple[str, int]:
        """Say what the limit is, once the browser has sent all: before that it would show a broken connection."""
        left = min(request.content_length or 0, READ_AT_MOST * self.limits.file)
        while left > 0 and (part := request.environ["wsgi.input"].read(min(left, 1 << 16))):
            left -= len(part)
        return self.problem(self.limits.too_large(), 413)

    def problem(self, message: str, status: int) -> tuple[str, int]:
        """What is wrong, above the form to try again with."""
        return render_template("upload/start.html", limits=self.limits, problem=message, forgotten=False), status

    def _open(self, token: str) -> Upload:
        """An upload whose file is still here to be read again."""
        upload = self.store.find(token)
        if upload.link and upload.data:
            raise GoneError(
                410, gettext("Of this upload only the trips are kept; the file they came from was deleted.")
            )
        return upload


def _write(path: Path, content: dict[str, Any]) -> None:
    write_atomic(path, json.dumps(content).encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise GoneError(404, gettext("This upload is not finished. Upload the table again.")) from error
    return content
