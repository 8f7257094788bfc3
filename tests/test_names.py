"""Names in another language: shown instead of the English ones, and nothing else is different."""

from __future__ import annotations

import pytest

from dashboard.language import KOREAN, speaking
from dashboard.query.inbound import exchanges
from dashboard.query.selection import Selection, describe, read, select
from dashboard.query.summaries import summarise
from dashboard.query.table_pages import holds
from dashboard.travel.build import Travel
from dashboard.travel.names import in_language
from dashboard.words import quotable
from tests.world import WORLD, make_travel

CHOICES = ("", "leader=ada-north", "place=anadyr-rus", "country=RUS", "met=vera-west", "rule=without-dmz")


def with_korean(table: str, **names: str) -> str:
    """A table of the world with names in Korean by what its row begins with."""
    head, *rows = WORLD[table].splitlines()
    named = (row + next((name for key, name in names.items() if row.startswith(key)), "") for row in rows)
    return "\n".join([head, *named, ""])


@pytest.fixture(scope="module")
def english() -> Travel:
    places = with_korean("places", Anadyr="아나디리", Anchorage="앵커리지")
    return make_travel(places=places, leaders=with_korean("leaders", ada="에이다 노스"))


@pytest.fixture(scope="module")
def korean(english: Travel) -> Travel:
    return in_language(english, "ko")


def test_without_names_the_data_are_the_same_ones(travel: Travel, english: Travel) -> None:
    assert in_language(travel, "ko") is travel
    assert in_language(english, "xx") is english


def test_names_are_shown_where_there_are_some_and_english_ones_elsewhere(korean: Travel, english: Travel) -> None:
    assert korean.leaders["name"].tolist() == ["에이다 노스", "Ben South"]
    assert korean.leaders["home_place"].tolist()[0] == "앵커리지"
    assert korean.stops["place"].tolist()[:3] == ["아나디리", "앵커리지", "Whitehorse"]
    assert korean.meetings["place"].tolist()[:2] == ["아나디리", "Saint Petersburg"]
    names = korean.places[["place", "other_names"]].loc[["anadyr-rus"]]
    assert names.to_numpy().tolist() == [["아나디리", "Anadyr"]]
    assert korean.in_english is english


@pytest.mark.parametrize("query", CHOICES)
def test_every_address_chooses_the_same(korean: Travel, english: Travel, query: str) -> None:
    reading, same = read(query, korean), read(query, english)
    assert reading == same
    assert select(korean, reading.selection).trips["trip_id"].tolist() == (
        select(english, same.selection).trips["trip_id"].tolist()
    )
    shown, counted = summarise(korean, reading.selection).figures, summarise(english, same.selection).figures
    assert shown == counted


def test_who_met_whom_is_the_same(korean: Travel, english: Travel) -> None:
    ids = ["leader_id", "met", "made", "received", "elsewhere"]
    assert exchanges(korean, Selection())[ids].equals(exchanges(english, Selection())[ids])


@pytest.mark.parametrize("text", ["아나디리", "anadyr", "에이다", "Ada North", "러시아"])
def test_the_search_finds_a_name_in_both_languages(korean: Travel, text: str) -> None:
    with speaking(KOREAN):
        assert "N-1" in korean.trips["trip_id"][holds(korean, text)].tolist()


def test_a_trip_is_said_in_korean(korean: Travel) -> None:
    with speaking(KOREAN):
        assert quotable(korean, 0) == (
            "에이다 노스의 확인된 순방 중 1번째: 2018년 12월 30일 ~ 2019년 1월 2일, 아나디리 방문(항공기 이용)"
        )
        assert describe(korean, read("leader=ada-north&years=2018-2019&country=RUS", korean).selection) == (
            "에이다 노스의 해외 순방, 2018~2019년, 모든 교통수단, 러시아 방문"
        )


def test_the_shipped_names_are_in_korean_letters(shipped: Travel) -> None:
    names = [*shipped.places["name_ko"], *shipped.leaders["name_ko"]]
    assert sum(map(bool, names)) > 50
    assert all("가" <= letter <= "힣" for name in names for letter in name)
