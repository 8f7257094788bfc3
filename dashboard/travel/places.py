"""Places: their coordinates, from `places.csv` alone. A place that is missing is listed, never guessed."""

from __future__ import annotations

import pandas as pd

from dashboard.tables.ids import is_another_name, place_ids, renamed_places


def read_places(text: pd.DataFrame) -> pd.DataFrame:
    """`places.csv` as text -> its columns, one row per place, indexed by place id.

    `latitude_deg` and `longitude_deg` are floats, NaN where unknown. `same_places` are the other names of a place that
    have rows of their own, `Leningrad (SUN)`; they are among its `other_names`, too.
    """
    others = is_another_name(text)
    frame = text[~others].assign(
        latitude_deg=pd.to_numeric(text["latitude_deg"], errors="coerce"),
        longitude_deg=pd.to_numeric(text["longitude_deg"], errors="coerce"),
    )
    ids = place_ids(frame["place"], frame["country_iso3"], renamed_places(text))
    frame.index = pd.Index(ids, name="place_id")
    return _with_other_names(frame.loc[~frame.index.duplicated()], text[others])


def _with_other_names(places: pd.DataFrame, others: pd.DataFrame) -> pd.DataFrame:
    """The places with the names that other rows have for them."""
    if others.empty:
        return places.assign(same_places="")
    full = others["place"] + " (" + others["country_iso3"] + ")"
    listed = full.groupby(others["same_as"]).agg("; ".join).reindex(places.index, fill_value="")
    names = others["place"].groupby(others["same_as"]).agg(";".join).reindex(places.index, fill_value="")
    both = [";".join(dict.fromkeys(filter(None, f"{one};{more}".split(";")))) for one, more in
            zip(places["other_names"], names, strict=True)]  # fmt: skip
    return places.assign(same_places=listed, other_names=both)
