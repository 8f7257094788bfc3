"""The account of an import in findings: what is amiss, once for all its rows, what costs most first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import groupby
from shlex import quote

from dashboard.geocoding.states import GIVEN_AS
from dashboard.importers.imported import Imported, counted
from dashboard.language import gettext, marked, ngettext, number
from dashboard.tables import countries
from dashboard.tables.dates import PLAIN_DAY, bounds

# What is amiss with a row, the worst first; a note is of the table as a whole.
KINDS = {
    "left out": marked("Left out"),
    "no year": marked("Kept without a year"),
    "no day": marked("Kept without a day"),
    "no place": marked("Kept without a place on the map"),
    "doubtful": marked("Kept, but worth a look"),
    "note": marked("The table as a whole"),
}


# Fields whose answers are days.
DAYS = ("left_home", "arrived", "left", "back_home")


@dataclass(frozen=True)
class Finding:
    """One thing that is amiss with `count` rows, `where` names: `trips.csv:3-5, 9`.

    `asked` names the text that an answer could replace in all of them (`country:Italia`), `offered` what it may mean.
    """

    kind: str
    what: str
    count: int
    where: str
    asked: str = ""
    offered: tuple[str, ...] = ()


def findings(imported: Imported) -> list[Finding]:
    """Everything said of the rows, each once, by kind as in `KINDS`, and of a kind what is said of most rows first."""
    by_text: dict[tuple[str, str, str], dict[str, list[int]]] = {}
    for out in imported.left_out:
        found = by_text.setdefault(("left out", f"{out.why}; {out.mend}", out.asked), {})
        found.setdefault(out.source, []).append(out.row)
    for doubt in imported.doubts:
        found = by_text.setdefault((doubt.kind, doubt.what, doubt.asked), {})
        found.setdefault(doubt.source, []).append(doubt.row)
    listed = [
        Finding(kind, what, sum(map(len, rows.values())), _where(rows), asked, offers(asked))
        for (kind, what, asked), rows in by_text.items()
    ]
    order = list(KINDS)
    return sorted([*listed, *_elsewhere(imported)], key=lambda one: (order.index(one.kind), -one.count))


def _elsewhere(imported: Imported) -> Iterator[Finding]:
    """Places found only in a territory of the state under which they are given: another's namesake may be meant."""
    places = imported.tables["places"]
    elsewhere = places[places["note"].str.contains(GIVEN_AS, regex=False)]
    for place, iso3, note in elsewhere[["place", "country_iso3", "note"]].itertuples(index=False, name=None):
        stops = imported.tables["stops"]
        count = int(((stops["place"] == place) & (stops["country_iso3"] == iso3)).sum())
        yield Finding("doubtful", f"{place} is {note}; check that this one is meant", count, "places.csv")


def _where(by_source: Mapping[str, list[int]]) -> str:
    return "; ".join(f"{source}:{', '.join(runs(rows))}" for source, rows in by_source.items())


def runs(rows: Iterable[int]) -> Iterator[str]:
    """Row numbers in order, neighbours as one: 3, 4, 5, 9 -> `3-5`, `9`."""
    for _, run in groupby(enumerate(sorted(set(rows))), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        yield str(found[0]) if len(found) == 1 else f"{found[0]}-{found[-1]}"


def offers(asked: str) -> tuple[str, ...]:
    """Names of countries that are written nearly so."""
    field, _, text = asked.partition(":")
    names = sorted(countries.countries().values()) if field in ("country", "leader_country") else []
    return tuple(get_close_matches(text, names, n=3, cutoff=0.6))


def lacking(imported: Imported) -> str:
    """`Of 35 trips: 3 without a year, 2 without a day.`, or '' where none lacks anything."""
    trips, stops = imported.tables["trips"], imported.tables["stops"]
    began = trips["left_home"].str.rstrip("?~%")
    no_year = bounds(trips["left_home"])["earliest"].isna()
    no_day = ~no_year & ~began.str.fullmatch(PLAIN_DAY)
    places = imported.tables["places"]
    bare = places.loc[places["latitude_deg"] == "", ["place", "country_iso3"]]
    nowhere = stops.merge(bare, on=["place", "country_iso3"])["trip_id"].nunique()
    expected = stops.loc[stops["certainty"] == "expected", "trip_id"].nunique()
    said = []
    if no_year.any():
        said.append(gettext("{number} without a year", number=number(int(no_year.sum()))))
    if no_day.any():
        said.append(gettext("{number} without a day", number=number(int(no_day.sum()))))
    if nowhere:
        said.append(gettext("{number} with a place that is not on the map", number=number(nowhere)))
    if expected:
        said.append(gettext("{number} planned, not counted as made", number=number(expected)))
    listed = ", ".join(said)
    of = ngettext("Of {number} trip: {lacking}.", "Of {number} trips: {lacking}.", len(trips), lacking=listed)
    return of if said else ""


def report(imported: Imported) -> str:
    """The account in words: sums, what the trips lack, then every finding and each place without coordinates."""
    found = findings(imported)
    listed = [_titled(f"{title}:", [_block(one) for one in found if one.kind == kind]) for kind, title in KINDS.items()]
    parts = (_sums(imported), lacking(imported), *listed, _unplaced(imported), _ambiguous(imported))
    return "\n\n".join(part for part in parts if part)


def _block(one: Finding) -> str:
    if one.kind == "note":
        return f"  {one.what}"
    meant = f"; did you mean {' or '.join(one.offered)}?" if one.offered else ""
    answer = f"\n    --answer {quote(f'{one.asked}={_meant(one.asked)}')}" if one.asked else ""
    return f"  {one.count:,} × {one.what}{meant}\n    {one.where}{answer}"


def _meant(asked: str) -> str:
    """What an answer on the command line may look like."""
    field = asked.partition(":")[0]
    return {"country": "COUNTRY", "leader_country": "COUNTRY", "place": "TOWN, COUNTRY"}.get(
        field, "YYYY-MM-DD" if field in DAYS else "MEANT"
    )


def _titled(title: str, lines: list[str]) -> str:
    return "\n".join((title, *lines)) if lines else ""


def _sums(imported: Imported) -> str:
    sums = f"{counted(imported.read, 'rows')} read = {imported.kept:,} kept + {len(imported.left_out):,} left out."
    rows = ", ".join(counted(len(frame), name) for name, frame in imported.tables.items() if len(frame))
    return f"{sums}\nWritten: {rows or 'nothing'}."


def _unplaced(imported: Imported) -> str:
    places = "; ".join(f"{place} ({iso3})" for place, iso3 in imported.unplaced)
    title = f"{len(imported.unplaced):,} without coordinates; write them into places.csv, reviewed yes:"
    return _titled(title, [f"  {places}"] if places else [])


def _ambiguous(imported: Imported) -> str:
    lines = []
    for place, iso3, candidates in imported.ambiguous:
        lines += [f"  {place} ({iso3})", *(f"    {candidate}" for candidate in candidates)]
    title = f"{len(imported.ambiguous):,} that may be several places; choose in places.csv, reviewed yes:"
    return _titled(title, lines)
