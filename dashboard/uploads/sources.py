"""A workbook is weighed before it is opened: what it would unpack to, and whether it is one at all."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import IO

from dashboard.tables.records import UnreadableError, kind_of
from dashboard.uploads.limits import MEGABYTE, Limits, RefusedError

ZIP = b"PK\x03\x04"
STEP = 1 << 16


def weigh(path: Path, name: str, limits: Limits) -> tuple[str, ...]:
    """Notes for the reader on a file that is not too heavy to open. Raises `RefusedError` where it is, or no table."""
    try:
        kind = kind_of(path, name)
    except UnreadableError as error:
        raise RefusedError(f"{error}.") from error
    with path.open("rb") as file:
        is_archive = file.read(4) == ZIP
    return _weigh(path, name, limits) if kind == "workbook" and is_archive else ()


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
    if "EncryptionInfo" in names:
        raise RefusedError(f"{name} is protected by a password; save it without one.")
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
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
