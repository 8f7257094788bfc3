"""The page as it stands before anything is counted: every part has its place, and `views` fills them."""

from __future__ import annotations

from pathlib import Path
from zlib import crc32

from dash import dcc, html

from dashboard.figures import CHARTS
from dashboard.figures.style import transport_styles
from dashboard.page.markup import document
from dashboard.query.filters import BY_KEY

# What stands for the page's address until the browser puts in its own: no query holds a slash.
HERE = "HERE/"
# The scripts of the page in the order in which they are needed; Plotly comes last, being ninety times as large.
SCRIPTS = ("frame.js", "labels.js", "lines.js", "drawing.js", "page.js", "share.js")
BASE_MAP = "basemap/world_110m.json"
BUNDLE = "plotly-traces.min.js"
STOCK = "_dash-component-suites/plotly/package_data/plotly.min.js"


def page(assets: Path) -> str:
    """The whole page as HTML, empty of figures and of what depends on the data, for Dash to put its own scripts into.

    `assets` is the folder of the scripts. Without the smaller Plotly, which needs Node to build, the stock one serves.
    """
    plotly = asset(assets, BUNDLE) if (assets / BUNDLE).is_file() else STOCK
    return document(
        basemap=asset(assets, BASE_MAP),
        icon=asset(assets, "icon.svg"),
        scripts=[*(asset(assets, name) for name in SCRIPTS), plotly],
        filters=BY_KEY,
        charts=CHARTS,
        transport_styles=transport_styles(),
        here=HERE,
    )


def asset(assets: Path, name: str) -> str:
    """The address of a file with a fingerprint of what is in it, so that browsers can keep it for ever."""
    return f"assets/{name}?m={crc32((assets / name).read_bytes()):x}"


def wires() -> html.Div:
    """What Dash keeps of the page: what the browser asks, and what it is answered."""
    return html.Div([dcc.Store(id="ask"), dcc.Store(id="answer")])
