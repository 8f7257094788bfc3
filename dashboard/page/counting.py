"""How it is counted: next to the count, the switches of the rule and the unit; what a day's reader did not know."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from dashboard import words
from dashboard.page.choices import choice, named
from dashboard.page.shown import Shown, View
from dashboard.query.counting import RULES, UNIT_BY_KEY, UNITS, total
from dashboard.query.known_on_day import not_yet_known
from dashboard.tables.dates import say

MOST_NAMED = 20


def counting() -> html.Details:
    """The switches, closed until they are asked for, and what was not yet known."""
    switches = html.Div(id="counting", **named("Counting rule and unit", "group"))
    return html.Details([html.Summary("How is this counted?"), switches], className="counting")


def not_known() -> html.Div:
    """The place of the notice of a look back."""
    return html.Div(id="not-known", role="status")


def switches(shown: Shown) -> list[Component]:
    """A switch for each rule with how it is usually counted, and the units."""
    rules, unit = shown.selection.values("rule"), shown.selection.values("unit")
    each = [
        html.Li([choice(f"rule={one.key}", one.label, "chip", pressed=one.key in rules), f" Usually {one.usual}."])
        for one in RULES
    ]
    units = [choice(f"unit={one.key}", one.many, "chip", pressed=one.key in unit) for one in UNITS]
    return [html.Ul(each), html.P(["Counted in: ", *units])]


def in_unit(shown: Shown) -> str:
    """`13 meetings`, where another unit than the trip is chosen; else ''."""
    chosen = next(iter(shown.selection.values("unit")), "")
    if not chosen or not shown.travel.in_memory:
        return ""
    unit, figures = UNIT_BY_KEY[chosen], shown.summary.figures
    doubt = "?" if unit.key == "day" and figures.days_uncertain + figures.days_unknown else ""
    return words.count(total(unit.rows(shown.summary.selected)), unit.one, unit.many) + doubt


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
    says = [f"As a reader of {say(day)} knew it."]
    if under_way:
        says.append(f"Under way, its later stops not known: {', '.join(under_way)}.")
    if later.empty:
        return [html.P(" ".join(says))]
    days_known = later["known_from"].dt.strftime("%Y-%m-%d").fillna("")
    listed = [
        html.Li(_later(*row))
        for row in later.assign(known_from=days_known).head(MOST_NAMED).itertuples(index=False, name=None)
    ]
    more = [html.Li(f"and {len(later) - MOST_NAMED:,} more")] if len(later) > MOST_NAMED else []
    title = html.Summary(f"{words.count(len(later), 'trip')} not yet known")
    return [html.P(" ".join(says)), html.Details([title, html.Ul([*listed, *more])])]


def _later(trip_id: str, left: str, known: str, why: str, doubted: bool, announced: bool) -> str:
    from_day = say(known) + ("?" if doubted else "") if known else "an unknown day"
    announced_by = "; announced by then" if announced else ""
    return f"{trip_id}, left {say(left)}: known from {from_day} ({why}){announced_by}"


VIEWS = (View("counting", "children", switches), View("not-known", "children", notice))
