"""What can be taken away of one view: a picture of it, made in the browser, and the code that frames it elsewhere.

`?embed=` with the name of a view shows that view alone; the names are `EMBEDS` of the address.
"""

from __future__ import annotations

from html import escape
from typing import Any

from dash import html

from dashboard import __version__
from dashboard.figures import CHARTS
from dashboard.language import gettext, marked
from dashboard.page.choices import button, named
from dashboard.page.sentence import title_of
from dashboard.page.shown import Shown, View
from dashboard.query.selection import write
from dashboard.tables.dates import say_stamp
from dashboard.tables.metadata import stated

MAP_QUESTION = marked("Where to, by what, and how often?")
# Name of a view in the address -> the question that its picture answers.
QUESTIONS = {"map": MAP_QUESTION} | {chart.id: chart.question for chart in CHARTS}
# What can be pictured and does not stand alone in a frame, too.
PICTURED = QUESTIONS | {"year-strip": marked("How many trips in which year, whatever years are chosen?")}
CREDIT = marked("Borders: Natural Earth. Places: GeoNames (CC BY 4.0).")
HEIGHTS = {"map": 720}
HEIGHT = 420


def takers(view: str, says: str = "", short: str = "") -> html.Div:
    """The buttons that make a picture of a view."""
    question = gettext(PICTURED[view])
    buttons = [
        button(form.upper(), **{"data-picture": view, "data-format": form, **named(_of(form, question))})
        for form in ("png", "svg")
    ]
    # Where there is little room the short name stands in place of the words.
    attributes: Any = {"data-short": short}
    return html.Div([says or gettext("Picture:"), *buttons], className="take", **attributes)


def _of(form: str, question: str) -> str:
    return gettext("{format} of: {question}", format=form.upper(), question=question)


def picture_words(shown: Shown) -> dict[str, Any]:
    """What stands in every picture beside its view: questions, selection, day of the data, sources."""
    return {
        "questions": {view: gettext(question) for view, question in PICTURED.items()},
        "sentence": title_of(shown),
        "as_of": data_day(shown),
        "source": source_line(shown),
        "name": f"leader-travel_{{}}_{shown.travel.data_as_of or 'undated'}",
    }


def data_day(shown: Shown) -> str:
    """`Data as of 2026-11-20`; of an upload whose it is."""
    if shown.upload is not None:
        return gettext("Uploaded by its reader in {file}, checked by nobody", file=shown.upload.name)
    return gettext("Data as of {day}", day=say_stamp(shown.travel.data_as_of) or gettext("an unknown day"))


def source_line(shown: Shown) -> str:
    """Where the figures of a picture are from."""
    if shown.upload is not None:
        return gettext("Made with Leader Travel {version}. {credit}", version=__version__, credit=gettext(CREDIT))
    sources = "; ".join(one.get("title") or one["name"] for one in stated(shown.travel.about, "sources"))
    said = {"version": __version__, "credit": gettext(CREDIT)}
    if not sources:
        return gettext("Source: Leader Travel {version}. {credit}", **said)
    return gettext("Source: Leader Travel {version}, from {sources}. {credit}", sources=sources, **said)


def embedded(shown: Shown) -> str:
    """The class of the page: where the address asks for one view, all others are hidden."""
    view = shown.selection.view_state("embed")
    return f"page embed embed-{view}" if view else "page"


def frame_code(shown: Shown, view: str) -> str:
    """The element that shows one view of this selection in another page."""
    address = shown.here + write(shown.selection.choose("embed", (view,)))
    title = f"{gettext(QUESTIONS[view])} {title_of(shown)}"
    height = HEIGHTS.get(view, HEIGHT)
    return (
        f'<iframe src="{escape(address)}" title="{escape(title)}" width="100%" height="{height}"'
        ' loading="lazy" style="border:0"></iframe>'
    )


def foot() -> html.Div:
    """Under an embedded view: the day of the data, and the way to the whole page."""
    return html.Div(id="embed-foot", role="contentinfo")


def foot_words(shown: Shown) -> list[Any]:
    """`Data as of …`, and a link to the same selection on the whole page."""
    whole = write(shown.selection.choose("embed", ())) or "?"
    link = html.A(gettext("Leader Travel: the whole page"), href=whole, target="_blank", rel="noopener")
    return [f"{data_day(shown)}. ", link]


VIEWS = (
    View("picture-words", "data", picture_words),
    View("page", "className", embedded),
    View("embed-foot", "children", foot_words),
)
