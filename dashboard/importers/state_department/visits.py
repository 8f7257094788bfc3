"""The XML of the US State Department's Office of the Historian -> one `Visit` per row, read without trusting it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from xml.sax import SAXException, SAXParseException, handler, xmlreader  # nosec B406 (read with defusedxml)

import defusedxml.sax
from defusedxml import DefusedXmlException

from dashboard.importers.imported import Doubt, ImportingError


@dataclass(frozen=True)
class Visit:
    """One `trip` element: a visit of one person to one country. Runs of white space are one space; days as written."""

    source: str
    line: int
    who: str
    role: str
    name: str
    start: str
    end: str
    country_id: str
    country: str
    locale: str
    remarks: str


def read_visits(path: Path) -> tuple[list[Visit], list[Doubt]]:
    """Visits of one XML file, or of every XML file below a folder in order of path, and the files that hold none.

    Raises ImportingError with every file that is not XML, or that declares a document type: entities can be bombs.
    """
    visits, others, broken = [], [], []
    for file in _files(path):
        source = file.name if file == path else file.relative_to(path).as_posix()
        reader = _Reader(source)
        try:
            defusedxml.sax.parse(str(file), reader, forbid_dtd=True)
        except SAXParseException as error:
            message = f"not XML ({error.getMessage()}); save it as well-formed XML in the encoding that it declares"
            broken.append(f"{source}:{error.getLineNumber()}: {message}")
        except (DefusedXmlException, SAXException):
            broken.append(f"{source}: declares a document type, which may hide entities; remove <!DOCTYPE …>")
        visits += reader.visits
        others += reader.others
    if broken:
        raise ImportingError("\n".join(broken))
    return visits, others


def _files(path: Path) -> list[Path]:
    files = [path] if path.is_file() else sorted(path.rglob("*.xml"))
    if not files:
        raise ImportingError(f"{path}: no XML files; name the folder that holds president-travels, or one of its files")
    return files


class _Reader(handler.ContentHandler):
    """Collects the visits of one file whose root is `trips`."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.visits: list[Visit] = []
        self.others: list[Doubt] = []
        self._source = source
        self._path: list[str] = []
        self._line = 0
        self._cells: dict[str, str] = {}
        self._text: list[str] = []

    def setDocumentLocator(self, locator: xmlreader.Locator) -> None:  # noqa: N802 (SAX's name)
        self._locator = locator

    def startElement(self, name: str, attrs: xmlreader.AttributesImpl) -> None:  # noqa: N802 (SAX's name)
        self._path.append(name)
        self._text = []
        if self._path == ["trips", "trip"]:
            self._line = self._locator.getLineNumber() or 0
            self._cells = {"who": attrs.get("who", ""), "role": attrs.get("role", "")}
        elif self._path == ["trips", "trip", "country"]:
            self._cells["country_id"] = attrs.get("id", "")
        elif self._path == [name] and name != "trips":
            what = f"not read: its root is {name!r}, and files of visits begin with 'trips'"
            self.others.append(Doubt(self._source, 1, what))

    def characters(self, content: str) -> None:
        self._text.append(content)

    def endElement(self, name: str) -> None:  # noqa: N802 (SAX's name)
        if self._path == ["trips", "trip"]:
            self.visits.append(self._visit())
        elif self._path[:2] == ["trips", "trip"] and len(self._path) == 3:
            self._cells[name] = " ".join("".join(self._text).split())
        self._path.pop()

    def _visit(self) -> Visit:
        def cell(name: str) -> str:
            return self._cells.get(name, "")

        about = (cell("who"), cell("role"), cell("name"), cell("start-date"), cell("end-date"))
        where = (cell("country_id"), cell("country"), cell("locale"), cell("remarks"))
        return Visit(self._source, self._line, *about, *where)
