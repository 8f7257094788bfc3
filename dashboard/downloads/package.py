"""`/package.zip`: a selection as a Frictionless data package that is a data folder of its own.

Unpacked it passes `python -m dashboard check` and shows the same rows at the same address. Its `hash` identifies what
was selected: the same tables give the same hash, whoever packs them and whenever.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pandas as pd

from dashboard import __version__
from dashboard.downloads.content import tell
from dashboard.downloads.excerpt import excerpt
from dashboard.downloads.files import Download, file_name
from dashboard.downloads.package_documents import documents
from dashboard.downloads.statements import decided_by
from dashboard.query.filters import BY_KEY
from dashboard.query.selection import Selection, select
from dashboard.tables.dictionary import resource
from dashboard.tables.formulas import INERT, guard, guarded
from dashboard.tables.ids import place_ids, renamed_places
from dashboard.tables.metadata import CHOICES, KEPT, About
from dashboard.tables.reading import AS_OF, Folder
from dashboard.tables.schema import CLAIMS, COUNTS, TABLES, Table
from dashboard.travel.build import Travel

MIMETYPE = "application/zip"
# The first moment that a zip file can name: the same selection gives the same bytes on any day.
STATEMENTS = (CLAIMS.name, COUNTS.name)
UNDATED = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Packed:
    """One table of a package: the schema, its rows as the bytes of a CSV file, how many rows they are."""

    table: Table
    body: bytes
    rows: int

    @property
    def sum(self) -> str:
        """SHA-256 of the bytes, in hexadecimal."""
        return sha256(self.body).hexdigest()


def package(folder: Folder, travel: Travel, selection: Selection, today: date, version: str = "") -> Download:
    """The selection as a zip file, its texts as they stand in `folder`, which `travel` was read from.

    `today` dates the name of a file whose data do not say as of when they are; `version` is that of the data, see
    `data_version`. Raises `ChangedError` where the folder
    is not, or no longer, what `travel` holds.
    """
    # The rows as they are written: the query that is packed with them says how they are looked at.
    packed = travel.fetch(select(travel, selection).trips.index)
    frames = excerpt(folder, packed, selection)
    if selection.chosen:
        places = place_ids(
            frames["places"]["place"], frames["places"]["country_iso3"], renamed_places(folder.frames["places"])
        )
        frames |= {name: decided_by(packed, folder.frames[name], travel, set(places)) for name in STATEMENTS}
    tables = [Packed(table, csv_bytes(frames[table.name], table), len(frames[table.name])) for table in TABLES]
    described = describe_package(folder.about, tables, tell(travel, selection))
    described |= {"data_version": version} if version else {}
    described[CHOICES] = _choices(travel, selection)
    files = {AS_OF: _json(described), **documents(described)}
    files |= {f"{one.table.name}.csv": one.body for one in tables}
    return Download(file_name(travel, selection, "package", "zip", today), MIMETYPE, _zip(files))


def csv_bytes(frame: pd.DataFrame, table: Table) -> bytes:
    """A frame of text as CSV in UTF-8 (RFC 4180), columns in the schema's order, every cell as it is but `guarded`."""
    texts = guard(frame[table.names], table, guarded)
    # CRLF makes the writer quote a line break of either kind within a cell.
    return texts.to_csv(index=False, lineterminator="\r\n").encode()


def describe_package(whole: About, tables: list[Packed], about: dict[str, str]) -> dict[str, Any]:
    """`datapackage.json` (Frictionless Data Package, version 1): what the rows are, their schema, their checksums.

    `whole` is what the description of the whole data says of itself. `hash` is the SHA-256 over the checksums of the
    tables in their order, a line each as `sha256sum` writes it.
    """
    sums = "".join(f"{one.sum}  {one.table.name}.csv\n" for one in tables)
    return {
        "profile": "tabular-data-package",
        "name": "leader-travel",
        "title": "Leader Travel: a selection of journeys",
        "description": about["description"],
        "version": __version__,
        "query": about["query"],
        "data_as_of": about["data_as_of"],
        "hash": f"sha256:{sha256(sums.encode()).hexdigest()}",
        INERT: True,
        **{key: whole[key] for key in KEPT if key in whole},
        "resources": [
            resource(one.table) | {"rows": one.rows, "bytes": len(one.body), "hash": f"sha256:{one.sum}"}
            for one in tables
        ],
    }


def _choices(travel: Travel, selection: Selection) -> dict[str, dict[str, str]]:
    """What was chosen, by name: a value that none of the packed trips has is known by this alone."""
    named = [BY_KEY[key] for key, _ in selection.chosen if not BY_KEY[key].pattern]
    return {one.key: {value: one.name(travel, value) for value in selection.values(one.key)} for one in named}


def _json(described: dict[str, Any]) -> bytes:
    return (json.dumps(described, indent=2, ensure_ascii=False) + "\n").encode()


def _zip(files: dict[str, bytes]) -> bytes:
    body = io.BytesIO()
    with ZipFile(body, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            member = ZipInfo(name, UNDATED)
            member.compress_type, member.create_system, member.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(member, content)
    return body.getvalue()
