"""The table of trips: one page of rows, sorted and searched on the server; a million trips cost no more than ten."""

from __future__ import annotations

from typing import Any

import pandas as pd
from markupsafe import Markup

from dashboard import dates, words
from dashboard.markup import part
from dashboard.payloads import TableView
from dashboard.places import country_name
from dashboard.rows import trip_rows
from dashboard.selection import Selection
from dashboard.summaries import Summary

ROWS_A_PAGE = 25
# Column of the table -> its heading and the column of `trips` it is sorted by; '' where sorting would mean nothing.
COLUMNS = {
    "leader": ("Leader", "leader_id"),
    "left_home": ("Left home", "left_home_earliest"),
    "back_home": ("Back", "back_home_latest"),
    "days": ("Days", "days"),
    "places": ("Where", ""),
    "transport": ("By", "transport"),
    "met": ("Met", ""),
    "occasion": ("Occasion", "occasion"),
    "distance_km": ("Distance", "distance_km"),
    "sources": ("Sources", ""),
}


def table(summary: Summary, selection: Selection, view: TableView) -> Markup:
    """One page of the selected trips, as the reader wants to see them."""
    found = summary.trips[_matches(summary, view.search)]
    by = COLUMNS.get(view.sort, ("", ""))[1] or "left_home_earliest"
    ordered = found[by].sort_values(ascending=not view.descending, kind="stable", na_position="last").index
    page = _page(len(ordered), view.page)
    numbers = ordered[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]
    shown = [name for name in COLUMNS if name not in view.hidden]
    rows = trip_rows(summary.part(numbers)).loc[numbers].to_dict("records")
    cells = [_row(row, shown, selection.trip) for row in rows]
    return part("table", "table", COLUMNS, view, cells, _pager(page, len(found), summary.figures.trips))


def _page(rows: int, wanted: int) -> int:
    """The page wanted, or the last one where there are not so many."""
    return min(wanted, max(1, -(-rows // ROWS_A_PAGE)) - 1)


def _matches(summary: Summary, text: str) -> Any:
    """True for each selected trip whose occasion, dates, transport, places, people, leader or id hold the text."""
    trips, needle = summary.trips, text.strip()
    if not needle:
        return slice(None)
    travel = summary.part(trips.index)

    def holds(column: pd.Series) -> pd.Series:
        return column.astype("str").str.contains(needle, case=False, regex=False)

    hit = holds(trips["occasion"]) | holds(trips["trip_id"]) | holds(trips["transport"])
    hit |= holds(trips["left_home"]) | holds(trips["back_home"])
    countries = travel.stops["country_iso3"].cat.rename_categories(country_name)
    hit |= trips.index.isin(travel.stops.loc[holds(countries) & (travel.stops["kind"] == "visit"), "trip"])
    hit |= trips["leader_id"].map(travel.leaders["name"]).pipe(holds)
    hit |= trips.index.isin(travel.stops.loc[holds(travel.stops["place"]), "trip"])
    return hit | trips.index.isin(travel.meetings.loc[holds(travel.meetings["counterpart"]), "trip"])


def _row(row: dict[Any, Any], shown: list[str], opened: str) -> dict[str, Any]:
    cells = [(name, _cell(name, row)) for name in shown]
    return {"trip_id": row["trip_id"], "opened": row["trip_id"] == opened, "cells": cells}


def _cell(name: str, row: dict[Any, Any]) -> str:
    """One cell as people read it: doubts kept, distances rounded."""
    value = row[name]
    match name:
        case "left_home" | "back_home":
            return dates.say(value)
        case "days":
            return "unknown" if pd.isna(value) else f"{value}{'?' if 'days' in row['uncertain'] else ''}"
        case "distance_km":
            return "unknown" if pd.isna(value) else words.distance(float(value), row["distance_note"] == "at least")
        case "sources":
            return (
                words.count(len({one.rpartition(" ")[2] for one in value.split("; ")}), "source") if value else "none"
            )
        case _:
            return str(value)


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
