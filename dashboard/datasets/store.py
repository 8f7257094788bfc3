"""Uploaded tables on disk: each under a name that cannot be guessed, with a time at which it goes.

Every worker that shares the folder finds the same uploads. A visit's upload goes after two hours; one whose reader
asked for a link after thirty days. What has gone is deleted when somebody asks for it or uploads something new. Where
there is no room the oldest go first, and of those with a link the oldest of whoever keeps most.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from dashboard.datasets.allowance import MEGABYTE, Allowance, TooMuchError, client_name, locked
from dashboard.language import gettext, marked, number
from dashboard.language.days import day as say_day
from dashboard.tables.atomic import write_atomic

VISIT, LINK = timedelta(hours=2), timedelta(days=30)
TOKEN = re.compile(r"[A-Za-z0-9_-]{32}")
ABOUT = "about.json"
# A folder without a readable account is one that is being made, or one that a stopped process left behind.
UNFINISHED = timedelta(hours=1)

EACH_HOUR = Allowance()

Clock = Callable[[], datetime]


KEPT = marked(
    "Uploads are deleted after two hours, or thirty days where a link was asked for, or when somebody asks for that."
    " Upload the table again to see it."
)


class GoneError(Exception):
    """An upload that is not, or no longer, here; `status` is the HTTP status that says so."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


class FullError(Exception):
    """The server holds as many uploads as it may; says when to come back."""


@dataclass(frozen=True)
class Upload:
    """One uploaded table: its token, its file's name as the reader knows it, until when it is kept (ISO 8601, UTC).

    `data` names the data folder within `Store.path(token)` that the page shows, '' until there is one; `trips` counts
    its trips; `beside` is True where the shipped trips are among them, `link` where the reader asked for a link.
    `client` is who sent it, by a name that tells no address.
    """

    token: str
    name: str
    until: str
    data: str = ""
    trips: int = 0
    beside: bool = False
    link: bool = False
    client: str = ""

    @property
    def kept_until(self) -> datetime:
        """When it goes, in UTC."""
        return datetime.fromisoformat(self.until)

    @property
    def goes(self) -> str:
        """When it goes, in words: `22:10 UTC on 23 November 2026`."""
        day = say_day(self.kept_until.date(), "yMMMMd")
        return gettext("{time} UTC on {day}", time=f"{self.kept_until:%H:%M}", day=day)


def default_folder() -> Path:
    """The folder that `LEADER_TRAVEL_UPLOADS` names, else a private one where the system keeps temporary files."""
    named = os.environ.get("LEADER_TRAVEL_UPLOADS")
    owner = os.getuid() if hasattr(os, "getuid") else "all"
    return Path(named) if named else Path(tempfile.gettempdir()) / f"leader-travel-{owner}"


