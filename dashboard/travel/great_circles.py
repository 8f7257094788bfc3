"""Points along great circles, many at once: the lines that a map draws between places."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# Plotly gives no hover between the points of a line, so a great circle carries this many.
POINTS = 33
# An arc cosine is not more exact than this: in radians, half a metre on the globe.
SAME = 1e-7


def great_circles(starts: Floats, ends: Floats, points: int = POINTS) -> tuple[Floats, Floats]:
    """Latitudes and longitudes in degrees, a row of `points`, evenly along, for each pair of rows of `starts`, `ends`.

    Spherical linear interpolation (Shoemake 1985) between unit vectors; the rows are (latitude, longitude) in degrees.
    Antipodes, which have no one great circle, give a straight line; where both ends are one point of the globe, as 180
    and -180 degrees of longitude are, every point is the first.
    """
    one, other = _vectors(starts)[:, None], _vectors(ends)[:, None]
    part = np.linspace(0, 1, points)[None, :, None]
    angle = np.arccos(np.clip((one * other).sum(axis=2, keepdims=True), -1, 1))
    straight = np.sin(angle) < SAME
    bend = np.where(straight, 1, np.sin(angle))
    along = (np.sin((1 - part) * angle) * one + np.sin(part * angle) * other) / bend
    bent = np.stack([np.arcsin(np.clip(along[..., 2], -1, 1)), np.arctan2(along[..., 1], along[..., 0])], axis=2)
    apart = (angle[:, 0] > 1) * (ends - starts)
    flat = starts[:, None] + part * apart[:, None]
    spots = np.where(straight, flat, np.degrees(bent))
    return spots[..., 0], spots[..., 1]


def _vectors(spots: Floats) -> Floats:
    """Unit vectors of rows (latitude, longitude) in degrees."""
    latitude, longitude = np.radians(spots).T
    return np.column_stack(
        [np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)]
    )


def polylines(lines: list[Floats]) -> list[tuple[Floats, Floats]]:
    """Latitudes and longitudes along the great circles that join the rows of each line, end to end.

    Degrees to three decimals, some hundred metres. Lines of as many points a great circle are made together.
    """
    points = np.array([max(POINTS // max(len(line) - 1, 1), 5) for line in lines], dtype=np.int64)
    drawn: list[tuple[Floats, Floats]] = [(np.empty(0), np.empty(0))] * len(lines)
    for many in set(points.tolist()):
        alike = np.flatnonzero(points == many).tolist()
        starts, ends = (np.concatenate([lines[at][part] for at in alike]) for part in (slice(-1), slice(1, None)))
        latitudes, longitudes = (degrees.ravel().round(3) for degrees in great_circles(starts, ends, many))
        last = 0
        for at in alike:
            first, last = last, last + (len(lines[at]) - 1) * many
            drawn[at] = latitudes[first:last], longitudes[first:last]
    return drawn
