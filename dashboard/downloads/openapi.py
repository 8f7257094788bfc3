"""`/openapi.json`: the addresses for programs, described from the registries that make them (OpenAPI 3.1)."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

import pandas as pd

from dashboard import __version__
from dashboard.datasets.store import TOKEN
from dashboard.downloads.columns import column
from dashboard.downloads.content import TABLES, Table, tell
from dashboard.downloads.formats import FORMATS, Format
from dashboard.downloads.package import MIMETYPE
from dashboard.query.filters import FILTERS, Filter
from dashboard.query.selection import DATA, OPEN, Selection
from dashboard.travel.frames import Whole

Json = dict[str, Any]
# A filter with more values than these is described by an example; its menu on the page lists them all.
LISTED = 60
REFUSALS = {
    "400": "A key or a value that is not known, each with what to write instead",
    "404": "A file or an upload that is not here",
    "410": "An upload that is no longer kept",
    "413": "More trips than are sent at once from where they lie: narrow the filters",
    "503": "The data were changed under the server: it has to be started again",
}
PLACES = "The places as a page: what was asked, offered and chosen, the doubtful ones first"
NULLABLE = {"type": ["string", "null"]}


def describe_addresses(travel: Whole) -> Json:
    """The whole description; the values that a parameter may have are those of `travel`, the shipped trips."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Leader Travel",
            "version": __version__,
            "summary": "Where leaders travelled, how, and whom they met, as files.",
            "description": "Every file takes the query string of the page and holds exactly the trips that the page"
            " shows there. A key given twice means either value; nothing given means everything.",
        },
        "servers": [{"url": "./"}],
        "paths": _paths(travel),
        "components": {
            "parameters": {one.key: _choice(one, travel) for one in FILTERS} | _others(travel),
            "responses": {status: _said(why, {"text/plain": {"type": "string"}}) for status, why in REFUSALS.items()},
            "schemas": {table.name: _row(table, travel) for table in TABLES},
        },
    }


def _paths(travel: Whole) -> Json:
    refused = ("400", "404", "410", "413")
    files = {f"/{table.name}.{form.suffix}": _file(table, form, travel) for table in TABLES for form in FORMATS}
    package = "The selection as a Frictionless data package: tables, schema, sources, licence, citation, checksums"
    return {
        "/": _get("page", "The page; its whole state is in the query string", {"text/html": {"type": "string"}}),
        **{path: _get(*said, refused=refused) for path, said in files.items()},
        "/places": _get("places", PLACES, {"text/html": {"type": "string"}}, refused=("404", "410")),
        "/package.zip": _get("package", package, {MIMETYPE: _binary(MIMETYPE)}, refused=(*refused, "503")),
        "/openapi.json": _get("openapi", "This description", {"application/json": {"type": "object"}}, choices=False),
        "/health": _get("health", "What is served", {"application/json": _health()}, choices=False),
    }


def _get(name: str, what: str, content: Json, *, choices: bool = True, refused: tuple[str, ...] = ()) -> Json:
    """One address; `content` gives the schema of the answer by media type."""
    keys = [*(one.key for one in FILTERS), OPEN, DATA]
    answers = {"200": _said(what, content)}
    answers |= {status: {"$ref": f"#/components/responses/{status}"} for status in refused}
    parameters = {"parameters": [{"$ref": f"#/components/parameters/{key}"} for key in keys]} if choices else {}
    return {"get": {"operationId": name, "summary": what, **parameters, "responses": answers}}


def _said(what: str, content: Json) -> Json:
    return {"description": what, "content": {mimetype: {"schema": schema} for mimetype, schema in content.items()}}


def _choice(one: Filter, travel: Whole) -> Json:
    """A filter as a parameter that may be given more than once, with its values where they are few."""
    values = [str(value) for value in islice(one.known(travel), LISTED + 1)]
    item: Json = {"type": "string"}
    if one.pattern:
        # A pattern of JSON Schema matches anywhere in a text, unless it says otherwise.
        item["pattern"] = f"^(?:{one.pattern})$"
    elif values and len(values) <= LISTED:
        item["enum"] = values
    written = re.search(rf"{one.key}=([^ ,]+)", one.form)
    examples = [written[1]] if written else values[:1]
    parameter = _parameter(one.key, {"type": "array", "items": item}, one.form or one.label)
    return parameter | {"style": "form", "explode": True} | ({"example": examples} if examples else {})


def _others(travel: Whole) -> Json:
    """The keys that filter nothing."""
    trips = travel.fetch([0]).trips["trip_id"].tolist()
    opened = _parameter(OPEN, {"type": "string"}, "The trip that stands open on the page; it filters nothing")
    told = "An upload whose trips to give instead of those shipped; the values of the other keys are then its own"
    data = _parameter(DATA, {"type": "string", "pattern": f"^{TOKEN.pattern}$"}, told)
    return {OPEN: opened | ({"example": trips[0]} if trips else {}), DATA: data}


def _parameter(name: str, schema: Json, description: str) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema}


def _file(table: Table, form: Format, travel: Whole) -> tuple[str, str, Json]:
    content = {form.mimetype: _body(table, form, travel)}
    return f"{table.name}_{form.suffix}", f"{form.label}: a row for each {table.row}", content


def _body(table: Table, form: Format, travel: Whole) -> Json:
    """What is in a file: in full where it is JSON, else by the columns of the table."""
    row = {"$ref": f"#/components/schemas/{table.name}"}
    about = {name: NULLABLE if name == "data_as_of" else {"type": "string"} for name in tell(travel, Selection())}
    match form.suffix:
        case "json":
            return _object({**about, "rows": {"type": "array", "items": row}})
        case "geojson":
            # A row that is a way has `leg_certainty` beside its columns.
            parts = {"type": {"const": "Feature"}, "geometry": {"type": ["object", "null"]}, "properties": row}
            features = {"type": "array", "items": _object(parts)}
            return _object({"type": {"const": "FeatureCollection"}, **about, "features": features})
        case _:
            says = f"The columns are the properties of the schema {table.name}, in their order"
            return _binary(form.mimetype) | {"description": says}


def _binary(mimetype: str) -> Json:
    return {"type": "string", "contentMediaType": mimetype}


def _object(properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _row(table: Table, travel: Whole) -> Json:
    """The columns of a table in their order; null where nothing is known."""
    rows = table.rows(travel.fetch([]))
    return _object({str(name): _cell(table, rows[name]) for name in rows.columns}) | {"description": f"A {table.row}"}


def _cell(table: Table, cells: pd.Series) -> Json:
    """One column: type as in the rows, the rest as it is said of the column."""
    said = column(table.name, str(cells.name))
    numbers = "integer" if pd.api.types.is_integer_dtype(cells) else "number"
    kind = numbers if pd.api.types.is_numeric_dtype(cells) else "string"
    absent: list[None] = [] if said.required else [None]
    schema: Json = {
        "type": kind if said.required else [kind, "null"],
        "description": f"{said.meaning}, {said.unit}" if said.unit else said.meaning,
    }
    return schema | ({"enum": [*said.allowed, *absent]} if said.allowed else {})


def _health() -> Json:
    counts = {name: {"type": "integer"} for name in ("trips", "leaders")}
    return _object({"status": {"const": "ok"}, **counts, "data_as_of": NULLABLE, "version": {"type": "string"}})
