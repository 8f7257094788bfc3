"""`FORMATS`: a selection -> the bytes of a file, and the addresses that give it.

- `content`    what a file holds: one table of one selection, and what is said about it
- `formats`    the registry: CSV, Excel, JSON, GeoJSON, Parquet
- `workbook`   Excel
- `geojson`    the legs as lines, cut at 180 degrees; the places as points
- `files`      a selection -> a named file
- `excerpt`    the texts of a selection, as they stand in the data folder
- `leaflets`   what lies beside the tables of a package, for people
- `package`    a selection -> a data package that is a data folder of its own
- `columns`    what each column of a file says
- `openapi`    the addresses, described for programs
- `snippets`   a selection -> the lines of pandas, R and curl that fetch it
- `addresses`  `/trips.csv` and the like, `/package.zip`, `/openapi.json`, `/health`
"""

from dashboard.downloads.addresses import register
from dashboard.downloads.content import TABLES, Content, Table
from dashboard.downloads.files import Download, UnknownFileError, file
from dashboard.downloads.formats import FORMATS, Format
from dashboard.downloads.package import package
from dashboard.downloads.snippets import Snippet, snippets

__all__ = [
    "FORMATS",
    "TABLES",
    "Content",
    "Download",
    "Format",
    "Snippet",
    "Table",
    "UnknownFileError",
    "file",
    "package",
    "register",
    "snippets",
]
