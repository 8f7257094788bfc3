"""A selection -> a file with a name that says what is in it."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from tempfile import SpooledTemporaryFile
from typing import IO, cast

from dashboard.downloads.content import TABLES, Content, gather
from dashboard.downloads.formats import FORMATS, Format
from dashboard.query.selection import Selection
from dashboard.tables.ids import slug
from dashboard.travel.travel import Travel

BY_NAME = {one.name: one for one in TABLES}
BY_SUFFIX = {one.suffix: one for one in FORMATS}
LONGEST_CHOICE = 60
# A file that is larger lies on the disk while it is made and sent.
IN_MEMORY = 2_000_000


class UnknownFileError(ValueError):
    """A table or a format that is not offered; the message lists those that are."""


class TooManyRowsError(ValueError):
    """More rows than one file may have; says how to get all of them."""


@dataclass(frozen=True)
class Download:
    """A file: its name, its media type, its bytes, and those of a large one as a file that whoever has it closes."""

    name: str
    mimetype: str
    body: bytes = b""
    large: IO[bytes] | None = None


def file(travel: Travel, selection: Selection, table: str, suffix: str, today: date) -> Download:
    """One table (`trips`, `stops`) of a selection as a file, whose larger part lies on the disk.

    `today` dates a file whose data do not say as of when they are. Raises `UnknownFileError`, and `TooManyRowsError`
    where the format cannot hold the rows.
    """
    named = Download(file_name(travel, selection, table, suffix, today), media_type(suffix))
    with ExitStack() as stack:
        spooled = cast("IO[bytes]", stack.enter_context(SpooledTemporaryFile(max_size=IN_MEMORY)))
        write_file(travel, selection, table, suffix, today, spooled)
        if spooled.tell() > IN_MEMORY:
            stack.pop_all()
            return replace(named, large=spooled)
        spooled.seek(0)
        return replace(named, body=spooled.read())


def media_type(suffix: str) -> str:
    """The media type of a format, '' of one that is not offered."""
    return BY_SUFFIX[suffix].mimetype if suffix in BY_SUFFIX else ""


def write_file(travel: Travel, selection: Selection, table: str, suffix: str, today: date, to: IO[bytes]) -> None:
    """The same into a file that is open, however many rows the format can hold."""
    if not is_offered(table, suffix):
        raise UnknownFileError(unknown(table, suffix))
    write_content(gather(travel, selection, BY_NAME[table], today), BY_SUFFIX[suffix], to)


def write_content(content: Content, form: Format, to: IO[bytes]) -> None:
    """What was gathered into a file that is open. Raises `TooManyRowsError`."""
    if form.most_rows is not None and len(content.rows) > form.most_rows:
        raise TooManyRowsError(
            f"{content.table.name}.{form.suffix} would have {len(content.rows):,} rows, and {form.label} holds"
            f" {form.most_rows:,}: narrow the filters, or take CSV or Parquet"
        )
    form.write(content, to)


def is_offered(table: str, suffix: str) -> bool:
    """Whether there is a table of this name and a format of this suffix."""
    return table in BY_NAME and suffix in BY_SUFFIX


def unknown(table: str, suffix: str) -> str:
    """What to say to one who asks for a file that is not offered."""
    offered = ", ".join(f"{one.name}.{each.suffix}" for one in TABLES for each in FORMATS)
    return f"{table}.{suffix} is not offered: the files are {offered}"


def file_name(travel: Travel, selection: Selection, table: str, suffix: str, today: date) -> str:
    """Such as `leader-travel_kim-jong-un_2018-2019_trips_2026-11-23.csv`: ASCII, under 120 characters."""
    choices = ["-or-".join(filter(None, map(_plain, values))) for _, values in selection.chosen]
    chosen = "_".join(filter(None, choices))
    if len(chosen) > LONGEST_CHOICE:
        chosen = chosen[:LONGEST_CHOICE].rstrip("-_") + "-etc"
    as_of = _plain(travel.data_as_of)[:10] or today.isoformat()
    return "_".join(filter(None, ["leader-travel", chosen, table, as_of])) + f".{suffix}"


def _plain(text: str) -> str:
    """A text as it may stand in any file name; '' where it has no Latin letter or figure."""
    return re.sub(r"[^a-z0-9-]+", "", slug(text))
