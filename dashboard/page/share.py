"""The dialog "Share": the page's address, the lines that fetch these rows, and the package of them."""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.downloads import snippets
from dashboard.page.choices import button
from dashboard.page.shown import Shown, View
from dashboard.query.selection import write


def opener() -> dmc.UnstyledButton:
    """The button that opens the dialog."""
    return button("Share", id="share-open", **{"aria-haspopup": "dialog"})


def dialog() -> dmc.Modal:
    """The dialog, closed; it stays in the page, so that it is filled when it opens."""
    return dmc.Modal(
        [html.Div(id="share-lines"), html.P(id="share-said", role="status")],
        id="share",
        title="Share this view",
        size=760,
        keepMounted=True,
        closeButtonProps={"aria-label": "Close"},
        transitionProps={"duration": 0},
    )


def lines(shown: Shown) -> list[Component]:
    """Address, snippets and package of the selection."""
    address = _copied("share-address", "Address", shown.here + write(shown.selection), first=True)
    codes = [_copied(f"share-{one.key}", one.label, one.code) for one in snippets(shown.here, shown.query)]
    package = html.A("Data package (zip)", href=f"package.zip{shown.query}", className="button")
    described = html.A("Description for programs (OpenAPI)", href="openapi.json", className="button")
    return [address, html.Div(codes, id="share-snippets"), html.P([package, described], className="downloads")]


def _copied(name: str, title: str, code: str, *, first: bool = False) -> Component:
    """A text and the button that copies it; the first button has the focus when the dialog opens."""
    attributes: Any = {"data-copy": name, "data-autofocus": "true" if first else None, "aria-label": f"Copy: {title}"}
    return html.Section([html.H3(title), button("Copy", **attributes), html.Pre(code, id=name, tabIndex=0)])


VIEWS = (View("share-lines", "children", lines),)
