"""A table whose columns are named -> tables of trips; then, with the doubtful places chosen, a data folder."""

from __future__ import annotations

import csv
import io
import json
import secrets
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from dashboard.importers.findings import findings, lacking
from dashboard.importers.imported import Doubt, Imported, ImportingError, LeftOut, Progress, Row
from dashboard.importers.table.importer import Source
from dashboard.importers.table.importer import read as read_table
from dashboard.importers.writing import write
from dashboard.tables.atomic import atomic_folder, write_atomic
from dashboard.tables.countries import country_name
from dashboard.tables.formulas import inert
from dashboard.tables.outside import Sheet
from dashboard.tables.reading import read_folder
from dashboard.tables.schema import TABLES
from dashboard.uploads.columns import options
from dashboard.uploads.limits import PROGRESS, Limits, RefusedError
from dashboard.uploads.merge import lend_corridors, merge

# How many messages, placed places and choices a page shows; the files to download hold all of them.
SHOWN = 100
READER = "the reader who uploaded the table"

Answer = dict[str, Any]


def import_table(folder: Path, name: str, seen: Answer, shipped: str, limits: Limits) -> Answer:
    """Import `source` as `seen` says, write the tables into `tables/`, the messages and the rows left out beside it.

    A place that the gazetteer does not know may be among those of `shipped`, a data folder, or '' where there is none.
    Returns the account as the page shows it. Raises `RefusedError`.
    """
    chosen = options(seen)
    places = read_folder(Path(shipped)).frames["places"] if shipped else pd.DataFrame()
    known = [{str(name): str(cell) for name, cell in row.items()} for row in places.to_dict("records")]
    source = Source(folder / "source", name, limits.size)
    try:
        imported = read_table(source, _count_into(folder / PROGRESS), chosen, known=known)
    except ImportingError as error:
        raise RefusedError(str(error)) from error
    shutil.rmtree(folder / "tables", ignore_errors=True)
    with atomic_folder(folder / "tables") as draft:
        for table, frame in imported.tables.items():
            frame.to_csv(draft / f"{table}.csv", index=False, encoding="utf-8", lineterminator="\n")
    messages = _messages(imported)
    write_atomic(folder / "messages.txt", "".join(f"{message}\n" for message in messages).encode())
    _write_left_out(imported.left_out, source.open(chosen), folder)
    return {"findings": [asdict(one) for one in findings(imported)]} | _account(imported)


def _count_into(file: Path) -> Progress:
    """A `Progress` that writes into a file how many rows of how many are read, a hundred times in all."""

    def count(rows: Iterable[Row], *, total: int) -> Iterator[Row]:
        step = max(total // 100, 1)
        for number, row in enumerate(rows):
            if number % step == 0:
                write_atomic(file, json.dumps({"done": number, "total": max(total, number)}).encode())
            yield row
        write_atomic(file, json.dumps({"done": total, "total": total}).encode())

    return count


def _messages(imported: Imported) -> list[str]:
    """Everything said of a row, as `check` says it: `trips.xlsx:14: what is wrong; what to write instead`."""
    messages: list[LeftOut | Doubt] = [*imported.left_out, *imported.doubts]
    return [_message(one) for one in sorted(messages, key=lambda one: one.row)]


def _message(one: LeftOut | Doubt) -> str:
    what = f"left out: {one.why}; {one.mend}" if isinstance(one, LeftOut) else f"kept: {one.what}"
    return f"{one.source}:{one.row}: {what}"


def _write_left_out(left_out: Sequence[LeftOut], sheet: Sheet, folder: Path) -> None:
    """The rows left out, whole, each with its number and the reason, as CSV that no spreadsheet runs."""
    reasons = {one.row: f"{one.why}; {one.mend}" for one in left_out}
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["row", "left out because", *map(inert, sheet.header)])
    rows = ((number, cells) for number, cells in sheet.rows if number in reasons)
    writer.writerows([number, reasons[number], *map(inert, cells)] for number, cells in rows)
    write_atomic(folder / "left-out.csv", text.getvalue().encode("utf-8-sig"))


def _account(imported: Imported) -> Answer:
    places = imported.tables["places"]
    placed = places[places["latitude_deg"] != ""]
    return {
        "read": imported.read,
        "kept": imported.kept,
        "left_out": len(imported.left_out),
        "lacking": lacking(imported),
        "may_join": any(one.field == "join" for one in imported.doubts),
        "trips": len(imported.tables["trips"]),
        "placed_in_all": len(placed),
        "placed": [_placed(row) for row in placed.head(SHOWN).to_dict("records")],
        "unplaced": [f"{place}, {country_name(iso3)}" for place, iso3 in imported.unplaced],
        "ambiguous": [
            {
                "place": place,
                "country_iso3": iso3,
                "country": country_name(iso3),
                "candidates": [asdict(candidate) for candidate in candidates],
            }
            for place, iso3, candidates in imported.ambiguous[:SHOWN]
        ],
        "undecided": max(0, len(imported.ambiguous) - SHOWN),
    }


def _placed(row: Mapping[Any, str]) -> str:
    other = f" as {row['matched_name']}" if row["matched_name"] not in ("", row["place"]) else ""
    return f"{row['place']}, {country_name(row['country_iso3'])}{other}"


def finish_import(
    folder: Path, chosen: Mapping[str, str], ambiguous: Sequence[Answer], shipped: str, *, beside: bool
) -> Answer:
    """Give the chosen coordinates to the doubtful places and write the data folder: its name, and its number of trips.

    Of `shipped`, a folder or '', the trips are in it too where they are to stand `beside`, else its railways and roads.
    Raises `RefusedError` with the faults that would keep it from being shown.
    """
    if not (folder / "tables").is_dir():
        raise RefusedError("The columns were not read to the end. Read them again.")
    tables = _read_tables(folder / "tables")
    tables["places"] = _placed_as_chosen(tables["places"], chosen, ambiguous)
    trips = len(tables["trips"])
    if not trips:
        raise RefusedError("No row could be read as a trip, so that there is nothing to show.")
    if shipped:
        known = read_folder(Path(shipped)).frames
        tables = merge(tables, known) if beside else lend_corridors(tables, known)
    data = f"data-{secrets.token_hex(4)}"
    try:
        write(Imported(tables, 0, (), (), (), ()), folder / data)
    except ImportingError as error:
        raise RefusedError(str(error)) from error
    return {"data": data, "trips": trips}


def _read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    return {
        table.name: pd.read_csv(folder / f"{table.name}.csv", dtype="str", keep_default_na=False) for table in TABLES
    }


def _placed_as_chosen(places: pd.DataFrame, chosen: Mapping[str, str], ambiguous: Sequence[Answer]) -> pd.DataFrame:
    """Places with the coordinates of the candidates chosen; where none was, the place stays off the map."""
    columns = ["latitude_deg", "longitude_deg", "kind", "provider", "matched_name", "reviewed", "reviewer"]
    cells = {name: places[name].tolist() for name in columns}
    names = list(zip(places["place"], places["country_iso3"], strict=True))
    for number, one in enumerate(ambiguous):
        choice = chosen.get(str(number), "")
        if choice not in map(str, range(len(one["candidates"]))):
            continue
        candidate, at = one["candidates"][int(choice)], names.index((one["place"], one["country_iso3"]))
        degrees = (str(round(candidate[name], 5)) for name in columns[:2])
        new = (*degrees, "city", "geonames", candidate["name"], "yes", READER)
        for name, value in zip(columns, new, strict=True):
            cells[name][at] = value
    return places.assign(**cells)
