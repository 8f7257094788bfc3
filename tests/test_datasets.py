"""Which trips an address speaks of, and the folder in which uploads lie until their time is over."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from dashboard.datasets.datasets import OPEN_AT_ONCE, Datasets, remembered
from dashboard.datasets.store import KEPT, GoneError, Store, Upload
from dashboard.query.selection import read, write
from dashboard.travel.build import Travel
from tests.world import header, make_folder

pytestmark = pytest.mark.long

NOW = datetime(2026, 11, 23, 20, 10, tzinfo=UTC)


def put(store: Store, **tables: str) -> Upload:
    """An upload whose data are the world, with some tables given instead."""
    upload = store.begin("trips.csv")
    make_folder(store.path(upload.token) / "data-1", **tables)
    return store.show(upload.token, "data-1", 4, beside=False)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "uploads", lambda: NOW)


@pytest.fixture
def datasets(travel: Travel, store: Store) -> Datasets:
    return Datasets(travel, store)


@pytest.mark.parametrize("query", ["", "?", "?leader=ada-north", "data=", "?data="])
def test_an_address_without_an_upload_speaks_of_the_shipped_trips(datasets: Datasets, query: str) -> None:
    assert datasets.open(query) is datasets.shipped


def test_an_address_with_an_upload_speaks_of_it(datasets: Datasets, store: Store) -> None:
    upload = put(store)
    opened, reading, summary = datasets.read_and_count(f"?data={upload.token}&leader=ada-north")
    assert opened.upload == upload
    assert summary.figures.trips == 3
    assert write(reading.selection) == f"?data={upload.token}&leader=ada-north"


def test_choices_and_everything_stay_with_the_upload(travel: Travel) -> None:
    selection = read("?data=abc&leader=ada-north&trip=N-1", travel).selection
    assert write(selection.act("=")) == "?data=abc"
    assert write(selection.act("transport=car")) == "?data=abc&leader=ada-north&transport=car&trip=N-1"
    assert read("?data=abc&data=def", travel).ignored == ("data: only one upload can be shown",)


@pytest.mark.parametrize("token", ["x", "../../etc", "a" * 32, "a" * 1000, "\0" * 32])
def test_an_upload_that_is_not_here_is_told_and_the_shipped_trips_shown(datasets: Datasets, token: str) -> None:
    opened, reading, summary = datasets.read_and_count(f"?data={token}&leader=ben-south")
    assert opened is datasets.shipped
    assert summary.figures.trips == 1
    assert reading.selection.data == ""
    unknown = "No upload has the name in this address; such a name has 32 letters and digits."
    what = "The upload of this address is not here, or no longer." if token == "a" * 32 else unknown
    assert reading.ignored == (f"{what} {KEPT}",)


def test_an_unfinished_upload_shows_nothing(datasets: Datasets, store: Store) -> None:
    upload = store.begin("trips.csv")
    with pytest.raises(GoneError, match=r"^This upload is not finished: its columns are still to be chosen\.$"):
        datasets.open(f"data={upload.token}")


def test_an_upload_is_read_once_and_its_counts_remembered(datasets: Datasets, store: Store) -> None:
    query = f"data={put(store).token}"
    assert datasets.open(query) is datasets.open(query)
    assert datasets.read_and_count(query)[2] is datasets.read_and_count(query)[2]


def test_only_so_many_uploads_are_kept_read(datasets: Datasets, store: Store) -> None:
    queries = [f"data={put(store).token}" for _ in range(OPEN_AT_ONCE + 1)]
    first = datasets.open(queries[0])
    for query in queries[1:]:
        datasets.open(query)
    assert datasets.open(queries[0]) is not first


def test_a_damaged_upload_is_told_so(datasets: Datasets, store: Store) -> None:
    upload = put(store, leaders=header("leaders"))
    with pytest.raises(GoneError, match="can no longer be read"):
        datasets.open(f"data={upload.token}")


@pytest.mark.parametrize(("lines", "kept"), [(0, 64), (50, 64), (19_000, 10), (100_000, 8)])
def test_of_much_travel_fewer_selections_stay_counted(lines: int, kept: int) -> None:
    assert remembered(lines) == kept
