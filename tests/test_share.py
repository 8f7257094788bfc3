"""The lines that the share dialog offers, run as a reader would run them, against a server that listens."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from runpy import run_path

import pandas as pd
import pytest
from flask import Flask
from werkzeug.serving import make_server

from dashboard.datasets.datasets import Datasets
from dashboard.datasets.store import Store
from dashboard.downloads import file, register, snippets
from dashboard.query.rows import trip_rows
from dashboard.query.selection import read, select, write
from dashboard.travel.build import Travel
from tests.conftest import DATA
from tests.world import WORLD, make_travel

QUERIES = ["", "?leader=kim-jong-un&years=2018-2019", "?transport=train&transport=car&country=CHN", "?years=1900"]
BASE = "http://example.org/travel/"


@pytest.fixture(scope="module")
def base_url(shipped: Travel, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    server = Flask(__name__)
    register(server, Datasets(shipped, Store(tmp_path_factory.mktemp("uploads")), DATA))
    listening = make_server("127.0.0.1", 0, server, threaded=True)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}/"
    listening.shutdown()
    thread.join()
    listening.server_close()


def code(key: str, base_url: str, query: str) -> str:
    return {one.key: one.code for one in snippets(base_url, query)}[key]


@pytest.mark.parametrize("query", QUERIES)
def test_pandas_gets_exactly_the_rows(base_url: str, shipped: Travel, query: str, tmp_path: Path) -> None:
    # In this process, as a notebook would: a process of its own costs a second and shows nothing more of the lines.
    lines = tmp_path / "lines.py"
    lines.write_text(code("pandas", base_url, query), "utf-8")
    got = run_path(str(lines))["trips"]
    expected = trip_rows(select(shipped, read(query, shipped).selection)).reset_index(drop=True)
    texts = {name: "" for name in expected.columns if pd.api.types.is_string_dtype(expected[name])}
    pd.testing.assert_frame_equal(got.fillna(texts), expected)


@pytest.mark.parametrize("query", QUERIES)
def test_curl_gets_exactly_the_file(base_url: str, shipped: Travel, query: str, tmp_path: Path) -> None:
    subprocess.run(["sh", "-c", code("curl", f"{base_url}", query)], cwd=tmp_path, check=True, capture_output=True)
    selection = read(query, shipped).selection
    today = pd.Timestamp(2026, 11, 23).date()
    assert (tmp_path / "trips.csv").read_bytes() == file(shipped, selection, "trips", "csv", today).body


def test_curl_tells_a_refusal_from_a_file(base_url: str, tmp_path: Path) -> None:
    lines = code("curl", base_url, "?leader=nobody")
    done = subprocess.run(["sh", "-c", lines], cwd=tmp_path, check=False, capture_output=True)
    assert done.returncode != 0
    assert not (tmp_path / "trips.csv").exists()


def test_r_reads_the_same_address() -> None:
    assert code("r", BASE, "?leader=kim-jong-un&years=2018-2019") == (
        "trips <- read.csv(\n"
        '  "http://example.org/travel/trips.csv?leader=kim-jong-un&years=2018-2019",\n'
        '  fileEncoding = "UTF-8-BOM", na.strings = "", check.names = FALSE\n'
        ")\n"
    )


@pytest.mark.parametrize("strange", ['a"b', "$(id)", "`id`", "a'b", "a\\b", "a!b", "a b", "김보", "a{b}c", "a%b"])
def test_no_value_leaves_its_quotes(strange: str) -> None:
    travel = make_travel(leaders=WORLD["leaders"] + f'"{strange.replace(chr(34), chr(34) * 2)}",Strange,,,,,,,\n')
    query = write(read("", travel).selection.choose("leader", [strange]))
    assert read(query, travel).selection.values("leader") == (strange,)
    for one in snippets(BASE, query):
        address = one.code[one.code.index(BASE) :].partition('"')[0]
        assert address.partition("?leader=")[2].isascii()
        assert not set(address) & set("$`'\\! {}")
        assert address.endswith(query)
