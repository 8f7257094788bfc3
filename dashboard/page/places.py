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
from dashboard.language import FOR_TEMPLATES
from dashboard.query.rows import place_rows
from dashboard.query.selection import describe, read, select, write
from dashboard.tables.ids import slug
from dashboard.travel.travel import TooManyError
from dashboard.words import count

# How many places a page lists, the doubtful ones first; the files hold all of them.
SHOWN = 500
PROVIDERS = {"geonames": "GeoNames", "nominatim": "OpenStreetMap", "reviewed": "set by hand", None: "not recorded"}
ASKED = {"reviewed": "the places set by hand", "geonames": "GeoNames", "nominatim": "OpenStreetMap"}
EXACT = {"site": "to the site", "town": "to the town", "country": "to the country only"}
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
        rows: list[Row] = records(place_rows(select(travel, selection)))
    except TooManyError as many:
        return _answer(render_template("places/refused.html", problem=str(many)), 413, "no-store")
    listed = sorted(((doubts(row), row) for row in rows), key=lambda one: _rank(*one))
    page = render_template(
        "places/places.html",
        sentence=describe(travel, selection),
        upload=opened.upload,
        ignored=reading.ignored,
        query=write(selection),
        counts=counts(rows),
        rows=[entry(row, doubt) for doubt, row in listed[:SHOWN]],
        doubtful=sum(bool(doubt) for doubt, _ in listed),
        left_out=max(0, len(rows) - SHOWN),
        formats=FORMATS,
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
        yield "not on the map"
        if offered > 1:
            yield f"{offered:,} places bear the name, and none was chosen"
        return
    if row["precision"] == "country":
        yield "stands for the whole country"
        return
    if not row["precision"]:
        yield "precision is not recorded"
    if row["reviewed"] == "yes":
        return
    if row["matched_name"] and slug(row["matched_name"]) != slug(row["place"]):
        yield "found under another name"
    if offered > 1:
        yield f"the first of {offered:,} close to one another"


def entry(row: Row, doubt: list[str]) -> dict[str, Any]:
    """One row as the page says it: the row, and what is put into words."""
    by_hand = row["place"] if row["provider"] == "reviewed" else None
    return row | {
        "doubts": doubt,
        "asked": " and ".join(dict.fromkeys(ASKED.get(one, one) for one in (row["asked"] or "").split(";"))),
        "offers": row["candidates"].split("; ") if row["candidates"] else [],
        "chosen": row["matched_name"] or by_hand,
        "provider": PROVIDERS.get(row["provider"], row["provider"]),
    }


def counts(rows: list[Row]) -> list[str]:
    """What the places amount to, a phrase each: from whom, how precise, how many are off the map, who checked them."""
    placed = [row for row in rows if row["latitude_deg"] is not None]
    providers = Counter(_source(row["provider"]) for row in placed)
    precise = Counter(EXACT.get(row["precision"], "not recorded") for row in placed)
    people = Counter(row["reviewer"] or "a person who is not recorded" for row in rows if row["reviewed"] == "yes")
    parts = [count(len(rows), "place")]
    parts += [f"Coordinates: {_listed(providers)}"] if placed else []
    parts += [f"Precision: {_listed(precise)}"] if placed else []
    parts += [f"Without coordinates: {len(rows) - len(placed):,}"]
    return [*parts, f"Checked: {_listed(people, 'by ') or 'none'}"]


def _source(provider: str | None) -> str:
    name = str(PROVIDERS.get(provider, provider))
    return name if provider in ("reviewed", None) else f"from {name}"


def _listed(counted: Counter[str], before: str = "") -> str:
    return ", ".join(f"{number:,} {before}{what}" for what, number in counted.most_common())
