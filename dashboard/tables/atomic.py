"""Files and folders that are there whole or not at all: written beside their place, then put into it in one step.

What a killed run has left beside a place is removed by the next one that writes there.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

# What the system says where a disk, or what one may write on it, is full.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
# A draft is named after its place, and after the process that writes it.
DRAFT = re.compile(r"\.(?P<name>.+)\.(?P<process>[0-9]+)-[0-9a-f]{8}\.draft")


def write_atomic(path: Path, content: bytes, *, durable: bool = False) -> None:
    """Put a file with this content in the place of the old one, if any: a reader sees the old or the new.

    A `durable` one outlives a power cut as soon as this returns, for which the disk takes its time.
    """
    with atomic_file(path) as file:
        file.write(content)
        file.flush()
        if durable:
            os.fsync(file.fileno())


@contextmanager
def atomic_file(path: Path) -> Iterator[IO[bytes]]:
    """A file to write into, which stands at `path` once the block has ended well; a pipe is written at once."""
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    with _draft(path) as draft:
        with draft.open("wb") as file:
            yield file
        if path.exists():
            shutil.copymode(path, draft)
        draft.replace(path)


@contextmanager
def atomic_folder(path: Path) -> Iterator[Path]:
    """An empty folder to write into, which stands at `path`, new or empty until then, once the block has ended well."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _draft(path) as draft:
        draft.mkdir()
        yield draft
        # An empty folder gives way to another one in one step, but not on every system.
        if path.exists() and os.name == "nt":
            path.rmdir()
        draft.replace(path)


@contextmanager
def _draft(path: Path) -> Iterator[Path]:
    """A name beside `path` that is gone when the block ends, however it ends."""
    _remove_drafts(path)
    draft = path.with_name(f".{path.name}.{os.getpid()}-{secrets.token_hex(4)}.draft")
    try:
        yield draft
    finally:
        _remove(draft)


def _remove_drafts(path: Path) -> None:
    """Remove what a process that is no more has begun to write for this place."""
    for one in path.parent.glob(f".{path.name}.*.draft") if path.parent.is_dir() else ():
        draft = DRAFT.fullmatch(one.name)
        if draft and draft["name"] == path.name and not _runs(int(draft["process"])):
            _remove(one)


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        # It is another user's, or this system cannot say.
        return True
    return True


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink(missing_ok=True)
