"""What the page answers on the wire: headers, caching, refusals."""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import HERE, app, server
from dashboard.downloads import FORMATS
from dashboard.figures import CHARTS
from dashboard.page import first_paint, layout
from dashboard.page.views import VIEWS
from dashboard.query.filters import MENUS
from tests.bodies import body_of

ASSETS = HERE / "assets"


@pytest.fixture
def client() -> FlaskClient:
    return server.test_client()


def request_of(changed: str, **values: Any) -> dict[str, Any]:
    """A request as the page sends it where `changed` has changed; values by id and property, as `seen__data`."""
    called = {name: one for name, one in app.callback_map.items() if "callback" in one}
    inputs = {name: {f"{each['id']}.{each['property']}" for each in one["inputs"]} for name, one in called.items()}
    name = next(name for name, ids in inputs.items() if changed in ids)
    body = body_of(name, called[name])
    for part in (*body["inputs"], *body["state"]):
        part["value"] = values.get(f"{part['id']}__{part['property']}".replace("-", "_"))
    return body | {"changedPropIds": [changed]}


def post(client: FlaskClient, body: Any) -> tuple[int, str]:
    answer = client.post("/_dash-update-component", data=json.dumps(body), content_type="application/json")
    return answer.status_code, answer.get_data(as_text=True)


def answered(client: FlaskClient, changed: str, **values: Any) -> dict[str, Any]:
    """The answer of a callback, by id; empty where nothing changes."""
    status, text = post(client, request_of(changed, **values))
    assert status in (200, 204), text
    response: dict[str, Any] = json.loads(text)["response"] if status == 200 else {}
    return response


def shown(client: FlaskClient, query: str, **values: Any) -> dict[str, Any]:
    """What fills the page at an address."""
    return answered(client, "address.search", address__search=query, **values)


def chosen(client: FlaskClient, query: str, changed: str = "chosen.data", **values: Any) -> str | None:
    """The address to which a choice leads; None where it leads nowhere else."""
    found: str | None = answered(client, changed, address__search=query, **values).get("address", {}).get("search")
    return found


def test_an_address_fills_every_part_of_the_page(client: FlaskClient) -> None:
    answer = shown(client, "?leader=kim-jong-un&years=2018-2019")
    assert list(answer["seen"]["data"]) == [one.id for one in VIEWS]
    assert {one.id for one in VIEWS} <= answer.keys()
    assert "9 trips" in json.dumps(answer["key-figures"])


def test_what_the_browser_has_is_not_sent(client: FlaskClient) -> None:
    first = shown(client, "?leader=kim-jong-un")["seen"]["data"]
    assert shown(client, "?leader=kim-jong-un", seen__data=first).keys() == {"seen"}
    other = shown(client, "?leader=kim-jong-un&trip=KJU-07", seen__data=first)
    assert {"trip-list-html", "map", "rows-html"} <= other.keys()
    assert "key-figures" not in other


def test_every_kind_of_choice_leads_to_an_address(client: FlaskClient) -> None:
    here = "?leader=kim-jong-un"
    assert chosen(client, here, chosen__data=["transport=car"]) == f"{here}&transport=car"
    assert chosen(client, here, chosen__data=["="]) == ""
    assert chosen(client, here, chosen__data=["sort:=days"]) == f"{here}&sort=days"
    assert chosen(client, here, "table-search.value", table_search__value="putin") == f"{here}&search=putin"
    assert (
        chosen(client, here, "year-strip.selectedData", year_strip__selectedData={"range": {"x": [2017.7, 2019.2]}})
        == f"{here}&years=2018-2019"
    )
    typed = {"years_from__value": 2019, "years_to__value": 2018}
    assert chosen(client, here, "years-to.n_submit", **typed) == f"{here}&years=2018-2019"
    assert chosen(client, here, "years-to.n_submit", years_from__value=2019, years_to__value="") is None


@pytest.mark.parametrize("chart", [one.id for one in CHARTS])
def test_a_click_on_any_chart_is_a_choice(client: FlaskClient, chart: str) -> None:
    click = {"points": [{"customdata": "country=CHN"}]}
    found = chosen(client, "", f"{chart}.clickData", **{f"{chart}__clickData".replace("-", "_"): click})
    assert found == "?country=CHN"


def test_the_address_holds_how_the_table_is_looked_at(client: FlaskClient) -> None:
    rows = shown(client, "?leader=kim-jong-un&years=2018-2019&sort=-days&search=putin")["rows-html"]["data"]
    assert "1 that match, of 9 trips" in rows
    assert 'aria-sort="descending"' in rows
    told = json.dumps(shown(client, "?sort=colour&sort=days&tab=nothing")["ignored"])
    assert "sort=colour: write one of leader" in told
    assert "tab=nothing: write one of trips" in told


