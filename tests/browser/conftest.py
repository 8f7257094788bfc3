"""A real browser against a real server: one of each for all browser tests.

`start` leads a page that is kept to an address; `page`, `phone` and `open_page` load one, for tests about loading.

A page reaches nothing but our server. What it logs, and what it tries to fetch elsewhere, is kept in the
test's `Watch`, which must be clean at the end.
"""

import os
import re
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Error,
    Page,
    Route,
    WebError,
    expect,
    sync_playwright,
)
from werkzeug.serving import make_server

from dashboard.importers.formats import run
from dashboard.importers.imported import quiet
from dashboard.travel.build import load
from tests.browser.kept import HOME, KeptPage, lead
from tests.chromium import ARGUMENTS, ROOT, chromium_path
from tests.importers.test_state_department import SHARED
from tests.settled import settled

SCREENSHOTS = ROOT / "build" / "screenshots"
# What a busy machine may take for one step, in milliseconds; only a test that fails waits so long.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)


@dataclass
class Watch:
    """What the pages of one test did; a test that provokes an error on purpose clears `errors` itself."""

    pages: list[Page] = field(default_factory=list)
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    third_party: list[str] = field(default_factory=list)

    def follow(self, context: BrowserContext, server_url: str) -> None:
        """Note all that happens in a context, and block every request that is not for our server."""
        self.pages += context.pages
        context.on("page", self._on_page)
        context.on("console", self._on_console)
        context.on("weberror", self._on_uncaught)
        context.route(re.compile(rf"^(?!{re.escape(server_url)}/|data:|blob:)"), self._block)

    def leave(self, context: BrowserContext) -> None:
        """No longer note what happens in a context; the next test's watch does."""
        context.remove_listener("page", self._on_page)
        context.remove_listener("console", self._on_console)
        context.remove_listener("weberror", self._on_uncaught)
        context.unroute_all()

    def _on_page(self, page: Page) -> None:
        self.pages.append(page)

    def _on_uncaught(self, error: WebError) -> None:
        self.console.append(f"uncaught: {error.error}")
        self.errors.append(self.console[-1])

    def _on_console(self, message: ConsoleMessage) -> None:
        line = f"{message.type}: {message.text} ({message.location.get('url', '')})"
        self.console.append(line)
        if message.type == "error":
            self.errors.append(line)

    def _block(self, route: Route) -> None:
        self.third_party.append(f"{route.request.method} {route.request.url}")
        route.abort()

    def report(self, name: str) -> list[tuple[str, str]]:
        """Return titled sections for a failed test: each page's address and screenshot, and the console."""
        shots = [_portrait(page, f"{name}-{n}") for n, page in enumerate(self.pages, 1)]
        sections = {"pages": shots, "console": self.console, "blocked requests": self.third_party}
        return [(f"Browser {title}", "\n".join(lines)) for title, lines in sections.items() if lines]


WATCH = pytest.StashKey[Watch]()
FAILED = pytest.StashKey[bool]()
PHONE: dict[str, Any] = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}


class OpenPage(Protocol):
    """Opens a page of its own browser context; `options` are those of Playwright's `new_context`."""

    def __call__(self, width: int = 1440, height: int = 1000, **options: Any) -> Page: ...


class Start(Protocol):
    """Leads the page that is kept for some `options` to an address, without loading it anew."""

    def __call__(self, address: str, width: int = 1440, height: int = 1000, **options: Any) -> Page: ...


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def uploads_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server under test keeps uploads: a folder of its own, which nobody else fills."""
    return tmp_path_factory.mktemp("uploads") / "kept"


@contextmanager
def serving(data: Path, uploads: Path) -> Iterator[str]:
    """Serve the page over a data folder on a free port; its address without a closing slash."""
    from app import create_app  # noqa: PLC0415  reading the data is a test's first step, not the collection's

    server = create_app(load(data), data, uploads).server
    listening = make_server("127.0.0.1", 0, server, threaded=True)
    thread = threading.Thread(target=listening.serve_forever, name="server under test", daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.server_port}"
    listening.shutdown()
    thread.join()
    listening.server_close()


@pytest.fixture(scope="session")
def server_url(uploads_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the app over the journeys that tests know, on a free port; return its address without a closing slash."""
    with serving(settled(tmp_path_factory.mktemp("settled") / "data"), uploads_folder) as url:
        yield url


