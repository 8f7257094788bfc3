"""Nominatim, played by a server on this machine that also answers 429, 500, nonsense, and nothing at all."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy.location import Location

from dashboard.geocoding.fill_places import fill_in
from dashboard.geocoding.lookup import look_up
from dashboard.geocoding.nominatim import Nominatim, Patience
from dashboard.geocoding.outcomes import Ambiguous, Candidate, Outcome, Placed, Unplaced

TODAY = date(2026, 11, 23)

CARBIS_BAY: dict[str, Any] = {
    "lat": "50.1969",
    "lon": "-5.4637",
    "display_name": "Carbis Bay, Cornwall, England, United Kingdom",
    "class": "place",
    "type": "village",
    "addresstype": "village",
    "address": {"state": "England", "country_code": "gb"},
}


class Server(ThreadingHTTPServer):
    """Answers a place by what stands in `answers`, one after the other, the last again and again."""

    daemon_threads = True
    request_queue_size = 64  # none is turned away where this machine is busy

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.answers: dict[str, list[Any]] = {}
        self.asked: list[tuple[str, str]] = []
        self.agents: set[str] = set()
        self.over = threading.Event()

    @property
    def domain(self) -> str:
        return f"127.0.0.1:{self.server_address[1]}"


class Handler(BaseHTTPRequestHandler):
    """A status with headers and body; "hang" accepts and never answers; "drop" hangs up."""

    server: Server
    WORDS: ClassVar[tuple[str, ...]] = ("hang", "drop")

    def do_GET(self) -> None:
        query = parse_qs(urlsplit(self.path).query)
        name = query["q"][0]
        self.server.asked.append((name, query["countrycodes"][0]))
        self.server.agents.add(self.headers["User-Agent"])
        answers = self.server.answers[name]
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if answer == "hang":
            self.server.over.wait(30)
        if answer in self.WORDS:
            self.close_connection = True
            return
        status, headers, body = answer
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body if isinstance(body, bytes) else json.dumps(body).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it
        """Says nothing: a test reads `asked`."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.over.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def slept() -> list[float]:
    return []


def make_nominatim(server: Server, slept: list[float], timeout_s: float) -> Nominatim:
    patience = Patience(seconds_between=0.0, timeout_s=timeout_s, attempts=3, pause_s=5.0, longest_wait_s=60.0)
    agent = "leader-travel/0 (+https://example.org)"
    return Nominatim(agent, domain=server.domain, scheme="http", patience=patience, sleep=slept.append)


@pytest.fixture
def nominatim(server: Server, slept: list[float]) -> Nominatim:
    return make_nominatim(server, slept, timeout_s=10.0)


