"""What the peers read: a Parquet file with a row for each visit, written by our own program from a data folder."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from dashboard.tables.countries import countries
from dashboard.travel.build import load
from dashboard.travel.travel import Travel

# Kind of stop that counts as a visit; the way home is a leg of the map and no visit.
VISIT = "visit"


def write(data: Path, target: Path) -> None:
    """The visits of a data folder; columns as `pages/drawing.py` lists them, countries and leaders by name."""
    visits_of(load(data)).to_parquet(target, index=False)


def visits_of(travel: Travel) -> pd.DataFrame:
    """One row for each visit: its trip, the trip's leader, year and main transport, and the leg that reached it."""
    stops = travel.stops[travel.stops["kind"] == VISIT]
    trips = travel.trips.loc[stops["trip"]]
    points = travel.places[["longitude_deg", "latitude_deg"]].set_axis(["longitude", "latitude"], axis=1)
    ends = {end: points.reindex(stops[column].astype(str)) for end, column in ENDS.items()}
    frame = pd.DataFrame(
        {
            "trip_id": trips["trip_id"].to_numpy(),
            "leader": trips["leader_id"].astype(str).map(travel.leaders["name"]).to_numpy(),
            "left_home": trips["left_home"].astype(str).to_numpy(),
            "year": trips["year"].to_numpy(),
            "transport": trips["transport"].astype(str).to_numpy(),
            "place": stops["place"].astype(str).to_numpy(),
            "country": stops["country_iso3"].astype(str).map(countries()).to_numpy(),
        }
    )
    return frame.assign(**{f"{end}_{name}": at[name].to_numpy() for end, at in ends.items() for name in at})


ENDS = {"from": "from_place_id", "to": "place_id"}
