"""A selection -> a file with a name that says what is in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from dashboard.downloads.content import TABLES, gather
from dashboard.downloads.formats import FORMATS
from dashboard.query.selection import Selection
from dashboard.tables.ids import slug
from dashboard.travel.travel import Travel

BY_NAME = {one.name: one for one in TABLES}
BY_SUFFIX = {one.suffix: one for one in FORMATS}
LONGEST_CHOICE = 60


class UnknownFileError(ValueError):
    """A table or a format that is not offered; the message lists those that are."""


@dataclass(frozen=True)
class Download:
    """A file: its name, its media type and its bytes."""

    name: str
    mimetype: str
    body: bytes


def file(travel: Travel, selection: Selection, table: str, suffix: str, today: date) -> Download:
    """One table (`trips`, `stops`) of a selection as a file.

    `today` dates a file whose data do not say as of when they are. Raises `UnknownFileError`.
    """
    if not is_offered(table, suffix):
        raise UnknownFileError(unknown(table, suffix))
    form = BY_SUFFIX[suffix]
    body = form.write(gather(travel, selection, BY_NAME[table], today))
    return Download(file_name(travel, selection, table, suffix, today), form.mimetype, body)


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
