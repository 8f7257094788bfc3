"""EDTF texts: first and last day, and how they are said."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.tables.dates import SHAPE, bounds, is_edtf, is_plain, is_uncertain, say, say_span

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
        "٢٠١٨",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert first_and_last(text) == ["", ""]
    assert not is_edtf(pd.Series([text])).any()


def test_nothing_is_unknown_and_no_fault() -> None:
    assert first_and_last("") == ["", ""]
    assert is_edtf(pd.Series([""])).all()
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
        ("2025-09-05?", "5 Sep 2025?"),
        ("2001-01", "Jan 2001"),
        ("2001~", "2001~"),
        ("", "unknown"),
        ("2018-03-01/2018-04", "2018-03-01/2018-04"),
        ("2018-01-02-03", "2018-01-02-03"),
    ],
)
def test_say(text: str, said: str) -> None:
    assert say(text) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2023-09-10", "2023-09-19", "10–19 Sep 2023"),
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
