"""COLT's names of people met and links to sources -> meetings and evidence."""

from __future__ import annotations

import re

import pandas as pd

from dashboard.importers.colt.columns import MEETINGS, Master, given
from dashboard.importers.imported import Doubt
from dashboard.tables.dates import PLAIN_DAY
from dashboard.tables.schema import EVIDENCE
from dashboard.tables.schema import MEETINGS as MEETINGS_TABLE

# Where each column's people were met: the host at home, other guests as guests, and who knows whom a body's head hosts.
SETTINGS = {
    "HostHOGSName": "host",
    "HostSubHOGSName": "host",
    "NonhostHOGSNames": "third country",
    "IGOLeaderName": "unknown",
}
NEXT_LINK = r"[\s;,]+(?=https?://|www\.)"
SCHEME = re.compile(r"^https?://", re.IGNORECASE)
ADDRESS = r"https?://[^\s/]+\S*"
HOST = r"^(?:https?://)?(?:www\.)?((?:[\w-]+\.)+[a-z]{2,}|[\w-]+\.\w+)"


def meetings_table(visits: pd.DataFrame, master: Master) -> tuple[pd.DataFrame, list[Doubt]]:
    """meetings.csv: a name each; the day is known where the visit took one. `visits` has the rows' trips and places."""
    doubts, frames = [], []
    for column in MEETINGS:
        names = master.rows[column].reindex(visits.index)
        names = names[names != ""].str.split(";").explode().str.split().str.join(" ")
        known = given(names)
        nameless = (names != "") & (known == "")
        doubts += master.doubts(nameless.groupby(level=0).any(), f"a name in {column} says nobody; it is left out")
        frames.append(_met(known[known != ""], visits, SETTINGS[column]))
    meetings = pd.concat(frames, ignore_index=True).drop_duplicates(ignore_index=True)
    return meetings[MEETINGS_TABLE.names].astype("str"), doubts


def _met(names: pd.Series, visits: pd.DataFrame, setting: str) -> pd.DataFrame:
    rows = visits.loc[names.index]
    one_day = (rows["start"] == rows["end"]) & rows["start"].str.fullmatch(PLAIN_DAY)
    met = pd.DataFrame({"trip_id": rows["trip_id"], "date": rows["start"].where(one_day, ""), "counterpart": names})
    country = rows["iso3"] if setting == "host" else ""
    place = rows["places"].where(~rows["places"].str.contains(";"), "")
    return met.assign(counterpart_country_iso3=country, place=place, setting=setting)


def _each(links: pd.DataFrame) -> pd.DataFrame:
    """One row for each link; few cells hold several, or one that begins with capitals."""
    several = links["link"].str.contains(NEXT_LINK, regex=True)
    split = links[several].assign(link=lambda frame: frame["link"].str.split(NEXT_LINK, regex=True)).explode("link")
    links = pd.concat([links[~several], split]).sort_index(kind="stable")
    capital = links["link"].str.contains("^[Hh][Tt][Tt][Pp]", regex=True) & ~links["link"].str.startswith("http")
    lower = links.loc[capital, "link"].str.replace(SCHEME, _lower, regex=True)
    links = links.assign(link=links["link"].mask(capital, lower))
    return links[links["link"] != ""].reset_index(drop=True)


def _lower(found: re.Match[str]) -> str:
    return found.group().lower()


def evidence_table(trip_ids: pd.Series, master: Master) -> pd.DataFrame:
    """evidence.csv: a row for each source link; what is no link stays as text. `trip_ids` has the rows kept."""
    links = master.links[master.links["row"].isin(trip_ids.index)]
    links = _each(links.assign(link=given(links["link"])))
    address = links["link"].str.fullmatch(ADDRESS)
    host = links["link"].str.lower().str.extract(HOST)[0]
    evidence = pd.DataFrame(
        {
            "trip_id": trip_ids.reindex(links["row"]).to_numpy(),
            "field": "trip",
            "says": links["link"].where(~address, "listed"),
            "publisher": host.fillna("not named"),
            "url": links["link"].where(address, ""),
            "stance": "supports",
        }
    )
    return evidence.drop_duplicates(ignore_index=True)[EVIDENCE.names].astype("str")
