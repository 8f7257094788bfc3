"""Rows of a stranger's table, read and placed -> leaders, trips, stops, meetings and evidence."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pandas as pd

from dashboard.importers.homes import Home, home_of
from dashboard.importers.imported import Doubt
from dashboard.importers.stops import doubted, east_over_the_line, number, sequence, untangle, with_way_home
from dashboard.importers.table.whereabouts import Whereabouts
from dashboard.tables.dates import bounds

LINK = re.compile(r"https?://[^\s/;,][^\s;,]*")


def in_order(rows: pd.DataFrame) -> pd.DataFrame:
    """Rows with `trip_id` and `stop`, trip by trip as they first appear, each by day of arrival, then as written."""
    began = rows["arrived"].where(rows["arrived"] != "", rows["left_home"])
    made = rows["leader_id"] + "-" + began.str.slice(0, 10).where(began != "", "undated")
    # The places of one cell are stops of one trip.
    first = pd.Series(~rows.index.duplicated(), rows.index)
    again = first.groupby(made).cumsum().astype("str")
    trip_id = rows["trip"].where(rows["trip"] != "", made.where(again == "1", made + "-" + again))
    rows = rows.assign(trip_id=trip_id, row=rows.index)
    rows = rows.assign(day=_day_of_order(rows))
    rows["first"] = rows.groupby("trip_id")["row"].transform("min")
    rows = rows.sort_values(["first", "day", "row"], na_position="first", kind="stable")
    return rows.assign(stop=number(rows))


def _day_of_order(rows: pd.DataFrame) -> pd.Series:
    """The day by which each row is ordered; one that the date line makes a day early stays where it was written."""
    day = sequence(rows["trip_id"], rows["arrived"])
    early = (day.shift() - day) == pd.Timedelta(days=1)
    if not early.any():
        return day
    lost = (early & east_over_the_line(rows)).groupby(rows["trip_id"]).cumsum()
    return day + pd.to_timedelta(lost.astype("int64"), unit="D")


def leaders(rows: pd.DataFrame, where: Whereabouts) -> pd.DataFrame:
    """Those who travelled, at home where the table says it, else in their capital."""
    people = rows.sort_index(kind="stable").drop_duplicates("leader_id")
    seats = _seats(rows)
    homes = []
    for leader, home, iso3 in people[["leader_id", "home", "leader_iso3"]].itertuples(index=False, name=None):
        capital = seats[leader].town
        found = where.find(home, iso3).stops if home else ()
        homes.append(found[0] if found else (capital, iso3 if capital else ""))
    return pd.DataFrame(
        {
            "leader_id": people["leader_id"],
            "name": people["leader"],
            "country_iso3": people["leader_iso3"],
            "role": people["role"],
            "home_place": [place for place, _ in homes],
            "home_country_iso3": [iso3 for _, iso3 in homes],
        }
    ).astype("str")


def _seats(rows: pd.DataFrame) -> dict[str, Home]:
    """Leader id -> where the government of the country sat on the leader's journeys."""
    days = bounds(rows["arrived"].where(rows["arrived"] != "", rows["left_home"]))["earliest"].dt.strftime("%4Y-%m-%d")
    spans = rows.assign(first=days, last=days).groupby("leader_id", sort=False)
    known = spans.agg({"leader_iso3": "first", "first": "min", "last": "max"}).fillna("")
    return {str(leader): home_of(*cells) for leader, *cells in known.itertuples(name=None)}


def moved(rows: pd.DataFrame, source: str) -> list[Doubt]:
    """Leaders without a home of their own whose government has moved since."""
    first = rows.sort_values("row").drop_duplicates("leader_id")
    seats = _seats(rows)
    homes = first[["row", "leader_id", "home"]].itertuples(index=False, name=None)
    doubts = [(row, seats[leader].doubt) for row, leader, home in homes if not home]
    return [Doubt(source, int(row), doubt) for row, doubt in doubts if doubt]


def lost_homes(rows: pd.DataFrame, where: Whereabouts, source: str) -> list[Doubt]:
    """Homes of which the country is not known, or in doubt: the capital stands in, or no way home is added."""
    first = rows.sort_values("row").drop_duplicates("leader_id")
    first = first[first["home"] != ""]
    doubts = []
    for row, home, iso3 in first[["row", "home", "leader_iso3"]].itertuples(index=False, name=None):
        found = where.find(home, iso3)
        instead = "" if found.stops else f"; {'the capital' if iso3 else 'no home'} is taken; write TOWN, COUNTRY"
        if found.doubt or not found.stops:
            doubts.append(
                Doubt(source, int(row), f"home {home!r}: {found.doubt or 'not found'}{instead}", field="home")
            )
    return doubts


