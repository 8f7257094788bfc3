"""How two runs of the benchmarks are compared and told; nothing is timed here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dashboard.query.filters import BY_KEY
from dashboard.query.selection import read, select
from dashboard.tables.countries import country_name
from dashboard.travel.travel import Travel
from tests.benchmarks import report
from tests.benchmarks.comparison import compare, merge, read_json, write_json
from tests.benchmarks.exchange import Change, is_choice
from tests.benchmarks.measures import MEASURES, Result
from tests.benchmarks.peers import report as peers
from tests.benchmarks.peers.subjects import BEFORE
from tests.benchmarks.peers.visits import visits_of

MACHINE = {"cores": "2"}


def result(measure: str, median: float, floor: float | None = None, size: str = "21") -> Result:
    samples = (median - 1, median, median + 1)
    return Result(measure, size, samples, () if floor is None else (floor, floor))


def slower(before: Result, now: Result) -> list[str]:
    return [str(change) for change in compare([before], [now]) if change.is_slower]


def test_a_ratio_is_compared_by_its_ratio_whatever_the_machine() -> None:
    assert slower(result("first-view", 900, floor=600), result("first-view", 1800, floor=1200)) == []
    assert slower(result("first-view", 900, floor=600), result("first-view", 1200, floor=600)) == [
        "first view: navigation to map painted, cold cache, 21 trips: 1.5 -> 2 times the floor (+33% worse)"
    ]


def test_bytes_may_grow_less_than_times() -> None:
    assert slower(result("start", 10), result("start", 12)) == []
    assert slower(result("second-visit", 10), result("second-visit", 12)) == [
        "second visit: bytes, 21 trips: 10 -> 12 kB (+20% worse)"
    ]


def test_fewer_requests_a_second_are_worse() -> None:
    assert slower(result("requests-1", 100), result("requests-1", 200)) == []
    assert slower(result("requests-1", 200), result("requests-1", 100)) == [
        "filter changes a second, 1 worker, 21 trips: 200 -> 100 1/s (+100% worse)"
    ]


def test_only_the_same_measure_at_the_same_size_is_compared() -> None:
    assert compare([result("start", 1)], [result("start", 2, size="86000"), result("memory", 2)]) == []


@pytest.mark.parametrize(("median", "verdict"), [(1020, "within"), (1021, "over")])
def test_a_ratio_is_judged_by_its_budget(median: float, verdict: str) -> None:
    assert result("first-view", median, floor=600).verdict == verdict


def test_there_is_no_verdict_without_a_budget() -> None:
    assert result("start", 99, size="832").verdict == ""


def test_a_run_is_read_back_as_written(tmp_path: Path) -> None:
    run = [result("first-view", 900, floor=600), result("start", 2)]
    write_json(tmp_path / "made" / "bench.json", run, MACHINE)
    assert read_json(tmp_path / "made" / "bench.json") == run


def test_a_part_measured_again_replaces_just_that_part() -> None:
    old, kept, new = result("start", 1), result("memory", 2), result("start", 3)
    assert merge([old, kept], [new]) == [new, kept]


def test_the_table_tells_median_ratio_budget_and_verdict() -> None:
    row = report.markdown([result("start", 3, floor=2)]).splitlines()[2]
    assert row == "| 21 | start of the server | 2 | 3 s | 4 | 2 | 1.5 × bare Dash | 2 s | over |"


def test_every_measure_has_a_row_with_and_without_a_floor() -> None:
    for measure in MEASURES:
        assert len(report.row(result(measure.key, 5))) == len(report.HEAD)
        assert len(report.row(result(measure.key, 5, floor=2))) == len(report.HEAD)


def test_the_curve_draws_a_bar_for_each_size() -> None:
    drawn = report.curve([result("redraw", 50), result("redraw", 100, size="86000"), result("start", 9)])
    assert [line.count("█") for line in drawn.splitlines()] == [20, 40]


def test_results_replace_the_earlier_ones_in_the_document(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text(f"before\n{report.BEGIN}\nold\n{report.END}\nafter\n", encoding="utf-8")
    report.write_docs(document, [result("start", 2)], MACHINE)
    text = document.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{report.BEGIN}\n\nMeasured with cores 2.")
    assert text.endswith(f"{report.END}\nafter\n")
    assert "old" not in text


def test_a_choice_is_played_again_with_ever_other_years() -> None:
    body = '{"inputs": [{"id": "address", "value": ""}, {"id": "chosen", "value": ["country=CHN"]}]}'
    assert is_choice(body)
    bodies = Change(body, 2018, 2019).bodies()
    asked = [json.loads(next(bodies))["inputs"] for _ in range(3)]
    assert {chosen["value"] for _, chosen in asked} == {None}
    played = [address["value"] for address, _ in asked]
    assert played == ["?years=2018-2018", "?years=2019-2019", "?transport=train&years=2018-2018"]


def page(subject: str, *samples: float, size: str = "21", fault: str = "") -> peers.Row:
    return peers.Row(size, subject, {"map": samples} if samples else {}, fault)


def test_pages_stand_beside_each_other_with_their_ratio_and_our_budget() -> None:
    rows = peers.cells([page("before", 900, 1000, 1100), page("page", 1000, 1001), page("vizro", 3000)])
    what = "first view: map painted"
    assert rows == [
        ("21", what, f"this page before Dash drew it ({BEFORE})", "900", "1,000 ms", "1,100", "1.00", "", ""),
        ("21", what, "this page", "1,000", "1,000 ms", "1,001", "1.00", "1 ×", "over"),
        ("21", what, "Vizro", "3,000", "3,000 ms", "3,000", "3.00", "", ""),
    ]


def test_a_page_that_does_not_answer_says_so_in_every_row() -> None:
    rows = peers.cells([page("vizro", size="86000", fault="no answer within 120 s of its start")])
    assert len(rows) == len(peers.MEASURES)
    assert {row[4] for row in rows} == {"not there: no answer within 120 s of its start"}


def test_the_comparison_replaces_the_earlier_one_in_the_document(tmp_path: Path) -> None:
    document = tmp_path / "performance.md"
    document.write_text(f"before\n{peers.BEGIN}\nold\n{peers.END}\nafter\n", encoding="utf-8")
    peers.write_docs(document, [page("page", 900)], MACHINE)
    text = document.read_text(encoding="utf-8")
    assert text.startswith(f"before\n{peers.BEGIN}\n\nMeasured with cores 2.\n\n| trips |")
    assert "| 21 | first view: map painted | this page | 900 | 900 ms | 900 |  |  |  |" in text
    assert text.endswith(f"{peers.END}\nafter\n")


def test_the_peers_count_the_trips_that_our_page_counts(shipped: Travel) -> None:
    visits = visits_of(shipped)
    for iso3 in BY_KEY["country"].known(shipped):
        ours = select(shipped, read(f"country={iso3}", shipped).selection).trips["trip_id"]
        theirs = visits.loc[visits["country"] == country_name(str(iso3)), "trip_id"]
        assert set(theirs) == set(ours), iso3
