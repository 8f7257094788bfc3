"""The sentence of one trip, and what its list says around it."""

from __future__ import annotations

import pytest

from dashboard import words
from dashboard.page.trips import trip_list
from dashboard.query.selection import read
from dashboard.query.summaries import summarise
from dashboard.tables.dates import say_in_full
from dashboard.travel.build import Travel
from dashboard.words.cards import Cards
from tests.world import make_travel


@pytest.mark.parametrize(
    ("number", "said"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (22, "22nd"), (111, "111th")],
)
def test_ordinals(number: int, said: str) -> None:
    assert words.ordinal(number) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2023-09-10", "2023-09-19", "10 to 19 September 2023"),
        ("2018-03-25", "2018-04-02", "25 March to 2 April 2018"),
        ("2018-12-30", "2019-01-02", "30 December 2018 to 2 January 2019"),
        ("2019-05-01", "2019-05-01", "1 May 2019"),
        ("2025-09-01", "2025-09-05?", "1 September 2025 to 5 September 2025 (not confirmed)"),
        ("2001-01", "", "January 2001"),
        ("", "", ""),
    ],
)
def test_days_in_full(first: str, last: str, said: str) -> None:
    assert say_in_full(first, last) == said


def test_the_sentence_that_can_be_quoted(shipped: Travel) -> None:
    number = shipped.numbers_of(["KJU-10"])["KJU-10"]
    assert words.quotable(shipped, number) == (
        "Kim Jong Un's 10th known trip abroad: by train to Vostochny Cosmodrome, Komsomolsk-on-Amur, Artyom and"
        " Vladivostok, 10 to 19 September 2023"
    )


def test_a_trip_of_which_little_is_known_is_not_numbered() -> None:
    world = make_travel()
    assert words.quotable(world, world.numbers_of(["S-1"])["S-1"]) == "Ben South's trip abroad: to Nukunonu"


def test_the_list_numbers_every_trip_and_names_the_leader_where_there_are_several(shipped: Travel) -> None:
    every = trip_list(summarise(shipped, read("", shipped).selection), Cards())
    assert "Kim Jong Un&#39;s 10th known trip abroad" in every
    assert "Kim Jong Il&#39;s 10th known trip abroad" in every
    alone = trip_list(summarise(shipped, read("leader=kim-jong-un", shipped).selection), Cards())
    assert alone.count("known trip abroad</b>") == 11
    assert "Un&#39;s" not in alone


def test_the_open_trip_leads_to_its_neighbours_in_the_selection(shipped: Travel) -> None:
    listed = trip_list(
        summarise(shipped, read("leader=kim-jong-un&transport=train", shipped).selection), Cards(), "KJU-10"
    )
    assert (
        'id="trip-earlier" data-choose="trip:=KJU-06"' in listed
        or 'id="trip-earlier" data-choose="trip:=KJU-0' in listed
    )
    assert 'id="trip-later" data-choose="trip:=KJU-11"' in listed


def test_a_trip_outside_the_selection_says_so(shipped: Travel) -> None:
    listed = trip_list(
        summarise(shipped, read("leader=kim-jong-un&transport=plane", shipped).selection), Cards(), "KJU-10"
    )
    assert "This trip is not among those selected." in listed
    assert 'data-choose="=trip=KJU-10"' in listed
    assert (
        read("leader=kim-jong-un&transport=plane", shipped).selection.act("=trip=KJU-10")
        == read("trip=KJU-10", shipped).selection
    )


def test_a_card_follows_the_counting_rule(shipped: Travel) -> None:
    cards = Cards()
    for query, nth in (("trip=KJU-10", "10th"), ("rule=without-dmz", "8th"), ("", "10th")):
        summary = summarise(shipped, read(query, shipped).selection)
        assert cards.of(summary, shipped.numbers_of(["KJU-10"]).values())[0].texts["nth_of_leader"] == nth
