"""The page of places: what was asked, offered and chosen, for the selection of the address."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from dashboard.datasets.datasets import Datasets
from dashboard.datasets.store import Store
from dashboard.downloads.content import records
from dashboard.page import places
from dashboard.page.places import counts, doubts
from dashboard.query.rows import place_rows
from dashboard.travel.build import Travel
from tests.world import WORLD, make_travel

PLACES = (
    WORLD["places"].splitlines()[0]
    + """
Anchorage,USA,61.218,-149.900,city,,reviewed,,,yes,,,,,,Ana <b>,,
Anadyr,RUS,64.733,177.508,city,,geonames,Novo-Mariinsk,2026-11-23,no,,Anadyr (RUS),geonames,"N at 64.7, 177.5; M at 64.8, 177.6",2,,,
Tok,USA,63.337,-142.986,city,,reviewed,,,yes,,,,,,,,
Whitehorse,CAN,60.721,-135.057,country,,geonames,Whitehorse,2026-11-23,no,<script>,Canada (CAN),geonames,"W at 60.721, -135.057",1,,,
Saint Petersburg,USA,27.771,-82.679,city,,nominatim,St. Petersburg,2026-11-23,yes,,,,,,,,
Saint Petersburg,RUS,59.939,30.314,city,Leningrad,reviewed,,,yes,,,,,,,,
Nukunonu,TKL,,,,,,,2026-11-23,no,,Nukunonu (TKL),geonames;nominatim,"A at 1.0, 2.0; B at 3.0, 4.0",7,,,
"""  # noqa: E501  a row of a table is a line
)


@pytest.fixture(scope="module")
def made() -> Travel:
    return make_travel(places=PLACES)


@pytest.fixture
def client(made: Travel, tmp_path: Path) -> FlaskClient:
    return make_client(made, tmp_path)


def make_client(travel: Travel, path: Path) -> FlaskClient:
    server = Flask("dashboard")
    places.register(server, Datasets(travel, Store(path / "uploads")))
    return server.test_client()


def cells(page: str) -> list[list[str]]:
    """The rows of the page's table, each cell as its words, `|` for a line break."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in body.split("</tr>")[:-1]]
    return [[_words(cell) for cell in row] for row in found]


def _words(cell: str) -> str:
    spaced = re.sub(r"<br>|</li><li>|</summary>|</ul>", "|", cell)
    return html.unescape(" ".join(re.sub(r"<[^>]+>", "", spaced).split())).strip("|")


def test_each_place_says_what_was_asked_offered_and_chosen_the_doubtful_ones_first(client: FlaskClient) -> None:
    answer = client.get("/places")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert cells(answer.text) == [
        [
            "Nukunonu|Tokelau",
            "Nukunonu (TKL)|of GeoNames and OpenStreetMap, 2026-11-23",
            "7 for Nukunonu|A at 1.0, 2.0|B at 3.0, 4.0|and 5 more",
            "",
            "",
            "",
            "no",
            "1",
            "not on the map|7 places bear the name, and none was chosen",
        ],
        [
            "Anadyr|Russia",
            "Anadyr (RUS)|of GeoNames, 2026-11-23",
            "2 for Anadyr|N at 64.7, 177.5|M at 64.8, 177.6",
            "Novo-Mariinsk|64.733, 177.508",
            "town",
            "GeoNames",
            "no",
            "1",
            "found under another name|the first of 2 close to one another",
        ],
        [
            "Whitehorse|Canada",
            "Canada (CAN)|of GeoNames, 2026-11-23",
            "1 for Whitehorse|W at 60.721, -135.057",
            "Whitehorse|60.721, -135.057",
            "country",
            "GeoNames",
            "no",
            "1",
            "stands for the whole country|<script>",
        ],
        ["Saint Petersburg|Russia", "", "", "Saint Petersburg|59.939, 30.314", "town", "set by hand", "yes", "1", ""],
        [
            "Saint Petersburg|United States",
            "",
            "",
            "St. Petersburg|27.771, -82.679",
            "town",
            "OpenStreetMap",
            "yes",
            "1",
            "",
        ],
        [
            "Anchorage|United States",
            "",
            "",
            "Anchorage|61.218, -149.9",
            "town",
            "set by hand",
            "yes|by Ana <b>",
            "0",
            "",
        ],
    ]


def test_the_counts_stand_above(client: FlaskClient, made: Travel) -> None:
    said = [
        "6 places",
        "Coordinates: 2 from GeoNames, 2 set by hand, 1 from OpenStreetMap",
        "Precision: 4 to the town, 1 to the country only",
        "Without coordinates: 1",
        "Checked: 2 by a person who is not recorded, 1 by Ana <b>",
    ]
    page = client.get("/places").text
    shown = re.search(r'<ul class="counts">(.*?)</ul>', page)
    assert shown
    assert [html.unescape(one) for one in re.findall("<li>(.*?)</li>", shown[1])] == said
    assert counts(records(place_rows(made)))[0] == "6 places"


def test_the_query_selects_as_on_the_page_and_is_handed_on(client: FlaskClient) -> None:
    page = client.get("/places?country=CAN&trip=N-2").text
    assert [row[0] for row in cells(page)] == ["Whitehorse|Canada", "Anchorage|United States"]
    assert "All leaders travelled abroad by any transport, visiting Canada." in page
    assert 'href="/?country=CAN">See these trips on the map' in page
    assert 'href="/places.csv?country=CAN"' in page


def test_what_cannot_be_chosen_is_named_and_the_rest_shown(client: FlaskClient) -> None:
    page = html.unescape(client.get("/places?colour=<b>&country=CAN").text)
    assert "colour is not a filter: the filters are" in page
    assert len(cells(page)) == 2


def test_nothing_selected_is_said(client: FlaskClient) -> None:
    assert "No trip is selected, so there is no place." in client.get("/places?years=1900").text


def test_no_more_than_a_page_holds_and_the_rest_is_counted(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "SHOWN", 2)
    page = client.get("/places").text
    assert [row[0] for row in cells(page)] == ["Nukunonu|Tokelau", "Anadyr|Russia"]
    assert "The first 2 places; 4 more are in the files." in page


def test_an_upload_that_is_not_here_is_told_so(client: FlaskClient) -> None:
    answer = client.get(f"/places?data={'x' * 32}")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
    assert "The upload of this address is not here, or no longer." in answer.text


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, []),
        ({"matched_name": "anadyr"}, []),
        ({"precision": None}, ["precision is not recorded"]),
        ({"latitude_deg": None, "candidates_in_all": 0}, ["not on the map"]),
        ({"matched_name": "Other", "reviewed": "yes", "candidates_in_all": 3}, []),
        ({"precision": "country", "reviewed": "yes"}, ["stands for the whole country"]),
    ],
)
def test_what_is_doubtful(change: dict[str, object], said: list[str]) -> None:
    row = {"place": "Anadyr", "matched_name": "Anadyr", "latitude_deg": 64.7, "precision": "town", "reviewed": "no"}
    assert doubts(row | {"candidates_in_all": 1} | change) == said


def test_the_shipped_places_have_their_ledger(shipped: Travel) -> None:
    rows = records(place_rows(shipped))
    assert all(row["query"] and row["asked"] and row["candidates_in_all"] is not None for row in rows)
    assert not any(row["reviewer"] for row in rows)
