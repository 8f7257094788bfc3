"""Five wrong rows in a copy of the shipped data, and where the page shows each; what the data as they are show."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from dashboard.claims.verdicts import judge
from dashboard.datasets.datasets import Datasets
from dashboard.datasets.store import Store
from dashboard.page import news
from dashboard.page.shown import Shown
from dashboard.page.trips import itinerary
from dashboard.query.misfits import misfits
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


@pytest.mark.parametrize("name", WRONG)
def test_each_of_five_wrong_rows_is_shown(travel: Travel, name: str) -> None:
    trip_id, says, claim = SHOWN[name]
    told = itinerary(travel, travel.numbers_of([trip_id])[trip_id])
    assert not says or any(says in one for one in told["misfits"]), told["misfits"]
    broken = {one.statement.claim for one in judge(travel) if not one.reproduced}
    assert not claim or claim in broken, broken
    assert says or claim


def test_the_tab_of_the_statements_names_them_all(wrong: Path, tmp_path: Path) -> None:
    datasets = Datasets(load(wrong), Store(tmp_path))
    opened, reading, summary = datasets.read_and_count("?tab=news")
    shown = Shown(opened.travel, reading, summary, opened.cards)
    said = text_of(news.news(shown))
    assert "held when they were entered and are not reproduced" in said
    for trip_id, says, claim in SHOWN.values():
        assert says in said
        assert claim in said.partition("The article")[0]
        assert not says or trip_id in said.partition("What does not fit")[2]


def text_of(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "".join(map(text_of, value))
    return value if isinstance(value, str) else text_of(getattr(value, "children", "") or "")


def test_a_meeting_without_a_place_is_still_shown(travel: Travel) -> None:
    told = itinerary(travel, travel.numbers_of(["KJU-10"])["KJU-10"])
    assert told["elsewhere"] == ["met Denis Manturov (Russia), 15 Sep 2023"]


def test_what_does_not_fit_of_the_shipped_data_is_known(tmp_path: Path) -> None:
    data = load(settled(tmp_path / "data"))
    found = {data.trips.at[at, "trip_id"]: some for at in data.trips.index if (some := misfits(data, at))}
    assert found == {
        "KJU-10": ["NK News says 9 days, and by the row they are 10"],
        "KJI-04": [
            "China.org.cn says 4 days, and by the row they are 5",
            "the row says 24 Aug 2002 for leaving the host country, and no stop ends then",
        ],
        "KJI-09": ["the note names Dandong, and no stop there is on record"],
    }


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
        ("trips", "two cities of one name,,", "two cities of one name,,by way of Whitehorse",
         ["the note names Whitehorse, and no stop there is on record"]),
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
    assert misfits(make_travel(**{table: WORLD[table].replace(old, new)}), 2) == says


def test_a_person_named_and_not_met() -> None:
    trips = WORLD["trips"].replace("a day in Whitehorse", "a day with East")
    assert misfits(make_travel(trips=trips), 1) == [
        "the occasion names Omar East, and no meeting with them is on record"
    ]


def test_the_copy_is_no_fault_for_check(wrong: Path, tmp_path: Path) -> None:
    shutil.copytree(wrong, tmp_path / "copy")
    assert load(tmp_path / "copy").size == 21
