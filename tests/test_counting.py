"""The counting rules and units: what each changes, and by how much over the shipped journeys."""

from __future__ import annotations

import pytest

from dashboard.query.counting import RULES, UNITS, Rule, apply, first_of_trip, total
from dashboard.query.selection import read, select
from dashboard.query.summaries import summarise
from dashboard.tables.schema import UNITS as NAMED
from dashboard.travel.build import Travel
from tests.world import WORLD, make_travel

BEFORE = "leader=kim-jong-un&years=2011-2022"


def counted(travel: Travel, rules: tuple[str, ...], query: str) -> dict[str, int]:
    """Unit -> how many of it these rules count."""
    seen = apply(travel, rules)
    chosen = select(seen, read(query, seen).selection)
    return {unit.key: total(unit.rows(chosen)) for unit in UNITS}


def test_the_published_counts_by_the_switch_of_the_dmz(shipped: Travel) -> None:
    assert counted(shipped, (), BEFORE)["trip"] == 9
    assert counted(shipped, ("without-dmz",), BEFORE)["trip"] == 7


def test_every_unit_of_the_nine(shipped: Travel) -> None:
    assert counted(shipped, (), BEFORE) == {"trip": 9, "country visit": 9, "stop": 16, "meeting": 13, "day": 33}


def test_a_country_passed_through_counts_where_the_rule_says_so(shipped: Travel) -> None:
    query = "leader=kim-jong-un&country=CHN"
    assert counted(shipped, (), query)["trip"] == 5
    assert counted(shipped, ("with-transit",), query)["trip"] == 6


def test_one_journey_to_two_countries_as_one_or_two(shipped: Travel) -> None:
    query = "leader=kim-jong-il"
    assert counted(shipped, (), query)["trip"] == 10
    assert counted(shipped, ("per-country",), query)["trip"] == 11
    both = counted(shipped, ("per-country", "with-transit"), "leader=kim-jong-un&years=2019")
    assert both["trip"] == both["country visit"] == 5


def test_a_trip_that_visited_no_country_counts_once_whatever_the_rule() -> None:
    passing = make_travel(stops=WORLD["stops"].replace("car,visit,reported", "car,transit,reported"))
    assert counted(passing, (), "")["trip"] == 4
    # N-3 visits two countries.
    assert counted(passing, ("per-country",), "")["trip"] == 5


def test_no_way_home_and_no_transit_is_a_visit_for_the_first_time() -> None:
    stops = make_travel().stops
    first = first_of_trip(stops, "country_iso3")
    assert set(stops.loc[first.to_numpy(), "kind"]) == {"visit"}
    assert first.sum() == 5


def planned() -> Travel:
    """The tiny world with its day in Whitehorse only expected."""
    stops = (
        WORLD["stops"]
        .replace("car,visit,reported", "car,visit,expected")
        .replace("car,home,reported", "car,home,expected")
    )
    return make_travel(stops=stops)


def test_a_planned_journey_counts_only_where_the_rule_says_so() -> None:
    travel = planned()
    for unit in UNITS:
        without, made = counted(travel, (), "")[unit.key], counted(make_travel(), (), "")[unit.key]
        assert counted(travel, ("with-planned",), "")[unit.key] == made
        assert without < made or unit.key == "meeting"
    for rule, trips in (("", 3), ("?rule=with-planned", 4)):
        assert summarise(travel, read(rule, travel).selection).figures.trips == trips


# The shipped data have no planned journey, and no place that lay in another country.
@pytest.mark.parametrize(
    "rule", [one for one in RULES if one.key not in ("with-planned", "todays-countries")], ids=lambda rule: rule.key
)
def test_every_rule_says_itself_and_changes_some_count(shipped: Travel, rule: Rule) -> None:
    assert rule.label
    assert rule.usual
    assert rule.phrase
    assert counted(shipped, (rule.key,), "") != counted(shipped, (), "")
    assert rule.apply(shipped) is not shipped


def test_the_data_are_never_changed_by_a_rule(shipped: Travel) -> None:
    before = {name: getattr(shipped, name).copy() for name in ("trips", "stops", "meetings")}
    apply(shipped, [rule.key for rule in RULES])
    assert all(getattr(shipped, name).equals(frame) for name, frame in before.items())


def test_the_units_are_those_that_a_statement_can_be_about() -> None:
    assert [unit.key for unit in UNITS] == list(NAMED[: len(UNITS)])
