"""Fills in the coordinates that `places.csv` lacks: from a gazetteer and then, if asked, the network.

Safe to stop at any moment: the file is replaced as a whole, and the next run asks only for what is missing.
"""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Protocol

from tqdm import tqdm

from dashboard.geocoding.gazetteer import default_gazetteer
from dashboard.geocoding.lookup import Geocoder, ReviewedPlaces, has_coordinates, look_up
from dashboard.geocoding.nominatim import Nominatim
from dashboard.geocoding.outcomes import Outcome, Placed, Report, Unplaced, asked_cells
from dashboard.geocoding.reviewed import read_reviewed
from dashboard.tables.atomic import write_atomic
from dashboard.tables.ids import name_key, place_id, slug
from dashboard.tables.reading import read_folder
from dashboard.tables.schema import PLACES

Row = dict[str, str]


class GeocodingError(Exception):
    """The tables cannot be read, or `places.csv` not be kept without loss; says where and what to do."""


class Progress(Protocol):
    """tqdm's call shape: passes the outcomes on and shows how many of `total` there are."""

    def __call__(self, outcomes: Iterator[Outcome], *, total: int) -> Iterable[Outcome]:
        """The same outcomes in the same order."""


def bar(outcomes: Iterator[Outcome], *, total: int) -> Iterable[Outcome]:
    """A progress bar on standard error."""
    return tqdm(outcomes, total=total, desc="geocoding", unit="place")


def offline() -> tuple[Geocoder, ...]:
    """The geocoders that need no network; `places.csv` itself and the reviewed places always go before them."""
    return (default_gazetteer(),)


def online(user_agent: str) -> tuple[Geocoder, ...]:
    """The offline ones, then Nominatim; `user_agent` says who asks: `leader-travel/1.0 (+https://…)`."""
    return (*offline(), Nominatim(user_agent))


def fill_in(
    folder: Path,
    geocoders: Sequence[Geocoder],
    today: date,
    progress: Progress = bar,
    *,
    save_every_s: float = 2.0,
) -> Report:
    """Give every place of a data folder coordinates and write them to its `places.csv`, not reviewed yet.

    Beside them stands what was asked and what the answers were, also of a place that gets no coordinates. Rows with
    coordinates, and rows marked reviewed, stay as they are; so do unknown columns and the order of rows; new places
    with coordinates follow at the end. Whatever ends the run, what was found until then is written. Raises
    GeocodingError.
    """
    path = (folder / "places.csv").resolve()
    rows = _read_rows(path)
    wanted = _missing(_needed(folder), rows)
    outcomes: list[Outcome] = []
    saved, saved_at = 0, time.monotonic()
    try:
        # Rows of the folder go before those that a person has placed for every import.
        asked = look_up(wanted, (ReviewedPlaces([*rows, *read_reviewed()]), *geocoders))
        for outcome in progress(asked, total=len(wanted)):
            outcomes.append(outcome)
            if time.monotonic() - saved_at >= save_every_s:
                _save(path, outcomes[saved:], today)
                saved, saved_at = len(outcomes), time.monotonic()
    finally:
        _save(path, outcomes[saved:], today)
    return Report(sum(map(has_coordinates, rows)), (*outcomes, *_reviewed_without(rows)))


def _reviewed_without(rows: Iterable[Row]) -> list[Unplaced]:
    """The rows that a person closed without giving coordinates: not ours to fill, but not placed either."""
    reason = "reviewed in places.csv, but without coordinates"
    closed = [row for row in rows if row["reviewed"] == "yes" and not row["same_as"] and not has_coordinates(row)]
    return [Unplaced(row["place"], row["country_iso3"], reason) for row in closed]


def _needed(folder: Path) -> list[tuple[str, str]]:
    """(place, country_iso3) of the homes, stops and corridors, each once, in the order of the files."""
    tables = read_folder(folder)
    files = {tables.file(name): name for name in ("leaders", "stops", "routes")}
    faults = [str(fault) for fault in tables.faults if fault.file in files or fault.file == str(folder)]
    if faults:
        raise GeocodingError("\n".join(faults))
    columns = {
        "leaders": ("home_place", "home_country_iso3"),
        "stops": ("place", "country_iso3"),
        "routes": ("from_place", "through", "to_place"),
    }
    found: list[tuple[str, str]] = []
    for name, wanted in columns.items():
        frame = tables.frames[name].reindex(columns=list(wanted), fill_value="").drop_duplicates()
        for cells in frame.itertuples(index=False):
            found += [cells[:2]] if name != "routes" else _names_in(cells)
    return [(place, country) for place, country in found if place]


