"""Five wrong rows in a copy of the shipped data, and where the page shows each; what the data as they are show."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from dashboard.claims.verdicts import judge, statements
from dashboard.datasets.datasets import Datasets
from dashboard.datasets.store import Store
from dashboard.page import news
from dashboard.page.markup import render_macro
from dashboard.page.shown import Shown
from dashboard.page.trips import itinerary
from dashboard.query.misfits import Misfits, misfits
from dashboard.travel.build import Travel, load
from tests.settled import settled
from tests.world import WORLD, make_travel

# What is made wrong -> the file, the row as it stands, the row instead; every one of them passes `check`.
WRONG = {
    "a wrong day": [
        ("trips", "KJU-06,kim-jong-un,2019-01-07", "KJU-06,kim-jong-un,2019-01-05"),
    ],
    "a wrong transport": [
        ("stops", "KJU-03,1,Dalian,CHN,2018-05-07,2018-05-08,plane", "KJU-03,1,Dalian,CHN,2018-05-07,2018-05-08,train"),
        ("stops", "KJU-03,2,Pyongyang,PRK,2018-05-08,,plane", "KJU-03,2,Pyongyang,PRK,2018-05-08,,train"),
    ],
    "a wrong place": [
        ("stops", "KJU-08,2,Vladivostok,RUS", "KJU-08,2,Khabarovsk,RUS"),
        ("meetings", "Vladimir Putin,RUS,Vladivostok,host", "Vladimir Putin,RUS,Khabarovsk,host"),
    ],
    "a missing stop": [
        ("stops", "KJU-10,3,Komsomolsk-on-Amur,RUS,2023-09-15,2023-09-15,train,visit,reported\n", ""),
        ("stops", "KJU-10,4,", "KJU-10,3,"), ("stops", "KJU-10,5,", "KJU-10,4,"),
        ("stops", "KJU-10,6,", "KJU-10,5,"), ("stops", "KJU-10,7,", "KJU-10,6,"),
        ("meetings", "Denis Manturov,RUS,Komsomolsk-on-Amur,host", "Denis Manturov,RUS,,host"),
    ],
    "a wrong counterpart": [
        ("meetings", "KJU-06,2019-01-08,Xi Jinping", "KJU-06,2019-01-08,Li Keqiang"),
    ],
}  # fmt: skip
# Where the page shows it: in the open trip, or among the statements that are not reproduced.
SHOWN = {
    "a wrong day": ("KJU-06", "KCNA and Xinhua says 7-10 January, and the row has 5 Jan 2019", ""),
    "a wrong transport": ("KJU-03", "and no leg is by plane", "three-by-plane"),
    "a wrong place": ("KJU-08", "", "vladivostok-2019"),
    "a missing stop": ("KJU-10", "met Denis Manturov on 15 Sep 2023, when the trip is at no stop on record", ""),
    "a wrong counterpart": ("KJU-06", "", "four-china-trips"),
}


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the shipped data with all five."""
    path = settled(tmp_path_factory.mktemp("wrong") / "data")
    for changes in WRONG.values():
        for table, old, new in changes:
            file = path / f"{table}.csv"
            text = file.read_text("utf-8")
            first = next((line for line in text.splitlines(keepends=True) if old in line or old == line), "")
            assert old in text, old
            file.write_text(
                text.replace(old, new) if text.count(old) == 1 else text.replace(first, first.replace(old, new)),
                "utf-8",
            )
    return path


@pytest.fixture(scope="module")
def travel(wrong: Path) -> Travel:
    return load(wrong)


@pytest.fixture(scope="module")
def broken(travel: Travel) -> set[str]:
    """The statements that are not reproduced."""
    return {one.statement.claim for one in judge(travel) if not one.reproduced}


@pytest.mark.parametrize("name", WRONG)
def test_each_of_five_wrong_rows_is_shown(travel: Travel, broken: set[str], name: str) -> None:
    trip_id, says, claim = SHOWN[name]
    told = itinerary(travel, travel.numbers_of([trip_id])[trip_id])
    assert not says or any(says in one for one in told["misfits"]), told["misfits"]
    assert not claim or claim in broken, broken
    assert says or claim


