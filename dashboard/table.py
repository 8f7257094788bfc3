"""The table of trips: one page of rows, sorted and searched on the server; a million trips cost no more than ten."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from markupsafe import Markup

from dashboard import words
from dashboard.cards import Cards
from dashboard.codes import Mask
from dashboard.markup import part
from dashboard.payloads import TableView
from dashboard.places import country_name
from dashboard.selection import Selection
from dashboard.summaries import Summary

ROWS_A_PAGE = 25
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
    matching = _matches(summary, view.search.strip()) if view.search.strip() else summary.kept
    found = int(matching.sum())
    page = min(view.page, max(1, -(-found // ROWS_A_PAGE)) - 1)
    numbers = _sorted(summary, matching, view)[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE].tolist()
    rows = [
        {"trip_id": card.trip_id, "opened": card.trip_id == selection.trip,
         "cells": [(name, card.cells[name]) for name in COLUMNS if name not in view.hidden]}
        for card in cards.of(summary, numbers)
    ]  # fmt: skip
    return part("table", "table", COLUMNS, view, rows, _pager(page, found, summary.figures.trips))


def _sorted(summary: Summary, matching: Mask, view: TableView) -> npt.NDArray[np.int64]:
    """Numbers of the matching trips in the order of the table; unknown values come last."""
    by = COLUMNS.get(view.sort, ("", ""))[1] or NEWEST_FIRST
    if (
        by == NEWEST_FIRST
        and view.descending
        and matching is summary.kept
        and len(summary.newest) > view.page * ROWS_A_PAGE
    ):
        # The first pages of the order in which the page opens need no sorting.
        return summary.newest
    numbers = np.flatnonzero(matching)
    column = summary.travel.trips[by].take(numbers[::-1] if view.descending else numbers)
    return column.sort_values(ascending=not view.descending, kind="stable", na_position="last").index.to_numpy()


def _matches(summary: Summary, text: str) -> Mask:
    """True for each selected trip whose occasion, dates, transport, places, people, leader or id hold the text."""
    travel = summary.part(np.flatnonzero(summary.kept))
    trips = travel.trips

    def holds(column: pd.Series) -> pd.Series:
        return column.astype("str").str.contains(text, case=False, regex=False)

    hit = holds(trips["occasion"]) | holds(trips["trip_id"]) | holds(trips["transport"])
    hit |= holds(trips["left_home"]) | holds(trips["back_home"])
    countries = travel.stops["country_iso3"].cat.rename_categories(country_name)
    hit |= trips.index.isin(travel.stops.loc[holds(countries) & (travel.stops["kind"] == "visit"), "trip"])
    hit |= trips["leader_id"].map(travel.leaders["name"]).pipe(holds)
    hit |= trips.index.isin(travel.stops.loc[holds(travel.stops["place"]), "trip"])
    hit |= trips.index.isin(travel.meetings.loc[holds(travel.meetings["counterpart"]), "trip"])
    matching = np.zeros(len(summary.kept), dtype=bool)
    matching[trips.index[hit.to_numpy()]] = True
    return matching


def _pager(page: int, found: int, trips: int) -> dict[str, Any]:
    """Which rows these are, and of how many pages."""
    first, last = page * ROWS_A_PAGE + 1, min((page + 1) * ROWS_A_PAGE, found)
    match = "" if found == trips else f" that match, of {words.count(trips, 'trip')}"
    says = (
        f"Rows {first:,} to {last:,} of {found:,}{match}"
        if found
        else f"No row matches, of {words.count(trips, 'trip')}"
    )
    return {"page": page, "pages": -(-found // ROWS_A_PAGE), "says": says}
