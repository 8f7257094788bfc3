"""How the page is served: `gunicorn -c dashboard/web/gunicorn_conf.py app:server`, which `make serve` does.

HOST, PORT, WORKERS and THREADS change it. SIGHUP takes the data folder up anew, whole or not at all.
"""

from __future__ import annotations

import importlib
import os
import re
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from dashboard.datasets.opening import ADDRESS, fits_memory

HOST, PORT = os.environ.get("HOST", "127.0.0.1"), os.environ.get("PORT", "8050")
SECRET = re.compile(r"(?<![\w-])[\w-]{32}(?![\w-])")


class DiscreetLogger(Logger):
    """Gunicorn's log without the names of uploads: who reads the log is not given them."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """What a line of the access log may say."""
        atoms: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        return atoms | {key: SECRET.sub("…", str(atoms[key])) for key in ("r", "U", "q", "f")}


bind = [f"{HOST}:{PORT}"]
worker_class = "dashboard.web.worker.Worker"
workers = int(os.environ.get("WORKERS", "2"))
# A slow client holds a thread for ten seconds at most: so many at the same time leave room for the others.
threads = int(os.environ.get("THREADS", "96"))
worker_connections = 1_000
# The data are read once, before the workers are forked: all have the same, and share its memory. A connection to a
# cluster does not outlive a fork.
preload_app = not os.environ.get(ADDRESS) and fits_memory(Path(os.environ.get("LEADER_TRAVEL_DATA") or "data"))
timeout = 60
graceful_timeout = 30
keepalive = 5
backlog = 512
limit_request_line = 8_190
limit_request_fields = 64
limit_request_field_size = 8_190
# Answers leave through the socket whose peer has to keep up.
sendfile = False
umask = 0o077
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 # nosec B108 (a heartbeat)
control_socket_disable = True
logger_class = DiscreetLogger
accesslog = os.environ.get("ACCESS_LOG", "-")
access_log_format = '%({x-forwarded-for}i)s %(h)s %(t)s "%(r)s" %(s)s %(b)s %(M)sms'


def when_ready(arbiter: Any) -> None:
    """Say where the page is."""
    arbiter.log.info("Leader Travel: %s", " ".join(map(str, arbiter.LISTENERS)))


def on_reload(arbiter: Any) -> None:
    """Take up the data folder as it is now, for the workers to come; where it is broken they get the old data."""
    if not preload_app:
        return
    try:
        arbiter.app.callable = importlib.import_module("app").load_server()
    except (SystemExit, Exception) as fault:  # noqa: BLE001 (whatever is wrong with it, the server goes on)
        arbiter.log.error("The data folder was not taken up; the data read before stay.\n%s", fault)
    else:
        arbiter.log.info("The data folder was taken up anew.")