def of_leaders(rows: pd.DataFrame, people: pd.DataFrame, column: str) -> pd.Series:
    """A column of the leaders for each row."""
    return rows["leader_id"].map(dict(zip(people["leader_id"], people[column], strict=True))).astype("str")


def trips(rows: pd.DataFrame, given: pd.DataFrame) -> pd.DataFrame:
    """The trips `as_given`: a day of leaving home or being back that the days of the stops contradict is not kept."""
    left_home = given["left_home"].mask(_too_late(given), "")
    started = left_home.where(left_home != "", given["arrived_host"].map(doubted))
    given = given.assign(left_home=started, occasion=given.index.map(_occasions(rows))).astype("str")
    return given.assign(back_home=given["back_home"].mask(_too_soon(given), "")).reset_index()


def as_given(rows: pd.DataFrame) -> pd.DataFrame:
    """The trips by id with the days that their rows give, and the `first` and `last` moment known of their stops."""
    home = rows["kind"] == "home"
    back = rows["back_home"].where((rows["back_home"] != "") | ~home, rows["arrived"])
    abroad = {name: rows[name].mask(home, "") for name in ("arrived", "left")}
    rows = rows.assign(back_home=back, **abroad)
    given = rows[["trip_id", "leader_id", "left_home", "arrived", "left", "back_home"]].replace("", pd.NA)
    by_trip = given.groupby("trip_id", sort=False)
    days = {name: bounds(rows[name]) for name in ("arrived", "left")}
    latest = pd.concat([days["arrived"]["latest"], days["left"]["latest"]], axis=1).min(axis=1)
    earliest = pd.concat([days["arrived"]["earliest"], days["left"]["earliest"]], axis=1).max(axis=1)
    return (
        pd.DataFrame(
            {
                "leader_id": by_trip["leader_id"].first(),
                "left_home": by_trip["left_home"].first(),
                "arrived_host": by_trip["arrived"].first(),
                "left_host": by_trip["left"].last(),
                "back_home": by_trip["back_home"].last(),
            }
        )
        .fillna("")
        .assign(first=latest.groupby(rows["trip_id"]).min(), last=earliest.groupby(rows["trip_id"]).max())
    )


def _occasions(rows: pd.DataFrame) -> dict[str, str]:
    """What the rows of each trip give as its occasion, each text once; '' where they give none."""
    by_trip: dict[str, list[str]] = {}
    for trip, text in rows[["trip_id", "occasion"]].drop_duplicates().itertuples(index=False, name=None):
        by_trip.setdefault(trip, []).extend([text] if text else [])
    return {trip: " | ".join(texts) for trip, texts in by_trip.items()}


def _too_soon(trips: pd.DataFrame) -> pd.Series:
    """Trips that are back before they began, or before their last stop."""
    back = bounds(trips["back_home"])["latest"]
    return (back < bounds(trips["left_home"])["earliest"]) | (back < trips["last"])


def _too_late(trips: pd.DataFrame) -> pd.Series:
    """Trips that leave home after their first stop."""
    return bounds(trips["left_home"])["earliest"] > trips["first"]


def contradicted(rows: pd.DataFrame, given: pd.DataFrame, source: str) -> list[Doubt]:
    """Days of leaving home and of being back that `trips` does not keep."""
    late = given.index[_too_late(given)]
    given = given.assign(left_home=given["left_home"].mask(_too_late(given), ""))
    soon = given.index[_too_soon(given)]
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


def stops(rows: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    """The stops in order, and the way home of leaders whose country is known where no row says it."""
    left = rows["left"].mask(rows["kind"] == "home", "")
    visits = rows.assign(left=left).reset_index(drop=True)
    homes = pd.DataFrame(
        {
            "trip_id": visits["trip_id"],
            "place": visits["home_place"],
            "country_iso3": of_leaders(visits, people, "home_country_iso3"),
        }
    )
    home_given = visits.loc[visits["kind"] == "home", "trip_id"]
    homes = homes[(homes["place"] != "") & ~homes["trip_id"].isin(home_given)].drop_duplicates("trip_id")
    return with_way_home(untangle(visits), homes)


def meetings(rows: pd.DataFrame) -> pd.DataFrame:
    """Those met at each stop; the day is known only of stops of one day."""
    met = rows[rows["counterpart"] != ""]
    met = met.assign(counterpart=met["counterpart"].str.split(";")).explode("counterpart")
    met = met.assign(counterpart=met["counterpart"].str.strip(), setting="unknown")
    met = met.assign(date=met["arrived"].where(met["arrived"] == met["left"], ""))
    return met[met["counterpart"] != ""]


def evidence(rows: pd.DataFrame) -> pd.DataFrame:
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
