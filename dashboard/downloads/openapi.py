"""`/openapi.json`: the addresses for programs, described from the registries that make them (OpenAPI 3.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pandas as pd
from apispec import APISpec

from dashboard import __version__
from dashboard.datasets.store import TOKEN
from dashboard.downloads.columns import column
from dashboard.downloads.content import TABLES, Table, tell
from dashboard.downloads.formats import FORMATS, Format
from dashboard.downloads.package import MIMETYPE
from dashboard.query.filters import BY_KEY, Filter
from dashboard.query.selection import DATA, OPEN, Selection
from dashboard.travel.travel import Travel

Json = dict[str, Any]
# A filter with more values than these is described by an example; its menu on the page lists them all.
LISTED = 60
REFUSALS = {
    "400": "A key or a value that is not known, each with what to write instead",
    "404": "A file or an upload that is not here",
    "410": "An upload that is no longer kept",
    "413": "More rows than are sent at once, or than the format can hold: narrow the filters",
    "503": "Too many large files are being made, or the data were changed under the server: try again later",
}
INFO = {
    "summary": "Where leaders travelled, how, and whom they met, as files.",
    "description": "Every file takes the query string of the page and holds exactly the trips that the page shows"
    " there. A key given twice means either value; nothing given means everything.",
}
# What every file may refuse, and the keys that an address takes.
FILE_REFUSALS = ("400", "404", "410", "413", "503")
KEYS = (*BY_KEY, OPEN, DATA)
PACKAGE = "The selection as a Frictionless data package: tables, schema, sources, licence, citation, checksums"
PATCH = "A correction to fill in: the cells of the trip that `trip` opens, as `python -m dashboard apply` takes them"
OFFLINE = "The selection as one HTML file that opens without a network: map, charts, itineraries, table, sources"
PLACES = "The places as a page: what was asked, offered and chosen, the doubtful ones first"
NULLABLE = {"type": ["string", "null"]}


@dataclass(frozen=True)
class Address:
    """One address: its path, a name for programs, what it answers (schema by media type), refuses and takes."""

    path: str
    name: str
    what: str
    content: Json
    refused: tuple[str, ...] = ()
    keys: tuple[str, ...] = KEYS


def describe_addresses(travel: Travel) -> Json:
    """The whole description; the values that a parameter may have are those of `travel`, the shipped trips."""
    spec = APISpec("Leader Travel", __version__, "3.1.0", info=INFO, servers=[{"url": "./"}])
    for name, parameter in ({key: _choice(one, travel) for key, one in BY_KEY.items()} | _unfiltering(travel)).items():
        spec.components.parameter(name, "query", parameter)
    for status, why in REFUSALS.items():
        spec.components.response(status, _answer(why, {"text/plain": {"type": "string"}}))
    for table in TABLES:
        spec.components.schema(table.name, _row(table, travel))
    files = [_file(table, form, travel) for table in TABLES for form in FORMATS]
    for address in (*files, *_others()):
        _add(spec, address)
    return spec.to_dict()


def _file(table: Table, form: Format, travel: Travel) -> Address:
    what = f"{form.label}: a row for each {table.row}"
    content = {form.mimetype: _body(table, form, travel)}
    return Address(f"/{table.name}.{form.suffix}", f"{table.name}_{form.suffix}", what, content, FILE_REFUSALS)


def _others() -> tuple[Address, ...]:
    """The pages, the package, and what programs ask of the server itself."""
    html, package = {"text/html": {"type": "string"}}, {MIMETYPE: _binary(MIMETYPE)}
    description, health = {"application/json": {"type": "object"}}, {"application/json": _health()}
    return (
        Address("/", "page", "The page; its whole state is in the query string", html),
        Address("/places", "places", PLACES, html, ("404", "410")),
        Address("/page.html", "offline", OFFLINE, html, FILE_REFUSALS),
        Address("/table.html", "table", "All rows of the page's table, as the page prints them", html),
        Address("/package.zip", "package", PACKAGE, package, FILE_REFUSALS),
        Address("/patch.csv", "patch", PATCH, {"text/csv": {"type": "string"}}, FILE_REFUSALS),
        Address("/openapi.json", "openapi", "This description", description, keys=()),
        Address("/health", "health", "What is served", health, ("503",), keys=()),
    )


def _add(spec: APISpec, one: Address) -> None:
    answers = {"200": _answer(one.what, one.content)} | {status: status for status in one.refused}
    taken = {"parameters": list(one.keys)} if one.keys else {}
    spec.path(
        one.path, operations={"get": {"operationId": one.name, "summary": one.what, **taken, "responses": answers}}
    )


def _answer(what: str, content: Json) -> Json:
    return {"description": what, "content": {mimetype: {"schema": schema} for mimetype, schema in content.items()}}


def _choice(one: Filter, travel: Travel) -> Json:
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
    parameter = {"schema": {"type": "array", "items": item}, "description": one.form or one.label}
    return parameter | {"style": "form", "explode": True} | ({"example": examples} if examples else {})


def _unfiltering(travel: Travel) -> Json:
    """The keys that filter nothing."""
    trips = travel.fetch([0]).trips["trip_id"].tolist()
    opened = {"schema": {"type": "string"}, "description": "The trip that stands open on the page; it filters nothing"}
    upload = "An upload whose trips to give instead of those shipped; the values of the other keys are then its own"
    data = {"schema": {"type": "string", "pattern": f"^{TOKEN.pattern}$"}, "description": upload}
    return {OPEN: opened | ({"example": trips[0]} if trips else {}), DATA: data}


def _body(table: Table, form: Format, travel: Travel) -> Json:
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


def _row(table: Table, travel: Travel) -> Json:
    """The columns of a table in their order; null where nothing is known."""
    rows = table.rows(travel.fetch([]))
    return _object({str(name): _cell(table, rows[name]) for name in rows.columns}) | {"description": f"A {table.row}"}


def _cell(table: Table, cells: pd.Series) -> Json:
    """One column: type as in the rows, the rest as it is said of the column."""
    explained = column(table.name, str(cells.name))
    numbers = "integer" if pd.api.types.is_integer_dtype(cells) else "number"
    kind = numbers if pd.api.types.is_numeric_dtype(cells) else "string"
    absent: list[None] = [] if explained.required else [None]
    schema: Json = {
        "type": kind if explained.required else [kind, "null"],
        "description": f"{explained.meaning}, {explained.unit}" if explained.unit else explained.meaning,
    }
    return schema | ({"enum": [*explained.allowed, *absent]} if explained.allowed else {})


def _health() -> Json:
    counts = {name: {"type": "integer"} for name in ("trips", "leaders")}
    flags = {"status": {"enum": ["ok", "unavailable"]}, "alive": {"type": "boolean"}, "ready": {"type": "boolean"}}
    versions = {"version": {"type": "string"}, "data_version": NULLABLE}
    return _object({**flags, **counts, "data_as_of": NULLABLE, **versions})
