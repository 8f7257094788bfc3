"""Lines of the map as traces: the towns along each; the browser finds the points between them (`assets/lines.js`)."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.figures.level_of_detail import Towns
from dashboard.figures.style import Figure


@dataclass(frozen=True)
class Line:
    """One drawn line: the longitudes and latitudes of its towns, what hovering says, and what a click chooses."""

    mode: str
    inferred: bool
    towns: Towns
    text: str = ""
    choice: str = ""


def band(lines: list[Line], uid: str, stroke: Figure) -> Figure:
    """Lines of one look as one trace: their towns end to end, and in `meta` how many each line has.

    `assets/lines.js` puts the points between them, which the wire would carry and the server make.
    """
    return {
        "type": "scattergeo",
        "mode": "lines",
        "uid": uid,
        "lon": [value for line in lines for value in line.towns[0]],
        "lat": [value for line in lines for value in line.towns[1]],
        "text": [line.text for line in lines],
        "customdata": [line.choice for line in lines],
        "meta": [len(line.towns[0]) for line in lines],
        "line": stroke,
        "hovertemplate": "%{text}<extra></extra>",
    }
