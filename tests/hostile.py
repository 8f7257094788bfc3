"""Uploads that mean harm or go wrong: what each is, its bytes, and the words in which it is answered."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

import openpyxl
import xlsxwriter

HEADER = "leader,arrived,country\n"
ROW = "Ada North,2019-05-01,Canada\n"
LAUGHS = '<?xml version="1.0"?>\n<!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;&lol;">]>\n'


@dataclass(frozen=True)
class Hostile:
    """One upload: the name of its file, what is wrong with it, its bytes, the status and the words of the answer.

    `told` is the whole message; of an upload that does no harm as it is, what the preview shows of it.
    `apart`: its test reads it as the server does, in a process with limits, nearly all of whose time goes into its
    start: those that ask for much or endanger who reads them, one that is taken, and one that is not.
    """

    file: str
    what: str
    make: Callable[[], bytes]
    told: str
    status: int = 422
    apart: bool = False


def workbook(*rows: tuple[str, ...]) -> bytes:
    """A plain workbook of one sheet."""
    body = io.BytesIO()
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    book.save(body)
    return body.getvalue()


def trips() -> bytes:
    """A workbook that holds one trip."""
    return workbook(("leader", "arrived", "country"), ("Ada North", "2019-05-01", "Canada"))


def with_members(base: bytes, **members: bytes) -> bytes:
    """A workbook with members added, or in place of its own; `__` in a name stands for `/`."""
    body = io.BytesIO()
    added = {name.replace("__", "/").replace("_dot_", "."): content for name, content in members.items()}
    with zipfile.ZipFile(io.BytesIO(base)) as old, zipfile.ZipFile(body, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            if member.filename not in added:
                new.writestr(member.filename, old.read(member))
        for name, content in added.items():
            new.writestr(name, content)
    return body.getvalue()


def archive(**members: bytes) -> bytes:
    """A ZIP archive, names as in `with_members`."""
    empty = io.BytesIO()
    zipfile.ZipFile(empty, "w").close()
    return with_members(empty.getvalue(), **members)


def lying() -> bytes:
    """A workbook that says its sheet is 100 bytes long, though it unpacks to 30 MB."""
    true = with_members(trips(), xl__worksheets__sheet1_dot_xml=b" " * 30_000_000)
    size = (30_000_000).to_bytes(4, "little")
    return true.replace(size, (100).to_bytes(4, "little"))


def crowded() -> bytes:
    """A workbook of 1,200 members."""
    return with_members(trips(), **{f"xl__media__{number}_dot_png": b"" for number in range(1_200)})


def sparse() -> bytes:
    """A workbook whose two cells are the first and the last that a sheet can have."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"], book.worksheets[0]["XFD1048576"] = "leader", "x"
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def tall() -> bytes:
    """A workbook whose two cells are 150,000 rows apart."""
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"], book.worksheets[0]["A150002"] = "leader", "x"
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def formulas() -> bytes:
    """A workbook with formulas: one computed by the program that saved it, one that would run a command."""
    body = io.BytesIO()
    with xlsxwriter.Workbook(body) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["leader", "arrived", "country", "occasion"])
        sheet.write_row(1, 0, ["Ada North", "2019-05-01", "Canada"])
        sheet.write_formula(1, 3, '=CONCATENATE("a"," ","b")', value="a b")
        sheet.write_row(2, 0, ["Ada North", "2019-06-01", "Canada"])
        sheet.write_formula(2, 3, "=cmd|'/C calc'!A1", value="")
    return body.getvalue()


def macros() -> bytes:
    """A workbook with a macro project."""
    return with_members(trips(), xl__vbaProject_dot_bin=b"Sub AutoOpen()")


