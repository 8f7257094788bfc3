"""`table`: any CSV, TSV, XLSX or ODS file with a row for each trip or for each stop, its columns in any order.

Rows with one name in a column `trip` are the stops of one trip; without it each row is a trip of its own. Stops follow
their days of arrival, then the order of the rows. A day of leaving home that is not given is the first arrival, marked
`?`. A day such as 03/04/2018 is never guessed: its year is kept until the mapping says how it is meant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import pandas as pd

from dashboard.geocoding import gazetteer
from dashboard.geocoding.lookup import Geocoder
from dashboard.importers import homecoming
from dashboard.importers.homes import Home, home_of
from dashboard.importers.imported import Doubt, Imported, Importer, Progress, Read
from dashboard.importers.journeys import complete, doubted, number, pairs, sequence, untangle, with_way_home
from dashboard.importers.placing import place_all, read_reviewed
from dashboard.importers.table.cells import doubts, left_out, read_cells
from dashboard.importers.table.columns import Columns, match
from dashboard.importers.table.sheets import Sheet, read_sheet
from dashboard.tables.dates import bounds

LINK = re.compile(r"https?://[^\s/;,][^\s;,]*")


def read(
    path: Path,
    progress: Progress,
    mapping: Mapping[str, str] | None = None,
    geocoder: Geocoder | None = None,
    known: Sequence[Mapping[str, str]] = (),
) -> Imported:
    """The first sheet of a file -> tables and account; `mapping` gives columns their field: see `columns.match`.

    Places are looked up in `geocoder`, the offline gazetteer if none is given, and then among `known`, rows of a
    `places.csv`. Raises ImportingError where the file cannot be read or a column is unclear.
    """
    sheet = read_sheet(path)
    found = match(sheet.header, mapping or {}, sheet.source)
    rows = read_cells(sheet, found, progress)
    out = left_out(rows, sheet.source)
    kept = in_order(rows.drop(index=[row.row for row in out]))
    leaders = _leaders(kept)
    kept = homecoming.mark(kept.assign(home_place=_of_leaders(kept, leaders, "home_place")))
    kept = kept.assign(stop=number(kept))
    trips, stops = _trips(kept), _stops(kept, leaders)
    homes = leaders[["home_place", "home_country_iso3"]].itertuples(index=False, name=None)
    wanted = [*pairs(stops), *(home for home in homes if home[0])]
    placing = place_all(wanted, geocoder or gazetteer.default_gazetteer(), read_reviewed(), known=known)
    beside = {"meetings": _meetings(kept), "evidence": _evidence(kept), "places": placing.places}
    tables = complete(leaders=leaders, trips=trips, stops=stops, **beside)
    said = (*sheet.doubts, *_unused(sheet, found), *_of_rows(kept, sheet.source))
    return Imported(tables, len(rows), tuple(out), said, placing.unplaced, placing.ambiguous)


def _of_rows(kept: pd.DataFrame, source: str) -> list[Doubt]:
    """What is doubtful about the cells, the homes, the days and the ends of journeys."""
    cells = [*_moved(kept, source), *doubts(kept.sort_index(), source)]
    return [*cells, *_contradicted(kept, source), *homecoming.doubts(kept, source)]


def _unused(sheet: Sheet, found: Columns) -> list[Doubt]:
    advice = "is not used; name its field with --map"
    return [Doubt(sheet.source, sheet.header_row, f"column {name!r} {advice} {name!r}=FIELD") for name in found.unused]


def _mapped(mapping: Mapping[str, str]) -> Read:
    return partial(read, mapping=mapping)


TABLE = Importer("table", "any CSV, TSV, XLSX or ODS with a row for each trip or each stop", read, _mapped)


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with `trip_id` and `stop`, trip by trip as they first appear, each by day of arrival, then as written."""
    began = rows["arrived"].where(rows["arrived"] != "", rows["left_home"])
    made = rows["leader_id"] + "-" + began.str.slice(0, 10).where(began != "", "undated")
    again = made.groupby(made).cumcount().add(1).astype("str")
    trip_id = rows["trip"].where(rows["trip"] != "", made.where(again == "1", made + "-" + again))
    day = sequence(trip_id, rows["arrived"])
    rows = rows.assign(trip_id=trip_id, first=trip_id.groupby(trip_id).ngroup(), day=day, row=rows.index)
    rows["first"] = rows.groupby("trip_id")["row"].transform("min")
    rows = rows.sort_values(["first", "day", "row"], na_position="first", kind="stable")
    return rows.assign(stop=number(rows))


def _leaders(rows: pd.DataFrame) -> pd.DataFrame:
    people = rows.sort_index().drop_duplicates("leader_id")
    capital = people["leader_id"].map({leader: home.town for leader, home in _homes(rows).items()}).astype("str")
    return pd.DataFrame(
        {
            "leader_id": people["leader_id"],
            "name": people["leader"],
            "country_iso3": people["leader_iso3"],
            "role": people["role"],
            "home_place": capital,
            "home_country_iso3": people["leader_iso3"].where(capital != "", ""),
        }
    )


def _homes(rows: pd.DataFrame) -> dict[str, Home]:
    """Leader id -> where the government of the country sat on the leader's journeys."""
    days = bounds(rows["arrived"].where(rows["arrived"] != "", rows["left_home"]))["earliest"].dt.strftime("%4Y-%m-%d")
    spans = rows.assign(first=days, last=days).groupby("leader_id", sort=False)
    known = spans.agg({"leader_iso3": "first", "first": "min", "last": "max"}).fillna("")
    return {str(leader): home_of(*cells) for leader, *cells in known.itertuples(name=None)}


