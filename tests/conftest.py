"""The tiny world and the shipped data, each built once: `Travel` is never changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard.trips import Travel, load
from tests.world import make_travel

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="session")
def travel() -> Travel:
    return make_travel()


@pytest.fixture(scope="session")
def shipped() -> Travel:
    return load(DATA)
