"""Of more routes than a map can draw: one flow for each pair of countries and transport, its routes added up.

A flow joins the busiest towns of its countries. Nothing is read off a map: the country of a town is what the data say.
"""

from __future__ import annotations

import pandas as pd

# Where towns are a country's only ones there is nothing to add up: the strongest routes say more.
LEAST_GAIN = 2
ENDS = ("from", "to")
FLOW = ["mode", "from_country", "to_country"]
TOWN = ["place_id", "longitude_deg", "latitude_deg"]


def add_flows(lines: pd.DataFrame) -> pd.DataFrame | None:
    """The flows that some rows of `Summary.lines` add up to, most trips first.

    What a map needs of each, under ids of their own; `trips` and `routes` are the sums over the lines, `from_country`
    and `to_country` ISO 3166-1 alpha-3. A flow within a country has no length and is left out. None where the flows
    would not be half as many as the lines.
    """
    abroad = _in_order(lines[lines["from_country"] != lines["to_country"]])
    flows = abroad.groupby(FLOW, observed=True, sort=False)["trips"].agg(trips="sum", routes="size").reset_index()
    if len(flows) * LEAST_GAIN > len(lines):
        return None
    hubs = _busiest_towns(lines)
    sides = [hubs.add_prefix(f"{end}_").loc[flows[f"{end}_country"]].reset_index(drop=True) for end in ENDS]
    ids = "flow " + flows["mode"].astype("str") + " " + flows["from_country"] + " " + flows["to_country"]
    whole = pd.concat([flows, *sides], axis=1).set_index(pd.Index(ids))
    return whole.sort_values("trips", ascending=False, kind="stable")


def _in_order(lines: pd.DataFrame) -> pd.DataFrame:
    """The lines with the two countries of each in alphabetical order: both directions are one flow."""
    one, other = lines["from_country"], lines["to_country"]
    return lines.assign(from_country=one.where(one < other, other), to_country=other.where(one < other, one))


def _busiest_towns(lines: pd.DataFrame) -> pd.DataFrame:
    """For each country the end of these lines with most trips: its place id and coordinates."""
    columns = {end: [f"{end}_{name}" for name in ("country", *TOWN)] for end in ENDS}
    ends = [lines[[*names, "trips"]].set_axis(["country", *TOWN, "trips"], axis=1) for names in columns.values()]
    towns = pd.concat(ends, ignore_index=True)
    towns = towns.assign(trips=towns.groupby("place_id")["trips"].transform("sum"))
    busiest = towns.sort_values(["trips", "place_id"], ascending=[False, True]).drop_duplicates("country")
    return busiest.set_index("country")[TOWN]
