"""English sentences of the code -> the same as whoever asks reads them.

`make words` finds them by the names of these functions. A sentence is whole, with named places for what it speaks of:
`gettext("{trips} to {place}", trips=…, place=…)`; one that is glued from parts cannot be said in another language.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

from babel.lists import format_list
from babel.numbers import format_decimal

from dashboard.language.languages import Language, in_address, spoken


def gettext(sentence: str, **values: object) -> str:
    """A sentence, with `values` in the places that it names."""
    # Under the empty text a catalogue keeps what it says of itself.
    said = spoken().sentences.gettext(sentence) if sentence else ""
    return said.format(**values) if values else said


def ngettext(one: str, many: str, count: int, **values: object) -> str:
    """The form of a sentence for so many things: `ngettext("{number} trip", "{number} trips", 11)`."""
    said = spoken().sentences.ngettext(one, many, count)
    return said.format(number=number(count), **values)


def marked(sentence: str) -> str:
    """The sentence itself, for `make words` to find: in a registry, which is made once, and said by `gettext` later."""
    return sentence


def marked_plural(one: str, many: str) -> tuple[str, str]:
    """The two forms of a sentence, for `make words` to find: a registry has them, `ngettext` says one of them later."""
    return one, many


def number(value: float) -> str:
    """A number as it is written: `86,000`."""
    return _number(value, spoken())


@lru_cache(maxsize=20_000)
def _number(value: float, language: Language) -> str:
    return format_decimal(value, locale=language.locale)


def listed(names: Iterable[str], style: Literal["standard", "or"] = "standard") -> str:
    """`A`, `A and B`, `A, B and C`; with `or`: `A, B or C`."""
    return format_list(list(names), style=style, locale=spoken().locale)


# The same for templates, as globals of their environment: a sentence is looked up whenever a page or a part is made.
FOR_TEMPLATES: dict[str, Any] = {
    "_": gettext,
    "ngettext": ngettext,
    "number": number,
    "spoken": spoken,
    "in_address": in_address,
}
