"""What `check` says of statements: those that nothing can ever decide, because they ask for what there is not."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.claims.measures import MEASURE_BY_NAME, UndecidedError, ask
from dashboard.claims.verdicts import statements
from dashboard.tables.reading import Fault
from dashboard.travel.build import Travel


def faults(travel: Travel) -> Iterator[Fault]:
    """A fault for each statement on record as decided that the data cannot decide, with what is wrong."""
    for one in statements(travel):
        if one.held == "undecided":
            continue
        try:
            MEASURE_BY_NAME[one.measure].value(ask(travel, one))
        except UndecidedError as error:
            message = f"{one.claim} cannot be measured: {error}; correct it, or write undecided in held"
            yield Fault(one.file, one.line, message)
