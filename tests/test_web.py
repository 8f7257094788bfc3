"""What the page answers on the wire: headers, caching, refusals."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import app, server


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def request_of(component: str, values: dict[str, Any]) -> dict[str, Any]:
    """A request as the page sends it for the callback that fills `component`, with `values` by component id."""
    output = next(name for name in app.callback_map if component in name)
    declared = app.callback_map[output]

    def given(part: str) -> list[dict[str, Any]]:
        return [{**one, "value": values.get(one["id"])} for one in declared[part]]

    first = f"{declared['inputs'][0]['id']}.{declared['inputs'][0]['property']}"
    outputs = [{"id": one.split(".")[0], "property": one.split(".")[1]} for one in output.strip(".").split("...")]
    return {
        "output": output,
        "outputs": outputs,
        "changedPropIds": [first],
        "inputs": given("inputs"),
        "state": given("state"),
    }


def post(client: FlaskClient, body: Any) -> tuple[int, str]:
    answer = client.post("/_dash-update-component", data=json.dumps(body), content_type="application/json")
    return answer.status_code, answer.get_data(as_text=True)


def test_a_request_of_the_page_is_answered(client: FlaskClient) -> None:
    status, text = post(client, request_of("key-figures", {"address": "?leader=kim-jong-un"}))
    assert status == 200
    assert "11 trips" in text


@pytest.mark.parametrize(
    "body",
    [None, [], "x", 7, {}, {"output": "x"}, {"output": 7}, {"output": "rows.children"}, {"output": ["rows.children"]},
     {"output": "rows.children", "inputs": 3}, {"output": "rows.children", "inputs": [3]},
     {"output": "rows.children", "inputs": [{"id": "other", "property": "data"}]}],
)  # fmt: skip
def test_what_the_page_would_never_send_answers_400(client: FlaskClient, body: Any) -> None:
    assert post(client, body) == (400, "This is not a request of the page.\n")


@pytest.mark.parametrize(
    ("component", "values"),
    [
        ("rows.children", {"table-view": {"page": -1}}),
        ("rows.children", {"table-view": {"page": "x"}}),
        ("rows.children", {"table-view": 7}),
        ("key-figures", {"seen": [1]}),
        ("key-figures", {"viewport": [1, 2]}),
        ("key-figures", {"viewport": "x"}),
    ],
)
def test_a_value_that_does_not_fit_answers_400(client: FlaskClient, component: str, values: dict[str, Any]) -> None:
    status, text = post(client, request_of(component, values))
    assert status == 400
    assert text.startswith("This is not what the page would send: ")


def test_addresses_that_are_not_answer_404(client: FlaskClient) -> None:
    for path in ("/nothing", "/trips", "/assets/nothing.js", "/health/x"):
        assert client.get(path).status_code == 404, path


def test_every_answer_forbids_what_is_not_ours(client: FlaskClient) -> None:
    for path in ("/", "/health", "/nothing", "/trips.csv"):
        headers = client.get(path).headers
        assert "default-src 'self'" in headers["Content-Security-Policy"], path
        assert "unsafe-eval" not in headers["Content-Security-Policy"], path
        assert headers["X-Content-Type-Options"] == "nosniff", path


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
