"""The tiny world and the shipped data, each built once: `Travel` is never changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from dashboard.travel.build import Travel, load
from tests.world import make_travel

# A rule holds or it does not; how fast a busy machine tries its examples says nothing.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")
# `make quick` tries fewer examples of each rule.
settings.register_profile("quick", settings.get_profile("unhurried"), max_examples=10)

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture(scope="session")
def travel() -> Travel:
    return make_travel()


@pytest.fixture(scope="session")
def shipped() -> Travel:
    return load(DATA)
