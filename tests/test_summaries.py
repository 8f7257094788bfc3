"""Every view counts the same trips, and counting changes nothing."""

from __future__ import annotations

from dataclasses import fields

import pandas as pd
import pytest
from hypothesis import given, settings

from dashboard.query.filters import BY_KEY, MENUS
from dashboard.query.selection import Selection, read, select
from dashboard.query.summaries import Summary, summarise
from dashboard.travel.build import UNKNOWN_YEAR, Travel
from tests.test_selection import WHOLE, ids, selections


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
    """All totals are those of the selected trips, counted here in the plainest way."""
    trips, stops = selected.trips, selected.stops
    visits = stops[stops["kind"] == "visit"]
    assert sorted(summary.part(summary.newest).trips["trip_id"]) == sorted(ids(selected))
    assert summary.figures.trips == len(trips)
    assert summary.figures.days == trips["days"].sum()
    assert summary.figures.days_unknown == trips["days"].isna().sum()
    assert summary.figures.distance_km == pytest.approx(trips["distance_km"].sum())
    assert summary.figures.distance_unknown == trips["distance_km"].isna().sum()
    assert summary.figures.countries == visits["country_iso3"].nunique()
    assert summary.years.to_numpy().sum() == (trips["year"] != UNKNOWN_YEAR).sum()
    per_country = visits.drop_duplicates(["trip", "country_iso3"])["country_iso3"].astype(str).value_counts()
    assert summary.countries.sum(axis=1).to_dict() == per_country.to_dict()
    assert summary.people["meetings"].sum() == len(selected.meetings)
    per_person = selected.meetings.drop_duplicates(["trip", "met"])["met"].astype(str).value_counts()
    assert summary.people["trips"].to_dict() == per_person.to_dict()
    placed = set(selected.places.index[selected.places["latitude_deg"].notna()])
    places, lines = summary.places(summary.place_order), summary.lines(summary.line_order)
    assert places["visits"].sum() == visits["place_id"].isin(placed).sum()
    assert places["transits"].sum() == (stops["kind"].eq("transit") & stops["place_id"].isin(placed)).sum()
    drawn = stops[stops["pair"].isin(selected.lines.index[selected.lines["drawn"]])]
    per_line = drawn.drop_duplicates(["trip", "pair"]).groupby("pair")["trip"]
    assert lines["trips"].to_dict() == per_line.size().to_dict()
    assert lines["trip"].to_dict() == per_line.max().to_dict()


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


@given(selections())
def test_each_option_counts_what_choosing_it_gives(selection: Selection) -> None:
    summary = summarise(WHOLE, selection)
    for key, counts in summary.options.items():
        for value in BY_KEY[key].known(WHOLE):
            chosen = select(WHOLE, selection.choose(key, [value]))
            assert counts.get(value, 0) == len(chosen.trips), (key, value)


def test_options_are_filters() -> None:
    assert {one.key for one in MENUS} <= set(BY_KEY)


@given(selections())
def test_the_chart_of_years_lifts_only_the_filter_on_years(selection: Selection) -> None:
    lifted = select(WHOLE, selection.choose("years", ()))
    assert summarise(WHOLE, selection).years_all.to_numpy().sum() == (lifted.trips["year"] != UNKNOWN_YEAR).sum()


@settings(max_examples=25)
@given(selections(), selections())
def test_nothing_is_changed_and_no_choice_is_remembered(one: Selection, other: Selection) -> None:
    before = fingerprint(WHOLE)
    first = summarise(WHOLE, one)
    select(WHOLE, other)
    summarise(WHOLE, other)
    again = summarise(WHOLE, one)
    assert fingerprint(WHOLE) == before
    assert again.figures == first.figures
    for name in ("years", "years_all", "countries", "people"):
        pd.testing.assert_frame_equal(getattr(again, name), getattr(first, name))
    pd.testing.assert_frame_equal(again.places(again.place_order), first.places(first.place_order))
    pd.testing.assert_frame_equal(again.lines(again.line_order), first.lines(first.line_order))


def test_the_world_counted_by_eye() -> None:
    summary = summarise(WHOLE, Selection())
    assert (summary.figures.trips, summary.figures.days, summary.figures.days_unknown) == (4, 10, 1)
    assert (summary.figures.days_uncertain, summary.figures.countries, summary.figures.unplaced_stops) == (1, 4, 1)
    assert summary.countries.sum(axis=1).to_dict() == {"RUS": 2, "CAN": 1, "TKL": 1, "USA": 1}
    assert summary.people[["trips", "meetings"]].to_dict("index") == {
        "vera-west": {"trips": 2, "meetings": 2},
        "omar-east": {"trips": 2, "meetings": 2},
    }
    assert summary.places(summary.place_order)[["visits", "transits"]].loc["anadyr-rus"].to_dict() == {
        "visits": 1,
        "transits": 1,
    }
    assert summary.years.loc[2018, "plane"] == 1
    assert summary.years[["plane", "car"]].to_dict("index")[2019] == {"plane": 1, "car": 1}
