"""In the news: what was published, measured anew then and today; each figure opens the rows that it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from urllib.parse import quote

from dash import dcc, html
from dash.development.base_component import Component

from dashboard.claims.measures import Statement
from dashboard.claims.published import Published, reproduced
from dashboard.claims.verdicts import HOLDS, NEVER, NO_LONGER, UNDECIDED, Outcome, Verdict, judge
from dashboard.language import gettext, in_address, listed, marked, ngettext, number, spoken
from dashboard.language.days import day
from dashboard.page.languages import filled
from dashboard.page.shown import Shown, View
from dashboard.query.counting import RULE_BY_KEY
from dashboard.query.misfits import misfits
from dashboard.tables.dates import say
from dashboard.tables.schema import CLAIMS, COUNTS
from dashboard.travel.travel import Travel

VERDICTS = {
    HOLDS: marked("holds"),
    NO_LONGER: marked("no longer holds"),
    NEVER: marked("does not hold"),
    UNDECIDED: marked("cannot be decided"),
}
# Of more trips it would take too long to compare each with its words.
MOST_COMPARED = 500
TITLES = {f"{CLAIMS.name}.csv": marked("The article"), f"{COUNTS.name}.csv": marked("What others count")}


def panel() -> html.Div:
    """The place of the statements."""
    return html.Div(id="news", className="news")


def news(shown: Shown) -> list[Component]:
    """The statements of each file, and which counting rule gives which published count."""
    if shown.selection.view_state("tab") != "news":
        return []  # they say the same whatever is selected, and nobody looks
    if not shown.travel.statements or not shown.travel.in_memory:
        return [html.P(gettext("These data hold no published statements."), className="none"), *_misfits(shown)]
    verdicts = shown.cards.once("verdicts", lambda: judge(shown.travel.in_english))
    counts = shown.cards.once("published", lambda: list(reproduced(shown.travel.in_english)))
    files = dict.fromkeys(one.statement.file for one in verdicts)
    parts = [_file(name, [one for one in verdicts if one.statement.file == name]) for name in files]
    return [*_misfits(shown), *_broken(verdicts), *parts, *([_table(counts)] if counts else [])]


def _broken(verdicts: list[Verdict]) -> list[Component]:
    """The statements that held when they were entered and are not reproduced: a row that they look at has changed."""
    broken = [one.statement for one in verdicts if not one.reproduced]
    if not broken:
        return []
    says = ngettext(
        "{number} statement below was true by these data when it was written down, and is no longer: "
        "one of the rows that it counts may be wrong.",
        "{number} statements below were true by these data when they were written down, and are no longer: "
        "one of the rows that they count may be wrong.",
        len(broken),
    )
    links = [html.Li(html.A(one.statement, href=f"#claim-{one.claim}")) for one in broken]
    return [html.Section([html.P(html.B(says)), html.Ul(links)], className="broken")]


def _misfits(shown: Shown) -> list[Component]:
    """The trips that do not fit what is said of them, each with what that is; of many only the open one says it."""
    travel = shown.travel
    if not travel.in_memory or travel.size > MOST_COMPARED:
        return []
    found = shown.cards.once(
        f"misfits {spoken().code}", lambda: {at: some for at in travel.trips.index if (some := misfits(travel, at)).all}
    )
    against = {at: some.contradictions for at, some in found.items() if some.contradictions}
    harmless = {at: some.harmless for at, some in found.items() if some.harmless}
    parts: list[Component] = []
    if against:
        title = gettext("What does not fit: {number}", number=number(sum(map(len, against.values()))))
        says = gettext(
            "Rows that do not fit each other, or the words of their note or their sources. Either may be wrong."
        )
        parts += [html.H3(title), html.P(says), _of_trips(travel, against)]
    if harmless:
        says = gettext("Gaps and other ways of counting, which make no row wrong:")
        parts += [html.P(says), _of_trips(travel, harmless)]
    return [html.Section(parts, className="misfits")] if parts else []


def _of_trips(travel: Travel, found: dict[int, list[str]]) -> html.Ul:
    """What was found of each trip, with a way to it."""
    named = [(str(travel.trips.at[at, "trip_id"]), some) for at, some in found.items()]
    return html.Ul(
        [html.Li([dcc.Link(one, href=f"?trip={quote(one, safe='')}"), ": ", "; ".join(some)]) for one, some in named]
    )


def _file(name: str, verdicts: list[Verdict]) -> html.Section:
    title = gettext(TITLES[name]) if name in TITLES else name.removesuffix(".csv").replace("-", " ")
    return html.Section([html.H3(title), html.Ol([_item(one) for one in verdicts])])


def _item(one: Verdict) -> html.Li:
    statement = one.statement
    who = [html.B(f"{statement.publisher}: ")] if statement.publisher else []
    lines = [
        html.P([*who, statement.statement]),
        _outcome(gettext("As of {day}", day=say(statement.as_of)), statement, one.then),
        _outcome(gettext("Today"), statement, one.today),
        *([html.Small(statement.note)] if statement.note else []),
    ]
    return html.Li(lines, id=f"claim-{statement.claim}")


def _outcome(when: str, statement: Statement, one: Outcome) -> html.P:
    """`As of 11 Sep 2023: holds, 4 of 9`, with ways to the rows; where it cannot be decided, why."""
    mark = {HOLDS: "holds", UNDECIDED: "undecided"}.get(one.verdict, "fails")
    verdict = html.B(gettext(VERDICTS[one.verdict]), className=mark)
    found = gettext("{when}: {verdict}, {found}.") if one.found else gettext("{when}: {verdict}: {why}.")
    says = filled(found, when=when, verdict=verdict, found=_found(statement, one.found), why=one.why)
    rows = _way(gettext("its rows"), one.query)
    if not one.out_of:
        return html.P([*says, " ", rows])
    return html.P([*says, " ", rows, ", ", _way(gettext("all rows that it is a share of"), one.out_of)])


def _found(statement: Statement, found: str) -> str:
    """What was found, in words: a share and a day are measured as English text, which the tables of statements hold."""
    if statement.measure == "share" and " of " in found:
        part, _, whole = found.partition(" of ")
        return gettext("{part} of {whole}", part=part, whole=whole)
    if statement.measure == "weekday" and found:
        return day(date.fromisoformat(found.rpartition(" ")[2]), "yMMMMEEEEd")
    return found


def _way(says: str, query: str) -> dcc.Link:
    return dcc.Link(
        says,
        href=f"?{query}&tab=news{in_address()}",
        title=gettext("Show {choices}", choices=query.replace("&", ", ")),
    )


def _headings() -> tuple[str, ...]:
    return gettext("Counted by"), gettext("Count"), gettext("Given by the rule")


def _table(counts: Iterable[Published]) -> html.Table:
    head = html.Tr([html.Th(name, scope="col") for name in _headings()])
    rows = [
        html.Tr([html.Td(f"{one.publisher}, {say(one.as_of)}"), html.Td(one.count), html.Td(_given(one))])
        for one in counts
    ]
    return html.Table(
        [html.Caption(gettext("Which counting rule gives which published count")), html.Thead(head), html.Tbody(rows)]
    )


def _given(one: Published) -> str:
    """The usual rule where it gives the count, else each that does."""
    if () in one.settings:
        return gettext("the usual one")
    rules = [gettext(RULE_BY_KEY[key].phrase) for (key,) in one.settings if key]
    return listed(rules, "or") if rules else gettext("no rule by itself")


VIEWS = (View("news", "children", news),)
