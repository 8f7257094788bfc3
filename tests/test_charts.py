"""What figures show is what was counted: sizes, axes, years, clicks; over every chart, the map and the itinerary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboard import words
from dashboard.figures import CHARTS, Chart, draw_map, most_travelled, open_trip, year_strip
from dashboard.figures.charts import MOST_BARS, POSSIBLE, by_year
from dashboard.figures.dots import MOST_NAMED, far_and_long
from dashboard.figures.map import LARGEST, SMALLEST
from dashboard.figures.style import RING
from dashboard.page.trips import itinerary
from dashboard.query.selection import Selection, describe, read, select, write
from dashboard.query.summaries import Summary, summarise
from dashboard.tables.countries import country_name
from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.travel.travel import MADE, UNKNOWN_YEAR, Travel
from dashboard.words.cards import Cards
from tests.world import WORLD, make_travel

NOTHING = "leader=kim-jong-il&transport=plane"
QUERIES = ("", "leader=kim-jong-un", "transport=train&country=CHN", "years=2018-2019", "met=vladimir-putin")


def counted(travel: Travel, query: str) -> Summary:
    reading = read(query, travel)
    assert reading.ignored == ()
    return summarise(travel, reading.selection)


def bars(chart: Chart, summary: Summary) -> Iterator[tuple[str, str, Any, int]]:
    """Each piece of each bar: its transport or trace, what a click chooses, what it stands at, and its length."""
    for trace in chart.draw(summary, Cards())["data"]:
        if trace["type"] == "bar":
            across = trace["orientation"] == "h"
            at, lengths = (trace["y"], trace["x"]) if across else (trace["x"], trace["y"])
            for choice, place, length in zip(trace["customdata"], at, lengths, strict=True):
                yield trace["uid"], choice, place, length


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_an_empty_selection_draws_no_axes_and_says_so(shipped: Travel, chart: Chart) -> None:
    summary = counted(shipped, NOTHING)
    figure = chart.draw(summary, Cards())
    assert figure["data"] == []
    assert (figure["layout"]["xaxis"], figure["layout"]["yaxis"]) == ({"visible": False}, {"visible": False})
    assert re.match(r"(No|None)\b", chart.answer(summary, Cards())), chart.answer(summary, Cards())


def test_an_empty_selection_leaves_the_map_and_the_strip_bare(shipped: Travel) -> None:
    summary = counted(shipped, NOTHING)
    assert summary.figures.trips == 0
    assert {one["uid"]: one["lon"] for one in draw_map(summary, most_travelled(summary))["data"]} == {
        "places": [],
        "homes": [],
    }
    assert year_strip(summary, ())["data"] == []


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_a_click_on_a_piece_of_a_bar_leaves_as_many_trips_as_it_shows(
    shipped: Travel, chart: Chart, query: str
) -> None:
    assert_clicks_leave_what_bars_show(shipped, chart, query)


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.id)
def test_who_and_what_was_met_twice_on_a_trip_counts_it_once(chart: Chart) -> None:
    again = "N-1,2019-01-01,Vera West,RUS,Anadyr,host\n"
    assert_clicks_leave_what_bars_show(make_travel(meetings=WORLD["meetings"] + again), chart, "")


def assert_clicks_leave_what_bars_show(travel: Travel, chart: Chart, query: str) -> None:
    """What a click on each piece of each bar chooses has as many trips, of its transport, as the piece is long."""
    summary = counted(travel, query)
    here = select(travel, summary.selection).trips
    made = here[here["status"] == MADE]
    for mode, choice, _, length in bars(chart, summary):
        chosen = made[made["trip_id"].isin(select(travel, Selection().act(choice)).trips["trip_id"])]
        of_mode = (chosen["transport"] == mode).sum() if mode in TRANSPORT_NAMES else len(chosen)
        assert length == of_mode, (mode, choice)


@pytest.mark.parametrize("query", QUERIES)
def test_bars_stand_at_what_they_choose_and_are_all_there(shipped: Travel, query: str) -> None:
    summary = counted(shipped, query)
    charts = {chart.id: list(bars(chart, summary)) for chart in CHARTS}
    assert charts["by-year"]
    assert all(choice == f"years={year:04}" for _, choice, year, _ in charts["by-year"])
    assert all(choice.startswith("country=") for _, choice, _, _ in charts["by-country"])
    assert all(country_name(choice.removeprefix("country=")) == name for _, choice, name, _ in charts["by-country"])
    people = shipped.meetings.groupby(shipped.meetings["met"].astype(str))["counterpart"].agg(set)
    assert all(name in people[choice.removeprefix("met=")] for _, choice, name, _ in charts["by-person"])
    trips = select(shipped, summary.selection).trips
    dated = trips[(trips["status"] == MADE) & (trips["year"] != UNKNOWN_YEAR)]
    assert sum(length for *_, length in charts["by-year"]) == len(dated)


@pytest.mark.parametrize("chosen", [(), ((2018, 2019),)])
def test_the_strip_stands_at_its_years(shipped: Travel, chosen: tuple[tuple[int, int], ...]) -> None:
    trips, seen = shipped.trips, 0
    for trace in year_strip(counted(shipped, ""), chosen)["data"]:
        for year, number, choice, opacity in zip(
            trace["x"], trace["y"], trace["customdata"], trace["marker"]["opacity"], strict=True
        ):
            assert number == ((trips["year"] == year) & (trips["transport"] == trace["uid"])).sum()
            assert choice == f"years={year:04}"
            assert (opacity == 1) == (not chosen or 2018 <= year <= 2019)
            seen += number
    assert seen == (trips["year"] != UNKNOWN_YEAR).sum()


def test_dots_lie_at_their_distance_and_days(shipped: Travel) -> None:
    chart = next(one for one in CHARTS if one.id == "far-and-long")
    figure, trips = chart.draw(counted(shipped, ""), Cards()), shipped.trips.set_index("trip_id")
    assert (figure["layout"]["xaxis"]["title"]["text"], figure["layout"]["yaxis"]["title"]["text"]) == ("km", "days")
    shown = set()
    for trace in figure["data"]:
        for x, y, choice in zip(trace["x"], trace["y"], trace["customdata"], strict=True):
            trip = trips.loc[choice.removeprefix("trip=")]
            assert (x, y, trace["uid"]) == (round(trip["distance_km"]), trip["days"], trip["transport"])
            shown.add(choice.removeprefix("trip="))
    known = trips[(trips["status"] == MADE) & trips["distance_km"].notna() & trips["days"].notna()]
    assert shown == set(known.index)


def test_what_stands_for_one_trip_says_which_it_is(shipped: Travel) -> None:
    summary, trips = counted(shipped, ""), shipped.trips.set_index("trip_id")
    dots = next(one for one in CHARTS if one.id == "far-and-long").draw(summary, Cards())["data"]
    lines = [one for one in draw_map(summary, most_travelled(summary))["data"] if one.get("mode") == "lines"]
    hovers = [pair for trace in (*dots, *lines) for pair in zip(trace["customdata"], trace["text"], strict=True)]
    nth = dict(zip(shipped.trips["trip_id"], words.ordinals(shipped.trips).values(), strict=True))
    of_one_trip = [(choice.removeprefix("trip="), text) for choice, text in hovers if choice.startswith("trip=")]
    assert {trip_id for trip_id, _ in of_one_trip} <= set(trips.index)
    assert len(of_one_trip) > len(trips)
    for trip_id, text in of_one_trip:
        assert words.known_trip(nth[trip_id]) in text


@pytest.mark.parametrize("query", QUERIES)
def test_rings_lie_at_their_places_and_their_areas_rank_as_their_visits(shipped: Travel, query: str) -> None:
    summary = counted(shipped, query)
    ring = next(one for one in draw_map(summary, most_travelled(summary))["data"] if one["uid"] == "places")
    ids = [choice.removeprefix("place=") for choice in ring["customdata"]]
    places = shipped.places.loc[ids]
    assert (ring["lon"], ring["lat"]) == (places["longitude_deg"].tolist(), places["latitude_deg"].tolist())
    assert ring["text"] == places["place"].tolist()
    stops = select(shipped, summary.selection).stops
    visits = stops.loc[stops["kind"] == "visit", "place_id"].astype(str).value_counts().reindex(ids, fill_value=0)
    frame = pd.DataFrame({"visits": visits.to_numpy(), "size": ring["marker"]["size"]}).sort_values("visits")
    sizes = frame.groupby("visits")["size"].agg(["min", "max"])
    assert (sizes["min"] == sizes["max"]).all(), "as many visits, the same ring"
    assert sizes["max"].is_monotonic_increasing
    assert sizes["max"].is_unique


def test_homes_and_the_stops_of_the_open_trip_lie_at_their_places(travel: Travel) -> None:
    summary, at = counted(travel, ""), travel.places.set_index("place")[["longitude_deg", "latitude_deg"]]
    marks = draw_map(summary, most_travelled(summary), open_trip(travel, "N-2"))["data"]
    for uid, names in (("homes", ["Anchorage"]), ("trip-stops", ["Whitehorse", "Anchorage"])):
        (trace,) = (one for one in marks if one["uid"] == uid)
        assert trace["text"] == [f"<b>{name}</b>" for name in names]
        spots = zip(trace["lon"], trace["lat"], strict=True)
        assert list(spots) == [tuple(at.loc[name]) for name in names]


@pytest.mark.parametrize("query", QUERIES)
def test_lines_begin_and_end_where_they_say_and_open_the_trips_that_went_there(shipped: Travel, query: str) -> None:
    summary = counted(shipped, query)
    stops = select(shipped, summary.selection).stops
    for trace in (one for one in draw_map(summary, most_travelled(summary))["data"] if one.get("mode") == "lines"):
        at = 0
        for text, choice, towns in zip(trace["text"], trace["customdata"], trace["meta"], strict=True):
            one, other = re.fullmatch(r"<b>(.+) – (.+)</b>.*", text, re.DOTALL).groups()  # type: ignore[union-attr]
            for name, spot in ((one, at), (other, at + towns - 1)):
                named = shipped.places[shipped.places["place"] == name]
                assert (trace["lon"][spot], trace["lat"][spot]) in set(
                    zip(named["longitude_deg"], named["latitude_deg"], strict=True)
                ), (name, text)
            at += towns
            key, _, value = choice.partition("=")
            if key == "line":
                line = summary.lines.loc[value]
                ends = shipped.places["place"].reindex([line["from_place_id"], line["to_place_id"]])
                assert (one, other) == tuple(ends)
                assert line["trips"] > 1
            else:
                assert key == "trip"
                trip = shipped.trips.index[shipped.trips["trip_id"] == value][0]
                legs = stops[stops["trip"] == trip]
                pairs = {
                    frozenset(shipped.places["place"].reindex([leg.from_place_id, leg.place_id]))
                    for leg in legs.itertuples()
                }
                assert frozenset((one, other)) in pairs, (text, value)
        assert at == len(trace["lon"])


def test_every_itinerary_has_all_stops_in_order_where_from_and_every_meeting(shipped: Travel) -> None:
    names = shipped.places["place"]
    for number in shipped.trips.index:
        told = itinerary(shipped, number)
        stops = shipped.stops[shipped.stops["trip"] == number].sort_values("stop")
        assert [step["place"] for step in told["steps"]] == stops["place"].tolist()
        for step, stop in zip(told["steps"], stops.itertuples(), strict=True):
            assert f" from {names[stop.from_place_id]}, " in step["how"]
            assert stop.mode in step["how"]
        meetings = shipped.meetings[shipped.meetings["trip"] == number]
        met = [line for step in told["steps"] for line in step["met"]]
        for one in meetings.itertuples():
            assert any(line.startswith(f"met {one.counterpart} (") for line in met), (number, one.counterpart)
        assert len(told["sources"]) == (shipped.evidence["trip"] == number).sum()


@pytest.mark.parametrize("query", QUERIES)
def test_every_line_is_drawn_once_with_those_of_its_transport_and_certainty(shipped: Travel, query: str) -> None:
    summary = counted(shipped, query)
    traces = [one for one in draw_map(summary, most_travelled(summary))["data"] if one.get("mode") == "lines"]
    drawn = []
    for trace in traces:
        mode, _, how = trace["uid"].partition("-")
        for text in trace["text"]:
            said = text.split("<br>")[1:]
            assert said[0].startswith(f"{mode.capitalize()}, ")
            assert said[1].endswith("way not known, drawn as the shortest") == (how == "inferred")
            drawn.append(text)
    assert len(drawn) == len(set(drawn)) == len(summary.lines)


def test_the_map_says_at_least_only_where_no_shorter_way_is_open(shipped: Travel) -> None:
    summary = counted(shipped, "")
    lines = [one for one in draw_map(summary, most_travelled(summary))["data"] if one.get("mode") == "lines"]
    texts = [text for trace in lines for text in trace["text"]]
    detours = [text for text in texts if "a shorter way of" in text]
    assert len(detours) == int(summary.lines["shorter_km"].notna().sum()) > 0
    assert any(text.startswith("<b>Khasan – Omsk</b>") for text in detours)
    assert not [text for text in detours if "at least" in text]
    assert all("China" in text for text in detours)


# Trips whose year is not certain: N-4 may have begun in 2018 or 2019, N-5 in any year from 2017 to 2019.
DOUBTED = """\
N-4,ada-north,2018-12-31/2019-01-02,,,,,,
N-5,ada-north,2017-11/2019-02,,,,,,
"""
THERE = """\
N-4,1,Whitehorse,CAN,,,car,visit,reported
N-5,1,Anadyr,RUS,,,plane,visit,reported
"""


@pytest.fixture(scope="module")
def doubted() -> Travel:
    return make_travel(trips=WORLD["trips"] + DOUBTED, stops=WORLD["stops"] + THERE)


def of_years(figure: dict[str, Any]) -> dict[str, int]:
    """What a click on each piece of each bar chooses -> how many trips the pieces show that choose it."""
    shown: dict[str, int] = {}
    for trace in figure["data"]:
        for choice, trips in zip(trace["customdata"], trace["y"], strict=True):
            shown[choice] = shown.get(choice, 0) + trips
    return {choice: trips for choice, trips in shown.items() if trips}


@pytest.mark.parametrize("query", ["", "years=2019", "years=2018-2019", "years=2018?", "transport=car", "country=RUS"])
def test_a_year_is_drawn_as_certain_and_possible_trips_and_a_click_gives_those(doubted: Travel, query: str) -> None:
    summary = counted(doubted, query)
    for figure in (by_year(summary, Cards()), year_strip(summary, ())):
        shown = of_years(figure)
        assert shown
        for choice, trips in shown.items():
            clicked = summary.selection.choose("years", (choice.removeprefix("years="),))
            assert summarise(doubted, clicked).figures.trips == trips


def test_the_possible_part_of_a_year_by_eye(doubted: Travel) -> None:
    figure = by_year(counted(doubted, ""), Cards())
    (hatched,) = [one for one in figure["data"] if one["uid"] == POSSIBLE]
    assert dict(zip(hatched["customdata"], hatched["y"], strict=True)) == {
        "years=2017?": 1, "years=2018?": 2, "years=2019?": 2}  # fmt: skip
    assert hatched["marker"]["pattern"]["shape"] == "/"
    assert hatched["hovertemplate"].startswith("%{x}: %{y} more possible")
    assert figure["data"][-1] is hatched, "on top of what is certain"
    chart = next(one for one in CHARTS if one.id == "by-year")
    assert "hatched: trips that may have begun in that year" in chart.answer(counted(doubted, ""), Cards())


def test_certain_years_have_no_possible_part(shipped: Travel) -> None:
    for query in QUERIES:
        summary = counted(shipped, query)
        assert POSSIBLE not in {one["uid"] for one in by_year(summary, Cards())["data"]}
        assert "hatched" not in next(one for one in CHARTS if one.id == "by-year").answer(summary, Cards())


def test_a_trip_of_no_certain_year_is_certain_in_a_bar_of_ten() -> None:
    early = "N-6,ada-north,1797-05-01,,,,,,\n"
    stop = "N-6,1,Anadyr,RUS,,,ship,visit,reported\n"
    travel = make_travel(trips=WORLD["trips"] + DOUBTED + early, stops=WORLD["stops"] + THERE + stop)
    figure = year_strip(counted(travel, ""), ())
    assert of_years(figure) == {"years=1790-1799": 1, "years=2010-2019": 5}
    assert POSSIBLE not in {one["uid"] for one in figure["data"]}


def test_the_possible_trips_are_a_selection_of_their_own(doubted: Travel) -> None:
    summary = counted(doubted, "years=2018%3F")
    assert summary.selected.trips["trip_id"].tolist() == ["N-4", "N-5"]
    assert (summary.figures.trips, summary.figures.maybe) == (2, 0)
    assert describe(doubted, summary.selection) == "All leaders travelled abroad perhaps in 2018 by any transport"
    assert read(write(summary.selection), doubted).selection == summary.selection


@pytest.mark.parametrize("query", [*QUERIES, NOTHING])
def test_plotly_takes_every_figure_as_it_is(shipped: Travel, query: str) -> None:
    summary = counted(shipped, query)
    opened = open_trip(shipped, str(shipped.trips["trip_id"].iloc[0]))
    figures = [chart.figure(summary, Cards()) for chart in CHARTS]
    figures += [draw_map(summary, most_travelled(summary), opened), year_strip(summary, ((2018, 2019),))]
    for figure in figures:
        # Refuses what it does not know, and values that cannot be.
        assert len(go.Figure(figure).data) == len(figure["data"])


def test_trips_of_no_certain_year_are_named_where_none_was_found() -> None:
    years = (("2018-12-30", "2016-12-30"), ("2018-12-31", "2016-12-31"), ("2019-01-02", "2017-01-02"))
    tables = {name: WORLD[name] for name in ("trips", "stops", "meetings")}
    for old, new in years:
        tables = {name: text.replace(old, new) for name, text in tables.items()}
    world = make_travel(**tables)
    answers = [CHARTS[0].answer(counted(world, query), Cards()) for query in ("", "leader=ada-north")]
    assert answers == ["None found in 2017–18 (1 trip of no certain year)", "None found in 2017–18"]


@pytest.mark.parametrize("more", [0, 1, 3])
@pytest.mark.parametrize(
    ("chart", "rows", "key"), [("by-country", "countries", "country"), ("by-person", "people", "met")]
)
def test_the_bars_are_the_first_rows_and_what_does_not_fit_is_counted_below(
    shipped: Travel, chart: str, rows: str, key: str, more: int
) -> None:
    summary = counted(shipped, "")
    frame = getattr(summary, rows)
    many = replace(summary, **{rows: pd.concat([frame, frame, frame, frame]).head(MOST_BARS + more)})
    (one,) = (one for one in CHARTS if one.id == chart)
    said = one.left(many, Cards())
    assert re.findall(r"and (\d+) more", said) == ([str(more)] if more else []), said
    first = [f"{key}={row}" for row in getattr(many, rows).index[:MOST_BARS]]
    assert all(trace["customdata"] == first for trace in one.draw(many, Cards())["data"])


def test_trips_without_a_dot_are_counted_where_others_have_one(travel: Travel) -> None:
    (chart,) = (one for one in CHARTS if one.draw is far_and_long)
    for query, dots, said in (
        ("", 3, "and 1 more trip whose days or distance are not known"),
        ("leader=ada-north", 3, ""),
        ("leader=ben-south", 0, ""),
    ):
        summary = counted(travel, query)
        assert sum(len(trace["x"]) for trace in chart.draw(summary, Cards())["data"]) == dots
        assert chart.left(summary, Cards()) == said


def test_dots_that_hide_each_other_are_counted_beside_the_first_and_all_named() -> None:
    # Far from Whitehorse as many days as N-2 was there; twelve trips as long and as far as N-2.
    far, near = ("Anadyr,RUS", 1), ("Whitehorse,CAN", 12)
    trips, stops = "", ""
    for place, times in (far, near):
        for at in range(times):
            trip, day = f"N-{place[0]}{at}", f"2019-06-{at + 1:02}"
            trips += f"{trip},ada-north,{day},{day},{day},{day},,,\n"
            stops += (
                f"{trip},1,{place},{day},{day},car,visit,reported\n{trip},2,Anchorage,USA,{day},,car,home,reported\n"
            )
    world = make_travel(trips=WORLD["trips"] + trips, stops=WORLD["stops"] + stops)
    figure = far_and_long(counted(world, "transport=car"), Cards())
    (trace,) = figure["data"]
    (count,) = figure["layout"]["annotations"]
    assert (count["text"], count["showarrow"]) == ("<b>×13</b>", False)
    assert (round(count["x"]), count["y"]) == min(zip(trace["x"], trace["y"], strict=True))
    says = dict(zip(trace["customdata"], trace["hovertext"], strict=True))
    assert "and 4 more" in says["trip=N-2"]
    assert len(says["trip=N-2"].split("Whitehorse")) - 1 == 1 + MOST_NAMED
    assert "Whitehorse" not in says["trip=N-A0"]


def test_a_ring_says_its_other_names_and_how_often_it_was_passed(travel: Travel) -> None:
    summary = counted(travel, "")
    (ring,) = (one for one in draw_map(summary, most_travelled(summary))["data"] if one["uid"] == "places")
    says = dict(zip(ring["customdata"], ring["hovertext"], strict=True))
    assert says["place=saint-petersburg-rus"] == "<b>Saint Petersburg</b> (also Leningrad), Russia<br>1 visit"
    assert says["place=whitehorse-can"] == "<b>Whitehorse</b>, Canada<br>1 visit"
    assert says["place=anadyr-rus"] == "<b>Anadyr</b>, Russia<br>1 visit, passed 1 time"


def test_rings_grow_with_visits_and_a_place_only_passed_is_a_small_dot(shipped: Travel, travel: Travel) -> None:
    for world in (shipped, travel):
        summary = counted(world, "")
        places = summary.places.assign(visits=[0, *range(1, len(summary.places))])
        drawn = replace(most_travelled(summary), places=places)
        (ring,) = (one for one in draw_map(summary, drawn)["data"] if one["uid"] == "places")
        dot, *sizes = ring["marker"]["size"]
        assert dot < SMALLEST <= min(sizes) <= max(sizes) == LARGEST
        for visits, size in zip(range(1, len(places)), sizes, strict=True):
            assert size == pytest.approx(max(SMALLEST, LARGEST * (visits / (len(places) - 1)) ** 0.5)), "the area grows"
        assert set(ring["marker"]["color"][1:]) == {RING} != {ring["marker"]["color"][0]}
