"""The year strip and the charts: each answers the question in its title, and a click on it filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard import words
from dashboard.figures.axes import on_axes, with_words
from dashboard.figures.dots import far_and_long, farthest, no_dots, not_drawn, trips_twin
from dashboard.figures.style import CARD, INK, SOFT, TRANSPORT_BY_NAME, Figure, axis, layout, plain
from dashboard.figures.twins import MOST_COUNTRIES, MOST_ROWS, Row, Twin, counted, twin, used
from dashboard.language import gettext, marked, ngettext, number
from dashboard.query.counting import TODAYS_COUNTRIES
from dashboard.query.filters import DOUBT
from dashboard.query.summaries import Summary
from dashboard.tables.countries import country_name
from dashboard.tables.transport import by_what
from dashboard.words.cards import Cards

MOST_BARS = 8
FADED = 0.3
# The part of a bar that stands for trips which may have left home in its years, and not surely.
POSSIBLE = "possible"
# So many bars of single years are drawn, and so many with an outline; more are too thin on a telephone.
MOST_APART, MOST_OUTLINED = 150, 60


@dataclass(frozen=True)
class Chart:
    """One chart: its id, the question it answers, the answer, its figure, and the text twin of that.

    `nothing` says why nothing is drawn of trips that there are, `left` what the figure leaves out ('' nothing).
    """

    id: str
    question: str
    answer: Callable[[Summary, Cards], str]
    draw: Callable[[Summary, Cards], Figure]
    twin: Callable[[Summary, Cards], Twin]
    nothing: Callable[[Summary], str]
    left: Callable[[Summary, Cards], str] = lambda _, __: ""

    def figure(self, summary: Summary, cards: Cards) -> Figure:
        """The figure, or in its place why there is none."""
        figure = self.draw(summary, cards)
        return figure if figure["data"] else with_words(figure, self.nothing(summary) if summary.figures.trips else "")


def _bar(mode: str, x: list[Any], y: list[Any], choices: list[str], *, across: bool = False) -> Figure:
    transport = TRANSPORT_BY_NAME[mode]
    marker = {"color": transport.colour, "line": {"color": CARD, "width": 1}}
    if transport.pattern:
        stroke = {"shape": transport.pattern, "size": 6, "solidity": 0.15}
        marker["pattern"] = stroke | {"fillmode": "overlay", "fgcolor": CARD}
    return {
        "type": "bar",
        "name": mode,
        "uid": mode,
        "orientation": "h" if across else "v",
        "x": x,
        "y": y,
        "customdata": choices,
        "marker": marker,
        "hovertemplate": f"{_hover(mode, across=across)}<extra></extra>",
    }


def _hover(mode: str, *, across: bool) -> str:
    """What hovering over a bar says, with Plotly's places for its name and its length."""
    name, trips = ("%{y}", "%{x}") if across else ("%{x}", "%{y}")
    return gettext("{name}: {trips} by {transport}", name=name, trips=trips, transport=by_what(mode))


def _count_axis(largest: float) -> Figure:
    """An axis of whole numbers; Plotly would halve the steps of a short one."""
    return axis(tickformat=",d", **({"dtick": 1} if largest < 6 else {"nticks": 6}))


def _year_axis(years: list[int]) -> Figure:
    """An axis of whole years; Plotly thins its labels out to what fits, but would halve the years of a short span.

    Where a bar is more than a year the axis says so.
    """
    few = {"dtick": 1} if len(years) < 8 else {}
    ends = [min(years, default=0) - 0.6, max(years, default=1) + 0.6]
    size = years_a_bar(len(years))
    title = (
        {
            "title": {
                "text": gettext("each bar is {number} years", number=number(size)),
                "font": {"size": 11, "color": SOFT},
            }
        }
        if size > 1
        else {}
    )
    return axis(range=ends, tickformat="d", tickangle=0, showgrid=False, **few, **title)


def years_a_bar(years: int) -> int:
    """How many years a bar stands for, so that on a telephone too each bar is wider than a point."""
    return next(size for size in (1, 10, 100, 1000) if years <= MOST_APART * size)


def _year_bars(counts: pd.DataFrame, unsure: pd.DataFrame) -> list[Figure]:
    """Trips a year by transport, or in ten years, or a hundred, where single years would be too thin to be seen.

    Those that are not sure to lie in a bar's years stand on top of it, hatched.
    """
    size = years_a_bar(len(counts))
    spans, choices, binned = _by_bar(counts, unsure)
    middles = [(start + end) / 2 if size > 1 else start for start, end in spans]
    bars = [_bar(mode, middles, binned[mode].tolist(), choices) for mode in used(binned)]
    possible = _possible(unsure, spans)
    if any(possible):
        bars.append(_hatched(middles, possible, [f"{choice}{DOUBT}" for choice in choices]))
    for bar in bars:
        # Thin bars would be nothing but their outline.
        bar["marker"]["line"]["width"] = 1 if len(spans) <= MOST_OUTLINED else 0
        if size > 1:
            bar["width"] = [size * 0.8] * len(spans)
            bar["hovertext"] = [_span(start, end) for start, end in spans]
            bar["hovertemplate"] = bar["hovertemplate"].replace("%{x}", "%{hovertext}")
    return bars


