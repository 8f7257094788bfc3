"""Whose trips are shown: the line that says an upload's name and time, and what the foot says of the data."""

from __future__ import annotations

from typing import Any

from dash import html

from dashboard import __version__, words
from dashboard.downloads import FORMATS
from dashboard.selection import Selection, write
from dashboard.store import Upload
from dashboard.travel import Whole


def upload_line(upload: Upload | None) -> list[Any]:
    """`Your upload: 42 trips from trips.xlsx; kept until …`, with what can be done; nothing of shipped trips."""
    if upload is None:
        return []
    beside = ", beside those shipped" if upload.beside else ""
    said = f"{words.count(upload.trips, 'trip')} from {upload.name}{beside}; kept until {upload.goes}"
    if upload.link:
        link = html.A("this page's address", href=f"?data={upload.token}")
        line: list[Any] = [html.B("Upload with a link: "), f"{said}. Whoever has ", link, " sees them. "]
    else:
        line = [html.B("Your upload: "), f"{said}. ", _button(upload, "keep", "Keep it for 30 days and get a link")]
    change = html.A("Change columns or places", href=f"upload/{upload.token}", className="button")
    back = html.A("Back to the shipped trips", href=".", className="button")
    return [*line, _button(upload, "forget", "Forget it now"), *([] if upload.link else [change]), back]


def _button(upload: Upload, what: str, words: str) -> html.Form:
    """A form of its own for each deed: it needs no script, and a link that is merely followed changes nothing."""
    button = html.Button(words, type="submit")
    return html.Form(button, action=f"upload/{upload.token}/{what}", method="post")


def as_of(travel: Whole, upload: Upload | None) -> str:
    """Up to which day the data hold, and what a missing trip means."""
    if upload is not None:
        return f"These trips are as their reader uploaded them in {upload.name}; nobody has checked them."
    day = f"Data as of {travel.data_as_of}." if travel.data_as_of else "The data do not say up to which day they hold."
    return f"{day} A trip that is not listed was not found; that is not the same as none."


def citation(travel: Whole, upload: Upload | None) -> str:
    """Licence and citation of the shipped data; an upload has neither."""
    if upload is not None:
        return "The licence of the shipped trips does not cover uploaded ones."
    as_of = travel.data_as_of or "unknown"
    return f"Data licence: CC BY 4.0. Cite as: Leader Travel, version {__version__}, data as of {as_of}."


def all_files(upload: Upload | None) -> list[Any]:
    """A link to every trip in each format."""
    query = write(Selection(data=upload.token if upload else ""))
    return [
        "Every trip, whatever is selected:",
        *[html.A(one.label, href=f"trips.{one.suffix}{query}") for one in FORMATS],
    ]