def test_a_page_of_the_table_is_turned_alone(client: FlaskClient) -> None:
    answer = answered(client, "turned.data", turned__data=0, address__search="?sort=days", columns__value=["days"])
    assert answer.keys() == {"rows-html", "seen"}
    assert answer["rows-html"]["data"].count("<th ") == 1


@pytest.mark.parametrize("key", [one.key for one in MENUS])
def test_a_menu_is_filled_when_it_stands_open(client: FlaskClient, key: str) -> None:
    assert shown(client, "")[f"{key}-options"]["children"] == []
    values = {f"{key}_menu__opened": True, f"{key}_search__value": "n"}
    assert f"{key}=" in json.dumps(shown(client, "", **values)[f"{key}-options"])


def test_the_page_holds_its_first_view_and_is_kept_by_the_browser(client: FlaskClient) -> None:
    query = "leader=kim-jong-un&years=2018-2019"
    first = client.get(f"/?{query}")
    holder = re.compile(r'<script id="first-view" type="application/json" data-seen="(\d+)">(.*?)</script>')
    [(checksum, held)] = holder.findall(first.get_data(as_text=True))
    answered = shown(client, f"?{query}")
    assert json.loads(held) == answered["map"]["figure"]
    assert int(checksum) == answered["seen"]["data"]["map"]
    again = client.get(f"/?{query}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.get_data()) == (304, b"")
    assert client.get("/", headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


@pytest.mark.parametrize("address", ["/_dash-layout", "/_dash-dependencies"])
def test_what_the_page_consists_of_is_kept_by_the_browser(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (first.status_code, again.status_code, again.get_data()) == (200, 304, b"")


def test_no_text_of_an_address_leaves_its_element(client: FlaskClient) -> None:
    page = client.get("/?leader=</script><script>alert(1)</script>").get_data(as_text=True)
    assert "<script>alert(1)" not in page


def test_every_part_has_its_place_in_the_page() -> None:
    ids = Counter(getattr(one, "id", None) for one in layout.page()._traverse())
    assert [one.id for one in VIEWS if ids[one.id] != 1] == []


def test_the_page_is_the_same_without_its_first_paint(client: FlaskClient) -> None:
    page = client.get("/").get_data(as_text=True)
    plain: str = app.index()  # type: ignore[no-untyped-call]
    assert 'id="first-paint"' in page
    assert "first-view" not in plain
    assert all(f'src="{one}"' in page for one in re.findall(r'src="([^"]+)"', plain))


def test_without_scripts_the_page_has_rows_and_ways_that_lead_somewhere(client: FlaskClient) -> None:
    said = client.get("/?years=2018").get_data(as_text=True).partition("<noscript>")[2].partition("</noscript>")[0]
    addresses = [part.split('"')[0].replace("&amp;", "&") for part in said.split('href="')[1:]]
    assert {"upload", "places", *(f"trips.{one.suffix}?years=2018" for one in FORMATS)} <= set(addresses)
    assert said.count("<tr>") == 1 + len(json.loads(client.get("/trips.json?years=2018").data)["rows"])
    assert all(client.get(f"/{address}").status_code == 200 for address in addresses)


def test_the_stock_plotly_serves_where_the_smaller_one_is_missing(tmp_path: Path, client: FlaskClient) -> None:
    assets = tmp_path / "assets"
    shutil.copytree(ASSETS, assets, ignore=shutil.ignore_patterns(first_paint.BUNDLE))
    assert first_paint.STOCK.replace("<script ", "<script defer ") in first_paint.scripts_of("", assets)[0]
    address = first_paint.STOCK.partition('src="')[2].partition('"')[0]
    answer = client.get(f"/{address}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "public, max-age=31536000, immutable")


@pytest.mark.parametrize(
    ("changed", "values"),
    [
        ("address.search", {"viewport__data": [1, 2]}), ("address.search", {"viewport__data": "x"}),
        ("address.search", {"seen__data": [1]}), ("address.search", {"columns__value": 7}),
        ("turned.data", {"turned__data": -1}), ("turned.data", {"turned__data": "x"}),
        ("chosen.data", {"chosen__data": ["x" * 3_000]}), ("chosen.data", {"chosen__data": [7]}),
        ("year-strip.selectedData", {"year_strip__selectedData": {"range": {"x": ["x", 2]}}}),
    ],
)  # fmt: skip
def test_a_question_that_does_not_fit_answers_400(client: FlaskClient, changed: str, values: dict[str, Any]) -> None:
    status, text = post(client, request_of(changed, **({"address__search": ""} | values)))
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
