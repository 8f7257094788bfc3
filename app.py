"""The application: reads the data, builds the page. `python app.py` serves it with Gunicorn, as `make run` does."""

# ruff: noqa: E402
from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

# Until all is loaded: the collector would walk through every module again and again, a tenth of the time of a start.
gc.disable()
# Arrow's own allocator takes 4 MB, and keeps what only reading needed: 60 MB at 86,000 trips.
os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")

import pyarrow as pa
from dash import Dash
from flask import Flask

from dashboard import downloads
from dashboard.datasets import store
from dashboard.datasets.datasets import Datasets
from dashboard.datasets.opening import open_folder
from dashboard.importers.imported import ImportingError
from dashboard.importers.package import as_folder
from dashboard.language import ENGLISH, Language
from dashboard.page import callbacks, first_paint, layout, offline, places
from dashboard.tables.versions import data_version
from dashboard.travel.build import DataError
from dashboard.travel.travel import TooManyError, Travel
from dashboard.uploads import pages as uploads
from dashboard.web import health
from dashboard.web import http as web
from dashboard.web.settings import SettingError, Settings

HERE = Path(__file__).parent
# Without a proxy before it, and in no other site's frame.
ALONE = Settings()


def create_app(
    travel: Travel,
    source: Path | None = None,
    kept_in: Path | None = None,
    settings: Settings = ALONE,
    version: str = "",
    usual: Language = ENGLISH,
) -> Dash:
    """The page, the downloads, the uploads and `/health` over all trips, wherever their rows lie.

    `source` is the folder it was read from, `kept_in` the folder of the uploads, which any number of workers may share,
    `version` the version of the data, see `data_version`; `usual` is spoken to who has chosen no language.
    """
    # What does not lie in memory is not packed, nor shown beside an upload: both read the folder whole.
    folder = source if travel.in_memory else None
    datasets = Datasets(travel, store.Store(kept_in or store.default_folder()), folder)
    # asgiref, where installed, would put Dash on an asynchronous path that answers a quarter of the requests.
    app = layout.Page(
        __name__,
        title="Leader Travel",
        update_title="",
        use_async=False,
        index_string=layout.index(HERE / "assets"),
        assets_ignore=r"(upload|offline|scheme)\.js",
        routes_pathname_prefix="/",
        requests_pathname_prefix=settings.prefix,
    )
    app.layout = layout.page
    callbacks.register(app, datasets)
    downloads.register(app.server, datasets, version=version)
    health.register(app.server, travel, version)
    places.register(app.server, datasets)
    offline.register(app.server, datasets, version)
    uploads.register(app.server, datasets)
    web.register(app, settings, usual)
    first_paint.register(app.server, datasets, HERE / "assets")
    return app


def data_folder() -> Path:
    """The folder, or the package, that `LEADER_TRAVEL_DATA` names, else the journeys shipped with the project."""
    return Path(os.environ.get("LEADER_TRAVEL_DATA") or HERE / "data")


def read_data() -> tuple[Travel, Path, str]:
    """The data, their folder, which is a package's contents where that was named, and their version.

    Ends the program with every fault, or where the folder was changed meanwhile.
    """
    try:
        folder = as_folder(data_folder())
        version = data_version(folder)
        travel = open_folder(folder)
    except TooManyError as error:
        sys.exit(str(error))
    except (DataError, ImportingError) as error:
        sys.exit(f"{error}\nRun: python -m dashboard check {data_folder()}")
    if data_version(folder) != version:
        sys.exit(f"{folder} was changed while it was read; start again once it is written")
    return travel, folder, version


def load_app() -> Dash:
    """The application over the data as they are now; what has been read stays for as long as it does."""
    gc.unfreeze()
    # Gunicorn's configuration, where there is one, has loaded Arrow before this file could choose.
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        settings = Settings.of(os.environ)
    except SettingError as error:
        sys.exit(str(error))
    travel, folder, version = read_data()
    made = create_app(travel, folder, settings=settings, version=version)
    # Without this every few requests wait until the collector has walked through all of it. What only reading needed
    # goes back to the system.
    gc.collect()
    pa.default_memory_pool().release_unused()
    gc.freeze()
    gc.enable()
    return made


def load_server() -> Flask:
    """The same as what Gunicorn serves."""
    loaded: Flask = load_app().server
    return loaded


if __name__ == "__main__":
    # Not before it has read the data a first time: Gunicorn imports this file itself.
    configured = [sys.executable, "-m", "gunicorn", "-c", str(HERE / "dashboard/web/gunicorn_conf.py"), "app:server"]
    os.environ["LEADER_TRAVEL_DATA"] = str(data_folder().resolve())
    os.chdir(HERE)
    os.execv(sys.executable, configured)  # noqa: S606 # nosec B606 (our own program, in the place of this one)

app = load_app()
server: Flask = app.server
