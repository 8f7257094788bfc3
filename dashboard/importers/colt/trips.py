"""COLT's rows -> trips and stops: rows of one leader that share a TripID are one journey through several countries."""

from __future__ import annotations

import pandas as pd

from dashboard.importers.colt.columns import DEEDS, EVENTS, Master, given
from dashboard.importers.imported import Doubt
from dashboard.importers.people import unique
from dashboard.importers.stops import follows, sequence
from dashboard.tables.dates import PLAIN_DAY, bounds
from dashboard.tables.schema import STOPS, TRIPS

DID = {
    "PublicAddress": "spoke in public",
    "SignedAgreement": "signed an agreement",
    "CulturalSiteOrCeremony": "visited a cultural site or ceremony",
    "BusinessLeaderOrForum": "met business",
}
NO = frozenset(("", "0", "no", "n", "false"))
YES = frozenset(("1", "yes", "y", "true"))


def trip_ids(master: Master, leaders: pd.Series) -> tuple[pd.Series, list[Doubt]]:
    """The trip of each row: `COLT-` and TripID, with the leader where several leaders share it, or the row's number."""
    number = given(master.rows["TripID"])
    row = pd.Series(master.rows.index.astype("str"), index=master.rows.index, dtype="str")
    key = (number + "\n" + leaders).where(number != "", "\n" + row)
    distinct = pd.DataFrame({"key": key, "number": number, "leader": leaders}).drop_duplicates("key")
    shared = distinct["number"].duplicated(keep=False)
    named = "COLT-" + distinct["number"] + ("-" + distinct["leader"]).where(shared, "")
    named = unique(named.where(distinct["number"] != "", "COLT-row-" + row[distinct.index]))
    several = (number != "") & number.isin(distinct.loc[shared, "number"])
    doubts = master.doubts(number == "", "TripID is missing; the trip is named after its row")
    doubts += master.doubts(several, "TripID is that of several leaders; each has a trip of its own")
    return key.map(pd.Series(named.to_numpy(), distinct["key"])).astype("str"), doubts


def joined_trips(rows: pd.DataFrame) -> pd.Series:
    """For each row the trip to which its own belongs once trips of a leader that follow within a day are one.

    `rows` has `trip_id`, `leader_id`, `start` and `end`; trips with a day that is not plain stay by themselves.
    """
    plain = rows["start"].str.fullmatch(PLAIN_DAY) & rows["end"].str.fullmatch(PLAIN_DAY)
    days = rows.assign(begin=bounds(rows["start"])["earliest"], until=bounds(rows["end"])["latest"], known=plain)
    by_trip = days.groupby("trip_id", sort=False, as_index=False)
    trips = by_trip.agg({"leader_id": "first", "begin": "min", "until": "max", "known": "all"})
    ordered = trips.sort_values(["leader_id", "begin"], kind="stable", na_position="last")
    first = ordered["trip_id"].groupby((~follows(ordered)).cumsum()).transform("first")
    return rows["trip_id"].map(dict(zip(ordered["trip_id"], first, strict=True))).astype("str")


def read_visits(rows: pd.DataFrame, master: Master) -> tuple[pd.DataFrame, list[Doubt]]:
    """The rows in the order of travel; `leave` is `end`, empty where the next visit begins before this one ends.

    `rows` has `trip_id`, `iso3`, `town`, `start` and `end`. A row that says the same visit as one before is marked
    `again`; it makes no stop of its own.
    """
    first = sequence(rows["trip_id"], rows["start"])
    rows = rows.assign(order=pd.factorize(rows["trip_id"])[0], first=first)
    rows = rows.sort_values(["order", "first"], kind="stable", na_position="last").drop(columns=["order", "first"])
    again = rows.duplicated(["trip_id", "iso3", "town", "start", "end"])
    stops = rows[~again]
    following = stops["start"].shift(-1, fill_value="").where(stops["trip_id"].eq(stops["trip_id"].shift(-1)), "")
    early = bounds(following)["latest"] < bounds(stops["end"])["earliest"]
    leave = stops["end"].where(~early, "").reindex(rows.index, fill_value="")
    doubts = master.doubts(again, "says the same visit as a row before; it counts once")
    overlap = "the next visit of the trip begins before this one ends; the day of leaving is left empty"
    return rows.assign(again=again, leave=leave), doubts + master.doubts(early, overlap)


