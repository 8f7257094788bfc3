"""Names of months and of days of the week in the languages in which tables are read."""

from __future__ import annotations

from functools import lru_cache

from babel.dates import get_day_names, get_month_names

from dashboard.geocoding.gazetteer import fold

# Languages whose months are read, beside those that write them as numbers.
LANGUAGES = (
    *("en", "es", "fr", "de", "it", "pt", "nl", "pl", "ru", "tr"),
    *("sv", "nb", "da", "fi", "cs", "hu", "ro", "el", "uk", "id", "ar"),
)
ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@lru_cache(maxsize=1)
def months() -> dict[str, int]:
    """Folded name of a month, whole or shortened, in each language -> its number; English goes first."""
    found: dict[str, int] = {"sept": 9} | {name: number for number, name in enumerate(ROMAN, 1)}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, language)
                for number, name in names.items():
                    found.setdefault(fold(name).rstrip("."), int(number))
    return found


def is_weekday(text: str) -> bool:
    """Whether a text is the name of a day of the week, and not that of a month."""
    return fold(text) in _weekdays() and fold(text) not in months()


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    """Folded names of the days of the week, whole or shortened, in each language."""
    found: set[str] = set()
    for language in (*LANGUAGES, "ko", "ja", "zh"):
        for width in ("wide", "abbreviated"):
            found.update(map(fold, get_day_names(width, "format", language).values()))
    return frozenset(found)