def _names_in(corridor: Iterable[str]) -> list[tuple[str, str]]:
    """The ids of a corridor as names: `ulan-ude-rus` -> (`Ulan Ude`, `RUS`)."""
    ids = [place.strip() for cell in corridor for place in cell.split(";")]
    split = [place.rpartition("-") for place in ids if "-" in place]
    return [(name.replace("-", " ").title(), country.upper()) for name, _, country in split]


def _missing(needed: Iterable[tuple[str, str]], rows: Iterable[Row]) -> list[tuple[str, str]]:
    """The places to ask for, each once, by the name in `places.csv` if it is there."""
    wanted = {_key(row): (row["place"], row["country_iso3"]) for row in rows if row["place"]}
    settled = {_key(row) for row in rows if _is_settled(row)}
    listed = {place_id(*pair) for pair in wanted.values()}
    for place, country_iso3 in needed:
        if place_id(place, country_iso3) not in listed:
            wanted.setdefault((name_key(place), country_iso3), (place, country_iso3))
    return [pair for key, pair in wanted.items() if key not in settled]


def _key(row: Row) -> tuple[str, str]:
    return name_key(row["place"]), row["country_iso3"]


def _is_settled(row: Row) -> bool:
    # Another name of a place has the coordinates of that place.
    return has_coordinates(row) or row["reviewed"] == "yes" or row["same_as"] != ""


def _read_rows(path: Path) -> list[Row]:
    """`places.csv` as it stands, every column of the schema at least; no rows where there is no file."""
    if path.with_suffix(".parquet").exists():
        raise GeocodingError("places.parquet: only places.csv can be filled in; save the table as CSV UTF-8")
    try:
        text = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
        header, *lines = list(csv.reader(io.StringIO(text, newline=""))) or [[]]
    except (UnicodeDecodeError, csv.Error) as error:
        raise GeocodingError(f"places.csv: cannot be read ({error}); save the file as CSV UTF-8") from error
    missing = [name for name in ("place", "country_iso3") if header and name not in header]
    if missing:
        raise GeocodingError(f"places.csv:1: no column {' and '.join(missing)}")
    for number, cells in enumerate(lines, start=2):
        if cells and len(cells) != len(header):
            raise GeocodingError(f"places.csv: row {number} has {len(cells)} cells where the header has {len(header)}")
    empty = dict.fromkeys((*header, *PLACES.names), "")
    return [empty | dict(zip(header, map(str.strip, cells), strict=True)) for cells in lines if cells]


def _save(path: Path, outcomes: Iterable[Outcome], today: date) -> None:
    """Write what came of it into the file as it stands now: a person may have edited it during the run."""
    new = {(name_key(one.place), one.country_iso3): one for one in outcomes if one.question}
    if not new:
        return
    rows = _read_rows(path)
    listed = {_key(row) for row in rows}
    filled = [_filled(row, new[_key(row)], today) if _key(row) in new else row for row in rows]
    empty = dict.fromkeys(rows[0] if rows else PLACES.names, "")
    missing = [one for key, one in new.items() if key not in listed and isinstance(one, Placed)]
    added = [_filled(empty | _named(one), one, today) for one in missing]
    write_atomic(path, _as_csv([*filled, *added]).encode(), durable=True)


def _named(new: Placed) -> Row:
    """Name and country of a new row; a name made from an id takes its proper spelling: `Ulan-Ude`."""
    same = slug(new.place) == slug(new.matched_name)
    return {"place": new.matched_name if same else new.place, "country_iso3": new.country_iso3}


def _filled(row: Row, new: Outcome, today: date) -> Row:
    if _is_settled(row):
        return row
    asked = asked_cells(new.question) | {"geocoded_on": today.isoformat()}
    if not isinstance(new, Placed):
        return row | asked
    return row | {
        "latitude_deg": str(round(new.latitude_deg, 5)),
        "longitude_deg": str(round(new.longitude_deg, 5)),
        "kind": row["kind"] or new.kind,
        "provider": new.provider,
        "matched_name": new.matched_name,
        "reviewed": "no",
        **asked,
    }


def _as_csv(rows: Sequence[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()
