"""Where a data folder is opened: in memory where it fits, else on Dask where that is here."""

from __future__ import annotations

import sys

import pytest

from dashboard.datasets.opening import INSTALL, available_memory, needed_memory, open_folder
from dashboard.travel.travel import TooManyError
from tests.conftest import DATA


def test_a_folder_that_fits_is_read_into_memory() -> None:
    assert open_folder(DATA, "").in_memory
    assert 0 < needed_memory(DATA) < available_memory()


def test_a_folder_that_does_not_fit_has_to_lie_in_parts() -> None:
    with pytest.raises(TooManyError, match=r"has to lie in parts\. Run: python -m dashboard part .* --to .*-in-parts$"):
        open_folder(DATA, "", available=1000)


def test_without_dask_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "dashboard.cluster", None)
    with pytest.raises(TooManyError) as said:
        open_folder(DATA, "tcp://example.org:8786")
    assert str(said.value) == (
        f"DASK_SCHEDULER_ADDRESS is set: that takes Dask, which is not installed. Run: {INSTALL}"
    )
    assert open_folder(DATA, "").in_memory
