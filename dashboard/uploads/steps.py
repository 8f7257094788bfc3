"""What is done to an upload, each step in a process of its own that `step_server` forks.

The answer goes as JSON to standard output; where the table is refused the status is 3 and the answer is in words, where
the disk is full it is 4.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from dashboard.language import BY_CODE, speaking
from dashboard.tables.atomic import NO_ROOM
from dashboard.tables.records import Choice
from dashboard.uploads.limits import Limits, RefusedError
from dashboard.uploads.sandbox import FULL, REFUSED

# PR_SET_PDEATHSIG of Linux.
DEATH_SIGNAL = 1

Task = dict[str, Any]


def preview(task: Task, limits: Limits) -> Task:
    """What the preview shows of the file `source`: its sheets, the headings, the first rows, what they usually hold."""
    from dashboard.uploads.preview import make_preview  # noqa: PLC0415  brings pandas, which the server has

    choice = Choice(task.get("sheet", ""), task.get("header_row", 0))
    return make_preview(Path(task["folder"]) / "source", task["name"], choice, limits)


def import_rows(task: Task, limits: Limits) -> Task:
    """The file with its columns named -> tables, and the account of rows and places."""
    from dashboard.uploads.table_import import import_table  # noqa: PLC0415  as above

    return import_table(Path(task["folder"]), task["name"], task["seen"], task["shipped"], limits)


def finish(task: Task, _: Limits) -> Task:
    """The tables with the doubtful places as chosen, alone or beside the shipped ones -> a data folder."""
    from dashboard.uploads.table_import import finish_import  # noqa: PLC0415  as above

    chosen = task["chosen"], task["ambiguous"]
    return finish_import(Path(task["folder"]), *chosen, task["shipped"], beside=task["beside"])


STEPS: dict[str, Callable[[Task, Limits], Task]] = {"preview": preview, "import": import_rows, "finish": finish}


def confine(memory: int, seconds: float) -> None:
    """Let the system end this process when it takes more; where it cannot, the parent's clock still does."""
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  not on every system

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 2))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def end_with_parent(parent: int) -> None:
    """Let the system end this process when its parent ends; where it cannot, limits of time and memory do."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)


def read_ahead() -> None:
    """Read what nearly every table asks for, the towns and the names of countries, for all steps to come."""
    from dashboard.geocoding.gazetteer import default_gazetteer  # noqa: PLC0415  as above
    from dashboard.importers.countries import country_code  # noqa: PLC0415

    default_gazetteer().search("Paris", "FRA")
    country_code("a name in no language")


def main(limits: Task, task: Task) -> int:
    """Do the task within the limits, both as JSON has them, and write its answer to standard output; the status."""
    within = Limits(**limits)
    confine(within.memory, within.seconds)
    try:
        with speaking(BY_CODE.get(task.get("language", ""))):
            return _answer(json.dumps(STEPS[task["step"]](task, within)), 0)
    except RefusedError as refused:
        return _answer(str(refused), REFUSED)
    except OSError as fault:
        if fault.errno not in NO_ROOM:
            raise
        return FULL


def _answer(text: str, status: int) -> int:
    sys.stdout.buffer.write(text.encode())
    sys.stdout.flush()
    return status