def now_in_utc() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Store:
    """The uploads below `folder`, which is made, for its owner alone, when the first one comes.

    At `most` so many, and so many bytes; of those with a link half of that at most, and so many from each client.
    """

    folder: Path
    now: Clock = now_in_utc
    most: int = 500
    most_bytes: int = 4_000 * MEGABYTE
    most_links_each: int = 20
    allowance: Allowance = EACH_HOUR

    def path(self, token: str) -> Path:
        """The folder of one upload. Raises `GoneError` for what is no token, before the disk is asked."""
        if not TOKEN.fullmatch(token):
            unnamed = gettext("No upload has the name in this address; such a name has 32 letters and digits.")
            raise GoneError(404, f"{unnamed} {gettext(KEPT)}")
        return self.folder / token

    def begin(self, name: str, size: int = 0, address: str = "") -> Upload:
        """Make room for a new upload of so many bytes, kept for a visit. Raises `TooMuchError` and `FullError`."""
        self._open()
        with locked(self.folder):
            client = client_name(self.folder, address)
            self.allowance.spend(self.folder, client, size, self.now())
            self._make_room(size)
            until = (self.now() + VISIT).isoformat(timespec="seconds")
            upload = Upload(secrets.token_urlsafe(24), name, until, client=client)
            try:
                self.path(upload.token).mkdir(mode=0o700)
                return self.write(upload)
            except OSError:
                self.forget(upload.token)
                raise

    def _make_room(self, size: int) -> None:
        """Delete what has had its time, and then the oldest without a link, until one more fits. Raises `FullError`."""
        self.sweep()
        sizes = {path.name: _bytes_of(path) for path in self._all()}
        visits = [one for one in self._uploads() if not one.link]
        for oldest in sorted(visits, key=lambda one: one.until):
            if len(sizes) < self.most and sum(sizes.values()) + size <= self.most_bytes:
                return
            self.forget(oldest.token)
            del sizes[oldest.token]
        if len(sizes) >= self.most or sum(sizes.values()) + size > self.most_bytes:
            raise FullError(gettext("The server holds as many uploads as it may. Try again in an hour."))

    def _open(self) -> None:
        """Make the folder, or refuse one that another user of the machine could read or has put there."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if hasattr(os, "getuid") and self.folder.lstat().st_uid != os.getuid():
            raise PermissionError(f"{self.folder} belongs to another user; name another folder: LEADER_TRAVEL_UPLOADS")

    def write(self, upload: Upload) -> Upload:
        """Write the account of an upload in one step, so that a worker reads the old one or the new one."""
        write_atomic(self.path(upload.token) / ABOUT, json.dumps(asdict(upload)).encode())
        return upload

    def find(self, token: str) -> Upload:
        """The upload of a token. Raises `GoneError`: 404 where there is none, 410 where its time is over."""
        upload = self._read(self.path(token))
        if upload is None:
            gone = gettext("The upload of this address is not here, or no longer.")
            raise GoneError(404, f"{gone} {gettext(KEPT)}")
        if upload.kept_until <= self.now():
            self.forget(token)
            was_kept = gettext("The upload of this address was kept until {moment}.", moment=upload.goes)
            raise GoneError(410, f"{was_kept} {gettext(KEPT)}")
        return upload

    def _read(self, path: Path) -> Upload | None:
        try:
            return Upload(**json.loads((path / ABOUT).read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def keep(self, token: str) -> Upload:
        """Keep an upload for thirty days from now; once it is shown its tables only, the file it came from is deleted.

        Raises `TooMuchError` for a client that keeps as many as one may.
        """
        self.find(token)
        with locked(self.folder):
            upload = self.find(token)
            if not upload.link:
                self._make_room_for_link(upload.client)
            kept = replace(upload, link=True, until=(self.now() + LINK).isoformat(timespec="seconds"))
            self.write(kept)
        self._tidy(kept)
        return kept

    def _make_room_for_link(self, client: str) -> None:
        """Delete the oldest link of whoever keeps most, where half of the room is taken. Raises `TooMuchError`."""
        links = sorted((one for one in self._uploads() if one.link), key=lambda one: one.until)
        each = Counter(one.client for one in links)
        if each[client] >= self.most_links_each:
            raise TooMuchError(
                gettext(
                    "{number} tables from your address are kept already; have one of them forgotten first.",
                    number=number(self.most_links_each),
                )
            )
        sizes = {one.token: _bytes_of(self.path(one.token)) for one in links}
        while len(sizes) >= max(self.most // 2, 1) or sum(sizes.values()) > self.most_bytes / 2:
            largest = max(each.values())
            oldest = next(one for one in links if one.token in sizes and each[one.client] == largest)
            self.forget(oldest.token)
            del sizes[oldest.token]
            each[oldest.client] -= 1

    def show(self, token: str, data: str, trips: int, *, beside: bool) -> Upload:
        """Let the page show the data folder `data` of an upload, and delete the one that it showed before."""
        before = self.find(token)
        shown = self.write(replace(before, data=data, trips=trips, beside=beside))
        if before.data and before.data != data:
            _delete(self.path(token) / before.data)
        self._tidy(shown)
        return shown

    def _tidy(self, upload: Upload) -> None:
        """Of what is kept under a link and shown, delete all but the tables."""
        if upload.link and upload.data:
            for path in self.path(upload.token).iterdir():
                if path.name not in (ABOUT, upload.data):
                    _delete(path)

    def forget(self, token: str) -> None:
        """Delete an upload and all that was made from it; nothing happens where there is none."""
        _delete(self.path(token))

    def sweep(self) -> int:
        """Delete what has had its time, or was left by a worker that was killed, and count what is left."""
        left = 0
        for path in self._all():
            if self._is_over(path):
                _delete(path)
            else:
                left += 1
        for upload in self._uploads():
            self._tidy(upload)
        return left

    def _uploads(self) -> list[Upload]:
        return [upload for path in self._all() if (upload := self._read(path))]

    def _all(self) -> Iterator[Path]:
        with suppress(FileNotFoundError):
            yield from (path for path in self.folder.iterdir() if TOKEN.fullmatch(path.name))

    def _is_over(self, path: Path) -> bool:
        upload = self._read(path)
        if upload:
            return upload.kept_until <= self.now()
        with suppress(FileNotFoundError):
            return datetime.fromtimestamp(path.stat().st_mtime, UTC) + UNFINISHED < self.now()
        return False


def _bytes_of(folder: Path) -> int:
    """What an upload takes on the disk; a file that goes meanwhile counts for nothing."""
    found = 0
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            found += path.stat().st_size
    return found


def _delete(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)
