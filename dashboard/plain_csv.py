"""Long CSV files that are as they should be, read as whole columns; the others are left to the careful reader."""

from __future__ import annotations

import csv

import pandas as pd
import pyarrow as pa
from pyarrow.csv import ConvertOptions, ParseOptions, ReadOptions, read_csv


def read_plain(text: str) -> pd.DataFrame | None:
    """The cells of a CSV text, stripped, under their line numbers; None where anything about it is odd.

    Odd are a header that names a column twice or not at all, a row with too many or too few cells, a cell with a line
    break, and whatever Python's `csv` refuses. Rows without a cell are left out.
    """
    text = text.replace("\r\n", "\n")
    if "\r" in text or "\0" in text:
        return None
    lines = text.split("\n")
    header = [cell.strip() for cell in lines[0].split(",")]
    odd = '"' in lines[0] or "" in header or len(set(header)) < len(header)
    if odd or max(map(len, lines)) > csv.field_size_limit():
        return None
    told = [(number, line) for number, line in enumerate(lines[1:], start=2) if line.strip(",")]
    quoted = _quoted([one for one in told if '"' in one[1]], len(header))
    plain = _plain([one for one in told if '"' not in one[1]], len(header))
    if quoted is None or plain is None:
        return None
    rows = pd.concat([plain, quoted]).sort_index() if len(quoted) else plain
    stripped: pd.DataFrame = rows.set_axis(header, axis="columns").apply(lambda column: column.str.strip())
    return stripped


def _plain(lines: list[tuple[int, str]], width: int) -> pd.DataFrame | None:
    """Lines without a quote, read by Arrow."""
    names = list(map(str, range(width)))
    body = "\n".join(line for _, line in lines).encode()
    try:
        table = read_csv(
            pa.BufferReader(body or b"\n"),
            ReadOptions(column_names=names),
            ParseOptions(quote_char=False, ignore_empty_lines=not body),
            ConvertOptions(column_types=dict.fromkeys(names, pa.large_string()), strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    frame: pd.DataFrame = table.to_pandas().astype("str")
    return frame.set_axis(pd.Index([number for number, _ in lines], dtype="int64"))


def _quoted(lines: list[tuple[int, str]], width: int) -> pd.DataFrame | None:
    """Lines with a quote, read one by one: a quote that is not closed on its line would join it to the next."""
    rows = {}
    for number, line in lines:
        try:
            cells = next(csv.reader([line], strict=True))
        except csv.Error:
            return None
        if any(cells):
            rows[number] = cells
    if any(len(cells) != width for cells in rows.values()):
        return None
    numbers = pd.Index(list(rows), dtype="int64")
    return pd.DataFrame(list(rows.values()), numbers, list(map(str, range(width))), dtype="str")
