"""COLT's leaders: one row for each person, under an id that no two share."""

from __future__ import annotations

import pandas as pd

from dashboard.importers.colt.columns import Master, given
from dashboard.importers.colt.names import capital_name, read_countries
from dashboard.importers.homes import Home, home_of
from dashboard.importers.imported import Doubt
from dashboard.importers.people import unique
from dashboard.tables.ids import name_key, slug
from dashboard.tables.schema import LEADERS


def read_leaders(master: Master) -> tuple[pd.Series, pd.DataFrame, list[Doubt]]:
    """For each row the leader's id ('' where nobody is named), the table of leaders, and the doubts."""
    rows = _described(master.rows)
    named = rows[rows["name"] != ""]
    distinct = named.drop_duplicates(["number", "name", "iso3", "body", "role"])
    person = _person(named, distinct)
    people = _ids(_first_given(named.assign(person=person)))
    ids = person.map(people["leader_id"]).reindex(rows.index, fill_value="").astype("str")
    return ids, _table(people), [*_doubts(master, rows, person), *_moved(master, person, people)]


def leader_names(rows: pd.DataFrame) -> pd.Series:
    """The leader of each row: the full name, else the surname; '' where nobody is named."""
    name = given(rows["LeaderFullName"])
    return name.where(name != "", given(rows["LeaderSurname"])).str.split().str.join(" ").astype("str")


def _described(rows: pd.DataFrame) -> pd.DataFrame:
    """Each row's leader: `number`, `name`, `slug`, `key`, `iso3` ('' of a body), `body`, `role` `doubt`."""
    name = leader_names(rows)
    role = given(rows["LeaderTitle"])
    country = read_countries(given(rows["LeaderCountryOrIGO"]), given(rows["LeaderCountryISO"]))
    return pd.DataFrame(
        {
            "number": given(rows["LeaderID"]),
            "name": name.astype("str"),
            "slug": name.map({text: slug(text) for text in name.unique()}).astype("str"),
            "key": name.map({text: name_key(text) for text in name.unique()}).astype("str"),
            "iso3": country["iso3"],
            "body": given(rows["LeaderCountryOrIGO"]),
            "role": role.where(role != "", given(rows["LeaderRole"])),
            "doubt": country["doubt"],
            "year": given(rows["TripYear"]).str.extract(r"^(\d{4})")[0].fillna(""),
        }
    )


def _person(named: pd.DataFrame, distinct: pd.DataFrame) -> pd.Series:
    """What tells people apart: LeaderID; without one, the name and its country or body, as in a row with an id."""
    of_name = _name_key(distinct)
    numbered = distinct["number"] != ""
    known = dict(zip(of_name[numbered][::-1], distinct.loc[numbered, "number"][::-1], strict=True))
    by_name = _name_key(named)
    number = named["number"].where(named["number"] != "", by_name.map(lambda name: known.get(name, "")))
    return ("#" + number).where(number != "", by_name)


def _name_key(rows: pd.DataFrame) -> pd.Series:
    return rows["key"] + "@" + rows["iso3"].where(rows["iso3"] != "", rows["body"])


def _first_given(named: pd.DataFrame) -> pd.DataFrame:
    """Of each person the first of each field that is not empty."""
    first = named.drop_duplicates("person").set_index("person")
    for column in ("iso3", "body", "role"):
        given_first = named[named[column] != ""].drop_duplicates("person").set_index("person")[column]
        first = first.assign(**{column: given_first.reindex(first.index, fill_value="")})
    years = named["year"].where(named["year"] != "").groupby(named["person"])
    spans = {"first": years.min() + "-01-01", "last": years.max() + "-12-31"}
    return first.assign(**{name: days.reindex(first.index).fillna("") for name, days in spans.items()})


def _ids(people: pd.DataFrame) -> pd.DataFrame:
    """`leader_id`: the name; where two share it with the country or body, then with LeaderID, at last with a number."""
    where = people["iso3"].str.lower().where(people["iso3"] != "", people["body"].map(slug))
    ids = people["slug"]
    for addition in (where, people["number"].map(slug)):
        shared = ids.duplicated(keep=False) & (addition != "")
        ids = (ids + "-" + addition).where(shared, ids)
    return people.assign(leader_id=unique(ids))


def _table(people: pd.DataFrame) -> pd.DataFrame:
    years = zip(people["iso3"], people["first"], people["last"], strict=True)
    homes = [_home(*one).town for one in years]
    home = pd.Series(homes, people.index, dtype="str")
    table = people.assign(country_iso3=people["iso3"], home_place=home, home_country_iso3=people["iso3"])
    return table.reindex(columns=LEADERS.names, fill_value="").astype("str").reset_index(drop=True)


def _home(iso3: str, first: str, last: str) -> Home:
    known = home_of(iso3, first, last) if iso3 else Home("")
    return known if known.town else Home(capital_name(iso3) if iso3 else "")


def _moved(master: Master, person: pd.Series, people: pd.DataFrame) -> list[Doubt]:
    """Leaders whose government has sat elsewhere since, told once at their first row."""
    years = zip(people["iso3"], people["first"], people["last"], strict=True)
    doubts = pd.Series([_home(*one).doubt for one in years], people.index, dtype="str")
    first = person[~person.duplicated()]
    told = first.map(doubts).reindex(master.rows.index, fill_value="").astype("str")
    return master.doubts(told != "", told)


def _doubts(master: Master, rows: pd.DataFrame, person: pd.Series) -> list[Doubt]:
    """Countries that are none, ids with several names or countries, names with several ids."""
    body = (rows["name"] != "") & (rows["iso3"] == "")
    whose = ("the leader of " + rows["body"].map(repr)).where(rows["body"] != "", "the leader of nothing named")
    doubts = master.doubts(body, whose + " is kept as the head of an international body, without home or way home")
    first_doubts = "leader: " + rows["doubt"]
    doubts += master.doubts(rows["doubt"] != "", first_doubts)
    named = rows.loc[person.index].assign(person=person)
    for column, what in (("key", "names"), ("iso3", "countries")):
        pairs = named[named[column] != ""].drop_duplicates(["person", column])
        again = pairs.duplicated("person")
        other = pairs["name"] + (" of " + pairs["iso3"] if column == "iso3" else "")
        doubts += master.doubts(again, f"LeaderID has several {what}; the first is taken, this row says " + other)
    pairs = named.drop_duplicates("person")
    namesakes = pairs.duplicated(["key", "iso3", "body"])
    twice = pairs["name"] + " of this country has several LeaderIDs; each is kept as a leader of its own"
    return doubts + master.doubts(namesakes, twice)
