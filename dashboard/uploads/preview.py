"""A file -> what the page shows of it before anything is imported: headings, first rows, what they usually hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dashboard.importers.table.columns import SAMPLE, guess, likeness, ties
from dashboard.importers.table.days import proven_order
from dashboard.importers.table.fields import BY_NAME
from dashboard.tables.outside import open_sheet
from dashboard.tables.records import Choice, UnreadableError
from dashboard.uploads.limits import Limits, RefusedError
from dashboard.uploads.sources import weigh

PREVIEWED = 8


def make_preview(path: Path, name: str, choice: Choice, limits: Limits) -> dict[str, Any]:
    """The sheet as chosen or guessed: its headings, its first rows, and for each column what it usually holds.

    `order` is that of day and month which its days prove, '' where they prove none. Raises `RefusedError`.
    """
    notes = weigh(path, name, limits)
    try:
        sheet = open_sheet(path, name, choice=choice, likeness=likeness, size=limits.size)
        rows = list(sheet.rows)
    except UnreadableError as error:
        raise RefusedError(f"{error}.") from error
    if not rows:
        raise RefusedError(f"{name} has a first row and no other; there is no trip in it.")
    width = len(sheet.header)
    wide = [(number, [*cells[:width], *[""] * (width - len(cells))]) for number, cells in rows]
    sample = list(zip(*(cells for _, cells in wide[:SAMPLE]), strict=True))
    fields = guess(sheet.header, sample)
    days = [at for at, field in enumerate(fields) if field and BY_NAME[field].is_day]
    order, proofs = proven_order(cells[at] for _, cells in wide for at in days)
    return {
        "sheets": sheet.sheets,
        "sheet": sheet.sheet,
        "header_row": sheet.header_row,
        "header": sheet.header,
        "preview": wide[:PREVIEWED],
        "rows": len(rows),
        "notes": [*notes, *(f"{note[0].upper()}{note[1:]}." for note in sheet.notes)],
        "guess": fields,
        "ties": ties(sheet.header, sample),
        "order": order,
        "proofs": proofs,
    }
