"""What a transport needs in order to be seen and known: a look apart from the others, a legend, and its words."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from dashboard.figures.style import TRANSPORT_BY_NAME, transport_styles
from dashboard.tables.schema import ROUTES, STOPS
from dashboard.tables.transport import TRANSPORT_NAMES, TRANSPORTS, Transport, transport_named
from tests.colours import SEEN, contrast, lab, linear

LAND = {"light": "#f7f4ec", "dark": "#232d31"}
# Paper and cards, on which words stand.
PAPER = {"light": ("#fbfaf6", "#ffffff"), "dark": ("#12181b", "#1a2226")}
each = pytest.mark.parametrize("one", TRANSPORTS, ids=TRANSPORT_NAMES)
PAIRS = list(combinations(TRANSPORTS, 2))
themes = pytest.mark.parametrize("theme", ["light", "dark"])


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
