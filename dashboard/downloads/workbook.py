"""Excel: the rows on one sheet, what they are on a second. No cell is ever a formula or a link."""

from __future__ import annotations

from datetime import datetime, time
from typing import IO, TYPE_CHECKING

from dashboard.downloads.content import Content, columns, slices

if TYPE_CHECKING:
    import xlsxwriter

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
# A sheet of Excel has 1,048,576, of which the header takes one.
EXCEL_ROWS = 1_048_575


def write_xlsx(content: Content, file: IO[bytes]) -> None:
    """A workbook: a sheet named after the table, with header, filter and real numbers, and the sheet `About`.

    A cell holds 32,767 characters at most (a limit of Excel), and is empty where nothing is known.
    """
    import xlsxwriter  # noqa: PLC0415  14 ms and 2 MB at the start of a server

    with xlsxwriter.Workbook(file, OPTIONS) as book:
        # Without a moment of its own the same content would give other bytes, and another ETag, each second.
        book.set_properties({"created": datetime.combine(content.made_on, time()), **_properties(content)})
        bold = book.add_format({"bold": True})
        _write_rows(book.add_worksheet(content.table.name), content, bold)
        _write_about(book.add_worksheet("About"), content, bold)


def _properties(content: Content) -> dict[str, str]:
    return {"title": content.about["description"], "comments": f"Licence: {content.about['licence']}"}


def _write_rows(sheet: xlsxwriter.worksheet.Worksheet, content: Content, bold: xlsxwriter.format.Format) -> None:
    for number, (name, cells) in enumerate(zip(content.rows.columns, columns(content.rows[:MEASURED]), strict=True)):
        sheet.write_string(0, number, name, bold)
        sheet.set_column(number, number, _width(name, cells))
    line = 0
    for rows in slices(content.rows):
        for row in zip(*columns(rows), strict=True):
            line += 1
            for number, cell in enumerate(row):
                _write_cell(sheet, line, number, cell)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(content.rows), len(content.rows.columns) - 1)


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, line: int, number: int, cell: object) -> None:
    if isinstance(cell, str):
        sheet.write_string(line, number, cell)
    elif cell is not None:
        sheet.write_number(line, number, cell)


def _width(name: str, column: list[object]) -> int:
    """Room for the header with its filter arrow and for the first cells, in characters."""
    longest = max((len(str(cell)) for cell in column if cell is not None), default=0)
    return min(max(longest + 1, len(name) + 3, NARROWEST), WIDEST)


def _write_about(sheet: xlsxwriter.worksheet.Worksheet, content: Content, bold: xlsxwriter.format.Format) -> None:
    about = content.about
    about = {
        "Selection": about["description"],
        "Address query": about["query"] or "none: everything",
        "Data as of": about["data_as_of"] or "not said",
        "Licence": about["licence"],
    }
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, WIDEST)
    for line, (label, text) in enumerate(about.items()):
        sheet.write_string(line, 0, label, bold)
        sheet.write_string(line, 1, text)
    sheet.write_string(len(about), 0, "Rows", bold)
    sheet.write_number(len(about), 1, len(content.rows))
