"""`LANGUAGES`: the languages of the page, and which of them is spoken just now.

Who answers a reader says so once (`with speaking(KOREAN):`), and whatever is called from there speaks it; elsewhere,
on the command line and in files, it is English.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cached_property
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from urllib.parse import parse_qs

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALE = Path(__file__).parent / "locale"
LANG = "lang"


@dataclass(frozen=True)
class Language:
    """One language: its `code` in the address, its own `name`, the locale whose forms of numbers and days it has.

    Its sentences stand in `locale/<code>/LC_MESSAGES/messages.po`. English has no such file: the code is in English.
    """

    code: str
    name: str
    locale_name: str

    @cached_property
    def locale(self) -> Locale:
        """Its forms, as the CLDR has them."""
        return Locale.parse(self.locale_name)

    @property
    def file(self) -> Path:
        """Where its sentences stand."""
        return LOCALE / self.code / "LC_MESSAGES" / "messages.po"

    @cached_property
    def sentences(self) -> NullTranslations:
        """Its sentences, read when first needed: there is nothing to compile by hand."""
        if not self.file.is_file():
            return NullTranslations()
        compiled = BytesIO()
        with self.file.open("rb") as file:
            write_mo(compiled, read_po(file, locale=self.locale_name))
        compiled.seek(0)
        return GNUTranslations(compiled)


ENGLISH = Language("en", "English", "en_001")
KOREAN = Language("ko", "한국어", "ko")
LANGUAGES = (ENGLISH, KOREAN)
BY_CODE = {one.code: one for one in LANGUAGES}
_SPOKEN: ContextVar[Language] = ContextVar("spoken", default=ENGLISH)


def spoken() -> Language:
    """The language that is spoken just now."""
    return _SPOKEN.get()


@contextmanager
def speaking(language: Language | None) -> Iterator[None]:
    """In the block this language is spoken; None changes nothing."""
    before = _SPOKEN.set(language or spoken())
    try:
        yield
    finally:
        _SPOKEN.reset(before)


def named_in(query: str) -> Language | None:
    """The language that a query string names (`lang=ko`), None where it names none, or none that there is."""
    return BY_CODE.get(parse_qs(query.removeprefix("?")).get(LANG, [""])[0])


def in_address(sign: str = "&") -> str:
    """What says the language that is spoken in an address, behind `sign`: `&lang=ko`; '' for English."""
    return "" if spoken() == ENGLISH else f"{sign}{LANG}={spoken().code}"