def test_the_tab_of_the_statements_names_them_all(wrong: Path, tmp_path: Path) -> None:
    datasets = Datasets(load(wrong), Store(tmp_path))
    opened, reading, summary = datasets.read_and_count("?tab=news")
    shown = Shown(opened.travel, reading, summary, opened.cards)
    said = text_of(news.news(shown))
    at_top, _, below = said.partition("The article")
    words = {one.claim: one.statement for one in statements(opened.travel)}
    assert "statements below were true by these data when they were written down" in at_top
    for trip_id, says, claim in SHOWN.values():
        assert says in at_top
        assert not says or trip_id in at_top.partition("What does not fit")[2]
        assert not claim or (words[claim] in at_top and claim not in at_top and words[claim] in below)


def test_the_tab_begins_with_what_contradicts_and_how_much_that_is(tmp_path: Path) -> None:
    datasets = Datasets(load(settled(tmp_path / "data")), Store(tmp_path))
    opened, reading, summary = datasets.read_and_count("?tab=news")
    said = text_of(news.news(Shown(opened.travel, reading, summary, opened.cards)))
    assert said.startswith("What does not fit: 1Rows that do not fit each other")
    against, _, harmless = said.partition("Gaps and other ways of counting, which make no row wrong:")
    assert "KJI-04: the row says 24 Aug 2002" in against
    assert "KJI-09" not in against
    assert harmless.startswith("KJU-10: NK News says 9 days, and by the row they are 10: perhaps nights are counted")


