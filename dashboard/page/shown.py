"""What the parts of the page are made from (`Shown`), and how one of them is declared (`View`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Annotated, Any

from pydantic import Field

from dashboard.datasets.store import Upload
from dashboard.figures import Drawn, most_travelled
from dashboard.language import ENGLISH, spoken
from dashboard.language.languages import LANG
from dashboard.query.selection import Reading, Selection, write
from dashboard.query.summaries import Summary
from dashboard.travel.travel import Travel
from dashboard.words.cards import Cards

Degrees = Annotated[float, Field(ge=-1_000, le=1_000)]
# West, south, east and north of what the map shows, in degrees; None is all of it.
Viewport = tuple[Degrees, Degrees, Degrees, Degrees] | None


@dataclass(frozen=True)
class Shown:
    """What the views are made from.

    All the data, what was read from the address, its counts, the cards of its trips, the upload whose trips these are
    (None: those shipped); and what lasts only while the page is open: what the map shows, the page of the table and
    its columns (none: all), the menus that stand open with the name typed into each, and the page's own address up to
    its last slash; and the counts of a second selection, to compare with.
    """

    travel: Travel
    reading: Reading
    summary: Summary
    cards: Cards
    upload: Upload | None = None
    viewport: Viewport = None
    page: int = 0
    columns: tuple[str, ...] = ()
    menus: Mapping[str, str] = field(default_factory=dict)
    here: str = ""
    other: Summary | None = None

    @cached_property
    def drawn(self) -> Drawn:
        """What the map draws of the selection, in the part of it that is seen."""
        return most_travelled(self.summary, self.viewport) if self.viewport else self.drawn_whole

    @cached_property
    def drawn_whole(self) -> Drawn:
        """The same of all of it, however close the reader looks."""
        return most_travelled(self.summary)

    @property
    def selection(self) -> Selection:
        """What the reader chose."""
        return self.reading.selection

    @property
    def query(self) -> str:
        """The address of the chosen trips; how they are looked at makes no difference to a file."""
        return write(self.selection.filters)

    @property
    def page_query(self) -> str:
        """The same for a page, which people read in their own language."""
        return write(self.selection.filters.choose(LANG, (spoken().code,) if spoken() != ENGLISH else ()))


@dataclass(frozen=True)
class View:
    """One part of the page that an answer fills: the component's id, which property of it, and how that is made."""

    id: str
    prop: str
    make: Callable[[Shown], Any]
