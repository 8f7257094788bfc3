"""The side panel: a tab for each of `TABS`. Which one stands open is in the address (`tab=…`)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.language import gettext, marked
from dashboard.page import news, people, trips, visited
from dashboard.page.shown import Shown, View


@dataclass(frozen=True)
class Tab:
    """One tab: its key in the address, its title, its content before anything is counted, and what fills that."""

    key: str
    title: str
    content: Callable[[], Component]
    views: tuple[View, ...]


TABS = (
    Tab("trips", marked("Trips"), trips.panel, trips.VIEWS),
    Tab("places", marked("Places"), visited.panel, visited.VIEWS),
    Tab("people", marked("People"), people.panel, people.VIEWS),
    Tab("news", marked("In the news"), news.panel, news.VIEWS),
)


def panel() -> html.Section:
    """The tabs; the trips are filled with every answer, the others when they stand open."""
    heads = [dmc.TabsTab(gettext(one.title), value=one.key, **{"data-choose": f"tab:={one.key}"}) for one in TABS]
    bodies = [dmc.TabsPanel(one.content(), value=one.key) for one in TABS]
    tabs = dmc.Tabs([dmc.TabsList(heads), *bodies], id="tab", value=TABS[0].key, className="tabs")
    title = html.H2(gettext("Trips, people and news"), className="unseen")
    return html.Section([title, tabs], id="trips", className="card panel")


def open_tab(shown: Shown) -> str:
    """The key of the tab that the address opens."""
    return shown.selection.view_state("tab")


VIEWS = (View("tab", "value", open_tab), *(view for tab in TABS for view in tab.views))
