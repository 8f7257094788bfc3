"""A short part of `make soak`: readers, a worker killed under them, and nothing lost."""

from __future__ import annotations

import pytest

from tests.soak import soak


@pytest.mark.long
def test_nothing_is_lost_while_workers_are_killed() -> None:
    outcome = soak(seconds=8, every=5, readers=4)
    assert outcome.failures == ()
    assert outcome.killed >= 1
    assert int(outcome.total["Request Count"]) > 20
