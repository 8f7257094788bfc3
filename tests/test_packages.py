"""What is installed: every package pinned, with the checksums of its files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# What comes with Python itself, and `pip freeze` leaves out.
OF_PYTHON = {"pip", "setuptools"}
PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)


def pins(path: str) -> dict[str, str]:
    """Package -> version, as a file names them."""
    found = PIN.findall((ROOT / path).read_text("utf-8"))
    return {re.sub(r"[._-]+", "-", name).lower(): version for name, version in found}


@pytest.mark.parametrize(
    ("asked", "locked"),
    [
        ("requirements.txt", ".ci/locked.txt"),
        ("requirements.txt", ".ci/locked-tests.txt"),
        ("tests/requirements.txt", ".ci/locked-tests.txt"),
    ],
)
def test_everything_that_is_asked_for_is_locked(asked: str, locked: str) -> None:
    missing = pins(asked).items() - pins(locked).items()
    assert not missing, f"{sorted(missing)} in {asked} are not in {locked}: run make hashes"


@pytest.mark.parametrize("locked", [".ci/locked.txt", ".ci/locked-tests.txt"])
def test_everything_that_is_locked_is_pinned_and_has_checksums(locked: str) -> None:
    text = (ROOT / locked).read_text("utf-8")
    unpinned = pins(locked).items() - pins(".ci/constraints.txt").items() - only_elsewhere(text)
    assert {name for name, _ in unpinned} <= OF_PYTHON
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)[1:]
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def only_elsewhere(text: str) -> set[tuple[str, str]]:
    """Packages that other systems or versions of Python need, which nobody has installed here to pin."""
    lines = re.findall(r"^([A-Za-z0-9._-]+)==(\S+) ;", text, re.MULTILINE)
    return {(re.sub(r"[._-]+", "-", name).lower(), version) for name, version in lines}
