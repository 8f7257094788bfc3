"""Place names, their ids, and what a missing coordinate is: missing."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.tables.countries import countries, country_name
from dashboard.tables.ids import place_id, place_ids, slug
from dashboard.travel.build import Travel


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
