"""What readers do to a server, as Locust has many of them do it: `locust -f tests/load.py`; `tests.soak` starts it.

A request whose connection breaks is tried once more, as a browser does; what fails then has failed.
"""

from __future__ import annotations

import random
import re
from typing import Any

from locust import HttpUser, between, task

QUERIES = ("", "?leader=kim-jong-un", "?leader=kim-jong-un&years=2018-2019", "?transport=train", "?country=CHN",
           "?met=donald-trump&transport=plane", "?years=2010-2020&country=RUS")  # fmt: skip
FILES = ("trips.csv", "trips.json", "stops.json", "stops.csv", "trips.geojson", "stops.xlsx", "places.csv",
         "trips.parquet", "package.zip")  # fmt: skip
TABLE = "leader,arrived,country,place\nAda North,2019-05-01,Russia,Anadyr\n"
# So many uploads from one address are refused by rule.
TOO_MANY = 429
ONCE_MORE = " (once more)"


class Reader(HttpUser):
    """One reader: looks at the page, filters, downloads, and now and then uploads a table."""

    wait_time = between(0.05, 0.3)

    def ask(self, method: str, path: str, name: str, allowed: int = 0, **sent: Any) -> str:
        """One request, tried once more where its connection broke; the address that answered at last.

        The second try is counted under a name of its own. `allowed` is a status that is no failure.
        """
        answer: Any
        for tried in (name, f"{name}{ONCE_MORE}"):
            with self.client.request(method, path, name=tried, catch_response=True, **sent) as answer:
                broken = answer.status_code == 0 or answer.error is not None
                if answer.status_code == allowed or (broken and tried == name):
                    answer.success()
                if not broken:
                    return str(answer.url)
        return ""

    @task(6)
    def look(self) -> None:
        """The page of a selection."""
        self.ask("GET", f"/{random.choice(QUERIES)}", "/")

    @task(6)
    def choose(self) -> None:
        """The places of a selection."""
        self.ask("GET", f"/places{random.choice(QUERIES)}", "/places")

    @task(4)
    def download(self) -> None:
        """A file of a selection."""
        name = random.choice(FILES)
        self.ask("GET", f"/{name}{random.choice(QUERIES)}", f"/{name}")

    @task(2)
    def ask_health(self) -> None:
        """Whether it is well."""
        self.ask("GET", "/health", "/health")

    @task(1)
    def upload(self) -> None:
        """A table, sent and forgotten again."""
        token = re.search(
            r"/upload/([\w-]{32})$", self.ask("POST", "/upload", "/upload", TOO_MANY, data={"table": TABLE})
        )
        if token:
            self.ask("POST", f"/upload/{token[1]}/forget", "/upload/…/forget")
