"""EDTF dates (ISO 8601-2): the text stays as written, its earliest and latest day stand beside it."""

from __future__ import annotations

import re
import warnings
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.language import ENGLISH, gettext, spoken
from dashboard.language.days import day, span

PLAIN_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
# A year, month or day, doubted or not: nearly every date there is.
CALENDAR = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-([0-9]{2}))?)?[?~%]?")
# What else may have a first and a last day. The grammar's parser takes five milliseconds even to refuse a text, prints
# and stumbles over some, and gives an interval without end ten years; so it only sees texts of these shapes.
_ONE = r"[?~%]?[0-9X]{4}[?~%]?(?:-[?~%]?(?:[0-9]{2}|XX)[?~%]?){0,2}(?:T[0-9:]{8}(?:Z|[+-][0-9:]{2,5})?)?"
SHAPE = re.compile(rf"{_ONE}(?:/{_ONE})?|\[{_ONE}(?:(?:,|\.\.){_ONE}){{0,9}}\]|\{{{_ONE}(?:(?:,|\.\.){_ONE}){{0,9}}\}}")
NO_DAY = (None, None)
# A day or a month that is not certain, and the month or year around it.
DOUBTED = re.compile(r"(?P<around>[0-9]{4}(?:-[0-9]{2})?)-[0-9]{2}[?~%]")
ENDS = pd.Index(["earliest", "latest"])
# Of so few texts each is read by itself: a column takes pandas a millisecond, however short.
FEW = 200


@lru_cache(maxsize=1)
def _grammar() -> tuple[Callable[[str], Any], type[Exception]]:
    """The parser of EDTF and its error, built when first needed: that takes longer than reading most data."""
    with warnings.catch_warnings():
        # edtf 5.0.2 builds its grammar in a way that newer pyparsing warns about at import.
        warnings.simplefilter("ignore")
        from edtf import parse_edtf  # noqa: PLC0415
        from edtf.parser.edtf_exceptions import EDTFParseException  # noqa: PLC0415
    return parse_edtf, EDTFParseException


@lru_cache(maxsize=65_536)
def _bounds(text: str) -> tuple[date | None, date | None]:
    """First and last day meant by one text, or twice None where it is not EDTF or has no first or last day."""
    found = CALENDAR.fullmatch(text)
    if not found:
        return _parse(text) if SHAPE.fullmatch(text) else NO_DAY
    year, month, day = found.groups()
    last_month = int(month or 12)
    try:
        first = date(int(year), int(month or 1), int(day or 1))
        return first, first if day else date(first.year, last_month, monthrange(first.year, last_month)[1])
    except ValueError:
        return NO_DAY


def _parse(text: str) -> tuple[date | None, date | None]:
    """`_bounds` of a text that needs the grammar."""
    parse_edtf, error = _grammar()
    try:
        parsed = parse_edtf(text)
        first, last = parsed.lower_strict(), parsed.upper_strict()
        days = date(*first[:3]), date(*last[:3])
    except (error, ValueError):
        return NO_DAY
    return days if days[0] <= days[1] else NO_DAY


def ends(text: str) -> tuple[date | None, date | None]:
    """The first and the last day that one text may mean, twice None where it means none."""
    return _bounds(text)


def bounds(texts: pd.Series) -> pd.DataFrame:
    """Columns `earliest` and `latest` (datetime64[s], NaT where unknown or not EDTF), on the index of `texts`.

    `2001-01` gives 1 and 31 January; `2025-09-05?` gives that day twice. Each spelling is read once.
    """
    codes, spelt = pd.factorize(texts)
    read = _first_and_last(pd.Series(spelt, dtype="str"))
    return pd.DataFrame(read[codes], texts.index, ENDS)


