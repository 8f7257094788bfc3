"""Colours, patterns and the parts of a layout that every figure shares.

Transport is told apart three times, by colour, by pattern and by symbol, so that a greyscale print still reads. The
colours keep 3:1 against land and stay apart under the three common colour-vision deficiencies.
"""

from __future__ import annotations

from html import escape
from typing import Any
from urllib.parse import quote

from dashboard.tables.transport import TRANSPORTS

Figure = dict[str, Any]

INK = "#1b2429"
SOFT = "#5c686f"
LINE = "#e3e0d6"
CARD = "#ffffff"
SEA = "#e6eef1"
LAND = "#f7f4ec"
BORDER = "#b9b3a2"
RING = "rgba(255,255,255,.55)"
# The dash of a line where the way is not known, whatever the transport.
UNSURE = "2px,5px"
# Plotly's symbols as SVG paths 7 px wide about 0, 0, for the legend.
SYMBOLS = {
    "square": "M3.5 3.5h-7v-7h7z",
    "circle": "M3.5 0a3.5 3.5 0 1 1-7 0a3.5 3.5 0 1 1 7 0z",
    "square-open": "M4 4h-8v-8h8zM-3-3v6h6v-6z",
    "diamond": "M4.5 0L0 4.5L-4.5 0L0-4.5z",
    "cross": "M4.2 1.4h-2.8v2.8h-2.8v-2.8h-2.8v-2.8h2.8v-2.8h2.8v2.8h2.8z",
    "triangle-up": "M-4 1.8H4L0-3.5z",
    "triangle-down": "M-4-1.8H4L0 3.5z",
}
# Round the letters of a label, which may lie on lines and rings, and of a count beside dots.
HALO, CARD_HALO = (f"0 0 2px {ground}, 0 0 2px {ground}, 0 0 3px {ground}" for ground in (LAND, CARD))
SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'


TRANSPORT_BY_NAME = {one.name: one for one in TRANSPORTS}
# Colour of a figure on light ground -> on dark ground; assets/figures.js exchanges them, each for the other.
DARK = {
    INK: "#eceae4",
    SOFT: "#9fabb1",
    LINE: "#2c363b",
    CARD: "#1a2226",
    RING: "rgba(26,34,38,.55)",
    SEA: "#0f1518",
    LAND: "#232d31",
    BORDER: "#46545b",
    HALO: HALO.replace(LAND, "#232d31"),
    CARD_HALO: CARD_HALO.replace(CARD, "#1a2226"),
} | {one.colour: one.colour_dark for one in TRANSPORTS}


def plain(text: str) -> str:
    """A text from the data as Plotly shows it letter by letter: unescaped, it would read tags and entities in it."""
    return escape(text, quote=False)


def layout(**more: Any) -> Figure:
    """The layout that every chart shares, with `more` on top."""
    return {
        "font": {"family": SANS, "size": 12, "color": INK},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "showlegend": False,
        "hoverlabel": {"bgcolor": CARD, "bordercolor": LINE, "font": {"family": SANS, "color": INK}},
        "template": None,
    } | more


def axis(**more: Any) -> Figure:
    """An axis with quiet lines and room for its own labels."""
    return {
        "gridcolor": LINE,
        "linecolor": LINE,
        "zerolinecolor": LINE,
        "tickfont": {"size": 11, "color": SOFT},
        "automargin": True,
        "fixedrange": True,
    } | more


def transport_styles() -> str:
    """CSS for every transport: its colour and its colour for words as tokens, and the classes `icon` and `stroke`.

    A stroke is also `inferred`, and `marked` with the symbol of its transport. `light-dark` follows the
    `color-scheme` of the page. Icons and strokes are masks, which take the colour.
    """
    tokens = "".join(
        f"--{one.name}: light-dark({one.colour}, {one.colour_dark});"
        f" --{one.name}-text: light-dark({one.text or one.colour}, {one.text_dark or one.colour_dark}); "
        for one in TRANSPORTS
    )
    rules = [f":root {{ {tokens}}}"]
    for one in TRANSPORTS:
        icon = _image(24, 24, f"<path fill-rule='evenodd' d='{one.icon}'/>")
        symbol = _image(30, 10, f"<path transform='translate(15 5)' d='{SYMBOLS[one.symbol]}'/>")
        rules.append(f".{one.name} {{ color: var(--{one.name}); --icon: {icon}; --symbol: {symbol}; }}")
        rules.append(f".{one.name} {{ --stroke: {_stroke(one.dash, 3)}; --unsure: {_stroke(UNSURE, 2)}; }}")
        rules.append(f".by.{one.name} {{ color: var(--{one.name}-text); }}")
    return "\n".join(rules)


def _stroke(dash: str, width: int) -> str:
    dashes = "" if dash == "solid" else f" stroke-dasharray='{dash.replace('px', '')}'"
    return _image(30, 10, f"<path d='M0 5h30' stroke='#000' stroke-width='{width}'{dashes}/>")


def _image(width: int, height: int, drawn: str) -> str:
    svg = f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 {width} {height}'>{drawn}</svg>"
    return 'url("data:image/svg+xml,' + quote(svg, safe="/:=' ") + '")'
