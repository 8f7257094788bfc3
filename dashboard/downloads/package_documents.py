"""What lies beside the tables of a package, for people: README.md, LICENSE, CITATION.cff."""

from __future__ import annotations

import json
from typing import Any

from dashboard import __version__
from dashboard.tables.dictionary import column_table
from dashboard.tables.metadata import stated
from dashboard.tables.schema import TABLES, Table

README = """\
# {title}

{description}.

- Selected by: `{query}`
- Data as of: {data_as_of}
- Identity of the tables: `{hash}`
- Made by: Leader Travel, version {version}

`datapackage.json` describes the tables (Frictionless Data Package), with a SHA-256 checksum of each. Where nothing is
known a cell is empty. Dates are EDTF texts: a `?` marks a doubt, `2019-07` a date known to the month only. A text that
a spreadsheet would run as a formula has an apostrophe before it, which Leader Travel takes away again.

## Open it again

This is a data folder, zipped or unpacked. Leader Travel shows it with `make run DATA=package.zip`, and checks it with
`python -m dashboard check package.zip`; the address `/{query}` opens the view that was packed.

## Tables

Every table holds the rows of this selection alone. Of the statements (`claims.csv`, `counts.csv`) those are here that
look at nothing outside of it: `python -m dashboard claims package.zip` says the same of them as the whole data do.
"""
CITATION = """\
cff-version: 1.2.0
type: dataset
message: If you use these data, please cite them as below.
title: {title}
abstract: {abstract}
authors:
  - name: {author}
version: {version}
"""


def documents(described: dict[str, Any]) -> dict[str, bytes]:
    """File name -> content; `described` is the content of `datapackage.json`. Nothing is said of an unknown licence."""
    files = {"README.md": readme(described), "CITATION.cff": citation(described)}
    if stated(described, "licenses"):
        files["LICENSE"] = licence(described)
    return {name: text.encode() for name, text in files.items()}


def readme(described: dict[str, Any]) -> str:
    """What the package holds, how to open it, and every column."""
    values = described | {
        "query": described["query"] or "?",
        "data_as_of": described["data_as_of"] or "not said",
    }
    rows = {one["name"]: one["rows"] for one in described["resources"]}
    return README.format(**values) + "".join(_section(table, rows[table.name]) for table in TABLES)


def _section(table: Table, rows: int) -> str:
    return f"\n### {table.name}.csv\n\nRows: {rows:,}. One row is {table.row}.\n\n{column_table(table)}\n"


def licence(described: dict[str, Any]) -> str:
    """The licences and sources of the data, a line each."""
    licences, sources = (
        [f"- {one.get('title') or one.get('name')}: {one.get('path', '')}" for one in stated(described, key)]
        for key in ("licenses", "sources")
    )
    parts = ["The data are licensed under", *licences, "", "Sources", *sources]
    return "\n".join(parts) + "\n"


def citation(described: dict[str, Any]) -> str:
    """A citation that reference managers and repositories read (Citation File Format 1.2)."""
    authors = stated(described, "contributors") or [{"title": "the Leader Travel contributors"}]
    # A text in JSON's quotes is a text in YAML too, whatever it holds.
    quoted = {
        "title": json.dumps(described["title"], ensure_ascii=False),
        "abstract": json.dumps(f"{described['description']}. {described['hash']}", ensure_ascii=False),
        "author": json.dumps(authors[0].get("title", ""), ensure_ascii=False),
        "version": json.dumps(__version__),
    }
    released = f"date-released: {described['data_as_of']}\n" if described["data_as_of"] else ""
    names = [one["name"] for one in stated(described, "licenses") if "name" in one]
    return CITATION.format(**quoted) + released + (f"license: {names[0]}\n" if names else "")
