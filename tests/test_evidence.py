"""Evidence per field: how well each is sourced, publishers counted once, and what is missing."""

from __future__ import annotations

import pandas as pd
import pytest
from click.testing import CliRunner

from dashboard.__main__ import main
from dashboard.query.evidence import AGREED, DISPUTED, SINGLE, UNSOURCED, Field, fields, gaps, notes
from dashboard.query.filters import BY_KEY
from dashboard.query.selection import Selection, select
from dashboard.query.summaries import summarise
from dashboard.travel.build import Travel
from dashboard.travel.publishers import origin
from tests.conftest import DATA
from tests.world import WORLD, make_folder, make_travel


def of(travel: Travel, trip_id: str) -> dict[str, Field]:
    return {one.name: one for one in fields(travel, travel.numbers_of([trip_id])[trip_id])}


@pytest.mark.parametrize(
    ("publisher", "whose"),
    [
        ("KBS World", "kbs-world"),
        ("AP in The Telegraph (Macon)", "ap"),
        ("KCNA text, Juche007", "kcna"),
        ("US Department of State, Office of the Historian", "us-department-of-state-office-of-the-historian"),
        ("various", ""),
        ("", ""),
    ],
)
def test_whose_word_it_is(publisher: str, whose: str) -> None:
    assert origin(publisher) == whose


def test_a_publisher_with_two_pages_is_one() -> None:
    rows = "".join(
        f"N-2,trip,seen there,{one},https://example.org/{at},supports\n"
        for at, one in enumerate(["Example Times", "Example Times", "Example Times in the Post", "The Post"])
    )
    travel = make_travel(evidence=WORLD["evidence"] + rows)
    assert travel.trips["publishers"].tolist() == [1, 2, 1, 0]
    whole = of(travel, "N-2")["trip"]
    assert (whole.status, whole.publishers, len(whole.words)) == (AGREED, 2, 4)


def test_every_status_occurs_in_the_shipped_data(shipped: Travel) -> None:
    hanoi, shanghai = of(shipped, "KJU-07"), of(shipped, "KJI-02")
    assert (hanoi["trip"].status, hanoi["trip"].publishers) == (AGREED, 3)
    assert hanoi["distance_km"].status == DISPUTED
    assert shanghai["trip"].status == SINGLE
    assert shanghai["met"].status == UNSOURCED
    assert [one.says for one in of(shipped, "KJU-05")["aircraft"].words] == ["Ilyushin IL-62", "Antonov An-148"]
    assert [one.url for one in of(shipped, "KJU-02")["reached_by"].words] == [""]


def test_a_word_says_when_it_was_published(shipped: Travel) -> None:
    days = {one.publisher: one.published for one in of(shipped, "KJU-05")["trip"].words}
    assert days == {"RusReality": "2018-06-20", "Gephardt Daily": "", "Yonhap": "2019-06-20"}


def test_what_no_source_speaks_of(travel: Travel) -> None:
    rest = ["back_home", "days", "place", "reached_by", "met", "occasion"]
    assert dict(gaps(travel)) == {
        "N-1": ["left_home", *rest],
        "N-2": ["trip", "left_home", *rest],
        "N-3": ["trip", "left_home", *rest[1:]],
        "S-1": ["trip", "left_home", *rest],
    }


def test_check_lists_trips_and_fields_without_evidence_as_notes(tmp_path_factory: pytest.TempPathFactory) -> None:
    done = CliRunner().invoke(main, ["check", str(DATA), "--evidence"])
    assert done.exit_code == 0
    assert (
        "note: KJU-07: no source speaks of left_home, back_home, days, place, reached_by, met, occasion\n"
        in done.output
    )
    folder = make_folder(tmp_path_factory.mktemp("world"))
    said = CliRunner().invoke(main, ["check", str(folder)]).output
    assert "note: 3 trips have no source: N-2, N-3, S-1" in said
    assert "4 trips have fields of which no source speaks; --evidence names them" in said
    one = make_travel().under(pd.Series([True, False, False, False]))
    assert list(notes(one, each=False)) == ["1 trip has fields of which no source speaks; --evidence names them"]


def test_the_menu_of_sources_says_and_counts_its_choices(shipped: Travel) -> None:
    one = BY_KEY["sources"]
    counts = summarise(shipped, Selection()).options["sources"]
    assert counts.to_dict() == {
        n: int((shipped.trips["publishers"] >= n).sum()) for n in range(1, shipped.trips["publishers"].max() + 1)
    }
    assert one.name(shipped, "1") == "at least 1 independent publisher"
    assert one.in_words(shipped, ("2",)) == ", reported by at least 2 independent publishers"


def test_at_least_so_many_sources_are_that_many_or_more(shipped: Travel) -> None:
    publishers = shipped.trips["publishers"]
    assert publishers.max() > publishers[publishers > 0].min()
    for least in range(1, publishers.max() + 1):
        kept = select(shipped, Selection().choose("sources", [str(least)])).trips["trip_id"]
        assert set(kept) == set(shipped.trips.loc[publishers >= least, "trip_id"])
