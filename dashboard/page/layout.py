"""The page as Dash draws it, before anything is counted; `callbacks` fills the parts that `VIEWS` names."""

from __future__ import annotations

import json
import re
from pathlib import Path
from zlib import crc32

import dash_mantine_components as dmc
from dash import Dash, dcc, html
from markupsafe import escape

from dashboard.figures.style import DARK, transport_styles
from dashboard.language import gettext, in_address, marked, spoken
from dashboard.page import (
    charts,
    compare,
    counting,
    footer,
    key_figures,
    languages,
    map_card,
    panel,
    pictures,
    sentence,
    share,
    table,
)
from dashboard.page.choices import named

INDEX = Path(__file__).parents[1] / "templates" / "page" / "index.html"
SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'
DESCRIPTION = marked("Where leaders travel, how, and whom they meet: a map, charts, a table, and sources.")
PLACE = re.compile(r"\{% ?(LANGUAGE|DESCRIPTION|WORDS) ?%\}")
THEME = {"fontFamily": SANS, "primaryColor": "blue", "defaultRadius": "md", "cursorType": "pointer"}
# What the page remembers beside its address. `chosen`: what was last clicked; `seen`: the checksums of what the
# browser has; `turned`: the page of the table; `viewport`: what the map shows; `picked`: what lay under a click on it;
# the others are texts on their way to where a script puts them.
STORES = ("chosen", "seen", "turned", "viewport", "picked", "picture-words", "trip-list-html", "rows-html",
          "twins-html", "film")  # fmt: skip


class Page(Dash):
    """Dash, whose HTML around the page is in the language of whoever asks."""

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """The HTML of the page: `parts` are what Dash puts into it."""
        # No text may end the element that it stands in.
        words = json.dumps(languages.for_scripts(), ensure_ascii=False).replace("<", "\\u003c")
        own = {
            "LANGUAGE": spoken().code,
            "DESCRIPTION": escape(gettext(DESCRIPTION)),
            "WORDS": words,
        }
        text: str = super().interpolate_index(**parts)  # type: ignore[no-untyped-call]
        text = text.replace("Loading...", escape(gettext("The page is loading.")), 1)
        return PLACE.sub(lambda found: str(own[found[1]]), text)


def index(assets: Path) -> str:
    """The HTML around the page, for Dash to put its scripts into: icon, colours of the transports and the dark."""
    text = INDEX.read_text("utf-8")
    for place, name in (("ICON", "icon.svg"), ("SCHEME", "scheme.js")):
        text = text.replace(place, f"assets/{name}?m={crc32((assets / name).read_bytes()):x}")
    return text.replace("TRANSPORT_STYLES", transport_styles()).replace("DARK_COLOURS", json.dumps(DARK))


def page() -> dmc.MantineProvider:
    """All of the page, in the order in which it is read."""
    question = html.Section(
        [
            key_figures.upload(),
            *sentence.sentence(),
            key_figures.key_figures(),
            counting.not_known(),
            key_figures.print_note(),
            sentence.chips(compare.menu(), counting.counting()),
            key_figures.notices(),
            key_figures.announced(),
        ],
        className="question",
    )
    main = html.Main(
        [
            question,
            compare.comparison(),
            html.Div([map_card.map_card(), panel.panel()], className="top"),
            charts.charts(),
            table.card(),
            share.dialog(),
        ]
    )
    whole = [
        html.A(gettext("Skip to the trips"), href="#trips", className="skip"),
        header(),
        main,
        pictures.foot(),
        footer.footer(),
    ]
    memory = [dcc.Location(id="address", refresh=False), *(dcc.Store(id=one) for one in STORES)]
    return dmc.MantineProvider(
        html.Div([*memory, *whole], id="page", className="page"), theme=THEME, defaultColorScheme="auto"
    )


def header() -> html.Header:
    """The name of the page, and the ways to what is not on it at first sight."""
    ways = [
        (gettext("Your own trips"), f"upload{in_address('?')}"),
        (gettext("Download"), "#table"),
        (gettext("About the data"), "#about"),
    ]
    theme = dmc.ColorSchemeToggle(
        id="theme",
        lightIcon="☀",
        darkIcon="☾",
        variant="default",
        className="button",
        **named(gettext("Light or dark")),
    )
    links = [html.A(says, href=address) for says, address in ways]
    nav = html.Nav([*links, share.opener(), languages.links(), theme], **named(gettext("Pages")))
    return html.Header([html.A("Leader Travel", href="?", className="brand"), nav])
