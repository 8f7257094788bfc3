"""The table of trips: one page of rows, sorted and searched on the server; a million trips cost no more than ten."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard import words
from dashboard.downloads import FORMATS
from dashboard.language import gettext
from dashboard.page.choices import button, named
from dashboard.page.footer import file_link
from dashboard.page.markup import part
from dashboard.page.shown import Shown, View
from dashboard.query.table_pages import ROWS_A_PAGE, Page, find_page
from dashboard.query.view_state import SORTED_BY
from dashboard.words.cards import MOST_KEPT, Card

NEWEST_FIRST = SORTED_BY["left_home"]
# Column of the table -> its heading.
COLUMNS = {
    "trip_id": "Id",
    "nth_of_leader": "Known trip",
    "leader": "Leader",
    "left_home": "Left home",
    "back_home": "Back",
    "days": "Days",
    "places": "Where",
    "transport": "By",
    "met": "Met",
    "occasion": "Occasion",
    "distance_km": "Distance",
    "sources": "Sources",
}
# What the table shows as long as nobody has chosen otherwise.
USUAL = tuple(name for name in COLUMNS if name != "trip_id")
# More rows than these nobody prints.
MOST_PRINTED = 2_000
# Columns that say on a card, where there are no headings, what they are.
LABELLED = ("transport", "met")
# Columns that read from A to Z first; of the others the largest come first.
TEXTS = ("leader", "transport", "occasion")


def card() -> html.Section:
    """The table's card: what it holds, the files of it, the field to search it, the choice of columns."""
    search = dmc.TextInput(
        id="table-search", placeholder="Search these rows", debounce=250, **named("Search these rows")
    )
    head = [html.H2(id="table-title"), html.Div(id="downloads", className="downloads"), search, _columns_menu()]
    return html.Section(
        [html.Div(head, className="table-head"), html.Div(id="rows", className="rows")], id="table", className="card"
    )


def _columns_menu() -> html.Div:
    boxes = [dmc.Checkbox(label=heading, value=name) for name, heading in COLUMNS.items()]
    group = dmc.CheckboxGroup(boxes, id="columns", value=list(USUAL), **named("Columns of the table"))
    opener = button("Columns", **{"aria-haspopup": "dialog"})
    menu = dmc.Popover(
        [dmc.PopoverTarget(opener), dmc.PopoverDropdown(group, className="menu")],
        position="bottom-end", withinPortal=False, withRoles=False, returnFocus=True, transitionProps={"duration": 0},
    )  # fmt: skip
    return html.Div(menu, className="columns-menu")


def rows(shown: Shown) -> str:
    """One page of the selected trips as HTML, as the reader wants to see them."""
    selection = shown.selection
    page = _page(shown)
    headings = {name: heading for name, heading in COLUMNS.items() if name in (shown.columns or USUAL)}
    listed = [
        {"trip_id": one.trip_id, "opened": one.trip_id == selection.trip,
         "cells": [text for name, text in cells(one).items() if name in headings]}
        for one in shown.cards.of(shown.summary, page.numbers.tolist())
    ]  # fmt: skip
    heads = [_head(name, heading, selection.view_state("sort")) for name, heading in headings.items()]
    return str(part("table", "table", heads, listed, _pager(page, shown.summary.figures.listed)))