def stops_table(visits: pd.DataFrame, homes: pd.DataFrame) -> pd.DataFrame:
    """stops.csv: the towns of each visit, then the way home of the trips that `homes` knows one for.

    `homes` has `trip_id`, `place`, `country_iso3` and `arrived`. Of several towns only the first has the day of
    arrival and only the last that of leaving.
    """
    towns = visits[~visits["again"]].assign(place=lambda frame: frame["places"].str.split(";")).explode("place")
    row = pd.Series(towns.index, index=range(len(towns)))
    towns = towns.reset_index(drop=True)
    stops = pd.DataFrame(
        {
            "trip_id": towns["trip_id"],
            "place": towns["place"],
            "country_iso3": towns["iso3"],
            "arrived": towns["start"].where(~row.duplicated(), ""),
            "left": towns["leave"].where(~row.duplicated(keep="last"), ""),
            "kind": "visit",
            "certainty": pd.Series("reported", towns.index).where(towns["town"] != "", "inferred"),
        }
    )
    way_home = homes.assign(left="", kind="home", certainty="inferred")
    both = pd.concat([stops, way_home], ignore_index=True).assign(reached_by="unknown")
    order = pd.factorize(both["trip_id"])[0]
    both = both.assign(order=order).sort_values("order", kind="stable", ignore_index=True)
    return both.assign(stop=both.groupby("order").cumcount() + 1)[STOPS.names].astype("str")


def trips_table(visits: pd.DataFrame) -> pd.DataFrame:
    """trips.csv: from the first start to the last end, empty where one of several ends is not known."""
    first = visits.drop_duplicates("trip_id").set_index("trip_id")
    end = _last_end(visits).reindex(first.index)
    trips = pd.DataFrame({"leader_id": first["leader_id"], "left_home": first["start"], "back_home": end})
    trips = trips.assign(arrived_host=trips["left_home"], left_host=end, outcome="")
    texts = {name: _together(visits, name).reindex(first.index) for name in ("occasion", "note")}
    return trips.assign(**texts).reset_index()[TRIPS.names].astype("str")


def _last_end(visits: pd.DataFrame) -> pd.Series[str]:
    """The last end of each trip, by its id."""
    latest = visits.assign(latest=bounds(visits["end"])["latest"])[["trip_id", "end", "latest"]]
    last = latest.sort_values("latest", kind="stable").drop_duplicates("trip_id", keep="last").set_index("trip_id")
    open_end = latest.loc[latest["latest"].isna(), "trip_id"].unique()
    return last.assign(end=last["end"].mask(last.index.isin(open_end), ""))["end"]


def _together(visits: pd.DataFrame, column: str) -> pd.Series:
    """The different texts of each trip's rows, joined; only trips of several texts cost time."""
    texts = visits.loc[visits[column] != "", ["trip_id", column]].drop_duplicates()
    several = texts["trip_id"].duplicated(keep=False)
    one = texts[~several].set_index("trip_id")[column]
    joined = texts[several].groupby("trip_id", sort=False)[column].agg("; ".join)
    found: pd.Series = pd.concat([one, joined]).reindex(visits["trip_id"].unique(), fill_value="")
    return found


def occasions(rows: pd.DataFrame) -> pd.Series:
    """Names of the multilateral events of each row."""
    return join_texts([given(rows[name]) for name in EVENTS])


def notes(rows: pd.DataFrame, dates_note: pd.Series, way_home: pd.Series) -> pd.Series:
    """What else each row says; `way_home` is False for a leader without a home."""
    confidence = given(rows["Confidence"])
    texts = [
        given(rows["Notes"]),
        *(pd.Series(DID[name], rows.index).where(rows[name].str.lower().isin(YES), "") for name in DEEDS),
        *(_territory(rows[name], what) for name, what in TERRITORIES),
        dates_note,
        ("confidence: " + confidence).where(confidence != "", ""),
        pd.Series("way home unknown", rows.index).where(~way_home, ""),
    ]
    return join_texts(texts)


TERRITORIES = (("DisputedTerritory", "disputed territory"), ("SemiAutoTerritory", "semi-autonomous territory"))


def in_territory(rows: pd.DataFrame) -> pd.Series:
    """True where a row was in a territory that its country's capital does not stand for."""
    return ~given(rows["DisputedTerritory"]).str.lower().isin(NO) | ~given(rows["SemiAutoTerritory"]).str.lower().isin(
        NO
    )


def _territory(texts: pd.Series, what: str) -> pd.Series:
    answers = given(texts)
    flag = answers.str.lower()
    return (what + ": " + answers).where(~flag.isin(YES), what).where(~flag.isin(NO), "")


def join_texts(texts: list[pd.Series]) -> pd.Series:
    """The texts of each row that are not empty, with `; ` between them."""
    joined = texts[0]
    for text in texts[1:]:
        between = pd.Series("; ", joined.index).where((joined != "") & (text != ""), "")
        joined = joined + between + text
    return joined.astype("str")
