"""How it is counted: next to the count, the switches of the rule and the unit; what a day's reader did not know."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard.language import gettext, ngettext, number
from dashboard.page.choices import choice, named
from dashboard.page.shown import Shown, View
from dashboard.query.counting import RULES, UNIT_BY_KEY, UNITS, total
from dashboard.query.known_on_day import not_yet_known
from dashboard.tables.dates import say

MOST_NAMED = 20


def counting() -> html.Details:
    """The switches, closed until they are asked for, and what was not yet known."""
    switches = html.Div(id="counting", **named(gettext("Counting rule and unit"), "group"))
    return html.Details([html.Summary(gettext("How is this counted?")), switches], className="counting")


def not_known() -> html.Div:
    """The place of the notice of a look back."""
    return html.Div(id="not-known", role="status")


def switches(shown: Shown) -> list[Component]:
    """A switch for each rule with how it is usually counted, and the units."""
    rules, unit = shown.selection.values("rule"), shown.selection.values("unit")
    each = [
        html.Li(
            [choice(f"rule={one.key}", gettext(one.label), "chip", pressed=one.key in rules), " ", gettext(one.usual)]
        )
        for one in RULES
    ]
    units = [choice(f"unit={one.key}", gettext(one.many), "chip", pressed=one.key in unit) for one in UNITS]
    return [html.Ul(each), html.P([gettext("Counted in: "), *units])]


def in_unit(shown: Shown) -> str:
    """`13 meetings`, where another unit than the trip is chosen; else ''."""
    chosen = next(iter(shown.selection.values("unit")), "")
    if not chosen or not shown.travel.in_memory:
        return ""
    unit, figures = UNIT_BY_KEY[chosen], shown.summary.figures
    doubt = "?" if unit.key == "day" and figures.days_uncertain + figures.days_unknown else ""
    return ngettext(*unit.counted, total(unit.rows(shown.summary.selected))) + doubt


def notice(shown: Shown) -> list[Component]:
    """Where the page looks back: which trips that day's reader did not know, and which were under way."""
    days = shown.selection.values("known")
    if not days or not shown.travel.in_memory:
        return []
    day = max(days)
    later = not_yet_known(shown.travel, day)
    leaders = shown.selection.values("leader")
    later = later[shown.travel.trips.loc[later.index, "leader_id"].isin(leaders).to_numpy()] if leaders else later
    trips = shown.summary.travel.trips
    under_way = trips.loc[trips["under_way"].to_numpy(), "trip_id"].tolist()
    says = [gettext("As a reader of {day} knew it.", day=say(day))]
    if under_way:
        says.append(gettext("Under way, its later stops not known: {trips}.", trips=", ".join(under_way)))
    if later.empty:
        return [html.P(" ".join(says))]
    days_known = later["known_from"].dt.strftime("%Y-%m-%d").fillna("")
    listed = [
        html.Li(_later(*row))
        for row in later.assign(known_from=days_known).head(MOST_NAMED).itertuples(index=False, name=None)
    ]
    left = len(later) - MOST_NAMED
    more = [html.Li(gettext("and {number} more", number=number(left)))] if left > 0 else []
    title = html.Summary(ngettext("{number} trip not yet known", "{number} trips not yet known", len(later)))
    return [html.P(" ".join(says)), html.Details([title, html.Ul([*listed, *more])])]


def _later(trip_id: str, left: str, known: str, why: str, doubted: bool, announced: bool) -> str:
    said = {
        "trip": trip_id,
        "left": say(left),
        "day": say(known) + ("?" if doubted else "") if known else gettext("an unknown day"),
        "why": gettext(why),
    }
    if announced:
        return gettext("{trip}, left {left}: known from {day} ({why}); announced by then", **said)
    return gettext("{trip}, left {left}: known from {day} ({why})", **said)


VIEWS = (View("counting", "children", switches), View("not-known", "children", notice))
