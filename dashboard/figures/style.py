"""Colours, patterns and the parts of a layout that every figure shares.

Transport is told apart three times, by colour, by pattern and by symbol, so that a greyscale print still reads. The
colours keep 3:1 against land and stay apart under the three common colour-vision deficiencies.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

Figure = dict[str, Any]

INK = "#1b2429"
SOFT = "#5c686f"
LINE = "#e3e0d6"
CARD = "#ffffff"
SEA = "#e6eef1"
LAND = "#f7f4ec"
BORDER = "#b9b3a2"
SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'


@dataclass(frozen=True)
class Mode:
    """How one transport looks: line colour and dash, the symbol at the middle of a leg, the pattern of its bars."""

    colour: str
    dash: str
    symbol: str
    pattern: str


MODES = {
    "train": Mode("#0b62a4", "solid", "square", ""),
    "plane": Mode("#c8501e", "dash", "triangle-up", "/"),
    "car": Mode("#2c8a63", "dot", "circle", "."),
    "ship": Mode("#6a4fa3", "longdash", "diamond", "-"),
    "foot": Mode("#8a6d00", "dot", "cross", "x"),
    "helicopter": Mode("#a83271", "dashdot", "triangle-down", "\\"),
    "unknown": Mode("#6b7378", "longdashdot", "circle-open", "+"),
}


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
