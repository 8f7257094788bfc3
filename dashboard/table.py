"""The table of trips: one page of rows, sorted and searched on the server; a million trips cost no more than ten."""

from __future__ import annotations

from typing import Any

import pandas as pd
from dash import html

from dashboard import dates, words
from dashboard.controls import action, choice, named, spoken
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


def table(summary: Summary, selection: Selection, view: TableView) -> list[Any]:
    """One page of the selected trips, as the reader wants to see them."""
    found = summary.trips[_matches(summary, view.search or "")]
    by = COLUMNS.get(view.sort, ("", ""))[1] or "left_home_earliest"
    ordered = found[by].sort_values(ascending=not view.descending, kind="stable", na_position="last").index
    pages = max(1, -(-len(ordered) // ROWS_A_PAGE))
    page = min(view.page, pages - 1)
    numbers = ordered[page * ROWS_A_PAGE : (page + 1) * ROWS_A_PAGE]
    shown = [name for name in COLUMNS if name not in view.hidden]
    rows = trip_rows(summary.part(numbers)).loc[numbers]
    return [
        _columns(shown),
        _grid(rows, shown, selection, view),
        _pager(page, pages, len(found), summary.figures.trips),
    ]


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


def _pager(page: int, pages: int, found: int, trips: int) -> html.Nav:
    """Which rows these are, and the way to the others."""
    first, last = page * ROWS_A_PAGE + 1, min((page + 1) * ROWS_A_PAGE, found)
    match = "" if found == trips else f" that match, of {words.count(trips, 'trip')}"
    says = (
        f"Rows {first:,} to {last:,} of {found:,}{match}"
        if found
        else f"No row matches, of {words.count(trips, 'trip')}"
    )
    back, on = (
        action(sign, "page", str(to), title=title, disabled=blocked, **{"aria-label": title})
        for sign, title, to, blocked in (
            ("‹", "Page before", page - 1, page == 0),
            ("›", "Next page", page + 1, page >= pages - 1),
        )
    )
    return html.Nav(
        [html.Span(says), back, on] if pages > 1 else [html.Span(says)],
        className="pager",
        **named("Pages of the table", "navigation"),
    )
