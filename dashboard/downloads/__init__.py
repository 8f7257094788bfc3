"""A selection -> the bytes of a file, and the addresses that give it.

In: the trips of a selection. Out: one file for each of `FORMATS`, the data package, the description of the addresses.
"""

from dashboard.downloads.addresses import attached, register
from dashboard.downloads.content import TABLES, Content, Table
from dashboard.downloads.files import Download, TooManyRowsError, UnknownFileError, file, write_file
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
    "TooManyRowsError",
    "UnknownFileError",
    "attached",
    "file",
    "package",
    "register",
    "snippets",
    "write_file",
]
