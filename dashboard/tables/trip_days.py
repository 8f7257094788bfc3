"""What the days of a journey say of one another: none ends before it begins, or is reported before it can be."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from dashboard.tables import date_line
from dashboard.tables.dates import bounds
from dashboard.tables.reading import Fault, Folder

SPANS = (
    ("stops", "arrived", "left"),
    ("trips", "left_home", "back_home"),
    ("trips", "arrived_host", "left_host"),
    ("inbound", "date", "until"),
    ("terms", "in_office_from", "in_office_until"),
    ("place_names", "used_from", "used_until"),
)


def days_reversed(folder: Folder) -> Iterator[Fault]:
    """Rows that end before they begin. Uncertain dates are given the benefit of the doubt: latest against earliest."""
    lost = date_line.trips_that_lose_days(folder)
    for table, first, last in SPANS:
        frame = folder.frames.get(table, pd.DataFrame())
        if not {first, last} <= set(frame.columns):
            continue
        ended = bounds(frame[last])["latest"]
        wrong = (ended + lost if first == "arrived_host" else ended) < bounds(frame[first])["earliest"]
        if not wrong.any():
            continue
        for line, start, end in frame.loc[wrong, [first, last]].itertuples(name=None):
            message = f"{last} {end} is before {first} {start}; correct one of the two"
            yield Fault(folder.file(table), int(line), message)


def stops_outside(folder: Folder) -> Iterator[Fault]:
    """Stops before the journey began or after it ended."""
    stops, trips, file = folder.frames["stops"], folder.frames["trips"], folder.file("stops")
    number = folder.trip_numbers["stops"]
    known = number < len(trips)
    of_trip = trips.iloc[number[known]]
    rows, lost = stops[known], date_line.trips_that_lose_days(folder)[number[known]]
    began, ended = (
        bounds(of_trip[name])[end].to_numpy() for name, end in (("left_home", "earliest"), ("back_home", "latest"))
    )
    # A journey that ends before it begins is named as such.
    sound = ~(ended < began)
    for name in ("arrived", "left"):
        days = bounds(rows[name])
        too_early, too_late = days["latest"].to_numpy() < began - lost, days["earliest"].to_numpy() > ended + lost
        early = (sound & too_early, "before left_home", of_trip["left_home"])
        late = (sound & too_late, "after back_home", of_trip["back_home"])
        for wrong, where, day in (early, late):
            for at in np.flatnonzero(wrong).tolist():
                message = f"{name} {rows[name].iat[at]} is {where} {day.iat[at]}; correct one of the two"
                yield Fault(file, int(rows.index[at]), message)


def reported_too_soon(folder: Folder) -> Iterator[Fault]:
    """Stops that are said to be reported although the data end before them."""
    if not folder.data_as_of:
        return
    stops = folder.frames["stops"]
    later = bounds(stops["arrived"])["earliest"] > pd.Timestamp(folder.data_as_of)
    wrong = stops.loc[later & (stops["certainty"] == "reported"), "arrived"]
    for line, day in wrong.items():
        message = f"arrived {day} is after data_as_of {folder.data_as_of}, and the stop is reported; write expected"
        yield Fault(folder.file("stops"), int(str(line)), f"{message}, or correct the day")
