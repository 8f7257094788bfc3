"""The chart of how far and how long: a dot for each trip, and a count where several lie on each other."""

from __future__ import annotations

from dashboard.figures.axes import on_axes
from dashboard.figures.style import CARD_HALO, INK, SOFT, TRANSPORT_BY_NAME, Figure, axis
from dashboard.figures.twins import MOST_ROWS, Row, Twin, twin
from dashboard.language import gettext, ngettext
from dashboard.query.summaries import MOST_RECENT, Summary
from dashboard.tables.transport import TRANSPORT_NAMES, in_words
from dashboard.words.cards import Cards, Dot

# Dots nearer than this part of either axis hide each other; so many of them are named.
NEAR = 0.02
MOST_NAMED = 8


def far_and_long(summary: Summary, cards: Cards) -> Figure:
    """Each trip by distance and days away, in the symbol of its transport; a click opens the trip."""
    known = [dot for _, dot in _known(summary, cards)]
    together = _together(known)
    by_mode = [[dot for dot in known if dot.transport == mode] for mode in TRANSPORT_NAMES]
    xaxis = axis(
        title={"text": gettext("km"), "font": {"size": 11, "color": SOFT}}, rangemode="tozero", tickformat="~s"
    )
    yaxis = axis(title={"text": gettext("days"), "font": {"size": 11, "color": SOFT}}, rangemode="tozero", nticks=5)
    counts = [_count(group) for group in together if len(group) > 1]
    traces = [_dots(of_mode, together) for of_mode in by_mode if of_mode]
    return on_axes(traces, xaxis=xaxis, yaxis=yaxis, hovermode="closest", annotations=counts)


def _known(summary: Summary, cards: Cards) -> list[tuple[int, Dot]]:
    """Number and dot of the trips whose distance and days are known."""
    numbers = summary.newest.tolist()
    every = zip(numbers, cards.dots(summary, numbers), strict=True)
    return [(number, dot) for number, dot in every if dot.made and dot.distance_km >= 0 and dot.days > 0]


def _together(dots: list[Dot]) -> list[list[Dot]]:
    """The dots in groups of which each hides the others; most stand alone."""
    far = NEAR * max((dot.distance_km for dot in dots), default=0)
    long = NEAR * max((dot.days for dot in dots), default=0)
    groups: list[list[Dot]] = []
    for dot in dots:
        near = (one for one in groups if _is_near(dot, one[0], far, long))
        group = next(near, None)
        if group is None:
            groups.append([dot])
        else:
            group.append(dot)
    return groups


def _is_near(one: Dot, other: Dot, far: float, long: float) -> bool:
    return abs(one.distance_km - other.distance_km) <= far and abs(one.days - other.days) <= long


def _count(group: list[Dot]) -> Figure:
    """How many dots lie on each other, beside them."""
    return {
        "x": group[0].distance_km,
        "y": group[0].days,
        "text": f"<b>×{len(group)}</b>",
        "showarrow": False,
        "xshift": 9,
        "yshift": 11,
        "font": {"size": 11, "color": INK, "shadow": CARD_HALO},
    }


def _dots(dots: list[Dot], together: list[list[Dot]]) -> Figure:
    """The trips of one transport."""
    transport = TRANSPORT_BY_NAME[dots[0].transport]
    group_of = {dot.trip_id: group for group in together for dot in group}
    return {
        "type": "scatter",
        "mode": "markers",
        "uid": dots[0].transport,
        "x": [round(dot.distance_km) for dot in dots],
        "y": [int(dot.days) for dot in dots],
        "text": [dot.text for dot in dots],
        "hovertext": [_says(dot, group_of[dot.trip_id]) for dot in dots],
        "customdata": [f"trip={dot.trip_id}" for dot in dots],
        "marker": {"color": transport.colour, "symbol": transport.symbol, "size": 9},
        "hovertemplate": "%{hovertext}<extra></extra>",
    }


def _says(dot: Dot, group: list[Dot]) -> str:
    """A dot's own words, and those of the dots that it hides."""
    others = [one.text for one in group if one is not dot]
    more = len(others) - MOST_NAMED
    rest = [gettext("and {number} more", number=more)] if more > 0 else []
    return "<br>".join([dot.text, *others[:MOST_NAMED], *rest])


def trips_twin(summary: Summary, cards: Cards) -> Twin:
    """The dots as a table."""
    numbers = [number for number, _ in _known(summary, cards)]
    listed = cards.of(summary, numbers[:MOST_ROWS])
    rows = [
        Row(
            f"{one.where}, {one.when}",
            f"trip={one.trip_id}",
            (one.texts["distance_km"], one.texts["days"], in_words(one.texts["transport"])),
        )
        for one in listed
    ]
    heads = gettext("Trip"), gettext("Distance"), gettext("Days"), gettext("By")
    return twin(gettext("Trips by distance and days"), heads, rows, len(numbers) - len(rows))


def farthest(summary: Summary, cards: Cards) -> str:
    """The trip with the longest way."""
    trip = summary.farthest
    if trip is None:
        return gettext("No distance known")
    return gettext("Farthest: {trip}", trip=cards.of(summary, [trip])[0].farthest)


def no_dots(summary: Summary) -> str:
    """Why there is no dot: days or distances are not known."""
    figures = summary.figures
    if figures.days_unknown == figures.trips:
        return ngettext(
            "No days are known for this trip.", "No days are known for these {number} trips.", figures.trips
        )
    return ngettext(
        "Days and distance are not both known for this trip.",
        "Days and distance are not both known for any of these {number} trips.",
        figures.trips,
    )


def not_drawn(summary: Summary, cards: Cards) -> str:
    """The trips without a dot, where others have one; the oldest of very many have none either."""
    drawn = len(_known(summary, cards))
    left = summary.figures.trips - drawn
    if not drawn or left <= 0:
        return ""
    if summary.figures.trips > MOST_RECENT:
        return ngettext(
            "and {number} more trip: an older one, or one whose days or distance are not known",
            "and {number} more trips: older ones, and those whose days or distance are not known",
            left,
        )
    return ngettext(
        "and {number} more trip whose days or distance are not known",
        "and {number} more trips whose days or distance are not known",
        left,
    )
