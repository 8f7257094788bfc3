"""Made-up rows in the shape of the COLT database, dirt included."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import xlsxwriter

from dashboard.importers.colt.columns import LINKS, SHEET
from dashboard.tables.countries import country_name
from tests.benchmarks.world import FIRST_YEAR, YEARS, Journeys, World, day_texts, make_journeys, make_world, years_of

HEADER = """
TripID LeaderID LeaderCountryOrIGO LeaderCountryISO LeaderRegion LeaderSubregion PriorityLeader LeaderRole
LeaderTitle LeaderSurname LeaderFullName Exiled CountryVisited CountryVisitedISO RegionVisited
SubRegionVisited CityVisited DisputedTerritory SemiAutoTerritory TripYear TripStartDate TripEndDate
TripDuration SubHOGSTravelWithHOGS CotravelHOGS MetHostHoGS HostHOGSName SubHOGSmetHostSubHOGS
HostSubHOGSName AttendedMultilatEvent NameMultilatEvent AttendedMultilatMinisterialEvent
NameMultilatMinisterialEvent MetNonhostHOGS NonhostHOGSNames PublicAddress SignedAgreement
CulturalSiteOrCeremony BusinessLeaderOrForum MetIGOLeader IGOLeaderName Notes Confidence
"""
COLUMNS = (*HEADER.split(), *LINKS)
YES_NO = ("MetNonhostHOGS", "PublicAddress", "SignedAgreement", "CulturalSiteOrCeremony", "BusinessLeaderOrForum")
# What stands in some rows of the real files: column, and what it holds instead.
DIRT = (
    {"TripStartDate": "TBD"},
    {"TripStartDate": "2003-13-45", "TripEndDate": "Unknown"},
    {"TripEndDate": "1/1/1989"},
    {"TripDuration": "TBD"},
    {"TripDuration": "99"},
    {"CountryVisited": "SIngapore", "CountryVisitedISO": "", "CityVisited": ""},
    {"CountryVisited": "Unknown", "CountryVisitedISO": "", "CityVisited": ""},
    {"CountryVisited": "Somaliland", "CountryVisitedISO": "", "CityVisited": ""},
    {"CountryVisited": "Kosovo", "CountryVisitedISO": "", "CityVisited": ""},
    {"CountryVisited": "Palestine", "CountryVisitedISO": "PSE", "DisputedTerritory": "Yes", "CityVisited": ""},
    {"CountryVisited": "Soviet Union", "CountryVisitedISO": "SUN", "CityVisited": ""},
    {"CountryVisited": "Yugoslavia", "CountryVisitedISO": "", "CityVisited": ""},
    {"LeaderCountryOrIGO": "United Nations", "LeaderCountryISO": "IGO", "LeaderFullName": "Ida Dag", "LeaderID": "I1"},
    {"LeaderFullName": "", "LeaderSurname": "TBD"},
    {"NonhostHOGSNames": "José Île; TBD;  Ana  Vega ;"},
    {"SourceLink1": "press release, on paper"},
    {"TripID": "", "TripYear": "", "TripStartDate": "", "TripEndDate": ""},
)


def colt_rows(rows: int, seed: int, dirt: float = 0.02) -> pd.DataFrame:
    """`rows` rows of COLT's columns as text, of which the part `dirt` is dirty in one way or another."""
    world, rng = make_world(seed), np.random.default_rng([seed, rows])
    journeys = make_journeys(world, rows, rng)
    frame = pd.DataFrame({**_leaders(world, journeys), **_visits(world, journeys), **_sources(journeys, rng)}).head(
        rows
    )
    flags = {name: rng.choice(["Yes", "No"], rows, p=[0.2, 0.8]) for name in YES_NO}
    frame = frame.assign(**flags, PriorityLeader="No", Exiled="No")
    return _dirty(frame.reindex(columns=COLUMNS, fill_value="").astype("str"), dirt, rng)


