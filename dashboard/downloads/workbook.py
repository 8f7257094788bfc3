"""Excel: the rows on one sheet, what they are on a second. No cell is ever a formula or a link."""

from __future__ import annotations

import io
from datetime import datetime, time

import xlsxwriter

from dashboard.downloads.content import Content, columns

# `constant_memory` writes each row to a temporary file at once: 200,000 stops take 200 MB instead of 700.
# The others keep xlsxwriter from ever making a formula, a link or a number of a text.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
NARROWEST, WIDEST = 6, 48
MEASURED = 500


def to_xlsx(content: Content) -> bytes:
    """A workbook: a sheet named after the table, with header, filter and real numbers, and the sheet `About`.

    A cell holds 32,767 characters at most (a limit of Excel), and is empty where nothing is known.
    """
    body = io.BytesIO()
    with xlsxwriter.Workbook(body, OPTIONS) as book:
        # Without a moment of its own the same content would give other bytes, and another ETag, each second.
        book.set_properties({"created": datetime.combine(content.made_on, time()), **_properties(content)})
        bold = book.add_format({"bold": True})
        _write_rows(book.add_worksheet(content.table.name), content, bold)
        _write_about(book.add_worksheet("About"), content, bold)
    return body.getvalue()


def _properties(content: Content) -> dict[str, str]:
    return {"title": content.about["description"], "comments": f"Licence: {content.about['licence']}"}


def _write_rows(sheet: xlsxwriter.worksheet.Worksheet, content: Content, bold: xlsxwriter.format.Format) -> None:
    cells = columns(content.rows)
    for number, (name, column) in enumerate(zip(content.rows.columns, cells, strict=True)):
        sheet.write_string(0, number, name, bold)
        sheet.set_column(number, number, _width(name, column))
    for line, row in enumerate(zip(*cells, strict=True), start=1):
        for number, cell in enumerate(row):
            _write_cell(sheet, line, number, cell)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(content.rows), len(cells) - 1)


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, line: int, number: int, cell: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, number, cell)
    elif cell is not None:
        sheet.write_number(line, number, cell)


def _width(name: str, column: list[object]) -> int:
    """Room for the header with its filter arrow and for the first cells, in characters."""
    longest = max((len(str(cell)) for cell in column[:MEASURED] if cell is not None), default=0)
    return min(max(longest + 1, len(name) + 3, NARROWEST), WIDEST)


def _write_about(sheet: xlsxwriter.worksheet.Worksheet, content: Content, bold: xlsxwriter.format.Format) -> None:
    about = content.about
    said = {
        "Selection": about["description"],
        "Address query": about["query"] or "none: everything",
        "Data as of": about["data_as_of"] or "not said",
        "Licence": about["licence"],
    }
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, WIDEST)
    for line, (label, text) in enumerate(said.items()):
        sheet.write_string(line, 0, label, bold)
        sheet.write_string(line, 1, text)
    sheet.write_string(len(said), 0, "Rows", bold)
    sheet.write_number(len(said), 1, len(content.rows))
