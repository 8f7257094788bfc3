"""The text twin of a figure: the values that it draws, as a table to be read and gone through by key."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pandas as pd

from dashboard import words
from dashboard.figures.level_of_detail import Drawn
from dashboard.language import gettext, ngettext, number
from dashboard.tables.countries import country_name
from dashboard.tables.reading import named_rows
from dashboard.tables.transport import TRANSPORT_NAMES, by, in_words
from dashboard.travel.travel import Travel

# Rows of a twin; nobody listens to more. Of countries there are never very many, and a chart leaves most of them to it.
MOST_ROWS, MOST_COUNTRIES = 60, 300


@dataclass(frozen=True)
class Row:
    """One row of a twin: what it is of, what that chooses (`country=CHN`, '' nothing), and its values as text."""

    name: str
    choice: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Twin:
    """A figure as a table: its title, the headings (of the names first), the rows, and how many more there are."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[Row, ...]
    left: int = 0


def twin(title: str, heads: Sequence[str], rows: Iterable[Row], left: int = 0, most: int = MOST_ROWS) -> Twin:
    """A twin of the first `most` rows; `left` counts those that were left out before."""
    every = tuple(rows)
    return Twin(title, tuple(heads), every[:most], left + max(len(every) - most, 0))


def used(counts: pd.DataFrame) -> list[str]:
    """The transports of which a frame of counts, a column each, has any."""
    totals = dict(zip(counts.columns, counts.to_numpy().sum(axis=0).tolist(), strict=True))
    return [mode for mode in TRANSPORT_NAMES if totals.get(mode)]


def counted(
    title: str, head: str, names: Sequence[str], choices: Sequence[str], counts: pd.DataFrame, most: int = MOST_ROWS
) -> Twin:
    """The twin of trips by transport: a row for each of `names`, with all of its trips and those by each transport."""
    modes = used(counts)
    totals = counts[modes].sum(axis=1).tolist()
    by_mode = zip(*(counts[mode].tolist() for mode in modes), strict=True) if modes else []
    rows = [
        Row(name, choice, _numbers(total, *numbers))
        for name, choice, total, numbers in zip(names, choices, totals, by_mode, strict=bool(modes))
    ]
    return twin(title, (head, gettext("Trips"), *map(by, modes)), rows, most=most)


def of_map(drawn: Drawn, travel: Travel) -> tuple[Twin, Twin]:
    """The places of the map, the most visited first, and its lines, the most travelled first."""
    visited = named_rows(drawn.places.head(MOST_ROWS))
    places = [
        Row(
            gettext("{place}, {country}", place=one.place, country=country_name(one.country_iso3)),
            f"place={one.Index}",
            _numbers(one.visits, one.transits),
        )
        for one in visited
    ]
    lines = _flow_rows(drawn) if drawn.summed else _line_rows(drawn, travel)
    left = len(drawn.places) - len(places), len(drawn.lines) - len(lines)
    heads = gettext("Way"), gettext("By"), gettext("Trips"), gettext("Distance")
    return (
        twin(gettext("Places on the map"), (gettext("Place"), gettext("Visits"), gettext("Passed")), places, left[0]),
        twin(gettext("Ways on the map"), heads, lines, left[1]),
    )


def _numbers(*values: int) -> tuple[str, ...]:
    return tuple(number(int(value)) for value in values)


def _line_rows(drawn: Drawn, travel: Travel) -> list[Row]:
    rows, names = drawn.lines.head(MOST_ROWS), travel.places["place"]
    ends = (rows[f"{end}_place_id"].map(names).tolist() for end in ("from", "to"))
    cells = rows[["mode", "trips", "certainty", "km", "shorter_km", "shorter_by"]].to_dict("records")
    return [
        Row(f"{one} – {other}", "", (in_words(leg["mode"]), number(leg["trips"]), words.leg_distance(leg)))
        for one, other, leg in zip(*ends, cells, strict=True)
    ]


def _flow_rows(drawn: Drawn) -> list[Row]:
    """Flows between countries, in which the routes between them are added up."""
    return [
        Row(
            f"{country_name(one.from_country)} – {country_name(one.to_country)}",
            "",
            (in_words(one.mode), number(one.trips), _added_up(one.routes)),
        )
        for one in named_rows(drawn.lines.head(MOST_ROWS))
    ]


def _added_up(routes: int) -> str:
    return ngettext("{number} route, added up", "{number} routes, added up", routes)
