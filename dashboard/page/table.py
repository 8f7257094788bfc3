"""The table of trips: one page of rows, sorted and searched on the server; a million trips cost no more than ten."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from markupsafe import Markup

from dashboard import words
from dashboard.page.markup import part
from dashboard.page.requests import TableView
from dashboard.query.selection import Selection
from dashboard.query.summaries import Summary
from dashboard.query.table_pages import ROWS_A_PAGE, Page, find_page
from dashboard.words.cards import MOST_KEPT, Card, Cards

NEWEST_FIRST = "left_home_earliest"
# Column of the table -> its heading and the column of `trips` it is sorted by; '' where sorting would mean nothing.
COLUMNS = {
    "leader": ("Leader", "leader_id"),
    "left_home": ("Left home", NEWEST_FIRST),
    "back_home": ("Back", "back_home_latest"),
    "days": ("Days", "days"),
    "places": ("Where", ""),
    "transport": ("By", "transport"),
    "met": ("Met", ""),
    "occasion": ("Occasion", "occasion"),
    "distance_km": ("Distance", "distance_km"),
    "sources": ("Sources", ""),
}


def table(summary: Summary, selection: Selection, view: TableView, cards: Cards) -> Markup:
    """One page of the selected trips, as the reader wants to see them."""
    page = _page(summary, selection, view)
    rows = [
        {"trip_id": card.trip_id, "opened": card.trip_id == selection.trip,
         "cells": [text for name, text in cells(card).items() if name not in view.hidden]}
        for card in cards.of(summary, page.numbers.tolist())
    ]  # fmt: skip
    return part("table", "table", COLUMNS, view, rows, _pager(page, summary.figures.trips))


@lru_cache(maxsize=MOST_KEPT)
def cells(card: Card) -> dict[str, Markup]:
    """The cells of a trip, by column."""
    return {name: part("table", "cell", name, card.said[name], card.trip_id) for name in COLUMNS}


def _page(summary: Summary, selection: Selection, view: TableView) -> Page:
    """The page that the reader wants; the first ones of the order in which the table opens need no sorting."""
    by, search = COLUMNS.get(view.sort, ("", ""))[1] or NEWEST_FIRST, view.search.strip()
    first, found = view.page * ROWS_A_PAGE, summary.figures.trips
    newest = summary.newest[first : first + ROWS_A_PAGE]
    if by == NEWEST_FIRST and view.descending and not search and len(newest) == min(ROWS_A_PAGE, found - first) > 0:
        pages = -(-found // ROWS_A_PAGE)
        most = summary.travel.most_pages
        return Page(view.page, newest, found, min(pages, most), pages > most)
    return find_page(summary.travel, selection, search, (by, view.descending), view.page)


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
