"""One tiny world: two leaders, four trips, nine stops, small enough to check by eye."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from dashboard.tables.reading import Fault, Folder, empty, parse_csv, read_folder, with_optional
from dashboard.tables.schema import TABLES, Table
from dashboard.travel.build import Travel, build, check

# N-1 crosses the antimeridian and New Year, N-2 takes one day along a road, N-3 has doubtful dates and two cities of
# one name, S-1 has no dates, no home, no known transport, and a place without coordinates.
WORLD = {
    "leaders": """\
leader_id,name,country_iso3,role,in_office_from,in_office_until,home_place,home_country_iso3,name_ko
ada-north,Ada North,USA,president,2017-01-20,,Anchorage,USA,
ben-south,Ben South,,,,,,,
""",
    "trips": """\
trip_id,leader_id,left_home,arrived_host,left_host,back_home,occasion,outcome,note
N-1,ada-north,2018-12-30,2018-12-30,2019-01-02,2019-01-02,New Year in Anadyr,,
N-2,ada-north,2019-05-01,2019-05-01,2019-05-01,2019-05-01,a day in Whitehorse,,one day
N-3,ada-north,2019-07-10?,2019-07,2019-07,2019-07-14?,two cities of one name,,
S-1,ben-south,,,,,little is known,,
""",
    "stops": """\
trip_id,stop,place,country_iso3,arrived,left,reached_by,kind,certainty
N-1,1,Anadyr,RUS,2018-12-30,2019-01-02,plane,visit,reported
N-1,2,Anchorage,USA,2019-01-02,,plane,home,reported
N-2,1,Whitehorse,CAN,2019-05-01,2019-05-01,car,visit,reported
N-2,2,Anchorage,USA,2019-05-01,,car,home,reported
N-3,1,Saint Petersburg,USA,2019-07,2019-07,plane,visit,reported
N-3,2,Saint Petersburg,RUS,2019-07,2019-07,plane,visit,reported
N-3,3,Anadyr,RUS,2019-07-13,2019-07-13,plane,transit,inferred
N-3,4,Anchorage,USA,2019-07-14?,,plane,home,expected
S-1,1,Nukunonu,TKL,,,unknown,visit,reported
""",
    "meetings": """\
trip_id,date,counterpart,counterpart_country_iso3,place,setting
N-1,2018-12-31,Vera West,RUS,Anadyr,host
N-3,2019-07,Vera West,RUS,Saint Petersburg,host
N-3,2019-07,Omar East,EGY,Saint Petersburg,third country
S-1,,Omar East,EGY,,unknown
""",
    "evidence": """\
trip_id,field,says,publisher,url,stance
N-1,trip,in Anadyr for the New Year,Example Times,https://example.org/anadyr,supports
N-3,back_home,15 July,Example Post,,disputes
""",
    "places": """\
place,country_iso3,latitude_deg,longitude_deg,kind,other_names,provider,matched_name,geocoded_on,reviewed,note,query,asked,candidates,candidates_in_all,reviewer,same_as,name_ko
Anchorage,USA,61.218,-149.900,city,,reviewed,,,yes,,,,,,,,
Anadyr,RUS,64.733,177.508,city,,geonames,Anadyr,2026-11-23,no,,,,,,,,
Tok,USA,63.337,-142.986,city,,reviewed,,,yes,,,,,,Ana,,
Whitehorse,CAN,60.721,-135.057,city,,reviewed,,,yes,,,,,,,,
Saint Petersburg,USA,27.771,-82.679,city,,reviewed,,,yes,,,,,,,,
Saint Petersburg,RUS,59.939,30.314,city,Leningrad,reviewed,,,yes,,,,,,,,
Nukunonu,TKL,,,,,,,2026-11-22,no,,Nukunonu (TKL),geonames,,0,,,
""",
    "routes": """\
mode,from_place,to_place,through
car,anchorage-usa,whitehorse-can,tok-usa
""",
    "terms": """\
leader_id,post,in_office_from,in_office_until,publisher,url
ada-north,chair of the party,2019-03-01,2019-06-30,Example Times,
""",
    "place_names": """\
place,country_iso3,used_from,used_until,name,name_country_iso3,publisher,url
Saint Petersburg,RUS,1924,1991-09-05,Leningrad,SUN,Example Atlas,https://example.org/leningrad
""",
    "inbound": """\
leader_id,date,until,visitor,visitor_country_iso3,visitor_role,place,country_iso3,occasion,note
ada-north,2019-05-20,2019-05-22,Vera West,RUS,,Anchorage,USA,a return visit,
""",
    "reported": """\
trip_id,first_reported,reported_as,says,publisher
N-1,2019-01-01,made,seen in Anadyr,Example Times
""",
    "claims": """\
claim,publisher,statement,measure,of,query,out_of,field,expected,as_of,held,note
by-plane,,Two of three by plane,share,trip,leader=ada-north&transport=plane,leader=ada-north,,2 of 3,2019-12-31,yes,
""",
    "counts": """\
claim,publisher,statement,measure,of,query,out_of,field,expected,as_of,held,note
post-2019,Example Post,She travelled three times,count,trip,leader=ada-north,,,3,2019-12-31,yes,
""",
}


def changed(table: str, old: str, new: str) -> dict[str, str]:
    """One table of the world with `old`, which must stand in it once, replaced."""
    assert WORLD[table].count(old) == 1, f"{old!r} stands {WORLD[table].count(old)} times in {table}"
    return {table: WORLD[table].replace(old, new)}


def header(table: str) -> str:
    """A table of the world without its rows."""
    return WORLD[table].splitlines()[0] + "\n"


def make_travel(**tables: str) -> Travel:
    """The world as `Travel`, with some tables given as CSV text instead; the tables must have no fault."""
    return _made(tuple(sorted(tables.items())))


# Each world is built once: no frame of a `Travel` is ever changed.
@lru_cache(maxsize=64)
def _made(tables: tuple[tuple[str, str], ...]) -> Travel:
    texts = WORLD | dict(tables)
    parsed = {one.name: _parsed(one, texts[one.name]) for one in TABLES}
    folder = Folder(
        Path(),
        {one.name: with_optional(parsed[one.name][0], one) for one in TABLES},
        tuple(fault for _, faults in parsed.values() for fault in faults),
    )
    assert [str(fault) for fault in check(folder)] == []
    return build(folder)


@lru_cache(maxsize=256)
def _parsed(table: Table, text: str) -> tuple[pd.DataFrame, list[Fault]]:
    return parse_csv(text, table, f"{table.name}.csv")


def make_empty() -> Travel:
    """A `Travel` of which every table is without rows."""
    return build(Folder(Path(), {table.name: empty(table) for table in TABLES}))


def make_folder(path: Path, **tables: str | bytes | None) -> Path:
    """A data folder of the world, with some tables given instead; None leaves a file out."""
    path.mkdir(parents=True, exist_ok=True)
    for name, content in (WORLD | tables).items():
        if content is not None:
            data = content if isinstance(content, bytes) else content.encode()
            (path / f"{name}.csv").write_bytes(data)
    return path


def faults_of(path: Path) -> list[str]:
    """What `check` says of a folder, in words."""
    return [str(fault) for fault in check(read_folder(path))]
