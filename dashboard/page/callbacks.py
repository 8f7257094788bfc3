"""The wiring. Every choice becomes an address in `choose`; every address fills the page in `show`.

The address is the one state: what is not in it (the page of the table, what the map shows, a name typed into a menu)
lasts only while the page is open, and has a small callback of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any
from urllib.parse import urlsplit
from zlib import crc32

import orjson
from dash import ClientsideFunction, Dash, Input, Output, Patch, State, ctx, no_update, set_props
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate
from pydantic import BaseModel, Field, TypeAdapter

from dashboard.datasets.shelf import Shelf
from dashboard.figures import CHARTS
from dashboard.page.atlas import MAP
from dashboard.page.sentence import OPTIONS
from dashboard.page.shared_line import Picked, offered
from dashboard.page.shown import Shown, View, Viewport
from dashboard.page.table import ROWS
from dashboard.page.views import VIEWS
from dashboard.query.filters import MENUS
from dashboard.query.selection import write

JSON = orjson.OPT_SERIALIZE_NUMPY | orjson.OPT_NON_STR_KEYS
# The figures whose bars and dots choose something, as `customdata` says. What a click on the map means, lines and rings
# lying on each other, the browser finds out: assets/atlas.js.
CLICKED = ("year-strip", *(chart.id for chart in CHARTS))
YEAR_ENDS = ("years-from", "years-to")
Name = Annotated[str, Field(max_length=100)]
Query = Annotated[str, Field(max_length=50_000)]
Moment = Annotated[float, Field(ge=1, le=9999)]
Year = Annotated[int, Field(ge=1, le=9999)] | None


class Looked(BaseModel):
    """What `show` is asked: the address, its whole, and what lasts while the page is open."""

    query: Query = ""
    href: str = Field(default="", max_length=50_000)
    viewport: Viewport = None
    page: int = Field(default=0, ge=0)
    columns: tuple[Name, ...] = ()
    opened: dict[Name, bool | None] = {}
    find: dict[Name, Annotated[str, Field(max_length=200)] | None] = {}
    seen: dict[str, int] = {}


def register(app: Dash, shelf: Shelf) -> None:
    """Register all callbacks of the page."""
    _register_choices(app, shelf)
    _register_views(app, shelf)
    _register_closer_looks(app, shelf)
    _register_line_choice(app, shelf)
    _register_browser(app)


def _register_choices(app: Dash, shelf: Shelf) -> None:
    """Menu, chip, map, bar, brush, row, tab, sort, search, typed years: each choice writes the address, here only."""

    @app.callback(
        Output("address", "search"),
        inputs={
            "chosen": Input("chosen", "data"),
            "clicks": [Input(one, "clickData") for one in CLICKED],
            "typed": [[Input(one, "n_submit"), Input(one, "n_blur")] for one in YEAR_ENDS],
        },
        state={"years": [State(one, "value") for one in YEAR_ENDS], "query": State("address", "search")},
        prevent_initial_call=True,
    )
    def choose(**now: Any) -> Any:
        component, _, prop = ctx.triggered[0]["prop_id"].rpartition(".")
        if component in YEAR_ENDS:
            act = _typed(now["years"])
        elif prop == "clickData":
            act = _clicked(dict(zip(CLICKED, now["clicks"], strict=True)).get(component))
            if act:
                # The same bar clicked again would else be no change, and no click.
                set_props(component, {"clickData": None})
        else:
            act = _told(now["chosen"])
        query = TypeAdapter(Query).validate_python(now["query"] or "")
        chosen_query = write(shelf.read(query)[1].selection.act(act)) if act else query
        return chosen_query if chosen_query != query else no_update


def _told(chosen: Any) -> str:
    """What the browser tells: the text of an element with `data-choose`, or the years that were brushed."""
    if not isinstance(chosen, dict):
        return ""
    if "years" in chosen:
        return _years(round(end) for end in TypeAdapter(tuple[Moment, Moment]).validate_python(chosen["years"]))
    return _text(chosen.get("text"))


def _text(text: Any) -> str:
    return TypeAdapter(Annotated[str, Field(max_length=2_000)]).validate_python(text or "")


def _clicked(click: Any) -> str:
    """The choice of the bar or dot that was clicked."""
    points = click.get("points") if isinstance(click, dict) else None
    point = points[0] if isinstance(points, list) and points else None
    return _text(point.get("customdata")) if isinstance(point, dict) else ""


def _typed(years: Any) -> str:
    """The years of the two fields, once both hold one."""
    ends = TypeAdapter(tuple[Year, Year]).validate_python([end or None for end in years])
    return _years(end for end in ends if end) if all(ends) else ""


def _years(ends: Iterable[int]) -> str:
    return f"years:={'-'.join(map(str, sorted(set(ends))))}"


def _register_views(app: Dash, shelf: Shelf) -> None:
    """An address fills every part of the page; what the browser has already is not sent."""

    @app.callback(
        output={
            "views": {one.id: Output(one.id, one.prop) for one in VIEWS},
            "seen": Output("seen", "data"),
        },
        inputs={"query": Input("address", "search")},
        state={
            "href": State("address", "href"),
            "viewport": State("viewport", "data"),
            "columns": State("columns", "value"),
            "opened": {one.key: State(f"{one.key}-menu", "opened") for one in MENUS},
            "find": {one.key: State(f"{one.key}-search", "value") for one in MENUS},
            "seen": State("seen", "data"),
        },
    )
    def show(**asked: Any) -> dict[str, Any]:
        if asked["query"] is None:
            raise PreventUpdate  # the address is not known yet
        looked = Looked.model_validate({key: value for key, value in asked.items() if value is not None})
        return answer(shelf, looked)


def answer(shelf: Shelf, looked: Looked) -> dict[str, Any]:
    """By id what each view is, `no_update` where the browser has it; and the checksums of all of them."""
    shown = shown_of(shelf, looked)
    texts = {one.id: made(one, shown) for one in VIEWS}
    seen = {name: crc32(text) for name, text in texts.items()}
    fresh = {
        name: orjson.Fragment(text) if looked.seen.get(name) != seen[name] else no_update
        for name, text in texts.items()
    }
    return {"views": fresh, "seen": seen}


def shown_of(shelf: Shelf, looked: Looked) -> Shown:
    """What the views of an address are made from."""
    opened, reading, summary = shelf.look(looked.query)
    here = urlsplit(looked.href)._replace(query="", fragment="").geturl()
    menus = {key: looked.find.get(key) or "" for key, is_open in looked.opened.items() if is_open}
    return Shown(
        opened.travel,
        reading,
        summary,
        opened.cards,
        opened.upload,
        looked.viewport,
        looked.page,
        looked.columns,
        menus,
        here,
    )


def made(view: View, shown: Shown) -> bytes:
    """The value of one view as JSON, components included."""
    return orjson.dumps(view.make(shown), option=JSON, default=_component)


def _component(value: Any) -> Any:
    if isinstance(value, Component):
        as_json: Any = value.to_plotly_json()  # type: ignore[no-untyped-call]
        return as_json
    raise TypeError(f"{type(value)} is not JSON")


def _register_closer_looks(app: Dash, shelf: Shelf) -> None:
    """What a reader looks at more closely without choosing: a page of the table, a part of the map, a menu."""

    @app.callback(
        Output(ROWS.id, ROWS.prop, allow_duplicate=True),
        Output("seen", "data", allow_duplicate=True),
        inputs={"page": Input("turned", "data"), "columns": Input("columns", "value")},
        state={"query": State("address", "search")},
        prevent_initial_call=True,
    )
    def turn_page(**asked: Any) -> list[Any]:
        return _some(shelf, [ROWS], asked)

    @app.callback(
        Output(MAP.id, MAP.prop, allow_duplicate=True),
        Output("seen", "data", allow_duplicate=True),
        inputs={"viewport": Input("viewport", "data")},
        state={"query": State("address", "search")},
        prevent_initial_call=True,
    )
    def look_closer(**asked: Any) -> list[Any]:
        return _some(shelf, [MAP], asked)

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
    def fill_menu(**asked: Any) -> list[Any]:
        if not any(asked["opened"].values()):
            raise PreventUpdate
        return _some(shelf, OPTIONS, asked)


def _register_line_choice(app: Dash, shelf: Shelf) -> None:
    """What lies under a click on the map is offered; which of it is chosen comes to `choose`."""

    @app.callback(
        Output("line-choice", "children"),
        inputs={"picked": Input("picked", "data")},
        state={"query": State("address", "search")},
        prevent_initial_call=True,
    )
    def offer_trips(picked: Any, query: Any) -> list[Component]:
        return offered(shown_of(shelf, Looked(query=query or "")), Picked.model_validate(picked or {}))


def _some(shelf: Shelf, views: Sequence[View], asked: dict[str, Any]) -> list[Any]:
    """Some of the views, and their checksums among those of what the browser has."""
    looked = Looked.model_validate({key: value for key, value in asked.items() if value is not None})
    shown, seen = shown_of(shelf, looked), Patch()
    texts = [made(one, shown) for one in views]
    for one, text in zip(views, texts, strict=True):
        seen[one.id] = crc32(text)
    return [*(orjson.Fragment(text) for text in texts), seen]


def _register_browser(app: Dash) -> None:
    """What the browser must do itself; each function says in `assets/` why."""
    wire: Any = app.clientside_callback

    def browser(namespace: str, name: str, *wires: Any, **more: Any) -> None:
        wire(ClientsideFunction(namespace, name), *wires, **more)

    browser("texts", "brush", Input("year-strip", "selectedData"), prevent_initial_call=True)
    browser("texts", "put", Input("trip-list-html", "data"), Input("rows-html", "data"))
    browser("texts", "search", Input("table-search", "value"), State("address", "search"), prevent_initial_call=True)
    browser("texts", "open", Output("share", "opened"), Input("share-open", "n_clicks"), prevent_initial_call=True)
    browser("pictures", "keep", Input("picture-words", "data"))
    browser("figures", "follow", Input("theme", "computedColorScheme"))
