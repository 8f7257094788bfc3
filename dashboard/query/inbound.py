"""Who came: visits received, which are never trips, and what each counterpart and a leader were to each other."""

from __future__ import annotations

import pandas as pd

from dashboard.query.filters import in_years
from dashboard.query.selection import Selection, select, transformed
from dashboard.tables.dates import bounds, is_uncertain
from dashboard.tables.ids import slug
from dashboard.travel.build import Travel


def received(travel: Travel, selection: Selection) -> pd.DataFrame:
    """The visits that a selection's leaders received from whom it names in its years; the columns of inbound.csv.

    Other filters speak of trips, and a visit received is none: they are not asked.
    """
    rows = visits_received(travel)
    keep = pd.Series(True, rows.index)
    if selection.values("leader"):
        keep &= rows["leader_id"].isin(selection.values("leader"))
    if selection.values("met"):
        keep &= rows["visitor_id"].isin(selection.values("met"))
    if selection.values("years"):
        keep &= in_years(bounds(rows["date"]), selection.values("years"))
    return rows[keep]


def visits_received(travel: Travel) -> pd.DataFrame:
    """The rows of inbound.csv, and the trips of other leaders to a leader's country on which they met him.

    `visitor_id` is the visitor as the address names him; `trip_id` the trip of a visitor who is a leader of these data,
    else ''. A visit that inbound.csv has too stands once, as it is there.
    """
    travel = travel.made
    written = travel.inbound.assign(visitor_id=[slug(name) for name in travel.inbound["visitor"]], trip_id="")
    made = _made_by_others(travel)
    both = pd.concat([written, made], ignore_index=True)
    same = both.assign(start=bounds(both["date"])["earliest"]).duplicated(["leader_id", "visitor_id", "start"])
    return both[~same].reset_index(drop=True)


def _made_by_others(travel: Travel) -> pd.DataFrame:
    """One row for each trip of one leader on which he met another in that one's own country."""
    leaders = travel.leaders.reset_index()
    host = leaders.assign(met=[slug(name) for name in travel.in_english.leaders["name"]])[
        ["met", "leader_id", "country_iso3"]
    ]
    meetings = travel.meetings.loc[travel.meetings["met"].isin(host["met"]), ["trip", "met", "date", "place"]]
    if meetings.empty:
        return travel.inbound.iloc[:0].assign(visitor_id="", trip_id="")
    meetings = meetings.astype({"met": "str", "place": "str"})
    visits = travel.stops.loc[(travel.stops["kind"] == "visit").to_numpy(), ["trip", "place", "country_iso3"]]
    pairs = meetings.merge(host, on="met").astype({"country_iso3": "str"})
    found = pairs.merge(visits.astype("str").astype({"trip": pairs["trip"].dtype}), on=["trip", "country_iso3"])
    found = found[(found["place_x"] == found["place_y"]) | (found["place_x"] == "")].drop_duplicates(
        ["trip", "leader_id"]
    )
    trips = travel.trips.loc[found["trip"]]
    visitors = travel.leaders.loc[trips["leader_id"].astype("str").tolist()]
    return pd.DataFrame(
        {
            "leader_id": found["leader_id"].to_numpy(),
            "date": found["date"].astype("str").to_numpy(),
            "until": "",
            "visitor": visitors["name"].to_numpy(),
            "visitor_country_iso3": visitors["country_iso3"].to_numpy(),
            "visitor_role": visitors["role"].to_numpy(),
            "place": found["place_y"].to_numpy(),
            "country_iso3": found["country_iso3"].to_numpy(),
            "occasion": trips["occasion"].to_numpy(),
            "note": "",
            "visitor_id": [slug(name) for name in travel.in_english.leaders.loc[visitors.index, "name"]],
            "trip_id": trips["trip_id"].to_numpy(),
        }
    ).astype("str")


def exchanges(travel: Travel, selection: Selection) -> pd.DataFrame:
    """One row per leader and counterpart of the selected trips and the visits received, the most meetings first.

    `made` counts trips on which the counterpart was the host, `elsewhere` those on which both were guests, `received`
    the visits received. `return_days` is the time from the first visit, either way, to the first in return, both by
    their earliest days; NaN where none was returned. `return_uncertain`: one of the two days is not certain.
    `first` and `last` are the days of the first and last of all these as written, `places` where they were, each once.
    """
    chosen = select(travel, selection).made
    meetings = chosen.meetings[["trip", "met", "counterpart", "date", "place", "setting"]].astype(
        {"met": "str", "counterpart": "str", "date": "str", "place": "str", "setting": "str"}
    )
    leader = chosen.trips["leader_id"].astype("str").reindex(meetings["trip"]).to_numpy()
    way = meetings["setting"].map({"host": "made", "third country": "elsewhere"}).fillna("elsewhere")
    out = meetings.assign(leader_id=leader, way=way).drop_duplicates(["trip", "met", "way"])
    came = received(transformed(travel, selection), selection).rename(
        columns={"visitor": "counterpart", "visitor_id": "met"}
    )
    columns = ["leader_id", "met", "counterpart", "date", "place", "way"]
    events = pd.concat([out[columns], came.assign(way="received")[columns]], ignore_index=True)
    events = events.assign(day=bounds(events["date"])["earliest"])
    by = ["leader_id", "met"]
    counts = events.groupby([*by, "way"]).size().unstack("way", fill_value=0)
    counts = counts.reindex(columns=["made", "received", "elsewhere"], fill_value=0).astype("int64")
    names = events.drop_duplicates(by).set_index(by)["counterpart"]
    found = (
        counts.join(names).join(_when_and_where(events, by)).join(_returned(events[events["way"] != "elsewhere"], by))
    )
    found = found.assign(return_uncertain=found["return_uncertain"].eq(True))
    order = found[["made", "received", "elsewhere"]].sum(axis=1).sort_values(ascending=False, kind="stable").index
    return found.loc[order].reset_index()


def _when_and_where(events: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """The days of the first and the last event between two people, and the places of all."""
    in_order = events.sort_values("day", kind="stable").groupby(by)
    places = in_order["place"].agg(lambda names: "; ".join(dict.fromkeys(filter(None, names))))
    return pd.DataFrame({"first": in_order["date"].first(), "last": in_order["date"].last(), "places": places})


def _returned(visits: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Days from the first visit between two people to the first one the other way that is not before it."""
    visits = visits.assign(doubt=is_uncertain(visits["date"]))
    dated = visits.dropna(subset="day").sort_values("day", kind="stable")
    first = dated.drop_duplicates(by)[[*by, "way", "day", "doubt"]]
    both = dated.merge(first, on=by, suffixes=("", "_first"))
    back = both[both["way"] != both["way_first"]].drop_duplicates(by).set_index(by)
    days, doubt = (back["day"] - back["day_first"]).dt.days, back["doubt"] | back["doubt_first"]
    return pd.DataFrame({"return_days": days, "return_uncertain": doubt})
