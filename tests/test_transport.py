"""What a transport needs in order to be seen and known: a look apart from the others, a legend, and its words."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray

from dashboard.figures.style import TRANSPORT_BY_NAME, transport_styles
from dashboard.tables.schema import ROUTES, STOPS
from dashboard.tables.transport import TRANSPORT_NAMES, TRANSPORTS, Transport, transport_named

LAND = {"light": "#f7f4ec", "dark": "#232d31"}
# Paper and cards, on which words stand.
PAPER = {"light": ("#fbfaf6", "#ffffff"), "dark": ("#12181b", "#1a2226")}
# Machado, Oliveira and Fernandes 2009, severity 1, on linear RGB.
SEEN = {
    "by most": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.119192, 0.9503041]]
)
each = pytest.mark.parametrize("one", TRANSPORTS, ids=TRANSPORT_NAMES)
PAIRS = list(combinations(TRANSPORTS, 2))
themes = pytest.mark.parametrize("theme", ["light", "dark"])


def linear(colour: str) -> NDArray[np.float64]:
    """A colour such as #0b62a4 as linear red, green and blue, 0 to 1 (IEC 61966-2-1)."""
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    return np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2, 1 to 21."""
    dark, light = sorted(float(linear(colour) @ TO_XYZ[1]) for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb: NDArray[np.float64]) -> NDArray[np.float64]:
    """Linear RGB as CIE L*a*b* under D65, in which a distance of 2 is just seen."""
    xyz = TO_XYZ @ np.clip(rgb, 0, 1) / np.array([0.95047, 1, 1.08883])
    x, y, z = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def colour(one: Transport, theme: str) -> str:
    return one.colour if theme == "light" else one.colour_dark


def words_colour(one: Transport, theme: str) -> str:
    return (one.text if theme == "light" else one.text_dark) or colour(one, theme)


@themes
@each
def test_a_transport_stands_out_from_land_and_reads_on_paper(one: Transport, theme: str) -> None:
    assert contrast(colour(one, theme), LAND[theme]) >= 3
    assert min(contrast(words_colour(one, theme), paper) for paper in PAPER[theme]) >= 4.5


@themes
@pytest.mark.parametrize("seen", list(SEEN))
@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda one: one.name)
def test_colours_stay_apart_for_colour_blind_readers(one: Transport, other: Transport, seen: str, theme: str) -> None:
    first, second = (lab(SEEN[seen] @ linear(colour(each, theme))) for each in (one, other))
    assert np.linalg.norm(first - second) >= 10


@pytest.mark.parametrize(("one", "other"), PAIRS, ids=lambda one: one.name)
def test_a_greyscale_print_tells_them_apart_by_dash_symbol_and_pattern(one: Transport, other: Transport) -> None:
    assert all(a != b for a, b in ((one.dash, other.dash), (one.symbol, other.symbol), (one.pattern, other.pattern)))


@each
def test_the_page_has_its_colour_its_icon_and_its_stroke(one: Transport) -> None:
    styles = transport_styles()
    assert f"--{one.name}: light-dark({one.colour}, {one.colour_dark});" in styles
    assert f".{one.name} {{ color: var(--{one.name}); --icon: url(" in styles
    assert TRANSPORT_BY_NAME[one.name] is one


@each
def test_tables_allow_it_and_corridors_only_where_it_has_them(one: Transport) -> None:
    (reached_by,) = (column for column in STOPS.columns if column.name == "reached_by")
    (mode,) = (column for column in ROUTES.columns if column.name == "mode")
    assert one.name in reached_by.allowed
    assert (one.name in mode.allowed) == one.corridors


@each
def test_imports_know_it_by_each_of_its_words(one: Transport) -> None:
    assert {transport_named(word) for word in one.words} == {one.name}
    assert transport_named(f"By {one.name.upper()}") == one.name


def test_no_word_means_two_transports() -> None:
    words = [word for one in TRANSPORTS for word in one.words]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Bus", "car"),
        ("ferry", "ship"),
        ("Van", "car"),
        ("Motorbike", "car"),
        ("Sleeper Train", "train"),
        ("car ferry", "ship"),
        ("High-speed rail", "train"),
        ("Air Force One", "plane"),
        ("on foot", "foot"),
        ("train and car", "unknown"),
        ("plane, then bus", "unknown"),
        ("teleport", "unknown"),
        ("", "unknown"),
    ],
)
def test_words_of_other_tables(text: str, mode: str) -> None:
    assert transport_named(text) == mode
