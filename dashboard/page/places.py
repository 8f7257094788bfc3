"""The geocoding ledger as a page, `/places`: for each place of a selection what was asked, offered and chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from flask import Blueprint, Flask, Response, make_response, render_template, request

from dashboard.datasets.datasets import Datasets
from dashboard.datasets.store import GoneError
from dashboard.downloads import FORMATS
from dashboard.downloads.content import records
from dashboard.language import FOR_TEMPLATES, gettext, listed, marked, ngettext, number
from dashboard.query.rows import place_rows
from dashboard.query.selection import describe, read, select, write
from dashboard.tables.dates import say_stamp
from dashboard.tables.ids import slug
from dashboard.travel.travel import TooManyError

# How many places a page lists, the doubtful ones first; the files hold all of them.
SHOWN = 500
PROVIDERS = {
    "geonames": "GeoNames",
    "nominatim": "OpenStreetMap",
    "reviewed": marked("set by hand"),
    None: marked("not recorded"),
}
ASKED = {"reviewed": marked("the places set by hand"), "geonames": "GeoNames", "nominatim": "OpenStreetMap"}
EXACT = {
    "site": marked("to the site"),
    "town": marked("to the town"),
    "country": marked("to the country only"),
}
PRECISIONS = {"site": marked("site"), "town": marked("town"), "country": marked("country")}
Row = dict[str, Any]


def register(server: Flask, datasets: Datasets) -> None:
    """Give `server` the page `/places`."""
    pages = Blueprint("places", __name__, template_folder="../templates")
    pages.add_url_rule("/places", "places", partial(_page, datasets))
    server.register_blueprint(pages)
    server.jinja_env.globals.update(FOR_TEMPLATES)


def _page(datasets: Datasets) -> Response:
    """The places of the address's query.

    404 (410: no longer) for those of an upload that is not here, 413 for those of more trips than can be sent.
    """
    query = request.query_string.decode("utf-8", "replace")
    try:
        opened = datasets.open(query)
    except GoneError as gone:
        return _answer(render_template("places/refused.html", problem=str(gone)), gone.status, "no-store")
    travel, reading = opened.travel, read(query, opened.travel)
    selection = replace(reading.selection, trip="")
    try:
        rows: list[Row] = records(place_rows(select(travel.in_english, selection)))
    except TooManyError as many:
        return _answer(render_template("places/refused.html", problem=str(many)), 413, "no-store")
    in_order = sorted(((doubts(row), row) for row in rows), key=lambda one: _rank(*one))
    names = travel.places["place"]
    page = render_template(
        "places/places.html",
        sentence=describe(travel, selection),
        upload=opened.upload,
        ignored=reading.ignored,
        query=write(selection),
        files=write(selection.filters),
        counts=counts(rows),
        rows=[entry(row, doubt) | {"shown": names[row["place_id"]]} for doubt, row in in_order[:SHOWN]],
        doubtful=sum(bool(doubt) for doubt, _ in in_order),
        left_out=max(0, len(rows) - SHOWN),
        formats=FORMATS,
        say_stamp=say_stamp,
    )
    return _answer(page, 200, "no-store" if selection.data else "no-cache")


def _answer(page: str, status: int, cache: str) -> Response:
    response = make_response(page, status)
    response.headers["Cache-Control"] = cache
    return response


def _rank(doubt: list[str], row: Row) -> int:
    """Places without coordinates first, then the doubtful ones; most visited first within each."""
    return 0 if row["latitude_deg"] is None else 1 if doubt else 2


def doubts(row: Row) -> list[str]:
    """What a reader should look at in a row of `place_rows`; nothing where a name was found as it was asked for."""
    return list(_doubts(row))


def _doubts(row: Row) -> Iterator[str]:
    offered = row["candidates_in_all"] or 0
    if row["latitude_deg"] is None:
        yield gettext("not on the map")
        if offered > 1:
            yield gettext("{number} places bear the name, and none was chosen", number=number(offered))
        return
    if row["precision"] == "country":
        yield gettext("stands for the whole country")
        return
    if not row["precision"]:
        yield gettext("precision is not recorded")
    if row["reviewed"] == "yes":
        return
    if row["matched_name"] and slug(row["matched_name"]) != slug(row["place"]):
        yield gettext("found under another name")
    if offered > 1:
        yield gettext("the first of {number} close to one another", number=number(offered))


def entry(row: Row, doubt: list[str]) -> dict[str, Any]:
    """One row as the page says it: the row, and what is put into words."""
    by_hand = row["place"] if row["provider"] == "reviewed" else None
    return row | {
        "doubts": doubt,
        "asked": listed(dict.fromkeys(gettext(ASKED.get(one, one)) for one in (row["asked"] or "").split(";"))),
        "offers": row["candidates"].split("; ") if row["candidates"] else [],
        "chosen": row["matched_name"] or by_hand,
        "provider": gettext(PROVIDERS.get(row["provider"], str(row["provider"]))),
        "exact": gettext(PRECISIONS.get(row["precision"], row["precision"] or "")),
    }


def counts(rows: list[Row]) -> list[str]:
    """What the places amount to, a phrase each: from whom, how precise, how many are off the map, who checked them."""
    placed = [row for row in rows if row["latitude_deg"] is not None]
    parts = [ngettext("{number} place", "{number} places", len(rows))]
    if placed:
        providers = Counter(_source(row["provider"]) for row in placed)
        precise = Counter(gettext(EXACT.get(row["precision"], marked("not recorded"))) for row in placed)
        parts.append(gettext("Coordinates: {counted}", counted=_counted(providers)))
        parts.append(gettext("Precision: {counted}", counted=_counted(precise)))
    parts.append(gettext("Without coordinates: {number}", number=number(len(rows) - len(placed))))
    people = Counter(_checked_by(row) for row in rows if row["reviewed"] == "yes")
    return [*parts, gettext("Checked: {counted}", counted=_counted(people) or gettext("none"))]


def _source(provider: str | None) -> str:
    name = gettext(PROVIDERS.get(provider, str(provider)))
    return name if provider in ("reviewed", None) else gettext("from {provider}", provider=name)


def _checked_by(row: Row) -> str:
    return gettext("by {person}", person=row["reviewer"] or gettext("a person who is not recorded"))


def _counted(counted: Counter[str]) -> str:
    return ", ".join(
        gettext("{number} {what}", number=number(count), what=what) for what, count in counted.most_common()
    )
