"""Days as people write them: read where one day can be meant, never guessed, and no year that is sure is lost."""

from __future__ import annotations

import pytest

from dashboard.importers.table.days import Days, looks_like_days, proven_order, read_days

OTHER_CALENDAR = "is taken as it stands; years of the Buddhist, Iranian or Islamic calendar are not converted"


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("2018-03-25", "", "2018-03-25"),
        ("2018-03-25?", "", "2018-03-25?"),
        ("2018-03", "", "2018-03"),
        ("201X", "", "201X"),
        ("2018/3/5", "", "2018-03-05"),
        ("20180325", "", "2018-03-25"),
        ("2018-03-25 14:30:00", "", "2018-03-25"),
        ("2018-03-25T14:30:00Z", "", "2018-03-25"),
        ("12 June 2018", "", "2018-06-12"),
        ("12-Jun-2018", "", "2018-06-12"),
        ("June 12th, 2018", "", "2018-06-12"),
        ("3rd of March 2019", "", "2019-03-03"),
        ("Sunday, 25 March 2018", "", "2018-03-25"),
        ("Sept. 2018", "", "2018-09"),
        ("12 Juni 2018", "", "2018-06-12"),
        ("12 de junio de 2018", "", "2018-06-12"),
        ("1er août 2018", "", "2018-08-01"),
        ("2018년 3월 25일", "", "2018-03-25"),
        ("2018年3月25日", "", "2018-03-25"),
        ("25/03/2018", "", "2018-03-25"),
        ("03/25/2018", "", "2018-03-25"),
        ("3/25/2018 0:00", "", "2018-03-25"),
        ("25.03.2018 00:00:00", "", "2018-03-25"),
        ("3/25/2018 2:05 PM", "", "2018-03-25"),
        ("04.04.2018", "", "2018-04-04"),
        ("03/04/2018", "day-first", "2018-04-03"),
        ("03/04/2018", "month-first", "2018-03-04"),
        ("4/5/2018 0:00", "day-first", "2018-05-04"),
        ("4/5/2018 0:00", "month-first", "2018-04-05"),
        ("Mar 25, 2018 12:00 AM", "", "2018-03-25"),
        ("14:30 25 March 2018", "", "2018-03-25"),
        ("25.03.2018 14.30 Uhr", "", "2018-03-25"),
        ("25/03/2018 14h", "", "2018-03-25"),
        ("2018-03-25 10:00-12:00", "", "2018-03-25"),
        ("2018-03-25T14:30:00.123+0900[Asia/Seoul]", "", "2018-03-25"),
        ("20180325T143000Z", "", "2018-03-25"),
        ("Wed Mar 25 10:00:00 2018", "", "2018-03-25"),
        ("25 March 2018[1][note 2]", "", "2018-03-25"),
        ("25 March 2018†", "", "2018-03-25"),
        ("25 March 2018 (Sunday)", "", "2018-03-25"),
        ("25.III.2018", "", "2018-03-25"),
        ("2018. 3. 25.", "", "2018-03-25"),
        ("25. 3. 2018", "", "2018-03-25"),
        ("25 března 2018", "", "2018-03-25"),
        ("٢٥ مارس ٢٠١٨", "", "2018-03-25"),
        ("25 mars 2018 à 10 h 30", "", "2018-03-25"),
        ("25. März 2018, 14 Uhr", "", "2018-03-25"),
        ("2018년 3월 25일 오후 2시 30분", "", "2018-03-25"),
        ("2018. 03. 25. (일)", "", "2018-03-25"),
        ("2018년3월25일(일)", "", "2018-03-25"),
        ("25 марта 2018 г.", "", "2018-03-25"),
        ("25 marca 2018 r.", "", "2018-03-25"),
        ("2018. március 25.", "", "2018-03-25"),
        ("the 25th of March 2018", "", "2018-03-25"),
        ("25 / 03 / 2018", "", "2018-03-25"),
        ("25 . 03 . 2018", "", "2018-03-25"),
        ("2018-03-XX", "", "2018-03"),
        ("??/03/2018", "", "2018-03"),
        ("2018-00-00", "", "2018"),
        ("03/2018", "", "2018-03"),
        ("", "", ""),
    ],
)
def test_days_that_can_mean_one_day_only(text: str, order: str, day: str) -> None:
    assert read_days(text, order) == Days(day)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("3–5 March 2019", "2019-03-03", "2019-03-05"),
        ("3 and 4 March 2019", "2019-03-03", "2019-03-04"),
        ("March 3-5, 2019", "2019-03-03", "2019-03-05"),
        ("10 Feb 2025 – 14 Feb 2025", "2025-02-10", "2025-02-14"),
        ("2019-03-03 to 2019-03-05", "2019-03-03", "2019-03-05"),
        ("2019/03/03 - 2019/03/05", "2019-03-03", "2019-03-05"),
        ("03.–05.03.2019", "2019-03-03", "2019-03-05"),
        ("28 Feb – 2 March 2019", "2019-02-28", "2019-03-02"),
        ("Mar 30 – Apr 2, 2019", "2019-03-30", "2019-04-02"),
        ("30 Dec – 2 Jan 2019", "2018-12-30", "2019-01-02"),
        ("December 30, 2018 – January 2, 2019", "2018-12-30", "2019-01-02"),
        ("1 January 2019 – 3 January", "2019-01-01", "2019-01-03"),
        ("30 April-2 May 2019", "2019-04-30", "2019-05-02"),
        ("30/04–02/05/2019", "2019-04-30", "2019-05-02"),
        ("25-27/03/2018", "2018-03-25", "2018-03-27"),
        ("25/26 March 2018", "2018-03-25", "2018-03-26"),
        ("3, 4 March 2019", "2019-03-03", "2019-03-04"),
        ("March 3rd & 4th, 2019", "2019-03-03", "2019-03-04"),
        ("from 3 to 5 March 2019", "2019-03-03", "2019-03-05"),
        ("vom 5. bis 7. März 2019", "2019-03-05", "2019-03-07"),
        ("Mon 25 – Wed 27 March 2019", "2019-03-25", "2019-03-27"),
        ("2018-03-25/2018-03-27", "2018-03-25", "2018-03-27"),
        ("2018-03-25/27", "2018-03-25", "2018-03-27"),
        ("2019.1.1~1.3", "2019-01-01", "2019-01-03"),
        ("2019年3月3日~5日", "2019-03-03", "2019-03-05"),
        ("2019.3.3.~3.5.", "2019-03-03", "2019-03-05"),
        ("2019. 2. 23.(토) ~ 3. 5.(화)", "2019-02-23", "2019-03-05"),
        ("с 3 по 5 марта 2019 года", "2019-03-03", "2019-03-05"),
        ("dal 3 al 5 marzo 2019", "2019-03-03", "2019-03-05"),
        ("31 Dec 2019/1 Jan 2020", "2019-12-31", "2020-01-01"),
        ("2019-03-03..2019-03-05", "2019-03-03", "2019-03-05"),
        ("2019-03-03 → 2019-03-05", "2019-03-03", "2019-03-05"),
        ("2019년 3월 30일 – 4월 2일", "2019-03-30", "2019-04-02"),
    ],
)
def test_a_span_in_one_cell_gives_both_days(text: str, first: str, last: str) -> None:
    assert read_days(text) == Days(first, last)