def silent(outcomes: Iterator[Outcome], **_: int) -> Iterable[Outcome]:
    return outcomes


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three places, none of them with coordinates."""
    tables = {
        "leaders": "leader_id,home_place,home_country_iso3\nkim,Pyongyang,PRK\n",
        "stops": "trip_id,place,country_iso3\nT-1,Hanoi,VNM\nT-1,Pyongyang,PRK\n",
        "routes": "mode,from_place,to_place,through\ntrain,pyongyang-prk,hanoi-vnm,ulan-ude-rus\n",
    }
    for name, text in tables.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def good(*places: dict[str, Any]) -> tuple[int, dict[str, str], Any]:
    return 200, {}, list(places)


def test_nominatim_places_a_village(server: Server, nominatim: Nominatim) -> None:
    server.answers = {"Carbis Bay": [good(CARBIS_BAY)], "Nowhere": [good()]}
    assert list(look_up([("Carbis Bay", "GBR"), ("Nowhere", "GBR")], [nominatim])) == [
        Placed(
            "Carbis Bay",
            "GBR",
            50.1969,
            -5.4637,
            kind="city",
            provider="nominatim",
            matched_name="Carbis Bay, Cornwall, England, United Kingdom",
        ),
        Unplaced("Nowhere", "GBR", "asked in vain: nominatim"),
    ]
    assert server.asked == [("Carbis Bay", "gb"), ("Nowhere", "gb")]
    assert server.agents == {"leader-travel/0 (+https://example.org)"}
    assert str(nominatim.geocode("Carbis Bay", country_codes="GBR")) == CARBIS_BAY["display_name"]
    assert nominatim.geocode("Nowhere", country_codes="GBR") is None


def test_several_answers_far_apart_are_listed(server: Server, nominatim: Nominatim) -> None:
    other = CARBIS_BAY | {"lat": "54.9", "display_name": "Carbis Bay, Northumberland"}
    server.answers = {"Carbis Bay": [good(CARBIS_BAY, other)]}
    assert list(look_up([("Carbis Bay", "GBR")], [nominatim])) == [
        Ambiguous(
            "Carbis Bay",
            "GBR",
            (
                Candidate("Carbis Bay, Cornwall, England, United Kingdom", "England", None, 50.1969, -5.4637),
                Candidate("Carbis Bay, Northumberland", "England", None, 54.9, -5.4637),
            ),
        )
    ]


def test_an_answer_from_another_country_does_not_count(server: Server, nominatim: Nominatim) -> None:
    server.answers = {"Carbis Bay": [good(CARBIS_BAY | {"address": {"country_code": "ie"}})]}
    assert nominatim.geocode("Carbis Bay", country_codes="GBR") is None


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"addresstype": "country"}, "country"),
        ({"addresstype": "town"}, "city"),
        ({"class": "aeroway", "type": "aerodrome", "addresstype": "aeroway"}, "airport"),
        ({"class": "barrier", "type": "border_control", "addresstype": "barrier"}, "border point"),
        ({"class": "tourism", "type": "hotel", "addresstype": "tourism"}, "venue"),
    ],
)
def test_the_kind_says_how_precise_an_answer_is(
    server: Server, nominatim: Nominatim, said: dict[str, str], kind: str
) -> None:
    server.answers = {"Carbis Bay": [good(CARBIS_BAY | said)]}
    found = nominatim.geocode("Carbis Bay", country_codes="GBR")
    assert isinstance(found, Location)
    assert found.raw == {"kind": kind, "region": "England"}


def test_too_many_requests_waits_as_long_as_it_is_told(
    server: Server, nominatim: Nominatim, slept: list[float]
) -> None:
    busy, busier = (429, {"Retry-After": "0"}, b""), (429, {"Retry-After": "7"}, b"")
    server.answers = {"Carbis Bay": [busy, busier, good(CARBIS_BAY)]}
    assert str(nominatim.geocode("Carbis Bay", country_codes="GBR")) == CARBIS_BAY["display_name"]
    assert slept == [0.0, 7.0]


STOPPED = ", so it was not asked further: run again later with --online"


@pytest.mark.parametrize(
    ("answer", "waits", "reason"),
    [
        ((429, {}, b""), [5.0, 5.0], "says that it is asked too often (429)"),
        (
            (429, {"Retry-After": "3600"}, b""),
            [],
            "says that it is asked too often (429) and asks to wait 3600 s",
        ),
        ((403, {}, b"blocked"), [], "refuses to answer us (Non-successful status code 403)"),
        ("drop", [5.0, 5.0], "cannot be reached"),
    ],
)
def test_a_service_that_sends_us_away_is_not_asked_for_the_next_place(
    server: Server, nominatim: Nominatim, slept: list[float], answer: object, waits: list[float], reason: str
) -> None:
    server.answers = {"Elmau": [answer]}
    assert list(look_up([("Elmau", "DEU"), ("Carbis Bay", "GBR")], [nominatim])) == [
        Unplaced("Elmau", "DEU", f"nominatim {reason}{STOPPED}"),
        Unplaced("Carbis Bay", "GBR", f"nominatim {reason}{STOPPED}"),
    ]
    assert slept == waits
    assert len(server.asked) == len(waits) + 1


@pytest.mark.filterwarnings("ignore:Latitude normalization")  # geopy's word on 123° north, before it raises
@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ((500, {}, b"<html>oops"), "failed (Non-successful status code 500)"),
        ((200, {}, b"<html>not JSON"), "answered something that is not a list of places"),
        ((200, {}, b"\xff\xfe\x00"), "answered something that is not a list of places"),
        ((200, {}, "text"), "answered something that is not a list of places"),
        ((200, {}, 17), "answered something that is not a list of places"),
        ((200, {}, [1, None]), "answered something that is not a list of places"),
        ((200, {}, [{"name": "no coordinates"}]), "answered something that is not a list of places"),
        ((200, {}, [{"display_name": "no coordinates"}]), "answered something that is not a list of places"),
        ((200, {}, [CARBIS_BAY | {"lon": "500"}]), "answered something that is not a list of places"),
        ((200, {}, [CARBIS_BAY | {"lat": "north"}]), "answered something that is not a list of places"),
        ((200, {}, [CARBIS_BAY | {"lat": "NaN"}]), "answered something that is not a list of places"),
        ((200, {}, [CARBIS_BAY | {"lat": "123"}]), "answered something that is not a list of places"),
        ((200, {}, [CARBIS_BAY | {"address": "GB"}]), "answered something that is not a list of places"),
    ],
)
def test_a_failing_service_is_asked_again_and_then_left(
    server: Server, nominatim: Nominatim, slept: list[float], answer: object, reason: str
) -> None:
    server.answers = {"Carbis Bay": [answer, good(CARBIS_BAY)]}
    assert str(nominatim.geocode("Carbis Bay", country_codes="GBR")) == CARBIS_BAY["display_name"]
    assert slept == [5.0]
    assert_is_left(server, nominatim, answer, reason)


@pytest.mark.long
def test_a_service_that_hangs_is_asked_again_and_then_left(server: Server, slept: list[float]) -> None:
    server.answers = {"Carbis Bay": ["hang", good(CARBIS_BAY)]}
    # A busy machine may take its time over the answer that does come.
    assert str(make_nominatim(server, slept, 1.0).geocode("Carbis Bay", country_codes="GBR")).startswith("Carbis Bay")
    assert slept == [5.0]
    assert_is_left(server, make_nominatim(server, slept, 0.2), "hang", "did not answer in time")


def assert_is_left(server: Server, nominatim: Nominatim, answer: object, reason: str) -> None:
    """Three places are asked for thrice each, and no further one."""
    names = ["Elmau", "Heiligendamm", "Rambouillet", "Evian"]
    server.answers = {name: [answer] for name in names}
    before = len(server.asked)
    assert list(look_up([(name, "DEU") for name in names], [nominatim])) == [
        Unplaced("Elmau", "DEU", f"nominatim {reason}"),
        Unplaced("Heiligendamm", "DEU", f"nominatim {reason}"),
        Unplaced("Rambouillet", "DEU", f"nominatim {reason}{STOPPED}"),
        Unplaced("Evian", "DEU", f"nominatim {reason}{STOPPED}"),
    ]
    assert [name for name, _ in server.asked[before:]] == [name for name in names[:3] for _ in range(3)]


def test_a_refused_question_says_why_and_the_next_is_asked(server: Server, nominatim: Nominatim) -> None:
    server.answers = {"?": [(200, {}, {"error": "Nothing to search for"})], "Carbis Bay": [good(CARBIS_BAY)]}
    outcomes = list(look_up([("?", "GBR"), ("Atlantis", "XYZ"), ("Carbis Bay", "GBR")], [nominatim]))
    assert outcomes[:2] == [
        Unplaced("?", "GBR", "nominatim refused the question: Nothing to search for"),
        Unplaced("Atlantis", "XYZ", "nominatim was not asked: no country has the code XYZ"),
    ]
    assert isinstance(outcomes[2], Placed)


def test_a_network_that_is_not_there_is_noticed_once(server: Server, folder: Path, slept: list[float]) -> None:
    server.shutdown()
    server.server_close()
    patience = Patience(seconds_between=0.0, timeout_s=0.2)
    agent = "leader-travel/0 (+https://example.org)"
    nobody = Nominatim(agent, domain=server.domain, scheme="http", patience=patience, sleep=slept.append)
    report = fill_in(folder, [nobody], TODAY, silent)
    assert slept == [5.0, 5.0]
    assert str(report) == (
        "0 placed, 0 ambiguous, 3 not found; 0 were known.\n\n"
        "Not found; write the coordinates into places.csv, reviewed yes, or ask the network with --online:\n"
        "  Pyongyang (PRK); Hanoi (VNM); Ulan Ude (RUS)\n"
        f"    asked in vain: reviewed; nominatim cannot be reached{STOPPED}"
    )


def test_what_nominatim_said_is_kept_and_not_asked_again(server: Server, nominatim: Nominatim, folder: Path) -> None:
    hanoi = CARBIS_BAY | {
        "lat": "21.0283",
        "lon": "105.8542",
        "display_name": "Hà Nội, Việt Nam",
        "address": {},
    }
    server.answers = {"Hanoi": [good(hanoi)], "Pyongyang": [good()], "Ulan Ude": [good()]}
    fill_in(folder, [nominatim], TODAY, silent)
    fill_in(folder, [nominatim], TODAY, silent)
    assert [name for name, _ in server.asked] == ["Pyongyang", "Hanoi", "Ulan Ude", "Pyongyang", "Ulan Ude"]
    assert (folder / "places.csv").read_text("utf-8").splitlines()[1:] == [
        'Hanoi,VNM,21.0283,105.8542,city,,nominatim,"Hà Nội, Việt Nam",2026-11-23,no,'
        ',Hanoi (VNM),reviewed;nominatim,"Hà Nội, Việt Nam at 21.0283, 105.8542",1,,,'
    ]


def test_a_default_user_agent_is_refused() -> None:
    with pytest.raises(ValueError, match="Using Nominatim with default or sample `user_agent`"):
        Nominatim("geopy/2.5.0")
