"""`FORMATS`: the registry of file formats. Every format holds every row of its content."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import IO

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from dashboard.downloads.content import Content, columns, is_text, records, slices
from dashboard.downloads.geojson import write_geojson, write_listed
from dashboard.downloads.workbook import EXCEL_ROWS, write_xlsx
from dashboard.tables.formulas import inert


@dataclass(frozen=True)
class Format:
    """One file format: suffix in addresses (without dot), name on the page, media type, writer, most rows if limited.

    The writer writes into a file that is open, some thousands of rows at a time.
    """

    suffix: str
    label: str
    mimetype: str
    write: Callable[[Content, IO[bytes]], None]
    most_rows: int | None = None


def write_csv(content: Content, file: IO[bytes]) -> None:
    """CSV as in RFC 4180 (commas, CRLF), in UTF-8 with the mark that Excel needs to read it as such.

    A text that a spreadsheet would run as a formula has an apostrophe before it. An empty cell means unknown.
    """
    file.write(codecs.BOM_UTF8)
    file.write(_csv_lines([content.rows.columns]))
    for rows in slices(content.rows):
        harmless = [
            [inert(str(cell or "")) for cell in cells] if is_text(rows[name]) else cells
            for name, cells in zip(rows.columns, columns(rows), strict=True)
        ]
        file.write(_csv_lines(zip(*harmless, strict=True)))


def _csv_lines(lines: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows(lines)
    return text.getvalue().encode()


def write_json(content: Content, file: IO[bytes]) -> None:
    """One JSON object: what the rows are, and `rows`, an object each; null means unknown."""
    about = {**content.about, "data_as_of": content.about["data_as_of"] or None}
    write_listed(file, about, "rows", (records(rows) for rows in slices(content.rows)))


def write_parquet(content: Content, file: IO[bytes]) -> None:
    """Parquet with typed columns, null where unknown; `about` stands in the metadata of the schema."""
    frame = content.rows.apply(lambda column: column.replace("", pd.NA) if is_text(column) else column)
    table = pa.Table.from_pandas(frame, preserve_index=False)
    table = table.replace_schema_metadata({**(table.schema.metadata or {}), **content.about})
    pq.write_table(table, file)


EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS = (
    Format("csv", "CSV", "text/csv", write_csv),
    Format("xlsx", "Excel", EXCEL, write_xlsx, EXCEL_ROWS),
    Format("json", "JSON", "application/json", write_json),
    Format("geojson", "GeoJSON", "application/geo+json", write_geojson),
    Format("parquet", "Parquet", "application/vnd.apache.parquet", write_parquet),
)
