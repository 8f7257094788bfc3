"""Names of countries as people and tables write them; a name that two bear is told."""

from __future__ import annotations

import pytest

from dashboard.importers.countries import LANGUAGES, NAMES, SHARED, country_code, country_doubt, country_named
from dashboard.tables.countries import countries


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # ISO's, the UN's and the State Department's own labels.
        ("Democratic Republic of the Congo (Zaire)", "COD"),
        ("Congo, Democratic Republic of", "COD"),
        ("Congo, The Democratic Republic of the", "COD"),
        ("Congo (Kinshasa)", "COD"),
        ("Congo, Dem. Rep.", "COD"),
        ("DRC", "COD"),
        ("Congo, Republic of the", "COG"),
        ("Vatican City State", "VAT"),
        ("Holy See (Vatican City State)", "VAT"),
        ("United Arab Emirates (UAE)", "ARE"),
        ("Iran, Islamic Republic of", "IRN"),
        ("Egypt, Arab Rep.", "EGY"),
        ("Venezuela (Bolivarian Republic of)", "VEN"),
        ("Bahamas, The", "BHS"),
        ("Gambia, The", "GMB"),
        ("Republic of Moldova", "MDA"),
        ("State of Palestine", "PSE"),
        ("Korea, Democratic People's Republic of", "PRK"),
        ("South Korea (Republic of Korea)", "KOR"),
        ("Lao People's Democratic Republic", "LAO"),
        ("Taiwan, Province of China", "TWN"),
        ("St. Kitts & Nevis", "KNA"),
        ("Côte d\u00b4Ivoire", "CIV"),
        ("U.K.", "GBR"),
        # States that are gone.
        ("West Germany", "DEU"),
        ("Germany, East", "DDR"),
        ("U.S.S.R.", "SUN"),
        ("Czech and Slovak Federative Republic", "CSK"),
        ("Zaïre", "COD"),
        ("Burma (Myanmar)", "MMR"),
        ("Ceylon", "LKA"),
        ("Swaziland", "SWZ"),
        ("Upper Volta", "BFA"),
        ("South Vietnam", "VDR"),
        ("Persia", "IRN"),
        ("BUR", "MMR"),
        # Territories with a code of their own.
        ("Guam", "GUM"),
        ("Gibraltar", "GIB"),
        ("French Guiana", "GUF"),
        ("Hong Kong S.A.R., China", "HKG"),
        ("Macau", "MAC"),
        ("Greenland", "GRL"),
        ("Faroe Islands", "FRO"),
        ("Virgin Islands, U.S.", "VIR"),
        # Other languages.
        ("Italia", "ITA"),
        ("Deutschland", "DEU"),
        ("Fédération de Russie", "RUS"),
        ("Российская Федерация", "RUS"),
        ("中华人民共和国", "CHN"),
        ("中國", "CHN"),
        ("الولايات المتحدة", "USA"),
        ("대한민국", "KOR"),
        ("ישראל", "ISR"),
        ("भारत", "IND"),
        ("ไทย", "THA"),
        # No country, and no guess.
        ("Ruritania", ""),
        ("European Union", ""),
        ("Corée", ""),
    ],
)
def test_what_a_country_is_called(text: str, code: str) -> None:
    assert country_code(text) == code
    assert country_doubt(text) == ""


def test_a_name_that_two_countries_bear_is_told() -> None:
    assert country_code("Congo") == "COG"
    assert country_doubt("Congo") == (
        "country 'Congo' is taken as Republic of the Congo (COG) and may be Democratic Republic of the Congo (COD);"
        " write the code of the one meant"
    )


def test_brackets_that_name_another_country_are_told() -> None:
    assert (country_code("Greenland (Denmark)"), country_code("Russia (USSR)")) == ("GRL", "RUS")
    assert country_doubt("Russia (USSR)") == (
        "country 'Russia (USSR)' is taken as Russia (RUS) and names Soviet Union (SUN) too; write the one that is meant"
    )


def test_every_name_of_ours_leads_to_its_country_and_every_country_to_itself() -> None:
    ours = {name: code for code, names in NAMES.items() for name in names.split("|")}
    assert len(ours) == sum(len(names.split("|")) for names in NAMES.values())
    assert {name: country_named(name) for name in ours} == ours
    assert {name: country_code(name) for name in countries().values()} == {n: c for c, n in countries().items()}
    assert {code for pair in SHARED.values() for code in pair} <= set(countries())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_names_france(language: str) -> None:
    from babel import Locale  # noqa: PLC0415

    assert country_named(Locale.parse(language).territories["FR"]) == "FRA"
