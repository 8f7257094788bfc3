"""Of more routes than a map can draw: one flow for each pair of countries and transport, its routes added up.

A flow joins the busiest towns of its countries. Nothing is read off a map: the country of a town is what the data say.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard.query.summaries import Summary
from dashboard.travel.codes import Numbers
from dashboard.travel.legs import MODE

# Where towns are a country's only ones there is nothing to add up: the strongest routes say more.
LEAST_GAIN = 2


def flows(summary: Summary, order: Numbers) -> pd.DataFrame | None:
    """The flows that the lines at these positions of `travel.lines` add up to, most trips first.

    What a map needs of each, under negative numbers; `trips` and `routes` are the sums over the lines, `from_country`
    and `to_country` ISO 3166-1 alpha-3. A flow within a country has no length and is left out. None where the flows
    would not be half as many as the lines.
    """
    known, number = summary.travel.ground.flows
    across = order[number[order] >= 0]
    trips = summary.counts.lines[across]
    routes = np.bincount(number[across], minlength=len(known))
    if np.count_nonzero(routes) * LEAST_GAIN > len(order):
        return None
    summed = np.bincount(number[across], trips, len(known)).astype(np.int64)
    first = np.argsort(-summed, kind="stable")[: np.count_nonzero(routes)]
    return _told(summary, known[first], _hubs(summary, order)).assign(trips=summed[first], routes=routes[first])


def _hubs(summary: Summary, order: Numbers) -> Numbers:
    """For each country the position in `order.places` of the town with most trips along these lines, -1 without any."""
    ground = summary.travel.ground
    ends, countries = ground.line_ends[order].ravel(), ground.line_countries[order].ravel()
    busy = np.bincount(ends, np.repeat(summary.counts.lines[order], 2))
    hubs = np.full(len(ground.order.countries), -1, dtype=np.int64)
    by_trips = np.argsort(busy[ends], kind="stable")
    # Of several values given to one country the last stays: that of the busiest town.
    hubs[countries[by_trips]] = ends[by_trips]
    return hubs


def _told(summary: Summary, flow: Numbers, hubs: Numbers) -> pd.DataFrame:
    """The flows (mode, country, country) as rows that a map can draw."""
    marks, order = summary.travel.ground.marks, summary.travel.order.countries
    sides = {}
    for side, column in (("from", 1), ("to", 2)):
        towns = marks.take(hubs[flow[:, column]])
        sides[f"{side}_place_id"] = towns.index.to_numpy()
        sides[f"{side}_country"] = order[flow[:, column]].to_numpy()
        for degrees in ("longitude_deg", "latitude_deg"):
            sides[f"{side}_{degrees}"] = towns[degrees].to_numpy()
    # Negative, so that no number is that of a line.
    rows = pd.DataFrame(sides, index=-1 - np.arange(len(flow)))
    return rows.assign(mode=pd.Categorical.from_codes(flow[:, 0], dtype=MODE))
