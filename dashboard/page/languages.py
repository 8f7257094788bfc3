"""The languages: the ways to the same view in another one, and the sentences that scripts say."""

from __future__ import annotations

from string import Formatter
from typing import Any

from dash import html
from dash.development.base_component import Component

from dashboard.language import LANGUAGES, gettext, marked, spoken
from dashboard.language.languages import LANG
from dashboard.page.choices import named
from dashboard.page.shown import Shown, View
from dashboard.query.selection import write
from dashboard.tables.transport import TRANSPORT_NAMES, in_words

# What scripts say, by name; they find it in the page (`window.words`). A place in braces is filled in by the script.
FOR_SCRIPTS = {
    "copied": marked("Copied"),
    "not_copied": marked("Not copied: select the text and copy it by key"),
    "asking": marked("Loading …"),
    "slow": marked("The server has not answered yet."),
    "interrupted": marked("A part of the page did not arrive. Load it again once the network is back."),
    "unanswered": marked("The server does not answer. It is asked again until it does."),
    "home": marked("{place}: where the trips begin"),
    "more": marked("and {number} more"),
    "play": marked("Play"),
    "pause": marked("Pause"),
    "not_played": marked("Nothing is played; the years are {first} to {last}"),
    "played_none": marked("{year}: no trip"),
    "played_one": marked("{year}: 1 trip. {places}"),
    "played": marked("{year}: {number} trips. {places}"),
    "played_until": marked("{first} to {year}: {number} trips"),
}


def filled(sentence: str, **parts: Any) -> list[Any]:
    """A sentence with components in its named places, piece by piece, in the order of the language."""
    pieces = [
        piece for between, name, _, _ in Formatter().parse(sentence) for piece in (between, parts.get(name or ""))
    ]
    return [piece for piece in pieces if piece]


def for_scripts() -> dict[str, str]:
    """`FOR_SCRIPTS` and the transports in the language that is spoken."""
    return {name: gettext(says) for name, says in FOR_SCRIPTS.items()} | {
        mode: in_words(mode) for mode in TRANSPORT_NAMES
    }


def links() -> html.Div:
    """The place of the links."""
    return html.Div(id="languages", **named(gettext("Language"), "group"))


def ways(shown: Shown) -> list[Component]:
    """A link to the same view in each language. Each is an address of its own, so the whole page is read anew."""
    now: Any = {"aria-current": "true"}
    return [
        html.A(
            one.name,
            href=write(shown.selection.choose(LANG, (one.code,))),
            lang=one.code,
            hrefLang=one.code,
            **(now if one == spoken() else {}),
        )
        for one in LANGUAGES
    ]


VIEWS = (View("languages", "children", ways),)
