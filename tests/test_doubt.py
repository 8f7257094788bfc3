"""A `?` is on everything that is derived from a `?`: each derived value of one doubtful trip, and of a certain one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from dashboard import words
from dashboard.claims.measures import MEASURE_BY_NAME, Statement, UndecidedError, ask
from dashboard.claims.verdicts import statements
from dashboard.figures import CHARTS, draw_map, most_travelled, open_trip
from dashboard.page import counting, people, table
from dashboard.page.shown import Shown
from dashboard.page.trips import itinerary, trip_list
from dashboard.query.counting import apply
from dashboard.query.known_on_day import not_yet_known
from dashboard.query.rows import stop_rows, trip_rows
from dashboard.query.selection import read
from dashboard.query.summaries import summarise
from dashboard.tables.dates import possible
from dashboard.travel.build import Travel
from dashboard.words.cards import Cards
from tests.world import WORLD, make_travel

# N-3 left on a day that is not confirmed (2019-07-10?), and N-4 in the same month: which was the third is open. The
# meeting of N-1 is on a doubtful day, too, and so is the time until that visit was returned.
LATER = "N-4,ada-north,2019-07-28,,,2019-07-29,a day in Tok,,\n"
THERE = "N-4,1,Tok,USA,2019-07-28,2019-07-29,car,visit,reported\n"


@pytest.fixture(scope="module")
def doubtful() -> Travel:
    return make_travel(
        trips=WORLD["trips"] + LATER,
        stops=WORLD["stops"] + THERE,
        meetings=WORLD["meetings"].replace("N-1,2018-12-31", "N-1,2018-12-31?"),
    )


def shown(travel: Travel, query: str = "") -> Shown:
    reading = read(query, travel)
    assert reading.ignored == ()
    return Shown(travel, reading, summarise(travel, reading.selection), Cards())


def card(travel: Travel, number: int) -> dict[str, str]:
    (one,) = Cards().of(shown(travel).summary, [number])
    return one.texts | {"when": one.when, "nth": one.nth}


def hover(travel: Travel, number: int) -> str:
    (dot,) = Cards().dots(shown(travel).summary, [number])
    return dot.text


def line_hovers(travel: Travel, number: int) -> str:
    summary = shown(travel).summary
    trip_id = str(travel.trips.at[number, "trip_id"])
    lines = [one for one in draw_map(summary, most_travelled(summary))["data"] if one.get("mode") == "lines"]
    pairs = [pair for trace in lines for pair in zip(trace["customdata"], trace["text"], strict=True)]
    return " ".join(text for choice, text in pairs if choice == f"trip={trip_id}")


def row(travel: Travel, number: int) -> dict[str, str]:
    return {str(name): str(value) for name, value in trip_rows(travel).loc[number].items()}


def home_in_files(travel: Travel, number: int) -> str:
    stops = stop_rows(travel)
    own = stops[(stops["trip_id"] == travel.trips.at[number, "trip_id"]) & (stops["kind"] == "home")]
    return str(own["arrived"].iloc[0])


def legs(travel: Travel, number: int) -> str:
    opened = open_trip(travel, str(travel.trips.at[number, "trip_id"]))
    return str(opened.lines[-1]["text"]) + str(opened.marks[-1]["text"])


def not_known(travel: Travel, number: int) -> str:
    later = not_yet_known(travel, "2018-01-01")
    cells = later.assign(known_from=later["known_from"].dt.strftime("%Y-%m-%d").fillna("")).loc[number]
    return counting._later(*cells)


# What is derived of a trip -> how it is said of the doubtful N-3, and of N-2, all of whose days are certain.
DERIVED: dict[str, tuple[Callable[[Travel, int], str], str, str]] = {
    "days, in the table": (lambda t, n: card(t, n)["days"], "5?", "1"),
    "left home, in the table": (lambda t, n: card(t, n)["left_home"], "10 Jul 2019?", "1 May 2019"),
    "back home, in the table": (lambda t, n: card(t, n)["back_home"], "14 Jul 2019?", "1 May 2019"),
    "which trip, in the table": (lambda t, n: card(t, n)["nth_of_leader"], "3rd?", "2nd"),
    "which trip, in the list": (lambda t, n: card(t, n)["nth"], "3rd? known trip abroad", "2nd known trip abroad"),
    "when, in the list": (lambda t, n: card(t, n)["when"], "10 Jul 2019? – 14 Jul 2019?", "1 May 2019"),
    "days, in the open trip": (lambda t, n: str(itinerary(t, n)["facts"])[:7], "5 days?", "1 day f"),
    "left home, in the open trip": (lambda t, n: str(itinerary(t, n)["left"]), "10 Jul 2019?", "1 May 2019"),
    "back home, in the open trip": (
        lambda t, n: str(itinerary(t, n)["steps"][-1]["when"]), "14 Jul 2019?", "1 May 2019"),
    "the sentence to quote": (
        lambda t, n: words.quotable(t, n).split(": ")[0] + words.quotable(t, n)[-16:],
        "Ada North's 3rd? known trip abroad" " (not confirmed)",
        "Ada North's 2nd known trip abroad" "orse, 1 May 2019"),
    "days, hovering over its dot": (lambda t, n: hover(t, n).split(", ")[-1], "5 days?", "1 day"),
    "which trip, hovering over its dot": (
        lambda t, n: hover(t, n).split(": ")[1], "3rd? known trip abroad", "2nd known trip abroad"),
    "the days of a leg, on the map": (
        lambda t, n: "?" if "14 Jul 2019?" in legs(t, n) else "", "?", ""),
    "left home, in files": (lambda t, n: row(t, n)["left_home"], "2019-07-10?", "2019-05-01"),
    "what is in doubt, in files": (lambda t, n: row(t, n)["uncertain"], "left_home;back_home;days;nth_of_leader", ""),
    "back home, in the file of stops": (home_in_files, "2019-07-14?", "2019-05-01"),
    "since when it is known": (
        lambda t, n: not_known(t, n).split("known from ")[1].split(" (")[0], "14 Jul 2019?", "1 May 2019"),
}  # fmt: skip


@pytest.mark.parametrize("name", DERIVED)
def test_what_follows_from_a_doubtful_day_is_doubtful(doubtful: Travel, name: str) -> None:
    derive, doubted, certain = DERIVED[name]
    assert derive(doubtful, 2) == doubted
    assert derive(doubtful, 1) == certain


def test_a_line_says_that_the_number_of_its_trip_is_open(doubtful: Travel) -> None:
    assert "<br>3rd? known trip abroad" in line_hovers(doubtful, 2)
    assert "<br>4th? known trip abroad" in line_hovers(doubtful, 4)


def test_totals_of_days_say_how_many_are_doubtful(doubtful: Travel) -> None:
    assert "days away from home (1 uncertain, 1 not known)" in words.key_figures(shown(doubtful).summary)[1]
    assert counting.in_unit(shown(doubtful, "unit=day&leader=ada-north")) == "12 days away?"
    assert counting.in_unit(shown(doubtful, "unit=day&country=CAN")) == "1 day away"


def test_the_time_until_a_visit_was_returned(doubtful: Travel, travel: Travel) -> None:
    for some, lag in ((travel, "140 days"), (doubtful, "140 days?")):
        rows = people.people(shown(some, "tab=people"))
        (vera,) = [one for one in rows[0].children if "Vera West" in str(one)]
        assert vera.children[-1].children[-1].children == f"First visit returned after {lag}"


def test_the_list_and_the_table_of_the_page_keep_each_mark(doubtful: Travel) -> None:
    for html in (str(trip_list(shown(doubtful).summary, Cards(), "N-3")), table.rows(shown(doubtful))):
        assert "10 Jul 2019?" in html
        assert "3rd?" in html


@pytest.mark.parametrize(
    ("measure", "of", "query", "field", "why"),
    [
        ("nth", "trip", "leader=ada-north&trip=N-3", "", "the days are not known well enough"),
        ("nth", "trip", "leader=ada-north&trip=N-4", "", "the days are not known well enough"),
        (
            "first",
            "trip",
            "leader=ada-north&transport=plane&transport=car&years=2019&country=USA",
            "trip_id",
            "not known",
        ),
        ("weekday", "trip", "leader=ada-north&country=RUS&years=2019", "left_home", "is no certain day"),
        ("count", "day", "leader=ada-north", "", "the days of 1 of these trips are not certain"),
    ],
)
def test_no_statement_is_decided_by_a_doubtful_day(
    doubtful: Travel, measure: str, of: str, query: str, field: str, why: str
) -> None:
    one = asked(doubtful, measure=measure, of=of, query=query, field=field)
    with pytest.raises(UndecidedError, match=why):
        MEASURE_BY_NAME[measure].value(ask(doubtful, one))


def test_a_statement_that_the_doubt_does_not_touch_is_decided(doubtful: Travel) -> None:
    one = asked(doubtful, measure="nth", of="trip", query="leader=ada-north&trip=N-2", field="")
    assert MEASURE_BY_NAME["nth"].value(ask(doubtful, one)) == "2"


def asked(travel: Travel, **changes: str) -> Statement:
    values: dict[str, Any] = changes
    return replace(next(iter(statements(travel))), out_of="", **values)


def test_no_chart_says_that_nothing_was_found_in_a_year_that_may_have_a_trip(doubtful: Travel) -> None:
    chart = next(one for one in CHARTS if one.id == "by-year")
    some = make_travel(trips=WORLD["trips"].replace("2018-12-30,2018-12-30", "2017-12/2018-01,"))
    assert chart.answer(shown(some).summary, Cards()).startswith("No year surely without a trip")
    assert "hatched" not in chart.answer(shown(doubtful).summary, Cards()), "its year is certain"


def test_a_doubted_day_is_some_day_of_its_month_and_a_doubted_month_some_month_of_its_year() -> None:
    texts = pd.Series(["2019-07-10?", "2019-12~", "2019-07-10", "2019-07", ""])
    found = possible(texts)
    spans = [
        ("", "") if pd.isna(one) else (f"{one:%Y-%m-%d}", f"{other:%Y-%m-%d}")
        for one, other in zip(found["earliest"], found["latest"], strict=True)
    ]
    assert spans == [
        ("2019-07-01", "2019-07-31"), ("2019-01-01", "2019-12-31"), ("2019-07-10", "2019-07-10"),
        ("2019-07-01", "2019-07-31"), ("", "")]  # fmt: skip


def test_a_trip_that_counts_twice_says_both_of_its_numbers(shipped: Travel) -> None:
    twice = apply(shipped, ("per-country",))
    number = shipped.numbers_of(["KJI-10"])["KJI-10"]
    assert words.ordinals(twice.trips)[number] == "10th and 11th"
    assert words.quotable(twice, number).startswith("Kim Jong Il's 10th and 11th known trips abroad: by train to ")
    texts = card_by(shipped, "rule=per-country", number)
    assert (texts["nth_of_leader"], texts["nth"]) == ("10th and 11th", "10th and 11th known trips abroad")
    assert trip_rows(twice).loc[number, "nth_of_leader"] == 10, "in files the first, a number"
    one = asked(shipped, measure="nth", of="trip", query="leader=kim-jong-il&rule=per-country&trip=KJI-10", field="")
    assert MEASURE_BY_NAME["nth"].value(ask(shipped, one)) == "10 to 11"


def card_by(travel: Travel, query: str, number: int) -> dict[str, str]:
    (one,) = Cards().of(shown(travel, query).summary, [number])
    return one.texts | {"nth": one.nth}


def test_an_undated_trip_leaves_the_numbers_of_its_leader_open() -> None:
    undated = make_travel(trips=WORLD["trips"].replace("N-2,ada-north,2019-05-01", "N-2,ada-north,"))
    assert list(words.ordinals(undated.trips).values()) == ["1st?", "", "2nd?", ""]
