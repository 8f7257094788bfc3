"""`FORMATS`: a selection -> the bytes of a file, and the addresses that give it.

- `content`    what a file holds: one table of one selection, and what is said about it
- `formats`    the registry: CSV, Excel, JSON, GeoJSON, Parquet
- `workbook`   Excel
- `geojson`    the legs as lines, cut at 180 degrees
- `files`      a selection -> a named file
- `addresses`  `/trips.csv` and the like, `/health`
"""

from dashboard.downloads.addresses import register
from dashboard.downloads.content import TABLES, Content, Table
from dashboard.downloads.files import Download, UnknownFileError, file
from dashboard.downloads.formats import FORMATS, Format

__all__ = [
    "FORMATS",
    "TABLES",
    "Content",
    "Download",
    "Format",
    "Table",
    "UnknownFileError",
    "file",
    "register",
]
