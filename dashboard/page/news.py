"""In the news: what was published, measured anew then and today; each figure opens the rows that it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.claims.published import Published, reproduced
from dashboard.claims.verdicts import HOLDS, UNDECIDED, Outcome, Verdict, judge
from dashboard.page.shown import Shown, View
from dashboard.query.counting import RULE_BY_KEY
from dashboard.tables.dates import say
from dashboard.tables.schema import CLAIMS, COUNTS

TITLES = {f"{CLAIMS.name}.csv": "The article", f"{COUNTS.name}.csv": "What others count"}


def panel() -> html.Div:
    """The place of the statements."""
    return html.Div(id="news", className="news")


def news(shown: Shown) -> list[Component]:
    """The statements of each file, and which counting rule gives which published count."""
    if shown.selection.view_state("tab") != "news":
        return []  # they say the same whatever is selected, and nobody looks
    if not shown.travel.statements or not shown.travel.in_memory:
        return [html.P("These data hold no published statements.", className="none")]
    verdicts = shown.cards.once("verdicts", lambda: judge(shown.travel))
    counts = shown.cards.once("published", lambda: list(reproduced(shown.travel)))
    files = dict.fromkeys(one.statement.file for one in verdicts)
    parts = [_file(name, [one for one in verdicts if one.statement.file == name]) for name in files]
    return [*parts, *([_table(counts)] if counts else [])]


def _file(name: str, verdicts: list[Verdict]) -> html.Section:
    title = TITLES.get(name, name.removesuffix(".csv").replace("-", " "))
    return html.Section([html.H3(title), html.Ol([_item(one) for one in verdicts])])


def _item(one: Verdict) -> html.Li:
    statement = one.statement
    who = [html.B(f"{statement.publisher}: ")] if statement.publisher else []
    lines = [
        html.P([*who, statement.statement]),
        _outcome(f"As of {say(statement.as_of)}", one.then),
        _outcome("Today", one.today),
        *([html.Small(statement.note)] if statement.note else []),
    ]
    return html.Li(lines, id=f"claim-{statement.claim}")


def _outcome(when: str, one: Outcome) -> html.P:
    """`As of 11 Sep 2023: holds, 4 of 9`, with ways to the rows; where it cannot be decided, why."""
    mark = {HOLDS: "holds", UNDECIDED: "undecided"}.get(one.verdict, "fails")
    says: list[Any] = [
        f"{when}: ",
        html.B(one.verdict, className=mark),
        f", {one.found}. " if one.found else f": {one.why}. ",
    ]
    whole: list[Any] = [" of ", _way("all", one.out_of)] if one.out_of else []
    return html.P([*says, _way("its rows", one.query), *whole])


def _way(says: str, query: str) -> dcc.Link:
    return dcc.Link(says, href=f"?{query}&tab=news", title=f"Show {query.replace('&', ', ')}")


def _table(counts: Iterable[Published]) -> html.Table:
    head = html.Tr([html.Th(name, scope="col") for name in ("Counted by", "Count", "Given by the rule")])
    rows = [
        html.Tr([html.Td(f"{one.publisher}, {say(one.as_of)}"), html.Td(one.count), html.Td(_given(one))])
        for one in counts
    ]
    return html.Table(
        [html.Caption("Which counting rule gives which published count"), html.Thead(head), html.Tbody(rows)]
    )


def _given(one: Published) -> str:
    """The usual rule where it gives the count, else each that does."""
    if () in one.settings:
        return "the usual one"
    return " or ".join(RULE_BY_KEY[key].phrase for (key,) in one.settings if key) or "no rule by itself"


VIEWS = (View("news", "children", news),)
