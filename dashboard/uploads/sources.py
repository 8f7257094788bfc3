"""Bytes -> which kind of file they are, or why they are none; a workbook is weighed before it is opened."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import IO, Literal

from dashboard.uploads.limits import MEGABYTE, Limits, RefusedError

Kind = Literal["text", "workbook"]

WANTED = "upload a table as CSV, TSV, XLSX or ODS"
ZIP = b"PK\x03\x04"
# First bytes of what is often uploaded by mistake, and what to do instead.
STRANGERS = {
    b"\xd0\xcf\x11\xe0": "is an old Excel file (.xls), or protected by a password; save it as .xlsx without a password",
    b"%PDF": f"is a PDF; {WANTED}",
    b"\x89PNG": f"is a picture; {WANTED}",
    b"\xff\xd8\xff": f"is a picture; {WANTED}",
    b"GIF8": f"is a picture; {WANTED}",
    b"\x1f\x8b": "is compressed with gzip; unpack it and upload the table in it",
    b"7z\xbc\xaf": "is a 7-Zip archive; unpack it and upload the table in it",
    b"PAR1": f"is a Parquet file; {WANTED}",
    b"PK\x05\x06": "is an empty ZIP archive; " + WANTED,
}
MARKUP = f"is a web page or XML, whatever its name; {WANTED}"
STEP = 1 << 16


def kind_of(path: Path, name: str, limits: Limits) -> tuple[Kind, tuple[str, ...]]:
    """What a file is by its content, never by its name, and notes for the reader. Raises `RefusedError`."""
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, why in STRANGERS.items():
        if start.startswith(mark):
            raise RefusedError(f"{name} {why}.")
    if start.startswith(ZIP):
        return "workbook", _weigh(path, name, limits)
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        raise RefusedError(f"{name} {MARKUP}.")
    if text.startswith(b"{"):
        raise RefusedError(f"{name} is JSON; {WANTED}.")
    return "text", ()


def _weigh(path: Path, name: str, limits: Limits) -> tuple[str, ...]:
    """Unpack a workbook once without keeping it. Raises `RefusedError` where it is too large or no workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            names = {member.filename for member in members}
            _refuse_strangers(names, name)
            _refuse_bombs(members, name, limits)
            for member in members:
                _refuse_entities(archive.open(member), member, name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise RefusedError(f"{name} is damaged ({error}); save it anew in your spreadsheet program.") from error
    macros = any(one.endswith("vbaProject.bin") or one.startswith("Basic/") for one in names)
    return ("It holds macros; they were not read, and nothing in them was run.",) if macros else ()


def _refuse_strangers(names: set[str], name: str) -> None:
    if "xl/workbook.bin" in names:
        raise RefusedError(f"{name} is a binary Excel file (.xlsb); save it as .xlsx.")
    if "EncryptionInfo" in names:
        raise RefusedError(f"{name} is protected by a password; save it without one.")
    if not names & {"xl/workbook.xml", "content.xml"}:
        raise RefusedError(f"{name} is a ZIP archive without a spreadsheet in it; unpack it and upload the table.")


def _refuse_bombs(members: list[zipfile.ZipInfo], name: str, limits: Limits) -> None:
    """Go by what the archive says of itself: zipfile reads no more of a member than that, and refuses it if it lied."""
    if len(members) > limits.members:
        raise RefusedError(f"{name} holds {len(members):,} files; a workbook may hold {limits.members:,}.")
    if any(member.flag_bits & 1 for member in members):
        raise RefusedError(f"{name} is protected by a password; save it without one.")
    size = sum(member.file_size for member in members)
    if size > limits.unpacked:
        most = limits.unpacked // MEGABYTE
        raise RefusedError(f"{name} unpacks to {size // MEGABYTE:,} MB; a workbook may unpack to {most} MB.")


def _refuse_entities(packed: IO[bytes], member: zipfile.ZipInfo, name: str) -> None:
    """Read a member through; XML that declares entities is refused, though the reader would not follow them."""
    tail = b""
    with packed as file:
        while part := file.read(STEP):
            seen = tail + part
            if member.filename.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in seen or b"<!ENTITY" in seen):
                message = f"{name} declares XML entities in {member.filename}, which no spreadsheet program does"
                raise RefusedError(f"{message}; save it anew.")
            tail = part[-16:]
