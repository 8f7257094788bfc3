"""What a transport needs in order to be seen: a look in the figures, and a colour and an icon on the page."""

from __future__ import annotations

from pathlib import Path

from dashboard.figures.style import MODES
from dashboard.tables.schema import TRANSPORTS

STYLES = (Path(__file__).parents[1] / "assets" / "page.css").read_text("utf-8")


def test_every_transport_has_a_look() -> None:
    assert tuple(MODES) == TRANSPORTS


def test_every_transport_has_the_same_colour_in_figures_and_on_the_page() -> None:
    for mode, look in MODES.items():
        assert f"--{mode}: {look.colour};" in STYLES, mode
        assert f".{mode} {{ color: var(--{mode}); --icon: url(" in STYLES, mode


def test_no_two_transports_look_alike() -> None:
    looks = [(look.colour, look.dash, look.symbol) for look in MODES.values()]
    assert len(set(looks)) == len(looks)
    assert len({look.colour for look in MODES.values()}) == len(MODES)
