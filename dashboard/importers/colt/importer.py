"""The COLT database (Country and Organizational Leader Travel) -> the tables of a data folder.

One row of COLT is one leader in one country. It becomes a visit of the capital, unless it names a town; how a leader
travelled is never known.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd

from dashboard.geocoding.gazetteer import Gazetteer, default_gazetteer
from dashboard.importers.colt.columns import Master, given, read_master
from dashboard.importers.colt.dates import read_spans
from dashboard.importers.colt.leaders import leader_names, read_leaders
from dashboard.importers.colt.names import read_countries
from dashboard.importers.colt.places import places_table, read_towns
from dashboard.importers.colt.sources import evidence_table, meetings_table
from dashboard.importers.colt.trips import (
    in_territory,
    joined_trips,
    notes,
    occasions,
    read_visits,
    stops_table,
    trip_ids,
    trips_table,
)
from dashboard.importers.imported import Doubt, Imported, Importer, LeftOut, Progress, counted
from dashboard.importers.options import Options
from dashboard.importers.placing import Placing
from dashboard.importers.stops import expected_later
from dashboard.tables.reading import empty
from dashboard.tables.schema import ROUTES

NO_COUNTRY = "write the country's ISO 3166-1 alpha-3 code into CountryVisitedISO"
NO_LEADER = "write the leader's name into LeaderFullName"


def read_colt(
    path: Path, progress: Progress, options: Options | None = None, gazetteer: Gazetteer | None = None
) -> Imported:
    """Import a workbook or a CSV file. Raises `ImportingError` where it is not COLT's."""
    master = read_master(path, progress, (options or Options()).choice)
    countries = read_countries(given(master.rows["CountryVisited"]), given(master.rows["CountryVisitedISO"]))
    left_out = _left_out(master, countries["iso3"])
    dropped = [row.row for row in left_out]
    kept = replace(master, rows=master.rows.drop(index=dropped))
    rows, leaders, doubts = _rows(kept, countries.drop(index=dropped)["iso3"], options or Options())
    tables, placing, of_visits = _tables(kept, rows, leaders, gazetteer or default_gazetteer())
    doubts += of_visits + _of_countries(kept, countries.drop(index=dropped), rows)
    return Imported(
        tables=tables,
        read=master.read,
        left_out=(*master.left_out, *left_out),
        doubts=tuple(sorted(doubts, key=lambda doubt: doubt.row)),
        unplaced=placing.unplaced,
        ambiguous=placing.ambiguous,
    )


COLT = Importer(
    "colt",
    "the COLT database of leaders' travel: its workbook (sheet Master) or a CSV file",
    read_colt,
    ("sheet", "header_row", "join"),
)


def _left_out(master: Master, iso3: pd.Series) -> list[LeftOut]:
    """The rows that do not say who went where, each with what would mend it."""
    nobody, nowhere = leader_names(master.rows) == "", iso3 == ""
    names = master.rows["CountryVisited"].map(repr)
    left_out = []
    for row in master.rows.index[nobody | nowhere]:
        why = [f"{names[row]} is no country with an ISO 3166-1 code"] if nowhere[row] else []
        why += ["no leader is named"] if nobody[row] else []
        mend = [NO_COUNTRY] if nowhere[row] else []
        mend += [NO_LEADER] if nobody[row] else []
        left_out.append(LeftOut(master.source, int(row), "; ".join(why), "; ".join(mend)))
    return left_out


def _rows(master: Master, iso3: pd.Series, options: Options) -> tuple[pd.DataFrame, pd.DataFrame, list[Doubt]]:
    """What each row says in the words of the tables, the leaders, and what is doubtful about both."""
    leader_ids, leaders, doubts = read_leaders(master)
    ids, of_ids = trip_ids(master, leader_ids)
    spans, of_spans = read_spans(master)
    homeless = leaders.loc[leaders["home_place"] == "", "leader_id"]
    rows = pd.DataFrame({"trip_id": ids, "leader_id": leader_ids, "iso3": iso3}).join(read_towns(master.rows, iso3))
    note = notes(master.rows, spans["dates_note"], ~leader_ids.isin(homeless))
    rows = rows.join(spans[["start", "end"]]).assign(occasion=occasions(master.rows), note=note)
    journeys = joined_trips(rows)
    doubts += [*of_ids, *of_spans, *_joining(rows["trip_id"], journeys, master.source, join=options.join)]
    return rows.assign(trip_id=journeys) if options.join else rows, leaders, doubts


def _joining(trips: pd.Series, journeys: pd.Series, source: str, *, join: bool) -> list[Doubt]:
    """What joining has made of the trips, or would make of them."""
    before, after = trips.nunique(), journeys.nunique()
    if before == after:
        return []
    many, whole = counted(before, "trips"), counted(after, "journeys")
    what = f"{many} of the source joined into {whole}, where one begins at most a day after the last one ended"
    if not join:
        what = f"{many} as they stand; {whole} if those are joined that begin at most a day after the last one ended"
    return [Doubt(source, 1, what, "note", "" if join else "join")]


def _tables(
    master: Master, rows: pd.DataFrame, leaders: pd.DataFrame, gazetteer: Gazetteer
) -> tuple[dict[str, pd.DataFrame], Placing, list[Doubt]]:
    """The tables, what came of looking their places up, and what is doubtful about visits and names."""
    visits, of_visits = read_visits(rows, master)
    meetings, of_names = meetings_table(visits, master)
    trips = trips_table(visits)
    stops = expected_later(stops_table(visits, _ways_home(trips, leaders)), date.today())
    placing = places_table(stops, leaders, gazetteer)
    tables = {
        "leaders": leaders,
        "trips": trips,
        "stops": stops,
        "meetings": meetings,
        "evidence": evidence_table(rows["trip_id"], master),
        "places": placing.places,
        "routes": empty(ROUTES),
    }
    return tables, placing, [*of_visits, *of_names]


def _of_countries(master: Master, countries: pd.DataFrame, rows: pd.DataFrame) -> list[Doubt]:
    """What is doubtful about the countries visited."""
    at_capital = in_territory(master.rows) & (rows["town"] == "")
    where = "in a disputed or semi-autonomous territory; drawn at its country's capital"
    return master.doubts(countries["doubt"] != "", countries["doubt"]) + master.doubts(at_capital, where)


def _ways_home(trips: pd.DataFrame, leaders: pd.DataFrame) -> pd.DataFrame:
    """Where and when each trip ended at home; trips of leaders without a home have no way home."""
    homes = leaders.loc[leaders["home_place"] != "", ["leader_id", "home_place", "home_country_iso3"]]
    ways = trips[["trip_id", "leader_id", "back_home"]].merge(homes, on="leader_id")
    names = {"home_place": "place", "home_country_iso3": "country_iso3", "back_home": "arrived"}
    return ways.rename(columns=names).drop(columns="leader_id")
