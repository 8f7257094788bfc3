"""Files of many rows: made in turn, some rows at a time, sent from the disk, and refused where they are too many."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.datasets.datasets import Datasets
from dashboard.datasets.store import Store
from dashboard.datasets.work_queue import BusyError, WorkQueue
from dashboard.downloads import FORMATS, file, register
from dashboard.downloads.addresses import Room
from dashboard.downloads.content import gather
from dashboard.downloads.files import BY_NAME, BY_SUFFIX, TooManyRowsError, write_content
from dashboard.query.selection import Selection
from dashboard.travel.build import Travel

TODAY = date(2026, 11, 23)


def test_turns_are_taken_one_after_the_other_and_given_back() -> None:
    queue = WorkQueue(at_once=1, waiting=1, seconds=0.01, busy="Try again.")
    with queue.turn(), pytest.raises(BusyError, match=r"^Try again\.$"), queue.turn():
        pass
    with queue.turn():
        pass


def test_who_would_wait_behind_too_many_is_told_at_once() -> None:
    queue = WorkQueue(at_once=1, waiting=0, seconds=1_000, busy="Try again.")
    with queue.turn(), pytest.raises(BusyError), queue.turn():
        pass


def client_with(travel: Travel, room: Room) -> FlaskClient:
    server = Flask("dashboard")
    register(server, Datasets(travel, Store(Path())), lambda: TODAY, room=room)
    return server.test_client()


def test_a_file_of_too_many_rows_says_how_to_get_all_of_them(travel: Travel) -> None:
    client = client_with(travel, Room(most_rows=4, small=0))
    answer = client.get("/stops.csv?leader=ada-north&trip=N-1")
    assert (answer.status_code, answer.text) == (
        413,
        "stops.csv would have 8 rows; 4 are sent at once. Narrow the filters, or write all of them where the data lie: "
        "python -m dashboard export --query 'leader=ada-north' --table stops --to stops.csv\n",
    )
    assert client.get("/trips.csv").status_code == 200


def test_a_large_file_is_told_to_come_back_where_all_turns_are_taken(travel: Travel) -> None:
    client = client_with(travel, Room(small=0, at_once=0, waiting=0))
    answer = client.get("/trips.xlsx")
    assert (answer.status_code, answer.headers["Retry-After"], answer.text) == (
        503, "60", "Too many large files are being made at the moment. Try again in a minute.\n"
    )  # fmt: skip


def test_a_sheet_of_excel_that_would_overflow_is_refused(travel: Travel, tmp_path: Path) -> None:
    full = replace(BY_SUFFIX["xlsx"], most_rows=3)
    with pytest.raises(TooManyRowsError) as error, (tmp_path / "x").open("wb") as file:
        write_content(gather(travel, Selection(), BY_NAME["trips"], TODAY), full, file)
    assert str(error.value) == (
        "trips.xlsx would have 4 rows, and Excel holds 3: narrow the filters, or take CSV or Parquet"
    )


@pytest.mark.parametrize("suffix", [one.suffix for one in FORMATS])
def test_what_is_written_some_rows_at_a_time_is_as_if_at_once(
    shipped: Travel, monkeypatch: pytest.MonkeyPatch, suffix: str
) -> None:
    def stops() -> bytes:
        return file(shipped, Selection(), "stops", suffix, TODAY).body

    whole = stops()
    monkeypatch.setattr("dashboard.downloads.content.ROWS_AT_A_TIME", 7)
    assert stops() == whole


def test_a_large_file_is_sent_whole_from_the_disk(travel: Travel, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_with(travel, Room())
    whole = client.get("/trips.json").data
    monkeypatch.setattr("dashboard.downloads.files.IN_MEMORY", 10)
    answer = client.get("/trips.json", buffered=True)
    assert (answer.data, answer.content_length) == (whole, len(whole))
