"""As known on a day: since when a trip is known and why, and what of it a reader of that day had."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.query.known_on_day import DATED, ENDED, REPORTED, as_known, first_known, not_yet_known, published_on
from dashboard.tables.dates import is_day
from dashboard.tables.reading import named_rows
from dashboard.travel.build import Travel
from tests.world import WORLD, changed, header, make_travel


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://rusreality.com/2018/06/20/media-kim-jong-un-arrived-in-beijing/", "2018-06-20"),
        ("https://www.baltimoresun.com/news/bs-xpm-2000-06-02-0006020074-story.html", "2000-06-02"),
        ("http://kcna.co.jp/item/2023/202309/news20/20230920-01ee.html", "2023-09-20"),
        ("https://en.yna.co.kr/view/AEN20190620007300325", "2019-06-20"),
        ("https://www.koreaherald.com/view.php?ud=20110825000924&np=4661&mp=467", "2011-08-25"),
        ("https://www.nbcnews.com/id/wbna44217756", ""),
        ("http://en.people.cn/90883/7581562.html", ""),
        ("https://www.nknews.org/2023/09/kim-jong-un-returns", ""),
        ("https://example.org/2019/02/30/no-such-day", ""),
        ("http://www.macon.com/news/nation-world/article210763709.html", ""),
        ("", ""),
    ],
)
def test_the_day_in_an_address(address: str, day: str) -> None:
    found = published_on(pd.Series([address])).iloc[0]
    assert ("" if pd.isna(found) else f"{found:%Y-%m-%d}") == day


def test_since_when_each_shipped_trip_is_known_and_why(shipped: Travel) -> None:
    since = first_known(shipped).set_index(shipped.trips["trip_id"])
    days = since["known_from"].dt.strftime("%Y-%m-%d")
    told = dict(zip(since.index, zip(days, since["why"], strict=True), strict=True))
    assert told["KJU-01"] == ("2018-03-28", REPORTED)
    assert told["KJU-03"] == ("2018-05-08", ENDED)
    assert told["KJU-05"] == ("2018-06-20", DATED)
    # Read in a page of 2019, but nobody has to wait for that page.
    assert told["KJU-06"] == ("2019-01-10", ENDED)
    # Announced the day before: known from the day on which it was made.
    assert told["KJU-09"] == ("2019-06-30", DATED)
    assert since.at["KJU-10", "announced_from"] == pd.Timestamp("2023-09-11")


def of(travel: Travel, trip_id: str) -> Any:
    return next(row for row in named_rows(travel.trips) if row.trip_id == trip_id)


def test_a_trip_under_way_has_no_later_stops_and_no_end(shipped: Travel) -> None:
    seen = as_known(shipped, "2023-09-12")
    trip = of(seen, "KJU-10")
    assert (trip.under_way, trip.back_home, trip.outcome, trip.note) == (True, "", "", "")
    assert pd.isna(trip.days)
    stops = seen.stops[seen.stops["trip"] == seen.trips.index[seen.trips["trip_id"] == "KJU-10"][0]]
    assert stops["place"].tolist() == ["Khasan"]
    assert (trip.transport, round(trip.distance_km)) == ("train", 582)
    assert seen.data_as_of == "2023-09-12"


def test_of_a_trip_under_way_all_is_known_up_to_the_day() -> None:
    seen = as_known(make_travel(), "2019-01-01").under(pd.Series([True]))
    assert seen.trips["trip_id"].tolist() == ["N-1"]
    assert seen.stops[["place", "arrived", "left"]].astype("str").to_numpy().tolist() == [["Anadyr", "2018-12-30", ""]]
    assert seen.meetings["date"].astype("str").tolist() == ["2018-12-31"]


def test_a_trip_that_was_only_announced_is_not_made(shipped: Travel) -> None:
    assert "KJU-10" not in set(as_known(shipped, "2023-09-11").trips["trip_id"])
    told = {day: not_yet_known(shipped, day).set_index("trip_id") for day in ("2023-09-10", "2023-09-11", "2023-09-12")}
    assert [bool(told[day].at["KJU-10", "announced"]) for day in ("2023-09-10", "2023-09-11")] == [False, True]
    assert "KJU-10" not in told["2023-09-12"].index


def test_trips_not_yet_known_are_absent_and_listed(shipped: Travel) -> None:
    seen, later = as_known(shipped, "2018-05-01"), not_yet_known(shipped, "2018-05-01")
    assert set(seen.trips["trip_id"]) | set(later["trip_id"]) == set(shipped.trips["trip_id"])
    assert not set(seen.trips["trip_id"]) & set(later["trip_id"])
    assert later.loc[later["trip_id"] == "KJU-03", "why"].tolist() == [ENDED]


@given(day=st.dates(pd.Timestamp("1999-01-01").date(), pd.Timestamp("2026-12-31").date()))
def test_nothing_that_came_later_is_known(shipped: Travel, day: object) -> None:
    seen = as_known(shipped, str(day))
    moment = pd.Timestamp(str(day))
    assert (seen.trips["left_home_earliest"] <= moment).all()
    assert not (published_on(seen.evidence["url"]) > moment).any()
    assert not (seen.trips["back_home_latest"] > moment).any()
    assert set(seen.stops["trip"]) | set(seen.meetings["trip"]) <= set(seen.trips.index)


def test_known_today_is_everything(shipped: Travel) -> None:
    seen = as_known(shipped, "2026-11-23")
    assert seen.trips["trip_id"].tolist() == shipped.trips["trip_id"].tolist()
    assert not seen.trips["under_way"].any()
    for name in ("stops", "meetings", "evidence"):
        assert len(getattr(seen, name)) == len(getattr(shipped, name)), name
    pd.testing.assert_series_equal(seen.trips["distance_km"], shipped.trips["distance_km"])


def test_a_trip_without_days_is_not_known_before_a_report() -> None:
    assert "S-1" in set(not_yet_known(make_travel(), "2026-01-01")["trip_id"])
    told = WORLD["reported"] + "S-1,2020-01-01,made,,\n"
    seen = as_known(make_travel(reported=told), "2020-01-01")
    assert of(seen, "S-1").under_way
    assert set(seen.trips["trip_id"]) == {"N-1", "N-2", "N-3", "S-1"}


def test_a_first_report_moved_moves_the_trip() -> None:
    later = make_travel(**changed("reported", "N-1,2019-01-01", "N-1,2019-03-01"))
    assert "N-1" not in set(as_known(later, "2019-02-01").trips["trip_id"])


def test_what_is_a_day() -> None:
    days = ["2023-09-12", "2023-02-30", "2023-09", "2023-09-12?", "tomorrow", ""]
    assert [is_day(text) for text in days] == [True, False, False, False, False, False]


def test_sources_are_those_that_could_be_read_on_that_day() -> None:
    rows = (
        "N-1,trip,seen there,A,https://example.org/2018/12/31/seen,supports\n"
        "N-1,trip,no day,B,,supports\n"
        "N-1,trip,later,C,https://example.org/2019/03/01/later,supports\n"
    )
    travel = make_travel(evidence=header("evidence") + rows)

    def known(day: str) -> list[str]:
        return as_known(travel, day).evidence["publisher"].tolist()

    # Under way on the first of January, over on the second.
    assert (known("2019-01-01"), known("2019-01-02"), known("2019-03-01")) == (["A"], ["A", "B"], ["A", "B", "C"])
