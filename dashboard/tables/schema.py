"""The tables of a data folder: every column with its meaning, said once.

The checks, the data dictionary (`data/README.md`) and the Frictionless description (`data/datapackage.json`) all
follow from `TABLES`; adding a column is one line here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dashboard.tables.transport import TRANSPORT_NAMES, TRANSPORTS

Kind = Literal["text", "edtf", "day", "integer", "number", "link", "country"]

STOP_KINDS = ("visit", "transit", "home")
# The certainty of stops that were announced and never made; all those of such a journey have it.
CANCELLED = "cancelled"
PLACE_KINDS = ("city", "venue", "border point", "airport", "country")
_CORRIDOR_MODES = tuple(one.name for one in TRANSPORTS if one.corridors)
# Who gives coordinates; `the file` is the imported table itself.
PROVIDERS = ("reviewed", "geonames", "nominatim", "the file", "airportsdata")
# What the coordinates of a kind of place are good for.
PRECISIONS = {"city": "town", "venue": "site", "border point": "site", "airport": "site", "country": "country"}
# What a statement can be measured by, and what it can be about.
MEASURES = ("count", "share", "list", "first", "nth", "weekday", "distance")
UNITS = ("trip", "country visit", "stop", "meeting", "day", "visit received")


@dataclass(frozen=True)
class Column:
    """One column: `kind` says how its text is read, `allowed` lists its only values, `unit` is '' where it has none.

    A column that is `optional` may be missing from a file, as from those written before it was thought of.
    """

    name: str
    meaning: str
    example: str
    kind: Kind = "text"
    required: bool = False
    allowed: tuple[str, ...] = ()
    unit: str = ""
    low: float | None = None
    high: float | None = None
    optional: bool = False


@dataclass(frozen=True)
class Table:
    """One CSV file: `row` says what a row is, no two rows share the columns of `key`, `needed` if it must exist."""

    name: str
    row: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    needed: bool = True

    @property
    def names(self) -> list[str]:
        """The column names in file order."""
        return [column.name for column in self.columns]


def _trip_id() -> Column:
    return Column("trip_id", "the trip, as named in trips.csv", "KJU-07", required=True)


def _source(example: str) -> tuple[Column, Column]:
    """Who says so, and where."""
    return (
        Column("publisher", "who says so", "Presidential Library", required=True),
        Column("url", "link to the page read; empty where none is known", example, "link"),
    )


LEADERS = Table(
    "leaders",
    "one leader",
    (
        Column(
            "leader_id", "short name used in addresses: lower case, words joined by -", "kim-jong-un", required=True
        ),
        Column("name", "name as shown", "Kim Jong Un", required=True),
        Column("country_iso3", "country led, ISO 3166-1 alpha-3; empty for an international body", "PRK", "country"),
        Column("role", "office held", "supreme leader"),
        Column("in_office_from", "first day in office", "2011-12-17", "edtf"),
        Column("in_office_until", "last day in office", "2011-12-17", "edtf"),
        Column("home_place", "town where trips begin and end", "Pyongyang"),
        Column("home_country_iso3", "country of that town", "PRK", "country"),
        Column("name_ko", "name in Korean, where a source gives it; shown on the Korean page", "김정은", optional=True),
    ),
    key=("leader_id",),
)

TRIPS = Table(
    "trips",
    "one journey abroad, home to home",
    (
        Column("trip_id", "name of the trip, never reused", "KJU-07", required=True),
        Column("leader_id", "who travelled, as named in leaders.csv", "kim-jong-un", required=True),
        Column("left_home", "day of leaving the home town", "2019-02-23", "edtf"),
        Column("arrived_host", "day of reaching the first host country", "2019-02-26", "edtf"),
        Column("left_host", "day of leaving the last host country", "2019-03-02", "edtf"),
        Column("back_home", "day of arriving at home", "2025-09-05?", "edtf"),
        Column("occasion", "why the journey was made", "second summit with Trump; official visit to Vietnam"),
        Column("outcome", "what came of it", "no agreement"),
        Column("note", "what a reader should know about the row, its dates above all", "one day"),
    ),
    key=("trip_id",),
)

STOPS = Table(
    "stops",
    "one place on a journey, in order, with how it was reached; the last row of a trip is the way home",
    (
        _trip_id(),
        Column("stop", "place in the order of the journey: 1, 2, 3 …", "2", "integer", required=True, low=1),
        Column("place", "name of the place, as in places.csv", "Beijing", required=True),
        Column("country_iso3", "country or side on which the stop was made", "CHN", "country", required=True),
        Column("arrived", "day of arrival", "2018-03-26", "edtf"),
        Column("left", "day of departure; empty on the way home", "2018-03-27", "edtf"),
        Column("reached_by", "transport of the leg to this stop", "train", required=True, allowed=TRANSPORT_NAMES),
        Column("kind", "a visit, a stop in transit, or the way home", "visit", required=True, allowed=STOP_KINDS),
        Column(
            "certainty",
            "whether the stop is reported, was only expected, is inferred from the rest, or was cancelled",
            "reported",
            required=True,
            allowed=("reported", "expected", "inferred", CANCELLED),
        ),
    ),
    key=("trip_id", "stop"),
)

MEETINGS = Table(
    "meetings",
    "one meeting of the leader with a counterpart on a journey",
    (
        _trip_id(),
        Column("date", "day of the meeting", "2019-02-27", "edtf"),
        Column("counterpart", "who was met", "Donald Trump", required=True),
        Column("counterpart_country_iso3", "country the counterpart stood for", "USA", "country"),
        Column("place", "a stop of the trip", "Hanoi"),
        Column(
            "setting",
            "whether the counterpart was the host or both were guests",
            "third country",
            allowed=("host", "third country", "unknown"),
        ),
    ),
    needed=False,
)

EVIDENCE = Table(
    "evidence",
    "one source's word on one field of one trip, dissent included",
    (
        _trip_id(),
        Column(
            "field",
            "what the source speaks of: `trip` as a whole, a column, or another word for it (days, aircraft)",
            "back_home",
            required=True,
        ),
        Column("says", "what the source says", "10-12 June", required=True),
        Column("publisher", "who published it", "KBS World", required=True),
        Column("url", "link to the page read; empty where none is known", "https://tass.com/politics/1672907", "link"),
        Column(
            "stance",
            "whether it supports the row or disputes it",
            "supports",
            required=True,
            allowed=("supports", "disputes"),
        ),
    ),
    needed=False,
)

PLACES = Table(
    "places",
    "one place with its coordinates",
    (
        Column("place", "name of the place in English", "Dong Dang", required=True),
        Column("country_iso3", "country or side, ISO 3166-1 alpha-3", "VNM", "country", required=True),
        Column("latitude_deg", "latitude, north positive, WGS 84", "21.94", "number", unit="degree", low=-90, high=90),
        Column(
            "longitude_deg", "longitude, east positive, WGS 84", "106.70", "number", unit="degree", low=-180, high=180
        ),
        Column("kind", "what the coordinates stand for: their precision", "border point", allowed=PLACE_KINDS),
        Column("other_names", "further names, separated by ;", "DMZ"),
        Column("provider", "where the coordinates come from", "geonames", allowed=PROVIDERS),
        Column("matched_name", "the choice: name under which the provider lists the place", "Artëm"),
        Column("geocoded_on", "day of asking", "2026-11-23", "day"),
        Column(
            "reviewed", "whether a person has checked the row; such a row always wins", "yes", allowed=("yes", "no")
        ),
        Column("note", "what a reader should know about the place", "Rajin station"),
        Column("query", "name that was asked for, and within which country", "Ulan Ude (RUS)", optional=True),
        Column(
            "asked",
            "who was asked, in order, separated by ;: the last one gave the candidates, or none if none knew the name",
            "geonames;nominatim",
            optional=True,
        ),
        Column(
            "candidates",
            "what was offered, at most five, the likeliest first, separated by ;:"
            " `name at latitude, longitude (region, inhabitants)`",
            "Artëm at 43.35757, 132.19137 (region 59, 102,300 inhabitants)",
            optional=True,
        ),
        Column(
            "candidates_in_all",
            "how many were offered; 0: nobody asked knew the name",
            "1",
            "integer",
            low=0,
            optional=True,
        ),
        Column(
            "reviewer",
            "who checked the row, or chose among the candidates; empty where that is not recorded",
            "the reader who uploaded the table",
            optional=True,
        ),
        Column(
            "same_as",
            "place id of the row that this is another spelling or a former name of: its visits count there, and need no"
            " coordinates here; empty for a place of its own",
            "st-petersburg-rus",
            optional=True,
        ),
        Column("name_ko", "name in Korean, where a source gives it; shown on the Korean page", "평양", optional=True),
    ),
    key=("place", "country_iso3"),
)

ROUTES = Table(
    "routes",
    "one railway or road corridor between two places, schematic: straight from town to town",
    (
        Column("mode", "transport that uses the corridor", "train", required=True, allowed=_CORRIDOR_MODES),
        Column("from_place", "one end, as place id (name-country)", "beijing-chn", required=True),
        Column("to_place", "other end, as place id", "wuhan-chn", required=True),
        Column("through", "place ids on the line, in order, separated by ;", "shijiazhuang-chn;zhengzhou-chn"),
    ),
    key=("mode", "from_place", "to_place"),
    needed=False,
)

TERMS = Table(
    "terms",
    "one period in which a leader held one post, beside the one that leaders.csv gives",
    (
        Column("leader_id", "who held it, as named in leaders.csv", "kim-jong-il", required=True),
        Column("post", "the post", "general secretary of the Workers' Party of Korea", required=True),
        Column("in_office_from", "first day in the post; empty where unknown", "1997-10-08", "edtf"),
        Column("in_office_until", "last day in the post; empty where it is still held", "2011-12-17", "edtf"),
        *_source("https://www.nationsencyclopedia.com/"),
    ),
    key=("leader_id", "post", "in_office_from"),
    needed=False,
)

PLACE_NAMES = Table(
    "place_names",
    "one period in which a place had another name or lay in another country than places.csv says",
    (
        Column("place", "name of the place today, as in places.csv", "Saint Petersburg", required=True),
        Column("country_iso3", "its country today, as in places.csv", "RUS", "country", required=True),
        Column("used_from", "first day of the period; empty where unknown", "1924", "edtf"),
        Column("used_until", "last day of the period", "1991-09-05", "edtf", required=True),
        Column("name", "what it was called", "Leningrad", required=True),
        Column("name_country_iso3", "the country in which it lay", "SUN", "country", required=True),
        *_source("https://prlib.ru/en/history/619516"),
    ),
    key=("place", "country_iso3", "used_until"),
    needed=False,
)

INBOUND = Table(
    "inbound",
    "one visit to a leader's own country, or meeting on its own soil; never a trip abroad of that leader",
    (
        Column("leader_id", "who was visited, as named in leaders.csv", "kim-jong-un", required=True),
        Column("date", "first day of the visit", "2018-09-18", "edtf"),
        Column("until", "last day of the visit", "2018-09-20", "edtf"),
        Column("visitor", "who came", "Moon Jae-in", required=True),
        Column("visitor_country_iso3", "country the visitor stood for", "KOR", "country"),
        Column("visitor_role", "office of the visitor", "president"),
        Column("place", "where they met", "Pyongyang"),
        Column("country_iso3", "country or side on which the place lies", "PRK", "country"),
        Column("occasion", "why the visit was made", "third inter-Korean summit"),
        Column("note", "what a reader should know about the row", "18 to 19 June by Russian dating"),
    ),
    key=("leader_id", "date", "visitor"),
    needed=False,
)

REPORTED = Table(
    "reported",
    "one day from which the public could know of a trip, where that day is established",
    (
        _trip_id(),
        Column("first_reported", "the first day on which it was reported", "2018-03-28", "day", required=True),
        Column(
            "reported_as",
            "what could be known from that day: that the trip was announced, or that it was made or under way",
            "made",
            required=True,
            allowed=("announced", "made"),
        ),
        Column("says", "what was reported, and how", "announced only after he had left China"),
        Column("publisher", "who reported it; empty where evidence.csv has it", "CNN"),
    ),
    key=("trip_id", "reported_as"),
    needed=False,
)

STATEMENT = (
    Column("claim", "name of the statement, used in addresses", "rail-under-half", required=True),
    Column("publisher", "who makes the statement; empty where the file as a whole has one source", "Korea Herald"),
    Column("statement", "the statement, in our own words", "Most journeys abroad were not by rail", required=True),
    Column("measure", "how it is measured", "share", required=True, allowed=MEASURES),
    Column("of", "what is counted or looked at", "trip", required=True, allowed=UNITS),
    Column(
        "query", "the rows it speaks of, as in the page's address", "leader=kim-jong-un&transport=train", required=True
    ),
    Column("out_of", "for a share: the rows it is a share of", "leader=kim-jong-un"),
    Column(
        "field",
        "for list, first, weekday: a column of these rows; for distance: ids of the places to measure to",
        "left_home",
    ),
    Column("expected", "what the statement comes to", "4 of 9", required=True),
    Column("as_of", "the day the statement speaks of", "2023-09-11", "edtf", required=True),
    Column(
        "held",
        "whether the rows gave what is expected, as known on that day, when the statement was entered",
        "yes",
        required=True,
        allowed=("yes", "no", "undecided"),
    ),
    Column(
        "note", "how it is read, and why it does not hold where it does not", "the day before the journey was known"
    ),
)
CLAIMS = Table("claims", "one statement of a news article, to be measured anew", STATEMENT, ("claim",), needed=False)
COUNTS = Table(
    "counts",
    "one statement of how many trips somebody else counts, to be measured anew",
    STATEMENT,
    ("claim",),
    needed=False,
)

TABLES = (
    *(LEADERS, TRIPS, STOPS, MEETINGS, EVIDENCE, PLACES, ROUTES),
    *(TERMS, PLACE_NAMES, INBOUND, REPORTED, CLAIMS, COUNTS),
)
