"""`table`: any table with a row for each trip, stop, leg or day, its columns in any order.

Rows with one name in a column `trip` are the stops of one trip; without it each row is a trip of its own. Stops follow
their days of arrival, then the order of the rows. A day of leaving home that is not given is the first arrival, marked
`?`. Nothing is guessed in silence: whatever was not written comes with a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from dashboard.geocoding import gazetteer
from dashboard.geocoding.lookup import ReviewedPlaces
from dashboard.geocoding.reviewed import read_reviewed
from dashboard.importers.imported import Doubt, Imported, Importer, ImportingError, LeftOut, Progress
from dashboard.importers.options import Options
from dashboard.importers.placing import place_all
from dashboard.importers.stops import complete, number, pairs
from dashboard.importers.table import homecoming, stays, trips
from dashboard.importers.table.cells import open_orders, read_cells, written
from dashboard.importers.table.clock import over_midnight
from dashboard.importers.table.columns import SAMPLE, Columns, likeness, match
from dashboard.importers.table.continued import own_trips
from dashboard.importers.table.coordinates import own_coordinates, with_coordinates
from dashboard.importers.table.legs import chain, origins
from dashboard.importers.table.sections import body
from dashboard.importers.table.verdicts import doubts, left_out
from dashboard.importers.table.whereabouts import Whereabouts, codes_read, fallback, one_row_a_stop, place_rows
from dashboard.tables.outside import Sheet, open_sheet
from dashboard.tables.records import Row, Size, UnreadableError

# How many codes of airports the account spells out.
CODES = 12


@dataclass(frozen=True)
class Source:
    """Where a table comes from: the file, the name under which the reader knows it, and how large it may be."""

    path: Path
    name: str = ""
    size: Size | None = None

    def open(self, options: Options) -> Sheet:
        """The sheet that looks like a table of trips. Raises ImportingError."""
        try:
            return open_sheet(self.path, self.name, choice=options.choice, likeness=likeness, size=self.size)
        except UnreadableError as error:
            raise ImportingError(str(error)) from error


def read(
    source: Path | Source,
    progress: Progress,
    options: Options | None = None,
    geocoder: gazetteer.Gazetteer | None = None,
    known: Sequence[Mapping[str, str]] = (),
) -> Imported:
    """A table -> tables and account.

    Places are looked up in `geocoder`, the offline gazetteer if none is given, and then among `known`, rows of a
    `places.csv`. Raises ImportingError where the file cannot be read or a column is unclear.
    """
    options, geocoder = options or Options(), geocoder or gazetteer.default_gazetteer()
    sheet = (source if isinstance(source, Source) else Source(source)).open(options)
    cells = _rows(sheet, progress)
    table = body(cells, sheet.header, sheet.source)
    sample = list(zip(*(_wide(one, sheet) for _, one in table.rows[:SAMPLE]), strict=True))
    found = match(sheet.header, options, sheet.source, sample)
    raw = written(sheet, table, found, options)
    rows = read_cells(raw, found).assign(certainty="reported")
    where = Whereabouts(geocoder, ReviewedPlaces([*read_reviewed(), *known]))
    rows = over_midnight(place_rows(rows, where).join(origins(rows, where)))
    of_rows = left_out(rows, sheet.source)
    out = sorted([*table.left_out, *of_rows], key=lambda row: row.row)
    taken = own_trips(rows.drop(index=[row.row for row in of_rows]))
    kept = one_row_a_stop(taken)
    notes = [*_notes(sheet, found, raw, kept, options), *_codes(raw, where, sheet), *doubts(taken, sheet.source)]
    return _imported(kept, options, sheet, (len(cells), tuple(out), notes), where, known)


def _rows(sheet: Sheet, progress: Progress) -> list[Row]:
    try:
        return list(progress(sheet.rows, total=sheet.total))
    except UnreadableError as error:
        raise ImportingError(str(error)) from error


def _wide(cells: list[str], sheet: Sheet) -> list[str]:
    width = len(sheet.header)
    return [*cells[:width], *[""] * (width - len(cells))]


def _imported(
    kept: pd.DataFrame,
    options: Options,
    sheet: Sheet,
    account: tuple[int, tuple[LeftOut, ...], list[Doubt]],
    where: Whereabouts,
    known: Sequence[Mapping[str, str]],
) -> Imported:
    people = trips.leaders(kept, where)
    kept, people, of_rows = _journeys(kept, people, options, where, sheet.source)
    rows = _at_home(trips.in_order(kept), people, where)
    given = trips.as_given(rows)
    of_trips, of_stops = trips.trips(rows, given), trips.stops(rows, people)
    homes = people[["home_place", "home_country_iso3"]].itertuples(index=False, name=None)
    own, of_coordinates = own_coordinates(rows, sheet.source)
    placed = place_all(
        [*pairs(of_stops), *(home for home in homes if home[0])], where.gazetteer, read_reviewed(), known=known
    )
    placing = with_coordinates(placed, own, {**fallback(kept["origin"]), **fallback(kept["written_place"])})
    tables = complete(
        leaders=people,
        trips=of_trips,
        stops=of_stops,
        meetings=trips.meetings(rows),
        evidence=trips.evidence(rows),
        places=placing.places,
    )
    of_journeys = [
        *trips.moved(rows, sheet.source),
        *trips.lost_homes(rows, where, sheet.source),
        *trips.contradicted(rows, given, sheet.source),
        *homecoming.doubts(rows, sheet.source),
    ]
    all_doubts = (*account[2], *of_rows, *of_coordinates, *of_journeys)
    return Imported(tables, account[0], account[1], all_doubts, placing.unplaced, placing.ambiguous)


def _journeys(
    kept: pd.DataFrame, people: pd.DataFrame, options: Options, where: Whereabouts, source: str
) -> tuple[pd.DataFrame, pd.DataFrame, list[Doubt]]:
    """Rows with a `trip` where they are stops of one, the leaders with their homes, and what is doubtful about both."""
    if (kept["from_place"] != "").any():
        return chain(kept, people, source)
    if options.join:
        return stays.join(kept), people, []
    kept, doubts = homecoming.follow(kept, people, where.same_town, source)
    return kept, people, doubts


def _at_home(rows: pd.DataFrame, people: pd.DataFrame, where: Whereabouts) -> pd.DataFrame:
    """Rows with their `kind`, the way home among them; who has no country is of that in which the home lies."""
    home_country = trips.of_leaders(rows, people, "home_country_iso3")
    iso3 = rows["leader_iso3"].where(rows["leader_iso3"] != "", home_country)
    rows = rows.assign(home_place=trips.of_leaders(rows, people, "home_place"), leader_iso3=iso3)
    rows = homecoming.mark(rows, where.same_town)
    passing = (rows["kind"] == "visit") & (rows["stop_kind"] == "transit")
    certainty = rows["certainty"].mask(rows["state"] == "planned", "expected")
    return rows.assign(kind=rows["kind"].mask(passing, "transit"), certainty=certainty, stop=number(rows))


def _notes(sheet: Sheet, found: Columns, raw: pd.DataFrame, kept: pd.DataFrame, options: Options) -> list[Doubt]:
    """What holds for the table as a whole: sheets and columns left aside, what was guessed, the order of days."""
    notes, joining = [*sheet.notes], []
    if found.guessed:
        notes.append(f"columns are taken by their headings: {', '.join(found.guessed)}")
    notes += [f"column {name!r} is not used" for name in found.unused]
    if not any(found.orders.values()):
        notes += _orders(open_orders(raw))
    if not options.join and not (kept["from_place"] != "").any():
        joined = stays.preview(kept)
        if joined.journeys < joined.trips:
            what = f"{joined}; say whether neighbouring days are to be joined"
            joining.append(Doubt(sheet.source, sheet.header_row, what, "note", "join"))
    return [Doubt(sheet.source, sheet.header_row, what, "note") for what in notes] + joining


def _codes(raw: pd.DataFrame, where: Whereabouts, sheet: Sheet) -> list[Doubt]:
    """For which airports the first codes are taken."""
    known = codes_read(raw["origin"], where.gazetteer) | codes_read(raw["place"], where.gazetteer)
    first = "; ".join(f"{code}: {name}" for code, name in list(known.items())[:CODES])
    more = f"; and {len(known) - CODES:,} more" if len(known) > CODES else ""
    what = f"codes are read as airports: {first}{more}"
    return [Doubt(sheet.source, sheet.header_row, what, "note")] if known else []


def _orders(proven: Mapping[str, tuple[str, int]]) -> Iterator[str]:
    """How open days are read, once where all columns prove the same."""
    known = {found: name for name, found in proven.items() if found[0]}
    for (order, proofs), name in known.items():
        where = f" in the column of {name}" if len({order for order, _ in known}) > 1 else ""
        way = order.replace("-", " ")
        yield f"days such as 03/04/2018{where} are read {way}: {proofs:,} of them can only be so"
        if not where:
            return


TABLE = Importer(
    "table",
    "any table with a row for each trip, stop, leg or day: CSV, XLSX, ODS, JSON, Parquet",
    read,
    tuple(vars(Options())),
)
