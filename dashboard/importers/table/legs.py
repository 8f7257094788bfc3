"""A table with a row for each leg, from a place to a place -> rows of stops, and the home to which they come back."""

from __future__ import annotations

import pandas as pd

from dashboard.importers.imported import Doubt
from dashboard.importers.table.whereabouts import Whereabouts, holds_codes

HOME = ["home_place", "home_country_iso3"]


def origins(frame: pd.DataFrame, where: Whereabouts) -> pd.DataFrame:
    """`from_place` and `from_iso3` of each row, '' where its cell holds nothing that is found."""
    codes = holds_codes(frame["origin"])
    found = {text: where.find(text, "", codes=codes).stops if text else () for text in frame["origin"].unique()}
    first = frame["origin"].map({text: stops[0] if stops else ("", "") for text, stops in found.items()})
    return pd.DataFrame({"from_place": first.str[0], "from_iso3": first.str[1]}, dtype="str")


def chain(rows: pd.DataFrame, leaders: pd.DataFrame, source: str) -> tuple[pd.DataFrame, pd.DataFrame, list[Doubt]]:
    """Legs in order of day -> stops with a `trip` for each journey from home to home, and the leaders with a home.

    A leader without a home has it where the first leg begins, as a doubt. A leg that begins elsewhere than the last one
    ended adds the place where it begins, inferred. Rows with a trip of their own keep it.
    """
    rows = rows.sort_values(["leader_id", "arrived"], kind="stable")
    leaders, doubts = _homes(rows, leaders, source)
    home = leaders.set_index("leader_id")[HOME].reindex(rows["leader_id"]).set_axis(rows.index)
    leaves = rows["from_place"].eq(home["home_place"]) & rows["from_iso3"].eq(home["home_country_iso3"])
    same = rows["leader_id"].eq(rows["leader_id"].shift())
    joined = same & rows["from_place"].eq(rows["place"].shift()) & rows["from_iso3"].eq(rows["country_iso3"].shift())
    number = (~same | leaves).groupby(rows["leader_id"]).cumsum().astype("str")
    began = rows["arrived"].groupby([rows["leader_id"], number]).transform("first").replace("", "undated")
    made = rows["leader_id"] + "-" + began.str.slice(0, 10) + "-" + number
    rows = rows.assign(trip=rows["trip"].where(rows["trip"] != "", made), leg=range(1, 2 * len(rows) + 1, 2))
    gaps = rows[(rows["from_place"] != "") & ~leaves & ~joined]
    begun = gaps.assign(
        place=gaps["from_place"],
        country_iso3=gaps["from_iso3"],
        leg=gaps["leg"] - 1,
        reached_by="unknown",
        certainty="inferred",
        **dict.fromkeys(("arrived", "left", "occasion", "counterpart", "source", "latitude", "longitude"), ""),
    )
    return pd.concat([begun, rows]).sort_values("leg", kind="stable").drop(columns="leg"), leaders, doubts


def _homes(rows: pd.DataFrame, leaders: pd.DataFrame, source: str) -> tuple[pd.DataFrame, list[Doubt]]:
    first = rows[rows["from_place"] != ""].drop_duplicates("leader_id").set_index("leader_id")
    lacking = leaders["home_place"].eq("") & leaders["leader_id"].isin(first.index)
    begins = first.reindex(leaders["leader_id"]).set_axis(leaders.index)
    leaders = leaders.assign(
        home_place=leaders["home_place"].where(~lacking, begins["from_place"]),
        home_country_iso3=leaders["home_country_iso3"].where(~lacking, begins["from_iso3"]),
    )
    row_of = pd.Series(rows.index, rows["leader_id"]).groupby(level=0).first()
    what = "no home is given; it is taken to be {}, where the first leg begins"
    doubts = [
        Doubt(source, int(row_of[leader]), what.format(place), "doubtful", "home")
        for leader, place in leaders.loc[lacking, ["leader_id", "home_place"]].itertuples(index=False, name=None)
    ]
    return leaders, doubts
