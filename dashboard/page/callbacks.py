"""The wiring. In `show` every choice becomes an address, and every address the page.

The address is the one state: what is not in it (the page of the table, what the map shows, a name typed into a menu)
lasts only while the page is open, and has a small callback of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Any
from urllib.parse import urlsplit
from zlib import crc32

import orjson
from dash import ClientsideFunction, Dash, Input, Output, Patch, State, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from pydantic import BaseModel, BeforeValidator, Field

from dashboard.datasets.datasets import Datasets
from dashboard.figures import CHARTS
from dashboard.language import named_in, speaking
from dashboard.page.legend import LEGEND
from dashboard.page.map_card import MAP, UNBRUSHED
from dashboard.page.sentence import OPTIONS
from dashboard.page.shared_line import Picked, offered
from dashboard.page.shown import Shown, View, Viewport
from dashboard.page.table import ROWS
from dashboard.page.views import VIEWS
from dashboard.query.filters import MENUS
from dashboard.query.selection import second, write

JSON = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS
# The figures whose bars and dots choose something, as `customdata` says. What a click on the map means, lines and rings
# lying on each other, the browser finds out: assets/map.js.
CLICKED = ("year-strip", *(chart.id for chart in CHARTS))
BRUSHED, SEARCH, YEAR_ENDS = "year-strip", "table-search", ("years-from", "years-to")
# The years to compare with.
OTHER_ENDS = ("other-from", "other-to")
# What `show` is told beside what it is asked by.
REMEMBERED = {
    "years": [State(one, "value") for one in YEAR_ENDS],
    "other_years": [State(one, "value") for one in OTHER_ENDS],
    "href": State("address", "href"),
    "viewport": State("viewport", "data"),
    "columns": State("columns", "value"),
    "opened": {one.key: State(f"{one.key}-menu", "opened") for one in MENUS},
    "find": {one.key: State(f"{one.key}-search", "value") for one in MENUS},
    "seen": State("seen", "data"),
}
Name = Annotated[str, Field(max_length=100)]
Act = Annotated[str, Field(max_length=2_000)]
Moment = Annotated[float, Field(ge=1, le=9999)]
Year = Annotated[int, Field(ge=1, le=9999)] | None


class Point(BaseModel):
    """A bar or a dot, as far as it chooses something."""

    customdata: Act | None = None


class Click(BaseModel):
    """What Plotly says of a click."""

    points: tuple[Point, ...] = ()


class Range(BaseModel):
    """From where to where was brushed."""

    x: tuple[Moment, Moment]


class Brush(BaseModel):
    """What Plotly says of a brush."""

    range: Range | None = None


class Question(BaseModel):
    """What `show` is asked.

    The address, its whole, what was chosen since the last answer, and what lasts while the page is open.
    """

    query: str = Field(default="", max_length=50_000)
    href: str = Field(default="", max_length=50_000)
    chosen: tuple[Act, ...] = ()
    clicks: tuple[Click | None, ...] = ()
    brush: Brush | None = None
    search: Act | None = None
    years: tuple[Annotated[Year, BeforeValidator(lambda typed: typed or None)], ...] = ()
    other_years: tuple[Annotated[Year, BeforeValidator(lambda typed: typed or None)], ...] = ()
    viewport: Viewport = None
    page: int = Field(default=0, ge=0)
    columns: tuple[Name, ...] = ()
    opened: dict[Name, bool | None] = {}
    find: dict[Name, Annotated[str, Field(max_length=200)] | None] = {}
    seen: dict[str, int] = {}

    def is_typed(self, field: str, value: Any) -> bool:
        """Whether a field holds another value than the last answer put there."""
        return self.seen.get(field) != crc32(orjson.dumps(value))


def register(app: Dash, datasets: Datasets) -> None:
    """Register all callbacks of the page."""
    _register_views(app, datasets)
    _register_closer_looks(app, datasets)
    _register_line_choice(app, datasets)
    _register_browser(app)


def _register_views(app: Dash, datasets: Datasets) -> None:
    """Menu, chip, map, bar, brush, row, tab, sort, search, typed years: each leads to an address, and that to the page.

    Dash does not ask again for what is both put in and given out here, so a choice is answered in one go.
    """

    @app.callback(
        output={
            "views": {one.id: Output(one.id, one.prop) for one in VIEWS},
            "seen": Output("seen", "data"),
            "query": Output("address", "search"),
            "chosen": Output("chosen", "data"),
            "clicks": [Output(one, "clickData") for one in CLICKED],
            "brush": Output(BRUSHED, "selectedData"),
        },
        inputs={
            "query": Input("address", "search"),
            "chosen": Input("chosen", "data"),
            "clicks": [Input(one, "clickData") for one in CLICKED],
            "brush": Input(BRUSHED, "selectedData"),
            "search": Input(SEARCH, "value"),
            "submitted": [[Input(one, "n_submit"), Input(one, "n_blur")] for one in (*YEAR_ENDS, *OTHER_ENDS)],
        },
        state=REMEMBERED,
    )
    def show(**question: Any) -> dict[str, Any]:
        if question["query"] is None:
            raise PreventUpdate  # the address is not known yet
        asked = Question.model_validate({key: value for key, value in question.items() if value is not None})
        query = chosen_address(datasets, asked)
        # What is answered here is not to be chosen again with the next question.
        given = {
            "query": query if query != asked.query else no_update,
            "chosen": _emptied(question["chosen"]),
            "clicks": [_emptied(click) for click in question["clicks"]],
            "brush": UNBRUSHED if asked.brush and asked.brush.range else no_update,
        }
        with speaking(named_in(query)):
            return answer(datasets, asked.model_copy(update={"query": query})) | given


def _emptied(value: Any) -> Any:
    return no_update if value is None else None


def chosen_address(datasets: Datasets, asked: Question) -> str:
    """The address to which all that was chosen since the last answer leads."""
    acts = [*_typed(asked), *_brushed(asked.brush), *_clicked(asked.clicks), *asked.chosen]
    others = _span(asked.other_years) if _is_new(asked, OTHER_ENDS, asked.other_years) else ""
    if not acts and not others:
        return asked.query
    selection = datasets.read(asked.query)[1].selection
    for act in acts:
        selection = selection.act(act)
    if others:
        selection = selection.beside("years", (others,))
    return write(selection)


def _typed(asked: Question) -> Iterator[str]:
    """What stands in a field and was not put there by the last answer: the years, once there are two; the search."""
    if _is_new(asked, YEAR_ENDS, asked.years):
        yield f"years:={_span(asked.years)}"
    if asked.search is not None and asked.is_typed(SEARCH, asked.search):
        yield f"search:={asked.search}"


def _brushed(brush: Brush | None) -> Iterator[str]:
    if brush and brush.range:
        yield f"years:={_span(map(round, brush.range.x))}"


def _clicked(clicks: Iterable[Click | None]) -> Iterator[str]:
    """The choices of the bars or dots that were clicked."""
    for click in clicks:
        if click and click.points and click.points[0].customdata:
            yield click.points[0].customdata


def _is_new(asked: Question, fields: Sequence[str], ends: Sequence[int | None]) -> bool:
    return all(ends) and any(map(asked.is_typed, fields, ends))


def _taken(asked: Question) -> dict[str, int]:
    """Checksums of the years that were typed and are chosen now: a field that holds another year is put right."""
    typed = ((YEAR_ENDS, asked.years), (OTHER_ENDS, asked.other_years))
    taken = [zip(fields, ends, strict=True) for fields, ends in typed if _is_new(asked, fields, ends)]
    return {field: crc32(orjson.dumps(end)) for span in taken for field, end in span}


def _span(ends: Iterable[int | None]) -> str:
    return "-".join(map(str, sorted({end for end in ends if end})))


def answer(datasets: Datasets, asked: Question) -> dict[str, Any]:
    """By id what each view is, `no_update` where the browser has it; and the checksums of all of them."""
    shown = shown_of(datasets, asked)
    texts = {one.id: made(one, shown) for one in VIEWS}
    seen = {name: crc32(text) for name, text in texts.items()}
    held = asked.seen | _taken(asked)
    fresh = {name: orjson.Fragment(text) if held.get(name) != seen[name] else no_update for name, text in texts.items()}
    return {"views": fresh, "seen": seen}


def shown_of(datasets: Datasets, asked: Question) -> Shown:
    """What the views of an address are made from."""
    opened, reading, summary = datasets.read_and_count(asked.query)
    here = urlsplit(asked.href)._replace(query="", fragment="").geturl()
    menus = {key: asked.find.get(key) or "" for key, is_open in asked.opened.items() if is_open}
    compared = second(reading.selection, opened.travel)
    return Shown(
        opened.travel,
        reading,
        summary,
        opened.cards,
        opened.upload,
        asked.viewport,
        asked.page,
        asked.columns,
        menus,
        here,
        opened.counted(compared) if compared else None,
    )


def made(view: View, shown: Shown) -> bytes:
    """The value of one view as JSON, components included."""
    return orjson.dumps(view.make(shown), option=JSON, default=_component)


def _component(value: Any) -> Any:
    if isinstance(value, Component):
        as_json: Any = value.to_plotly_json()  # type: ignore[no-untyped-call]
        return as_json
    raise TypeError(f"{type(value)} is not JSON")


def _register_closer_looks(app: Dash, datasets: Datasets) -> None:
    """What a reader looks at more closely without choosing: a page of the table, a part of the map, a menu."""

    @app.callback(
        Output(ROWS.id, ROWS.prop, allow_duplicate=True),
        Output("seen", "data", allow_duplicate=True),
        inputs={"page": Input("turned", "data"), "columns": Input("columns", "value")},
        state={"query": State("address", "search")},
        prevent_initial_call=True,
    )
    def turn_page(**question: Any) -> list[Any]:
        return _some(datasets, [ROWS], question)

    @app.callback(
        *(Output(one.id, one.prop, allow_duplicate=True) for one in (MAP, LEGEND)),
        Output("seen", "data", allow_duplicate=True),
        inputs={"viewport": Input("viewport", "data")},
        state={"query": State("address", "search")},
        prevent_initial_call=True,
    )
    def look_closer(**question: Any) -> list[Any]:
        return _some(datasets, [MAP, LEGEND], question)

    @app.callback(
        *(Output(one.id, one.prop, allow_duplicate=True) for one in OPTIONS),
        Output("seen", "data", allow_duplicate=True),
        inputs={
            "opened": {one.key: Input(f"{one.key}-menu", "opened") for one in MENUS},
            "find": {one.key: Input(f"{one.key}-search", "value") for one in MENUS},
        },
        state={"query": State("address", "search")},
        prevent_initial_call=True,
    )
    def fill_menu(**question: Any) -> list[Any]:
        if not any(question["opened"].values()):
            raise PreventUpdate
        return _some(datasets, OPTIONS, question)


def _register_line_choice(app: Dash, datasets: Datasets) -> None:
    """What lies under a click on the map is offered; which of it is chosen comes to `show`."""

    @app.callback(
        Output("line-choice", "children"),
        inputs={"picked": Input("picked", "data")},
        state={"query": State("address", "search")},
        prevent_initial_call=True,
    )
    def offer_trips(picked: Any, query: Any) -> list[Component]:
        with speaking(named_in(query or "")):
            return offered(shown_of(datasets, Question(query=query or "")), Picked.model_validate(picked or {}))


def _some(datasets: Datasets, views: Sequence[View], question: dict[str, Any]) -> list[Any]:
    """Some of the views, and their checksums among those of what the browser has."""
    asked, seen = Question.model_validate({key: value for key, value in question.items() if value is not None}), Patch()
    with speaking(named_in(asked.query)):
        shown = shown_of(datasets, asked)
        texts = [made(one, shown) for one in views]
    for one, text in zip(views, texts, strict=True):
        seen[one.id] = crc32(text)
    return [*(orjson.Fragment(text) for text in texts), seen]


def _register_browser(app: Dash) -> None:
    """What the browser must do itself; each function says in `assets/` why."""
    wire: Any = app.clientside_callback

    def browser(namespace: str, name: str, *wires: Any, **more: Any) -> None:
        wire(ClientsideFunction(namespace, name), *wires, **more)

    html = [Input(f"{one}-html", "data") for one in ("trip-list", "rows", "twins")]
    browser("texts", "put", *html, Input("chosen", "data"))
    browser("texts", "title", Input("sentence", "children"))
    browser("texts", "open", Output("share", "opened"), Input("share-open", "n_clicks"), prevent_initial_call=True)
    browser(
        "texts", "compared", Output("other-menu", "opened"), Input("compare", "children"), prevent_initial_call=True
    )
    for key in (*(one.key for one in MENUS), "years", "other", "columns"):
        opened = Output(f"{key}-words", "aria-expanded"), Input(f"{key}-menu", "opened")
        browser("texts", "expanded", *opened, prevent_initial_call=True)
    played = [Input(one, "value") for one in ("play-way", "play-speed", "play-year")]
    browser("play", "control", Input("film", "data"), *played)
    browser("pictures", "keep", Input("picture-words", "data"))
