"""The description of the addresses: valid, complete, and true of every answer."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from dashboard.downloads import FORMATS, TABLES
from dashboard.downloads.columns import COMPUTED, column
from dashboard.downloads.openapi import LISTED, describe_addresses
from dashboard.query.filters import BY_KEY
from dashboard.query.selection import DATA as UPLOAD
from dashboard.query.selection import OPEN, read
from dashboard.travel.build import Travel
from tests.conftest import DATA
from tests.world import WORLD, make_travel

pytestmark = pytest.mark.long

# Dash's own, scripts and styles, and the forms with which people upload a table.
NOT_DESCRIBED = ("/_", "/assets/", "/static/", "/<", "/upload")


@pytest.fixture(scope="module")
def server(shipped: Travel, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    made: Flask = create_app(shipped, DATA, tmp_path_factory.mktemp("uploads")).server
    return made


@pytest.fixture(scope="module")
def browser(server: Flask) -> FlaskClient:
    return server.test_client()


@pytest.fixture(scope="module")
def described(browser: FlaskClient) -> dict[str, Any]:
    whole: dict[str, Any] = json.loads(browser.get("/openapi.json").data)
    return whole


def schema_of(described: dict[str, Any], path: str, mimetype: str) -> dict[str, Any]:
    """The schema of an answer with what it refers to beside it."""
    content = described["paths"][path]["get"]["responses"]["200"]["content"]
    schema: dict[str, Any] = content[mimetype]["schema"]
    return schema | {"components": described["components"]}


def faults(described: dict[str, Any], path: str, mimetype: str, answer: Any) -> list[str]:
    # Importing it builds grammars for a second and a half, which every worker would wait for.
    from openapi_schema_validator import OAS31Validator  # noqa: PLC0415

    validator = OAS31Validator(schema_of(described, path, mimetype))
    return [f"{one.json_path}: {one.message}" for one in validator.iter_errors(answer)]


def test_it_is_valid(described: dict[str, Any]) -> None:
    from openapi_spec_validator import validate  # noqa: PLC0415  as above

    validate(described)
    assert described["openapi"] == "3.1.0"


def test_every_address_of_the_server_is_described_and_no_other(server: Flask, described: dict[str, Any]) -> None:
    rules = {rule.rule for rule in server.url_map.iter_rules() if not rule.rule.startswith(NOT_DESCRIBED)}
    addresses = {rule.replace("<suffix>", one.suffix) for rule in rules for one in FORMATS}
    assert set(described["paths"]) == addresses


def test_every_address_answers_as_described(browser: FlaskClient, described: dict[str, Any]) -> None:
    said = {path: list(one["get"]["responses"]["200"]["content"]) for path, one in described["paths"].items()}
    answers = {path: browser.get(path) for path in said}
    assert {path: [answer.mimetype] for path, answer in answers.items()} == said
    assert {answer.status_code for answer in answers.values()} == {200}


@pytest.mark.parametrize("path", [*(f"/{one.name}.json" for one in TABLES), "/openapi.json", "/health"])
def test_json_is_as_described(browser: FlaskClient, described: dict[str, Any], path: str) -> None:
    assert faults(described, path, "application/json", json.loads(browser.get(path).data)) == []


@pytest.mark.parametrize("table", [one.name for one in TABLES])
def test_geojson_is_as_described(browser: FlaskClient, described: dict[str, Any], table: str) -> None:
    answer = json.loads(browser.get(f"/{table}.geojson").data)
    assert faults(described, f"/{table}.geojson", "application/geo+json", answer) == []


def test_an_answer_that_is_otherwise_would_be_found(browser: FlaskClient, described: dict[str, Any]) -> None:
    answer = json.loads(browser.get("/trips.json").data)
    answer["rows"][0]["transport"] = "sledge"
    del answer["rows"][1]["days"]
    found = faults(described, "/trips.json", "application/json", answer)
    assert [one.split(":")[0] for one in found] == ["$.rows[0].transport", "$.rows[1]"]


def test_the_parameters_are_the_filters(described: dict[str, Any]) -> None:
    keys = list(BY_KEY)
    assert list(described["components"]["parameters"]) == [*keys, OPEN, UPLOAD]
    for path, one in described["paths"].items():
        named = [each["$ref"].rpartition("/")[2] for each in one["get"].get("parameters", [])]
        assert named == ([] if path in ("/openapi.json", "/health") else [*keys, OPEN, UPLOAD])


@pytest.mark.parametrize("key", list(BY_KEY))
def test_a_filter_takes_what_its_parameter_says_and_nothing_else(
    browser: FlaskClient, shipped: Travel, described: dict[str, Any], key: str
) -> None:
    parameter = described["components"]["parameters"][key]
    item = parameter["schema"]["items"]
    allowed = item.get("enum", parameter["example"])
    assert read("&".join(f"{key}={value}" for value in [*allowed, *parameter["example"]]), shipped).ignored == ()
    assert not re.search(item.get("pattern", "^$"), "x y")
    assert "x y" not in allowed
    assert browser.get(f"/trips.csv?{key}=x%20y").status_code == 400


def test_the_refusals_are_as_described(browser: FlaskClient, described: dict[str, Any]) -> None:
    asked = {"400": "/trips.csv?colour=red", "404": f"/trips.csv?data={'x' * 32}"}
    for status, address in asked.items():
        answer = browser.get(address)
        assert (str(answer.status_code), answer.mimetype) == (status, "text/plain")
        assert described["paths"]["/trips.csv"]["get"]["responses"][status] == {
            "$ref": f"#/components/responses/{status}"
        }


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_columns_are_those_of_the_rows(shipped: Travel, described: dict[str, Any], table: Any) -> None:
    schema = described["components"]["schemas"][table.name]
    assert list(schema["properties"]) == list(table.rows(shipped).columns)
    assert all(one["description"] for one in schema["properties"].values())


def test_no_column_is_explained_twice_or_for_nothing(shipped: Travel) -> None:
    used = {(table.name, str(name)) for table in TABLES for name in table.rows(shipped).columns}
    computed = {one.name for one in COMPUTED}
    assert computed == {name for table, name in used if column(table, name) in COMPUTED}
    with pytest.raises(KeyError, match="nobody has said what colour of trips means"):
        column("trips", "colour")


def test_browsers_elsewhere_may_read_it(browser: FlaskClient) -> None:
    assert browser.get("/openapi.json").headers["Access-Control-Allow-Origin"] == "*"


def test_the_values_of_a_filter_that_has_very_many_are_not_listed() -> None:
    many = "".join(f"leader-{number},Leader {number},,,,,,,\n" for number in range(LISTED))
    travel = make_travel(leaders=WORLD["leaders"] + many)
    parameter = describe_addresses(travel)["components"]["parameters"]["leader"]
    assert parameter["schema"]["items"] == {"type": "string"}
    assert parameter["example"] == ["ada-north"]
