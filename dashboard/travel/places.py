"""Places: their coordinates, from `places.csv` alone. A place that is missing is listed, never guessed."""

from __future__ import annotations

import pandas as pd

from dashboard.tables.ids import place_ids, renamed_places


def read_places(text: pd.DataFrame) -> pd.DataFrame:
    """`places.csv` as text -> its columns, one row per place, indexed by place id.

    `latitude_deg` and `longitude_deg` are floats, NaN where unknown.
    """
    frame = text.assign(
        latitude_deg=pd.to_numeric(text["latitude_deg"], errors="coerce"),
        longitude_deg=pd.to_numeric(text["longitude_deg"], errors="coerce"),
    )
    ids = place_ids(text["place"], text["country_iso3"], renamed_places(text))
    frame.index = pd.Index(ids, name="place_id")
    return frame.loc[~frame.index.duplicated()]
