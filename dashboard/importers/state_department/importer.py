"""`state-department`: travels abroad of US presidents and secretaries of state, from the Office of the Historian.

One row of the source is a visit to one country. Rows of one person, ordered by day, are one journey while each begins
at most one day after the row before it ends. What the source does not say stays open: transport, whom they met, when
they left home (the first day abroad, marked `?`) and when they were back. A visit to several places gives each of them
a stop whose days lie within the span of the visit: `1972-05-22/1972-05-30`.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pandas as pd

from dashboard.geocoding.gazetteer import default_gazetteer
from dashboard.geocoding.lookup import Geocoder
from dashboard.geocoding.reviewed import read_reviewed
from dashboard.importers.countries import country_code, country_doubt
from dashboard.importers.imported import Doubt, Imported, Importer, LeftOut, Progress
from dashboard.importers.placing import place_all
from dashboard.importers.state_department.locales import Locales
from dashboard.importers.state_department.visits import Visit, read_visits
from dashboard.importers.stops import LONGEST_CELL, complete, doubted, pairs, untangle, with_way_home
from dashboard.tables.dates import is_plain
from dashboard.tables.ids import slug

PUBLISHER = "US Department of State, Office of the Historian"
ADDRESS = "https://history.state.gov/departmenthistory/travels"
# Whatever licence the files were given under is said beside them, not in them.
ABOUT = {"sources": [{"title": PUBLISHER, "path": ADDRESS}]}
HOME = ("Washington", "USA")
ONE_JOURNEY = pd.Timedelta(days=1)
NOTE = "days abroad as the source has them; the days of leaving home and of being back are not in it"


def read(path: Path, progress: Progress, geocoder: Geocoder | None = None) -> Imported:
    """The files below `path` (or one file) -> tables and account; `geocoder` is the offline gazetteer if none is given.

    Raises ImportingError where a file is not XML.
    """
    visits, others = read_visits(path)
    reviewed = read_reviewed()
    locales = Locales(reviewed)
    left_out, kept = [], []
    for visit in progress(visits, total=len(visits)):
        fault = _fault(visit)
        if fault:
            left_out.append(LeftOut(visit.source, visit.line, *fault))
        else:
            kept.append(_row(visit, locales))
    rows = _journeys(pd.DataFrame(kept, columns=[*Visit.__dataclass_fields__, "country_iso3", "places"]))
    stops = _stops(rows)
    placing = place_all(pairs(stops), geocoder or default_gazetteer(), reviewed)
    tables = complete(
        leaders=_leaders(rows), trips=_trips(rows), stops=stops, evidence=_evidence(rows), places=placing.places
    )
    doubts = (*others, *_shared(rows), *_several(rows), *_overlapping(rows))
    return Imported(tables, len(visits), tuple(left_out), doubts, placing.unplaced, placing.ambiguous, ABOUT)


STATE_DEPARTMENT = Importer(
    "state-department",
    "XML of the US State Department: travels of presidents and secretaries of state",
    lambda source, progress, _: read(source, progress),
)


def _fault(visit: Visit) -> tuple[str, str] | None:
    """Why a visit cannot be told, and what would mend it."""
    if not (slug(visit.who) and slug(visit.name)):
        return "nobody is named", "write who travelled as the attribute who and the element name"
    for tag, day in (("start-date", visit.start), ("end-date", visit.end)):
        if not _is_day(day):
            return f"{tag} {day!r} is not a day", f"write {tag} as YYYY-MM-DD"
    if visit.end < visit.start:
        return f"end-date {visit.end} is before start-date {visit.start}", "correct one of the two"
    if not _country(visit):
        return f"country {visit.country!r} is not known", "write its English name"
    if len(visit.locale) + len(visit.remarks) > LONGEST_CELL:
        return f"locale and remarks are longer than {LONGEST_CELL:,} characters", "shorten them"
    return None


def _is_day(text: str) -> bool:
    return is_plain(text) and not pd.isna(pd.to_datetime(text, format="%Y-%m-%d", errors="coerce"))


def _country(visit: Visit) -> str:
    """By the label, which keeps former countries apart, else by the id: both are `russia` before and after 1991."""
    return country_code(visit.country) or country_code(visit.country_id)


def _row(visit: Visit, locales: Locales) -> dict[str, object]:
    country_iso3 = _country(visit)
    return asdict(visit) | {"country_iso3": country_iso3, "places": locales.split(visit.locale, country_iso3)}


def _journeys(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows ordered by person and days, with `trip_id`, and `overlaps`: a journey begins within an older row."""
    rows = rows.sort_values(["who", "start", "end"], kind="stable", ignore_index=True)
    first, end = pd.to_datetime(rows["start"]), pd.to_datetime(rows["end"])
    new = ~(first - end.groupby(rows["who"]).shift() <= ONE_JOURNEY)
    starts = rows["start"].where(new).ffill()
    before = end.groupby(rows["who"]).cummax().groupby(rows["who"]).shift()
    trip_id = "US-" + rows["who"].map(slug) + "-" + starts
    return rows.assign(trip_id=trip_id, overlaps=new & (first - before <= ONE_JOURNEY))


