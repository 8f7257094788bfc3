"""The text twins say what the figures draw: the same names, numbers and choices, for every selection."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard import words
from dashboard.figures import CHARTS, Chart, Twin, draw_map, most_travelled, of_map
from dashboard.figures.twins import MOST_ROWS, Row, twin
from dashboard.page.markup import render_macro
from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.travel.travel import Travel
from dashboard.words.cards import Cards
from tests.test_charts import NOTHING, QUERIES, counted
from tests.world import WORLD, make_travel

BARS = [chart for chart in CHARTS if chart.id != "far-and-long"]


def numbers(table: Twin) -> dict[str, dict[str, int]]:
    """Choice -> heading -> number, of what is not zero."""
    every = {
        row.choice: {head: int(cell.replace(",", "")) for head, cell in zip(table.heads[1:], row.cells, strict=True)}
        for row in table.rows
    }
    return {choice: {head: number for head, number in cells.items() if number} for choice, cells in every.items()}


def drawn(figure: dict[str, Any]) -> dict[str, dict[str, int]]:
    """The same of a figure of bars."""
    found: dict[str, dict[str, int]] = {}
    for trace in figure["data"]:
        lengths = trace["x"] if trace["orientation"] == "h" else trace["y"]
        for choice, length in zip(trace["customdata"], lengths, strict=True):
            cells = found.setdefault(choice.removesuffix("?"), {})
            if trace["uid"] in TRANSPORT_NAMES:
                cells[f"by {trace['uid']}"] = length
            if trace["uid"] == "possible":
                cells["More possible"] = length
            else:
                cells["Trips"] = cells.get("Trips", 0) + length
    return {choice: {head: number for head, number in cells.items() if number} for choice, cells in found.items()}


@pytest.mark.parametrize("chart", BARS, ids=lambda chart: chart.id)
@pytest.mark.parametrize("query", QUERIES)
def test_the_twin_of_bars_has_their_numbers(shipped: Travel, chart: Chart, query: str) -> None:
    summary = counted(shipped, query)
    shown = drawn(chart.draw(summary, Cards()))
    said = numbers(chart.twin(summary, Cards()))
    assert shown
    assert shown.items() <= said.items()


def test_the_twin_of_years_has_the_possible_trips_too() -> None:
    unsure = "N-9,ada-north,2018~,,,,,,\n"
    stop = "N-9,1,Anadyr,RUS,,,ship,visit,reported\n"
    summary = counted(make_travel(trips=WORLD["trips"] + unsure, stops=WORLD["stops"] + stop), "")
    chart = next(one for one in CHARTS if one.id == "by-year")
    shown, said = drawn(chart.draw(summary, Cards())), numbers(chart.twin(summary, Cards()))
    assert shown == {choice: cells for choice, cells in said.items() if choice in shown}


@pytest.mark.parametrize("query", QUERIES)
def test_the_twin_of_the_dots_has_their_distances_and_days(shipped: Travel, query: str) -> None:
    summary = counted(shipped, query)
    chart = next(one for one in CHARTS if one.id == "far-and-long")
    dots = {
        choice: (trace["uid"], days, words.round_km(km, down=True), words.round_km(km))
        for trace in chart.draw(summary, Cards())["data"]
        for choice, km, days in zip(trace["customdata"], trace["x"], trace["y"], strict=True)
    }
    rows = chart.twin(summary, Cards()).rows
    assert dots.keys() == {row.choice for row in rows}
    for row in rows:
        transport, days, *distances = dots[row.choice]
        far, how_long, by = row.cells
        assert (how_long.rstrip("?"), by) == (str(days), transport)
        assert far.endswith(tuple(distances))


@pytest.mark.parametrize("query", QUERIES)
def test_the_twin_of_the_map_has_its_places_and_lines(shipped: Travel, query: str) -> None:
    summary = counted(shipped, query)
    on_the_map = most_travelled(summary)
    places, lines = of_map(on_the_map, summary.travel)
    traces = {trace["uid"]: trace for trace in draw_map(summary, on_the_map)["data"]}
    assert [row.choice for row in places.rows] == traces["places"]["customdata"][:MOST_ROWS]
    for row, said in zip(places.rows, traces["places"]["hovertext"], strict=True):
        visits = int(row.cells[0])
        assert f"<br>{visits:,} visit{'' if visits == 1 else 's'}" in said
    texts = [
        text for uid, trace in traces.items() if uid.endswith(("-recorded", "-inferred")) for text in trace["text"]
    ]
    assert len(lines.rows) == len(texts)
    for row in lines.rows:
        assert any(text.startswith(f"<b>{row.name}</b><br>") and row.cells[2] in text for text in texts), row


def test_of_nothing_a_twin_says_so(shipped: Travel) -> None:
    summary = counted(shipped, NOTHING)
    for one in (*(chart.twin(summary, Cards()) for chart in CHARTS), *of_map(most_travelled(summary), summary.travel)):
        said = render_macro("twins", "table", one)
        assert ": none." in said or not any(numbers(one).values())


def test_a_long_twin_counts_what_it_leaves_out() -> None:
    rows = [Row(f"Town {number}", "", ("1",)) for number in range(MOST_ROWS + 10)]
    long = twin("Places", ("Place", "Visits"), rows, left=5)
    assert (len(long.rows), long.left) == (MOST_ROWS, 15)
    assert "and 15 more" in render_macro("twins", "table", long)
