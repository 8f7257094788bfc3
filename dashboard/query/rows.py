"""`Travel` -> the rows of the table and of the downloads: one per trip, per stop or per place, ready to be read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from operator import itemgetter

import numpy as np
import pandas as pd

from dashboard.tables.countries import country_name
from dashboard.tables.schema import PRECISIONS
from dashboard.travel.build import Travel
from dashboard.travel.legs import GREAT_CIRCLE

AT_LEAST = "at least"
# Along the corridors that are drawn, where a shorter way was open: no lower bound.
ONE_WAY = "one of several ways"
BETWEEN = "; "


def trip_rows(travel: Travel) -> pd.DataFrame:
    """One row per trip under its number, the first to leave home first.

    People script against the columns up to `sources`: none of them goes. Texts are '' where nothing is known;
    several in one cell are joined by `; `. Dates stay as written, `?` included. `days` (home to home, both
    counted) and `distance_km` are whole numbers, NA where unknown; `distance_note` says what the distance is:
    `great circle`, or `at least` where a line is drawn straight or a place has no coordinates. `places` and
    `countries` are those visited, `met` the counterparts, in the order of the journey. `status` is made, planned or
    cancelled, `nth_of_leader` which of the leader's known trips it is, over all the data (NA for one not made).
    """
    trips = _in_order(travel.trips)
    visits = travel.stops[(travel.stops["kind"] == "visit").to_numpy()]
    return pd.DataFrame(
        {
            "trip_id": trips["trip_id"],
            "leader": _leaders(trips, travel.leaders),
            "left_home": trips["left_home"].astype("str"),
            "back_home": trips["back_home"].astype("str"),
            "days": trips["days"].astype("Int64"),
            "transport": trips["transport"].astype("str"),
            "places": _joined(trips, visits["trip"], visits["place"], _without_repeats),
            "countries": _joined(trips, visits["trip"], _countries(visits["country_iso3"])),
            "met": _joined(trips, travel.meetings["trip"], travel.meetings["counterpart"]),
            "occasion": trips["occasion"],
            "distance_km": trips["distance_km"].round().astype("Int64"),
            "sources": _joined(trips, travel.evidence["trip"], _sources(travel.evidence)),
            "leader_id": trips["leader_id"].astype("str"),
            "countries_iso3": _joined(trips, visits["trip"], visits["country_iso3"].astype("str")),
            "distance_note": _distance_note(trips),
            "uncertain": _uncertain(trips),
            "outcome": trips["outcome"],
            "note": trips["note"],
            "status": trips["status"].astype("str"),
            "nth_of_leader": trips["nth_of_leader"].astype("Int64"),
        },
        index=trips.index,
    )


def stop_rows(travel: Travel) -> pd.DataFrame:
    """One row per stop with the leg that reached it, in the order of `trip_rows` and then of the journey.

    `transport`, `from_place`, `leg_km` and `leg_certainty` (great circle, schematic, inferred, unplaced)
    speak of the leg; `certainty` (reported, expected, inferred) speaks of the stop. `leg_km` has one
    decimal, coordinates are degrees in WGS 84; all three are NaN where a place has no coordinates.
    """
    trips = _in_order(travel.trips)
    stops, position = _along(travel.stops, trips)
    trip = trips[["trip_id", "leader_id"]].iloc[position].set_axis(stops.index)
    certainty = dict(travel.routes["certainty"].astype("str"))
    return pd.DataFrame(
        {
            "trip_id": trip["trip_id"],
            "leader": _leaders(trip, travel.leaders),
            "leader_id": trip["leader_id"].astype("str"),
            "stop": stops["stop"].astype("Int64"),
            "place": stops["place"].astype("str"),
            "country": _countries(stops["country_iso3"]),
            "country_iso3": stops["country_iso3"].astype("str"),
            "place_id": stops["place_id"].astype("str"),
            "arrived": stops["arrived"].astype("str"),
            "left": stops["left"].astype("str"),
            "transport": stops["mode"].astype("str"),
            "kind": stops["kind"].astype("str"),
            "certainty": stops["certainty"].astype("str"),
            "from_place": _names(stops["from_place_id"], _place_names(travel)),
            "leg_km": _number(stops["route"], travel.routes["km"]).round(1),
            "leg_certainty": _names(stops["route"], certainty),
            "latitude_deg": _number(stops["place_id"], travel.places["latitude_deg"]),
            "longitude_deg": _number(stops["place_id"], travel.places["longitude_deg"]),
        },
        index=stops.index,
    )


def place_rows(travel: Travel) -> pd.DataFrame:
    """One row per place of the journeys, homes included: the ledger of where its coordinates come from.

    `query` was asked of `asked`, which offered `candidates`; `provider` gave the coordinates under `matched_name`, the
    choice. `kind` is what they stand for, `precision` how exact that is (site, town, country); `reviewed` says whether
    a person has checked them, `reviewer` who. `visits` counts the stops of kind visit on trips made, most first;
    coordinates are degrees in WGS 84, NaN where unknown, as is `candidates_in_all` where nothing is recorded.
    `same_places` are other names, whose visits count here.
    """
    stops, made = travel.stops, travel.made.stops
    homes = travel.leaders["home_place_id"].reindex(travel.trips["leader_id"].astype("str").unique())
    used = pd.Index([*stops["place_id"].astype("str").unique(), *homes]).unique()
    visits = made.loc[(made["kind"] == "visit").to_numpy(), "place_id"].astype("str").value_counts()
    places = travel.places[travel.places.index.isin(used)]
    places = places.assign(
        visits=visits.reindex(places.index).fillna(0).astype("Int64"),
        precision=places["kind"].map(PRECISIONS).fillna("").astype("str"),
        candidates_in_all=pd.to_numeric(places["candidates_in_all"], errors="coerce").astype("Int64"),
    )
    places = places.sort_values(["visits", "place", "country_iso3"], ascending=[False, True, True])
    columns = ["kind", "provider", "matched_name", "geocoded_on", "reviewed", "note", "visits"]
    columns += ["precision", "query", "asked", "candidates", "candidates_in_all", "reviewer", "same_places"]
    countries = {code: country_name(code) for code in places["country_iso3"].unique()}
    front = {
        "place": places["place"],
        "country": places["country_iso3"].map(countries).astype("str"),
        "country_iso3": places["country_iso3"],
        "place_id": places.index.to_series().astype("str"),
        "latitude_deg": places["latitude_deg"],
        "longitude_deg": places["longitude_deg"],
    }
    return pd.DataFrame(front, index=places.index).join(places[columns])


def trip_legs(travel: Travel) -> list[list[str]]:
    """For each of `trip_rows` the ids of the routes travelled, in order."""
    trips = _in_order(travel.trips)
    stops, position = _along(travel.stops, trips)
    legs: list[list[str]] = [[] for _ in range(len(trips))]
    for row, route in zip(position.tolist(), stops["route"].tolist(), strict=True):
        legs[row].append(route)
    return legs


def stop_legs(travel: Travel) -> list[list[str]]:
    """For each of `stop_rows` the id of the one route that reached it."""
    stops, _ = _along(travel.stops, _in_order(travel.trips))
    return [[route] for route in stops["route"].tolist()]


def _without_repeats(texts: Iterable[str]) -> Iterator[str]:
    """`A, A, B, A` -> `A, B, A`: what follows itself stands once."""
    return (text for text, _ in groupby(texts))


def _in_order(trips: pd.DataFrame) -> pd.DataFrame:
    """Trips by the first day on which they may have left home, unknown days last, and then by name."""
    return trips.sort_values(["left_home_earliest", "trip_id"])


def _along(stops: pd.DataFrame, trips: pd.DataFrame) -> tuple[pd.DataFrame, np.ndarray]:
    """`stops` in the order of `trips`, and for each the row of its trip."""
    position = trips.index.get_indexer(pd.Index(stops["trip"]))
    order = np.argsort(position, kind="stable")
    return stops.iloc[order], position[order]


def _joined(
    trips: pd.DataFrame,
    numbers: pd.Series,
    texts: pd.Series,
    distinct: Callable[[Iterable[str]], Iterable[str]] = dict.fromkeys,
) -> pd.Series:
    """For each trip the texts of the rows that carry its number, in their order; '' where none does."""
    rows = groupby(zip(numbers.tolist(), texts.to_numpy(), strict=True), key=itemgetter(0))
    joined = {number: BETWEEN.join(distinct(text for _, text in group)) for number, group in rows}
    return pd.Series([joined.get(number, "") for number in trips.index], index=trips.index, dtype="str")


def _names(ids: pd.Series, names: dict[str, str]) -> pd.Series:
    """A category of ids -> their names, each looked up once; '' where there is none."""
    known = [names.get(one, "") for one in ids.cat.categories]
    return pd.Series(np.array(known, dtype=object)[ids.cat.codes], index=ids.index, dtype="str")


def _leaders(trips: pd.DataFrame, leaders: pd.DataFrame) -> pd.Series:
    names = leaders["name"].reindex(trips["leader_id"].astype("str"))
    return names.set_axis(trips.index)


def _countries(codes: pd.Series) -> pd.Series:
    return _names(codes, {code: country_name(code) for code in codes.cat.categories})


def _place_names(travel: Travel) -> dict[str, str]:
    """Place ids -> names as the trips spell them; the homes are needed for the first leg of each trip."""
    homes = dict(zip(travel.leaders["home_place_id"], travel.leaders["home_place"], strict=True))
    stops = travel.stops.loc[~travel.stops["place_id"].duplicated(), ["place_id", "place"]]
    return homes | dict(stops.itertuples(index=False, name=None))


def _sources(evidence: pd.DataFrame) -> pd.Series:
    """`Publisher url`, or the publisher alone where no page is named."""
    return (evidence["publisher"].astype("str") + " " + evidence["url"]).str.rstrip()


def _uncertain(trips: pd.DataFrame) -> pd.Series:
    """The columns in doubt, joined by `;`: the days, and the number where they leave the order open."""
    days = trips["uncertain"].astype("str")
    number = ["nth_of_leader" if doubt else "" for doubt in trips["nth_uncertain"].tolist()]
    return days.str.cat(number, sep=";").str.strip(";")


def _distance_note(trips: pd.DataFrame) -> pd.Series:
    note = np.select([trips["at_least"], trips["other_way"]], [AT_LEAST, ONE_WAY], default=GREAT_CIRCLE)
    return pd.Series(np.where(trips["distance_km"].isna(), "", note), index=trips.index, dtype="str")


def _number(ids: pd.Series, numbers: pd.Series) -> np.ndarray:
    """A category of ids -> what `numbers` has for each; NaN where it has none."""
    return numbers.reindex(ids.cat.categories).to_numpy()[ids.cat.codes]
