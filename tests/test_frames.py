"""The frame of the map: the shortest arc around all that is drawn, a degree around it, and the bends of the lines."""

from __future__ import annotations

import pandas as pd
import pytest

from dashboard.figures import Box, frame_of
from dashboard.figures.level_of_detail import WORLD, Drawn, middle_of
from dashboard.query.selection import Selection
from dashboard.query.summaries import Summary, summarise
from dashboard.travel.build import Travel


@pytest.fixture(scope="module")
def summary(shipped: Travel) -> Summary:
    return summarise(shipped, Selection())


def frame_around(summary: Summary, *places: tuple[float, float]) -> Box:
    """The frame around some places, longitude and latitude in degrees, with nothing else drawn."""
    marks = pd.DataFrame(places, columns=["longitude_deg", "latitude_deg"], dtype="float64")
    return frame_of(Drawn(summary.lines.head(0), [], marks, marks.head(0), 0, len(marks)))


@pytest.mark.parametrize(
    ("places", "frame"),
    [
        ([], WORLD),
        ([(10.0, 50.0)], (9.0, 49.0, 11.0, 51.0)),
        ([(10.0, 50.0), (-20.0, -30.0)], (-21.0, -31.0, 11.0, 51.0)),
        ([(170.0, 0.0), (-160.0, 10.0)], (169.0, -1.0, -159.0, 11.0)),
        ([(0.0, 89.0), (1.0, -89.0)], (-1.0, -85.0, 2.0, 85.0)),
        ([(-119.0, 0.0), (0.0, 0.0), (119.0, 0.0)], (-120.0, -1.0, 120.0, 1.0)),
        ([(longitude, 0.0) for longitude in (-134, -45, 45, 134)], (-135.0, -1.0, 135.0, 1.0)),
        ([(longitude, 0.0) for longitude in (-136, -60, 0, 60, 136)], WORLD),
        # Three quarters of the way round is the most that is no whole world, over 180° too.
        ([(longitude, 0.0) for longitude in (-135, -60, 0, 60, 135)], (-136.0, -1.0, 136.0, 1.0)),
        ([(longitude, 0.0) for longitude in (-135.5, -60, 0, 60, 135)], WORLD),
        ([(longitude, 0.0) for longitude in (45, 120, 180, -120, -45)], (44.0, -1.0, -44.0, 1.0)),
        ([(longitude, 0.0) for longitude in (45, 120, 180, -120, -44.5)], WORLD),
    ],
)
def test_the_frame_is_the_shortest_arc_with_a_degree_around(
    summary: Summary, places: list[tuple[float, float]], frame: Box
) -> None:
    assert frame_around(summary, *places) == pytest.approx(frame)


def test_the_world_is_all_of_it_with_europe_and_africa_in_its_middle() -> None:
    west, south, east, north = WORLD
    assert (east - west, (west + east) / 2) == (360, 10)
    assert (south, north) == (-55, 75)  # from Ushuaia to the last towns of the Arctic


def test_the_frame_holds_the_bend_of_a_great_circle(summary: Summary) -> None:
    nothing = summary.places.head(0)
    west, south, east, north = frame_of(
        Drawn(summary.lines.head(1), [([0.0, 90.0], [60.0, 60.0])], nothing, nothing, 1, 0)
    )
    assert (west, south, east) == pytest.approx((-1.0, 59.0, 91.0))
    # Half way between two points at 60° N, 90° apart, a great circle is at atan(tan 60° / cos 45°) = 67.8° N.
    assert north == pytest.approx(68.79, abs=0.05)


@pytest.mark.parametrize(
    ("visits", "homes", "middle"),
    [
        ([], [], (0, 0)),
        ([(10.0, 50.0, 7)], [], (10, 50)),
        ([(0.0, 60.0, 1), (90.0, 60.0, 1)], [], (45, 67.792)),  # nearer to the pole than both, as a great circle is
        ([(0.0, 0.0, 3), (0.0, 0.0, 1)], [(90.0, 0.0)], (45, 0)),  # a home weighs as much as all visits
    ],
)
def test_the_middle_is_the_mean_of_the_visits_and_the_homes(
    summary: Summary,
    visits: list[tuple[float, float, int]],
    homes: list[tuple[float, float]],
    middle: tuple[float, float],
) -> None:
    places = pd.DataFrame(visits, columns=["longitude_deg", "latitude_deg", "visits"], dtype="float64")
    stars = pd.DataFrame(homes, columns=["longitude_deg", "latitude_deg"], dtype="float64")
    drawn = Drawn(summary.lines.head(0), [], places, stars, 0, len(places))
    assert middle_of(drawn) == pytest.approx(middle, abs=0.001)