def _leaders(rows: pd.DataFrame) -> pd.DataFrame:
    people = rows.drop_duplicates("who")
    roles = people["role"].map({"president": "president", "secretary": "secretary of state"}).fillna(people["role"])
    return pd.DataFrame(
        {
            "leader_id": people["who"].map(slug),
            "name": people["name"],
            "country_iso3": "USA",
            "role": roles,
            "home_place": HOME[0],
            "home_country_iso3": HOME[1],
        }
    )


def _trips(rows: pd.DataFrame) -> pd.DataFrame:
    trips = rows.groupby("trip_id", sort=False, as_index=False).agg(
        leader_id=("who", "first"),
        arrived_host=("start", "first"),
        left_host=("end", "max"),
        occasion=("remarks", "first"),
    )
    return trips.assign(leader_id=trips["leader_id"].map(slug), left_home=trips["arrived_host"].map(doubted), note=NOTE)


def _stops(rows: pd.DataFrame) -> pd.DataFrame:
    """One visit for each place, in order, then the way home."""
    stops = rows[["trip_id", "start", "end", "places"]].explode("places")
    at_start, at_end = ~stops.index.duplicated(), ~stops.index.duplicated(keep="last")
    span = stops["start"].where(stops["start"] == stops["end"], stops["start"] + "/" + stops["end"])
    stops = stops.assign(
        place=stops["places"].str[0],
        country_iso3=stops["places"].str[1],
        arrived=stops["start"].where(at_start, span),
        left=stops["end"].where(at_end, span),
        reached_by="unknown",
        kind="visit",
        certainty="reported",
    ).drop(columns=["start", "end", "places"])
    homes = pd.DataFrame({"trip_id": rows["trip_id"].unique(), "place": HOME[0], "country_iso3": HOME[1]})
    return with_way_home(untangle(stops.reset_index(drop=True)), homes)


def _evidence(rows: pd.DataFrame) -> pd.DataFrame:
    """The remarks of each visit, as words of the source on the first of its stops."""
    count = rows["places"].map(len).astype("int64")
    stop = count.groupby(rows["trip_id"]).cumsum() - count + 1
    filed = rows.assign(
        field="stop " + stop.astype("str"),
        says=rows["remarks"],
        publisher=PUBLISHER,
        url=ADDRESS + "/" + rows["role"].map(slug) + "/" + rows["who"].map(slug),
        stance="supports",
    )
    return filed[filed["says"] != ""]


def _shared(rows: pd.DataFrame) -> list[Doubt]:
    """Visits to a country whose name another one bears too."""
    doubts = rows["country"].map(country_doubt)
    return [Doubt(*where) for where in zip(rows["source"], rows["line"], doubts, strict=True) if where[2]]


def _several(rows: pd.DataFrame) -> list[Doubt]:
    """Visits whose locale was split: the source does not say which comma parts places."""
    what = "several places in one locale, split at the commas; their order and days within the visit are not known"
    return _doubts(rows[rows["places"].map(len) > 1], what)


def _overlapping(rows: pd.DataFrame) -> list[Doubt]:
    """Journeys that the rule parts although an earlier, longer row lasts into them."""
    what = (
        "begins a journey, since the row before ends more than a day earlier; but an older row lasts until then: "
        "perhaps both are one journey"
    )
    return _doubts(rows[rows["overlaps"]], what)


def _doubts(rows: pd.DataFrame, what: str) -> list[Doubt]:
    return [Doubt(source, line, what) for source, line in zip(rows["source"], rows["line"], strict=True)]
