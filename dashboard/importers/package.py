"""A package that the page has given (`/package.zip`) -> the data folder that it is."""

from __future__ import annotations

import atexit
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from dashboard.importers.imported import Imported, Importer, ImportingError, Progress
from dashboard.tables.metadata import CHOICES, KEPT
from dashboard.tables.reading import AS_OF, Fault, Folder, read_folder
from dashboard.tables.schema import TABLES
from dashboard.travel.build import check

# What the folder goes on saying of itself.
CARRIED = ("name", "title", "description", "query", CHOICES, "data_as_of", *KEPT)
TABLE_FILES = tuple(f"{table.name}.csv" for table in TABLES)


@dataclass(frozen=True)
class Limits:
    """How much a package may unpack to: bytes in all, files, and bytes for each byte of the zip file."""

    size: int = 512 * 2**20
    members: int = 100
    # What compresses better than this is no table: ours come to some 5.
    ratio: int = 200


LIMITS = Limits()
# Below this many bytes no ratio harms.
HARMLESS = 2**20


def open_package(source: Path | bytes, limits: Limits = LIMITS) -> Folder:
    """Read a package, zipped or unpacked, as `read_folder` reads a folder; a table that is not as packed is a fault.

    Raises ImportingError where it is no package, or is larger than `limits` allow; nothing is then kept of it.
    """
    if isinstance(source, Path) and source.is_dir():
        return read_folder(source)
    path = source if isinstance(source, Path) else Path("package.zip")
    with ExitStack() as held:
        archive = held.enter_context(_open(source, path))
        draft = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="leader-travel-")))
        _unpack(archive, path, draft, limits)
        folder = read_folder(draft)
        changed = tuple(_changed(draft))
    return replace(folder, path=path, faults=(*folder.faults, *changed))


def _remove(draft: Path, made_by: int) -> None:
    """Delete the folder, but not in a worker that was forked: the others still read it."""
    if os.getpid() == made_by:
        shutil.rmtree(draft, ignore_errors=True)


def _open(source: Path | bytes, path: Path) -> ZipFile:
    try:
        return ZipFile(source if isinstance(source, Path) else io.BytesIO(source))
    except (OSError, BadZipFile) as error:
        raise ImportingError(f"{path} cannot be read as a zip file; name a package.zip, or a folder") from error


def _unpack(archive: ZipFile, path: Path, draft: Path, limits: Limits) -> None:
    """Write the files that a data folder consists of; no name in the archive becomes a path of ours."""
    members = archive.infolist()
    problem = _problem(members, limits)
    if problem:
        raise ImportingError(f"{path}: {problem}")
    top = _top(members)
    if top is None:
        raise ImportingError(f"{path}: no {AS_OF} in it; name a package.zip as the page gives it")
    left = limits.size
    for name in (AS_OF, *TABLE_FILES):
        member = next((one for one in members if PurePosixPath(one.filename) == top / name), None)
        if member:
            body = _read(archive, member, path, left)
            left -= len(body)
            (draft / name).write_bytes(body)


def _problem(members: list[ZipInfo], limits: Limits) -> str:
    """Why an archive is not opened at all; '' where nothing speaks against it."""
    names = [member.filename for member in members]
    size, packed = sum(member.file_size for member in members), sum(member.compress_size for member in members)
    outside = [name for name in names if _leads_outside(name)]
    if len(members) > limits.members:
        return f"{len(members):,} files in it, {limits.members} are allowed; name a package.zip as the page gives it"
    if outside:
        return f"the name {outside[0]!r} leads out of the folder; this is no package that the page has given"
    if len(set(names)) < len(names):
        return "a file stands in it twice; this is no package that the page has given"
    if any(member.flag_bits & 1 for member in members):
        return "it is encrypted; unpack it with its password, and name the folder"
    if size > limits.size:
        return f"it unpacks to {size:,} bytes, {limits.size:,} are allowed; unpack it yourself, and name the folder"
    if size > HARMLESS and size > limits.ratio * max(packed, 1):
        return f"it unpacks to {size // max(packed, 1):,} times its size, {limits.ratio} are allowed; it is no package"
    return ""


def _leads_outside(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _top(members: list[ZipInfo]) -> PurePosixPath | None:
    """The folder within the archive that holds the description; people zip a folder with its name."""
    found = [PurePosixPath(one.filename).parent for one in members if PurePosixPath(one.filename).name == AS_OF]
    return min(found, key=lambda folder: len(folder.parts), default=None)


def _read(archive: ZipFile, member: ZipInfo, path: Path, left: int) -> bytes:
    """The bytes of a member, however many it claims to have, but no more than are left."""
    try:
        with archive.open(member) as file:
            body = file.read(left + 1)
    except (BadZipFile, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise ImportingError(f"{path}: {member.filename} is damaged; get the package anew") from error
    if len(body) > left:
        raise ImportingError(f"{path}: it unpacks to more than it says; this is no package that the page has given")
    return body


def _changed(draft: Path) -> Iterator[Fault]:
    """A fault for each table whose bytes are not those of which the description holds the checksum."""
    try:
        resources = json.loads((draft / AS_OF).read_text("utf-8-sig"))["resources"]
        sums = {str(one["path"]): str(one.get("hash", "")).removeprefix("sha256:") for one in resources}
    except (ValueError, KeyError, TypeError, AttributeError):
        yield Fault(AS_OF, None, "does not list the tables and their checksums; get the package anew")
        return
    for name in TABLE_FILES:
        body = (draft / name).read_bytes() if (draft / name).is_file() else None
        if body is not None and sums.get(name) and sha256(body).hexdigest() != sums[name]:
            message = "is not as it was packed: its checksum differs; get the package anew, or import it unpacked"
            yield Fault(name, None, message)


def read_package(path: Path, progress: Progress) -> Imported:
    """Import a package, zipped or unpacked. Raises `ImportingError` with every fault."""
    folder = open_package(path)
    faults = check(folder)
    if faults:
        listed = "\n".join(map(str, faults))
        raise ImportingError(f"{listed}\n{len(faults):,} faults in {path}; nothing was imported")
    frames = folder.frames
    tables = {table.name: frames[table.name][table.names] for table in progress(TABLES, total=len(TABLES))}
    bare = frames["places"][(frames["places"]["latitude_deg"] == "") | (frames["places"]["longitude_deg"] == "")]
    return Imported(
        tables=tables,
        read=sum(map(len, tables.values())),
        left_out=(),
        doubts=(),
        unplaced=tuple(zip(bare["place"], bare["country_iso3"], strict=True)),
        ambiguous=(),
        about={key: folder.about[key] for key in CARRIED if folder.about.get(key)},
    )


def as_folder(path: Path) -> Path:
    """A data folder as it is; a package unpacked into a folder of its own, which goes when this process ends.

    Raises ImportingError where the file is no package, or not as it was packed.
    """
    if not path.is_file():
        return path
    draft = Path(tempfile.mkdtemp(prefix="leader-travel-package-"))
    atexit.register(_remove, draft, os.getpid())
    with _open(path, path) as archive:
        _unpack(archive, path, draft, LIMITS)
    changed = list(_changed(draft))
    if changed:
        raise ImportingError("\n".join(map(str, changed)))
    return draft


PACKAGE = Importer(
    "package",
    "a package.zip that the page has given, or the folder unpacked from it",
    lambda source, progress, _: read_package(source, progress),
)
