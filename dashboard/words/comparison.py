"""Two selections beside each other, in words: what is more, what is less, what both have, and what one has alone."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.language import gettext, listed, ngettext, number
from dashboard.query.filters import BY_KEY
from dashboard.query.summaries import Summary
from dashboard.tables.countries import country_name
from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.words.sentences import days_away, distance

Pair = tuple[str, str]
# More names than these are counted.
MOST_NAMED = 8


def told_apart(one: Summary, other: Summary) -> Pair:
    """What each of two selections is called: the choices in which they differ, such as the leader, or the years."""
    keys = [key for key in BY_KEY if one.selection.values(key) != other.selection.values(key)]
    first, second = (", ".join(_chosen(each, key) for key in keys) for each in (one, other))
    return first or gettext("first selection"), second or gettext("second selection")


def _chosen(summary: Summary, key: str) -> str:
    names = [BY_KEY[key].name(summary.travel, value) for value in summary.selection.values(key)]
    return listed(names, "or") if names else gettext("any {filter}", filter=gettext(BY_KEY[key].label).lower())


def differences(one: Summary, other: Summary) -> list[str]:
    """The difference between two selections, sentence by sentence: trips, countries, transport, days, ways, people."""
    names, figures = told_apart(one, other), (one.figures, other.figures)
    away = (days_away(figures[0]), days_away(figures[1]))
    far = (distance(each.distance_km or float("nan"), each.at_least) for each in figures)
    met = (one.people["counterpart"].tolist(), other.people["counterpart"].tolist())
    return [
        _trips(names, figures[0].trips, figures[1].trips),
        _countries(names, one, other),
        *_by_transport(names, one, other),
        _beside(names, away),
        _beside(names, tuple(far)),
        *_shared(names, met, gettext("People met by both: {names}."), gettext("People met, {one} alone: {names}.")),
    ]


def _trips(names: Pair, one: int, other: int) -> str:
    says = [ngettext("{number} trip", "{number} trips", count) for count in (one, other)]
    return _counted(names, (says[0], says[1]), other - one)


def _countries(names: Pair, one: Summary, other: Summary) -> str:
    counts = one.figures.countries, other.figures.countries
    says = [ngettext("{number} country", "{number} countries", count) for count in counts]
    visited = [[country_name(str(code)) for code in each.countries.index] for each in (one, other)]
    which = _shared(names, visited, gettext("Both: {names}."), gettext("{one} alone: {names}."))
    return " ".join([_counted(names, (says[0], says[1]), counts[1] - counts[0]), *which])


def _counted(names: Pair, says: Pair, more: int) -> str:
    """Such as `Kim Jong Un: 11 trips. Kim Jong Il: 10 trips, 1 fewer.`."""
    if not more:
        return gettext("{one}: {count}. {other}: {count}, as many.", one=names[0], other=names[1], count=says[0])
    values = {"one": names[0], "count": says[0], "other": names[1], "others": says[1], "difference": number(abs(more))}
    if more > 0:
        return gettext("{one}: {count}. {other}: {others}, {difference} more.", **values)
    return gettext("{one}: {count}. {other}: {others}, {difference} fewer.", **values)


def _beside(names: Pair, says: tuple[str, ...]) -> str:
    return gettext("{one}: {count}. {other}: {others}.", one=names[0], count=says[0], other=names[1], others=says[1])


def _shared(names: Pair, each: Sequence[list[str]], of_both: str, of_one: str) -> list[str]:
    """What both have, and what each has alone, as these sentences say it; nothing of what there is none of."""
    both = [name for name in each[0] if name in each[1]]
    alone = zip(names, ([name for name in side if name not in both] for side in each), strict=True)
    said = [of_both.format(names=_some(both))] if both else []
    return said + [of_one.format(one=name, names=_some(others)) for name, others in alone if others]


def _some(names: list[str]) -> str:
    rest = len(names) - MOST_NAMED
    more = [ngettext("{number} more", "{number} more", rest)] if rest > 0 else []
    return listed([*names[:MOST_NAMED], *more])


def _by_transport(names: Pair, one: Summary, other: Summary) -> list[str]:
    """For each transport that one of them has, how many of the trips it is on either side."""
    used = [mode for mode in TRANSPORT_NAMES if one.transports.get(mode, 0) or other.transports.get(mode, 0)]
    return [
        gettext(
            "By {transport}: {one} {count} of {trips}, {other} {others} of {of_others}.",
            transport=gettext("unknown transport") if mode == "unknown" else gettext(mode),
            one=names[0],
            count=number(int(one.transports.get(mode, 0))),
            trips=number(one.figures.trips),
            other=names[1],
            others=number(int(other.transports.get(mode, 0))),
            of_others=number(other.figures.trips),
        )
        for mode in used
    ]
