"""Whose trips are shown: the line that says an upload's name and time, and what the foot says of the data."""

from __future__ import annotations

from markupsafe import Markup

from dashboard import __version__, words
from dashboard.datasets.store import Upload
from dashboard.downloads import FORMATS
from dashboard.page.markup import part
from dashboard.query.selection import Selection, write
from dashboard.tables.metadata import stated
from dashboard.travel.travel import Travel


def upload_line(upload: Upload | None) -> Markup:
    """`Your upload: 42 trips from trips.xlsx; kept until …`, with what can be done; nothing of shipped trips."""
    if upload is None:
        return Markup("")
    beside = ", beside those shipped" if upload.beside else ""
    said = f"{words.count(upload.trips, 'trip')} from {upload.name}{beside}; kept until {upload.goes}"
    return part("parts", "upload_line", upload, said)


def as_of(travel: Travel, upload: Upload | None) -> str:
    """Up to which day the data hold, and what a missing trip means."""
    if upload is not None:
        return f"These trips are as their reader uploaded them in {upload.name}; nobody has checked them."
    day = f"Data as of {travel.data_as_of}." if travel.data_as_of else "The data do not say up to which day they hold."
    return f"{day} A trip that is not listed was not found; that is not the same as none."


def citation(travel: Travel, upload: Upload | None) -> Markup | str:
    """Licence, citation and sources that the data state; an upload has none."""
    if upload is not None:
        return "The licence of the shipped trips does not cover uploaded ones."
    cited = f"Cite as: Leader Travel, version {__version__}, data as of {travel.data_as_of or 'unknown'}."
    licences, sources = stated(travel.about, "licenses"), stated(travel.about, "sources")
    return part("parts", "citation", cited, licences, sources)


def all_files(upload: Upload | None) -> Markup:
    """A link to every trip in each format."""
    return part("parts", "all_files", FORMATS, write(Selection(data=upload.token if upload else "")))
