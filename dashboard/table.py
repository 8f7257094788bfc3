"""The table of trips: one page of rows, sorted and searched on the server; a million trips cost no more than ten."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import dates, words
from dashboard.controls import action, choice, named, spoken
from dashboard.pages import ROWS_A_PAGE, Page, find_page
from dashboard.payloads import TableView
from dashboard.rows import trip_rows
from dashboard.selection import Selection
from dashboard.summaries import Summary

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


def table(summary: Summary, selection: Selection, view: TableView) -> list[Any]:
    """One page of the selected trips, as the reader wants to see them."""
    by = COLUMNS.get(view.sort, ("", ""))[1] or "left_home_earliest"
    page = find_page(summary.travel, selection, view.search or "", (by, view.descending), view.page)
    shown = [name for name in COLUMNS if name not in view.hidden]
    rows = trip_rows(summary.part(page.numbers)).loc[page.numbers]
    return [_columns(shown), _grid(rows, shown, selection, view), _pager(page, summary.figures.trips)]


def _columns(shown: list[str]) -> html.Details:
    """The choice of columns."""
    buttons = [
        action(heading, "column", name, className="option", **{"aria-pressed": spoken(name in shown)})
        for name, (heading, _) in COLUMNS.items()
    ]
    return html.Details(
        [html.Summary("Columns"), html.Div(buttons, className="menu options")], className="choice columns"
    )


def _grid(rows: pd.DataFrame, shown: list[str], selection: Selection, view: TableView) -> html.Table:
    head = html.Thead(html.Tr([_heading(name, view) for name in shown]))
    body = html.Tbody([_row(row, shown, selection.trip) for row in rows.to_dict("records")])
    return html.Table([html.Caption("The selected trips, one row each", className="unseen"), head, body])


def _heading(name: str, view: TableView) -> html.Th:
    heading, by = COLUMNS[name]
    if not by:
        return html.Th(heading, scope="col")
    order = ("descending" if view.descending else "ascending") if name == view.sort else "none"
    button = action(heading, "sort", name, title=f"Sort by {heading.lower()}")
    sorted_by: dict[str, Any] = {"aria-sort": order}
    return html.Th(button, scope="col", **sorted_by)


def _row(row: dict[Any, Any], shown: list[str], opened: str) -> html.Tr:
    cells = [html.Td(_cell(name, row), className=name) for name in shown]
    chooses: dict[str, Any] = {"data-choose": f"trip={row['trip_id']}"}
    return html.Tr(cells, className="opened" if row["trip_id"] == opened else "", **chooses)


def _cell(name: str, row: dict[Any, Any]) -> Any:
    """One cell as people read it: doubts kept, distances rounded, the first column a button that opens the trip."""
    value = row[name]
    match name:
        case "left_home":
            return choice(dates.say(value), f"trip={row['trip_id']}", title="Open this trip")
        case "back_home":
            return dates.say(value)
        case "days":
            return "unknown" if pd.isna(value) else f"{value}{'?' if 'days' in row['uncertain'] else ''}"
        case "distance_km":
            return "unknown" if pd.isna(value) else words.distance(float(value), row["distance_note"] == "at least")
        case "transport":
            return html.Span(value, className=f"by {value}")
        case "sources":
            return (
                words.count(len({one.rpartition(" ")[2] for one in value.split("; ")}), "source") if value else "none"
            )
        case _:
            return str(value)


def _pager(page: Page, trips: int) -> html.Nav:
    """Which rows these are, and the way to the others."""
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
    back, on = (
        action(sign, "page", str(to), title=title, disabled=blocked, **{"aria-label": title})
        for sign, title, to, blocked in (
            ("‹", "Page before", number - 1, number == 0),
            ("›", "Next page", number + 1, number >= page.pages - 1),
        )
    )
    return html.Nav(
        [html.Span(says), back, on] if page.pages > 1 else [html.Span(says)],
        className="pager",
        **named("Pages of the table", "navigation"),
    )
