"""A journey that is only expected: listed and marked, and in no total of journeys made."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from dashboard import words
from dashboard.figures.charts import CHARTS
from dashboard.figures.dots import far_and_long
from dashboard.page import table
from dashboard.page.shown import Shown
from dashboard.page.trips import itinerary
from dashboard.query.counting import RULES, UNITS, total
from dashboard.query.inbound import exchanges
from dashboard.query.known_on_day import as_known
from dashboard.query.rows import place_rows, trip_rows
from dashboard.query.selection import Reading, Selection
from dashboard.query.summaries import Summary, summarise
from dashboard.travel.build import Travel
from dashboard.words.cards import Cards
from tests.world import WORLD, faults_of, make_folder, make_travel

TRIP = "N-4,ada-north,2031-05-01,2031-05-01,2031-05-03,2031-05-04,to come,,\n"
STOPS = """\
N-4,1,Whitehorse,CAN,2031-05-01,2031-05-03,plane,visit,expected
N-4,2,Anchorage,USA,2031-05-04,,plane,home,expected
"""
MEETING = "N-4,2031-05-02,Paul Pole,CAN,Whitehorse,host\n"


@pytest.fixture
def planned() -> Travel:
    return make_travel(trips=WORLD["trips"] + TRIP, stops=WORLD["stops"] + STOPS, meetings=WORLD["meetings"] + MEETING)


def everything(travel: Travel, selection: Selection | None = None) -> Summary:
    return summarise(travel, selection or Selection())


def test_the_stops_say_whether_a_journey_was_made(planned: Travel) -> None:
    assert planned.trips["status"].tolist() == ["made"] * 4 + ["planned"]


def test_one_reported_stop_makes_a_journey_made() -> None:
    stops = WORLD["stops"] + STOPS + "N-5,1,Tok,USA,2031-05-05,,car,transit,reported\n"
    travel = make_travel(
        trips=WORLD["trips"] + TRIP + TRIP.replace("N-4", "N-5").replace("2031-05-04", ""), stops=stops
    )
    assert travel.trips["status"].tolist()[-2:] == ["planned", "made"]


def test_no_total_counts_it(planned: Travel, travel: Travel) -> None:
    with_it, without = everything(planned), everything(travel)
    assert (with_it.figures.expected, without.figures.expected) == (1, 0)
    for name in ("trips", "countries", "days", "distance_km", "unplaced_stops"):
        assert getattr(with_it.figures, name) == getattr(without.figures, name)
    assert with_it.years.loc[2031:].to_numpy().sum() == 0
    assert "Paul Pole" not in with_it.people["counterpart"].tolist()
    for key, trips in without.options.items():
        assert with_it.options[key].to_dict() == trips.to_dict()
    for name in ("leaders", "transports"):
        assert getattr(with_it, name).to_dict() == getattr(without, name).to_dict()
    assert with_it.lines["trips"].sum() == without.lines["trips"].sum()


def test_it_is_counted_apart_in_words(planned: Travel, travel: Travel) -> None:
    number, amounts, _ = words.key_figures(everything(planned))
    assert number == "4 trips"
    assert amounts.endswith(", 1 expected")
    assert "expected" not in words.key_figures(everything(travel))[1]


def test_chosen_alone_it_is_no_journey_made(planned: Travel) -> None:
    number, amounts, _ = words.key_figures(everything(planned, Selection((("years", ("2031",)),))))
    assert number == "0 trips"
    assert "1 expected" in amounts


def test_lists_and_files_mark_it(planned: Travel) -> None:
    summary, cards = everything(planned), Cards()
    assert summary.newest[0] == 4
    (card,) = cards.of(summary, [4])
    assert card.when == "1–4 May 2031 (expected)"
    assert card.texts["left_home"] == "1 May 2031 (expected)"
    assert trip_rows(planned).set_index("trip_id")["status"].to_dict()["N-4"] == "planned"


def test_no_chart_draws_it(planned: Travel) -> None:
    summary, cards = everything(planned), Cards()
    for chart in CHARTS:
        assert "2031" not in str([trace for trace in chart.draw(summary, cards)["data"] if "N-4" in str(trace)])
    assert "N-4" not in str(far_and_long(summary, cards))


# Cancelled journeys: N-4 as it was cancelled


@pytest.fixture(scope="module")
def cancelled() -> Travel:
    return make_travel(
        trips=WORLD["trips"] + TRIP,
        stops=WORLD["stops"] + STOPS.replace("visit,expected", "visit,cancelled"),
        meetings=WORLD["meetings"] + MEETING.replace("Paul Pole", "Vera West"),
        evidence=WORLD["evidence"] + "N-4,trip,called off on 29 April,Example Times,,supports\n",
        reported=WORLD["reported"] + "N-4,2031-04-01,announced,,Example Times\n",
        inbound=WORLD["inbound"],
    )


def test_a_cancelled_journey_is_a_status_of_its_own(cancelled: Travel) -> None:
    assert cancelled.trips["status"].tolist() == ["made"] * 4 + ["cancelled"]
    assert trip_rows(cancelled).set_index("trip_id")["status"].to_dict()["N-4"] == "cancelled"
    assert pd.isna(trip_rows(cancelled).set_index("trip_id")["nth_of_leader"]["N-4"])


@pytest.mark.parametrize("rules", [(), *((rule.key,) for rule in RULES), tuple(rule.key for rule in RULES)])
def test_no_rule_counts_a_cancelled_journey(cancelled: Travel, travel: Travel, rules: tuple[str, ...]) -> None:
    selection = Selection().choose("rule", rules)
    with_it, without = everything(cancelled, selection), everything(travel, selection)
    assert (with_it.figures.cancelled, with_it.figures.listed) == (1, without.figures.listed + 1)
    assert replace(with_it.figures, cancelled=0, listed=without.figures.listed) == without.figures
    for unit in UNITS:
        assert total(unit.rows(with_it.selected)) == total(unit.rows(without.selected)), unit.key
    for key, trips in without.options.items():
        assert with_it.options[key].to_dict() == trips.to_dict()
    for chart in CHARTS:
        drawn = [chart.draw(one, Cards())["data"] for one in (with_it, without)]
        assert [trace["y"] for trace in drawn[0]] == [trace["y"] for trace in drawn[1]], chart.id
    assert with_it.places["visits"].to_dict() == without.places["visits"].to_dict()
    assert with_it.lines["trips"].to_dict() == without.lines["trips"].to_dict()
    assert exchanges(cancelled, selection).equals(exchanges(travel, selection))


def test_the_files_of_places_count_no_visit_of_it(cancelled: Travel, planned: Travel, travel: Travel) -> None:
    visits = place_rows(travel).set_index("place_id")["visits"].to_dict()
    for some in (cancelled, planned):
        assert place_rows(some).set_index("place_id")["visits"].to_dict() == visits


def test_it_is_said_wherever_it_is_shown(cancelled: Travel) -> None:
    summary = everything(cancelled)
    assert words.key_figures(summary)[1].endswith(", 1 cancelled")
    (card,) = Cards().of(summary, [4])
    assert (card.when, card.texts["left_home"]) == ("1–4 May 2031 (cancelled)", "1 May 2031 (cancelled)")
    told = itinerary(cancelled, 4)
    assert told["sentence"].endswith("1 to 4 May 2031 (cancelled)")
    assert told["steps"][0]["doubt"] == "cancelled"
    shown = Shown(cancelled, Reading(Selection()), summary, Cards())
    assert table.title(shown)[0] == "4 trips, 1 cancelled"
    assert "Rows 1 to 5 of 5" in table.rows(shown)


def test_known_on_a_day_it_is_no_trip_under_way(cancelled: Travel) -> None:
    assert "N-4" not in as_known(cancelled, "2031-03-31").trips["trip_id"].tolist()
    then = as_known(cancelled, "2031-05-02")
    trip = then.trips[then.trips["trip_id"] == "N-4"]
    assert (trip["status"].tolist(), trip["under_way"].tolist()) == (["cancelled"], [False])
    assert len(then.stops[then.stops["trip"] == 4]) == 2


def test_a_journey_is_cancelled_as_a_whole(tmp_path: Path) -> None:
    stops = WORLD["stops"].replace("plane,visit,reported", "plane,visit,cancelled", 1)
    assert faults_of(make_folder(tmp_path / "whole", stops=stops)) == []
    partly = WORLD["stops"].replace("2019-07,2019-07,plane,visit,reported", "2019-07,2019-07,plane,visit,cancelled", 1)
    assert faults_of(make_folder(tmp_path / "partly", stops=partly)) == [
        "stops.csv:6: N-3 has stops that were not cancelled; take this one out, and say so in the note of the trip"
    ]
