"""The page of a reader without scripts: the selection in words, its downloads, its rows, and the open trip."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from dashboard import words
from dashboard.downloads import FORMATS
from dashboard.language import gettext
from dashboard.page import footer, table
from dashboard.page.markup import render_macro
from dashboard.page.sentence import title_of
from dashboard.page.shown import Shown
from dashboard.page.trips import opened_itinerary
from dashboard.query.selection import write

# Pages of the table that stand in it; all rows have an address of their own.
PAGES = 4


def without_scripts(shown: Shown) -> Markup:
    """What a browser shows in the place of the page, at whatever address."""
    summary, selection = shown.summary, shown.selection
    numbers, found = table.first_rows(shown, PAGES)
    rows = [
        (write(replace(selection, trip=one.trip_id)), [one.texts[name] for name in table.USUAL])
        for one in shown.cards.of(summary, numbers)
    ]
    in_all = found if found > len(numbers) else 0
    return render_macro(
        "without_scripts",
        "page",
        title_of(shown),
        words.key_figures(summary) if summary.figures.listed else None,
        shown.reading.ignored,
        [(f"trips.{one.suffix}{shown.query}", one.label) for one in FORMATS],
        {
            "heads": [gettext(table.COLUMNS[name]) for name in table.USUAL],
            "rows": rows,
            "in_all": in_all,
            "all": write(selection),
        },
        opened_itinerary(summary, selection.trip),
        footer.as_of(shown.travel, shown.upload),
    )
