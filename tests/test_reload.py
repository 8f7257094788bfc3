"""The version of the data: the same for all workers, taken up anew whole or not at all, and said by `/health`."""

from __future__ import annotations

import io
import json
import shutil
import signal
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from dashboard.tables.versions import data_version
from dashboard.web import health
from tests.serving import Server, serving
from tests.world import make_folder

pytestmark = pytest.mark.long


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_folder(tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def server(folder: Path, tmp_path: Path) -> Iterator[Server]:
    with serving(tmp_path / "uploads", folder) as running:
        yield running


def replace_in(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def reload(server: Server) -> str:
    """Have the data taken up anew; what is said of that, once the workers of before are gone."""
    server.signal(signal.SIGHUP)
    said = server.until("The data folder was ")
    for _ in range(2):
        server.until("Worker exiting")
    return said


def versions(server: Server) -> set[str]:
    """What some answers, by whichever worker, say is served."""
    return {json.loads(server.ask("/health").body)["data_version"] for _ in range(12)}


def test_a_changed_folder_is_taken_up_whole_and_a_broken_one_not_at_all(server: Server, folder: Path) -> None:
    first, tag = data_version(folder), server.ask("/trips.csv").headers["ETag"]
    assert versions(server) == {first}
    assert server.ask("/trips.csv", If_None_Match=tag).status == 304

    replace_in(folder / "leaders.csv", "Ada North", "Ada Northern")
    assert versions(server) == {first}
    assert server.ask("/package.zip").status == 503
    assert "was taken up anew" in reload(server)
    second = data_version(folder)
    assert versions(server) == {second}
    changed = server.ask("/trips.csv", If_None_Match=tag)
    assert (changed.status, b"Ada Northern" in changed.body) == (200, True)
    package = zipfile.ZipFile(io.BytesIO(server.ask("/package.zip").body))
    assert json.loads(package.read("datapackage.json"))["data_version"] == second

    replace_in(folder / "trips.csv", "ada-north", "nobody")
    assert "was not taken up; the data read before stay" in reload(server)
    assert versions(server) == {second}
    assert b"Ada Northern" in server.ask("/trips.csv").body


def test_the_version_is_of_what_is_read_and_of_nothing_else(folder: Path, tmp_path: Path) -> None:
    first = data_version(folder)
    copy = Path(shutil.copytree(folder, tmp_path / "copy"))
    (copy / "notes.txt").write_text("mine", "utf-8")
    assert data_version(copy) == first
    (copy / "places.csv").rename(copy / "stops2.csv")
    assert data_version(copy) != first
    (folder / "trips.csv").write_bytes((folder / "trips.csv").read_bytes() + b"\n")
    assert data_version(folder) != first


class Lost:
    """Trips whose rows lie where they cannot be reached."""

    data_as_of = ""
    leaders = ("ada-north",)
    size = 3

    def fetch(self, numbers: Iterable[int]) -> Any:
        raise OSError(f"no way to {list(numbers)}")


def test_health_says_503_where_no_trip_can_be_given() -> None:
    server = Flask("dashboard")
    health.register(server, Lost(), "0123")
    answer = server.test_client().get("/health")
    assert answer.status_code == 503
    said = {"status": "unavailable", "alive": True, "ready": False, "data_version": "0123"}
    assert said.items() <= json.loads(answer.data).items()
