"""`SUBJECTS`: the pages that do the same job, how each is started, and where its controls are."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page

from tests.benchmarks.peers import visits
from tests.benchmarks.sizes import ROOT, SHIPPED, NotMeasuredError, size_named

HERE = Path(__file__).parent
CACHE = ROOT / ".cache"
HOME = CACHE / "peers"
REQUIREMENTS = HERE / "requirements.txt"
# The last commit whose page was its own HTML and scripts, before Dash drew it.
BEFORE = "bef6929"
BASE_MAP, BUNDLE = "assets/basemap/world_110m.json", "assets/plotly-traces.min.js"
IDLE = "() => false"


@dataclass(frozen=True)
class Running:
    """How a page is started: the command but for its address, the folder, and what more is in the environment."""

    command: tuple[str, ...]
    folder: Path
    environment: Mapping[str, str]


@dataclass(frozen=True)
class Subject:
    """A page under its `key`: how it is started over a size, what it says at once, and how a country is chosen.

    `words` and `count` are CSS selectors: what can be read first, and where the number of trips stands. `menu` opens
    the countries, `option` is one of them by name. `busy` is a script that tells whether an answer is still on its way.
    """

    key: str
    says: str
    start: Callable[[str], Running]
    words: str
    count: str
    menu: Callable[[Page], Locator]
    option: Callable[[Page, str], Locator]
    busy: str = IDLE

    @property
    def is_ours(self) -> bool:
        """Whether it is this page, as it is or as it was: only that has budgets for a slow line."""
        return self.key in ("before", "page")


def gunicorn(python: Path | str, app: str) -> tuple[str, ...]:
    """One worker, as the floor of every figure in docs/performance.md."""
    return (str(python), "-m", "gunicorn", app, "--no-control-socket", "--timeout", "600", "--bind")


def our_page(size: str) -> Running:
    """The page as it is in this folder."""
    data = size_named(size).folder()
    return Running(gunicorn(sys.executable, "app:server"), ROOT, {"LEADER_TRAVEL_DATA": str(data.resolve())})


def page_before(size: str) -> Running:
    """The page of the commit BEFORE, over the same trips as its own program writes them, on today's libraries."""
    folder = CACHE / "before" / BEFORE
    if not folder.exists():
        _check_out(folder)
    data = _run([sys.executable, "-c", FOLDER_OF_SIZE, size], folder)
    return Running(gunicorn(sys.executable, "app:server"), folder, {"LEADER_TRAVEL_DATA": data})


FOLDER_OF_SIZE = "import sys; from tests.benchmarks.sizes import size_named; print(size_named(sys.argv[1]).folder())"


def _check_out(folder: Path) -> None:
    """The files of the commit, with the small Plotly that is built here, the State Department's files beside them."""
    folder.mkdir(parents=True)
    try:
        packed = subprocess.run(["git", "archive", BEFORE], cwd=ROOT, capture_output=True, check=True).stdout
        subprocess.run(["tar", "-x"], cwd=folder, input=packed, check=True)
    except subprocess.CalledProcessError as error:
        shutil.rmtree(folder)
        raise NotMeasuredError(f"commit {BEFORE} is not in this repository's history") from error
    if (ROOT / BUNDLE).exists():
        shutil.copy(ROOT / BUNDLE, folder / BUNDLE)
    shared = folder.parent / "shared"
    if not shared.exists():
        shared.symlink_to(ROOT.parent / "shared")


def peer(command: Callable[[Path], tuple[str, ...]], base_map: str) -> Callable[[str], Running]:
    """A page of `pages/`, in its own virtual environment; `base_map` is where it gives the base map out."""

    def start(size: str) -> Running:
        rows = HOME / f"{size_named(size).folder().name if size != SHIPPED else SHIPPED}.parquet"
        folder = _pages()
        if size == SHIPPED or not rows.exists():
            visits.write(size_named(size).folder(), rows)
        environment = {"PEER_VISITS": str(rows), "PEER_BASE_MAP": base_map}
        return Running(command(_environment()), folder, environment)

    return start


def _pages() -> Path:
    """The pages with the base map beside them, where Dash and Streamlit look for files."""
    folder = HOME / "pages"
    shutil.copytree(HERE / "pages", folder, dirs_exist_ok=True)
    for name in ("assets", "static"):
        (folder / name).mkdir(exist_ok=True)
        shutil.copy(ROOT / BASE_MAP, folder / name)
    return folder


def _environment() -> Path:
    """The folder of the peers' programs, installed anew when what they need has changed."""
    folder, stamp = HOME / "venv", HOME / "venv" / "requirements.txt"
    if not stamp.exists() or stamp.read_bytes() != REQUIREMENTS.read_bytes():
        venv.create(folder, clear=True, with_pip=True)
        quiet = ["--quiet", "--disable-pip-version-check"]
        _run([str(folder / "bin" / "python"), "-m", "pip", "install", *quiet, "-r", str(REQUIREMENTS)], HOME)
        shutil.copy(REQUIREMENTS, stamp)
    return folder / "bin"


def _run(command: list[str], folder: Path) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env=os.environ | {})
    if done.returncode:
        raise NotMeasuredError((done.stderr or done.stdout).strip().splitlines()[-1])
    return done.stdout.strip().splitlines()[-1] if done.stdout.strip() else ""


def dash_option(page: Page, country: str) -> Locator:
    """A country in the menu of Dash's own dropdown, which holds only what is in view until it is searched."""
    page.locator(".dash-dropdown-search").fill(country)
    return page.get_by_role("option", name=country, exact=True)


def streamlit_option(page: Page, country: str) -> Locator:
    """A country in the menu of Streamlit's box, typed into it."""
    page.get_by_role("combobox", name="country").fill(country)
    return page.get_by_role("option", name=country, exact=True)


def our_option(page: Page, country: str) -> Locator:
    """A country among ours: the button begins with its name, and its number of trips follows."""
    return page.locator("#country-options button", has_text=country).first


STREAMLIT = (
    "streamlit_page.py", "--server.headless", "true", "--browser.gatherUsageStats", "false",
    "--server.enableStaticServing", "true", "--server.address", "127.0.0.1", "--server.port",
)  # fmt: skip
SUBJECTS = (
    Subject(
        "before", f"this page before Dash drew it ({BEFORE})", page_before, "#key-figures strong", "#key-figures",
        lambda page: page.locator("#country-words, #country-menu > summary").first, our_option,
    ),
    Subject(
        "page", "this page", our_page, "#first-paint strong, #key-figures strong", "#key-figures",
        lambda page: page.locator("#country-words"), our_option,
    ),
    Subject(
        "dash", "plain Dash", peer(lambda programs: gunicorn(programs / "python", "dash_page:server"), "assets/"),
        "#count", "#count", lambda page: page.locator("#country"), dash_option,
    ),
    Subject(
        "vizro", "Vizro", peer(lambda programs: gunicorn(programs / "python", "vizro_page:server"), "assets/"),
        "#count", "#count", lambda page: page.locator("#country"), dash_option,
    ),
    Subject(
        "streamlit", "Streamlit", peer(lambda programs: (f"{programs}/streamlit", "run", *STREAMLIT), "app/static/"),
        "[data-testid=stCaptionContainer]", "[data-testid=stCaptionContainer]",
        lambda page: page.get_by_role("combobox", name="country"), streamlit_option,
        "() => !!document.querySelector('[data-test-script-state=running]')",
    ),
)  # fmt: skip
BY_KEY = {one.key: one for one in SUBJECTS}