def text_of(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "".join(map(text_of, value))
    return value if isinstance(value, str) else text_of(getattr(value, "children", "") or "")


def test_a_meeting_without_a_place_is_still_shown(travel: Travel) -> None:
    told = itinerary(travel, travel.numbers_of(["KJU-10"])["KJU-10"])
    assert told["elsewhere"] == ["met Denis Manturov (Russia), 15 Sep 2023"]


def test_what_does_not_fit_of_the_shipped_data_is_known(tmp_path: Path) -> None:
    data = load(settled(tmp_path / "data"))
    found = {data.trips.at[at, "trip_id"]: some for at in data.trips.index if (some := misfits(data, at)).all}
    assert found == {
        "KJU-10": Misfits([], ["NK News says 9 days, and by the row they are 10: perhaps nights are counted"]),
        "KJI-04": Misfits(
            ["the row says 24 Aug 2002 for leaving the host country, and no stop ends then"],
            ["China.org.cn says 4 days, and by the row they are 5: perhaps nights are counted"],
        ),
        "KJI-09": Misfits([], ["the note names Dandong on the way, and no stop there is on record: a gap, no error"]),
    }


# What a fresh reader found wrong in a copy of the data, and the page had not said: the change, and what is said now.
FOUND_BY_A_READER = {
    "a missing stop": (
        "KJI-03",
        [("stops", "KJI-03,4,Saint Petersburg,RUS,2001-08-06,2001-08-07,train,visit,reported\n", ""),
         ("stops", "KJI-03,5,", "KJI-03,4,"), ("stops", "KJI-03,6,", "KJI-03,5,"), ("stops", "KJI-03,7,", "KJI-03,6,")],
        "a leg goes from Moscow to Moscow: a stop between is missing, or both are one",
    ),
    "a host of another country": (
        "KJU-05",
        [("meetings", "KJU-05,2018-06-19,Xi Jinping,CHN,Beijing,host",
          "KJU-05,2018-06-19,Vladimir Putin,RUS,Beijing,host")],
        "Vladimir Putin of Russia is on record as host in Beijing, which lies in China",
    ),
    "another town": (
        "KJI-02",
        [("stops", "KJI-02,2,Shanghai", "KJI-02,2,Nanjing")],
        "the occasion names Shanghai, and no stop there is on record",
    ),
    "a later day of being back": (
        "KJU-08",
        [("trips", "KJU-08,kim-jong-un,2019-04-24,2019-04-24,2019-04-26,2019-04-27",
          "KJU-08,kim-jong-un,2019-04-24,2019-04-24,2019-04-26,2019-04-29"),
         ("stops", "KJU-08,3,Pyongyang,PRK,2019-04-27", "KJU-08,3,Pyongyang,PRK,2019-04-29")],
        "the note speaks of home on 27 April, and by the row that was on 29 Apr 2019",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FOUND_BY_A_READER)
def test_what_a_reader_found_is_said(tmp_path: Path, name: str) -> None:
    trip_id, changes, says = FOUND_BY_A_READER[name]
    folder = settled(tmp_path / "data")
    for table, old, new in changes:
        file = folder / f"{table}.csv"
        assert file.read_text("utf-8").count(old) == 1, old
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
    data = load(folder)
    assert misfits(data, data.numbers_of([trip_id])[trip_id]).contradictions == [says]


def test_an_open_trip_sets_its_publishers_apart_and_counts_none_as_unnamed(shipped: Travel) -> None:
    singapore, hanoi = (itinerary(shipped, shipped.numbers_of([one])[one]) for one in ("KJU-04", "KJU-07"))
    page = str(render_macro("trips", "itinerary", singapore))
    assert "Juche007</a>; Wikipedia" in " ".join(page.split())
    assert ("the distance", "disputed", "by publishers that are not named") in hanoi["fields"]


@pytest.mark.parametrize(
    ("table", "old", "new", "says"),
    [
        ("trips", "two cities of one name,,", "two cities of one name,,5 days home to home",
         []),
        ("trips", "two cities of one name,,", "two cities of one name,,six days home to home",
         ["the note says 6 days, and by the row they are 5"]),
        ("trips", "two cities of one name,,", "two cities of one name,,home on 3 August",
         ["the note speaks of 3 August, and the trip was not on then"]),
        ("trips", "two cities of one name,,", "talks with East,,", []),
        ("trips", "two cities of one name,,", "two cities of one name,went by train,",
         ["the outcome says “went by train”, and no leg is by train"]),
        # An occasion may be a railway's, and a note speak of another journey.
        ("trips", "two cities of one name,,", "a talk on going by train,,", []),
        ("trips", "two cities of one name,,", "two cities of one name,,the year before by train", []),
        ("evidence", "N-3,back_home,15 July,Example Post,,disputes", "N-3,trip,a day in Tok,Example Post,,supports",
         ["Example Post names Tok, and no stop there is on record"]),
        ("evidence", "N-3,back_home,15 July,Example Post,,disputes",
         "N-3,trip,a day in Tok,Example Post,,disputes", []),
        ("trips", "two cities of one name,,", "two cities of one name,,by way of Whitehorse",
         ["the note names Whitehorse on the way, and no stop there is on record: a gap, no error"]),
        ("trips", "two cities of one name,,", "a day in Tok,,",
         ["the occasion names Tok, and no stop there is on record"]),
        ("trips", "two cities of one name,,", "talks after the Whitehorse summit,,", []),
        ("trips", "two cities of one name,,", "two cities of one name,,landed at home on 12 July",
         ["the note speaks of home on 12 July, and by the row that was on 14 Jul 2019?"]),
        ("trips", "two cities of one name,,", "two cities of one name,,landed at home on 14 July", []),
        ("evidence", "N-3,back_home,15 July,Example Post,,disputes",
         "N-3,days,four days,Example Post,,supports",
         ["Example Post says 4 days, and by the row they are 5: perhaps nights are counted"]),
        ("evidence", "N-3,back_home,15 July,Example Post,,disputes",
         "N-3,days,three days,Example Post,,supports",
         ["Example Post says 3 days, and by the row they are 5"]),
        ("meetings", "N-3,2019-07,Omar East", "N-3,2019-07-11,Omar East", []),
        ("evidence", "N-3,back_home,15 July,Example Post,,disputes",
         "N-3,back_home,15 July,Example Post,,supports",
         ["Example Post says 15 July, and the row has 14 Jul 2019?",
          "Example Post speaks of 15 July, and the trip was not on then"]),
        ("evidence", "N-3,back_home,15 July,Example Post,,disputes",
         "N-3,trip,seen there,Example Post,https://example.org/2019/05/02/seen,supports",
         ["Example Post reported it on 2 May 2019, before it began by the row"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_by_eye(table: str, old: str, new: str, says: list[str]) -> None:
    assert WORLD[table].count(old) == 1
    assert misfits(make_travel(**{table: WORLD[table].replace(old, new)}), 2).all == says


def test_no_day_is_amiss_with_a_trip_of_which_one_end_is_not_known() -> None:
    trips = WORLD["trips"].replace(
        "2019-07,2019-07-14?,two cities of one name,,", "2019-07,,back from it on 3 August,,"
    )
    assert misfits(make_travel(trips=trips), 2).all == []


def test_a_person_named_and_not_met() -> None:
    trips = WORLD["trips"].replace("a day in Whitehorse", "a day with East")
    assert misfits(make_travel(trips=trips), 1).all == [
        "the occasion names Omar East, and no meeting with them is on record"
    ]


def test_the_copy_is_no_fault_for_check(wrong: Path, tmp_path: Path) -> None:
    shutil.copytree(wrong, tmp_path / "copy")
    assert load(tmp_path / "copy").size == 21