def test_a_year_of_two_digits_is_told() -> None:
    assert read_days("25-Mar-18") == Days("2018-03-25", "", "'25-Mar-18' does not say its century; taken as 2018")
    both = "'25-03-18' does not say its century; taken as 2018; it may be 2025-03-18"
    assert read_days("25-03-18") == Days("2018-03-25", "", both)
    assert read_days("18.03.25").doubt == "'18.03.25' does not say its century; taken as 2025; it may be 2018-03-25"
    assert read_days("3/3/87") == Days("1987-03-03", "", "'3/3/87' does not say its century; taken as 1987")


@pytest.mark.parametrize("text", ["TBD", "143184", "=A1", "1-3 June", "2019-2018"])
def test_what_is_no_day_stays_empty(text: str) -> None:
    assert read_days(text) == Days("", "", f"{text!r} is not a day that can be read; write it as YYYY-MM-DD")


@pytest.mark.parametrize("text", ["31 June 2018", "30/02/2018", "spring 2018", "late 2018 or so", "5–3 March 2018"])
def test_the_year_that_a_cell_surely_holds_is_kept(text: str) -> None:
    assert read_days(text) == Days(
        "2018?", "", f"{text!r} cannot be read as a day; only its year is kept, as uncertain"
    )


def test_a_day_that_the_order_told_does_not_allow_is_not_turned_round() -> None:
    assert read_days("03/25/2018", "day-first").first == "2018?"


