"""Whether a leader was in office when a trip began, and in which posts: several periods, several posts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.tables.dates import bounds
from dashboard.travel.travel import Travel

YES, PERHAPS, NO, UNKNOWN = "yes", "perhaps", "no", ""
BETWEEN = "; "


def terms(travel: Travel) -> pd.DataFrame:
    """One row for each period in which a leader held a post, those of leaders.csv first.

    `begun` and `surely_begun` are the first and the last day on which it may have begun, `surely_held` and `ended`
    those on which it may have ended (datetime64[s]); a beginning that is not known is NaT, and an end that is not given
    is to come.
    """
    leaders = travel.leaders.reset_index().rename(columns={"role": "post"})
    given = leaders[(leaders["in_office_from"] != "") | (leaders["in_office_until"] != "")]
    columns = ["leader_id", "post", "in_office_from", "in_office_until"]
    found = pd.concat([given[columns], travel.terms[columns]], ignore_index=True).astype("str")
    first, last = bounds(found["in_office_from"]), bounds(found["in_office_until"])
    still = found["in_office_until"] == ""
    return found.assign(
        begun=first["earliest"],
        surely_begun=first["latest"],
        surely_held=last["earliest"].mask(still, pd.Timestamp("9999-12-31")),
        ended=last["latest"].mask(still, pd.Timestamp("9999-12-31")),
    )


def offices(travel: Travel) -> pd.DataFrame:
    """For each trip in memory `in_office` (yes, perhaps, no; '' where no term or no day is known) and `posts`.

    These are the posts that the leader held on the day of leaving home, or may have held, joined by `; `.
    """
    trips = travel.trips[["left_home_earliest", "left_home_latest"]].assign(
        leader_id=travel.trips["leader_id"].astype("str"), trip=travel.trips.index
    )
    pairs = trips.merge(terms(travel), on="leader_id")
    pairs = pairs[pairs["left_home_earliest"].notna().to_numpy()]
    surely = (pairs["surely_begun"] <= pairs["left_home_earliest"]) & (
        pairs["left_home_latest"] <= pairs["surely_held"]
    )
    # A beginning that is not known may have been before any day.
    begun = pairs["begun"].isna() | (pairs["begun"] <= pairs["left_home_latest"])
    perhaps = begun & (pairs["left_home_earliest"] <= pairs["ended"])
    state = pd.Series(np.select([surely, perhaps], [2, 1], 0), pairs["trip"]).groupby(level=0).max()
    held = pairs[perhaps.to_numpy() & (pairs["post"] != "").to_numpy()]
    posts = held.drop_duplicates(["trip", "post"]).groupby("trip")["post"].agg(BETWEEN.join)
    return pd.DataFrame(
        {
            "in_office": state.map({2: YES, 1: PERHAPS, 0: NO}).reindex(travel.trips.index, fill_value=UNKNOWN),
            "posts": posts.reindex(travel.trips.index, fill_value=""),
        }
    ).astype("str")
