"""What whoever serves the page may set, and the headers that follow from it."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from dashboard.travel.build import Travel
from dashboard.web.settings import SettingError, Settings
from tests.conftest import DATA

ADDRESS = "https://maps.example/travel/"
PROXY = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "maps.example",
    "X-Forwarded-Prefix": "/travel",
}
PATHS = ("/", "/health", "/nothing", "/trips.csv", "/upload", "/assets/page.css")


def client_of(travel: Travel, uploads: Path, settings: Settings) -> FlaskClient:
    client: FlaskClient = create_app(travel, DATA, uploads, settings).server.test_client()
    return client


@pytest.fixture(scope="module")
def alone(shipped: Travel, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    return client_of(shipped, tmp_path_factory.mktemp("uploads"), Settings())


@pytest.fixture(scope="module")
def behind(shipped: Travel, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    settings = Settings(ADDRESS, ("https://news.example", "https://other.example"))
    return client_of(shipped, tmp_path_factory.mktemp("uploads"), settings)


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_forbids_what_is_not_ours(alone: FlaskClient, path: str) -> None:
    with alone.get(path) as answer:
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'self'" in policy
        assert "frame-ancestors 'self'" in policy
        assert "script-src 'self' 'sha256-" in policy
        assert "unsafe-eval" not in policy
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "camera=(), " in answer.headers["Permissions-Policy"]
        assert not {"X-Powered-By", "Server"} & set(answer.headers.keys())


def test_only_what_is_meant_to_be_embedded_is_and_only_where_it_may(alone: FlaskClient, behind: FlaskClient) -> None:
    def ancestors(client: FlaskClient, path: str) -> str:
        policy = client.get(path, headers={"Host": "maps.example"}).headers["Content-Security-Policy"]
        return policy.partition("frame-ancestors ")[2].partition(";")[0]

    assert ancestors(behind, "/?embed=map") == "'self' https://news.example https://other.example"
    assert ancestors(behind, "/") == ancestors(behind, "/upload?embed=map") == "'self'"
    assert ancestors(alone, "/?embed=map") == "'self'"


def test_a_host_that_is_not_ours_is_refused_where_an_address_is_set(alone: FlaskClient, behind: FlaskClient) -> None:
    assert behind.get("/health", headers={"Host": "evil.example"}).status_code == 400
    assert behind.get("/health", headers=PROXY | {"X-Forwarded-Host": "evil.example"}).status_code == 400
    assert [behind.get("/health", headers={"Host": one}).status_code for one in ("maps.example", "127.0.0.1:8050")] == [
        200,
        200,
    ]
    assert alone.get("/health", headers={"Host": "any.example"}).status_code == 200


def test_the_page_knows_the_path_that_readers_know(behind: FlaskClient, alone: FlaskClient) -> None:
    page = behind.get("/", headers=PROXY).get_data(as_text=True)
    assert 'src="/travel/_dash-component-suites/dash/' in page
    assert 'src="/_dash-component-suites/dash/' in alone.get("/").get_data(as_text=True)
    sent = behind.post("/upload", data={"table": "leader,arrived,country\nAda,2019,Canada\n"}, headers=PROXY)
    assert (sent.status_code, sent.headers["Location"][:15]) == (303, "/travel/upload/")


def test_only_behind_a_proxy_is_a_proxy_believed(alone: FlaskClient) -> None:
    page = alone.post("/upload", data={"table": "leader,arrived,country\nAda,2019,Canada\n"}, headers=PROXY)
    assert page.headers["Location"].startswith("/upload/")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ADDRESS", "maps.example", "LEADER_TRAVEL_ADDRESS is 'maps.example'; write it as https://maps.example/travel/"),
        ("ADDRESS", "https://a.example/?x", "LEADER_TRAVEL_ADDRESS is 'https://a.example/?x'; "),
        ("EMBEDDERS", "https://a.example *", "LEADER_TRAVEL_EMBEDDERS holds '*'; write each site as https://news.example"),
        ("EMBEDDERS", "https://a.example;script-src", "LEADER_TRAVEL_EMBEDDERS holds 'https://a.example;script-src'; "),
    ],
)  # fmt: skip
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingError) as error:
        Settings.of({f"LEADER_TRAVEL_{name}": value})
    assert str(error.value).startswith(said)


def test_the_settings_come_from_the_environment() -> None:
    named = Settings.of(
        {"LEADER_TRAVEL_ADDRESS": ADDRESS, "LEADER_TRAVEL_EMBEDDERS": "https://a.example https://b.example"}
    )
    assert named == Settings(ADDRESS, ("https://a.example", "https://b.example"))
    assert (named.prefix, named.hosts) == ("/travel/", ["maps.example", "localhost", "127.0.0.1", "[::1]"])
    assert Settings.of({}) == Settings()
