"""Bars of years: however long the span, every year with a trip shows its colour, and wider bars say what they are."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.figures.charts import MOST_APART, MOST_OUTLINED, by_year, year_strip, years_a_bar
from dashboard.query.selection import Selection, read
from dashboard.query.summaries import summarise
from dashboard.travel.build import Travel
from dashboard.words.cards import Cards
from tests.world import WORLD, make_travel

# The narrowest strip, on a telephone, in px.
NARROWEST = 300


def with_a_trip_in(*years: str) -> Travel:
    trips = "".join(f"Y-{year},ben-south,{year}-05-01,,,,,,\n" for year in years)
    stops = "".join(f"Y-{year},1,Nukunonu,TKL,,,unknown,visit,reported\n" for year in years)
    return make_travel(trips=WORLD["trips"] + trips, stops=WORLD["stops"] + stops)


def bars(figure: dict[str, Any]) -> list[dict[str, Any]]:
    return list(figure["data"])


@pytest.mark.parametrize(("first", "size"), [("2000", 1), ("1900", 1), ("1797", 10), ("0800", 10), ("0001", 100)])
def test_every_year_with_a_trip_has_a_bar_wider_than_its_outline(first: str, size: int) -> None:
    summary = summarise(with_a_trip_in(first, "2025"), Selection())
    years = len(summary.years_all)
    assert years_a_bar(years) == size
    for figure in (by_year(summary, Cards()), year_strip(summary, ())):
        assert sum(sum(bar["y"]) for bar in bars(figure)) == summary.years_all.to_numpy().sum()
        for bar in bars(figure):
            width_px = NARROWEST / len(bar["x"]) * 0.7
            assert width_px - bar["marker"]["line"]["width"] >= 1
        title = figure["layout"]["xaxis"].get("title", {}).get("text", "")
        assert title == (f"each bar is {size} years" if size > 1 else "")


def test_a_wide_bar_chooses_all_its_years_and_names_them() -> None:
    travel = with_a_trip_in("0800", "2025")
    (bar,) = [one for one in bars(year_strip(summarise(travel, Selection()), ())) if one["name"] == "unknown"]
    at = bar["customdata"].index("years=0800-0809")
    assert (bar["y"][at], bar["hovertext"][at], bar["x"][at]) == (1, "800–809", 804.5)
    reading = read("?years=0800-0809", travel)
    assert reading.ignored == ()
    assert summarise(travel, reading.selection).figures.trips == 1


def test_bars_of_chosen_years_are_not_faded() -> None:
    travel = with_a_trip_in("1797", "2025")
    bar = bars(year_strip(summarise(travel, Selection()), ((2018, 2018),)))[0]
    shown = {choice for choice, now in zip(bar["customdata"], bar["marker"]["opacity"], strict=True) if now == 1}
    assert shown == {"years=2010-2019"}


def test_single_years_keep_their_outline_while_there_is_room() -> None:
    for first, width in (("2000", 1), ("1900", 0)):
        figure = year_strip(summarise(with_a_trip_in(first, "2025"), Selection()), ())
        assert {bar["marker"]["line"]["width"] for bar in bars(figure)} == {width}
    assert MOST_OUTLINED < MOST_APART
