"""What readers do to a server, as Locust has many of them do it: `locust -f tests/load.py`; `tests.soak` starts it.

A request whose connection breaks is tried once more, as a browser does; what fails then has failed.
"""

from __future__ import annotations

import random
import re
from typing import Any

from locust import HttpUser, between, task
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

QUERIES = ("", "?leader=kim-jong-un", "?leader=kim-jong-un&years=2018-2019", "?transport=train", "?country=CHN",
           "?met=donald-trump&transport=plane", "?years=2010-2020&country=RUS")  # fmt: skip
FILES = ("trips.csv", "trips.json", "stops.json", "stops.csv", "trips.geojson", "stops.xlsx", "places.csv",
         "trips.parquet", "package.zip")  # fmt: skip
TABLE = "leader,arrived,country,place\nAda North,2019-05-01,Russia,Anadyr\n"
# So many uploads from one address are refused by rule.
TOO_MANY = 429


class Reader(HttpUser):
    """One reader: looks at the page, filters, downloads, and now and then uploads a table."""

    wait_time = between(0.05, 0.3)

    def on_start(self) -> None:
        """Try once more what a broken connection has lost."""
        retry = Retry(total=1, connect=1, read=1, status=0, allowed_methods=None, backoff_factor=0.2)
        self.client.mount("http://", HTTPAdapter(max_retries=retry))

    @task(6)
    def look(self) -> None:
        """The page of a selection."""
        self.client.get(f"/{random.choice(QUERIES)}", name="/")

    @task(6)
    def choose(self) -> None:
        """What the page asks when something is chosen: the places of a selection, as HTML."""
        self.client.get(f"/places{random.choice(QUERIES)}", name="/places")

    @task(4)
    def download(self) -> None:
        """A file of a selection."""
        name = random.choice(FILES)
        self.client.get(f"/{name}{random.choice(QUERIES)}", name=f"/{name}")

    @task(2)
    def ask_health(self) -> None:
        """Whether it is well."""
        self.client.get("/health")

    @task(1)
    def upload(self) -> None:
        """A table, sent and forgotten again."""
        sent: Any
        with self.client.post("/upload", data={"table": TABLE}, catch_response=True, name="/upload") as sent:
            if sent.status_code == TOO_MANY:
                sent.success()
        token = re.search(r"/upload/([\w-]{32})$", str(sent.url))
        if token:
            self.client.post(f"/upload/{token[1]}/forget", name="/upload/…/forget")
