"""Words that no catalogue has: every page in a language whose sentences stand in brackets, read for letters outside.

Its days, numbers and countries are Korean, so that an English month is found too. What the data say is in no catalogue,
and taken out first; so are names of formats and programs.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from gettext import NullTranslations
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app import create_app
from dashboard.datasets.datasets import Datasets
from dashboard.datasets.store import Store
from dashboard.language import Language, speaking
from dashboard.page import layout
from dashboard.page.callbacks import Question, made, shown_of
from dashboard.page.views import VIEWS
from dashboard.query.filters import MENUS
from dashboard.query.view_state import EMBEDS, TABS
from dashboard.travel.build import Travel

ASSETS = Path(__file__).parents[1] / "assets"


class Bracketed(NullTranslations):
    """Sentences as the code has them, in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧" if message else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


class Pseudo(Language):
    """A language that is none."""

    @cached_property
    def sentences(self) -> NullTranslations:
        return Bracketed()


PSEUDO = Pseudo("xx", "xx", "ko")
# What is called so in every language.
NAMES = (
    "Leader Travel", "CSV", "GeoJSON", "JSON", "Excel", "Parquet", "PNG", "SVG", "geonames.org", "GeoNames", "ODbL",
    "© OpenStreetMap contributors", "OpenStreetMap", "CC BY 4.0", "English",
)  # fmt: skip
QUERIES = (
    "",
    "?leader=ada-north&trip=N-1",
    "?country=RUS&met=vera-west&sources=1&years=2018-2019&trip=S-1",
    "?years=2019?&transport=unknown&place=anadyr-rus",
    "?years=1900",
    "?known=2019-01-01&rule=per-country&rule=with-transit&unit=day&trip=N-3",
    "?leader=ada-north&with=leader%3Dben-south",
    "?leader=nobody&colour=red&trip=X&sort=x&years=2019-2018&data=1&view=globe",
    *(f"?tab={tab}" for tab in TABS),
    *(f"?embed={view}" for view in EMBEDS),
)
ADDRESSES = ("/", "/page.html", "/table.html", "/places", "/places?country=TKL", "/places?years=1900", "/places?data=x",
             "/upload", "/upload?forgotten=1", "/upload/x")  # fmt: skip
# Of a component or a figure, what is read.
SHOWN = re.compile(r"children|label|title|placeholder|alt|aria-label|text|hovertext|hovertemplate|ticktext|data-label")
# Of the elements of a page, what nobody reads as words.
UNREAD = {"script", "style", "pre", "template"}


class Page(HTMLParser):
    """The texts of some HTML: between its tags, and in attributes that are shown or read out."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._inside: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNREAD:
            self._inside.append(tag)
        self.texts += [value for name, value in attrs if value and SHOWN.fullmatch(name)]
        if tag == "meta":
            self.texts += [
                value or "" for name, value in attrs if name == "content" and dict(attrs).get("name") == "description"
            ]

    def handle_endtag(self, tag: str) -> None:
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if not self._inside:
            self.texts.append(data)


def read(value: Any, key: str = "children") -> Iterator[str]:
    """What is read of a component, a figure or a text, on whatever level."""
    if isinstance(value, str) and SHOWN.fullmatch(key):
        yield from Page(value).texts if "<" in value else [value]
    elif isinstance(value, list):
        for one in value:
            yield from read(one, key)
    elif isinstance(value, dict) and value.get("type") != "Pre":
        for name, one in value.items():
            yield from read(one, name if isinstance(one, str | list) else "children")


def data_of(travel: Travel) -> list[str]:
    """Every text of the data, the longest first."""
    frames = (
        travel.trips,
        travel.stops,
        travel.meetings,
        travel.evidence,
        travel.leaders,
        travel.places,
        travel.people,
    )
    texts = {str(one) for frame in frames for name in frame for one in frame[name].unique()}
    texts |= {str(one) for frame in (*frames, *travel.statements.values()) for one in frame.index}
    texts |= {str(one) for frame in travel.statements.values() for name in frame for one in frame[name].unique()}
    cells = texts | {part for text in texts for part in re.split("; ?", text)}
    return sorted({text for text in cells if re.search(r"[A-Za-z]", text)}, key=len, reverse=True)


def outside(texts: Iterable[str], data: Iterable[str]) -> str:
    """What is left of some texts, in order, once brackets, then data and names are taken out: '' or words outside.

    A sentence may stand in several texts, with a link or a menu in its middle.
    """
    left = html.unescape("\n".join(texts))
    while (closed := re.sub(r"⟦[^⟦⟧]*⟧", "", left)) != left:
        left = closed
    for known in (*NAMES, *data):
        left = re.sub(rf"(?<![A-Za-z]){re.escape(known)}(?![A-Za-z])", "", left)
    lines = re.sub(r"</?\w+[^>]*>|%\{\w+\}", "", left).splitlines()
    return "\n".join(line.strip() for line in lines if re.search(r"[A-Za-z]{2}", line))


@pytest.fixture(scope="module")
def data(travel: Travel) -> list[str]:
    return data_of(travel)


@pytest.mark.parametrize("query", QUERIES)
def test_no_part_of_the_page_has_words_outside(travel: Travel, data: list[str], tmp_path: Path, query: str) -> None:
    datasets = Datasets(travel, Store(tmp_path))
    given = [part for part in re.split(r"[?&=]", query) if part]
    asked = Question(query=query, opened={one.key: True for one in MENUS})
    with speaking(PSEUDO):
        shown = shown_of(datasets, asked)
        parts = {one.id: json.loads(made(one, shown)) for one in VIEWS if one.prop not in ("className", "value")}
    words = {name: outside(read(value), [*given, *data]) for name, value in parts.items()}
    assert {name: texts for name, texts in words.items() if texts} == {}


def test_the_page_before_any_answer_has_no_words_outside() -> None:
    with speaking(PSEUDO):
        page = json.loads(json.dumps(layout.page(), default=lambda one: one.to_plotly_json()))
    assert outside(read(page), []) == ""


@pytest.fixture
def client(travel: Travel, tmp_path: Path) -> FlaskClient:
    made_client: FlaskClient = create_app(travel, kept_in=tmp_path, usual=PSEUDO).server.test_client()
    return made_client


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_has_words_outside(client: FlaskClient, data: list[str], address: str) -> None:
    assert outside(Page(client.get(address).get_data(as_text=True)).texts, data) == ""


def test_no_script_has_words_outside() -> None:
    """Of what a script says, `FOR_SCRIPTS` has every word; two words in one text are a sentence."""
    lines = [
        (path.name, line)
        for path in ASSETS.glob("*.js")
        if path.name != "plotly-traces.min.js"
        for line in path.read_text("utf-8").splitlines()
        if not line.lstrip().startswith("//")
    ]
    literals = re.compile(r"\"[^\"]*\"|'[^']*'|`[^`]*`")
    sentence = re.compile(r"\b[A-Z][a-z]+ [a-z]{2,}|[a-z]{3,} [a-z]{2,} [a-z]{2,}")
    said = [(name, text) for name, line in lines for text in literals.findall(line) if sentence.search(text)]
    assert said == []
