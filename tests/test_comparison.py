"""Two selections beside each other: the address, the difference in words, and the same scales."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dashboard.figures import charts_of, maps_of
from dashboard.figures.side_by_side import COMPARED
from dashboard.query.selection import Selection, describe, read, second, select, write
from dashboard.query.summaries import Summary, summarise
from dashboard.travel.build import Travel
from dashboard.words import differences, told_apart
from dashboard.words.cards import Cards

UN, IL = Selection().choose("leader", ("kim-jong-un",)), Selection().choose("leader", ("kim-jong-il",))
# Chart -> what it counts.
ROWS = {"by-year": "years", "by-country": "countries"}
EARLY, LATE = UN.choose("years", ("2018",)), UN.choose("years", ("2019-2025",))


@pytest.fixture(scope="module")
def leaders(shipped: Travel) -> tuple[Summary, Summary]:
    return summarise(shipped, UN), summarise(shipped, IL)


def test_the_address_holds_both_and_gives_them_back(shipped: Travel) -> None:
    both = UN.beside("leader", ("kim-jong-il",))
    assert write(both) == "?leader=kim-jong-un&with=leader%3Dkim-jong-il"
    reading = read(write(both), shipped)
    assert (reading.selection, reading.ignored) == (both, ())
    assert second(reading.selection, shipped) == IL
    assert second(UN, shipped) is None
    period = read("?leader=kim-jong-un&years=2018&with=leader%3Dkim-jong-un%26years%3D2019-2025", shipped)
    assert second(period.selection, shipped) == LATE
    assert describe(shipped, LATE) == "Kim Jong Un travelled abroad 2019 to 2025 by any transport"


def test_the_second_selection_filters_nothing_of_the_first(shipped: Travel) -> None:
    both = UN.beside("leader", ("kim-jong-il",))
    assert select(shipped, both).size == select(shipped, UN).size == 11
    assert both.filters == UN


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "with=: write the filters of a second selection, such as with=leader%3Dkim-jong-il"),
        ("trip%3DKJU-07", "with=trip=KJU-07: write the filters of a second selection"),
        ("leader%3Dkim-jong-il%26view%3Dglobe", "with=leader=kim-jong-il&view=globe: write the filters of a second"),
        ("leader%3Dnobody", "with: leader=nobody is unknown"),
        ("colour%3Dred", "with: colour is not a filter"),
        ("with=" * 399 + "leader", "write the filters of a second selection"),
    ],
)
def test_what_is_no_second_selection_is_named(shipped: Travel, text: str, why: str) -> None:
    reading = read(f"?leader=kim-jong-un&with={text}", shipped)
    assert reading.selection == UN
    (said,) = reading.ignored
    assert why in said


def test_the_difference_is_said_in_words(leaders: tuple[Summary, Summary]) -> None:
    said = differences(*leaders)
    assert said[:3] == [
        "Kim Jong Un: 11 trips. Kim Jong Il: 10 trips, 1 fewer.",
        "Kim Jong Un: 5 countries. Kim Jong Il: 2 countries, 3 fewer. Both: China and Russia."
        " Kim Jong Un alone: South Korea, Singapore and Vietnam.",
        "By train: Kim Jong Un 6 of 11, Kim Jong Il 10 of 10.",
    ]
    assert "Kim Jong Un: at least 32,000 km. Kim Jong Il: about 51,000 km." in said
    assert said[-3].startswith("People met by both: ")


def test_two_periods_are_called_by_their_years(shipped: Travel) -> None:
    periods = summarise(shipped, EARLY), summarise(shipped, LATE)
    assert told_apart(*periods) == ("2018", "2019 to 2025")
    assert differences(*periods)[0] == "2018: 5 trips. 2019 to 2025: 6 trips, 1 more."
    assert differences(periods[0], periods[0])[0] == "first selection: 5 trips. second selection: 5 trips, as many."


def test_nothing_beside_something_is_said_too(shipped: Travel) -> None:
    nothing = summarise(shipped, IL.choose("transport", ("plane",)))
    said = differences(summarise(shipped, IL), nothing)
    assert said[0] == "any transport: 10 trips. plane: 0 trips, 10 fewer."
    assert "any transport: about 51,000 km. plane: distance unknown." in said
    maps_of(summarise(shipped, IL), nothing, "map")
    charts_of(nothing, nothing, Cards())


@pytest.mark.parametrize("kind", ["map", "globe"])
def test_both_maps_show_the_same_part_of_the_world_and_rings_of_one_scale(
    leaders: tuple[Summary, Summary], kind: str
) -> None:
    one, other = maps_of(*leaders, kind)
    assert one["layout"]["meta"] == other["layout"]["meta"]
    west, _, east, north = one["layout"]["meta"]["frame"]
    assert (west < 31, east > 135, north > 59) == (True, True, True)  # from Saint Petersburg to Komsomolsk
    sizes: dict[int, set[float]] = {}
    for figure, summary in zip((one, other), leaders, strict=True):
        (places,) = (trace for trace in figure["data"] if trace["uid"] == "places")
        for visits, size in zip(summary.places["visits"].tolist(), places["marker"]["size"], strict=True):
            sizes.setdefault(visits, set()).add(size)
    assert all(len(same) == 1 for same in sizes.values())
    assert len(sizes) > 3


def test_both_charts_have_the_same_axes_and_rows(leaders: tuple[Summary, Summary]) -> None:
    for name, (one, other) in charts_of(*leaders, Cards()).items():
        assert one["layout"]["xaxis"] == other["layout"]["xaxis"]
        assert one["layout"]["yaxis"] == other["layout"]["yaxis"]
        start, end = one["layout"][f"{COMPARED[name]}axis"]["range"]
        longest = max(getattr(each, ROWS[name]).sum(axis=1).max() for each in leaders)
        assert start == 0 < longest < end < longest * 1.1
    years, countries = (charts_of(*leaders, Cards())[name] for name in ("by-year", "by-country"))
    assert years[0]["data"][0]["x"] == years[1]["data"][0]["x"]
    assert countries[0]["data"][0]["y"] == countries[1]["data"][0]["y"]


@pytest.mark.parametrize("name", COMPARED)
@pytest.mark.parametrize("many_first", [True, False])
def test_the_counting_axis_of_both_is_that_of_the_longer_bars(
    leaders: tuple[Summary, Summary], name: str, many_first: bool
) -> None:
    few, rows = leaders[1], getattr(leaders[1], ROWS[name])
    many = replace(few, **{ROWS[name]: rows * 300})
    one, _ = charts_of(many, few, Cards())[name] if many_first else charts_of(few, many, Cards())[name]
    axis = one["layout"][f"{COMPARED[name]}axis"]
    assert (axis.get("dtick"), axis.get("nticks")) == (None, 6), "no tick for each of hundreds"
