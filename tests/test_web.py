"""What the page answers on the wire: headers, caching, refusals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import HERE, server
from dashboard.page import layout
from dashboard.page.views import VIEWS
from dashboard.query.filters import MENUS

ASSETS = HERE / "assets"


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def request_of(ask: Any) -> dict[str, Any]:
    """A request as the page sends it, that asks `ask`."""
    return {
        "output": "answer.data",
        "outputs": {"id": "answer", "property": "data"},
        "changedPropIds": ["ask.data"],
        "inputs": [{"id": "ask", "property": "data", "value": ask}],
    }


def post(client: FlaskClient, body: Any) -> tuple[int, str]:
    answer = client.post("/_dash-update-component", data=json.dumps(body), content_type="application/json")
    return answer.status_code, answer.get_data(as_text=True)


def asked(client: FlaskClient, **ask: Any) -> dict[str, Any]:
    """The answer to a question of the page."""
    status, text = post(client, request_of(ask))
    assert status == 200
    answer: dict[str, Any] = json.loads(text)["response"]["answer"]["data"]
    return answer


def test_a_question_of_the_page_is_answered(client: FlaskClient) -> None:
    answer = asked(client, query="?leader=kim-jong-un", at=7)
    assert (answer["query"], answer["at"]) == ("?leader=kim-jong-un", 7)
    assert list(answer["parts"]) == list(answer["seen"]) == [one.id for one in VIEWS]
    assert answer["parts"]["key-figures"][0] == "html"
    assert "11 trips" in answer["parts"]["key-figures"][1]


def test_what_is_chosen_is_in_the_address_of_the_answer(client: FlaskClient) -> None:
    answer = asked(client, query="?leader=kim-jong-un", act="transport=car")
    assert answer["query"] == "?leader=kim-jong-un&transport=car"
    assert "2 trips" in answer["parts"]["key-figures"][1]
    assert asked(client, query=answer["query"], act="=")["query"] == ""


def test_what_the_browser_has_is_not_sent(client: FlaskClient) -> None:
    first = asked(client, query="?leader=kim-jong-un")
    again = asked(client, query="?leader=kim-jong-un", seen=first["seen"])
    assert (again["parts"], again["seen"]) == ({}, first["seen"])
    other = asked(client, query="?leader=kim-jong-un", act="trip=KJU-07", seen=first["seen"])
    assert {"trip-list", "atlas", "rows"} <= set(other["parts"])
    assert "key-figures" not in other["parts"]


def test_only_the_parts_asked_for_are_made(client: FlaskClient) -> None:
    answer = asked(client, query="?leader=kim-jong-un", parts=["rows"], table={"search": "putin"})
    assert list(answer["seen"]) == ["rows"]
    assert "3 that match, of 11 trips" in answer["parts"]["rows"][1]


@pytest.mark.parametrize("key", [one.key for one in MENUS])
def test_a_menu_is_filled_when_it_stands_open(client: FlaskClient, key: str) -> None:
    assert f"{key}-options" not in asked(client)["seen"]
    answer = asked(client, menu={"key": key, "find": "n"})
    assert f'data-choose="{key}=' in answer["parts"][f"{key}-options"][1]


def test_the_first_view_equals_the_answer_and_is_kept_by_the_browser(client: FlaskClient) -> None:
    query = "leader=kim-jong-un&years=2018-2019"
    first = client.get(f"/_first-view?{query}")
    assert json.loads(first.get_data()) == asked(client, query=f"?{query}")
    again = client.get(f"/_first-view?{query}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert client.get("/_first-view", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_every_part_has_its_place_in_the_page(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    ids = [*(one.id for one in VIEWS), *(f"{one.key}-options" for one in MENUS)]
    assert [one for one in ids if page.count(f'id="{one}"') != 1] == []
    scripts = "".join(file.read_text(encoding="utf-8") for file in ASSETS.glob("*.js") if "plotly" not in file.name)
    assert {one.prop for one in VIEWS} == {"html", "figure", "hidden", "value"}
    assert all(f"{one.prop}: (id, value) =>" in scripts for one in VIEWS)


def test_without_scripts_the_page_says_where_the_trips_are(client: FlaskClient) -> None:
    said = client.get("/").get_data(as_text=True).partition("<noscript>")[2].partition("</noscript>")[0]
    addresses = [part.split('"')[0] for part in said.split('href="')[1:]]
    assert addresses == ["trips.csv", "places"]
    assert all(client.get(f"/{address}").status_code == 200 for address in addresses)


def test_the_stock_plotly_serves_where_the_smaller_one_is_missing(tmp_path: Path, client: FlaskClient) -> None:
    assets = tmp_path / "assets"
    shutil.copytree(ASSETS, assets, ignore=shutil.ignore_patterns(layout.BUNDLE))
    assert f'src="{layout.STOCK}"' in layout.page(assets)
    assert client.get(f"/{layout.STOCK}").status_code == 200


@pytest.mark.parametrize(
    "body",
    [None, [], "x", 7, {}, {"output": "x"}, {"output": 7}, {"output": "answer.data"}, {"output": ["answer.data"]},
     {"output": "answer.data", "inputs": 3}, {"output": "answer.data", "inputs": [3]},
     {"output": "answer.data", "inputs": [{"id": "other", "property": "data"}]}],
)  # fmt: skip
def test_what_the_page_would_never_send_answers_400(client: FlaskClient, body: Any) -> None:
    status, text = post(client, body)
    assert status == 400
    assert text.startswith("This is not a request of the page: ")


@pytest.mark.parametrize(
    "ask",
    [None, 7, [], {"table": {"page": -1}}, {"table": {"page": "x"}}, {"table": 7}, {"seen": [1]}, {"viewport": [1, 2]},
     {"viewport": "x"}, {"query": 7}, {"parts": "rows"}, {"menu": 3}, {"act": "x" * 3_000}],
)  # fmt: skip
def test_a_question_that_does_not_fit_answers_400(client: FlaskClient, ask: Any) -> None:
    status, text = post(client, request_of(ask))
    assert status == 400
    assert text.startswith("This is not what the page would send: ")


def test_addresses_that_are_not_answer_404(client: FlaskClient) -> None:
    for path in ("/nothing", "/trips", "/assets/nothing.js", "/health/x"):
        assert client.get(path).status_code == 404, path


def test_scripts_leave_compressed_and_are_kept_by_their_fingerprint(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    scripts = [part.split('"')[0] for part in page.split('src="')[1:]]
    assert len(scripts) >= 8
    for address in scripts:
        answer = client.get(address, headers={"Accept-Encoding": "br"}, buffered=True)
        assert answer.headers["Content-Encoding"] == "br", address
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", address
        assert (
            client.get(address, headers={"Accept-Encoding": ""}, buffered=True).headers.get("Content-Encoding") is None
        )
