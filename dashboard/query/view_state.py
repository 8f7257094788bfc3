"""`VIEW_STATE`: what the address says beside the filters of how a reader looks at the trips; none of it filters.

An address that is copied opens the same view: which tab stands open, how the table is sorted, what is searched in it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dashboard.language import BY_CODE, gettext, marked
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
# How the world is drawn.
MAPS = ("map", "globe")
# An address is read where there is no page, too, so what page and figures have is said here once more: the keys of the
# tabs, and the views that can stand alone in a frame. A test holds them to `TABS` of the page and to `CHARTS`.
TABS = ("trips", "places", "people", "news")
EMBEDS = ("map", "by-year", "by-country", "far-and-long", "by-person")
# What others add to a shared link: it says nothing of the trips, and is dropped without a word.
MARKETING = re.compile(
    r"utm_.*|_ga|_gl|fbclid|gclid|gbraid|wbraid|msclkid|mc_[ce]id|igshid|dclid|yclid|ttclid|twclid|srsltid"
)


@dataclass(frozen=True)
class ViewKey:
    """One key of the address that does not filter: the pattern of its values, what else to write, and its default.

    `values` lists them where they can be listed.
    """

    key: str
    pattern: str
    form: str
    default: str = ""
    values: tuple[str, ...] = ()

    def refusal(self, value: str) -> str:
        """Why a value cannot be used and what can be written; '' where it can."""
        return "" if re.fullmatch(self.pattern, value) else self.said(value)

    def said(self, value: str) -> str:
        """What can be written instead of a value."""
        return f"{self.key}={value}: {gettext(self.form, values=', '.join(self.values))}"


# A second selection beside the first, as an address of its own: its filters alone.
WITH = "with"
ONE_OF = marked("write one of {values}")
VIEW_STATE = (
    ViewKey("tab", "|".join(TABS), ONE_OF, TABS[0], TABS),
    ViewKey(
        "sort",
        f"-?({'|'.join(SORTED_BY)})",
        marked("write one of {values}, or one after a -"),
        "-left_home",
        tuple(SORTED_BY),
    ),
    ViewKey("view", "|".join(MAPS), ONE_OF, MAPS[0], MAPS),
    ViewKey(
        WITH,
        r"(?s).{1,2000}",
        marked("write the filters of a second selection, such as with=leader%3Dkim-jong-il"),
    ),
    ViewKey("embed", "|".join(EMBEDS), ONE_OF, values=EMBEDS),
    ViewKey("search", r"(?s).{0,200}", marked("search for at most 200 characters")),
    # Without it the language is the one that this reader chose last.
    ViewKey(LANG, "|".join(BY_CODE), ONE_OF, values=tuple(BY_CODE)),
)
STATE_KEYS = {one.key: one for one in VIEW_STATE}