def _moved(rows: pd.DataFrame, source: str) -> list[Doubt]:
    """Leaders whose government has moved since."""
    first = rows.sort_values("row").drop_duplicates("leader_id").set_index("leader_id")["row"]
    return [Doubt(source, int(first[leader]), home.doubt) for leader, home in _homes(rows).items() if home.doubt]


def _of_leaders(rows: pd.DataFrame, leaders: pd.DataFrame, column: str) -> pd.Series:
    """A column of the leaders for each row."""
    return rows["leader_id"].map(dict(zip(leaders["leader_id"], leaders[column], strict=True))).astype("str")


def _trips(rows: pd.DataFrame) -> pd.DataFrame:
    """The trips; a day of leaving home or being back that the days of the stops contradict is not kept."""
    trips = _as_told(rows)
    left_home = trips["left_home"].mask(_too_late(trips), "")
    started = left_home.where(left_home != "", trips["arrived_host"].map(doubted))
    trips = trips.assign(left_home=started, occasion=trips.index.map(_occasions(rows))).astype("str")
    return trips.assign(back_home=trips["back_home"].mask(_too_soon(trips), "")).reset_index()


def _as_told(rows: pd.DataFrame) -> pd.DataFrame:
    """The trips by id with the days that their rows give, and the `first` and `last` moment known of their stops."""
    home = rows["kind"] == "home"
    back = rows["back_home"].where((rows["back_home"] != "") | ~home, rows["arrived"])
    abroad = {name: rows[name].mask(home, "") for name in ("arrived", "left")}
    rows = rows.assign(back_home=back, **abroad)
    given = rows.replace("", pd.NA).groupby("trip_id", sort=False)
    days = {name: bounds(rows[name]) for name in ("arrived", "left")}
    latest = pd.concat([days["arrived"]["latest"], days["left"]["latest"]], axis=1).min(axis=1)
    earliest = pd.concat([days["arrived"]["earliest"], days["left"]["earliest"]], axis=1).max(axis=1)
    return (
        pd.DataFrame(
            {
                "leader_id": given["leader_id"].first(),
                "left_home": given["left_home"].first(),
                "arrived_host": given["arrived"].first(),
                "left_host": given["left"].last(),
                "back_home": given["back_home"].last(),
            }
        )
        .fillna("")
        .assign(first=latest.groupby(rows["trip_id"]).min(), last=earliest.groupby(rows["trip_id"]).max())
    )


def _occasions(rows: pd.DataFrame) -> dict[str, str]:
    """What the rows of each trip give as its occasion, each text once; '' where they give none."""
    said: dict[str, list[str]] = {}
    for trip, text in rows[["trip_id", "occasion"]].drop_duplicates().itertuples(index=False, name=None):
        said.setdefault(trip, []).extend([text] if text else [])
    return {trip: " | ".join(texts) for trip, texts in said.items()}


def _too_soon(trips: pd.DataFrame) -> pd.Series:
    """Trips that are back before they began, or before their last stop."""
    back = bounds(trips["back_home"])["latest"]
    return (back < bounds(trips["left_home"])["earliest"]) | (back < trips["last"])


def _too_late(trips: pd.DataFrame) -> pd.Series:
    """Trips that leave home after their first stop."""
    return bounds(trips["left_home"])["earliest"] > trips["first"]


def _contradicted(rows: pd.DataFrame, source: str) -> list[Doubt]:
    """Days of leaving home and of being back that `_trips` does not keep."""
    trips = _as_told(rows)
    late = trips.index[_too_late(trips)]
    trips = trips.assign(left_home=trips["left_home"].mask(_too_late(trips), ""))
    soon = trips.index[_too_soon(trips)]
    what = {
        "left_home": (late, "is after the first stop; the first day abroad is taken"),
        "back_home": (soon, "is before the last stop; left empty"),
    }
    return [
        Doubt(source, row, f"{name} {day} {why}")
        for name, (wrong, why) in what.items()
        for row, day in rows.loc[rows["trip_id"].isin(wrong) & (rows[name] != ""), ["row", name]].itertuples(
            index=False
        )
    ]


def _stops(rows: pd.DataFrame, leaders: pd.DataFrame) -> pd.DataFrame:
    """The stops in order, and the way home of leaders whose country is known where no row says it."""
    left = rows["left"].mask(rows["kind"] == "home", "")
    stops = rows.assign(certainty="reported", left=left).reset_index(drop=True)
    homes = pd.DataFrame(
        {
            "trip_id": stops["trip_id"],
            "place": stops["home_place"],
            "country_iso3": _of_leaders(stops, leaders, "home_country_iso3"),
        }
    )
    told = stops.loc[stops["kind"] == "home", "trip_id"]
    homes = homes[(homes["place"] != "") & ~homes["trip_id"].isin(told)].drop_duplicates("trip_id")
    return with_way_home(untangle(stops), homes)


def _meetings(rows: pd.DataFrame) -> pd.DataFrame:
    """Those met at each stop; the day is known only of stops of one day."""
    met = rows.assign(counterpart=rows["counterpart"].str.split(";")).explode("counterpart")
    met = met.assign(counterpart=met["counterpart"].str.strip(), setting="unknown")
    met = met.assign(date=met["arrived"].where(met["arrived"] == met["left"], ""))
    return met[met["counterpart"] != ""]


def _evidence(rows: pd.DataFrame) -> pd.DataFrame:
    """The sources of each stop: every link of the cell, or the whole text where it holds none."""
    named = rows[rows["source"] != ""]
    split = named.assign(url=named["source"].map(lambda text: LINK.findall(text) or [""])).explode("url")
    host = split["url"].map(lambda url: urlsplit(url).netloc)
    return split.assign(
        field="stop " + split["stop"],
        says=split["occasion"].where(split["occasion"] != "", "named as the source"),
        publisher=split["source"].where(host == "", host),
        stance="supports",
    )
