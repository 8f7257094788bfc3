"""EDTF texts: first and last day, and how they are said."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.tables.dates import SHAPE, bounds, is_date, is_plain, is_uncertain, maybe_in, say, say_span, surely_in

DAYS = st.dates(min_value=date(1, 1, 1), max_value=date(9999, 12, 31))
MARKS = st.sampled_from(["", "?", "~", "%"])


def first_and_last(text: str) -> list[str]:
    """First and last day as text, '' where unknown."""
    row = bounds(pd.Series([text])).iloc[0]
    return ["" if pd.isna(day) else day.strftime("%4Y-%m-%d") for day in row]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2018-03-25", "2018-03-25", "2018-03-25"),
        ("2025-09-05?", "2025-09-05", "2025-09-05"),
        ("2001-01", "2001-01-01", "2001-01-31"),
        ("2000-02~", "2000-02-01", "2000-02-29"),
        ("1900", "1900-01-01", "1900-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2018-XX", "2018-01-01", "2018-12-31"),
        ("2001-21", "2001-03-01", "2001-05-31"),
        ("2018-03-01/2018-04", "2018-03-01", "2018-04-30"),
        ("[2018-03-01,2018-03-03]", "2018-03-01", "2018-03-03"),
        ("2018-03-05T10:00:00Z", "2018-03-05", "2018-03-05"),
    ],
)
def test_first_and_last_day(text: str, first: str, last: str) -> None:
    assert first_and_last(text) == [first, last]


@pytest.mark.parametrize(
    "text",
    [
        "2018-02-30",
        "2018-02-30?",
        "2018-3-5",
        "1985-13",
        "1985-00",
        "nonsense",
        "25.03.2018",
        "3/25/2018",
        "18",
        "2018-1X",
        "2018-03-2X",
        "2018-03-01/",
        "2018-03-01/..",
        "../2018",
        "2019/2018",
        "Y1E999999999",
        "-0044",
        "0000-01-01",
        "٢٠١٨",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert first_and_last(text) == ["", ""]
    assert not is_date(text)


def test_nothing_is_unknown_and_no_fault() -> None:
    assert first_and_last("") == ["", ""]
    assert is_date("")
    assert not is_uncertain(pd.Series([""])).any()


def test_a_column_without_rows() -> None:
    assert bounds(pd.Series([], dtype="str")).dtypes.astype(str).tolist() == ["datetime64[s]"] * 2


def test_the_index_is_kept() -> None:
    texts = pd.Series(["2018", "", "2018-03-25", "201X", "2018"], index=[7, 3, 9, 1, 2])
    assert list(bounds(texts).index) == [7, 3, 9, 1, 2]
    assert bounds(texts)["earliest"].dt.year.fillna(0).tolist() == [2018, 0, 2018, 2010, 2018]


@given(DAYS, MARKS)
def test_every_day_of_the_calendar_is_its_own_bound(day: date, mark: str) -> None:
    assert first_and_last(day.isoformat() + mark) == [day.isoformat()] * 2


@given(DAYS, MARKS)
def test_every_month_and_year_has_its_ends(day: date, mark: str) -> None:
    month, year = day.isoformat()[:7], day.isoformat()[:4]
    end = monthrange(day.year, day.month)[1]
    assert first_and_last(month + mark) == [f"{month}-01", f"{month}-{end}"]
    assert first_and_last(year + mark) == [f"{year}-01-01", f"{year}-12-31"]


@given(st.lists(st.one_of(st.text(max_size=12), st.from_regex(SHAPE, fullmatch=True)), max_size=5))
def test_no_text_raises_and_first_is_never_after_last(texts: list[str]) -> None:
    read = bounds(pd.Series(texts, dtype="str"))
    assert len(read) == len(texts)
    assert (read["earliest"].isna() == read["latest"].isna()).all()
    assert not (read["earliest"] > read["latest"]).any()


@given(st.text(max_size=12))
def test_anything_can_be_said(text: str) -> None:
    assert say(text)
    assert say_span(text, "2018-03-25")
    assert say_span("2018-03-25", text)


def test_what_is_uncertain() -> None:
    texts = pd.Series(["2018-03-25", "2018-03-25?", "2018-03", ""])
    assert is_uncertain(texts).tolist() == [False, True, True, False]
    assert [is_plain(text) for text in texts] == [True, False, False, False]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2018-03-25", "25 Mar 2018"),
        ("1972-02-21/1972-02-28", "within 21 to 28 February 1972"),
        ("1972-05/1973", "within May 1972 to 1973"),
        ("2001-01~", "about Jan 2001"),
        ("2001-01-05%", "about 5 Jan 2001?"),
        ("200X", "within 1 January 2000 to 31 December 2009"),
        ("[2001-01-03,2001-01-05]", "within 3 to 5 January 2001"),
        ("2025-09-05?", "5 Sep 2025?"),
        ("2001-01", "Jan 2001"),
        ("2001~", "about 2001"),
        ("", "unknown"),
        ("2018-03-01/2018-04", "within 1 March 2018 to April 2018"),
        ("2018-01-02-03", "2018-01-02-03"),
    ],
)
def test_say(text: str, said: str) -> None:
    assert say(text) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2023-09-10", "2023-09-19", "10–19 Sep 2023"),
        ("1972-02-21", "1972-02-21/1972-02-28", "within 21 to 28 February 1972"),
        ("1972-02-21/1972-02-28", "1972-02-21/1972-02-28", "within 21 to 28 February 1972"),
        ("1972-02-21/1972-02-28", "1972-03-01?", "within 21 February 1972 to 1 March 1972 (not confirmed)"),
        ("2018-03-25", "2018-04-02", "25 Mar – 2 Apr 2018"),
        ("2018-12-30", "2019-01-02", "30 Dec 2018 – 2 Jan 2019"),
        ("2025-09-01", "2025-09-05?", "1–5 Sep 2025?"),
        ("2001-01-15?", "2001-01-20?", "15 Jan 2001? – 20 Jan 2001?"),
        ("2019-05-01", "2019-05-01", "1 May 2019"),
        ("2019-05-01", "", "1 May 2019"),
        ("", "2019-05", "May 2019"),
        ("", "", "unknown"),
        ("2018-01-25", "2018-01/..", "25 Jan 2018 – 2018-01/.."),
    ],
)
def test_say_span(first: str, last: str, said: str) -> None:
    assert say_span(first, last) == said


# Uncertain days as intervals: years that they surely or maybe fall into

YEARS = st.integers(1999, 2005)


@st.composite
def texts_with_days(draw: st.DrawFn) -> tuple[str, list[date]]:
    """An EDTF text, and the first and the last day that it may mean, worked out without the code under test."""
    one, other = sorted([draw(st.dates(date(2000, 1, 1), date(2004, 12, 31))) for _ in range(2)])
    shapes = {
        one.isoformat(): [one, one],
        f"{one.isoformat()}?": [one, one],
        f"{one:%Y-%m}": [one.replace(day=1), one.replace(day=monthrange(one.year, one.month)[1])],
        f"{one:%Y}": [date(one.year, 1, 1), date(one.year, 12, 31)],
        f"{one.isoformat()}/{other.isoformat()}": [one, other],
        f"{one:%Y-%m}/{other:%Y-%m}": [
            one.replace(day=1),
            other.replace(day=monthrange(other.year, other.month)[1]),
        ],
        "": [],
    }
    text = draw(st.sampled_from(sorted(shapes)))
    return text, shapes[text]


def falls(text: str, first: int, last: int) -> tuple[bool, bool]:
    """Whether it surely, and whether it maybe falls into these years."""
    days = bounds(pd.Series([text], dtype="str"))
    return bool(surely_in(days, first, last).iloc[0]), bool(maybe_in(days, first, last).iloc[0])


@given(texts_with_days(), YEARS, YEARS)
def test_a_date_falls_into_years_as_its_days_do(one: tuple[str, list[date]], year: int, other: int) -> None:
    (text, ends), (first, last) = one, sorted((year, other))
    inside = {first <= year <= last for year in range(ends[0].year, ends[1].year + 1)} if ends else set()
    assert falls(text, first, last) == (inside == {True}, inside == {True, False})


@given(texts_with_days(), YEARS, st.integers(0, 10), st.integers(0, 10))
def test_wider_years_never_lose_a_date(one: tuple[str, list[date]], first: int, more: int, wider: int) -> None:
    surely, maybe = falls(one[0], first, first + more)
    surely_wider, maybe_wider = falls(one[0], first - wider, first + more + wider)
    assert surely_wider or not surely
    assert surely_wider or maybe_wider or not maybe


@given(st.lists(texts_with_days(), max_size=6))
def test_certain_and_possible_counts_by_year_enclose_the_truth(many: list[tuple[str, list[date]]]) -> None:
    days = bounds(pd.Series([text for text, _ in many], dtype="str"))
    known = [ends for _, ends in many if ends]
    certain = sum(int(surely_in(days, year, year).sum()) for year in range(2000, 2005))
    possible = sum(int((surely_in(days, year, year) | maybe_in(days, year, year)).sum()) for year in range(2000, 2005))
    assert certain == sum(first.year == last.year for first, last in known)
    assert certain <= len(known) <= possible
    # Whichever day each date turns out to be, a year has no fewer trips than are certain and no more than are possible.
    for pick in (min, max):
        for year in {end.year for ends in known for end in ends}:
            truth = sum(pick(ends).year == year for ends in known)
            least = int(surely_in(days, year, year).sum())
            assert least <= truth <= least + int(maybe_in(days, year, year).sum())
