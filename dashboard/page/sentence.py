"""The heading, which is the filter: its underlined words open their choices, filled when they open."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice
from string import Formatter
from typing import Any

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from dashboard.language import gettext, listed, marked, number
from dashboard.page.choices import choice, named
from dashboard.page.languages import filled
from dashboard.page.shown import Shown, View
from dashboard.query.filters import BY_KEY, DOUBT, MENUS, Filter, year_range
from dashboard.query.selection import describe

# A menu longer than this gets a field to type a name into; the list then holds the most travelled only.
LONG_MENU = 40
# Among more names than these a reader types rather than looks.
FEW_NAMES = 10
YEARS = BY_KEY["years"]
# The filters that stand in the heading, by their keys; the other menus stand under it, as do the other choices.
HEADING = marked("{leader} travelled abroad {years} {transport}")


HEADED = {key for _, key, _, _ in Formatter().parse(HEADING) if key}


def sentence() -> list[Component]:
    """The heading as the page begins, and for screen readers the whole sentence as its title."""
    menus = {key: menu(BY_KEY[key]) for key in HEADED if BY_KEY[key].count} | {YEARS.key: years_menu()}
    heading = filled(gettext(HEADING), **menus)
    words = [piece if isinstance(piece, Component) else html.Span(piece) for piece in heading]
    group = html.Div(words, className="sentence", **named(gettext("Choose leader, years and transport"), "group"))
    return [html.H1(id="sentence", className="unseen"), group]


def chips(*more: Component) -> html.Div:
    """Under the heading: the choices that it cannot hold, the menus of the filters that are not in it, and `more`."""
    menus = [menu(one) for one in MENUS if one.key not in HEADED]
    return html.Div([html.Div(id="chips"), *menus, *more], className="chips", **named(gettext("More filters"), "group"))


def menu(one: Filter) -> dmc.Popover:
    """The words of one filter, and behind them what can be chosen, with a field to find a name."""
    label = gettext(one.label)
    says = gettext("Find: {filter}", filter=label.lower())
    find = dmc.TextInput(id=f"{one.key}-search", placeholder=gettext("Type a name"), debounce=200, **named(says))
    options = html.Div(id=f"{one.key}-options", className="options", **named(label, "group"))
    return popover(one.key, one.unchosen, label, [html.Div(find, id=f"{one.key}-find", hidden=True), options])


def years_menu() -> dmc.Popover:
    """The years: two fields to type into, and the way back to all of them."""
    fields = [
        dmc.NumberInput(
            id=f"years-{end}", label=says, value="", allowDecimal=False, allowNegative=False, hideControls=True
        )
        for end, says in (("from", gettext("from")), ("to", gettext("to")))
    ]
    rest = choice("years=", gettext("All years"), "option")
    return popover("years", YEARS.unchosen, gettext(YEARS.label), [html.Div(fields, className="years"), rest])


def popover(
    key: str, says: str, label: str, content: list[Component], class_name: str = "words", position: Any = "bottom-start"
) -> dmc.Popover:
    """Words that open a menu under them; Escape, a click elsewhere, and Tab out of it close it: assets/choices.js."""
    title, menu = gettext("Choose: {filter}", filter=label.lower()), {"data-menu": key}
    states: Any = {"aria-haspopup": "dialog", "aria-expanded": "false", **menu}
    opener = dmc.UnstyledButton(says, id=f"{key}-words", className=class_name, buttonProps={"title": title}, **states)
    return dmc.Popover(
        [
            dmc.PopoverTarget(opener, boxWrapperProps={"display": "inline-block"}),
            dmc.PopoverDropdown(content, className="menu", **menu),
        ],
        id=f"{key}-menu",
        position=position,
        # In its own place in the page, so that Tab leads from the words into their menu.
        withinPortal=False,
        withRoles=False,
        keepMounted=True,
        transitionProps={"duration": 0},
    )


def menu_options(one: Filter) -> Callable[[Shown], list[Component]]:
    """What fills the menu of one filter while it stands open; thousands of names that nobody sees are not sent."""
    return lambda shown: _options(shown, one, shown.menus[one.key]) if one.key in shown.menus else []


def _options(shown: Shown, one: Filter, find: str) -> list[Component]:
    """The values of a menu with the trips that each would give, most first; those whose name holds `find`."""
    key, find = one.key, find.strip().lower()
    counts, chosen = shown.summary.options[key], shown.selection.values(key)
    values = map(str, counts.index)
    # Naming every leader of a large folder takes longer than counting their trips.
    found = (value for value in values if not find or find in one.name(shown.travel, value).lower())
    offered = dict.fromkeys([*islice(found, LONG_MENU), *chosen])
    rest = [
        choice(
            f"{key}={value}",
            [
                html.Span(one.name(shown.travel, value)),
                html.Span(number(int(counts.get(value, 0))), className="count"),
            ],
            "option",
            pressed=value in chosen,
        )
        for value in offered
    ]
    return [choice(f"{key}=", any_of(one), "option"), *rest]


def any_of(one: Filter) -> str:
    """What lifts a filter: `Any transport`."""
    return gettext("Any {filter}", filter=gettext(one.label).lower())


def menu_words(one: Filter) -> Callable[[Shown], str]:
    """The words behind which the choices of one filter stand; a chip's own choices stand beside it."""
    headed = one.key in HEADED
    return lambda shown: one.heading(shown.travel, shown.selection.values(one.key) if headed else ())


