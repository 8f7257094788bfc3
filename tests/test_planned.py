"""A journey that is only expected: listed and marked, and in no total of journeys made."""

from __future__ import annotations

import pytest

from dashboard import words
from dashboard.figures.charts import CHARTS, far_and_long
from dashboard.query.rows import trip_rows
from dashboard.query.selection import Selection
from dashboard.query.summaries import Summary, summarise
from dashboard.travel.build import Travel
from dashboard.words.cards import Cards
from tests.world import WORLD, make_travel

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
