"""In which language a reader is answered: the one in the address (`lang=ko`), else the one chosen last.

The cookie `lang` remembers the choice, since the server writes the page; it holds nothing else. Files for programs
(`trips.csv` and their like) know no language: their columns, values and refusals are the same for everybody.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, redirect, request
from werkzeug.wrappers import Response as Answer

from dashboard.language import BY_CODE, ENGLISH, Language, named_in, speaking, spoken
from dashboard.language.languages import LANG

A_YEAR_S = 365 * 24 * 3600
# What people read; all that lies under the tree too.
PAGES = ("/", "/places", "/upload", "/page.html", "/table.html", "/_dash-layout", "/_dash-update-component")
TREE = "/upload/"


def register(server: Flask, usual: Language = ENGLISH) -> None:
    """Answer each request in its language; `usual` is spoken to who has chosen none."""

    @server.before_request
    def begin() -> Answer | None:
        if not _is_read(request.path):
            return None
        chosen = _asked_for() or _remembered()
        g.speaking = speaking(chosen or usual)
        g.speaking.__enter__()
        return _to_remembered(chosen) if chosen and chosen != usual else None

    @server.url_defaults
    def keep(endpoint: str, values: dict[str, Any]) -> None:
        """Let the pages that lead to one another say the language in their addresses too, where no cookie is kept."""
        if endpoint.startswith("uploads.") and spoken() != usual:
            values.setdefault(LANG, spoken().code)

    @server.teardown_request
    def end(_: BaseException | None) -> None:
        if "speaking" in g:
            g.pop("speaking").__exit__(None, None, None)

    server.after_request(_remember)


def _is_read(path: str) -> bool:
    return path in PAGES or path.startswith(TREE)


def _asked_for() -> Language | None:
    """The language in the address; of what Dash fetches for a page, in the address of that page."""
    page = urlsplit(request.referrer or "").query if request.path.startswith("/_dash-") else ""
    return named_in(request.query_string.decode("utf-8", "replace")) or named_in(page)


def _remembered() -> Language | None:
    return BY_CODE.get(request.cookies.get(LANG, ""))


def _to_remembered(chosen: Language) -> Answer | None:
    """The same page with the remembered language in its address, so that who is given the address reads the same."""
    if request.path != "/" or LANG in request.args:
        return None
    query = request.query_string.decode("utf-8", "replace")
    answer = redirect(f"{request.script_root}/?{query}{'&' if query else ''}{LANG}={chosen.code}", 302)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _remember(response: Response) -> Response:
    """Keep a choice that the address makes; what depends on the cookie says so to whoever keeps answers."""
    if not _is_read(request.path):
        return response
    response.vary.add("Cookie")
    asked = named_in(request.query_string.decode("utf-8", "replace"))
    if asked and asked != _remembered():
        response.set_cookie(
            LANG, asked.code, max_age=A_YEAR_S, path=f"{request.script_root}/", secure=request.is_secure, samesite="Lax"
        )
    return response
