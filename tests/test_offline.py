"""The selection as one file: what is in it, that nothing in it is asked for elsewhere, and who is refused."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from app import create_app
from dashboard.__main__ import main
from dashboard.page import offline
from dashboard.query.selection import read
from dashboard.travel.build import Travel
from dashboard.travel.travel import TooManyError
from tests.conftest import DATA
from tests.world import changed, make_travel

pytestmark = pytest.mark.long

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def client(shipped: Travel, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    made: FlaskClient = create_app(shipped, kept_in=tmp_path_factory.mktemp("uploads")).server.test_client()
    return made


def text(travel: Travel, query: str) -> str:
    """The file of a selection."""
    return offline.export(travel, read(query, travel).selection, TODAY).body.decode()


def test_it_holds_the_selection_and_no_more(shipped: Travel) -> None:
    page = text(shipped, "leader=kim-jong-un&years=2023")
    assert "<title>Kim Jong Un travelled abroad 2023 by any transport" in page
    assert page.count('class="itinerary"') == 1
    assert "Kim Jong Un&#39;s 10th known trip abroad: by train" in page
    assert "Singapore" not in page.partition('<script id="base-map"')[0]


def test_nothing_in_it_is_fetched(shipped: Travel) -> None:
    page = text(shipped, "")
    assert not re.findall(r"<(?:script|link|img|iframe)[^>]+(?:src|href)=", page)
    assert "default-src 'none'" in page
    assert len(page.encode()) < 2_000_000


def test_no_text_of_the_data_ends_an_element() -> None:
    strange = "</script><b>x"
    page = text(make_travel(**changed("trips", "a day in Whitehorse", strange)), "")
    assert strange not in page
    assert "&lt;/script&gt;&lt;b&gt;x" in page


def test_the_address_gives_it_and_refuses_as_all_files_do(client: FlaskClient) -> None:
    answer = client.get("/page.html?leader=kim-jong-un")
    assert answer.status_code == 200
    assert answer.mimetype == "text/html"
    assert "filename=leader-travel_kim-jong-un_page_" in answer.headers["Content-Disposition"]
    assert client.get("/page.html?leader=nobody").status_code == 400
    assert client.get("/page.html?data=" + "a" * 43).status_code in (404, 410)


def test_all_rows_for_paper(client: FlaskClient) -> None:
    rows = client.get("/table.html?leader=kim-jong-un&sort=days").get_data(as_text=True)
    assert rows.count("<tr") == 1 + 11
    assert "data-page" not in rows


def test_more_trips_than_a_page_holds_are_refused(shipped: Travel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offline, "MOST_TRIPS", 20)
    with pytest.raises(TooManyError, match="These are 21 trips; a page that opens offline holds 20"):
        text(shipped, "")


def test_the_command_writes_the_same(shipped: Travel, tmp_path: Path) -> None:
    target = tmp_path / "kim.html"
    done = CliRunner().invoke(main, ["export", str(DATA), "--query", "leader=kim-jong-un", "--to", str(target)])
    assert done.exit_code == 0, done.output
    assert target.read_text("utf-8") == text(shipped, "leader=kim-jong-un")
