"""The page's parts about counting: the statements, the published counts, the switches, and a look back to a day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dashboard.claims.published import reproduced
from dashboard.datasets.datasets import Datasets
from dashboard.datasets.store import Store
from dashboard.page import counting, key_figures, news, people, trips
from dashboard.page.callbacks import Question, shown_of
from dashboard.page.shown import Shown
from dashboard.query.counting import RULES, UNITS
from dashboard.query.inbound import exchanges
from dashboard.travel.build import Travel
from tests.world import WORLD, make_travel


@pytest.fixture(scope="module")
def datasets(shipped: Travel, tmp_path_factory: pytest.TempPathFactory) -> Datasets:
    return Datasets(shipped, Store(tmp_path_factory.mktemp("uploads")))


def shown(datasets: Datasets, query: str) -> Shown:
    return shown_of(datasets, Question(query=query))


def text_of(part: object) -> str:
    """All that a component says, in order."""
    if isinstance(part, str | int):
        return str(part)
    if isinstance(part, list | tuple):
        return "".join(map(text_of, part))
    return text_of(getattr(part, "children", None) or "")


def links(part: Any) -> list[str]:
    children = part if isinstance(part, list | tuple) else [getattr(part, "children", None)]
    own = [part.href] if getattr(part, "href", None) else []
    return own + [link for one in children if one is not None and not isinstance(one, str) for link in links(one)]


def test_which_rule_gives_which_published_count(shipped: Travel) -> None:
    found = {(one.publisher, one.count): one.settings for one in reproduced(shipped)}
    assert () in found["CNN", "9"]
    assert found["Korea Herald", "7"] == (("without-dmz",),)
    assert found["COLT data set", "8"] == ()
    assert () in found["AFP", "at least 9"]
    assert len(found) == 4


def test_every_statement_is_told_and_opens_its_rows(datasets: Datasets, shipped: Travel) -> None:
    parts = news.news(shown(datasets, "?tab=news"))
    said, ways = text_of(parts), links(parts)
    opens = "its rows, all rows that it is a share of"
    rail = f"As of 11 Sep 2023: holds, 4 of 9. {opens}Today: no longer holds, 6 of 11. {opens}"
    assert f"Fewer than half of his journeys abroad were by rail{rail}" in said
    assert "Korea Herald, 18 Sep 20237without meetings in the demilitarised zone" in said
    assert "COLT data set, Mar 20258no rule by itself" in said
    assert len(ways) >= 2 * len([row for frame in shipped.statements.values() for row in frame.index])
    for way in dict.fromkeys(ways):
        assert not datasets.read(way)[1].ignored, way


def test_a_way_to_the_rows_opens_exactly_those_that_were_measured(datasets: Datasets) -> None:
    way = next(
        one for one in links(news.news(shown(datasets, "?tab=news"))) if "transport=train&known=2023-09-11" in one
    )
    trips = shown(datasets, way).summary.selected.trips["trip_id"].tolist()
    assert trips == ["KJU-01", "KJU-06", "KJU-07", "KJU-08"]


def test_the_statements_wait_until_their_tab_is_open(datasets: Datasets) -> None:
    assert news.news(shown(datasets, "")) == []


def test_every_rule_and_unit_has_a_switch_that_knows_whether_it_is_on(datasets: Datasets) -> None:
    said = str(counting.switches(shown(datasets, "?rule=without-dmz&unit=meeting")))
    for one in RULES:
        assert f"rule={one.key}" in said
        assert one.usual in said
    assert all(one.many in said for one in UNITS)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?leader=kim-jong-un&years=2011-2022", "9 trips"),
        ("?leader=kim-jong-un&years=2011-2022&rule=without-dmz", "7 trips"),
        ("?leader=kim-jong-un&years=2011-2022&unit=meeting", "13 meetings on 9 trips"),
        ("?leader=kim-jong-il&rule=per-country", "11 trips"),
        ("?leader=kim-jong-un&known=2023-09-12", "10 trips"),
    ],
)
def test_the_count_follows_the_rule_and_the_unit(datasets: Datasets, query: str, said: str) -> None:
    assert text_of(key_figures.totals(shown(datasets, query))).startswith(f"{said} to ")


def test_a_look_back_says_what_was_under_way_and_what_was_not_known(datasets: Datasets) -> None:
    said = text_of(counting.notice(shown(datasets, "?leader=kim-jong-un&known=2023-09-12")))
    assert said.startswith("As a reader of 12 Sep 2023 knew it. Under way, its later stops not known: KJU-10.")
    assert "1 trip not yet knownKJU-11, left 1 Sep 2025: known from 5 Sep 2025" in said
    before = text_of(counting.notice(shown(datasets, "?leader=kim-jong-un&known=2023-09-11")))
    assert "KJU-10, left 10 Sep 2023: known from 12 Sep 2023 (first reported on that day); announced by then" in before
    assert counting.notice(shown(datasets, "")) == []


def test_years_keep_what_surely_lies_in_them_and_say_how_many_may(tmp_path: Path) -> None:
    trips = WORLD["trips"].replace("N-2,ada-north,2019-05-01,2019-05-01,2019-05-01", "N-2,ada-north,2018-12/2019-05,,")
    datasets = Datasets(make_travel(trips=trips), Store(tmp_path))
    one = shown(datasets, "?years=2019")
    assert one.summary.selected.trips["trip_id"].tolist() == ["N-3"]
    assert text_of(key_figures.totals(one)).endswith(
        "1 more trip may have begun in these years: the day is not certain. Show them"
    )
    assert one.summary.maybe.to_dict() == {2018: 1, 2019: 1}
    assert shown(datasets, "?years=2018-2019").summary.figures.trips == 3


def test_an_open_trip_says_how_well_each_field_is_sourced(datasets: Datasets) -> None:
    asked = shown(datasets, "?trip=KJU-05")
    html = str(trips.trip_list(asked.summary, asked.cards, asked.selection.trip))
    assert "<li>the trip as a whole: <b>agreed</b>, 3 publishers</li>" in html
    assert "<li>aircraft: <b>disputed</b>, 2 publishers</li>" in html
    assert "<b>unsourced</b>: left home, back home, the length, the place, the transport, whom he met, occasion" in html
    assert "Hankyoreh, no link)" in html


def test_who_was_visited_who_came_and_when_a_visit_was_returned(datasets: Datasets, shipped: Travel) -> None:
    rows = exchanges(shipped, shown(datasets, "?leader=kim-jong-un").selection).set_index("met")
    told = rows[["made", "received", "elsewhere", "return_days"]].loc[["xi-jinping", "vladimir-putin", "moon-jae-in"]]
    assert told.to_numpy().tolist() == [[5, 1, 0, 451], [2, 1, 1, 1882], [2, 2, 0, 29]]
    assert rows.at["donald-trump", "elsewhere"] == 3
    said = text_of(people.people(shown(datasets, "?leader=kim-jong-un&tab=people")))
    assert "Xi Jinping6 times5 visits made and 1 visit received26 Mar 2018 – 4 Sep 2025: Beijing, Dalian" in said
    assert "First visit returned after 451 days" in said
    assert people.people(shown(datasets, "?leader=kim-jong-un")) == []
