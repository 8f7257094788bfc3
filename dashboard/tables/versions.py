"""Which version of the data a folder holds: a checksum over its files, the same on every machine."""

from __future__ import annotations

from hashlib import file_digest, sha256
from pathlib import Path

from dashboard.tables.reading import AS_OF

READ = (".csv", ".parquet")
DIGITS = 16


def data_version(folder: Path) -> str:
    """The checksum (16 hexadecimal digits of a SHA-256) of the names and contents of all that is read of a folder."""
    files = [path for path in folder.rglob("*") if path.suffix in READ and path.is_file()]
    files += [path for path in (folder / AS_OF,) if path.is_file()]
    whole = sha256()
    for name, path in sorted((path.relative_to(folder).as_posix(), path) for path in files):
        with path.open("rb") as file:
            whole.update(f"{file_digest(file, 'sha256').hexdigest()}  {name}\n".encode())
    return whole.hexdigest()[:DIGITS]
