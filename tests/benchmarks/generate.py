"""Made-up travel in the size and shape of the real thing, the same for the same seed, as tables of a data folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from dashboard.tables.parquet import write_checked, write_part
from dashboard.tables.schema import TABLES
from tests.benchmarks.colt_shape import colt_rows, write_colt
from tests.benchmarks.world import Journeys, Numbers, World, day_texts, make_journeys, make_world, years_of

__all__ = ["colt_rows", "travel_tables", "write_colt", "write_folder"]

CHUNK = 1_000_000
ONCE = ("leaders", "places", "routes")


def _texts(values: pd.Series, numbers: Numbers) -> pd.Series:
    return values.take(numbers).reset_index(drop=True)


def _spelt(prefix: str, numbers: Numbers) -> pd.Series:
    """`prefix` and each number, joined as whole columns."""
    return pd.Series(pc.binary_join_element_wise(prefix, pa.array(numbers).cast(pa.string()), ""), dtype="str")


def travel_tables(trips: int, seed: int, first: int = 0) -> dict[str, pd.DataFrame]:
    """The tables of a data folder as text, with `trips` journeys numbered from `first`."""
    world = make_world(seed)
    rng = np.random.default_rng([seed, first])
    journeys = make_journeys(world, trips, rng)
    start = np.flatnonzero(journeys.leg == 0)
    end = np.append(start[1:], len(journeys.trip)) - 1
    tables = {
        "leaders": world.leaders,
        "trips": _trips(world, journeys, start, end, first),
        "stops": _stops(world, journeys, end, first),
        "meetings": _meetings(world, journeys, rng, first),
        "evidence": _evidence(journeys, first),
        "places": world.places.assign(kind="country", provider="geonames", reviewed="no").round(5).astype("str"),
    }
    return {
        table.name: tables.get(table.name, pd.DataFrame()).reindex(columns=table.names, fill_value="").astype("str")
        for table in TABLES
    }


def _trips(world: World, journeys: Journeys, start: Numbers, end: Numbers, first: int) -> pd.DataFrame:
    left, back = _texts(day_texts(), journeys.first_day[start]), _texts(day_texts(), journeys.last_day[end])
    ids, leaders = _spelt("T-", np.arange(len(start)) + first), world.leaders["leader_id"]
    leader_id = _texts(leaders, journeys.leader[start])
    dates = {"left_home": left, "arrived_host": left, "left_host": back, "back_home": back}
    return pd.DataFrame({"trip_id": ids, "leader_id": leader_id, **dates})


def _stops(world: World, journeys: Journeys, end: Numbers, first: int) -> pd.DataFrame:
    """The visits and, after the last of each journey, the way home."""
    rows = np.sort(np.concatenate([np.arange(len(journeys.trip)), end]), kind="stable")
    home = np.append(rows[1:] != rows[:-1], True) & np.isin(rows, end)
    there = np.where(home, journeys.home[rows], journeys.visited[rows])
    before = np.where(journeys.leg[rows] == 0, journeys.home[rows], journeys.visited[rows - 1])
    km = world.distance_km[np.where(home, journeys.visited[rows], before), there]
    modes = pd.Series(["plane", "car", "train"], dtype="str")
    left = _texts(day_texts(), journeys.last_day[rows])
    return pd.DataFrame(
        {
            "trip_id": _spelt("T-", journeys.trip[rows] + first),
            "stop": _spelt("", journeys.leg[rows] + home + 1),
            "place": _texts(world.places["place"], there),
            "country_iso3": _texts(world.places["country_iso3"], there),
            "arrived": left.where(home, _texts(day_texts(), journeys.first_day[rows])),
            "left": left.where(~home, ""),
            "reached_by": _texts(modes, np.where(km < 150, 1, np.where(km < 400, 2, 0))),
            "kind": _texts(pd.Series(["visit", "home"], dtype="str"), home.astype(np.int64)),
            "certainty": "reported",
        }
    )


def _meetings(world: World, journeys: Journeys, rng: np.random.Generator, first: int) -> pd.DataFrame:
    """Six visits in ten are to the country's own leader."""
    met = np.flatnonzero(rng.random(len(journeys.trip)) < 0.6)
    host = world.in_office[journeys.visited[met], years_of(journeys.first_day[met])]
    return pd.DataFrame(
        {
            "trip_id": _spelt("T-", journeys.trip[met] + first),
            "date": _texts(day_texts(), journeys.first_day[met]),
            "counterpart": _texts(world.leaders["name"], host),
            "counterpart_country_iso3": _texts(world.leaders["country_iso3"], host),
            "place": _texts(world.places["place"], journeys.visited[met]),
            "setting": "host",
        }
    )


def _evidence(journeys: Journeys, first: int) -> pd.DataFrame:
    url = _spelt("https://example.org/", journeys.trip + first)
    said = {"field": "trip", "says": "listed", "publisher": "example.org", "url": url, "stance": "supports"}
    return pd.DataFrame({"trip_id": _spelt("T-", journeys.trip + first), **said})


def write_folder(path: Path, trips: int, seed: int, ending: str = "parquet", chunk: int = CHUNK) -> None:
    """A data folder of `trips` journeys, as `csv`, or as an import writes them: the long tables as `parquet`, checked.

    Parquet of more than `chunk` trips lies in parts.
    """
    path.mkdir(parents=True, exist_ok=True)
    chunks = range(0, trips, chunk)
    for part, first in enumerate(chunks):
        for name, frame in travel_tables(min(chunk, trips - first), seed, first).items():
            if name in ONCE and part:
                continue
            if name in ONCE or ending == "csv":
                frame.to_csv(path / f"{name}.csv", index=False, mode="a" if part else "w", header=not part)
            elif len(chunks) == 1:
                write_checked(frame, path / f"{name}.parquet")
            else:
                write_part(frame, path / f"{name}.parquet" / f"part={part}", len(chunks))
