"""What is said of trips: counts, distances, days, the line of key figures, the answers under the charts.

In: what was counted of a selection. Out: plain text, never HTML.
"""

from dashboard.words.comparison import differences, told_apart
from dashboard.words.one_trip import known_trip, ordinal, ordinals, quotable, unless_made
from dashboard.words.sentences import (
    apart,
    by_leader,
    by_transport,
    days,
    distance,
    key_figures,
    leg_distance,
    most_met,
    most_visited,
    quiet_years,
    round_km,
    rows,
    sources,
    spans,
    trips,
    where,
)

__all__ = [
    "apart",
    "by_leader",
    "by_transport",
    "days",
    "differences",
    "distance",
    "key_figures",
    "known_trip",
    "leg_distance",
    "most_met",
    "most_visited",
    "ordinal",
    "ordinals",
    "quiet_years",
    "quotable",
    "round_km",
    "rows",
    "sources",
    "spans",
    "told_apart",
    "trips",
    "unless_made",
    "where",
]
