"""The languages: every sentence of the code is in every catalogue, and a reader is answered in the one asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po
from flask.testing import FlaskClient

from app import create_app
from dashboard.language import BY_CODE, ENGLISH, KOREAN, LANGUAGES, Language, gettext, ngettext, speaking
from dashboard.travel.build import Travel

ROOT = Path(__file__).parents[1]
TRANSLATED = [one for one in LANGUAGES if one != ENGLISH]
# The names by which `make words` knows a sentence, as in the Makefile.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "marked": None,
    "marked_plural": (1, 2),
    "ngettext": (1, 2),
}


def test_no_sentence_hides_in_a_formatted_one() -> None:
    """`make words` does not look into f-strings."""
    hidden = [
        f"{file}:{text.lineno}"
        for file in (ROOT / "dashboard").rglob("*.py")
        for text in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") in KEYWORDS
        and isinstance(call.args[0], ast.Constant)
    ]
    assert hidden == []


@cache
def in_the_code() -> set[tuple[str | None, str]]:
    """Context and English text of every sentence that `make words` finds."""
    with (ROOT / ".ci/babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    found = extract_from_dir(ROOT / "dashboard", methods, options, KEYWORDS)
    return {(context, said if isinstance(said, str) else said[0]) for _, _, said, _, context in found}


def catalogue(language: Language) -> Catalog:
    with language.file.open("rb") as file:
        return read_po(file, locale=language.locale_name)


def sentences(language: Language) -> Iterator[Message]:
    return (message for message in catalogue(language) if message.id)


def forms(text: str | list[str] | tuple[str, ...] | None) -> list[str]:
    """What a catalogue has of one sentence: itself, or its plural forms."""
    return [text] if isinstance(text, str) else list(text or [""])


def places(text: str) -> set[str]:
    """The named places of a sentence."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda one: one.code)
def test_every_sentence_of_the_code_is_in_the_catalogue(language: Language) -> None:
    assert {(one.context, forms(one.id)[0]) for one in sentences(language)} == in_the_code(), "run make words"


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda one: one.code)
def test_every_sentence_is_translated_and_none_is_a_guess(language: Language) -> None:
    assert [one.id for one in sentences(language) if one.fuzzy or not all(forms(one.string))] == []


@pytest.mark.parametrize("language", TRANSLATED, ids=lambda one: one.code)
def test_a_translation_names_the_places_of_its_sentence(language: Language) -> None:
    wrong = [
        one.id for one in sentences(language) for said in forms(one.string) if places(said) != places(forms(one.id)[-1])
    ]
    assert wrong == []


def test_outside_a_request_english_is_spoken() -> None:
    assert gettext("Copied") == "Copied"
    with speaking(KOREAN):
        assert gettext("Copied") == "복사했습니다"
    assert gettext("Copied") == "Copied"


def test_numbers_and_plural_forms_are_those_of_the_language() -> None:
    assert [ngettext("{number} row", "{number} rows", count) for count in (1, 86_000)] == ["1 row", "86,000 rows"]


# In which language a reader is answered


@pytest.fixture
def client(travel: Travel, tmp_path: Path) -> FlaskClient:
    made: FlaskClient = create_app(travel, kept_in=tmp_path).server.test_client()
    return made


def language_of(client: FlaskClient, address: str) -> str:
    """The language that the page at an address says it is in."""
    answer = client.get(address)
    assert answer.status_code == 200
    found = re.search(r'<html lang="(\w+)"', answer.get_data(as_text=True))
    assert found
    return found[1]


@pytest.mark.parametrize("code", BY_CODE)
def test_the_address_names_the_language(client: FlaskClient, code: str) -> None:
    assert language_of(client, f"/?lang={code}") == code


def test_the_language_chosen_last_is_remembered_and_comes_into_the_address(client: FlaskClient) -> None:
    assert language_of(client, "/") == "en"
    assert language_of(client, "/?lang=ko") == "ko"
    answer = client.get("/?country=RUS")
    assert (answer.status_code, answer.location) == (302, "/?country=RUS&lang=ko")
    assert language_of(client, "/?lang=en") == "en"
    assert language_of(client, "/?country=RUS") == "en"


def test_an_unknown_language_is_a_notice_and_english(client: FlaskClient) -> None:
    assert language_of(client, "/?lang=tlh") == "en"
    answer = client.get("/trips.csv?lang=tlh")
    assert (answer.status_code, answer.get_data(as_text=True)) == (400, "lang=tlh: write one of en, ko\n")


def test_files_are_the_same_in_every_language(client: FlaskClient) -> None:
    english = client.get("/trips.csv").data
    assert client.get("/trips.csv?lang=ko").data == english
    client.get("/?lang=ko")
    assert client.get("/trips.csv").data == english