def whole(shown: Shown) -> str:
    """The table with every row of the selection up to `MOST_PRINTED`, for paper: it has no pages to turn."""
    summary, sort = shown.summary, shown.selection.view_state("sort")
    by, search = (SORTED_BY[sort.removeprefix("-")], sort[0] == "-"), shown.selection.view_state("search").strip()
    numbers: list[int] = []
    for number in range(MOST_PRINTED // ROWS_A_PAGE):
        page = find_page(summary.travel, shown.selection, search, by, number)
        numbers += page.numbers.tolist()
        if number + 1 >= page.pages:
            break
    heads = [{"says": COLUMNS[name], "choose": "", "sorted": "none"} for name in USUAL]
    listed = [
        {"trip_id": one.trip_id, "opened": False, "cells": [cells(one)[name] for name in USUAL]}
        for one in shown.cards.of(summary, numbers)
    ]
    left = page.found - len(numbers)
    says = f"{words.count(left, 'more row')}: narrow the filters to print them" if left else ""
    return str(part("table", "table", heads, listed, {"page": 0, "pages": 1, "says": says})) + (
        says and f"<p>{says}</p>"
    )


def _head(name: str, heading: str, sort: str) -> dict[str, str]:
    """A heading: its words, how the table is sorted by it, and what a click on it chooses ('': it cannot be sorted)."""
    if name not in SORTED_BY:
        return {"says": heading, "choose": "", "sorted": "none"}
    now = {name: "ascending", f"-{name}": "descending"}.get(sort, "none")
    descends = now == "ascending" or (now == "none" and name not in TEXTS)
    return {"says": heading, "choose": f"sort:={'-' if descends else ''}{name}", "sorted": now}


@lru_cache(maxsize=MOST_KEPT)
def cells(card: Card) -> dict[str, Markup]:
    """The cells of a trip, by column."""
    return {
        name: part("table", "cell", name, card.texts[name], card.trip_id, COLUMNS[name] if name in LABELLED else "")
        for name in COLUMNS
    }


def _page(shown: Shown) -> Page:
    """The page that the reader wants; the first ones of the order in which the table opens need no sorting."""
    summary, sort = shown.summary, shown.selection.view_state("sort")
    by, descending, search = (
        SORTED_BY[sort.removeprefix("-")],
        sort[0] == "-",
        shown.selection.view_state("search").strip(),
    )
    first, found = shown.page * ROWS_A_PAGE, summary.figures.listed
    newest = summary.newest[first : first + ROWS_A_PAGE]
    if by == NEWEST_FIRST and descending and not search and len(newest) == min(ROWS_A_PAGE, found - first) > 0:
        pages = -(-found // ROWS_A_PAGE)
        most = summary.travel.most_pages
        return Page(shown.page, newest, found, min(pages, most), pages > most)
    return find_page(summary.travel, shown.selection, search, (by, descending), shown.page)


def _pager(page: Page, trips: int) -> dict[str, Any]:
    """Which rows these are, and of how many pages."""
    number, found = page.number, page.found
    first, last = number * ROWS_A_PAGE + 1, min((number + 1) * ROWS_A_PAGE, found)
    match = "" if found == trips else f" that match, of {words.count(trips, 'trip')}"
    says = (
        f"Rows {first:,} to {last:,} of {found:,}{match}"
        if found
        else f"No row matches, of {words.count(trips, 'trip')}"
    )
    if page.cut and number + 1 == page.pages:
        says += "; these are the last that can be paged to: narrow the filters for others"
    return {"page": number, "pages": page.pages, "says": says}


def downloads(shown: Shown) -> list[Component]:
    """A link for each format, saying how many rows it gives."""
    count = words.count(shown.summary.figures.listed, "row")
    return [file_link("trips", one, shown.query, f"{count} as {one.label}", "button") for one in FORMATS]


def title(shown: Shown) -> list[Any]:
    """How many rows the table holds, and whether they are what the map shows."""
    figures, apart = shown.summary.figures, words.apart(shown.summary.figures)
    same = not (apart or shown.drawn.note or figures.unplaced_stops)
    on_the_map = gettext("exactly what the map shows") if same else gettext("the map does not show all of it")
    narrows = gettext("a search here narrows only the rows below")
    return [", ".join([words.count(figures.trips, "trip"), *apart]), html.Small(f" {on_the_map}; {narrows}")]


ROWS = View("rows-html", "data", rows)
VIEWS = (
    View("table-title", "children", title),
    View("downloads", "children", downloads),
    View("table-search", "value", lambda shown: shown.selection.view_state("search")),
    ROWS,
)
