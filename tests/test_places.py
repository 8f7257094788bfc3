"""Place names, their ids, and what a missing coordinate is: missing."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.query.filters import BY_KEY
from dashboard.query.rows import place_rows
from dashboard.query.selection import Selection, read
from dashboard.query.summaries import summarise
from dashboard.tables.countries import countries, country_name
from dashboard.tables.ids import place_id, place_ids, slug
from dashboard.travel.build import Travel
from tests.world import WORLD, faults_of, make_folder, make_travel


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Saint Petersburg", "saint-petersburg"),
        ("Komsomolsk-on-Amur", "komsomolsk-on-amur"),
        ("São Tomé", "sao-tome"),
        ("  Xi'an ", "xi-an"),
        ("Washington, D.C.", "washington-d-c"),
        ("平壌", "平壌"),
        ("", ""),
    ],
)
def test_slug(name: str, said: str) -> None:
    assert slug(name) == said


@given(st.text())
def test_a_slug_is_its_own_slug(name: str) -> None:
    assert slug(slug(name)) == slug(name)


def test_a_shared_name_gives_two_ids(travel: Travel) -> None:
    assert place_id("Saint Petersburg", "RUS") == "saint-petersburg-rus"
    shared = travel.places.index[travel.places["place"] == "Saint Petersburg"]
    assert list(shared) == ["saint-petersburg-usa", "saint-petersburg-rus"]


def test_ids_of_columns_keep_their_index() -> None:
    ids = place_ids(pd.Series(["Tok", "", "Tok"], [3, 1, 2]), pd.Series(["USA", "USA", "USA"], [3, 1, 2]))
    assert ids.to_dict() == {3: "tok-usa", 1: "", 2: "tok-usa"}
    assert len(place_ids(pd.Series(dtype="str"), pd.Series(dtype="str"))) == 0


def test_a_place_without_coordinates_is_nowhere_not_at_zero(travel: Travel) -> None:
    assert travel.places.loc["nukunonu-tkl", ["latitude_deg", "longitude_deg"]].isna().all()
    placed = travel.places.drop(index="nukunonu-tkl")
    assert placed["latitude_deg"].between(-90, 90).all()
    assert placed["longitude_deg"].between(-180, 180).all()


def test_countries_of_today_and_of_the_last_century() -> None:
    assert country_name("PRK") == "North Korea"
    assert country_name("SUN") == "Soviet Union"
    assert country_name("QQQ") == "QQQ"
    assert all(len(code) == 3 and code.isupper() and name for code, name in countries().items())


# One city under two names

LENINGRAD = f"Leningrad,SUN{',' * 15}saint-petersburg-rus,\n"


def test_a_city_under_two_names_is_one_place_whose_visits_add_up() -> None:
    again = "S-1,2,Leningrad,SUN,,,unknown,visit,reported\n"
    travel = make_travel(places=WORLD["places"] + LENINGRAD, stops=WORLD["stops"] + again)
    summary = summarise(travel, Selection())
    assert "leningrad-sun" not in travel.places.index
    assert summary.places.at["saint-petersburg-rus", "visits"] == 2
    assert summary.places.at["saint-petersburg-rus", "other_names"] == "Leningrad"
    # The stop keeps the name and the country that its source has.
    assert travel.stops["place"].astype("str").tolist()[-1] == "Leningrad"
    assert {"SUN", "RUS"} <= set(summary.countries.index)
    assert place_rows(travel).set_index("place_id").at["saint-petersburg-rus", "same_places"] == "Leningrad (SUN)"


def test_an_address_that_names_the_other_spelling_means_the_place() -> None:
    travel = make_travel(places=WORLD["places"] + LENINGRAD)
    reading = read("place=leningrad-sun", travel)
    assert (reading.ignored, reading.selection.values("place")) == ((), ("saint-petersburg-rus",))
    assert BY_KEY["place"].mask(travel, ("saint-petersburg-rus",)).sum() == 1


@pytest.mark.parametrize(
    ("same_as", "fault"),
    [
        ("saint-petersburg-rsu", "is no place of this file; did you mean saint-petersburg-rus?"),
        ("x", "is no place of this file; write the id of another row, such as beijing-chn"),
        ("leningrad-sun", "is itself another name; write the id of the place that has its own row"),
    ],
)
def test_another_name_must_be_of_a_place_with_a_row_of_its_own(tmp_path: Path, same_as: str, fault: str) -> None:
    folder = make_folder(tmp_path, places=WORLD["places"] + LENINGRAD.replace("saint-petersburg-rus", same_as))
    assert faults_of(folder) == [f"places.csv:9: same_as {same_as!r} {fault}"]
