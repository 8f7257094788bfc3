"""What the map draws of much: bounded, the strongest first, added up between countries, and all of it counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from dashboard.figures import draw_map, most_travelled
from dashboard.figures.level_of_detail import FEW_HOMES, MOST_LINES
from dashboard.figures.map import MOST_MARKED, strokes
from dashboard.figures.open_trip import legs_in_words
from dashboard.figures.style import CARD, SEA
from dashboard.query.filters import BY_KEY
from dashboard.query.selection import Selection
from dashboard.query.summaries import Summary, summarise
from dashboard.travel.build import Travel, load
from tests.benchmarks.generate import write_folder

SINGAPORE = (100.0, -5.0, 110.0, 5.0)


@pytest.fixture(scope="module")
def summary(shipped: Travel) -> Summary:
    return summarise(shipped, Selection())


def country_of(travel: Travel, place: str) -> str:
    return str(travel.places.at[place, "country_iso3"])


def test_what_fits_is_drawn_as_it_is(summary: Summary) -> None:
    drawn = most_travelled(summary)
    assert (drawn.summed, drawn.note) == (False, "")
    assert drawn.lines["trips"].tolist() == summary.lines["trips"].tolist()


def test_more_lines_than_can_be_drawn_are_added_up_between_countries(summary: Summary, shipped: Travel) -> None:
    drawn, lines = most_travelled(summary, most=20), summary.lines
    one, other = ([country_of(shipped, place) for place in lines[f"{end}_place_id"]] for end in ("from", "to"))
    abroad = lines[np.array(one) != np.array(other)]
    assert drawn.summed
    assert drawn.lines["trips"].sum() == abroad["trips"].sum()
    assert drawn.lines["routes"].sum() == len(abroad)
    assert drawn.lines["trips"].is_monotonic_decreasing
    assert drawn.note == (
        f"Drawn: {len(drawn.lines)} flows between countries, which add up {len(abroad)} of {len(lines)} routes;"
        " zoom in or filter for more."
    )


def test_both_ways_between_two_countries_are_one_flow(summary: Summary) -> None:
    rows = most_travelled(summary, most=20).lines
    flows = [(mode, *sorted(ends)) for mode, *ends in rows[["mode", "from_country", "to_country"]].to_numpy().tolist()]
    assert len(flows) == len(set(flows))
    assert all(one != other for _, one, other in flows)


def test_a_flow_joins_the_busiest_towns_of_its_two_countries(summary: Summary, shipped: Travel) -> None:
    rows = most_travelled(summary, most=20).lines
    for end in ("from", "to"):
        assert [country_of(shipped, place) for place in rows[f"{end}_place_id"]] == rows[f"{end}_country"].tolist()
    ends = {*rows["from_place_id"], *rows["to_place_id"]}
    assert {"pyongyang-prk", "beijing-chn"} <= ends
    assert len(ends) == len({country_of(shipped, place) for place in ends})


def test_a_click_on_a_flow_chooses_the_country_abroad(summary: Summary, shipped: Travel) -> None:
    traces = draw_map(summary, most_travelled(summary, most=20))["data"]
    choices = {choice for trace in traces if "meta" in trace for choice in trace["customdata"]}
    assert choices
    known = set(BY_KEY["country"].known(shipped))
    assert {choice.removeprefix("country=") for choice in choices} <= known
    assert "country=PRK" not in choices


def test_a_closer_view_has_the_routes_themselves(summary: Summary) -> None:
    closer = most_travelled(summary, SINGAPORE, most=40)
    assert most_travelled(summary, most=40).summed
    assert not closer.summed
    assert 0 < len(closer.lines) <= 40
    assert f"the {len(closer.lines)} most travelled of {len(summary.lines)} routes" in closer.note


def test_where_flows_would_be_as_many_the_strongest_routes_are_drawn(tmp_path: Path) -> None:
    # Made-up travel between capitals: each route has a pair of countries of its own.
    write_folder(tmp_path, trips=3_000, seed=1)
    travel = load(tmp_path)
    summary = summarise(travel, Selection())
    drawn = most_travelled(summary)
    assert not drawn.summed
    assert len(drawn.lines) == MOST_LINES < len(summary.lines)
    assert drawn.lines["trips"].min() >= summary.lines["trips"].iloc[MOST_LINES]
    assert drawn.note.startswith(f"Drawn: the {MOST_LINES} most travelled of {len(summary.lines):,} routes")


def test_few_lines_and_places_are_drawn_wherever_the_map_looks(summary: Summary) -> None:
    there, everywhere = most_travelled(summary, SINGAPORE), most_travelled(summary)
    assert there.lines.index.tolist() == everywhere.lines.index.tolist()
    assert there.places.index.tolist() == everywhere.places.index.tolist()


@pytest.mark.parametrize(("homes", "named"), [(1, True), (FEW_HOMES, True), (FEW_HOMES + 1, False)])
def test_many_homes_are_drawn_small_and_without_a_name(summary: Summary, homes: int, named: bool) -> None:
    drawn = most_travelled(summary)
    many = replace(drawn, homes=pd.concat([drawn.homes.head(1)] * homes))
    (stars,) = (one for one in draw_map(summary, many)["data"] if one["uid"] == "homes")
    assert len(stars["lon"]) == homes
    assert (stars["mode"] == "markers+text", stars["marker"]["size"] > 10) == (named, named)


@pytest.mark.parametrize(("globe", "around"), [(False, SEA), (True, CARD)])
def test_the_map_fills_its_card_and_never_jumps_to_what_is_drawn(summary: Summary, globe: bool, around: str) -> None:
    geo = draw_map(summary, most_travelled(summary), globe=globe)["layout"]["geo"]
    assert (geo["fitbounds"], geo["domain"], geo["bgcolor"]) == (False, {"x": [0, 1], "y": [0, 1]}, around)


@pytest.mark.parametrize(("lines", "marked"), [(1, True), (MOST_MARKED, True), (MOST_MARKED + 1, False)])
def test_the_legend_shows_strokes_as_the_map_draws_them(summary: Summary, lines: int, marked: bool) -> None:
    drawn = most_travelled(summary)
    rows = pd.concat([drawn.lines.head(1)] * lines)
    some = replace(drawn, lines=rows, towns=drawn.towns[:1] * lines)
    (classes,) = strokes(some).values()
    assert ("marked" in classes) == marked
    (middles,) = (one for one in draw_map(summary, some)["data"] if one["uid"].endswith("-middles"))
    assert (middles["mode"] == "markers") == marked


def test_the_legs_of_the_open_trip_are_numbered_from_one_with_their_days(travel: Travel) -> None:
    assert [label for _, label, _ in legs_in_words(travel.fetch([0]), travel.places["place"])] == [
        "1 · 30 Dec 2018",
        "2 · 2 Jan 2019",
    ]