HOSTILE = (
    Hostile("large.csv", "11 MB", lambda: (HEADER + ROW * 400_000).encode()[:11_000_000],
            "The file is larger than 10 MB, the most that can be uploaded."
            " Leave out columns that are not needed, or upload it in parts.", 413),
    Hostile("bomb.xlsx", "a ZIP bomb: 120 kB that unpack to 120 MB",
            lambda: with_members(trips(), xl__worksheets__sheet1_dot_xml=b" " * 120_000_000),
            "bomb.xlsx unpacks to 120 MB; a workbook may unpack to 100 MB.", apart=True),
    Hostile("liar.xlsx", "a ZIP bomb that understates its size", lying,
            "liar.xlsx is damaged (Bad CRC-32 for file 'xl/worksheets/sheet1.xml');"
            " save it anew in your spreadsheet program.", apart=True),
    Hostile("crowd.xlsx", "a workbook of 1,200 files", crowded,
            "crowd.xlsx holds 1,209 files; a workbook may hold 1,000."),
    Hostile("nested.zip", "an archive of archives", lambda: archive(inner_dot_zip=archive(more_dot_zip=b"")),
            "nested.zip is a ZIP archive without a spreadsheet in it; unpack it and upload the table."),
    Hostile("laughs.xlsx", "XML entities that multiply, in a workbook",
            lambda: with_members(trips(), xl__sharedStrings_dot_xml=f"{LAUGHS}<sst>&lol2;</sst>".encode()),
            "laughs.xlsx declares XML entities in xl/sharedStrings.xml, which no spreadsheet program does;"
            " save it anew."),
    Hostile("passwd.csv", "XML that asks for a file of the server",
            lambda: b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&f;</x>',
            "passwd.csv is a web page or XML, whatever its name;"
            " give a table as CSV, TSV, XLSX, ODS, JSON or Parquet."),
    Hostile("far.xlsx", "two cells, the first and the last of a sheet", sparse,
            "The file asks for more memory than an upload may take, or is damaged: a sheet whose cells lie far apart"
            " does that. Copy the rows into a new workbook, or save them as CSV.", apart=True),
    Hostile("tall.xlsx", "two cells, 150,000 rows apart", tall,
            "tall.xlsx has 150,001 rows; an upload may have 100,000. Upload it in parts.", apart=True),
    Hostile("broken.xlsx", "half a workbook", lambda: trips()[:2_000],
            "broken.xlsx is damaged (File is not a zip file); save it anew in your spreadsheet program."),
    Hostile("old.xls", "half of an old Excel file", lambda: b"\xd0\xcf\x11\xe0" + bytes(500),
            "old.xls: cannot be read as a workbook (Cannot detect file format); save it anew, or as CSV."),
    Hostile("binary.xlsb", "a binary Excel file without a sheet", lambda: archive(xl__workbook_dot_bin=b"x"),
            "binary.xlsb: cannot be read as a workbook (Cannot detect file format); save it anew, or as CSV."),
    Hostile("macros.xlsm", "a workbook with macros", macros,
            "It holds macros; they were not read, and nothing in them was run.", 200),
    Hostile("formulas.xlsx", "formulas, one of which would run a command", formulas, "<td>a b</td>", 200, apart=True),
    Hostile("commands.csv", "cells that a spreadsheet would run",
            f"{HEADER.strip()},occasion\n{ROW.strip()},\"=HYPERLINK(\"\"http://x.example\"\",\"\"a\"\")\"\n".encode,
            "<td>=HYPERLINK(&#34;http://x.example&#34;,&#34;a&#34;)</td>", 200),
    Hostile("script.csv", "HTML and script in a heading and a cell",
            lambda: b"leader,arrived,country,<img src=x onerror=alert(1)>\nAda,2019,Canada,<script>alert(2)</script>\n",
            "<td>&lt;script&gt;alert(2)&lt;/script&gt;</td>", 200),
    Hostile("page.html", "a web page", lambda: b"<!doctype html><table><tr><td>1</td></tr></table>",
            "page.html is a web page or XML, whatever its name; give a table as CSV, TSV, XLSX, ODS, JSON or Parquet."),
    Hostile("latin.csv", "Windows' encoding, seen on the third line",
            lambda: f"{HEADER}{ROW}José,2019-05-01,Canada\n".encode("cp1252"),
            "<td>José</td>", 200, apart=True),
    Hostile("hangul.csv", "Korean in an encoding of its own, seen on the third line",
            lambda: f"{HEADER}{ROW}김철수,2019-05-01,Canada\n".encode("cp949"),
            "hangul.csv:3: byte 0xb1 is not UTF-8; save the file as CSV UTF-8."),
    Hostile("wide.csv", "UTF-16", lambda: (HEADER + ROW).encode("utf-16"),
            "wide.csv:1: the file is UTF-16; save it as CSV UTF-8."),
    Hostile("nul.csv", "a NUL byte on the second line", f"{HEADER}Ada\0North,2019,Canada\n".encode,
            "nul.csv:2: a NUL byte, as UTF-16 and other files have them; save it as CSV UTF-8."),
    Hostile("line.csv", "one line of 10 MB without a comma", lambda: b"x" * 9_999_000,
            "line.csv:1: a cell of more than 131,072 characters; look for a quote that is not closed."),
    Hostile("commas.csv", "one line of 10 MB, all commas", lambda: b"a" + b"," * 9_998_999,
            "commas.csv:1: 9,999,000 columns; an upload may have 200. Leave some out."),
    Hostile("quote.csv", "a quote that is never closed", f'{HEADER}"Ada North,2019-05-01,Canada\n'.encode,
            "quote.csv:2: cannot be read as CSV (unexpected end of data); look for a quote that is not closed."),
    Hostile("rows.csv", "100,001 rows", (HEADER + "A,2019,Canada\n" * 100_001).encode,
            "rows.csv has more than 100,000 rows, the most an upload may have. Upload it in parts."),
    Hostile("cells.csv", "2,500,000 cells", lambda: b"a" + b",a" * 24 + b"\n" + (b"1" + b",1" * 24 + b"\n") * 99_999,
            "cells.csv has more than 2,000,000 cells, the most an upload may have. Upload it in parts.", apart=True),
    Hostile("long.csv", "a cell of 40,000 characters", f"{HEADER}{'A' * 40_000},2019,Canada\n".encode,
            "long.csv:2: a cell of 40,000 characters in column A; a cell may have 32,767. Shorten it."),
    Hostile("empty.csv", "nothing", lambda: b"  \n", "empty.csv is empty."),
    Hostile("blank.csv", "commas and nothing else", lambda: b",,\n,,\n",
            "blank.csv: empty; its first row must name the columns."),
    Hostile("header.csv", "a first row and no other", HEADER.encode,
            "header.csv has a first row and no other; there is no trip in it."),
    Hostile("picture.csv", "a picture under another name", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99),
            "picture.csv is a picture; give a table as CSV, TSV, XLSX, ODS, JSON or Parquet."),
    Hostile("data.json", "JSON without records", lambda: b'{"trips": []}',
            'data.json: JSON without a list of records; write [{"leader": "…", "country": "…"}, …],'
            " or such a list under one key."),
    Hostile("deep.json", "JSON in 100,000 brackets", lambda: b"[" * 100_000,
            "deep.json: cannot be read as JSON (maximum recursion depth exceeded while decoding a JSON array from a"
            " unicode string); correct it, or give a table as CSV, TSV, XLSX, ODS, JSON or Parquet.", apart=True),
    Hostile("broken.parquet", "half a Parquet file", lambda: b"PAR1" + bytes(200),
            "broken.parquet: cannot be read as Parquet (Parquet magic bytes not found in footer. Either the file is"
            " corrupted or this is not a parquet file.); write it anew, or as CSV."),
    Hostile("trips.js", "a program", lambda: b"const trips = [];",
            "trips.js is a program (JavaScript); save the records in it as JSON, or give a table as CSV, TSV, XLSX,"
            " ODS, JSON or Parquet."),
    Hostile("report.pdf", "a PDF", lambda: b"%PDF-1.7",
            "report.pdf is a PDF, which holds letters but no rows; copy its table into a spreadsheet, and"
            " give a table as CSV, TSV, XLSX, ODS, JSON or Parquet."),
    Hostile("trips.csv.gz", "a compressed file", lambda: b"\x1f\x8b\x08" + bytes(99),
            "trips.csv.gz is compressed with gzip; unpack it and take the table in it."),
    Hostile("../../etc/<b>x</b>.csv", "a name that is a path and holds HTML", (HEADER + ROW).encode,
            "b&gt;.csv: 1 row, 3 columns.", 200),
)  # fmt: skip
