"""What holds for a time: the terms and posts of a leader, the names and countries of a place."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from dashboard.figures import CHARTS
from dashboard.page.trips import itinerary
from dashboard.query.counting import UNIT_BY_KEY, total
from dashboard.query.offices import offices
from dashboard.query.rows import stop_rows, trip_rows
from dashboard.query.selection import describe, read, select, transformed
from dashboard.query.summaries import Summary, summarise
from dashboard.query.table_pages import holds
from dashboard.travel.travel import Travel
from dashboard.words.cards import Cards
from tests.world import WORLD, changed, faults_of, header, make_folder, make_travel

# N-8 was in Saint Petersburg when it was Leningrad, before Ada's term; N-9 in Moscow as places.csv lists it of then.
OLD = """\
N-8,ada-north,1985-05-01,,,1985-05-04,to Leningrad,,
N-9,ada-north,1987-06-01,,,1987-06-03,to Moscow,,
"""
THERE = """\
N-8,1,Saint Petersburg,RUS,1985-05-02,1985-05-03,plane,visit,reported
N-8,2,Anchorage,USA,1985-05-04,,plane,home,reported
N-9,1,Moscow,SUN,1987-06-02,1987-06-02,plane,visit,reported
N-9,2,Saint Petersburg,RUS,1987,1987,plane,visit,reported
N-9,3,Anchorage,USA,1987-06-03,,plane,home,reported
"""
MOSCOW = "Moscow,{},55.75,37.62,city,,reviewed,,,yes,,,,,,,,\n"
NAMES = "Moscow,RUS,1922-12-30,1991-12-26,Moscow,SUN,Example Atlas,\n"
TERM = """\
ada-north,governor,1985-01-01,1985-12-31,Example Times,
ada-north,president,1993-01-20,1997-01-19,Example Times,
"""


@pytest.fixture(scope="module")
def old() -> Travel:
    return make_travel(
        trips=WORLD["trips"] + OLD,
        stops=WORLD["stops"] + THERE,
        meetings=WORLD["meetings"] + "N-8,1985-05-02,Vera West,SUN,Saint Petersburg,host\n",
        places=WORLD["places"] + MOSCOW.format("RUS") + MOSCOW.format("SUN"),
        place_names=WORLD["place_names"] + NAMES,
        terms=WORLD["terms"] + TERM,
    )


def counted(travel: Travel, query: str) -> Summary:
    reading = read(query, travel)
    assert reading.ignored == ()
    return summarise(travel, reading.selection)


def by_country(summary: Summary) -> dict[str, int]:
    return {str(country): int(trips) for country, trips in summary.countries.sum(axis=1).items()}


def test_totals_by_country_as_at_the_time_and_as_of_today(old: Travel) -> None:
    assert by_country(counted(old, "leader=ada-north")) == {"RUS": 2, "SUN": 2, "CAN": 1, "USA": 1}
    assert by_country(counted(old, "leader=ada-north&rule=todays-countries")) == {"RUS": 4, "CAN": 1, "USA": 1}


def test_which_of_the_two_it_is_is_said(old: Travel) -> None:
    query = "leader=ada-north&rule=todays-countries"
    assert "with places and countries as of today" in describe(old, read(query, old).selection)
    chart = next(one for one in CHARTS if one.id == "by-country")
    assert chart.answer(counted(old, ""), Cards()).endswith("; countries as at the time")
    assert chart.answer(counted(old, query), Cards()).endswith("; countries as of today")
    assert "countries as" not in chart.answer(counted(make_travel(), ""), Cards()), "no stop of that time"


def test_a_country_of_then_can_be_chosen_and_a_rule_counts_it_once(old: Travel) -> None:
    assert counted(old, "country=SUN").selected.trips["trip_id"].tolist() == ["N-8", "N-9"]
    assert counted(old, "country=SUN&rule=todays-countries").figures.trips == 0
    for rule in ("", "&rule=todays-countries"):
        chosen = select(old, read(f"years=1980-1990{rule}", old).selection)
        assert total(UNIT_BY_KEY["country visit"].rows(chosen)) == 2, "two towns of one country, then and now"


def test_the_place_has_its_name_of_then_on_the_page_and_in_files(old: Travel) -> None:
    stops = stop_rows(old).set_index(["trip_id", "stop"])
    first = {name: stops.at[("N-8", 1), name] for name in ("place", "country", "place_id")}
    assert first == {"place": "Leningrad", "country": "Soviet Union", "place_id": "saint-petersburg-rus"}
    assert stops.loc[("N-9", 2), "place"] == "Leningrad"
    assert stops.loc[("N-3", 2), "place"] == "Saint Petersburg", "in 2019"
    rows = trip_rows(old).set_index("trip_id")
    assert (rows.at["N-8", "places"], rows.at["N-8", "countries_iso3"]) == ("Leningrad", "SUN")
    told = itinerary(old, old.numbers_of(["N-8"])["N-8"])
    assert told["steps"][0]["place"] == "Leningrad"
    assert told["steps"][0]["met"][0].startswith("met Vera West (Soviet Union)"), "the meeting follows its place"
    today = trip_rows(transformed(old, read("rule=todays-countries", old).selection)).set_index("trip_id")
    assert (today.at["N-8", "places"], today.at["N-8", "countries_iso3"]) == ("Saint Petersburg", "RUS")
    assert today.loc["N-9", "countries_iso3"] == "RUS"


def test_the_map_has_one_ring_for_a_place_and_search_finds_either_name(old: Travel) -> None:
    assert counted(old, "").places.at["saint-petersburg-rus", "visits"] == 3
    for text in ("leningrad", "Saint Petersburg"):
        assert "N-8" in old.trips.loc[holds(old, text), "trip_id"].tolist()


def test_a_day_that_leaves_the_period_open_changes_nothing() -> None:
    stops = WORLD["stops"] + THERE.replace("1985-05-02,1985-05-03", "1991,1991")
    travel = make_travel(
        trips=WORLD["trips"] + OLD.replace("1985-05-01,,,1985-05-04", ",,,"),
        stops=stops.replace("N-8,2,Anchorage,USA,1985-05-04", "N-8,2,Anchorage,USA,"),
        places=WORLD["places"] + MOSCOW.format("SUN"),
    )
    assert trip_rows(travel).set_index("trip_id").at["N-8", "places"] == "Saint Petersburg"


def test_several_terms_and_posts_and_trips_out_of_office(old: Travel) -> None:
    held = offices(old).set_index(old.trips["trip_id"])
    assert held["in_office"].to_dict() == {
        "N-1": "yes", "N-2": "yes", "N-3": "yes", "S-1": "", "N-8": "yes", "N-9": "no"}  # fmt: skip
    assert held["posts"].to_dict() == {
        "N-1": "president", "N-2": "president; chair of the party", "N-3": "president", "S-1": "", "N-8": "governor",
        "N-9": ""}  # fmt: skip


def test_the_card_says_in_which_office_a_trip_was_made(old: Travel) -> None:
    numbers = old.numbers_of(["N-2", "N-9", "S-1"])
    said = {name: itinerary(old, number)["office"] for name, number in numbers.items()}
    assert said == {
        "N-2": "In office: president; chair of the party.",
        "N-9": "Out of office: no term that is known holds this day.",
        "S-1": "",
    }
    (card,) = Cards().of(counted(old, ""), [numbers["N-9"]])
    assert card.when == "1–3 Jun 1987 (not in office)"


@pytest.mark.parametrize(("left", "state"), [("2016", "no"), ("2017", "perhaps"), ("2017-01-20", "yes"), ("", "")])
def test_a_day_that_leaves_it_open_is_perhaps_in_office(left: str, state: str) -> None:
    trips = WORLD["trips"].replace(
        "N-2,ada-north,2019-05-01,2019-05-01,2019-05-01,2019-05-01", f"N-2,ada-north,{left},,,"
    )
    stops = WORLD["stops"].replace("Whitehorse,CAN,2019-05-01,2019-05-01", "Whitehorse,CAN,,")
    travel = make_travel(trips=trips, stops=stops.replace("N-2,2,Anchorage,USA,2019-05-01", "N-2,2,Anchorage,USA,"),
                         terms=header("terms"))  # fmt: skip
    assert offices(travel)["in_office"].tolist()[1] == state


def test_a_beginning_that_is_not_known_is_no_proof() -> None:
    leaders = WORLD["leaders"].replace("2017-01-20,,", ",2019-06-01,")
    held = offices(make_travel(leaders=leaders, terms=header("terms")))
    assert held["in_office"].tolist() == ["perhaps", "perhaps", "no", ""]


@pytest.mark.parametrize(
    ("tables", "fault"),
    [
        (changed("terms", "ada-north", "ada-nort"),
         "terms.csv:2: unknown leader 'ada-nort'; did you mean ada-north?"),
        (changed("terms", "2019-06-30", "2018-06-30"),
         "terms.csv:2: in_office_until 2018-06-30 is before in_office_from 2019-03-01; correct one of the two"),
        (changed("place_names", "Saint Petersburg,RUS", "Sankt Petersburg,RUS"),
         "place_names.csv:2: unknown place 'Sankt Petersburg', RUS; did you mean saint-petersburg-rus? Correct it, or"
         " add it to places.csv and run python -m dashboard geocode"),
        ({"place_names": WORLD["place_names"] + "Saint Petersburg,RUS,1990,1992,Piter,RUS,Example Atlas,\n"},
         "place_names.csv:3: Saint Petersburg had another name when it was 'Piter';"
         " let one period end before the next begins"),
    ],
)  # fmt: skip
def test_a_wrong_period_is_a_fault(tmp_path: Path, tables: dict[str, str], fault: str) -> None:
    assert faults_of(make_folder(tmp_path / "data", **tables)) == [fault]


def test_every_shipped_trip_was_made_in_office(shipped: Travel) -> None:
    held = offices(shipped)
    assert set(held["in_office"]) == {"yes"}
    number = shipped.numbers_of(["KJU-04"])["KJU-04"]
    assert itinerary(shipped, number)["office"] == (
        "In office: leader of North Korea; chairman of the Workers' Party of Korea; chairman of the State Affairs"
        " Commission."
    )
    assert isinstance(held, pd.DataFrame)
