"""Whose trips are shown: the line that says an upload's name and time, and what the foot says of the data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard import __version__, words
from dashboard.datasets.store import Upload
from dashboard.downloads import FORMATS, Format
from dashboard.language import gettext, marked, ngettext
from dashboard.page.choices import button
from dashboard.page.languages import filled
from dashboard.page.shown import Shown, View
from dashboard.query.selection import Selection, write
from dashboard.tables.dates import say_stamp
from dashboard.tables.metadata import stated
from dashboard.travel.travel import Travel

DOUBT = marked(
    "A ? marks what the sources do not confirm. Railway and road lines are schematic, drawn from town to town, so "
    "their lengths are lower bounds; flights follow the great circle. The main transport of a trip is the one that "
    "covered most of its distance. Days count from leaving home to being back, both included."
)
BORDERS = marked(
    "Borders and coastlines: Natural Earth, in an edition nearer to United Nations views; they are no position on "
    "sovereignty. The country of a stop is written in the data, never read off the map. Place names and coordinates: "
    "GeoNames (CC BY 4.0) and hand-checked places."
)


def footer() -> html.Footer:
    """What is to be known of the data, with the places of what depends on whose they are."""
    rest: Any = {"data-more": "about"}
    return html.Footer(
        [
            html.H2(gettext("About the data")),
            html.P(id="as-of"),
            html.Button(gettext("All about the data"), type="button", className="more", **rest),
            html.P(gettext(DOUBT)),
            html.P(gettext(BORDERS)),
            html.P(id="citation"),
            html.P(id="all-files", className="all-files"),
            html.P(id="ledger", className="all-files"),
        ],
        id="about",
    )


def upload_line(upload: Upload | None, here: str = "") -> list[Any]:
    """`Your upload: 42 trips from trips.xlsx; kept until …`, with what can be done; nothing of shipped trips.

    `here` is the page's own address up to its last slash: what is kept has a link to copy.
    """
    if upload is None:
        return []
    back = html.A(gettext("Back to the shipped trips"), href=".", className="button")
    forget = _forget(upload.token)
    if upload.link:
        page = html.A(gettext("this page's address"), href=f"?data={upload.token}")
        seen_by = filled(gettext("Whoever has {address} sees them."), address=page)
        link = html.Code(f"{here}?data={upload.token}", id="upload-link", tabIndex=0)
        attributes: Any = {"data-copy": "upload-link"}
        copy = button(gettext("Copy link"), **attributes)
        says = [html.B(gettext("Upload with a link:")), " ", kept_for(upload), " ", *seen_by, " "]
        return [*says, link, copy, forget, back]
    keep = _deed(upload.token, "keep", gettext("Keep it for 30 days and get a link"))
    change = html.A(gettext("Change columns or places"), href=f"upload/{upload.token}", className="button")
    return [html.B(gettext("Your upload:")), " ", kept_for(upload), " ", keep, forget, change, back]


def _forget(token: str) -> html.Details:
    """The way to delete an upload, which asks before it does."""
    ask = html.P(gettext("Delete these trips, and all that was made from them?"))
    deed = _deed(token, "forget", gettext("Yes, delete them"))
    return html.Details([html.Summary(gettext("Forget it now"), className="button"), ask, deed], className="ask")


def kept_for(upload: Upload) -> str:
    """`42 trips from trips.xlsx; kept until …`."""
    said = {"trips": words.trips(upload.trips), "file": upload.name, "moment": upload.goes}
    if upload.beside:
        return gettext("{trips} from {file}, beside those shipped; kept until {moment}.", **said)
    return gettext("{trips} from {file}; kept until {moment}.", **said)


def _deed(token: str, what: str, says: str) -> html.Form:
    """A form of its own for each deed: a link that is merely followed changes nothing."""
    sent = html.Button(says, type="submit", className="button")
    return html.Form(sent, action=f"upload/{token}/{what}", method="post")


def as_of(travel: Travel, upload: Upload | None) -> str:
    """Up to which day the data hold, and what a missing trip means."""
    if upload is not None:
        return gettext(
            "These trips are as their reader uploaded them in {file}; nobody has checked them.", file=upload.name
        )
    missing = gettext("A trip that is not listed was not found; that is not the same as none.")
    held = gettext("The data do not say up to which day they hold.")
    if travel.data_as_of:
        held = gettext("Data as of {day}.", day=say_stamp(travel.data_as_of))
    return f"{held} {missing}"


def citation(travel: Travel, upload: Upload | None) -> list[Any]:
    """Licence, citation and sources that the data state; an upload has none."""
    if upload is not None:
        return [gettext("The licence of the shipped trips does not cover uploaded ones.")]
    licences, sources = stated(travel.about, "licenses"), stated(travel.about, "sources")
    cited = gettext(
        "Cite as: Leader Travel, version {version}, data as of {day}.",
        version=__version__,
        day=say_stamp(travel.data_as_of) or gettext("unknown"),
    )
    licensed = (
        [gettext("Data licence:"), " ", *_stated(licences)]
        if licences
        else [gettext("The data state no licence."), " "]
    )
    return [*licensed, cited, " ", *([gettext("Sources:"), " ", *_stated(sources)] if sources else [])]


def _stated(listed: Iterable[dict[str, str]]) -> list[Any]:
    """A list of licences or sources, each a link where an address is given."""
    pieces = [piece for one in listed for piece in ("; ", _link(one))]
    return [*pieces[1:], ". "]


def _link(one: dict[str, str]) -> Any:
    says, path = one.get("title") or one["name"], one.get("path", "")
    return html.A(says, href=path, rel="noopener") if path.startswith(("https://", "http://")) else says


def file_link(table: str, form: Format, query: str, title: str = "", class_name: str = "") -> html.A:
    """A link to a table in one format."""
    return html.A(form.label, href=f"{table}.{form.suffix}{query}", title=title, className=class_name)


def counted_files(rows: Mapping[str, int]) -> list[tuple[str, str]]:
    """The name of each file and how many rows it has in words: `21 trips`, `92 stops`, `31 places`."""
    trips, stops, places = rows["trips"], rows["stops"], rows["places"]
    return [
        ("trips", words.trips(trips)),
        ("stops", ngettext("{number} stop", "{number} stops", stops)),
        ("places", ngettext("{number} place", "{number} places", places)),
    ]


def links(table: str, counted: str, query: str) -> list[Component]:
    """`21 trips:` and a button for each format of them."""
    return [
        html.Span(gettext("{rows}:", rows=counted)),
        *(file_link(table, one, query, gettext("{rows} as {format}", rows=counted, format=one.label), "button")
          for one in FORMATS),
    ]  # fmt: skip


def all_files(upload: Upload | None) -> list[Any]:
    """A link to every trip, stop and place in each format."""
    query = write(Selection(data=upload.token if upload else ""))
    named = {"trips": gettext("Every trip:"), "stops": gettext("every stop:"), "places": gettext("every place:")}
    listed = [[html.Span(says), *(file_link(table, one, query) for one in FORMATS)] for table, says in named.items()]
    return [gettext("Whatever is selected:"), *(one for files in listed for one in files)]


def ledger(shown: Shown) -> list[Component]:
    """Where to read of each coordinate where it comes from."""
    says = html.Span(gettext("Where each coordinate comes from, and how precise it is:"))
    return [
        says,
        html.A(gettext("As a page"), href=f"places{shown.page_query}"),
        *(file_link("places", one, shown.query) for one in FORMATS),
    ]


VIEWS = (
    View("ledger", "children", ledger),
    View("as-of", "children", lambda shown: as_of(shown.travel, shown.upload)),
    View("citation", "children", lambda shown: citation(shown.travel, shown.upload)),
    View("all-files", "children", lambda shown: all_files(shown.upload)),
)
