"""What each column of a download says: as the schema of the data has it, or, where it is computed, as said here."""

from __future__ import annotations

from dashboard.query.rows import AT_LEAST, ONE_WAY
from dashboard.tables.schema import PRECISIONS, TABLES, Column
from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.travel.legs import GREAT_CIRCLE, INFERRED, SCHEMATIC, UNPLACED
from dashboard.travel.travel import CANCELLED, MADE, PLANNED

COMPUTED = (
    Column("leader", "who travelled", "Kim Jong Un", required=True),
    Column("days", "days from leaving home to being back, both counted", "10", "integer", low=1),
    Column("transport", "what covered most of the distance", "train", required=True, allowed=TRANSPORT_NAMES),
    Column("places", "places visited, in the order of the journey, separated by ;", "Dong Dang; Hanoi"),
    Column("countries", "countries visited, each once", "Vietnam"),
    Column("countries_iso3", "their codes, ISO 3166-1 alpha-3", "VNM"),
    Column("met", "who was met, each once", "Donald Trump; Nguyen Phu Trong"),
    Column("distance_km", "length of all legs", "7719", "integer", unit="km", low=0),
    Column(
        "nth_of_leader",
        "which of the leader's known trips it is, over all the data and by the counting rule in force;"
        " of a trip that the rule counts several times the first of its numbers",
        "10",
        "integer",
        low=1,
    ),
    Column("distance_note", "what the distance is", AT_LEAST, allowed=(GREAT_CIRCLE, AT_LEAST, ONE_WAY)),
    Column("sources", "publishers with their links, separated by ;", "TASS https://tass.com/politics/1672907"),
    Column("uncertain", "columns of the row that are in doubt, separated by ;", "back_home;days"),
    Column(
        "status",
        "whether the journey was made, is only planned (all its stops are expected), or was cancelled",
        MADE,
        required=True,
        allowed=(MADE, PLANNED, CANCELLED),
    ),
    Column("country", "name of the country", "China", required=True),
    Column("place_id", "the place in addresses: name and country", "beijing-chn", required=True),
    Column("from_place", "where the leg to this stop began", "Pyongyang"),
    Column("leg_km", "length of the leg to this stop", "811.2", "number", unit="km", low=0),
    Column(
        "leg_certainty",
        "how far to trust the line of the leg",
        SCHEMATIC,
        required=True,
        allowed=(GREAT_CIRCLE, SCHEMATIC, INFERRED, UNPLACED),
    ),
    Column(
        "same_places",
        "other spellings and former names of the place with their countries, whose visits count here, separated by ;",
        "Leningrad (SUN)",
    ),
    Column("visits", "stops of kind visit at the place", "10", "integer", required=True, low=0),
    Column(
        "precision",
        "how exact the coordinates are: a site, a town, or a point that stands for a whole country",
        "town",
        allowed=tuple(dict.fromkeys(PRECISIONS.values())),
    ),
)
# The leg's transport is what the file of stops calls reached_by.
OF_STOPS = {"transport": "reached_by"}


def column(table: str, name: str) -> Column:
    """What a column of a download says. Raises KeyError for one that nobody has explained."""
    written = OF_STOPS.get(name, name) if table == "stops" else name
    own = [one for file in TABLES if file.name == table for one in file.columns if one.name == written]
    computed = [one for one in COMPUTED if one.name == name]
    elsewhere = [one for file in TABLES for one in file.columns if one.name == name]
    found = [*own, *computed, *elsewhere]
    if not found:
        raise KeyError(f"nobody has said what {name} of {table} means; add it to COMPUTED")
    return found[0]
