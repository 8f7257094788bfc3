"""The dialog "Share": the page's address, the lines that fetch these rows, and the package of them."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.downloads import snippets
from dashboard.language import gettext, marked
from dashboard.page import pictures
from dashboard.page.choices import button, named
from dashboard.page.pictures import QUESTIONS
from dashboard.page.shown import Shown, View
from dashboard.query.selection import write

ALLOWED = marked("Only sites that whoever serves this page has named may show it in a frame (LEADER_TRAVEL_EMBEDDERS).")


def opener() -> dmc.UnstyledButton:
    """The button that opens the dialog."""
    return button(gettext("Share"), id="share-open", **{"aria-haspopup": "dialog"})


def dialog() -> dmc.Modal:
    """The dialog, closed; it stays in the page, so that it is filled when it opens."""
    return dmc.Modal(
        [html.Div(id="share-lines"), html.P(id="share-said", role="status")],
        id="share",
        title=gettext("Share this view"),
        size=760,
        keepMounted=True,
        # Its head would be a second banner of the page anywhere but in the main part.
        withinPortal=False,
        closeButtonProps=named(gettext("Close")),
        transitionProps={"duration": 0},
    )


def lines(shown: Shown) -> list[Component]:
    """Address, snippets and package of the selection."""
    address = _copied("share-address", gettext("Address"), shown.here + write(shown.selection), first=True)
    codes = [_copied(f"share-{one.key}", gettext(one.label), one.code) for one in snippets(shown.here, shown.query)]
    package = html.A(gettext("Data package (zip)"), href=f"package.zip{shown.query}", className="button")
    described = html.A(gettext("Description for programs (OpenAPI)"), href="openapi.json", className="button")
    frames = [
        _copied(f"share-{view}", gettext(question), pictures.frame_code(shown, view))
        for view, question in QUESTIONS.items()
    ]
    only = html.Details(
        [html.Summary(gettext("One view alone, for another page")), html.P(gettext(ALLOWED)), *frames],
        id="share-frames",
    )
    offline = html.A(
        gettext("One file that opens offline (HTML)"), href=f"page.html{shown.page_query}", className="button"
    )
    files = html.P([offline, package, described], className="downloads")
    return [address, only, html.Div(codes, id="share-snippets"), files]


def _copied(name: str, title: str, code: str, *, first: bool = False) -> Component:
    """A text and the button that copies it; the first button has the focus when the dialog opens."""
    attributes: Any = {
        "data-copy": name,
        "data-autofocus": "true" if first else None,
        **named(gettext("Copy: {what}", what=title)),
    }
    return html.Section([html.H3(title), button(gettext("Copy"), **attributes), html.Pre(code, id=name, tabIndex=0)])


VIEWS = (View("share-lines", "children", lines),)
