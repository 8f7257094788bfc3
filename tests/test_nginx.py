"""The example for nginx as it stands in the documents, run with nginx itself before the server as it is configured."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path

import pytest

from tests.serving import ROOT, Answer, serving

EXAMPLE = ROOT / "docs/deploy/nginx.conf"
TABLE = b"table=leader%2Carrived%2Ccountry%0AAda%2C2019%2CCanada%0A"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True)
class Front:
    """nginx before the server: its two ports, the certificate that it shows, its log."""

    plain: int
    secure: int
    certificate: Path
    log: Path

    def ask(self, path: str, method: str = "GET", body: bytes = b"", **headers: str) -> Answer:
        """One question over TLS, as a browser asks that knows the site."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        context.check_hostname = False
        with closing(HTTPSConnection("127.0.0.1", self.secure, timeout=60, context=context)) as connection:
            connection.request(method, path, body, {"Host": "maps.example", **headers})
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


def certificate(folder: Path) -> Path:
    """A certificate for the site of the example, and its key beside it."""
    made = folder / "fullchain.pem"
    of_site = ["-subj", "/CN=maps.example", "-addext", "subjectAltName=DNS:maps.example"]
    into = ["-out", str(made), "-keyout", str(folder / "privkey.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *of_site, *into]
    subprocess.run(command, check=True, capture_output=True)
    return made


def configured(folder: Path, server: int, plain: int, secure: int) -> Path:
    """The example with the ports and the files of this test, in a configuration that holds nothing else."""
    text = EXAMPLE.read_text("utf-8")
    for there, here in (
        ("127.0.0.1:8050", f"127.0.0.1:{server}"),
        ("listen 80;", f"listen 127.0.0.1:{plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{secure} ssl"),
        ("/etc/letsencrypt/live/maps.example", str(folder)),
        ("/var/log/nginx", str(folder)),
    ):
        assert there in text
        text = text.replace(there, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    paths = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    whole = folder / "whole.conf"
    user = "user root;\n" if os.getuid() == 0 else ""
    around = f"{user}daemon off;\npid {folder}/pid;\nerror_log stderr notice;\nevents {{}}\n"
    whole.write_text(f"{around}http {{\n{paths}{text}\n}}\n", "utf-8")
    return whole


@contextmanager
def running(nginx: str, config: Path) -> Iterator[None]:
    process = subprocess.Popen([nginx, "-p", str(config.parent), "-c", str(config)], stderr=subprocess.PIPE, text=True)
    assert process.stderr
    for line in process.stderr:
        sys.stderr.write(line)
        if "start worker process " in line:
            break
    assert process.poll() is None, "nginx does not run with the example"
    try:
        yield
    finally:
        process.terminate()
        process.communicate()


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    nginx = os.environ.get("NGINX") or shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")
    assert nginx, "nginx is not here: make test installs it, or set NGINX to its path"
    folder = tmp_path_factory.mktemp("nginx")
    made, plain, secure = certificate(folder), free_port(), free_port()
    with ExitStack() as stack:
        server = stack.enter_context(serving(folder / "uploads", LEADER_TRAVEL_ADDRESS="https://maps.example/travel/"))
        stack.enter_context(running(nginx, configured(folder, server.port, plain, secure)))
        yield Front(plain, secure, made, folder / "leader-travel.log")


@pytest.mark.long
def test_the_page_and_all_it_asks_for_lie_under_the_prefix(front: Front) -> None:
    page = front.ask("/travel/")
    assert page.status == 200
    links = re.findall(r'(?:src|href)="([^"#?][^"]*)"', page.body.decode())
    local = [one if one.startswith("/") else f"/travel/{one}" for one in links if "//" not in one and one != "HERE/"]
    assert len(local) > 10
    assert {one: front.ask(one).status for one in local if not one.startswith("/travel/")} == {}
    assert {one for one in local if front.ask(one).status != 200} == set()
    assert front.ask("/travel/health").status == 200
    assert front.ask("/travel/trips.csv").status == 200
    assert front.ask("/health").status == 404


@pytest.mark.long
def test_everything_goes_over_tls(front: Front) -> None:
    assert front.ask("/travel/").headers["Strict-Transport-Security"] == "max-age=31536000"
    assert front.ask("/travel/nothing").headers["Strict-Transport-Security"] == "max-age=31536000"
    assert front.ask("/travel/").headers["Server"] == "nginx"
    with closing(HTTPConnection("127.0.0.1", front.plain, timeout=60)) as connection:
        connection.request("GET", "/travel/?leader=kim-jong-un", headers={"Host": "maps.example"})
        answer = connection.getresponse()
        assert (answer.status, answer.headers["Location"]) == (301, "https://maps.example/travel/?leader=kim-jong-un")
    assert front.ask("/travel").headers["Location"] == "https://maps.example/travel/"


@pytest.mark.long
def test_an_upload_stays_under_the_prefix_and_out_of_the_log(front: Front) -> None:
    sent = front.ask("/travel/upload", "POST", TABLE, Origin="https://maps.example", **FORM)
    assert sent.status == 303
    found = re.fullmatch(r"/travel/upload/([\w-]{32})", str(sent.headers["Location"]))
    assert found
    assert front.ask(f"/travel/upload/{found[1]}").status == 200
    assert front.ask(f"/travel/trips.csv?data={found[1]}&years=2019").status == 404
    assert front.ask("/travel/upload", "POST", TABLE, Origin="https://elsewhere.example", **FORM).status == 403
    written = front.log.read_text("utf-8")
    assert "/travel/upload/-" in written
    assert "/travel/trips.csv?data=-&years=2019" in written
    assert found[1] not in written


@pytest.mark.long
def test_what_a_client_says_of_itself_is_not_believed(front: Front) -> None:
    spoofed = {"X-Forwarded-Prefix": "/elsewhere", "X-Forwarded-Host": "evil.example"}
    sent = front.ask("/travel/upload", "POST", TABLE, **FORM, **spoofed)
    assert str(sent.headers["Location"]).startswith("/travel/upload/")


@pytest.mark.long
def test_slow_clients_are_kept_by_nginx(front: Front) -> None:
    begun = [socket.create_connection(("127.0.0.1", front.secure)) for _ in range(50)]
    for client in begun:
        client.sendall(b"\x16\x03\x01")
    statuses = [front.ask(path).status for path in ("/travel/health", "/travel/") * 5]
    for client in begun:
        client.close()
    assert statuses == [200] * 10
