"""The table of trips: one page of rows, sorted and searched on the server; a million trips cost no more than ten."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component
from markupsafe import Markup

from dashboard import words
from dashboard.language import gettext, marked, ngettext, number
from dashboard.page import footer
from dashboard.page.choices import named
from dashboard.page.markup import render_macro
from dashboard.page.sentence import popover
from dashboard.page.shown import Shown, View
from dashboard.query.table_pages import ROWS_A_PAGE, Page, find_page
from dashboard.query.view_state import SORTED_BY
from dashboard.words.cards import MOST_KEPT, Card

NEWEST_FIRST = SORTED_BY["left_home"]
# Column of the table -> its heading.
COLUMNS = {
    "trip_id": marked("Id"),
    "nth_of_leader": marked("Known trip"),
    "leader": marked("Leader"),
    "left_home": marked("Left home"),
    "back_home": marked("Back"),
    "days": marked("Days"),
    "places": marked("Where"),
    "transport": marked("By"),
    "met": marked("Met"),
    "occasion": marked("Occasion"),
    "distance_km": marked("Distance"),
    "sources": marked("Sources"),
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
    says = gettext("Search these rows")
    search = dmc.TextInput(id="table-search", placeholder=says, debounce=250, **named(says))
    head = [html.H2(id="table-title"), html.Div(id="downloads", className="downloads"), search, _columns_menu()]
    return html.Section(
        [html.Div(head, className="table-head"), html.Div(id="rows", className="rows")], id="table", className="card"
    )


def _columns_menu() -> html.Div:
    boxes = [dmc.Checkbox(label=gettext(heading), value=name) for name, heading in COLUMNS.items()]
    group = dmc.CheckboxGroup(boxes, id="columns", value=list(USUAL), **named(gettext("Columns of the table")))
    menu = popover("columns", gettext("Columns"), gettext("Columns of the table"), [group], "button", "bottom-end")
    return html.Div(menu, className="columns-menu")


def rows(shown: Shown) -> str:
    """One page of the selected trips as HTML, as the reader wants to see them."""
    selection = shown.selection
    page = _page(shown)
    headings = {name: gettext(heading) for name, heading in COLUMNS.items() if name in (shown.columns or USUAL)}
    listed = [
        {"trip_id": one.trip_id, "opened": one.trip_id == selection.trip,
         "cells": [text for name, text in cells(one).items() if name in headings]}
        for one in shown.cards.of(shown.summary, page.numbers.tolist())
    ]  # fmt: skip
    heads = [_head(name, heading, selection.view_state("sort")) for name, heading in headings.items()]
    return str(render_macro("table", "table", heads, listed, _pager(page, shown.summary.figures.listed)))


def whole(shown: Shown) -> str:
    """The table with every row of the selection up to `MOST_PRINTED`, for paper: it has no pages to turn."""
    numbers, found = first_rows(shown, MOST_PRINTED // ROWS_A_PAGE)
    heads = [{"says": gettext(COLUMNS[name]), "choose": "", "sorted": "none"} for name in USUAL]
    listed = [
        {"trip_id": one.trip_id, "opened": False, "cells": [cells(one)[name] for name in USUAL]}
        for one in shown.cards.of(shown.summary, numbers)
    ]
    left = found - len(numbers)
    says = _left_out(left) if left else ""
    return str(render_macro("table", "table", heads, listed, {"page": 0, "pages": 1, "says": says})) + (
        says and f"<p>{says}</p>"
    )


def _left_out(count: int) -> str:
    return ngettext(
        "{number} more row: narrow the filters to print it",
        "{number} more rows: narrow the filters to print them",
        count,
    )


def first_rows(shown: Shown, pages: int) -> tuple[list[int], int]:
    """The numbers of the trips on so many pages of the table, as it is sorted and searched; and how many match."""
    sort, search = shown.selection.view_state("sort"), shown.selection.view_state("search").strip()
    by = SORTED_BY[sort.removeprefix("-")], sort[0] == "-"
    numbers: list[int] = []
    for nth in range(pages):
        page = find_page(shown.summary.travel, shown.selection, search, by, nth)
        numbers += page.numbers.tolist()
        if nth + 1 >= page.pages:
            break
    return numbers, page.found


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
        name: render_macro(
            "table", "cell", name, card.texts[name], card.trip_id, gettext(COLUMNS[name]) if name in LABELLED else ""
        )
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
    says = _which_rows(page, trips)
    if page.cut and page.number + 1 == page.pages:
        says = gettext("{rows}; these are the last that can be paged to: narrow the filters for others", rows=says)
    return {"page": page.number, "pages": page.pages, "says": says}


def _which_rows(page: Page, trips: int) -> str:
    """`Rows 1 to 21 of 21`, and of how many trips where a search narrows them."""
    found, every = page.found, words.trips(trips)
    if not found:
        return gettext("No row matches, of {trips}", trips=every)
    first, last = page.number * ROWS_A_PAGE + 1, min((page.number + 1) * ROWS_A_PAGE, found)
    rows = {"first": number(first), "last": number(last), "all": number(found)}
    if found == trips:
        return gettext("Rows {first} to {last} of {all}", **rows)
    return gettext("Rows {first} to {last} of {all} that match, of {trips}", trips=every, **rows)


def downloads(shown: Shown) -> list[Component]:
    """A link for each format, saying how many rows it gives; the stops and places of these trips open beside them."""
    trips, stops, places = footer.counted_files(shown.summary.rows)
    lines = [html.Div(footer.links(*one, shown.query), className="downloads") for one in (stops, places)]
    more = html.Details([html.Summary(gettext("All formats")), *lines], className="all-formats")
    return [*footer.links(*trips, shown.query), more]


def title(shown: Shown) -> list[Any]:
    """How many rows the table holds, and whether they are what the map shows."""
    figures, apart = shown.summary.figures, words.apart(shown.summary.figures)
    same = not (apart or shown.drawn.note or figures.unplaced_stops)
    on_the_map = gettext("exactly what the map shows") if same else gettext("the map does not show all of it")
    narrows = gettext("a search here narrows only the rows below")
    return [", ".join([words.trips(figures.trips), *apart]), html.Small(f" {on_the_map}; {narrows}")]


ROWS = View("rows-html", "data", rows)
VIEWS = (
    View("table-title", "children", title),
    View("downloads", "children", downloads),
    View("table-search", "value", lambda shown: shown.selection.view_state("search")),
    ROWS,
)
