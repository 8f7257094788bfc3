"""What a browser may send to a callback. Everything from outside is checked here; what does not fit answers 400."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, Field, TypeAdapter

Degrees = Annotated[float, Field(ge=-1_000, le=1_000)]


class Choice(BaseModel):
    """A click on something that says what it chooses: see `Selection.act`."""

    text: str = Field(default="", max_length=2_000)


class TableView(BaseModel):
    """How the reader looks at the table: order, search, page, and the columns put away."""

    sort: str = "left_home"
    descending: bool = True
    search: str | None = Field(default="", max_length=200)
    page: int = Field(default=0, ge=0)
    hidden: tuple[str, ...] = ()


Viewport = tuple[Degrees, Degrees, Degrees, Degrees] | None
_VIEWPORT: TypeAdapter[Viewport] = TypeAdapter(Viewport)
_SEEN: TypeAdapter[dict[str, int]] = TypeAdapter(dict[str, int])


def read_viewport(data: Any) -> Viewport:
    """West, south, east and north in degrees, or None."""
    return _VIEWPORT.validate_python(data)


def read_seen(data: Any) -> dict[str, int]:
    """Checksums of what the browser says it has, by part of the page."""
    return _SEEN.validate_python(data or {})
