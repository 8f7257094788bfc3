"""On how many examples a costly rule is tried."""

from __future__ import annotations

from hypothesis import settings


def at_most(examples: int) -> settings:
    """So many examples, or as few as the profile says: `make quick` tries fewer of each rule."""
    return settings(max_examples=min(examples, settings().max_examples))