def years_of(shown: Shown) -> tuple[str, ...]:
    """The chosen years, or those that the trips span, as the address has them; none where no year is known."""
    trips = shown.summary.years_all.sum(axis=1)
    years = trips.index[trips > 0]
    ends = dict.fromkeys(f"{int(year):04}" for year in (years.min(), years.max())) if len(years) else {}
    return shown.selection.values("years") or (("-".join(ends),) if ends else ())


def years_words(shown: Shown) -> str:
    """The chosen years, or the years that the data span."""
    return listed((YEARS.name(shown.travel, value) for value in years_of(shown)), "or") or YEARS.unchosen


def title_of(shown: Shown) -> str:
    """The selection as a sentence, which always says the years."""
    return describe(shown.travel, shown.selection.choose("years", years_of(shown)))


def year_end(which: int) -> Callable[[Shown], int | str]:
    """First (0) or last (1) year of the one range chosen, or of the trips, for the fields; else nothing."""

    def make(shown: Shown) -> int | str:
        years = years_of(shown)
        return year_range(years[0])[which] if len(years) == 1 and not years[0].endswith(DOUBT) else ""

    return make


def is_short(key: str) -> Callable[[Shown], bool]:
    """Whether the data hold so few values for a filter that its menu needs no field to find one."""
    return lambda shown: len(list(islice(BY_KEY[key].known(shown.travel), FEW_NAMES + 1))) <= FEW_NAMES


def chosen_chips(shown: Shown) -> list[Component]:
    """The choices that the sentence cannot hold, each with a way to lift it, and `Everything`."""
    held: list[tuple[str, Any, str]] = [
        (f"{key}={value}", BY_KEY[key].name(shown.travel, value), gettext(BY_KEY[key].label).lower())
        for key, values in shown.selection.chosen
        if key not in HEADED
        for value in values
    ]
    lifted = [
        choice(act, f"{name} ✕", "chip chosen", title=gettext("Lift: {filter}", filter=label))
        for act, name, label in held
    ]
    return [*lifted, *([choice("=", gettext("Everything"), "chip")] if shown.selection.chosen else [])]


OPTIONS = tuple(View(f"{one.key}-options", "children", menu_options(one)) for one in MENUS)
VIEWS = (
    View("sentence", "children", title_of),
    *(View(f"{one.key}-words", "children", menu_words(one)) for one in MENUS),
    *(View(f"{one.key}-find", "hidden", is_short(one.key)) for one in MENUS),
    *OPTIONS,
    View("years-words", "children", years_words),
    View("years-from", "value", year_end(0)),
    View("years-to", "value", year_end(1)),
    View("chips", "children", chosen_chips),
)
