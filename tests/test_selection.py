"""Rules that hold for every filter, and for any query string."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.query.filters import BY_KEY, FILTERS, Filter
from dashboard.query.selection import MAX_CHOICES, OPEN, Reading, Selection, describe, read, select, write
from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.travel.build import Travel
from tests.world import header, make_travel

WHOLE = make_travel()
# Values of the filters that a pattern decides.
PATTERNED = {"years": ("2018", "2019", "2018-2019", "1900-2100"), "sources": ("1", "2")}
each_filter = pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.key)


def values_of(one: Filter, travel: Travel) -> list[str]:
    """All values of a filter; where a pattern decides, some that have trips."""
    return list(one.known(travel)) or list(PATTERNED[one.key])


def ids(travel: Travel) -> list[str]:
    return list(travel.trips["trip_id"])


def having(one: Filter) -> list[str]:
    """Trips of the world that have a value for a filter: S-1 has no year; N-2 met nobody; two have no source."""
    lacking = {"years": {"S-1"}, "met": {"N-2"}, "sources": {"N-2", "S-1"}}.get(one.key, set())
    return [trip for trip in ids(WHOLE) if trip not in lacking]


@st.composite
def selections(draw: st.DrawFn) -> Selection:
    """Any choice of known values, and any trip or none."""
    selection = Selection(trip=draw(st.sampled_from(["", *ids(WHOLE)])))
    for one in FILTERS:
        chosen = draw(st.lists(st.sampled_from(values_of(one, WHOLE)), unique=True, max_size=4))
        selection = selection.choose(one.key, chosen)
    return selection


@each_filter
def test_everything_chosen_keeps_every_trip_that_has_a_value(one: Filter) -> None:
    everything = Selection().choose(one.key, values_of(one, WHOLE))
    assert ids(select(WHOLE, everything)) == having(one)


def test_nothing_chosen_is_everything() -> None:
    assert select(WHOLE, Selection()) is WHOLE
    assert write(Selection()) == ""
    assert read("", WHOLE) == read("?", WHOLE) == Reading(Selection())


@each_filter
def test_each_value_survives_the_address_and_can_be_said(one: Filter) -> None:
    for value in values_of(one, WHOLE):
        selection = Selection().choose(one.key, [value])
        assert read(write(selection), WHOLE) == Reading(selection)
        assert one.name(WHOLE, value) in describe(WHOLE, selection)
        assert select(WHOLE, selection).trips["trip_id"].isin(having(one)).all()


@each_filter
def test_two_values_mean_either(one: Filter) -> None:
    first, last = values_of(one, WHOLE)[0], values_of(one, WHOLE)[-1]
    either = ids(select(WHOLE, Selection().choose(one.key, [first, last])))
    alone = [ids(select(WHOLE, Selection().choose(one.key, [value]))) for value in (first, last)]
    assert either == [trip for trip in ids(WHOLE) if trip in alone[0] + alone[1]]


@given(selections())
def test_any_selection_survives_the_address(selection: Selection) -> None:
    assert read(write(selection), WHOLE) == Reading(selection)
    assert read(write(selection).removeprefix("?"), WHOLE) == Reading(selection)


@given(selections())
def test_filters_only_narrow_and_the_tables_agree(selection: Selection) -> None:
    kept = select(WHOLE, selection)
    for key, values in selection.chosen:
        assert set(ids(kept)) <= set(ids(select(WHOLE, Selection().choose(key, values))))
    for name in ("stops", "meetings", "evidence"):
        rows, every = getattr(kept, name), getattr(WHOLE, name)
        assert rows.equals(every[every["trip"].isin(kept.trips.index)])


@given(selections(), st.sampled_from(FILTERS), st.data())
def test_toggling_twice_changes_nothing_that_is_kept(selection: Selection, one: Filter, data: st.DataObject) -> None:
    if one.single:
        return
    value = data.draw(st.sampled_from(values_of(one, WHOLE)))
    twice = selection.toggle(one.key, value).toggle(one.key, value)
    assert set(twice.values(one.key)) == set(selection.values(one.key))
    assert ids(select(WHOLE, twice)) == ids(select(WHOLE, selection))


@pytest.mark.parametrize("one", BY_KEY.values(), ids=BY_KEY)
def test_a_click_replaces_what_was_chosen_where_only_one_can_be(one: Filter) -> None:
    days = {"known": ("2019-01-01", "2019-07-01")}
    first, last = (list(one.known(WHOLE)) or (PATTERNED | days)[one.key])[:2]
    one_alone = one.key in ("years", "sources", "known", "unit")
    chosen = Selection().toggle(one.key, first).toggle(one.key, last).values(one.key)
    assert chosen == ((last,) if one_alone else (first, last))


@given(
    st.text()
    | st.lists(st.tuples(st.sampled_from([*BY_KEY, OPEN, "x", ""]), st.text())).map(
        lambda pairs: "&".join(f"{key}={value}" for key, value in pairs)
    )
)
def test_no_query_raises_and_what_is_ignored_is_named(query: str) -> None:
    reading = read(query, WHOLE)
    assert read(write(reading.selection), WHOLE) == Reading(reading.selection)
    assert all(reading.ignored)
    assert describe(WHOLE, reading.selection)


@given(st.text(min_size=1, alphabet=st.characters(codec="utf-8", exclude_characters="&=+%?#")))
def test_every_strange_value_is_named(value: str) -> None:
    for one in FILTERS:
        if not one.refusals(WHOLE, [value]):
            continue
        reading = read(f"{one.key}={value}", WHOLE)
        assert reading.selection == Selection()
        assert reading.ignored[0].startswith(f"{one.key}={value}")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        (
            "colour=red",
            f"colour is not a filter: the filters are {', '.join([*BY_KEY, OPEN])}",
        ),
        ("leader=x", "leader=x is unknown: write one of ada-north, ben-south"),
        ("leader=", "leader= is unknown: write one of ada-north, ben-south"),
        ("years=2019-2018", "years=2019-2018: write a year or a range in order, as years=2018 or years=2018-2019"),
        ("years=19", "years=19: write a year or a range in order, as years=2018 or years=2018-2019"),
        (
            "transport=rocket",
            f"transport=rocket is unknown: write one of {', '.join(TRANSPORT_NAMES)}",
        ),
        ("country=rus", "country=rus is unknown: write one of CAN, RUS, SUN, TKL, USA"),
        ("trip=N-9", "trip=N-9 is unknown: write the trip_id of a row of the table"),
    ],
)
def test_what_is_ignored_says_what_to_write(query: str, said: str) -> None:
    assert read(query, WHOLE) == Reading(Selection(), (said,))


@pytest.mark.parametrize(
    ("met", "said"),
    [
        ("", "met=x is unknown: choose it on the page to see how it is written"),
        ("N-1,2018-12-31,Vera West,RUS,Anadyr,host\n", "met=x is unknown: write one of vera-west"),
    ],
)
def test_what_can_be_written_is_listed_where_there_is_any(met: str, said: str) -> None:
    world = make_travel(meetings=header("meetings") + met)
    assert read("met=x", world).ignored == (said,)


@pytest.mark.parametrize(
    ("query", "trips"),
    [
        ("leader=ada-north", ["N-1", "N-2", "N-3"]),
        ("years=2018", ["N-1"]),
        ("years=2018-2019&transport=plane", ["N-1", "N-3"]),
        ("country=RUS", ["N-1", "N-3"]),
        ("place=anadyr-rus", ["N-1", "N-3"]),
        ("place=saint-petersburg-rus", ["N-3"]),
        ("met=vera-west&met=omar-east", ["N-1", "N-3", "S-1"]),
        ("met=vera-west&leader=ben-south", []),
        ("trip=N-2", ["N-1", "N-2", "N-3", "S-1"]),
    ],
)
def test_which_trips_a_query_keeps(query: str, trips: list[str]) -> None:
    reading = read(query, WHOLE)
    assert (ids(select(WHOLE, reading.selection)), reading.ignored) == (trips, ())


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "All leaders travelled abroad by any transport"),
        (
            "leader=ada-north&years=2018-2019&transport=plane&transport=car",
            "Ada North travelled abroad 2018 to 2019 by plane or car",
        ),
        (
            "country=RUS&place=anadyr-rus&met=vera-west",
            "All leaders travelled abroad by any transport, visiting Russia, stopping at Anadyr, meeting Vera West",
        ),
    ],
)
def test_a_selection_says_itself(query: str, said: str) -> None:
    assert describe(WHOLE, read(query, WHOLE).selection) == said


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("xi-jinpin", "did you mean xi-jinping, jiang-zemin?"),
        ("qqqqqqqqqqqq", "choose it on the page to see how it is written"),
    ],
)
def test_of_many_values_the_nearest_are_named(shipped: Travel, value: str, advice: str) -> None:
    assert read(f"met={value}", shipped).ignored == (f"met={value} is unknown: {advice}",)


def test_only_the_first_strange_values_are_looked_up(shipped: Travel) -> None:
    ignored = read("&".join(f"met=xi-jinpin{letter}" for letter in "abcd"), shipped).ignored
    assert ["did you mean" in one for one in ignored] == [True, True, True, False]
    assert ignored[3] == "met=xi-jinpind is unknown: choose it on the page to see how it is written"


def test_a_click_toggles_sets_lifts_or_begins_anew() -> None:
    plane = Selection().act("transport=plane")
    assert plane.act("transport=car").values("transport") == ("plane", "car")
    assert plane.act("transport=plane") == Selection()
    assert plane.act("transport:=car").values("transport") == ("car",)
    assert plane.act("years:=2018").act("transport=") == Selection().choose("years", ["2018"])
    assert plane.act("=trip=N-1") == Selection(trip="N-1")
    assert plane.act("sort:=days").act("=") == Selection()


def test_so_many_choices_are_read_and_no_more(travel: Travel) -> None:
    assert read("&".join(["transport=plane"] * MAX_CHOICES), travel).ignored == ()
    assert read("&".join(["transport=plane"] * (MAX_CHOICES + 1)), travel).ignored == (
        f"only the first {MAX_CHOICES} of {MAX_CHOICES + 1} choices are used",
    )
