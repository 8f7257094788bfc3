"""What the browser sends -> the name of a file and its bytes."""

from __future__ import annotations

import re
import unicodedata

from flask import Request

from dashboard.language import gettext, marked
from dashboard.uploads.limits import Limits, RefusedError

NOTHING = marked("Nothing was sent. Choose a file, or paste a table with its first row.")
PASTED = marked("pasted table")
LONGEST_NAME = 80
# What a form adds to its file.
OVERHEAD = 100_000

TEMPLATE = """\
traveller,date,until,city,country,transport,occasion,met
Ada North,2018-12-30,2019-01-02,Anadyr,Russia,plane,New Year in Anadyr,Vera West
Ada North,2019-05-01,2019-05-01,Whitehorse,Canada,car,a day in Whitehorse,
"""


def sent_file(request: Request, limits: Limits) -> tuple[str, bytes]:
    """The file chosen or dropped, else the table pasted.

    Raises `RefusedError`, and Werkzeug's `RequestEntityTooLarge` above the limit.
    """
    request.max_content_length = limits.file + OVERHEAD
    request.max_form_memory_size = limits.file + OVERHEAD
    name, raw = _file(request)
    if not raw:
        name, raw = name or PASTED, request.form.get("table", "").encode()
    if not raw.strip():
        raise RefusedError(gettext(NOTHING) if name in ("", PASTED) else gettext("{file} is empty.", file=name))
    if len(raw) > limits.file:
        raise RefusedError(limits.too_large())
    return name, raw


def _file(request: Request) -> tuple[str, bytes]:
    upload = request.files.get("file")
    if not upload or not upload.filename:
        return "", b""
    with upload.stream as file:
        return plain_name(upload.filename), file.read()


def plain_name(name: str) -> str:
    """The last part of a path as it may be shown: without marks that turn text around or break lines, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()
    return shown[-LONGEST_NAME:] or "upload"