def _by_bar(counts: pd.DataFrame, unsure: pd.DataFrame) -> tuple[list[tuple[int, int]], list[str], pd.DataFrame]:
    """For each bar its first and last year, what it chooses, and its trips by transport."""
    size = years_a_bar(len(counts))
    starts = list(dict.fromkeys(year // size * size for year in counts.index.tolist()))
    spans = [(start, start + size - 1) for start in starts]
    choices = [f"years={start:04}" if size == 1 else f"years={start:04}-{end:04}" for start, end in spans]
    return spans, choices, _binned(counts, unsure, size).reindex(starts, fill_value=0)


def _binned(counts: pd.DataFrame, unsure: pd.DataFrame, size: int) -> pd.DataFrame:
    """Trips by the first year of each bar: a trip of no certain year may still surely lie in a bar of ten."""
    first, last = (unsure.index.get_level_values(end) // size * size for end in ("first", "last"))
    settled = unsure.set_axis(first)[(first == last).tolist()]
    every = pd.concat([counts.set_axis(counts.index // size * size), settled])
    return every.groupby(level=0).sum().astype("int64")


def _possible(unsure: pd.DataFrame, spans: Sequence[tuple[int, int]]) -> list[int]:
    """For each span of years how many trips may have left home in it, and not surely."""
    first, last = (unsure.index.get_level_values(name).to_numpy() for name in ("first", "last"))
    trips = unsure.to_numpy().sum(axis=1)
    touches = [(first <= end) & (last >= start) for start, end in spans]
    surely = [(first >= start) & (last <= end) for start, end in spans]
    return [int(trips[one & ~other].sum()) for one, other in zip(touches, surely, strict=True)]


def _possible_hover() -> str:
    return gettext("{year}: {trips} more possible, the day of leaving is not certain", year="%{x}", trips="%{y}")


def _hatched(middles: list[Any], possible: list[int], choices: list[str]) -> Figure:
    """The part of each bar that is only possible."""
    pattern = {"shape": "/", "size": 5, "solidity": 0.3, "fillmode": "replace", "fgcolor": SOFT, "bgcolor": CARD}
    return {
        "type": "bar",
        "name": POSSIBLE,
        "uid": POSSIBLE,
        "orientation": "v",
        "x": middles,
        "y": possible,
        "customdata": choices,
        "marker": {"color": SOFT, "line": {"color": SOFT, "width": 1}, "pattern": pattern},
        "hovertemplate": _possible_hover() + "<extra></extra>",
    }


def by_year(summary: Summary, _: Cards) -> Figure:
    """Trips a year, stacked by transport, those only possible hatched on top; a click chooses what the part shows."""
    counts = summary.years
    years = [int(year) for year in counts.index]
    bars = _year_bars(counts, summary.unsure)
    largest = max((sum(stack) for stack in zip(*(bar["y"] for bar in bars), strict=True)), default=0)
    return on_axes(bars, bargap=0.3, xaxis=_year_axis(years), yaxis=_count_axis(largest))


def _span(start: int, end: int) -> str:
    if start == end:
        return gettext("{year}", year=start)
    return gettext("{first_year}–{last_year}", first_year=start, last_year=end)


def years_twin(title: str, counts: pd.DataFrame, unsure: pd.DataFrame) -> Twin:
    """The bars of the years as a table, the last year first."""
    spans, choices, binned = _by_bar(counts, unsure)
    names = [_span(start, end) for start, end in spans]
    sure = counted(title, gettext("Year"), names[::-1], choices[::-1], binned.iloc[::-1])
    possible = _possible(unsure, spans[::-1])
    if not any(possible):
        return sure
    rows = [replace(row, cells=(*row.cells, str(more))) for row, more in zip(sure.rows, possible, strict=False)]
    return replace(sure, heads=(*sure.heads, gettext("More possible")), rows=tuple(rows))


def _countries_twin(summary: Summary, _: Cards) -> Twin:
    countries = summary.countries
    codes = [str(code) for code in countries.index]
    names = [country_name(code) for code in codes]
    choices, title = [f"country={code}" for code in codes], gettext("Trips by country visited")
    return counted(title, gettext("Country"), names, choices, countries, MOST_COUNTRIES)


def _people_twin(summary: Summary, _: Cards) -> Twin:
    people = summary.people.head(MOST_ROWS)
    trips = zip(people.index, people["counterpart"].tolist(), people["trips"].tolist(), strict=True)
    rows = [Row(str(name), f"met={met}", (number(count),)) for met, name, count in trips]
    return twin(
        gettext("Trips by person met"), (gettext("Person"), gettext("Trips")), rows, len(summary.people) - len(people)
    )


def by_country(summary: Summary, _: Cards) -> Figure:
    """Trips by country visited, stacked by transport; a click chooses the country."""
    top = summary.countries.head(MOST_BARS)
    codes = [str(code) for code in top.index]
    names = [country_name(code) for code in codes]
    choices = [f"country={code}" for code in codes]
    bars = [_bar(mode, top[mode].tolist(), names, choices, across=True) for mode in used(top)]
    yaxis = axis(autorange="reversed", showgrid=False, dtick=1, tickfont={"size": 12, "color": INK})
    return on_axes(bars, bargap=0.35, xaxis=_count_axis(top.sum(axis=1).max()), yaxis=yaxis)


def by_person(summary: Summary, _: Cards) -> Figure:
    """Trips by counterpart met; a click chooses the person."""
    top = summary.people.head(MOST_BARS)
    bar = {
        "type": "bar",
        "orientation": "h",
        "uid": "people",
        "x": top["trips"].tolist(),
        "y": [plain(name) for name in top["counterpart"]],
        "customdata": [f"met={slug}" for slug in top.index],
        "marker": {"color": SOFT},
        "hovertemplate": gettext("{name}: met on {trips} trips", name="%{y}", trips="%{x}") + "<extra></extra>",
    }
    yaxis = axis(autorange="reversed", showgrid=False, dtick=1, tickfont={"size": 12, "color": INK})
    return on_axes([bar] if len(top) else [], bargap=0.35, xaxis=_count_axis(top["trips"].max()), yaxis=yaxis)


def _more_countries(summary: Summary, _: Cards) -> str:
    """`and 117 more countries`: those that do not fit among the bars."""
    more = len(summary.countries) - MOST_BARS
    return ngettext("and {number} more country", "and {number} more countries", more) if more > 0 else ""


def _more_people(summary: Summary, _: Cards) -> str:
    more = len(summary.people) - MOST_BARS
    return ngettext("and {number} more person", "and {number} more people", more) if more > 0 else ""


def _quiet_years(summary: Summary, _: Cards) -> str:
    years, as_of = summary.years, summary.travel.data_as_of
    unsure = max(summary.figures.trips - int(years.to_numpy().sum()), 0)
    answer = words.quiet_years(years, as_of, set(summary.maybe.index), unsure)
    if not summary.maybe.index.isin(years.index).any():
        return answer
    return gettext("{answer}; hatched: trips that may have begun in that year", answer=answer)


def _most_visited(summary: Summary, _: Cards) -> str:
    """Where to most often; where places lay in other countries at other times, by which of them they are counted."""
    said, then = words.most_visited(summary.countries), summary.travel.place_names["name_country_iso3"]
    if TODAYS_COUNTRIES in summary.selection.values("rule"):
        return gettext("{answer}; countries as of today", answer=said)
    if summary.countries.index.isin(then).any():
        return gettext("{answer}; countries as at the time", answer=said)
    return said


CHARTS = (
    Chart(
        "by-year",
        marked("How many trips a year, by what?"),
        _quiet_years,
        by_year,
        lambda s, _: years_twin(gettext("Trips by year"), s.years, s.unsure),
        nothing=lambda s: ngettext(
            "The year of this trip is not known.", "No year of these {number} trips is known.", s.figures.trips
        ),
    ),
    Chart(
        "by-country",
        marked("Where to?"),
        _most_visited,
        by_country,
        _countries_twin,
        nothing=lambda s: ngettext(
            "No country visited on this trip is on record.",
            "No country visited on these {number} trips is on record.",
            s.figures.trips,
        ),
        left=_more_countries,
    ),
    Chart("far-and-long", marked("How far and how long?"), farthest, far_and_long, trips_twin, no_dots, not_drawn),
    Chart(
        "by-person",
        marked("Who was met?"),
        lambda s, _: words.most_met(s.people),
        by_person,
        _people_twin,
        nothing=lambda s: ngettext(
            "No meeting on this trip is on record.", "No meeting on these {number} trips is on record.", s.figures.trips
        ),
        left=_more_people,
    ),
)


def year_strip(summary: Summary, chosen: tuple[tuple[int, int], ...]) -> Figure:
    """Trips of every year under the map, whatever years are chosen; the chosen ranges are shaded, the rest faded."""
    counts = summary.years_all
    years = [int(year) for year in counts.index]
    half = (years_a_bar(len(years)) - 1) / 2
    bars = _year_bars(counts, summary.unsure)
    for bar in bars:
        inside = [not chosen or any(a <= x + half and x - half <= z for a, z in chosen) for x in bar["x"]]
        bar["marker"]["opacity"] = [1 if now else FADED for now in inside]
    shades = [
        {"type": "rect", "xref": "x", "yref": "paper", "x0": first - 0.5, "x1": last + 0.5, "y0": 0, "y1": 1,
         "fillcolor": INK, "opacity": 0.08, "line": {"width": 0}, "layer": "below"}
        for first, last in chosen
    ]  # fmt: skip
    strip = {
        "data": bars,
        "layout": layout(
            barmode="stack",
            bargap=0.3,
            dragmode="select",
            selectdirection="h",
            selections=[],
            margin={"l": 4, "r": 4, "t": 6, "b": 20 if years_a_bar(len(years)) == 1 else 34},
            xaxis=_year_axis(years),
            yaxis=axis(visible=False),
            shapes=shades,
        ),
    }
    return strip if bars else with_words(strip, "")
