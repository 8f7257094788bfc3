"""Of more routes than a map can draw: one flow for each pair of countries and transport, its routes added up.

A flow joins the busiest towns of its countries. Nothing is read off a map: the country of a town is what the data say.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.codes import Numbers
from dashboard.routes import MODE
from dashboard.summaries import Summary

# Where towns are a country's only ones there is nothing to add up: the strongest routes say more.
LEAST_GAIN = 2


def flows(summary: Summary, order: Numbers) -> pd.DataFrame | None:
    """The flows that the lines at these positions of `travel.lines` add up to, most trips first.

    The columns of `travel.lines` that a map needs, under negative numbers; `trips` and `routes` are the sums over the
    lines, `from_country` and `to_country` ISO 3166-1 alpha-3. A flow within a country has no length and is left out.
    None where the flows would not be half as many as the lines.
    """
    travel = summary.travel
    ends, countries = travel.ground.line_ends[order], travel.ground.line_countries[order]
    across = countries[:, 0] != countries[:, 1]
    trips = summary.counts.lines[order][across]
    modes = travel.lines["mode"].cat.codes.to_numpy()[order][across].astype(np.int64)
    keys = np.column_stack([modes, np.sort(countries[across], axis=1)])
    flow, number = np.unique(keys, axis=0, return_inverse=True)
    if len(flow) * LEAST_GAIN > len(order):
        return None
    hubs = _hubs(ends, countries, summary.counts.lines[order], len(travel.order.countries))
    summed = np.bincount(number, trips, len(flow)).astype(np.int64)
    first = np.argsort(-summed, kind="stable")
    return _told(summary, flow[first], hubs).assign(trips=summed[first], routes=np.bincount(number)[first])


def _hubs(ends: Numbers, countries: Numbers, trips: Numbers, size: int) -> Numbers:
    """For each country the position in `places` of the town with most trips along its lines, -1 without any."""
    busy = np.bincount(ends.ravel(), np.repeat(trips, 2))
    hubs = np.full(size, -1, dtype=np.int64)
    towns, at = np.unique(ends.ravel(), return_index=True)
    by_trips = np.argsort(busy[towns], kind="stable")
    # Of several values given to one country the last stays: that of the busiest town.
    hubs[countries.ravel()[at[by_trips]]] = towns[by_trips]
    return hubs


def _told(summary: Summary, flow: Numbers, hubs: Numbers) -> pd.DataFrame:
    """The flows (mode, country, country) as rows that a map can draw."""
    places, order = summary.travel.places, summary.travel.order.countries
    sides = {}
    for side, column in (("from", 1), ("to", 2)):
        towns = places.take(hubs[flow[:, column]])
        sides[f"{side}_place_id"] = towns.index.to_numpy()
        sides[f"{side}_country"] = order[flow[:, column]].to_numpy()
        for degrees in ("longitude_deg", "latitude_deg"):
            sides[f"{side}_{degrees}"] = towns[degrees].to_numpy()
    # Negative, so that no number is that of a line.
    rows = pd.DataFrame(sides, index=-1 - np.arange(len(flow)))
    return rows.assign(mode=pd.Categorical.from_codes(flow[:, 0], dtype=MODE))
