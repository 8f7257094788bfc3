"""What a browser may ask. Everything from outside is checked here; what does not fit answers 400."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

Degrees = Annotated[float, Field(ge=-1_000, le=1_000)]
# West, south, east and north of what the map shows, in degrees; None is all of it.
Viewport = tuple[Degrees, Degrees, Degrees, Degrees] | None
Name = Annotated[str, Field(max_length=100)]


class TableView(BaseModel):
    """How the reader looks at the table: order, search, page, and the columns put away."""

    sort: Name = "left_home"
    descending: bool = True
    search: str = Field(default="", max_length=200)
    page: int = Field(default=0, ge=0)
    hidden: tuple[Name, ...] = ()


class OpenMenu(BaseModel):
    """The menu that stands open, by the key of its filter ('' none), and the name typed into it."""

    key: Name = ""
    find: str = Field(default="", max_length=200)


class Ask(BaseModel):
    """All that an answer depends on.

    `query` is the address, `act` what was just chosen (see `Selection.act`), `parts` the ids of the parts of the page
    that are wanted (none: all), `seen` the checksums of those that the browser has, `at` the number of the question.
    """

    query: str = Field(default="", max_length=50_000)
    act: str = Field(default="", max_length=2_000)
    parts: tuple[Name, ...] = ()
    viewport: Viewport = None
    table: TableView = TableView()
    menu: OpenMenu = OpenMenu()
    seen: dict[str, int] = {}
    at: int = 0
