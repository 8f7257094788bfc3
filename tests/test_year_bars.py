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


@pytest.mark.parametrize(
    ("chosen", "decades"),
    [
        ((2018, 2018), {"years=2010-2019"}),
        ((2010, 2010), {"years=2010-2019"}),
        ((2019, 2019), {"years=2010-2019"}),
        ((2009, 2010), {"years=2000-2009", "years=2010-2019"}),
        ((2019, 2020), {"years=2010-2019", "years=2020-2029"}),
    ],
)
def test_bars_of_chosen_years_are_not_faded(chosen: tuple[int, int], decades: set[str]) -> None:
    bar = bars(year_strip(summarise(with_a_trip_in("1797", "2025"), Selection()), (chosen,)))[0]
    opacity = dict(zip(bar["customdata"], bar["marker"]["opacity"], strict=True))
    assert {choice for choice, now in opacity.items() if now == 1} == decades
    assert all(0 < now <= 1 for now in opacity.values())


def test_every_year_of_a_short_axis_is_written() -> None:
    for years, apart in (("2013", 1), ("2012", None)):
        summary = summarise(with_a_trip_in(years), Selection())
        axis = by_year(summary, Cards())["layout"]["xaxis"]
        assert axis.get("dtick") == apart, len(summary.years)


def test_single_years_keep_their_outline_while_there_is_room() -> None:
    for first, width in (("2000", 1), ("1900", 0)):
        figure = year_strip(summarise(with_a_trip_in(first, "2025"), Selection()), ())
        assert {bar["marker"]["line"]["width"] for bar in bars(figure)} == {width}
        assert not any("width" in bar or "hovertext" in bar for bar in bars(figure)), "as wide as Plotly makes it"
    assert MOST_OUTLINED < MOST_APART
