"""Every view counts the same trips, parts add up to the whole, and counting changes nothing."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from functools import reduce
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.query.filters import BY_KEY, FILTERS, MENUS, Filter
from dashboard.query.rows import place_rows, stop_rows, trip_rows
from dashboard.query.selection import Selection, read, select
from dashboard.query.summaries import MOST_RECENT, Counts, Summary, add, count, summarise
from dashboard.travel.build import Travel, load
from dashboard.travel.travel import UNKNOWN_YEAR
from tests.benchmarks.generate import write_folder
from tests.examples import at_most
from tests.test_selection import WHOLE, selections, values_of
from tests.world import WORLD, make_travel


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Travel:
    """Made-up trips: more than are named one by one, of many leaders, over years."""
    path = tmp_path_factory.mktemp("generated")
    write_folder(path, trips=3 * MOST_RECENT, seed=3)
    return load(path)


def fingerprint(travel: Travel) -> dict[str, int]:
    """A number for each frame that any change of a cell, a column or a row would change."""
    frames = {one.name: getattr(travel, one.name) for one in fields(travel) if one.type == "pd.DataFrame"}
    return {
        name: hash((tuple(frame.columns), tuple(frame.dtypes.astype(str)), tuple(hashes(frame))))
        for name, frame in frames.items()
    }


def hashes(frame: pd.DataFrame) -> list[int]:
    return list(pd.util.hash_pandas_object(frame.map(repr), index=True))


def agree(summary: Summary, selected: Travel) -> None:
    """All totals are those of the selected trips, counted here row by row in the plainest way."""
    agree_on_totals(summary, selected)
    agree_on_countries_and_people(summary, selected)
    agree_on_the_map(summary, selected)
    files = {"trips": trip_rows, "stops": stop_rows, "places": place_rows}
    assert summary.rows == {name: len(rows(selected)) for name, rows in files.items()}
    assert list(summary.newest) == newest(selected.trips)
    counts = (summary.leaders, summary.transports, summary.people["trips"], summary.lines["trips"], summary.unplaced)
    assert all(one.is_monotonic_decreasing for one in (*counts, summary.places["visits"]))


def agree_on_totals(summary: Summary, selected: Travel) -> None:
    trips, figures = selected.trips, summary.figures
    assert (figures.trips, figures.days) == (len(trips), trips["days"].sum())
    assert (figures.days_unknown, figures.days_uncertain) == (trips["days"].isna().sum(), trips["days_uncertain"].sum())
    assert (figures.distance_unknown, figures.at_least) == (
        trips["distance_km"].isna().sum(),
        bool(trips["at_least"].any() and not trips["other_way"].any()),
    )
    assert figures.distance_km == pytest.approx(trips["distance_km"].sum())
    assert summary.leaders.to_dict() == Counter(trips["leader_id"])
    assert summary.transports.to_dict() == Counter(trips["transport"])
    known = trips[trips["year"] != UNKNOWN_YEAR]
    assert cells(summary.years) == Counter(zip(known["year"], known["transport"], strict=True))
    farthest = trips["distance_km"].max()
    assert (summary.farthest is None) == pd.isna(farthest)
    assert summary.farthest is None or trips.at[summary.farthest, "distance_km"] == farthest


def agree_on_countries_and_people(summary: Summary, selected: Travel) -> None:
    transport = selected.trips["transport"].astype(str).to_dict()
    stops, meetings = selected.stops.to_dict("records"), selected.meetings.to_dict("records")
    visited = {(stop["trip"], stop["country_iso3"]) for stop in stops if stop["kind"] == "visit"}
    assert cells(summary.countries) == Counter((country, transport[trip]) for trip, country in visited)
    assert summary.figures.countries == len(summary.countries) == len({country for _, country in visited})
    assert summary.people["meetings"].to_dict() == Counter(one["met"] for one in meetings)
    met = {(one["trip"], one["met"]) for one in meetings}
    assert summary.people["trips"].to_dict() == Counter(person for _, person in met)


def agree_on_the_map(summary: Summary, selected: Travel) -> None:
    stops, lines = selected.stops.to_dict("records"), selected.routes["line"]
    placed = set(selected.places.index[selected.places[["latitude_deg", "longitude_deg"]].notna().all(axis=1)])
    for column, kind in (("visits", "visit"), ("transits", "transit")):
        of_kind = Counter(stop["place_id"] for stop in stops if stop["kind"] == kind and stop["place_id"] in placed)
        assert summary.places[column][lambda times: times > 0].to_dict() == of_kind
    spotless = [stop["place"] for stop in stops if stop["kind"] != "home" and stop["place_id"] not in placed]
    assert summary.unplaced.groupby(level=0).sum().to_dict() == Counter(spotless)
    assert summary.figures.unplaced_stops == len(spotless)
    along = {(lines[stop["route"]], stop["trip"]) for stop in stops}
    drawn = sorted((line, trip) for line, trip in along if selected.lines.at[line, "drawn"])
    assert summary.lines["trips"].to_dict() == Counter(line for line, _ in drawn)
    assert summary.lines["trip"].to_dict() == dict(drawn)


def cells(counts: pd.DataFrame) -> dict[tuple[object, str], int]:
    """The cells above nothing, by row and column."""
    return {(row, str(name)): n for row, cells in counts.to_dict("index").items() for name, n in cells.items() if n}


def newest(trips: pd.DataFrame) -> list[int]:
    """The last to leave home first, the unknown day last, of one day the last in the data first."""
    days = [
        (str(day) if pd.notna(day) else "", number)
        for number, day in zip(trips.index.tolist(), trips["left_home_earliest"], strict=True)
    ]
    return [number for _, number in sorted(days, reverse=True)[:MOST_RECENT]]


@at_most(40)
@given(selections())
def test_every_total_is_that_of_the_selected_trips(selection: Selection) -> None:
    agree(summarise(WHOLE, selection), select(WHOLE, selection))


@pytest.mark.parametrize(
    "query", ["", "leader=kim-jong-un", "years=2000-2011", "transport=train&country=CHN", "met=xi-jinping"]
)
def test_every_total_of_the_shipped_data(shipped: Travel, query: str) -> None:
    reading = read(query, shipped)
    assert reading.ignored == ()
    agree(summarise(shipped, reading.selection), select(shipped, reading.selection))


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.key)
def test_every_total_of_generated_trips(one: Filter, generated: Travel) -> None:
    values = list(one.known(generated))[::2] or [{"years": "1995-2010", "sources": "1"}[one.key]]
    summary = summarise(generated, Selection().choose(one.key, values))
    assert summary.figures.trips
    agree(summary, summary.selected)


def test_a_selection_of_a_selection_counts_as_both_at_once(generated: Travel) -> None:
    plane, years = Selection().choose("transport", ["plane"]), Selection().choose("years", ["1995-2010"])
    agree(summarise(select(generated, years), plane), select(generated, plane.choose("years", ["1995-2010"])))


@at_most(20)
@given(selections())
def test_each_option_counts_what_choosing_it_gives(selection: Selection) -> None:
    summary = summarise(WHOLE, selection)
    for key, counts in summary.options.items():
        trips = {str(value): number for value, number in counts.items()}
        for value in {*BY_KEY[key].known(WHOLE), *trips}:
            chosen = select(WHOLE, selection.choose(key, [value]))
            assert trips.get(value, 0) == len(chosen.trips), (key, value)


@at_most(20)
@given(selections())
def test_options_are_those_of_the_menus_without_the_empty_ones(selection: Selection) -> None:
    options = summarise(WHOLE, selection).options
    assert list(options) == [one.key for one in MENUS]
    for counts in options.values():
        assert (counts > 0).all()
        assert counts.is_monotonic_decreasing


def parted(travel: Travel, ends: list[int]) -> list[Travel]:
    """The trips up to each of `ends` (rows, ascending), and the rest, as parts of their own."""
    return [travel.fetch(travel.trips.index[first:last]) for first, last in pairwise([0, *ends, len(travel.trips)])]


def same(one: Counts, other: Counts) -> None:
    """Both counts hold the same numbers."""
    for name in (field.name for field in fields(Counts) if field.name != "options"):
        equal(getattr(one, name), getattr(other, name))
    assert one.options.keys() == other.options.keys()
    for key, counts in one.options.items():
        equal(counts, other.options[key])


def equal(one: pd.Series | pd.DataFrame, other: pd.Series | pd.DataFrame) -> None:
    first, second = (pd.DataFrame(counts).sort_index() for counts in (one, other))
    pd.testing.assert_frame_equal(
        first, second, check_dtype=False, check_names=False, check_index_type=False, check_column_type=False
    )


@at_most(30)
@given(selections(), st.lists(st.integers(0, len(WHOLE.trips)), max_size=3).map(sorted))
def test_parts_add_up_to_the_whole(selection: Selection, ends: list[int]) -> None:
    parts = [count(one, selection) for one in parted(WHOLE, ends)]
    same(reduce(add, parts), count(WHOLE, selection))


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.key)
def test_parts_of_generated_trips_add_up(one: Filter, generated: Travel) -> None:
    selection = Selection().choose(one.key, values_of(one, generated)[::2])
    parts = [count(each, selection) for each in parted(generated, [10, 10, 400])]
    same(reduce(add, parts), count(generated, selection))


@at_most(30)
@given(selections())
def test_the_chart_of_years_lifts_only_the_filter_on_years(selection: Selection) -> None:
    lifted = select(WHOLE, selection.choose("years", ()))
    assert summarise(WHOLE, selection).years_all.to_numpy().sum() == (lifted.trips["year"] != UNKNOWN_YEAR).sum()


@at_most(10)
@given(selections(), selections())
def test_nothing_is_changed_and_no_choice_is_remembered(one: Selection, other: Selection) -> None:
    before = fingerprint(WHOLE)
    first = summarise(WHOLE, one)
    select(WHOLE, other)
    summarise(WHOLE, other)
    again = summarise(WHOLE, one)
    assert fingerprint(WHOLE) == before
    assert again.figures == first.figures
    for name in ("years", "years_all", "countries", "people", "places", "lines"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(first, name))


def test_the_world_counted_by_eye() -> None:
    summary = summarise(WHOLE, Selection())
    assert (summary.figures.trips, summary.figures.days, summary.figures.days_unknown) == (4, 10, 1)
    assert (summary.figures.days_uncertain, summary.figures.countries, summary.figures.unplaced_stops) == (1, 4, 1)
    assert summary.countries.sum(axis=1).to_dict() == {"RUS": 2, "CAN": 1, "TKL": 1, "USA": 1}
    assert summary.people[["trips", "meetings"]].to_dict("index") == {
        "vera-west": {"trips": 2, "meetings": 2},
        "omar-east": {"trips": 2, "meetings": 2},
    }
    assert summary.places[["visits", "transits"]].loc["anadyr-rus"].to_dict() == {
        "visits": 1,
        "transits": 1,
    }
    assert summary.years.loc[2018, "plane"] == 1
    assert summary.years[["plane", "car"]].to_dict("index")[2019] == {"plane": 1, "car": 1}


def test_parts_with_and_without_a_doubtful_year_add_up(travel: Travel) -> None:
    doubted = make_travel(trips=WORLD["trips"].replace("2018-12-30,2018-12-30", "2018-12/2019-01,"))
    for some in (travel, doubted):
        one, other = (count(some.fetch(some.trips.index[part]), Selection()) for part in (slice(1), slice(1, None)))
        whole = count(some, Selection()).unsure
        for summed in (add(one, other).unsure, add(other, one).unsure):
            assert summed.loc[summed.any(axis=1)].to_dict("index") == whole.to_dict("index")
    assert whole.to_dict("index")[2018, 2019]["plane"] == 1


YEARS_ALONE = ("2018", "2017-2018", "2018-2019")


def test_a_trip_of_no_certain_year_is_counted_as_possible_in_each_year_it_may_be() -> None:
    doubted = make_travel(trips=WORLD["trips"].replace("2018-12-30,2018-12-30", "2018-12/2019-01,"))
    counts = count(doubted, Selection())
    assert counts.unsure.loc[:, counts.unsure.any()].to_dict("index") == {(2018, 2019): {"plane": 1}}
    for years, trips, maybe in (("2018", 0, 1), ("2019", 2, 1), ("2018-2019", 3, 0), ("2017", 0, 0)):
        figures = summarise(doubted, Selection().choose("years", [years])).figures
        assert (years, figures.trips, figures.maybe) == (years, trips, maybe)
    drawn = {years: list(summarise(doubted, Selection().choose("years", [years])).years.index) for years in YEARS_ALONE}
    assert drawn == {"2018": [2018], "2017-2018": [2018], "2018-2019": [2018, 2019]}


def test_no_transport_is_given_to_a_doubtful_year_that_has_none_by_it() -> None:
    trips = (
        WORLD["trips"].replace("2018-12-30,2018-12-30", "2018-12/2019-01,").replace("2019-05-01,2019", "2019/2020,2019")
    )
    unsure = count(make_travel(trips=trips), Selection()).unsure
    used = unsure.loc[:, unsure.any()]
    assert used.to_dict("index") == {(2018, 2019): {"plane": 1, "car": 0}, (2019, 2020): {"plane": 0, "car": 1}}
