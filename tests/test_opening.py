"""Where a data folder is opened: in memory where it fits, else on a cluster, else not at all."""

from __future__ import annotations

import pytest

from dashboard.datasets import opening
from dashboard.datasets.opening import available_memory, needed_memory, open_folder
from dashboard.travel.travel import TooManyError
from tests.conftest import DATA


def test_a_folder_that_fits_is_read_into_memory() -> None:
    assert open_folder(DATA, "").in_memory
    assert 0 < needed_memory(DATA) < available_memory()


def test_without_a_cluster_a_folder_that_does_not_fit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "CLUSTER", "")
    refusals = []
    for address, available in (("tcp://example.org:8786", None), ("", 1000)):
        with pytest.raises(TooManyError) as refused:
            open_folder(DATA, address, available)
        refusals.append(str(refused.value))
    advice = "only what memory holds can be opened here. Take a larger machine"
    assert refusals == [
        f"DASK_SCHEDULER_ADDRESS is set: {advice}",
        f"{DATA} would take 0.0 GB of memory, 0.0 are left: {advice}",
    ]
