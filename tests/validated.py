"""What frictionless says of a data package, without what it changes for the rest of Python."""

from __future__ import annotations

import csv
from pathlib import Path

import frictionless


def validated(package: Path) -> frictionless.Report:
    """The report on a package, zipped or not; the limit on cells that frictionless lifts for all is set back."""
    limit = csv.field_size_limit()
    try:
        # On a part of a machine's disk that is no working folder every path counts as unsafe.
        with frictionless.system.use_context(trusted=True):
            report: frictionless.Report = frictionless.validate(str(package))
    finally:
        csv.field_size_limit(limit)
    return report
