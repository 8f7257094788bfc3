"""The command line: check, geocode, import and export a data folder."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import click

from dashboard import __version__
from dashboard.claims import corrections, releases
from dashboard.claims.checks import faults as unmeasurable
from dashboard.claims.verdicts import judge, line
from dashboard.downloads import TABLES, TooManyRowsError, UnknownFileError, write_file
from dashboard.importers.findings import report
from dashboard.importers.formats import IMPORTERS, run
from dashboard.importers.imported import ImportingError, counted
from dashboard.importers.options import Options
from dashboard.importers.package import as_folder
from dashboard.page import offline
from dashboard.query.evidence import notes
from dashboard.query.selection import read
from dashboard.tables.atomic import atomic_file
from dashboard.tables.parts import PartingError, part_folder
from dashboard.tables.reading import read_folder
from dashboard.travel.build import DataError, build, load
from dashboard.travel.build import check as find_faults
from dashboard.travel.travel import TooManyError

USER_AGENT = f"leader-travel/{__version__} (geocoding of a data folder, by hand)"
DATA = click.argument("data", type=click.Path(path_type=Path), default="data")


@click.group()
@click.version_option(__version__, prog_name="leader-travel")
def main() -> None:
    """Where leaders travel, how, and whom they meet: work with a data folder."""


@main.command("check")
@DATA
@click.option("--evidence", is_flag=True, help="Name the fields of each trip of which no source speaks.")
def check(data: Path, evidence: bool) -> None:
    """Name every fault of the folder DATA as file:line, and what to write instead; notes are no faults."""
    try:
        folder = read_folder(as_folder(data))
    except ImportingError as error:
        raise click.ClickException(str(error)) from error
    faults = find_faults(folder)
    travel = None if faults else build(folder)
    faults = faults if travel is None else list(unmeasurable(travel))
    for fault in faults:
        click.echo(fault)
    if faults:
        raise click.ClickException(f"{counted(len(faults), 'faults')} in {data}")
    for note in [] if travel is None else notes(travel, each=evidence):
        click.echo(f"note: {note}")
    trips, stops = (counted(len(folder.frames[name]), name) for name in ("trips", "stops"))
    click.echo(f"{data}: {trips}, {stops}, no fault")


@main.command("geocode")
@DATA
@click.option("--online", is_flag=True, help="Ask Nominatim (OpenStreetMap) for what the offline gazetteer lacks.")
def geocode(data: Path, online: bool) -> None:
    """Give coordinates to the places of DATA that have none; can be stopped at any moment and run again."""
    # Imported here because only this command needs the network's libraries.
    from dashboard.geocoding import fill_places as geocoding  # noqa: PLC0415

    geocoders = geocoding.online(USER_AGENT) if online else geocoding.offline()
    try:
        click.echo(geocoding.fill_in(data, geocoders, date.today()))
    except geocoding.GeocodingError as error:
        raise click.ClickException(str(error)) from error


@main.command("import")
@click.argument("format_name", metavar="FORMAT", type=click.Choice([one.name for one in IMPORTERS]))
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), required=True, help="The data folder to write: new, or empty.")
@click.option("--map", "mapped", multiple=True, metavar="COLUMN=FIELD", help="What a column holds.")
@click.option("--sheet", default="", help="The sheet of a workbook; else the first that looks like the table.")
@click.option("--header-row", default=0, help="The row of the headings, as the spreadsheet counts; else it is guessed.")
@click.option("--leader", default="", help="Who travelled, where no column says it.")
@click.option("--country", default="", help="The country of every row that names none.")
@click.option(
    "--home", default="", metavar="'TOWN, COUNTRY'", help="Where trips begin and end, where no column says it."
)
@click.option("--transport", default="", help="How every place was reached of which no column says it: plane, train.")
@click.option(
    "--join", is_flag=True, help="Make neighbouring days in one place one stay, and stays that follow a journey."
)
@click.option("--answer", "answers", multiple=True, metavar="FIELD:TEXT=MEANT", help="How a text is read in every row.")
def import_(
    format_name: str, source: Path, to: Path, mapped: tuple[str, ...], answers: tuple[str, ...], **more: Any
) -> None:
    """Turn SOURCE into a data folder, and account for every row: kept, or left out, and why."""
    options = Options(columns=_pairs(mapped), answers=_pairs(answers), **more)
    try:
        imported = run(format_name, source, to, options)
    except ImportingError as error:
        raise click.ClickException(str(error)) from error
    click.echo(report(imported))
    click.echo(f"wrote {to}; look at it with LEADER_TRAVEL_DATA={to} python app.py")


def _pairs(texts: tuple[str, ...]) -> dict[str, str]:
    """`A=B` as A -> B; the last = parts them, since headings may hold others."""
    return dict(one.rpartition("=")[::2] for one in texts)


@main.command("export")
@DATA
@click.option(
    "--query", default="", help="The selection as in the page's address: 'leader=kim-jong-un&years=2018-2019'."
)
@click.option(
    "--table",
    type=click.Choice([table.name for table in TABLES]),
    default="trips",
    help="One row per trip or per stop.",
)
@click.option(
    "--to", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file; its ending says the format."
)
def export(data: Path, query: str, table: str, to: Path) -> None:
    """Write the file that a download button gives, or, where FILE ends in .html, the page that opens offline."""
    try:
        travel = load(as_folder(data))
        reading = read(query, travel)
        if reading.ignored:
            raise click.ClickException("\n".join(reading.ignored))
        if reading.selection.data:
            raise click.ClickException("data= names an upload; only the page that holds it can give its trips")
        with atomic_file(to) as written:
            if to.suffix == ".html":
                written.write(offline.export(travel, reading.selection, date.today()).body)
            else:
                write_file(travel, reading.selection, table, to.suffix.removeprefix("."), date.today(), written)
    except (DataError, ImportingError, UnknownFileError, TooManyRowsError, TooManyError, OSError) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"wrote {to}")


@main.command("claims")
@DATA
def claims(data: Path) -> None:
    """Measure every published statement of DATA anew: as known on its day, and as of today."""
    try:
        verdicts = judge(load(as_folder(data)))
    except (DataError, ImportingError) as error:
        raise click.ClickException(str(error)) from error
    for one in verdicts:
        click.echo(line(one))
    lost = [one.statement.claim for one in verdicts if not one.reproduced]
    if lost:
        raise click.ClickException(f"held once and can no longer be reproduced: {', '.join(lost)}")
    click.echo(f"{data}: {len(verdicts):,} statements, every one that held is reproduced")


@main.command("apply")
@click.argument("patch", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@DATA
def apply(patch: Path, data: Path) -> None:
    """Correct the cells of DATA that PATCH names, all of them or none, if the data then have no fault."""
    try:
        for change in corrections.apply(patch, data):
            click.echo(change)
    except (corrections.CorrectionError, OSError) as error:
        raise click.ClickException(str(error)) from error


@main.command("compare")
@click.argument("old", type=click.Path(path_type=Path, exists=True))
@click.argument("new", type=click.Path(path_type=Path, exists=True), default="data")
def compare(old: Path, new: Path) -> None:
    """Say row by row what two releases of the data, OLD and NEW, do not share."""
    try:
        folders = [read_folder(as_folder(path)) for path in (old, new)]
    except ImportingError as error:
        raise click.ClickException(str(error)) from error
    differences = list(releases.compare(*folders))
    for one in differences:
        click.echo(one)
    click.echo(f"{len(differences):,} {'difference' if len(differences) == 1 else 'differences'}")


@main.command("part")
@click.argument("data", type=click.Path(path_type=Path))
@click.option("--to", type=click.Path(path_type=Path), required=True, help="The data folder to write: new, or empty.")
@click.option("--trips", default=250_000, show_default=True, help="About how many trips a part holds.")
def part(data: Path, to: Path, trips: int) -> None:
    """Put the Parquet folder DATA into parts, as a cluster reads them."""
    try:
        parts = part_folder(data, to, trips)
    except PartingError as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"wrote {to}: {parts:,} {'part' if parts == 1 else 'parts'}")


if __name__ == "__main__":
    main(prog_name="python -m dashboard")
