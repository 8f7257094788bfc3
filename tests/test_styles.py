"""The style sheets: every token that they use is there, and the ring of the keyboard is seen and is no transport's."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from dashboard.figures.style import transport_styles
from dashboard.tables.transport import TRANSPORTS
from tests.colours import SEEN, contrast, lab, linear

ASSETS = Path(__file__).parents[1] / "assets"
SHEETS = {file.name: file.read_text("utf-8") for file in sorted(ASSETS.glob("*.css"))}
SCRIPTS = "".join(file.read_text("utf-8") for file in ASSETS.glob("*.js"))
# Token -> its colour on light ground and on dark.
COLOURS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"(--[\w-]+): light-dark\((#\w{6}), (#\w{6})\)", SHEETS["page.css"])
}
THEMES = pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])


def used(text: str) -> set[str]:
    return {name for name in re.findall(r"var\((--[\w-]+)\)", text) if not name.startswith("--mantine-")}


def defined(text: str) -> set[str]:
    return set(re.findall(r"(--[\w-]+):", text))


def test_every_token_that_is_used_is_there() -> None:
    text = transport_styles() + "".join(SHEETS.values())
    assert used(text) - defined(text) - set(re.findall(r"\"(--[\w-]+)\"", SCRIPTS)) == set()


@pytest.mark.parametrize("name", ["upload.css", "places.css"])
def test_the_pages_that_have_no_styles_of_the_transports_do_without(name: str) -> None:
    assert used(SHEETS[name]) <= defined(SHEETS["page.css"])


@THEMES
@pytest.mark.parametrize("ground", ["--paper", "--card", "--sea", "--land", "--chosen"])
def test_the_ring_of_the_keyboard_stands_out_from_its_ground(ground: str, theme: int) -> None:
    assert contrast(COLOURS["--focus"][theme], COLOURS[ground][theme]) >= 3


@THEMES
@pytest.mark.parametrize("seen", list(SEEN))
def test_the_ring_of_the_keyboard_is_the_colour_of_no_transport(seen: str, theme: int) -> None:
    ring = lab(SEEN[seen] @ linear(COLOURS["--focus"][theme]))
    others = [lab(SEEN[seen] @ linear((one.colour, one.colour_dark)[theme])) for one in TRANSPORTS]
    assert min(np.linalg.norm(ring - other) for other in others) >= 10


def test_the_ring_is_drawn_in_its_colour() -> None:
    rings = [rule for sheet in SHEETS.values() for rule in re.findall(r":focus-visible \{([^}]*)\}", sheet)]
    assert rings
    assert all("var(--focus)" in rule for rule in rings)
