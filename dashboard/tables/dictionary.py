"""What follows from `TABLES`: the column tables of `data/README.md` and the resources of `data/datapackage.json`.

`python -m dashboard.tables.dictionary` rewrites both. The words outside the markers, and what the package says of
itself, are written by people and kept.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from dashboard import __version__
from dashboard.tables.reading import AS_OF
from dashboard.tables.schema import TABLES, Column, Kind, Table

README = "README.md"
HEADER = "| column | says | type | allowed | may be empty | example |\n|---|---|---|---|---|---|"
TYPES: dict[Kind, str] = {
    "text": "text",
    "edtf": "date (EDTF)",
    "day": "day (YYYY-MM-DD)",
    "integer": "whole number",
    "number": "decimal number",
    "link": "link",
    "country": "country code",
}
# The characters of EDTF; its grammar is more than a pattern can say.
EDTF = r"[0-9X?~%/.,TZ:+\[\]{}-]+"
# Kind -> its type in a Frictionless Table Schema, and what is said beside the type.
FIELDS: dict[Kind, dict[str, Any]] = {
    "text": {"type": "string"},
    "edtf": {"type": "string", "rdfType": "http://id.loc.gov/datatypes/edtf", "constraints": {"pattern": EDTF}},
    "day": {"type": "date"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "link": {"type": "string", "format": "uri"},
    "country": {"type": "string", "constraints": {"pattern": "[A-Z]{3}"}},
}
# Table -> columns that name a row of another table, by that table's columns.
REFERENCES = {
    "leaders": [(["home_place", "home_country_iso3"], "places", ["place", "country_iso3"])],
    "trips": [(["leader_id"], "leaders", ["leader_id"])],
    "stops": [
        (["trip_id"], "trips", ["trip_id"]),
        (["place", "country_iso3"], "places", ["place", "country_iso3"]),
    ],
    "meetings": [(["trip_id"], "trips", ["trip_id"])],
    "evidence": [(["trip_id"], "trips", ["trip_id"])],
    "terms": [(["leader_id"], "leaders", ["leader_id"])],
    "place_names": [(["place", "country_iso3"], "places", ["place", "country_iso3"])],
    "inbound": [(["leader_id"], "leaders", ["leader_id"])],
    "reported": [(["trip_id"], "trips", ["trip_id"])],
}


def column_table(table: Table) -> str:
    """The columns of one table as a Markdown table, in file order."""
    return "\n".join([HEADER, *map(_row, table.columns)])


def _row(column: Column) -> str:
    kind = f"{TYPES[column.kind]}, {column.unit}" if column.unit else TYPES[column.kind]
    empty = "no" if column.required else "yes"
    cells = (f"`{column.name}`", column.meaning, kind, _allowed(column), empty, f"`{column.example}`")
    return f"| {' | '.join(cells)} |"


def _allowed(column: Column) -> str:
    if column.allowed:
        return ", ".join(f"`{value}`" for value in column.allowed)
    if column.low is None:
        return ""
    return f"{column.low:g} or more" if column.high is None else f"{column.low:g} to {column.high:g}"


def rewrite_dictionary(text: str) -> str:
    """The data dictionary with its column tables as `TABLES` has them.

    They stand between `<!-- columns of trips.csv -->` and `<!-- end -->`. Raises ValueError where a table has no such
    place.
    """
    for table in TABLES:
        begin, end = f"<!-- columns of {table.name}.csv -->", "<!-- end -->"
        head, _, rest = text.partition(f"{begin}\n")
        _, found, tail = rest.partition(end)
        if not found:
            raise ValueError(f"{README}: no place for the columns of {table.name}.csv; write {begin} and {end} in it")
        text = f"{head}{begin}\n{column_table(table)}\n{end}{tail}"
    return text


def field(column: Column) -> dict[str, Any]:
    """One column as a field of a Frictionless Table Schema (version 1)."""
    described = {"name": column.name, "description": column.meaning, **FIELDS[column.kind], "example": column.example}
    constraints = dict(FIELDS[column.kind].get("constraints", {}))
    if column.required:
        constraints["required"] = True
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    bounds = {"minimum": column.low, "maximum": column.high}
    constraints |= {name: bound for name, bound in bounds.items() if bound is not None}
    unit = {"unit": column.unit} if column.unit else {}
    return described | unit | ({"constraints": constraints} if constraints else {})


def resource(table: Table) -> dict[str, Any]:
    """One table as a Frictionless Tabular Data Resource: file, fields, keys and references."""
    keys = {"primaryKey": list(table.key)} if table.key else {}
    links = [
        {"fields": fields, "reference": {"resource": other, "fields": named}}
        for fields, other, named in REFERENCES.get(table.name, [])
    ]
    schema = {"fields": [field(column) for column in table.columns], "missingValues": [""], **keys}
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "profile": "tabular-data-resource",
        "description": f"One row is {table.row}.",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema | ({"foreignKeys": links} if links else {}),
    }


def rewrite_package(text: str) -> str:
    """The package's description with this version and the resources as `TABLES` has them; all else is kept."""
    package = json.loads(text) | {"version": __version__, "resources": [resource(table) for table in TABLES]}
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def rewrite(folder: Path) -> list[Path]:
    """Rewrite both files of a data folder; gives those that changed."""
    changed = []
    for name, made in ((README, rewrite_dictionary), (AS_OF, rewrite_package)):
        path = folder / name
        old = path.read_text(encoding="utf-8")
        new = made(old)
        if new != old:
            path.write_text(new, encoding="utf-8")
            changed.append(path)
    return changed


@click.command()
@click.argument("data", type=click.Path(path_type=Path, exists=True, file_okay=False), default="data")
def main(data: Path) -> None:
    """Rewrite the column tables of DATA/README.md and the resources of DATA/datapackage.json."""
    for path in rewrite(data):
        click.echo(f"rewrote {path}")


if __name__ == "__main__":
    main(prog_name="python -m dashboard.tables.dictionary")
