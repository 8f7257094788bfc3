"""The first paint: sentence, key figures and map stand in the page itself, before Dash has started.

Dash needs a second to load its scripts and to build the page. Until its own map is drawn the same first view, made
from the same views, lies over it; assets/first_paint.js draws it and starts Dash. Without this module, which `app.py`
registers last, and that script, the page is the same and only starts later.
"""

from __future__ import annotations

import re
from functools import partial
from importlib.metadata import version
from pathlib import Path
from zlib import crc32

from dash import html
from flask import Flask, Response, request
from markupsafe import Markup

from dashboard import words
from dashboard.datasets.datasets import Datasets
from dashboard.language import gettext
from dashboard.page.callbacks import Question, made, shown_of
from dashboard.page.languages import filled
from dashboard.page.map_card import MAP
from dashboard.page.markup import render_macro
from dashboard.page.sentence import HEADED, HEADING, chosen_chips, menu_words, title_of, years_words
from dashboard.page.shown import Shown
from dashboard.page.without_scripts import without_scripts
from dashboard.query.filters import MENUS

SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
NUMBER = re.compile(r'"end_id":"[^"]*"')
SCRIPTS = "<!-- scripts -->"
NO_SCRIPTS = "<noscript></noscript>"
TITLE = "<title>Leader Travel</title>"
ENTRY = '<div id="react-entry-point">'
BASE_MAP = "basemap/world_110m.json"
BUNDLE = "plotly-traces.min.js"
STOCK = f'<script src="_dash-component-suites/plotly/package_data/plotly.min.js?m={version("plotly")}"></script>'


def register(server: Flask, datasets: Datasets, assets: Path) -> None:
    """Put the first view into every page that `server` sends; `assets` is the folder of the scripts."""
    server.after_request(partial(_paint, datasets, assets))


def _paint(datasets: Datasets, assets: Path, response: Response) -> Response:
    if request.path != "/" or response.status_code != 200 or response.mimetype != "text/html":
        return response
    query = request.query_string.decode(errors="replace")
    shown = shown_of(datasets, Question(query=query and f"?{query}"))
    page = painted(response.get_data(as_text=True), shown, assets)
    response.set_data(page)
    response.headers["Cache-Control"] = "no-cache"
    # Dash numbers each page that it sends, for callbacks of a kind that there are none of here.
    response.set_etag(f"{crc32(NUMBER.sub('', page).encode()):x}")
    response.make_conditional(request)
    return response


def painted(page: str, shown: Shown, assets: Path) -> str:
    """The page with its first view; its own scripts come first, and those of Dash wait until the map is drawn."""
    head, _, tail = page.partition(SCRIPTS)
    first, waiting = scripts_of(tail, assets)
    title = Markup("<title>{}: Leader Travel</title>").format(title_of(shown))
    for empty, full in (
        (NO_SCRIPTS, without_scripts(shown)),
        (TITLE, title),
        ("</head>", f"{_preload(assets)}{first}</head>"),
        (ENTRY, f"{_first_view(shown)}{ENTRY}"),
    ):
        head = head.replace(empty, full, 1)
    return f'{head}<template id="dash">{waiting}</template></body></html>'


def scripts_of(html: str, assets: Path) -> tuple[str, str]:
    """The script elements of some HTML: the page's own, which draw the map and come first, and those of Dash."""
    scripts = SCRIPT.findall(html)
    own = [one for one in scripts if "/assets/" in one.partition(">")[0]]
    waiting = "".join(one for one in scripts if one not in own)
    if not (assets / BUNDLE).is_file():
        own.append(STOCK)
    return "".join(one.replace("<script ", "<script defer ", 1) for one in own), waiting


def _first_view(shown: Shown) -> Markup:
    chosen = {one.key: html.Span(menu_words(one)(shown)) for one in MENUS} | {"years": html.Span(years_words(shown))}
    pieces = filled(gettext(HEADING), **chosen)
    heading = [(piece, False) if isinstance(piece, str) else (piece.children, True) for piece in pieces]
    figures = words.key_figures(shown.summary) if shown.summary.figures.listed else None
    # No text of the data may end the element that it stands in.
    figure = made(MAP, shown)
    drawn = Markup(figure.decode().replace("<", "\\u003c"))  # noqa: S704 # nosec B704  escaped as JSON can be
    menus = [menu_words(one)(shown) for one in MENUS if one.key not in HEADED]
    chips = [*(str(one.children) for one in chosen_chips(shown)), *menus, gettext("Compare with")]
    return render_macro(
        "first_paint", "first_view", heading, figures, chips, shown.reading.ignored, drawn, crc32(figure)
    )


def _preload(assets: Path) -> Markup:
    address = f"assets/{BASE_MAP}?m={crc32((assets / BASE_MAP).read_bytes()):x}"
    return Markup('<link rel="preload" id="base-map" href="{}" as="fetch" crossorigin>').format(address)
