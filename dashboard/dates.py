"""EDTF dates (ISO 8601-2): the text stays as written, its earliest and latest day stand beside it."""

from __future__ import annotations

import warnings
from datetime import date, datetime
from functools import lru_cache

import pandas as pd

with warnings.catch_warnings():
    # edtf 5.0.2 builds its grammar in a way that newer pyparsing warns about at import.
    warnings.simplefilter("ignore")
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

PLAIN_DAY = r"\d{4}-\d{2}-\d{2}"
NO_DAY = (pd.NaT, pd.NaT)


@lru_cache(maxsize=65_536)
def _parse(text: str) -> tuple[object, object]:
    """First and last day meant by one EDTF text, or two NaT where it is empty or not EDTF."""
    try:
        parsed = parse_edtf(text)
        first, last = parsed.lower_strict(), parsed.upper_strict()
        return tuple(datetime(*moment[:3]) for moment in (first, last))  # type: ignore[return-value]
    except (EDTFParseException, ValueError, TypeError):
        # edtf gives an infinite number, not a day, for an open interval; a year beyond 9999 has no datetime.
        return NO_DAY


def bounds(texts: pd.Series) -> pd.DataFrame:
    """Columns `earliest` and `latest` (datetime64[s], NaT where unknown or not EDTF), on the index of `texts`.

    `2001-01` gives 1 and 31 January; `2025-09-05?` gives that day twice. Plain days are read at once, because a
    parser of the whole grammar takes four milliseconds a text; of the others each spelling is read once.
    """
    plain = texts.str.fullmatch(PLAIN_DAY)
    days = pd.to_datetime(texts.where(plain), format="%Y-%m-%d", errors="coerce").astype("datetime64[s]")
    result = pd.DataFrame({"earliest": days, "latest": days})
    other = texts[~plain & (texts != "")]
    if len(other):
        spelt = {text: _parse(text) for text in other.unique()}
        for position, column in enumerate(("earliest", "latest")):
            read = pd.Series([spelt[text][position] for text in other], index=other.index, dtype="datetime64[s]")
            result[column] = result[column].fillna(read)
    return result


def is_edtf(texts: pd.Series) -> pd.Series:
    """True where a text is empty (unknown) or a date that EDTF allows, month and day of the calendar included."""
    return (texts == "") | bounds(texts)["earliest"].notna()


def is_uncertain(texts: pd.Series) -> pd.Series:
    """True where a date is given but is anything else than one plain day: `2025-09-05?`, `2001-01`, an interval."""
    return (texts != "") & ~texts.str.fullmatch(PLAIN_DAY)


def say(text: str, *, with_year: bool = True) -> str:
    """An EDTF text in English, its doubt kept: `2025-09-05?` becomes `5 Sep 2025?`, `2001-01` becomes `Jan 2001`."""
    core = text.rstrip("?~%")
    parts = core.split("-")
    try:
        moment = date(*(int(part) for part in (parts + ["01", "01"])[:3]))
    except ValueError:
        return text or "unknown"
    shape = {1: "{d:%Y}", 2: "{d:%b %Y}", 3: "{d.day} {d:%b %Y}" if with_year else "{d.day} {d:%b}"}[len(parts)]
    return shape.format(d=moment) + text[len(core) :]


def say_span(first: str, last: str) -> str:
    """Two EDTF texts as one span, saying a shared month or year once: `10–19 Sep 2023`, `25 Mar – 2 Apr 2018`."""
    if first == last or not (first and last):
        return say(first or last)
    if is_plain(first) and len(last.rstrip("?~%")) == 10:
        if first[:7] == last[:7]:
            return f"{int(first[8:])}–{say(last)}"  # noqa: RUF001 (an en dash joins a span)
        if first[:4] == last[:4]:
            return f"{say(first, with_year=False)} – {say(last)}"  # noqa: RUF001
    return f"{say(first)} – {say(last)}"  # noqa: RUF001


def is_plain(text: str) -> bool:
    """True for one plain day, YYYY-MM-DD."""
    return len(text) == 10 and text[4] == text[7] == "-" and text.replace("-", "").isdigit()
