"""The statements of the article: what each comes to then and today, and that each depends on its rows and no others."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.claims.checks import faults
from dashboard.claims.measures import MEASURES, trailing_zeros
from dashboard.claims.verdicts import HOLDS, NEVER, NO_LONGER, UNDECIDED, Outcome, Verdict, judge, statements
from dashboard.query.inbound import visits_received
from dashboard.tables.schema import MEASURES as NAMED
from dashboard.travel.build import Travel, load
from tests.settled import KNOWN, settled
from tests.world import WORLD, make_travel

# Statement -> the value found as known then, and the verdict and the value of today.
ARTICLE = {
    "tenth-trip": ("10", HOLDS, "10"),
    "all-in-2018-19": ("9 of 9", HOLDS, "9 of 9"),
    "first-since-covid": ("KJU-10", HOLDS, "KJU-10"),
    "three-trump-meetings": ("Singapore; Hanoi; Panmunjom", HOLDS, "Singapore; Hanoi; Panmunjom"),
    "four-china-trips": ("4", HOLDS, "4"),
    "moon-dmz": ("1", HOLDS, "1"),
    "vladivostok-2019": ("2019-04-25; Vladivostok", HOLDS, "2019-04-25; Vladivostok"),
    "rail-under-half": ("4 of 9", NO_LONGER, "6 of 11"),
    "three-by-plane": ("3", HOLDS, "3"),
    "two-by-car": ("2", HOLDS, "2"),
    "vladivostok-border": ("130 km", HOLDS, "130 km"),
    "father-by-train": ("10 of 10", HOLDS, "10 of 10"),
    "left-on-sunday": ("Sunday 2023-09-10", HOLDS, "Sunday 2023-09-10"),
    "shoigu-july": ("2023-07; Pyongyang", HOLDS, "2023-07; Pyongyang"),
}
HEAD = WORLD["claims"].splitlines()[0]


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Travel:
    return load(settled(tmp_path_factory.mktemp("settled") / "data"))


@pytest.fixture(scope="module")
def judged(shipped: Travel) -> dict[str, Verdict]:
    return by_claim(shipped)


def by_claim(travel: Travel) -> dict[str, Verdict]:
    return {one.statement.claim: one for one in judge(travel)}


def test_every_statement_of_the_article(judged: dict[str, Verdict]) -> None:
    article = {name: one for name, one in judged.items() if one.statement.file == "claims.csv"}
    assert {name: (one.then.found, one.today.verdict, one.today.found) for name, one in article.items()} == ARTICLE
    assert all(one.then.verdict == HOLDS and one.reproduced for one in article.values())


def test_the_measures_are_those_that_a_table_may_name() -> None:
    assert [measure.name for measure in MEASURES] == list(NAMED)


def test_the_rows_behind_a_statement_are_named_and_opened(judged: dict[str, Verdict]) -> None:
    rail = judged["rail-under-half"]
    assert rail.then.query == "leader=kim-jong-un&transport=train&known=2023-09-11"
    assert rail.then.out_of == "leader=kim-jong-un&known=2023-09-11"
    assert sorted(rail.then.rows) == [f"KJU-0{number}" for number in range(1, 10)]
    assert judged["three-trump-meetings"].today.rows == (
        "KJU-04 2018-06-12 Donald Trump",
        "KJU-07 2019-02-27 Donald Trump",
        "KJU-09 2019-06-30 Donald Trump",
    )
    assert judged["vladivostok-border"].today.rows == ("vladivostok-rus", "khasan-rus", "tumangang-prk")
    assert judged["shoigu-july"].today.rows == ("2023-07 Sergei Shoigu",)


def said(travel: Travel) -> dict[str, tuple[Outcome, Outcome]]:
    return {name: (one.then, one.today) for name, one in by_claim(travel).items()}


def changed(travel: Travel, before: dict[str, tuple[Outcome, Outcome]]) -> set[str]:
    return {name for name, outcomes in said(travel).items() if outcomes != before[name]}


def naming(before: dict[str, tuple[Outcome, Outcome]], row: str) -> set[str]:
    """The statements that name a row, or rows of a trip, among theirs."""
    return {
        name
        for name, outcomes in before.items()
        if any(each == row or each.startswith(f"{row} ") for one in outcomes for each in one.rows)
    }


# All data are judged anew for each: `make quick` leaves out every trip but the seventh, the fourteenth, ….
@pytest.mark.parametrize(
    "trip", [pytest.param(trip, marks=[pytest.mark.long] * (at % 7 != 6)) for at, trip in enumerate(KNOWN)]
)
def test_without_a_trip_exactly_the_statements_that_name_it_change(
    shipped: Travel, judged: dict[str, Verdict], trip: str
) -> None:
    before = {name: (one.then, one.today) for name, one in judged.items()}
    other = shipped.fetch(shipped.trips.index[shipped.trips["trip_id"] != trip])
    assert changed(other, before) == naming(before, trip)


@pytest.mark.parametrize("at", range(5))
def test_without_a_visit_received_exactly_the_statements_that_name_it_change(
    shipped: Travel, judged: dict[str, Verdict], at: int
) -> None:
    before = {name: (one.then, one.today) for name, one in judged.items()}
    visit = shipped.inbound.iloc[at]
    other = replace(shipped, inbound=shipped.inbound.drop(index=shipped.inbound.index[at]))
    assert changed(other, before) == naming(before, f"{visit['date']} {visit['visitor']}")


# File, what stands there, what shall stand there, the statements that then say something else.
CHANGES = [
    ("trips", "KJU-10,kim-jong-un,2023-09-10", "KJU-10,kim-jong-un,2023-09-11", {"left-on-sunday"}),
    ("meetings", "KJU-08,2019-04-25,Vladimir", "KJU-08,2019-04-26,Vladimir", {"vladivostok-2019"}),
    ("meetings", "KJU-06,2019-01-08,Xi Jinping", "KJU-06,2019-01-08,Li Keqiang", {"four-china-trips"}),
    ("meetings", "Donald Trump,USA,Hanoi", "Donald Trump,USA,", {"three-trump-meetings"}),
    ("meetings", "KJU-02,2018-04-27,Moon Jae-in", "KJU-02,2018-04-27,Chung Eui-yong", {"moon-dmz"}),
    ("inbound", "kim-jong-un,2023-07,2023-07", "kim-jong-un,2023-08,2023-08", {"shoigu-july"}),
    ("places", "43.10562,131.87353", "43.20562,131.87353", {"vladivostok-border"}),
    (
        "reported",
        "KJU-10,2023-09-12,made",
        "KJU-10,2023-09-13,made",
        {"tenth-trip", "first-since-covid", "left-on-sunday"},
    ),
    (
        "stops",
        "KJU-05,1,Beijing,CHN,2018-06-19,2018-06-20,plane",
        "KJU-05,1,Beijing,CHN,2018-06-19,2018-06-20,car",
        set(),
    ),
    ("trips", "second summit with Trump", "another summit with Trump", set()),
]


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, marks=[pytest.mark.long] * (at > 0), id=f"{case[0]}: {case[2][:30]}")
        for at, case in enumerate(CHANGES)
    ],
)
def test_one_changed_row_changes_exactly_the_statements_that_depend_on_it(
    judged: dict[str, Verdict], tmp_path: Path, case: tuple[str, str, str, set[str]]
) -> None:
    table, old, new, names = case
    folder = settled(tmp_path / "data")
    text = (folder / f"{table}.csv").read_text("utf-8")
    assert text.count(old) == 1
    (folder / f"{table}.csv").write_text(text.replace(old, new), "utf-8")
    after = by_claim(load(folder))
    found = {name: (one.then.found, one.today.found) for name, one in after.items()}
    assert {name for name, one in judged.items() if found[name] != (one.then.found, one.today.found)} == names


def test_a_second_article_is_one_more_file(tmp_path: Path) -> None:
    folder = settled(tmp_path / "data")
    row = "to-vietnam,A Paper,Once he went to Vietnam,count,trip,leader=kim-jong-un&country=VNM,,,1,2025-01-01,yes,"
    (folder / "claims-second.csv").write_text(f"{HEAD}\n{row}\n", "utf-8")
    one = by_claim(load(folder))["to-vietnam"]
    assert (one.statement.file, one.then.verdict, one.today.rows) == ("claims-second.csv", HOLDS, ("KJU-07",))


def test_the_command_says_a_line_for_each_and_fails_where_one_is_lost(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["claims", str(settled(tmp_path / "settled"))])
    assert done.exit_code == 0, done.output
    assert (
        "rail-under-half: holds as of 2023-09-11 (4 of 9), no longer holds today (6 of 11):"
        " Fewer than half of his journeys abroad were by rail\n"
    ) in done.output
    folder = settled(tmp_path / "data")
    text = (folder / "inbound.csv").read_text("utf-8")
    (folder / "inbound.csv").write_text(text.replace("2023-07,2023-07", "2023-08,2023-08"), "utf-8")
    done = CliRunner().invoke(main, ["claims", str(folder)])
    assert done.exit_code == 1
    assert "shoigu-july: does not hold as of 2023-09-12 (2023-08; Pyongyang), does not hold today" in done.output
    assert "Error: held once and can no longer be reproduced: shoigu-july\n" in done.output


# Over the tiny world: what is measured, of what, query, out of, field, expected; and the value and verdict of today.
TINY = [
    ("share", "trip", "leader=ada-north&transport=plane", "leader=ada-north", "", "2 of 3", HOLDS, "2 of 3"),
    ("count", "meeting", "met=vera-west", "", "", "2", HOLDS, "2"),
    ("count", "day", "leader=ada-north&years=2018", "", "", "4", HOLDS, "4"),
    ("count", "day", "leader=ada-north&years=2019", "", "", "6", UNDECIDED, ""),
    ("count", "stop", "leader=ada-north", "", "", "at least 5", HOLDS, "5"),
    ("count", "stop", "leader=ada-north", "", "", "at least 6", NEVER, "5"),
    ("list", "country visit", "leader=ada-north", "", "country_iso3", "USA; CAN; RUS", HOLDS, "RUS; CAN; USA"),
    ("list", "meeting", "met=omar-east&leader=ada-north", "", "mood", "fair", UNDECIDED, ""),
    ("first", "trip", "leader=ada-north", "", "trip_id", "N-1", HOLDS, "N-1"),
    ("first", "trip", "", "", "trip_id", "N-1", UNDECIDED, ""),
    ("nth", "trip", "leader=ada-north&trip=N-2", "", "", "2", HOLDS, "2"),
    ("nth", "trip", "leader=ada-north&trip=S-1", "", "", "4", UNDECIDED, ""),
    ("weekday", "trip", "place=whitehorse-can", "", "left_home", "Wednesday 2019-05-01", HOLDS, "Wednesday 2019-05-01"),
    ("weekday", "trip", "place=saint-petersburg-rus", "", "left_home", "Wednesday", UNDECIDED, ""),
    ("weekday", "trip", "leader=ada-north", "", "left_home", "Wednesday", UNDECIDED, ""),
    ("distance", "stop", "place=anadyr-rus", "", "anchorage-usa", "1,600 km", NEVER, "1,700 km"),
    ("distance", "stop", "place=anadyr-rus", "", "nukunonu-tkl", "1 km", UNDECIDED, ""),
    ("first", "visit received", "leader=ada-north", "", "visitor", "Vera West", HOLDS, "Vera West"),
    ("count", "trip", "colour=red", "", "", "1", UNDECIDED, ""),
]


@pytest.mark.parametrize("case", TINY, ids=lambda case: " ".join(case[:6]))
def test_every_measure_over_the_tiny_world(case: tuple[str, ...]) -> None:
    measure, of, query, out_of, field, expected, verdict, found = case
    text = io.StringIO()
    cells = ["it", "", "Said", measure, of, query or "leader=ada-north&leader=ben-south", out_of, field, expected]
    csv.writer(text, lineterminator="\n").writerows([HEAD.split(","), [*cells, "2026-01-01", "yes", ""]])
    one = by_claim(make_travel(claims=text.getvalue()))["it"]
    assert (one.today.verdict, one.today.found) == (verdict, found)
    assert bool(one.today.why) == (verdict == UNDECIDED)


def test_uncertain_days_do_not_decide_which_was_first() -> None:
    trips = WORLD["trips"].replace("N-2,ada-north,2019-05-01", "N-2,ada-north,2018-12")
    travel = make_travel(
        trips=trips.replace("2018-12,2019-05-01,2019-05-01,2019-05-01", "2018-12,2019-05,2019-05,2019-05-01")
    )
    row = "it,,Said,first,trip,leader=ada-north,,trip_id,N-1,2026-01-01,yes,"
    one = by_claim(replace(travel, statements=make_travel(claims=f"{HEAD}\n{row}\n").statements))["it"]
    assert one.today.why == "the days are not known well enough to say which was the first"


def test_check_names_what_nothing_can_decide(tmp_path: Path) -> None:
    folder = settled(tmp_path / "data")
    text = (folder / "claims.csv").read_text("utf-8")
    (folder / "claims.csv").write_text(
        text.replace("years=2018&place=panmunjom-kor", "years=2018&place=panmunjo"), "utf-8"
    )
    told = [str(one) for one in faults(load(folder))]
    assert len(told) == 1
    assert told[0].startswith("claims.csv:7: moon-dmz cannot be measured: place=panmunjo is unknown: did you mean")
    assert told[0].endswith("correct it, or write undecided in held")
    done = CliRunner().invoke(main, ["check", str(folder)])
    assert (done.exit_code, told[0] in done.output) == (1, True)


def test_the_shipped_statements_can_all_be_measured(shipped: Travel) -> None:
    assert [str(one) for one in faults(shipped)] == []
    assert len(list(statements(shipped))) == 20


def test_as_exact_as_what_is_expected() -> None:
    assert [trailing_zeros(text) for text in ("130 km", "1,200 km", "127 km", "5")] == [1, 2, 0, 0]


def test_one_leaders_trip_is_anothers_visitor() -> None:
    leaders = WORLD["leaders"] + "vera-west,Vera West,RUS,president,,,Anadyr,RUS,\n"
    found = visits_received(make_travel(leaders=leaders))
    told = found[["leader_id", "date", "visitor", "place", "trip_id"]].to_numpy().tolist()
    assert told == [
        ["ada-north", "2019-05-20", "Vera West", "Anchorage", ""],
        ["vera-west", "2018-12-31", "Ada North", "Anadyr", "N-1"],
        ["vera-west", "2019-07", "Ada North", "Saint Petersburg", "N-3"],
    ]


def test_a_visitor_is_received_where_the_two_met() -> None:
    one = "N-1,1,Anadyr,RUS,2018-12-30,2019-01-02,plane,visit,reported\nN-1,2,"
    two = (
        "N-1,1,Saint Petersburg,RUS,2018-12-30,2018-12-30,plane,visit,reported\n"
        "N-1,2,Anadyr,RUS,2018-12-31,2019-01-02,plane,visit,reported\nN-1,3,"
    )
    assert one in WORLD["stops"]
    leaders = WORLD["leaders"] + "vera-west,Vera West,RUS,president,,,Anadyr,RUS,\n"
    found = visits_received(make_travel(leaders=leaders, stops=WORLD["stops"].replace(one, two)))
    assert found.loc[found["trip_id"] == "N-1", "place"].tolist() == ["Anadyr"]