def _leaders(world: World, journeys: Journeys) -> dict[str, pd.Series]:
    who = world.leaders.take(journeys.leader).reset_index(drop=True)
    names = {iso3: country_name(iso3) for iso3 in world.places["country_iso3"]}
    return {
        "TripID": pd.Series(journeys.trip + 1).astype("str"),
        "LeaderID": pd.Series(journeys.leader + 1).astype("str"),
        "LeaderCountryOrIGO": who["country_iso3"].map(names),
        "LeaderCountryISO": who["country_iso3"],
        "LeaderRole": pd.Series("HOG", who.index),
        "LeaderTitle": pd.Series("President", who.index),
        "LeaderSurname": who["name"].str.split().str[-1],
        "LeaderFullName": who["name"],
    }


def _visits(world: World, journeys: Journeys) -> dict[str, pd.Series]:
    iso3 = world.places["country_iso3"].take(journeys.visited).reset_index(drop=True)
    first, last = (day_texts().take(days).reset_index(drop=True) for days in (journeys.first_day, journeys.last_day))
    parts = first.str.split("-", expand=True)
    year = years_of(journeys.first_day)
    host = world.leaders["name"].take(world.in_office[journeys.visited, year]).reset_index(drop=True)
    city = world.places["place"].take(journeys.visited).reset_index(drop=True)
    return {
        "CountryVisited": iso3.map({code: country_name(code) for code in iso3.unique()}),
        "CountryVisitedISO": iso3,
        "CityVisited": city.where(year == YEARS - 1, ""),
        "TripYear": parts[0],
        # Half of the days are written as Americans do.
        "TripStartDate": first.where(journeys.trip % 2 == 0, parts[1] + "/" + parts[2] + "/" + parts[0]),
        "TripEndDate": last,
        "TripDuration": pd.Series(journeys.last_day - journeys.first_day + 1).astype("str"),
        "MetHostHoGS": pd.Series("Yes", iso3.index).where(journeys.leader % 5 > 1, "No"),
        "HostHOGSName": host.where(journeys.leader % 5 > 1, ""),
    }


def _sources(journeys: Journeys, rng: np.random.Generator) -> dict[str, pd.Series]:
    """Two source links a row, and up to 33."""
    rows = len(journeys.trip)
    count = rng.geometric(0.5, rows)
    count = np.where(rng.random(rows) < 0.001, len(LINKS), count)
    row = pd.Series(np.arange(rows)).astype("str")
    links = {
        name: _unless(count <= n, f"https://news{n}.example.org/{FIRST_YEAR}/" + row) for n, name in enumerate(LINKS)
    }
    notes = _unless(rng.random(rows) > 0.2, "Working visit – talks on trade, “no” agreement; see row " + row)
    event = _unless(rng.random(rows) > 0.3, pd.Series("UN General Assembly", row.index))
    confidence = pd.Series(rng.choice(["High", "Medium", "Low"], rows))
    return {**links, "Notes": notes, "Confidence": confidence, "NameMultilatEvent": event}


def _unless(absent: npt.NDArray[np.bool_], texts: pd.Series) -> pd.Series:
    return texts.mask(absent, "")


def _dirty(frame: pd.DataFrame, dirt: float, rng: np.random.Generator) -> pd.DataFrame:
    """The rows, some with a kind of `DIRT` each, all kinds as often."""
    kind = np.where(rng.random(len(frame)) < dirt, rng.integers(len(DIRT), size=len(frame)), -1)
    for number, cells in enumerate(DIRT):
        frame = frame.assign(**{name: frame[name].mask(kind == number, text) for name, text in cells.items()})
    return frame


def write_colt(path: Path, rows: int, seed: int, dirt: float = 0.02) -> None:
    """The rows as a workbook with the sheet `Master` (.xlsx), or as CSV in latin-1 as Windows has it."""
    frame = colt_rows(rows, seed, dirt)
    if path.suffix != ".xlsx":
        frame.to_csv(path, index=False, encoding="cp1252", lineterminator="\r\n")
        return
    with xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_urls": False}) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        sheet.write_row(0, 0, list(frame.columns))
        for row, cells in enumerate(frame.to_numpy(dtype=object), 1):
            for column in np.flatnonzero(cells):
                sheet.write_string(row, column, cells[column])
