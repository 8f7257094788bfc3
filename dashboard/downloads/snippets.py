"""The lines that fetch exactly the trips of a selection, for pandas, R and curl."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.language import marked

PANDAS = """\
import pandas as pd  # with pyarrow, which reads Parquet

# Without threads, since a short program could end with "terminate called": github.com/apache/arrow/issues/34314
trips = pd.read_parquet("{base}trips.parquet{query}", use_threads=False)
"""
R = """\
trips <- read.csv(
  "{base}trips.csv{query}",
  fileEncoding = "UTF-8-BOM", na.strings = "", check.names = FALSE
)
"""
CURL = """\
curl --fail --output trips.csv "{base}trips.csv{query}"
"""


@dataclass(frozen=True)
class Snippet:
    """A few lines for one program: its `key` in the page, its name there, the lines."""

    key: str
    label: str
    code: str


def snippets(base_url: str, query: str) -> tuple[Snippet, ...]:
    """The lines for each program; `base_url` is the page's address up to its last slash, `query` as `write` gives it.

    A query that `write` gives holds nothing that a shell or a language would take for its own within double quotes.
    """
    return tuple(
        Snippet(key, label, code.format(base=base_url, query=query))
        for key, label, code in (
            ("pandas", marked("Python, pandas"), PANDAS),
            ("r", "R", R),
            ("curl", marked("Command line, curl"), CURL),
        )
    )
