"""The table's own coordinates, and those of airports, for places: the table's win, an airport's only fill a gap."""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from dataclasses import replace

import pandas as pd
from geopy.point import Point as GeopyPoint

from dashboard.geocoding.airports import PROVIDER
from dashboard.geocoding.gazetteer import default_gazetteer
from dashboard.importers.imported import Doubt
from dashboard.importers.placing import Placing
from dashboard.tables.countries import country_name
from dashboard.tables.ids import place_id

# The provider of coordinates that stand in the imported table itself.
OWN = "the file"
# Two rows of one place that differ by more are told.
SAME_PLACE_DEG = 0.25
# A point farther from every town of its country is told: oceans have islands, and deserts camps.
FAR_DEG = 8.0
DEGREES = re.compile(r"([-+]?[0-9]+(?:\.[0-9]*)?)(?:\s*,\s*|\s+)([-+]?[0-9]+(?:\.[0-9]*)?)")
WKT = re.compile(r"^POINT ?\(([-0-9.]+) ([-0-9.]+)\)$", re.IGNORECASE)
Point = tuple[float, float]


def own_coordinates(rows: pd.DataFrame, source: str) -> tuple[dict[str, Point], list[Doubt]]:
    """Place id -> the coordinates that its first row gives, and rows that cannot be read or disagree."""
    found: dict[str, Point] = {}
    doubts = []
    given = rows[(rows["latitude"] != "") | (rows["longitude"] != "")]
    columns = ["row", "place", "country_iso3", "latitude", "longitude"]
    for row, place, iso3, *texts in given[columns].itertuples(index=False, name=None):
        point = _point(*texts)
        key = place_id(place, iso3)
        if point is None:
            what = (
                f"coordinates {' '.join(filter(None, texts))!r} cannot be read; write degrees, north and east positive"
            )
            doubts.append(Doubt(source, int(row), what, "no place", "latitude"))
            continue
        if strange := _far(point, iso3):
            what = (
                f"coordinates {' '.join(filter(None, texts))!r} of {place} lie far from {country_name(iso3)}{strange}"
            )
            doubts.append(Doubt(source, int(row), what, "doubtful", "latitude"))
        if max(abs(a - b) for a, b in zip(found.setdefault(key, point), point, strict=True)) > SAME_PLACE_DEG:
            what = f"{place} has other coordinates here than in a row before, which are taken"
            doubts.append(Doubt(source, int(row), what, "doubtful", "latitude"))
    return found, doubts


def _point(latitude: str, longitude: str) -> Point | None:
    """Degrees with a point or a comma, or as 48°12'N; without a longitude both stand in the first text.

    None where they are none, or 0, 0, which means not found.
    """
    latitude, longitude = latitude.replace("\u2212", "-"), longitude.replace("\u2212", "-")
    # Well-known text has the longitude first.
    latitude = WKT.sub(r"\2, \1", latitude)
    text = f"{latitude.replace(',', '.')}, {longitude.replace(',', '.')}" if longitude else latitude.strip("()[] ")
    # A semicolon parts numbers that are written with commas.
    text = text.replace(",", ".").replace(";", ",") if ";" in text else text
    try:
        if found := DEGREES.fullmatch(text):
            point = float(found[1]), float(found[2])
        else:
            parsed = GeopyPoint.from_string(text)
            point = parsed.latitude, parsed.longitude
    except ValueError:
        return None
    return point if abs(point[0]) <= 90 and abs(point[1]) <= 180 and any(point) else None


def _far(point: Point, iso3: str) -> str:
    """What is strange about a point far from every town of its country; '' where it is near, or nothing is known."""
    gazetteer = default_gazetteer()
    away = gazetteer.degrees_from(iso3, *point)
    if away is None or away <= FAR_DEG:
        return ""
    turned = gazetteer.degrees_from(iso3, point[1], point[0])
    swapped = turned is not None and turned <= FAR_DEG
    return "; latitude and longitude may have changed places" if swapped else "; check them"


def with_coordinates(placing: Placing, own: Mapping[str, Point], airports: Mapping[tuple[str, str], Point]) -> Placing:
    """Places with the table's coordinates, and with those of their airport where nobody knows them."""
    codes = {place_id(*pair): point for pair, point in airports.items()}
    places = placing.places
    ids = [place_id(*pair) for pair in zip(places["place"], places["country_iso3"], strict=True)]
    bare = (places["latitude_deg"] == "") & (places["candidates_in_all"].isin(("", "0")))
    rows = [dict(row) for row in places.to_dict("records")]
    for row, key, is_bare in zip(rows, ids, bare, strict=True):
        if key in own:
            row.update(_given(own[key], OWN, "city"))
        elif is_bare and key in codes:
            row.update(_given(codes[key], PROVIDER, "airport"))
    settled = {*own, *(key for key, is_bare in zip(ids, bare, strict=True) if is_bare and key in codes)}
    return replace(
        placing,
        places=pd.DataFrame(rows, columns=places.columns, dtype="str"),
        unplaced=tuple(pair for pair in placing.unplaced if place_id(*pair) not in settled),
        ambiguous=tuple(one for one in placing.ambiguous if place_id(one[0], one[1]) not in settled),
    )


def _given(point: Point, provider: str, kind: str) -> dict[Hashable, str]:
    return {
        "latitude_deg": str(round(point[0], 5)),
        "longitude_deg": str(round(point[1], 5)),
        "kind": kind,
        "provider": provider,
        "matched_name": "",
        "note": "",
    }
