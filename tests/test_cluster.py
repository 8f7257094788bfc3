"""Both engines give the same answers: every summary, view, page and file, in memory and on a Dask cluster."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, fields, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from distributed import Client, LocalCluster
from flask import Flask
from hypothesis import given

from dashboard.cluster import distributed_travel
from dashboard.cluster.distributed_travel import DistributedTravel
from dashboard.cluster.opening import INSTALL
from dashboard.cluster.parts import FRAMES
from dashboard.datasets.opening import needed_memory, open_folder
from dashboard.downloads import FORMATS, TABLES
from dashboard.page.callbacks import made
from dashboard.page.shown import Shown
from dashboard.page.views import VIEWS
from dashboard.query.filters import FILTERS
from dashboard.query.rows import trip_rows
from dashboard.query.selection import Selection, read, select, write
from dashboard.query.summaries import KeyFigures, Summary, summarise
from dashboard.query.table_pages import Page, find_page
from dashboard.query.view_state import SORTED_BY
from dashboard.travel.build import DataError, load
from dashboard.travel.travel import TooManyError, Travel
from dashboard.words.cards import Cards
from tests.benchmarks.generate import write_folder
from tests.conftest import DATA
from tests.examples import at_most
from tests.parts import make_parts, shipped_in_parts, world_frames
from tests.test_selection import selections, values_of

pytestmark = pytest.mark.long

QUERIES = (
    "",
    "?leader=kim-jong-il&trip=KJU-07",
    "?years=2018-2019&transport=train",
    "?country=CHN&met=xi-jinping",
    "?country=RUS&years=1999",
)


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """A cluster of one worker with two threads, in this process."""
    made = Client(processes=False, n_workers=1, threads_per_worker=2, dashboard_address="127.0.0.1:0")
    yield made
    made.close()


@pytest.fixture(scope="module")
def world(client: Client, tmp_path_factory: pytest.TempPathFactory) -> tuple[Travel, DistributedTravel]:
    """The tiny world in three parts, the second of which is empty: in memory, and on the cluster."""
    path = make_parts(tmp_path_factory.mktemp("world") / "data", world_frames(), [2, 2])
    return load(path), distributed_travel.load(path, client)


@pytest.fixture(scope="module")
def both(client: Client, tmp_path_factory: pytest.TempPathFactory) -> tuple[Travel, DistributedTravel]:
    """The shipped journeys in four parts: in memory, and on the cluster."""
    path = shipped_in_parts(tmp_path_factory.mktemp("shipped") / "data", DATA, [4, 9, 15])
    return load(path), distributed_travel.load(path, client)


def same(one: Summary, other: Summary) -> None:
    """Both say the same, frame by frame; sums of kilometres differ in the last digit by the order they are added in."""
    for name in (field.name for field in fields(Summary) if field.name not in ("travel", "selection", "options")):
        mine, theirs = getattr(one, name), getattr(other, name)
        if isinstance(mine, pd.DataFrame):
            pd.testing.assert_frame_equal(mine, theirs, check_categorical=False, check_dtype=False)
        elif isinstance(mine, pd.Series):
            pd.testing.assert_series_equal(mine, theirs)
        elif isinstance(mine, KeyFigures):
            assert asdict(mine) == pytest.approx(asdict(theirs))
    assert (list(one.newest), one.farthest) == (list(other.newest), other.farthest)
    assert one.options.keys() == other.options.keys()
    for key, counts in one.options.items():
        pd.testing.assert_series_equal(counts, other.options[key])


def test_the_small_tables_are_those_of_one_machine(both: tuple[Travel, DistributedTravel]) -> None:
    travel, distributed = both
    for name in ("leaders", "places", "routes", "lines", "people"):
        pd.testing.assert_frame_equal(
            getattr(distributed, name), getattr(travel, name), check_categorical=False, check_index_type=False
        )
    assert (distributed.size, distributed.data_as_of) == (len(travel.trips), travel.data_as_of)


def test_twelve_parts_whose_names_sort_otherwise_than_their_numbers(client: Client, tmp_path: Path) -> None:
    path = make_parts(tmp_path / "data", world_frames(), [1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3])
    assert (path / "trips.parquet" / "part=11").exists()
    travel, distributed = load(path), distributed_travel.load(path, client)
    assert trip_rows(distributed.fetch(range(4)))["trip_id"].tolist() == ["N-1", "N-2", "N-3", "S-1"]
    same(summarise(distributed, Selection()), summarise(travel, Selection()))


@at_most(12)
@given(selection=selections())
def test_every_summary_of_any_selection_is_the_same(
    world: tuple[Travel, DistributedTravel], selection: Selection
) -> None:
    travel, distributed = world
    same(summarise(distributed, selection), summarise(travel, selection))


@pytest.mark.parametrize("one", FILTERS, ids=lambda one: one.key)
def test_every_summary_of_the_shipped_journeys_is_the_same(one: Any, both: tuple[Travel, DistributedTravel]) -> None:
    travel, distributed = both
    assert list(one.known(distributed)) == list(one.known(travel))
    for value in dict.fromkeys([values_of(one, travel)[0], values_of(one, travel)[-1]]):
        query = write(Selection().choose(one.key, [value]))
        readings = read(query, distributed), read(query, travel)
        assert readings[0] == readings[1]
        same(summarise(distributed, readings[0].selection), summarise(travel, readings[1].selection))


def test_parts_beside_csv_are_those_of_one_machine(client: Client, tmp_path: Path) -> None:
    write_folder(tmp_path, trips=120, seed=1, chunk=40)
    assert (tmp_path / "leaders.csv").exists()
    both = load(tmp_path), distributed_travel.load(tmp_path, client)
    for query in ("", "?transport=unknown&years=2000-2010"):
        same(*(summarise(one, read(query, one).selection) for one in both))


def alike(one: Page, other: Page) -> bool:
    """Whether two pages hold the same trips, and say the same of the others."""
    first, second = ((page.number, page.numbers.tolist(), page.found, page.pages) for page in (one, other))
    return first == second


@pytest.fixture(scope="module")
def shown(both: tuple[Travel, DistributedTravel]) -> list[tuple[Shown, Shown]]:
    """Each of `QUERIES` counted in memory and on the cluster."""
    return [(_shown(both[0], query), _shown(both[1], query)) for query in QUERIES]


def _shown(whole: Travel, query: str) -> Shown:
    reading = read(query, whole)
    assert reading.ignored == ()
    return Shown(whole, reading, summarise(whole, reading.selection), Cards())


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.id)
def test_every_view_is_the_same(view: Any, shown: list[tuple[Shown, Shown]]) -> None:
    for one, other in shown:
        assert made(view, one) == made(view, other), one.reading


@pytest.mark.parametrize("column", sorted(SORTED_BY.values()))
def test_every_page_of_the_table_is_the_same(column: str, both: tuple[Travel, DistributedTravel]) -> None:
    for order in ((column, True), (column, False)):
        for query in QUERIES[1:3]:
            assert alike(*(find_page(one, read(query, one).selection, "", order, 0) for one in both))


@pytest.mark.parametrize(
    "text", ["summit", "KJU-0", " China ", "moscow", "xi j", "kim jong il", "2018-", "train", "?", "x"]
)
def test_a_search_finds_the_trips_whose_row_holds_the_text(text: str, both: tuple[Travel, DistributedTravel]) -> None:
    pages = [find_page(one, Selection(), text, ("left_home_earliest", True), 0) for one in both]
    assert alike(*pages)
    columns = ["trip_id", "leader", "left_home", "back_home", "transport", "places", "countries", "met", "occasion"]
    rows = trip_rows(both[0])[columns].agg(" | ".join, axis=1).str.lower()
    assert sorted(pages[0].numbers) == sorted(rows.index[rows.str.contains(text.strip().lower(), regex=False)])


def test_a_page_that_is_not_there_is_the_last_one(both: tuple[Travel, DistributedTravel]) -> None:
    for one in both:
        page = find_page(one, Selection(), "", ("days", True), 10**6)
        assert (page.number, page.pages, page.found, page.cut) == (0, 1, len(both[0].trips), False)


def test_pages_of_a_cluster_end_where_they_say(world: tuple[Travel, DistributedTravel]) -> None:
    travel, distributed = world
    none_to_page_to = replace(distributed, most_pages=0)
    assert find_page(none_to_page_to, Selection(), "", ("days", True), 0).cut
    assert not find_page(travel, Selection(), "", ("days", True), 0).cut


def test_fetched_trips_have_the_rows_of_those_in_memory(both: tuple[Travel, DistributedTravel]) -> None:
    travel, distributed = both
    for numbers in ([], [0], [3, 17, 4], range(len(travel.trips)), [99]):
        fetched, kept = distributed.fetch(numbers), travel.fetch(numbers)
        for name in FRAMES:
            rows, own = getattr(fetched, name), getattr(kept, name)
            assert list(rows.columns) == list(own.columns)
            assert rows.astype("str").to_numpy().tolist() == own.astype("str").to_numpy().tolist(), name
        assert list(fetched.trips.index) == list(kept.trips.index)
    assert distributed.numbers_of(["KJU-01", "nobody"]) == travel.numbers_of(["KJU-01", "nobody"])


def server_of(whole: Travel) -> Flask:
    made: Flask = importlib.import_module("app").create_app(whole, DATA).server
    return made


def test_every_file_is_the_same(both: tuple[Travel, DistributedTravel]) -> None:
    one, other = (server_of(whole).test_client() for whole in both)
    for query in QUERIES[:2]:
        for table in TABLES:
            for form in FORMATS:
                address = f"/{table.name}.{form.suffix}{query}"
                if form.suffix not in ("xlsx", "parquet"):
                    assert one.get(address).data == other.get(address).data, address
    assert one.get("/places?country=RUS").data == other.get("/places?country=RUS").data
    assert one.get("/health").json == other.get("/health").json
    assert one.get("/openapi.json").json == other.get("/openapi.json").json
    assert one.get("/trips.csv?trip=nobody").data == other.get("/trips.csv?trip=nobody").data


def test_what_a_cluster_does_not_give_is_refused_with_what_to_do(both: tuple[Travel, DistributedTravel]) -> None:
    few = server_of(replace(both[1], most_fetched=5)).test_client()
    answer = few.get("/trips.csv")
    assert (answer.status_code, answer.text) == (
        413,
        f"These are {len(both[0].trips)} trips. They lie on a cluster, from which at most 5 are sent at once:"
        " narrow the filters, or read"
        " the Parquet files of the data folder themselves.\n",
    )
    assert few.get("/trips.csv?years=2019").status_code == 200
    assert few.get("/places").status_code == 413
    assert "at most 5 are sent at once" in few.get("/places").text
    packed = few.get("/package.zip")
    assert (packed.status_code, packed.text) == (
        413,
        "These trips lie on a cluster, from which no package is made: the data folder itself is one.\n",
    )
    with pytest.raises(TooManyError):
        select(replace(both[1], most_fetched=5), Selection())


def test_the_faults_of_every_part_are_named_once(client: Client, tmp_path: Path) -> None:
    frames = world_frames()
    frames["trips"] = frames["trips"].assign(left_home=["2018-12-30", "soon", "2019-07-10?", "later"])
    frames["leaders"] = frames["leaders"].assign(country_iso3=["USA", "XXX"])
    with pytest.raises(DataError) as said:
        distributed_travel.load(make_parts(tmp_path / "data", frames, [2]), client)
    assert [str(fault).partition(";")[0] for fault in said.value.faults] == [
        "leaders.parquet:2: unknown country 'XXX' in country_iso3",
        "trips.parquet/part=0:2: bad date 'soon' in left_home",
        "trips.parquet/part=1:2: bad date 'later' in left_home",
    ]


def test_a_trip_may_not_stand_in_two_parts(client: Client, tmp_path: Path) -> None:
    path = make_parts(tmp_path / "data", world_frames(), [2])
    for table in FRAMES:
        (path / f"{table}.parquet" / "part=2").symlink_to(path / f"{table}.parquet" / "part=0")
    with pytest.raises(DataError, match="2 trips stand in two parts; give each trip an id of its own"):
        distributed_travel.load(path, client)


def test_stops_lie_in_the_part_of_their_trip(client: Client, tmp_path: Path) -> None:
    path = make_parts(tmp_path / "data", world_frames(), [2])
    stops = [path / "stops.parquet" / f"part={part}" for part in range(2)]
    for one, name in ((stops[0], "x"), (stops[1], "part=0"), (path / "stops.parquet" / "x", "part=1")):
        one.rename(one.with_name(name))
    with pytest.raises(DataError, match=r"stops\.parquet/part=0:1: stop without trip: 'N-3' is unknown"):
        distributed_travel.load(path, client)


@pytest.mark.long
def test_two_worker_processes_give_the_same(tmp_path: Path) -> None:
    path = shipped_in_parts(tmp_path / "data", DATA, [5, 11, 16])
    travel = load(path)
    made = LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0")
    with made as machines, Client(machines) as client:
        distributed, again = distributed_travel.load(path, client), distributed_travel.load(path, client)
        assert len({worker for _, worker in distributed.parts}) == 2
        assert [part.key for part, _ in again.parts] == [part.key for part, _ in distributed.parts]
        for query in QUERIES:
            one, other = (summarise(whole, read(query, whole).selection) for whole in (distributed, travel))
            same(one, other)
            selected = [each.selected.trips["trip_id"].tolist() for each in (one, other)]
            assert selected[0] == selected[1]


def test_a_folder_that_does_not_fit_goes_to_threads_of_this_process(tmp_path: Path) -> None:
    path = make_parts(tmp_path / "data", world_frames(), [2])
    assert needed_memory(path) > 1000
    distributed = open_folder(path, "", available=1000)
    assert isinstance(distributed, DistributedTravel)
    assert distributed.size == 4
    distributed.client.close()


def test_everywhere_the_same_dask_is_named() -> None:
    asked = "dask[distributed]=="
    root = DATA.parent
    files = [root / "pyproject.toml", root / "tests" / "requirements.txt", root / "docs" / "large.md"]
    texts = [INSTALL, *(file.read_text("utf-8") for file in files)]
    assert {re.split(r"[^0-9.]", text.partition(asked)[2])[0] for text in texts} == {version("dask")}
    assert asked not in (root / "requirements.txt").read_text("utf-8")


def test_a_folder_that_does_not_fit_has_to_lie_in_parts() -> None:
    with pytest.raises(TooManyError, match=r"has to lie in parts\. Run: python -m dashboard part .* --to .*-in-parts$"):
        open_folder(DATA, "", available=1000)


def test_without_dask_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dashboard.cluster.distributed_travel", None)
    monkeypatch.delattr("dashboard.cluster.distributed_travel")
    with pytest.raises(TooManyError) as said:
        open_folder(DATA, "tcp://example.org:8786")
    assert str(said.value) == (
        f"DASK_SCHEDULER_ADDRESS is set: that takes Dask, which is not installed. Run: {INSTALL}"
    )
    assert open_folder(DATA, "").in_memory