def test_an_open_order_of_day_and_month_keeps_the_year_alone() -> None:
    what = "'03/04/2018' may be 2018-04-03 or 2018-03-04; kept as the year 2018"
    assert read_days("03/04/2018") == Days("2018", "", f"{what}; say whether the day or the month comes first")


def test_days_that_can_only_be_one_way_prove_the_others() -> None:
    assert proven_order(["03/04/2018", "25/04/2018", "26.4.2018 10:00", "2018-04-25"]) == ("day-first", 2)
    assert proven_order(["03/04/2018", "04/25/2018"]) == ("month-first", 1)
    assert proven_order(["25/04/2018", "04/25/2018"]) == ("", 0)
    assert proven_order(["03/04/2018", "40/50/2018"]) == ("", 0)


def test_columns_of_days_are_told_from_columns_of_places() -> None:
    assert looks_like_days(["", "3 March 2019", "TBD", "2019"])
    assert looks_like_days([""])
    assert not looks_like_days(["Paris", "Rome", "2019"])


@pytest.mark.parametrize(
    ("text", "day", "doubt"),
    [
        ("43184", "2018-03-25", "'43184' is taken as 2018-03-25, as spreadsheets count days"),
        ("43184.5", "2018-03-25", "'43184.5' is taken as 2018-03-25, as spreadsheets count days"),
        ("1990s", "199X", "'1990s' is kept as some year of 1990 to 1999"),
        ("early 1990’s", "199X", "'early 1990’s' is kept as some year of 1990 to 1999"),
        ("2018–2019", "2018/2019", "'2018–2019' is kept as some day of 2018 to 2019"),
        ("2018-2019", "2018/2019", "'2018-2019' is kept as some day of 2018 to 2019"),
        ("Winter 2018/19", "2018/2019", "'Winter 2018/19' is kept as some day of 2018 to 2019"),
        ("c. March 2019", "2019-03?", "'c. March 2019' is kept as uncertain"),
        ("3 March 2019 (?)", "2019-03-03?", "'3 March 2019 (?)' is kept as uncertain"),
        ("3 March 2019 (planned)", "2019-03-03", "'planned' behind the day is left aside"),
        ("Mar-18", "2018-03", "'Mar-18' is taken as a month of 2018"),
        ("Mar. 2018?", "2018-03?", "'Mar. 2018?' is kept as uncertain"),
        ("2561-03-25", "2561-03-25", f"the year 2561 {OTHER_CALENDAR}"),
        ("1397/01/05", "1397-01-05", f"the year 1397 {OTHER_CALENDAR}"),
        ("1552867200", "2019-03-18", "'1552867200' is taken as 2019-03-18, as seconds since 1970"),
    ],
)
def test_what_is_less_than_a_day_is_kept_and_told(text: str, day: str, doubt: str) -> None:
    assert read_days(text) == (day, "", doubt)


def test_a_list_of_days_that_leaves_some_out_is_told() -> None:
    what = "'3, 5 and 9 March 2019' is read as all days from the first to the last"
    for text in ("2019-03-03; 2019-03-09", "3 March 2019, 9 March 2019", "3.3.2019 und 9.3.2019"):
        whole = f"{text!r} is read as all days from the first to the last"
        assert read_days(text, "day-first") == Days("2019-03-03", "2019-03-09", whole)
    assert read_days("3, 5 and 9 March 2019") == Days("2019-03-03", "2019-03-09", what)


def test_the_days_of_a_span_prove_the_order_too() -> None:
    assert proven_order(["03/04/2018", "13/04/2018 - 15/04/2018"]) == ("day-first", 2)
