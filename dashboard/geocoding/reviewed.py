"""Places that a person has placed once for every import: bases, venues, regions and cities of former countries."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

REVIEWED = Path(__file__).with_name("reviewed_places.csv")


@lru_cache(maxsize=1)
def read_reviewed() -> tuple[Mapping[str, str], ...]:
    """Their rows, with the columns of `places.csv`."""
    with REVIEWED.open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
