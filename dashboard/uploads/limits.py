"""How large an upload may be, and how long it may take: the page, the checks and the messages all read it here."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.language import gettext, number
from dashboard.tables.records import Size

MEGABYTE = 1_000_000
# The file beside an upload that says how many of its rows are read.
PROGRESS = "progress.json"


class RefusedError(Exception):
    """A table that cannot be taken; says what is wrong with it and what to do."""


@dataclass(frozen=True)
class Limits:
    """The limits of one upload: sizes in bytes, time in seconds, memory of the process that reads it in bytes."""

    file: int = 10 * MEGABYTE
    unpacked: int = 100 * MEGABYTE
    members: int = 1_000
    rows: int = 100_000
    columns: int = 200
    cells: int = 2_000_000
    characters: int = 32_767
    seconds: float = 20
    memory: int = 3_000 * MEGABYTE

    @property
    def size(self) -> Size:
        """How large the table itself may be."""
        return Size(self.rows, self.columns, self.cells, self.characters)

    def stated(self) -> tuple[str, ...]:
        """The limits as the page states them."""
        megabytes = {"file": self.file // MEGABYTE, "unpacked": self.unpacked // MEGABYTE}
        sizes = {"rows": number(self.rows), "columns": self.columns, "cells": number(self.cells)}
        return (
            gettext("a file of {file} MB; a workbook may unpack to {unpacked} MB", **megabytes),
            gettext("{rows} rows, {columns} columns, {cells} cells in all", **sizes),
            gettext("{characters} characters in a cell", characters=number(self.characters)),
            gettext("{seconds} seconds of work of one processor", seconds=f"{self.seconds:g}"),
        )

    def too_large(self) -> str:
        """What to say of a file above the limit."""
        return gettext(
            "The file is larger than {most} MB, the most that can be uploaded."
            " Leave out columns that are not needed, or upload it in parts.",
            most=self.file // MEGABYTE,
        )

    def too_long(self) -> str:
        """What to say of work that was stopped."""
        return gettext(
            "Reading the table took longer than {seconds} seconds and was stopped. Upload it in parts.",
            seconds=f"{self.seconds:g}",
        )

    def out_of_memory(self) -> str:
        """What to say of a file that broke the process which read it."""
        return gettext(
            "The file asks for more memory than an upload may take, or is damaged: a sheet whose cells lie far apart"
            " does that. Copy the rows into a new workbook, or save them as CSV."
        )


LIMITS = Limits()
