"""`FORMATS`: the registry of file formats. Every format holds every row of its content."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

import orjson
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.downloads.content import Content, columns, is_text, records
from dashboard.downloads.geojson import to_geojson
from dashboard.downloads.workbook import to_xlsx
from dashboard.tables.formulas import inert


@dataclass(frozen=True)
class Format:
    """One file format: suffix in addresses (without dot), name on the page, media type, writer."""

    suffix: str
    label: str
    mimetype: str
    write: Callable[[Content], bytes]


def to_csv(content: Content) -> bytes:
    """CSV as in RFC 4180 (commas, CRLF), in UTF-8 with the mark that Excel needs to read it as such.

    A text that a spreadsheet would run as a formula has an apostrophe before it. An empty cell means unknown.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(content.rows.columns)
    harmless = [
        [inert(str(cell or "")) for cell in cells] if is_text(content.rows[name]) else cells
        for name, cells in zip(content.rows.columns, columns(content.rows), strict=True)
    ]
    writer.writerows(zip(*harmless, strict=True))
    return text.getvalue().encode("utf-8-sig")


def to_json(content: Content) -> bytes:
    """One JSON object: what the rows are, and `rows`, an object each; null means unknown."""
    whole = {
        **content.about,
        "data_as_of": content.about["data_as_of"] or None,
        "rows": records(content.rows),
    }
    return orjson.dumps(whole, option=orjson.OPT_APPEND_NEWLINE)


def to_parquet(content: Content) -> bytes:
    """Parquet with typed columns, null where unknown; `about` stands in the metadata of the schema."""
    frame = content.rows.apply(lambda column: column.replace("", pd.NA) if is_text(column) else column)
    table = pa.Table.from_pandas(frame, preserve_index=False)
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), **content.about})
    body = io.BytesIO()
    pq.write_table(table, body)
    return body.getvalue()


FORMATS = (
    Format("csv", "CSV", "text/csv", to_csv),
    Format("xlsx", "Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", to_xlsx),
    Format("json", "JSON", "application/json", to_json),
    Format("geojson", "GeoJSON", "application/geo+json", to_geojson),
    Format("parquet", "Parquet", "application/vnd.apache.parquet", to_parquet),
)
