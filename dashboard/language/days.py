"""Days, months and years, and spans of them, as the language that is spoken writes them (CLDR)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from babel.dates import format_interval, format_skeleton

from dashboard.language.languages import ENGLISH, Language, spoken

# What is to be said -> how English says it here. The CLDR's own would write `Sept`, or the month before the day.
IN_ENGLISH = {
    "y": "{d:%Y}",
    "yMMM": "{d:%b %Y}",
    "yMMMd": "{d.day} {d:%b %Y}",
    "MMMd": "{d.day} {d:%b}",
    "yMMMM": "{d:%B %Y}",
    "yMMMMd": "{d.day} {d:%B %Y}",
    "yMMMMEEEEd": "{d:%A} {d.day} {d:%B %Y}",
}


def day(moment: date, skeleton: str) -> str:
    """A day, or its month or year, by the parts to be said: `yMMMd` is `5 Sep 2025`, `yMMMM` is `September 2025`."""
    return _day(moment, skeleton, spoken())


@lru_cache(maxsize=20_000)
def _day(moment: date, skeleton: str, language: Language) -> str:
    if language == ENGLISH:
        return IN_ENGLISH[skeleton].format(d=moment)
    return format_skeleton(skeleton, moment, locale=language.locale)


def span(first: date, last: date, skeleton: str) -> str:
    """Two days as one span that says once what they share, by the CLDR; English here has forms of its own."""
    return _span(first, last, skeleton, spoken())


@lru_cache(maxsize=20_000)
def _span(first: date, last: date, skeleton: str, language: Language) -> str:
    return format_interval(first, last, skeleton, locale=language.locale)
