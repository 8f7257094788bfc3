"""The offline gazetteer: what a name means within a country, and that nothing is guessed."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

import pytest

from dashboard.geocoding.gazetteer import Country, Gazetteer, Town, countries, default_gazetteer, fold, geonames_towns
from dashboard.geocoding.lookup import look_up
from dashboard.geocoding.outcomes import Ambiguous, Candidate, Placed, Unplaced
from dashboard.geocoding.reviewed import REVIEWED

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def world() -> Gazetteer:
    return default_gazetteer()


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Ulan-Ude", "ulan ude"),
        ("Xi\u2019an", "xian"),
        ("Kimch'aek", "kimchaek"),
        ("Washington, D.C.", "washington d c"),
        ("São Paulo", "sao paulo"),
        ("Artëm", "artem"),
        ("Straße", "strasse"),
        ("평양", "평양"),
        ("kha san", "kha san"),
        ("  ", ""),
        ("?!", ""),
    ],
)
def test_a_name_is_folded_to_words(name: str, folded: str) -> None:
    assert fold(name) == folded


@pytest.mark.parametrize(
    ("place", "country_iso3", "latitude_deg", "longitude_deg"),
    [
        ("Pyongyang", "PRK", 39.03, 125.75),
        ("Beijing", "CHN", 39.91, 116.40),
        ("北京", "CHN", 39.91, 116.40),
        ("Nanning", "CHN", 22.82, 108.32),
        ("Shanghai", "CHN", 31.22, 121.46),
        ("Xian", "CHN", 34.26, 108.93),
        ("Hanoi", "VNM", 21.02, 105.84),
        ("Singapore", "SGP", 1.29, 103.85),
        ("Vladivostok", "RUS", 43.11, 131.87),
        ("ulan ude", "RUS", 51.83, 107.60),
        ("Nizhny Novgorod", "RUS", 56.33, 44.00),
        ("Artyom", "RUS", 43.36, 132.19),
        ("Xuzhou", "CHN", 34.20, 117.28),
        ("Washington", "USA", 38.90, -77.04),
        ("San José", "CRI", 9.93, -84.08),
    ],
)
def test_a_town_is_found_where_it_lies(
    world: Gazetteer, place: str, country_iso3: str, latitude_deg: float, longitude_deg: float
) -> None:
    (outcome,) = look_up([(place, country_iso3)], [world])
    assert isinstance(outcome, Placed)
    assert (outcome.kind, outcome.provider) == ("city", "geonames")
    assert outcome.latitude_deg == pytest.approx(latitude_deg, abs=0.01)
    assert outcome.longitude_deg == pytest.approx(longitude_deg, abs=0.01)


@pytest.mark.parametrize(
    ("place", "country_iso3"),
    [
        ("Khasan", "RUS"),  # not Kazan, which the Thai call kha san, nor Hassan in India
        ("Panmunjom", "KOR"),
        ("Vostochny Cosmodrome", "RUS"),
        ("Camp David", "USA"),
        ("Schloss Elmau", "DEU"),
        ("Carbis Bay", "GBR"),
        ("Bali", "IDN"),  # not Bari in Italy
        ("Pyongyang", "KOR"),  # a name never crosses a border
        ("Vladivostok", "PRK"),
        ("Beijing", "XYZ"),
        ("FNJ", "PRK"),  # an airport's code is no name
    ],
)
def test_a_miss_is_better_than_a_namesake(world: Gazetteer, place: str, country_iso3: str) -> None:
    assert list(look_up([(place, country_iso3)], [world])) == [Unplaced(place, country_iso3, "asked in vain: geonames")]


def test_a_name_of_several_towns_comes_with_all_of_them(world: Gazetteer) -> None:
    assert list(look_up([("Pingxiang", "CHN")], [world])) == [
        Ambiguous(
            "Pingxiang",
            "CHN",
            (
                Candidate("Pingxiang", "03", 893550, 27.61672, 113.85353),
                Candidate("Pingxiang", "16", 129843, 22.09694, 106.75667),
            ),
        )
    ]


@pytest.mark.parametrize("place", ["Suzhou", "Taizhou", "Fuzhou", "Yichun", "Changsha", "Yangzhou", "Jinzhou"])
def test_the_largest_of_several_is_not_taken(world: Gazetteer, place: str) -> None:
    (outcome,) = look_up([(place, "CHN")], [world])
    assert isinstance(outcome, Ambiguous)


def test_an_official_name_does_not_win_over_another_town_s_further_name(world: Gazetteer) -> None:
    # Tolyatti was Stavropol until 1964, and is the larger of the two.
    (outcome,) = look_up([("Stavropol", "RUS")], [world])
    assert isinstance(outcome, Ambiguous)
    assert [candidate.name for candidate in outcome.candidates] == ["Stavropol", "Tolyatti"]


def test_only_these_capitals_win_over_namesakes(world: Gazetteer) -> None:
    """The one exception to not guessing, spelt out: a new edition of GeoNames has to be looked through."""
    shared = {
        country.iso3: (country.capital, len(world.search(country.capital, country.iso3)))
        for country in countries().values()
        if len(world.search(country.capital, country.iso3)) > 1
    }
    assert shared == {
        "BRA": ("Brasilia", 3),
        "CRI": ("San Jose", 2),
        "HKG": ("Hong Kong", 2),
        "IND": ("New Delhi", 2),
        "IRN": ("Tehran", 2),
        "NGA": ("Abuja", 2),
        "USA": ("Washington", 7),
    }
    won = {iso3: world.capital(iso3) for iso3 in shared}
    assert {iso3: (c.latitude_deg, c.longitude_deg) for iso3, c in won.items() if isinstance(c, Placed)} == {
        "BRA": (-15.77972, -47.92972),
        "CRI": (9.93388, -84.08489),
        "HKG": (22.27832, 114.17469),
        "IND": (28.62137, 77.2148),
        "IRN": (35.69439, 51.42151),
        "NGA": (9.05785, 7.49508),
        "USA": (38.89511, -77.03637),
    }


@pytest.mark.long
def test_every_town_asked_for_by_its_name_lies_in_its_country_or_is_not_guessed() -> None:
    towns = geonames_towns()
    world = Gazetteer(towns=lambda: towns)
    everyone = [(town, iso3) for iso3, of_country in towns.items() for town in of_country]
    sample = random.Random(2026).sample(everyone, 3000)
    outcomes = look_up([(town.name, iso3) for town, iso3 in sample], [world])
    where = {iso3: {(t.latitude_deg, t.longitude_deg) for t in of_country} for iso3, of_country in towns.items()}
    for (town, iso3), outcome in zip(sample, outcomes, strict=True):
        assert not isinstance(outcome, Unplaced), f"{town.name} ({iso3}) does not find itself"
        points: tuple[Placed | Candidate, ...]
        points = (outcome,) if isinstance(outcome, Placed) else outcome.candidates
        assert {(point.latitude_deg, point.longitude_deg) for point in points} <= where[iso3]


def test_a_country_s_own_name_means_its_capital_and_says_so(world: Gazetteer) -> None:
    # By name alone these are Belize City, Kosovo Polje, Rivas and the Island of Mozambique.
    wanted = [("Belize", "BLZ"), ("Kosovo", "XKX"), ("Nicaragua", "NIC"), ("Mozambique", "MOZ")]
    outcomes = [outcome for outcome in look_up(wanted, [world]) if isinstance(outcome, Placed)]
    assert [(outcome.matched_name, outcome.kind) for outcome in outcomes] == [
        ("Belmopan", "country"),
        ("Pristina", "country"),
        ("Managua", "country"),
        ("Maputo", "country"),
    ]


def test_a_capital_stands_for_its_country(world: Gazetteer) -> None:
    assert world.capital("fra") == Placed(
        "France", "FRA", 48.85341, 2.3488, kind="country", provider="geonames", matched_name="Paris"
    )
    assert world.capital("XYZ") == Unplaced("", "XYZ", "no country has the code XYZ")
    assert world.capital("ATA") == Unplaced("Antarctica", "ATA", "the gazetteer has no capital of Antarctica")
    assert world.capital("PLW") == Unplaced("Palau", "PLW", "the gazetteer has no capital of Palau")


def test_search_lists_the_official_name_first_then_the_largest(world: Gazetteer) -> None:
    found = world.search("new delhi", "ind")
    assert [(town.name, town.population) for town in found] == [("New Delhi", 317797), ("Delhi", 11034555)]
    assert world.search("", "IND") == []


def test_nothing_is_read_before_the_first_question() -> None:
    asked = []

    def towns() -> dict[str, list[Town]]:
        asked.append("towns")
        return {"VNM": [Town("Hanoi", "01", 8053663, 21.0245, 105.84117, "Ha Noi\nHà Nội")]}

    world = Gazetteer(towns, lambda: {"VNM": Country("VN", "VNM", "Vietnam", "Hanoi")})
    assert asked == []
    first = world.geocode("ha noi", country_codes="VNM")
    assert str(first) == "Hanoi"
    assert world.geocode("Hanoi", exactly_one=False, country_codes="VNM") == [first]
    assert world.geocode("Hue", country_codes="VNM") is None
    assert world.geocode("Hue", exactly_one=False, country_codes="VNM") is None
    assert asked == ["towns"]


def test_only_nominatim_opens_a_connection() -> None:
    sources = Path(__file__).parent.parent.joinpath("dashboard").rglob("*.py")
    modules = r"requests|urllib3|urllib\.request|http\.client|socket|aiohttp|geopy\.(?:adapters|geocoders)"
    network = re.compile(rf"^\s*(?:from|import) (?:{modules})\b", re.M)
    named = {path.name for path in sources if network.search(path.read_text("utf-8"))}
    # The worker of the server sends on what readers have opened; the steps of an upload talk over a pair of sockets.
    assert named == {"nominatim.py", "worker.py", "sandbox.py", "step_server.py"}


@pytest.mark.parametrize("file", [ROOT / "data" / "places.csv", REVIEWED], ids=lambda file: file.name)
def test_the_ledger_of_the_shipped_places_is_what_the_gazetteer_answers(file: Path) -> None:
    with file.open(encoding="utf-8", newline="") as text:
        listed = list(csv.DictReader(text))
    asked = look_up([(row["place"], row["country_iso3"]) for row in listed], [default_gazetteer()])
    for row, outcome in zip(listed, asked, strict=True):
        assert outcome.question, row
        # Who is asked first, the places that a person has checked, knew none of these.
        row["asked"] = row["asked"].removeprefix("reviewed;")
        assert {name: row[name] for name in outcome.question.cells()} == outcome.question.cells()
        chosen = f"{row['matched_name']} at {row['latitude_deg']}, {row['longitude_deg']} ("
        assert (chosen in row["candidates"]) == (row["provider"] == "geonames"), row
        assert row["reviewer"] == "", "who checked the shipped rows is not recorded"