def _first_and_last(spelt: pd.Series) -> npt.NDArray[np.datetime64]:
    """A row of two days for each text. Of many the plain days, nearly all there are, are read as one column."""
    plain = np.zeros(len(spelt), dtype=bool)
    if len(spelt) > FEW:
        plain = (spelt.str.fullmatch(f"{PLAIN_DAY}[?~%]?") & ~spelt.str.startswith("0000")).to_numpy(bool)
    read = np.empty((len(spelt), 2), dtype="datetime64[s]")
    if plain.any():
        days = pd.to_datetime(spelt[plain].str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
        read[plain] = days.to_numpy()[:, None]
    read[~plain] = np.array([_bounds(text) for text in spelt[~plain]], dtype="datetime64[s]").reshape(-1, 2)
    return read


def possible(texts: pd.Series) -> pd.DataFrame:
    """As `bounds`, but of what is doubted more than is written: a day with a `?` is some day of its month.

    A month with a `?` is some month of its year. By these days it is decided which of two came first.
    """
    codes, spelt = pd.factorize(texts)
    read = _first_and_last(pd.Series(spelt, dtype="str"))
    doubted = [(at, found["around"]) for at, text in enumerate(spelt) if (found := DOUBTED.fullmatch(text))]
    for at, around in doubted:
        read[at] = NO_DAY if np.isnat(read[at, 0]) else _bounds(around)
    return pd.DataFrame(read[codes], texts.index, ENDS)


def surely_in(days: pd.DataFrame, first_year: int, last_year: int) -> pd.Series:
    """True where every day that is meant lies in these years; `days` is as `bounds` gives them. False where unknown."""
    inside = (days["earliest"].to_numpy() >= _new_year(first_year)) & (
        days["latest"].to_numpy() < _new_year(last_year + 1)
    )
    return pd.Series(inside, days.index)


def maybe_in(days: pd.DataFrame, first_year: int, last_year: int) -> pd.Series:
    """True where a day that is meant lies in these years, and not surely. False where no day at all is known."""
    touches = (days["earliest"].to_numpy() < _new_year(last_year + 1)) & (
        days["latest"].to_numpy() >= _new_year(first_year)
    )
    return pd.Series(touches, days.index) & ~surely_in(days, first_year, last_year)


def _new_year(year: int) -> np.datetime64:
    return np.datetime64(year - 1970, "Y")


def is_date(text: str) -> bool:
    """Whether a text is empty (unknown) or a date that EDTF allows, month and day of the calendar included."""
    return not text or _bounds(text) != NO_DAY


def is_day(text: str) -> bool:
    """Whether a text is one day of the calendar, YYYY-MM-DD."""
    return is_plain(text) and is_date(text)


def is_uncertain(texts: pd.Series) -> pd.Series:
    """True where a date is given but is anything else than one plain day: `2025-09-05?`, `2001-01`, an interval."""
    return (texts != "") & ~texts.str.fullmatch(PLAIN_DAY)


def say(text: str, *, with_year: bool = True) -> str:
    """An EDTF text in words, its doubt kept: `2025-09-05?` becomes `5 Sep 2025?`, `2001-01` becomes `Jan 2001`."""
    if is_inexact(text):
        return _within(*_ends(text))
    core = text.rstrip("?~%")
    moment, parts = _moment(core)
    if moment is None:
        return text or gettext("unknown")
    skeleton = {1: "y", 2: "yMMM", 3: "yMMMd" if with_year else "MMMd"}[parts]
    return _doubted(day(moment, skeleton), text[len(core) :])


def _moment(core: str) -> tuple[date | None, int]:
    """The day that a year, month or day begins with, and how many of its parts are known; None where it is neither."""
    parts = core.split("-")
    if len(parts) > 3 or not all(part.isdigit() for part in parts):
        return None, 0
    try:
        return date(*(int(part) for part in [*parts, "01", "01"][:3])), len(parts)
    except ValueError:
        return None, 0


def _doubted(said: str, mark: str) -> str:
    """A day in words with EDTF's mark of doubt: `?` uncertain, `~` approximate, `%` both."""
    marked = said + "?" * (mark in ("?", "%"))
    return gettext("about {day}", day=marked) if mark in ("~", "%") else marked


def say_span(first: str, last: str) -> str:
    """Two EDTF texts as one span, saying a shared month or year once: `10–19 Sep 2023`, `25 Mar – 2 Apr 2018`."""
    if first == last or not (first and last):
        return say(first or last)
    if is_inexact(first) or is_inexact(last):
        return _within(_ends(first)[0], _ends(last)[1])
    core = last.rstrip("?~%")
    if is_plain(first) and is_plain(core):
        return _span(first, core, last[len(core) :])
    return gettext("{first} – {last}", first=say(first), last=say(last))


def _span(first: str, last: str, mark: str) -> str:
    """Two plain days as one span, the last with a mark of doubt."""
    if spoken() != ENGLISH:
        return _doubted(span(date.fromisoformat(first), date.fromisoformat(last), "yMMMd"), mark)
    if first[:7] == last[:7]:
        return f"{int(first[8:])}–{say(last + mark)}"
    return f"{say(first, with_year=first[:4] != last[:4])} – {say(last + mark)}"


def is_inexact(text: str) -> bool:
    """True for what is neither day nor month nor year: an interval, a choice of days, a digit that is not known."""
    return not CALENDAR.fullmatch(text) and bool(SHAPE.fullmatch(text)) and _bounds(text) != NO_DAY


def _ends(text: str) -> tuple[str, str]:
    """The first and last date that a text means: of an interval as written, else by its days."""
    if "/" in text or not is_inexact(text):
        return text.split("/", maxsplit=1)[0], text.rsplit("/", maxsplit=1)[-1]
    first, last = _bounds(text)
    return str(first or text), str(last or text)


def _within(first: str, last: str) -> str:
    """Some day between two dates: `within 21 to 28 February 1972`."""
    return gettext("within {span}", span=say_in_full(first, last))


def say_in_full(first: str, last: str) -> str:
    """Two EDTF texts as a span with the months written out: `10 to 19 September 2023`; '' where neither is known."""
    if not (first or last):
        return ""
    one, other = _in_full(first), _in_full(last)
    if one == other or not (one and other):
        return one or other
    if is_plain(first) and is_plain(last):
        if spoken() != ENGLISH:
            return span(date.fromisoformat(first), date.fromisoformat(last), "yMMMMd")
        # What the two ends share is said once.
        shared = 2 if first[:7] == last[:7] else 1 if first[:4] == last[:4] else 0
        one = " ".join(one.split(" ")[: 3 - shared])
    return gettext("{first} to {last}", first=one, last=other)


def _in_full(text: str) -> str:
    """`2025-09-05?` becomes `5 September 2025 (not confirmed)`."""
    if is_inexact(text):
        return _within(*_ends(text))
    core = text.rstrip("?~%")
    moment, parts = _moment(core)
    if moment is None:
        return core
    written = day(moment, {1: "y", 2: "yMMMM", 3: "yMMMMd"}[parts])
    return written if text == core else gettext("{day} (not confirmed)", day=written)


def say_stamp(text: str) -> str:
    """The day up to which data hold: in English as it is written, YYYY-MM-DD, for citing; elsewhere in words."""
    return text if spoken() == ENGLISH or not text else say(text)


def is_plain(text: str) -> bool:
    """True for one plain day, YYYY-MM-DD."""
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit()