@pytest.fixture(scope="session")
def visits_folder(tmp_path_factory: pytest.TempPathFactory) -> Path | None:
    """The 832 visits as a data folder; None where their source is not at hand, which CI does not allow."""
    if not SHARED.is_dir():
        assert "CI" not in os.environ, f"{SHARED} is missing, and CI must read it"
        return None
    folder = tmp_path_factory.mktemp("visits")
    run("state-department", SHARED, folder / "data", progress=quiet)
    return folder / "data"


@pytest.fixture(scope="session")
def visits_url(visits_folder: Path | None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str | None]:
    """The page over the 832 visits, served; None where their source is not at hand."""
    if visits_folder is None:
        yield None
        return
    with serving(visits_folder, tmp_path_factory.mktemp("uploads")) as url:
        yield url


@pytest.fixture
def watch(request: pytest.FixtureRequest) -> Watch:
    watch = Watch()
    request.node.stash[WATCH] = watch
    return watch


@pytest.fixture
def open_page(browser: Browser, server_url: str, watch: Watch) -> Iterator[OpenPage]:
    """Open any number of pages; in the end none may have logged an error or asked a third party."""
    contexts: list[BrowserContext] = []

    def open_page(width: int = 1440, height: int = 1000, **options: Any) -> Page:
        options |= {"viewport": {"width": width, "height": height}, "service_workers": "block"}
        context = browser.new_context(base_url=server_url, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watch.follow(context, server_url)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert (watch.third_party, watch.errors) == ([], []), "the page asked a third party, or logged errors"


@pytest.fixture(scope="session")
def kept_pages() -> dict[str, KeptPage]:
    """The page of each kind that is open, by its options; the browser closes them."""
    return {}


@pytest.fixture
def start(
    browser: Browser, server_url: str, watch: Watch, kept_pages: dict[str, KeptPage], request: pytest.FixtureRequest
) -> Iterator[Start]:
    """For tests that are not about loading: `start(address)` is a page as it looks when it has just been loaded."""
    used: dict[str, KeptPage] = {}

    def start(address: str, width: int = 1440, height: int = 1000, **options: Any) -> Page:
        options |= {"viewport": {"width": width, "height": height}, "service_workers": "block", "base_url": server_url}
        kind = str(sorted(options.items()))
        if kind not in used:
            used[kind] = kept_pages.pop(kind) if kind in kept_pages else KeptPage(browser, **options)
            watch.follow(used[kind].context, server_url)
        if not used[kind].look:
            used[kind].load()
        if address != HOME:
            lead(used[kind].page, address)
        return used[kind].page

    yield start
    for kind, kept in used.items():
        if not request.node.stash.get(FAILED, False) and kept.undo():
            kept_pages[kind] = kept
            watch.leave(kept.context)
        else:
            kept.context.close()
    assert (watch.third_party, watch.errors) == ([], []), "the page asked a third party, or logged errors"


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page(**PHONE)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add what the browser showed and said to the report of a failed test."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    if report.failed and (watch := item.stash.get(WATCH, None)):
        report.sections += watch.report(item.name)
    return report


def _portrait(page: Page, name: str) -> str:
    """Take a screenshot, while the page is still open, and return where it is and what address it shows."""
    file = SCREENSHOTS / (re.sub(r"[^\w-]+", "-", name) + ".png")
    try:
        page.screenshot(path=file, full_page=True)
    except Error as error:  # a page that is closed or crashed has no picture
        return f"{page.url}: no screenshot, {error}"
    return f"{page.url}: {file.relative_to(ROOT)}"
