"""What is refused before a view sees it, and that nothing a stranger sends is answered with 500."""

from __future__ import annotations

import errno
import json
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st

from app import app, server
from dashboard.web import refusals
from dashboard.web.callback_bodies import DEEPEST, LONGEST_LIST, LONGEST_TEXT, MOST_BYTES, MOST_VALUES
from tests.bodies import ANYTHING, body_of, broken

CALLBACKS = {name: one for name, one in app.callback_map.items() if "callback" in one}


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def post(raw: bytes | str) -> tuple[int, str]:
    answer = server.test_client().post("/_dash-update-component", data=raw, content_type="application/json")
    return answer.status_code, answer.get_data(as_text=True)


def any_question() -> dict[str, Any]:
    return body_of(*next(iter(CALLBACKS.items())))


@pytest.mark.parametrize("name", CALLBACKS)
@settings(max_examples=60, derandomize=True)
@given(data=st.data())
def test_a_broken_question_is_never_a_fault_of_the_server(name: str, data: st.DataObject) -> None:
    body = data.draw(broken(body_of(name, CALLBACKS[name], data.draw(st.none() | ANYTHING))))
    status, text = post(json.dumps(body))
    assert status < 500, text
    assert status < 400 or len(text) < 2_000


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", "the body is not JSON (Input is a zero-length, empty document: line 1 column 1 (char 0))"),
        (b"[" * 10_000 + b"]" * 10_000, "the body is not JSON (depth limit exceeded: line 1 column 1026 (char 1025))"),
        (b"[" * 100 + b"]" * 100, f"the body is nested more than {DEEPEST} deep"),
        (b"[" + b"0," * LONGEST_LIST + b"0]",
         f"a list or an object in the body has more than {LONGEST_LIST:,} members"),
        (b'["' + b"x" * (LONGEST_TEXT + 1) + b'"]', f"a text in the body has more than {LONGEST_TEXT:,} characters"),
        (b'{"' + b"k" * 201 + b'":1}', "a key in the body has more than 200 characters"),
        (b"[" + b",".join([b"[" + b",".join([b"0"] * 4_000) + b"]"] * 6) + b"]",
         f"the body holds more than {MOST_VALUES:,} values"),
        (b"[NaN]", "the body is not JSON (unexpected character, expected a JSON value: line 1 column 2 (char 1))"),
        (b"[]", "the body is not an object"),
    ],
    ids=["empty", "depth", "nested", "list", "text", "key", "values", "nan", "array"],
)  # fmt: skip
def test_a_body_that_is_too_much_says_what_is_allowed(raw: bytes, said: str) -> None:
    assert post(raw) == (400, f"This is not a request of the page: {said}.\n")


@pytest.mark.parametrize(
    ("part", "value", "said"),
    [
        ("output", 7, "output: no callback of this name"),
        ("outputs", None, "outputs: a list of "),
        ("outputs", {"id": "x", "property": "data"}, "outputs: "),
        ("inputs", {}, "inputs: a list of "),
        ("state", [{}], "state: a list of "),
        ("changedPropIds", None, "changedPropIds: a list of texts such as id.property is expected"),
        ("changedPropIds", ["nowhere"], "changedPropIds: a list of texts such as id.property is expected"),
    ],
)
def test_a_part_of_another_kind_is_named(part: str, value: Any, said: str) -> None:
    status, text = post(json.dumps(any_question() | {part: value}))
    assert status == 400
    assert text.startswith(f"This is not a request of the page: {said}")


def test_a_body_of_many_megabytes_is_not_read() -> None:
    assert post(b"x" * (MOST_BYTES + 1)) == (413, "The body of this request may have 300 kB.\n")


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("POST", "/trips.csv", "GET, HEAD, OPTIONS"),
        ("DELETE", "/", "GET, HEAD, OPTIONS"),
        ("PUT", "/health", "GET, HEAD, OPTIONS"),
        ("GET", "/_dash-update-component", "POST, OPTIONS"),
        ("PATCH", "/upload", "GET, HEAD, POST, OPTIONS"),
    ],
)
def test_a_wrong_method_answers_405_with_those_that_there_are(
    client: FlaskClient, method: str, path: str, allow: str
) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.headers["Allow"]) == (405, allow)
    assert client.open("/nothing", method=method).status_code == 404


def test_a_query_longer_than_any_link_is_refused(client: FlaskClient) -> None:
    assert client.get("/trips.csv?" + "x" * (refusals.LONGEST_QUERY + 1)).status_code == 414
    assert client.get("/trips.csv?" + "x&" * refusals.MOST_PAIRS).status_code == 400


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://localhost:81", "http://localhost.x"])
def test_a_page_of_another_site_can_send_nothing(client: FlaskClient, origin: str) -> None:
    for path in ("/upload", "/upload/" + "x" * 32 + "/forget", "/_dash-update-component"):
        answer = client.post(path, headers={"Origin": origin})
        assert answer.status_code == 403, path
    assert client.post("/upload", headers={"Origin": "http://localhost"}).status_code == 422


def test_unknown_component_suites_answer_404(client: FlaskClient) -> None:
    for path in ("nothing/x.js", "dash/nothing.js", "plotly/../../app.py"):
        assert client.get(f"/_dash-component-suites/{path}").status_code == 404, path


def test_a_full_disk_is_said_and_another_fault_stays_one() -> None:
    small = Flask(__name__)
    refusals.register_system_faults(small)
    for number, path in ((errno.ENOSPC, "/full"), (errno.EIO, "/broken")):

        def fail(number: int = number) -> str:
            raise OSError(number, "as the system says it")

        small.add_url_rule(path, path, fail)
    full, broken_disk = small.test_client().get("/full"), small.test_client().get("/broken")
    assert (full.status_code, full.headers["Retry-After"]) == (503, "3600")
    assert full.get_data(as_text=True) == "The server has no room left for this. Try again in an hour.\n"
    assert broken_disk.status_code == 500
