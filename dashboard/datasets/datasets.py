"""Which trips an address speaks of: those shipped with the program, or those of an upload (`data=…`)."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from threading import Lock
from urllib.parse import parse_qs, parse_qsl, urlencode

from dashboard.datasets.store import GoneError, Store, Upload
from dashboard.language import ENGLISH, Language, gettext, spoken
from dashboard.query.selection import DATA, Reading, Selection, read
from dashboard.query.summaries import Summary, summarise
from dashboard.travel.build import DataError, load
from dashboard.travel.names import in_language
from dashboard.travel.travel import Travel
from dashboard.words.cards import Cards

# How many selections stay counted: each holds some numbers for each line of the map, so of more travel fewer are kept,
# as many as have so many lines together: 150 bytes for each line, 30 MB in a worker.
FEWEST_REMEMBERED, MOST_REMEMBERED = 8, 64
REMEMBERED_LINES = 200_000
# Uploads that a worker keeps read in memory; each may take a hundred megabytes.
OPEN_AT_ONCE = 4


@dataclass(frozen=True, eq=False)
class Opened:
    """One body of trips, its cards, and its counts by selection, as many as are worth remembering; they go with it."""

    travel: Travel
    upload: Upload | None = None
    cards: Cards = field(default_factory=Cards)
    counted: Callable[[Selection], Summary] = field(init=False)
    _in_other_languages: dict[Language, Opened] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "counted", lru_cache(maxsize=remembered(len(self.travel.lines)))(self._count))

    def as_spoken(self) -> Opened:
        """The same trips in the language that is spoken: what is said of them, and kept, is not the same in another."""
        language = spoken()
        if language == ENGLISH:
            return self
        if language not in self._in_other_languages:
            self._in_other_languages[language] = Opened(in_language(self.travel, language.code), self.upload)
        return self._in_other_languages[language]

    def _count(self, selection: Selection) -> Summary:
        return summarise(self.travel, selection)


def remembered(lines: int) -> int:
    """How many selections of travel along so many lines stay counted."""
    return min(max(REMEMBERED_LINES // max(lines, 1), FEWEST_REMEMBERED), MOST_REMEMBERED)


class Datasets:
    """The shipped trips, and the uploads in a `Store`, of which the last few used are kept read.

    `source` is the folder that the shipped trips were read from; without it none can be shown beside them.
    """

    def __init__(self, shipped: Travel, store: Store, source: Path | None = None) -> None:
        self.shipped = Opened(shipped)
        self.store = store
        self.source = source
        self._read: OrderedDict[Upload, Opened] = OrderedDict()
        self._lock = Lock()

    def open(self, query: str) -> Opened:
        """The trips that a query string speaks of. Raises `GoneError` where its upload is not, or no longer, here."""
        token = token_of(query)
        if not token:
            return self.shipped.as_spoken()
        upload = self.store.find(token)
        if not upload.data:
            raise GoneError(404, gettext("This upload is not finished: its columns are still to be chosen."))
        return self._remembered(upload).as_spoken()

    def read(self, query: str) -> tuple[Opened, Reading]:
        """The trips of a query string, and what it says; those shipped, and a notice, where its upload is not here."""
        try:
            opened = self.open(query)
            return opened, read(query, opened.travel)
        except GoneError as gone:
            reading = read(_without_token(query), self.shipped.travel)
            return self.shipped.as_spoken(), replace(reading, ignored=(str(gone), *reading.ignored))

    def read_and_count(self, query: str) -> tuple[Opened, Reading, Summary]:
        """The same, and the trips counted: once, however they are looked at (a trip opened, the table sorted)."""
        opened, reading = self.read(query)
        return opened, reading, opened.counted(reading.selection.filters)

    def _remembered(self, upload: Upload) -> Opened:
        with self._lock:
            self._let_go()
            found = self._read.get(upload)
            if found:
                self._read.move_to_end(upload)
                return found
        opened = Opened(self._load(upload), upload)
        with self._lock:
            self._read[upload] = opened
            while len(self._read) > OPEN_AT_ONCE:
                self._read.popitem(last=False)
        return opened

    def _let_go(self) -> None:
        """Forget what has been deleted or written anew on disk, by whichever worker."""
        for upload in list(self._read):
            try:
                current = self.store.find(upload.token) == upload
            except GoneError:
                current = False
            if not current:
                del self._read[upload]

    def _load(self, upload: Upload) -> Travel:
        try:
            return load(self.store.path(upload.token) / upload.data)
        except DataError as error:
            # It was without fault when it was written: it is being deleted, or a newer version reads it.
            raise GoneError(
                410, gettext("This upload can no longer be read. Upload the table again to see it.")
            ) from error


def token_of(query: str) -> str:
    """The token of the upload that a query string names, or ''."""
    return parse_qs(query.removeprefix("?")).get(DATA, [""])[0]


def _without_token(query: str) -> str:
    pairs = parse_qsl(query.removeprefix("?"), keep_blank_values=True)
    return urlencode([(key, value) for key, value in pairs if key != DATA])
