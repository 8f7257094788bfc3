"""GeoJSON (RFC 7946): a feature per row, longitude first, lines cut where they cross 180 degrees."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import IO

import numpy as np
import orjson
import pandas as pd

from dashboard.downloads.content import Content, Table, records, slices
from dashboard.travel.legs import draw

Line = list[tuple[float, float]]


def write_geojson(content: Content, file: IO[bytes]) -> None:
    """A feature for each row of the table, its columns as properties; `about` stands in the collection.

    A trip is the MultiLineString of its legs, a stop the line of the leg that reached it: a LineString, or a
    MultiLineString where 180 degrees cuts it; a place is a Point. A row without coordinates or any placed leg
    has the geometry null, so that nothing is left out. `leg_certainty` says how far to trust the lines; of a trip
    it names each kind once.
    """
    about = {"type": "FeatureCollection", **content.about, "data_as_of": content.about["data_as_of"] or None}
    legs = content.table.legs
    ways = _ways(content, legs(content.selected)) if legs else None
    features = ways or ([_point(row) for row in records(rows)] for rows in slices(content.rows))
    write_listed(file, about, "features", features)


def write_listed(file: IO[bytes], about: Mapping[str, object], name: str, parts: Iterable[Sequence[object]]) -> None:
    """A JSON object: all of `about`, and last the list `name`, which comes in parts."""
    file.write(orjson.dumps(about)[:-1] + b"," + orjson.dumps(name) + b":[")
    first = True
    for part in parts:
        file.write((b"" if first else b",") + orjson.dumps(part)[1:-1])
        first = False
    file.write(b"]}\n")


def _point(row: dict[str, object]) -> dict[str, object]:
    spot = [row["longitude_deg"], row["latitude_deg"]]
    geometry = None if None in spot else {"type": "Point", "coordinates": spot}
    return {"type": "Feature", "geometry": geometry, "properties": row}


def _ways(content: Content, legs: list[list[str]]) -> Iterator[list[dict[str, object]]]:
    routes = content.selected.routes
    used = list(dict.fromkeys(route for ids in legs for route in ids))
    lines = _written(draw(routes.loc[used], content.selected.places))
    certainty = dict(zip(used, routes.loc[used, "certainty"], strict=True))
    begun = 0
    for rows in slices(content.rows):
        own = legs[begun : begun + len(rows)]
        begun += len(rows)
        yield [
            {
                "type": "Feature",
                "geometry": _geometry([line for route in ids for line in lines[route]], content.table),
                "properties": {**row, "leg_certainty": _kinds(certainty[route] for route in ids)},
            }
            for row, ids in zip(records(rows), own, strict=True)
        ]


def _kinds(certainty: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(certainty)) or None


def _geometry(lines: list[orjson.Fragment], table: Table) -> dict[str, object] | None:
    if not lines:
        return None
    if table.one_leg and len(lines) == 1:
        return {"type": "LineString", "coordinates": lines[0]}
    return {"type": "MultiLineString", "coordinates": lines}


def _written(routes: pd.DataFrame) -> dict[str, list[orjson.Fragment]]:
    """The lines of each route as JSON, written once however many trips follow it."""
    longitudes, latitudes = routes["longitude_deg"], routes["latitude_deg"]
    return {
        route: [orjson.Fragment(orjson.dumps(line)) for line in cut(longitudes[route], latitudes[route])]
        for route in routes.index
    }


def cut(longitude_deg: np.ndarray, latitude_deg: np.ndarray) -> list[Line]:
    """A line as the lines (longitude, latitude) that cutting it at 180 degrees leaves; none without points.

    No two neighbours in a line are more than 180 degrees of longitude apart. A leg between two equal points
    keeps both, since a line needs two.
    """
    points = list(zip(longitude_deg.tolist(), latitude_deg.tolist(), strict=True))
    line = _without_repeats(points)
    if len(line) < 2:
        return [line * 2] if line else []
    return [part for piece in _parted_at_180(line) for part in _crossings_cut(piece)]


def _parted_at_180(line: Line) -> list[Line]:
    """Part a line between 180 and -180, the same meridian, where the package sees no crossing."""
    ends = [number for number, (one, other) in enumerate(pairwise(line), start=1) if abs(one[0] - other[0]) == 360]
    pieces = [line[first:last] for first, last in pairwise([0, *ends, len(line)])]
    return [piece for piece in pieces if len(piece) > 1]


def _crossings_cut(line: Line) -> list[Line]:
    if all(abs(one[0] - other[0]) <= 180 for one, other in pairwise(line)):
        return [line]
    # 12 ms and 3 MB at the start of a server, for few files.
    import antimeridian  # noqa: PLC0415
    from shapely import MultiLineString  # noqa: PLC0415

    fixed = antimeridian.fix_multi_line_string(MultiLineString([line]), great_circle=True)
    parts = [_without_repeats([(x, round(y, 3)) for x, y in part.coords]) for part in fixed.geoms]
    # A line that begins or ends on the meridian itself leaves a part that is a single point.
    return [part for part in parts if len(part) > 1]


def _without_repeats(line: Line) -> Line:
    return [point for point, _ in groupby(line)]
