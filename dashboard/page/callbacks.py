"""The wiring: what the browser asks goes in, every view comes out, what the browser has is not sent."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from zlib import crc32

import orjson
from dash import ClientsideFunction, Dash, Input, Output
from flask import Flask, Response, request
from markupsafe import Markup, escape

from dashboard.datasets.shelf import Shelf
from dashboard.page.menus import Shown
from dashboard.page.requests import Ask
from dashboard.page.views import View, asked
from dashboard.query.selection import write

JSON = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS
FIRST_VIEW = "/_first-view"


def register(app: Dash, shelf: Shelf) -> None:
    """Register the callback of the page, and the address of its first view."""

    @app.callback(Output("answer", "data"), Input("ask", "data"), prevent_initial_call=True)
    def show(ask: Any) -> orjson.Fragment:
        return orjson.Fragment(answer(shelf, Ask.model_validate(ask)))

    # Dash leaves this method untyped.
    wire: Callable[..., None] = app.clientside_callback
    wire(ClientsideFunction("page", "show"), Input("answer", "data"))

    server: Flask = app.server
    server.add_url_rule(FIRST_VIEW, "first_view", partial(first_view, shelf))


def first_view(shelf: Shelf) -> Response:
    """What a page shows first, asked before Dash has started; a browser that has it already is told so."""
    query = request.query_string.decode(errors="replace")
    response = Response(answer(shelf, Ask(query=query and f"?{query}")), mimetype="application/json")
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def answer(shelf: Shelf, ask: Ask) -> bytes:
    """What the browser asked, as JSON.

    `query`, the address as it is now; `parts`, by id what to set and to which value, where it differs from what the
    browser has; `seen`, the checksums of all that it has then; `at`, the number of the question.
    """
    query = ask.query
    if ask.act:
        query = write(shelf.look(query)[1].selection.act(ask.act))
    opened, reading, summary = shelf.look(query)
    shown = Shown(opened.travel, reading, summary, opened.cards, opened.upload, ask)
    texts = {one.id: made(one, shown) for one in asked(shown)}
    seen = {name: crc32(text) for name, text in texts.items()}
    fresh = {name: orjson.Fragment(text) for name, text in texts.items() if ask.seen.get(name) != seen[name]}
    return orjson.dumps({"query": query, "parts": fresh, "seen": seen, "at": ask.at})


def made(view: View, shown: Shown) -> bytes:
    """`[prop, value]` of one view as JSON; text becomes HTML."""
    value = view.make(shown)
    if view.prop == "html" and not isinstance(value, Markup):
        value = escape(value)
    return orjson.dumps([view.prop, str(value) if view.prop == "html" else value], option=JSON)
