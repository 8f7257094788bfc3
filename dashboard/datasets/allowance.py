"""How much one client, and all of them, may send in an hour: counted in a file that all workers share."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, IPv6Network, ip_address
from pathlib import Path
from typing import IO

from dashboard.language import gettext

MEGABYTE = 1_000_000
HOUR = timedelta(hours=1)
LEDGER, SALT, LOCK = ".received", ".salt", ".lock"
# Whoever has an IPv6 address has a network of this size.
NETWORK_BITS = 64


class TooMuchError(Exception):
    """A client that has sent, or keeps, as much as one may; says when to come back."""


@dataclass(frozen=True)
class Allowance:
    """What may be received in an hour: uploads and bytes, from one client and from all."""

    uploads: int = 30
    bytes: int = 100 * MEGABYTE
    uploads_in_all: int = 1_000
    bytes_in_all: int = 2_000 * MEGABYTE

    def spend(self, folder: Path, client: str, size: int, now: datetime) -> None:
        """Note that a client sends so many bytes. Raises `TooMuchError`; needs the lock of the folder."""
        since = (now - HOUR).timestamp()
        received = [one for one in _received(folder / LEDGER) if one[0] > since]
        own = [one for one in received if one[1] == client]
        if len(own) >= self.uploads or sum(one[2] for one in own) + size > self.bytes:
            raise TooMuchError(
                gettext(
                    "In an hour {tables} tables or {megabytes} MB may be sent from one address. Try again in an hour.",
                    tables=self.uploads,
                    megabytes=self.bytes // MEGABYTE,
                )
            )
        if len(received) >= self.uploads_in_all or sum(one[2] for one in received) + size > self.bytes_in_all:
            raise TooMuchError(
                gettext("The server has received as many tables in this hour as it may. Try again in an hour.")
            )
        lines = [json.dumps(one) + "\n" for one in (*received, (now.timestamp(), client, size))]
        (folder / LEDGER).write_text("".join(lines), "ascii")


def _received(path: Path) -> Iterator[tuple[float, str, int]]:
    """When, from whom and how many bytes; a line that a full disk has cut off counts for nothing."""
    with suppress(FileNotFoundError):
        for line in path.read_text("ascii").splitlines():
            with suppress(ValueError):
                moment, client, size = json.loads(line)
                yield float(moment), str(client), int(size)


def client_name(folder: Path, address: str) -> str:
    """A name for a client that tells its address to nobody: the same while the folder lasts."""
    salt = folder / SALT
    with suppress(FileExistsError), salt.open("x", encoding="ascii") as file:
        file.write(secrets.token_hex(16))
    return sha256(f"{salt.read_text('ascii')} {_network(address)}".encode()).hexdigest()[:16]


def _network(address: str) -> str:
    with suppress(ValueError):
        if isinstance(ip_address(address), IPv6Address):
            return str(IPv6Network((address, NETWORK_BITS), strict=False))
    return address


@contextmanager
def locked(folder: Path) -> Iterator[IO[str]]:
    """One worker at a time in the block, of all that share the folder."""
    with (folder / LOCK).open("a", encoding="ascii") as file:
        try:
            import fcntl  # noqa: PLC0415  not on every system
        except ModuleNotFoundError:
            yield file
            return
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
