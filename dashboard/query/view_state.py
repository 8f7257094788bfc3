"""`VIEW_STATE`: what the address says beside the filters of how a reader looks at the trips; none of it filters.

An address that is copied opens the same view: which tab stands open, how the table is sorted, what is searched in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.language import BY_CODE
from dashboard.language.languages import LANG

# Column of the table -> the column of `trips` that it is sorted by; `-` before its name in the address: largest first.
SORTED_BY = {
    "leader": "leader_id",
    "left_home": "left_home_earliest",
    "back_home": "back_home_latest",
    "days": "days",
    "transport": "transport",
    "occasion": "occasion",
    "distance_km": "distance_km",
}
TABS = ("trips", "people", "news")
# How the world is drawn.
MAPS = ("map", "globe")
# The views that can stand alone in a frame: the map, or a chart by its id.
EMBEDS = ("map", "by-year", "by-country", "far-and-long", "by-person")
# What others add to a shared link: it says nothing of the trips, and is dropped without a word.
MARKETING = re.compile(r"utm_.*|fbclid|gclid|msclkid|mc_eid|igshid|dclid|yclid")


@dataclass(frozen=True)
class ViewKey:
    """One key of the address that does not filter: the pattern of its values, what else to write, and its default."""

    key: str
    pattern: str
    form: str
    default: str = ""

    def refusal(self, value: str) -> str:
        """Why a value cannot be used and what can be written; '' where it can."""
        return "" if re.fullmatch(self.pattern, value) else f"{self.key}={value}: {self.form}"


VIEW_STATE = (
    ViewKey("tab", "|".join(TABS), f"write one of {', '.join(TABS)}", TABS[0]),
    ViewKey(
        "sort", f"-?({'|'.join(SORTED_BY)})", f"write one of {', '.join(SORTED_BY)}, or one after a -", "-left_home"
    ),
    ViewKey("view", "|".join(MAPS), f"write one of {', '.join(MAPS)}", MAPS[0]),
    ViewKey("embed", "|".join(EMBEDS), f"write one of {', '.join(EMBEDS)}"),
    ViewKey("search", r"(?s).{0,200}", "search for at most 200 characters"),
    # None: the language that this reader chose last.
    ViewKey(LANG, "|".join(BY_CODE), f"write one of {', '.join(BY_CODE)}"),
)
STATE_KEYS = {one.key: one for one in VIEW_STATE}
