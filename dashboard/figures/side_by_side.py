"""Two selections beside each other on the same scales: one frame, one size of rings, the same years and countries."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain

import pandas as pd

from dashboard.figures.charts import CHARTS, MOST_BARS
from dashboard.figures.level_of_detail import WORLD, frame_of, middle_of, most_travelled
from dashboard.figures.map import draw_map
from dashboard.figures.style import Figure
from dashboard.query.summaries import Summary
from dashboard.words.cards import Cards

Sides = tuple[Figure, Figure]
# The charts that are compared, and the axis along which the trips are counted.
COMPARED = {"by-year": "y", "by-country": "x"}


def maps_of(one: Summary, other: Summary, kind: str) -> Sides:
    """Two maps, or globes (`kind`), of the same part of the world; rings of one size have as many visits on both."""
    drawn = [most_travelled(one), most_travelled(other)]
    both = replace(
        drawn[0],
        lines=pd.concat([each.lines for each in drawn]),
        towns=[*drawn[0].towns, *drawn[1].towns],
        places=pd.concat([each.places for each in drawn]),
        homes=pd.concat([each.homes for each in drawn]),
    )
    most = max(chain.from_iterable(each.places["visits"].tolist() for each in drawn), default=0)
    meta = {"frame": frame_of(both), "middle": middle_of(both), "trip": None, "world": WORLD, "note": "", "view": kind}
    figures = [
        draw_map(summary, each, globe=kind == "globe", most_visits=most)
        for summary, each in zip((one, other), drawn, strict=True)
    ]
    # Whoever moved one of them would compare two scales.
    first, second = (each | {"layout": each["layout"] | {"meta": meta, "dragmode": False}} for each in figures)
    return first, second


def charts_of(one: Summary, other: Summary, cards: Cards) -> dict[str, Sides]:
    """By id two of each chart that is compared: the same rows in the same order, and axes of the same length."""
    first, second = _same_rows(one, other)
    return {
        chart.id: _same_axis(chart.draw(first, cards), chart.draw(second, cards), COMPARED[chart.id])
        for chart in CHARTS
        if chart.id in COMPARED
    }


def _same_rows(one: Summary, other: Summary) -> tuple[Summary, Summary]:
    """The two with all years of both, and the countries that both together have most trips to."""
    years = one.years.index.union(other.years.index)
    every = pd.RangeIndex(int(years.min()), int(years.max()) + 1) if len(years) else pd.RangeIndex(0)
    trips = one.countries.sum(axis=1).add(other.countries.sum(axis=1), fill_value=0)
    top = trips.sort_values(ascending=False, kind="stable").index[:MOST_BARS]
    first, second = (
        replace(
            each,
            years=each.years.reindex(every, fill_value=0),
            countries=each.countries.reindex(top, fill_value=0),
        )
        for each in (one, other)
    )
    return first, second


def _same_axis(one: Figure, other: Figure, along: str) -> Sides:
    """Two figures of bars with one counting axis, that of the longest bar of both."""
    longest = max(_longest(one, along), _longest(other, along), 1)
    of_longest = one if _longest(one, along) == longest else other
    axis = of_longest["layout"][f"{along}axis"] | {"range": [0, longest * 1.05]}
    first, second = (each | {"layout": each["layout"] | {f"{along}axis": axis}} for each in (one, other))
    return first, second


def _longest(figure: Figure, along: str) -> float:
    stacks: Counter[str] = Counter()
    across = "y" if along == "x" else "x"
    for bars in figure["data"]:
        for name, length in zip(bars[across], bars[along], strict=True):
            stacks[str(name)] += length
    return max(stacks.values(), default=0)
