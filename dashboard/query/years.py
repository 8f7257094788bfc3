"""The years of a selection: which a view shows, with trips or without, and the trips of no certain year."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from dashboard.query.filters import year_range
from dashboard.tables.transport import TRANSPORT_NAMES
from dashboard.travel.travel import UNKNOWN_YEAR

NO_YEARS = pd.MultiIndex.from_arrays([pd.Index([], dtype="int64")] * 2, names=["first", "last"])
NONE_UNSURE = pd.DataFrame(index=NO_YEARS, columns=list(TRANSPORT_NAMES), dtype="int64")


def count_unsure(trips: pd.DataFrame) -> pd.DataFrame:
    """Trips of no certain year by the first and the last that it may be, and by transport; not those without a day."""
    unsure = (trips["year"] == UNKNOWN_YEAR) & trips["left_home_earliest"].notna()
    if not unsure.any():
        # A tenth of all counting, where there is nothing to count.
        return NONE_UNSURE
    dated = trips[unsure]
    first, last = (dated[f"left_home_{end}"].dt.year.astype("int64") for end in ("earliest", "latest"))
    counts = dated.groupby([first.rename("first"), last.rename("last"), "transport"], observed=True).size()
    by_mode = counts.unstack("transport", fill_value=0)
    by_mode = by_mode.set_axis(by_mode.columns.astype("str"), axis=1)
    return by_mode.reindex(columns=list(TRANSPORT_NAMES), fill_value=0)


def by_each_year(unsure: pd.Series) -> pd.Series:
    """Trips by `first` and `last` year -> trips by each year between, both included."""
    if unsure.empty:
        return pd.Series(dtype="int64")
    spans = zip(unsure.index.tolist(), unsure.tolist(), strict=True)
    years = [(year, trips) for (first, last), trips in spans for year in range(first, last + 1)]
    found = pd.DataFrame(years, columns=["year", "trips"], dtype="int64")
    by_year: pd.Series = found.groupby("year")["trips"].sum()
    return by_year


def chosen_years(counts: pd.DataFrame, maybe: pd.Index, values: Iterable[str]) -> pd.DataFrame:
    """Trips by year and transport from the first year to the last that has a trip of the selection.

    Of the years chosen (`values`, as the address has them) those that `maybe` have one are shown, too.
    """
    chosen = [year_range(value) for value in values]
    possible = [year for year in maybe.tolist() if any(first <= year <= last for first, last in chosen)]
    years = counts.index.drop([UNKNOWN_YEAR], errors="ignore").union(pd.Index(possible, dtype="int64"))
    return _without_gaps(counts, years.min(), years.max())


def all_years(counts: pd.DataFrame, maybe: pd.Index, leaders: pd.DataFrame, data_as_of: str) -> pd.DataFrame:
    """Trips by year and transport of every year that has one, or `maybe` has, and of those in office of the `leaders`.

    These are the leaders who travelled; years in office end with the day up to which the data hold.
    """
    return _without_gaps(counts, *_span(counts, maybe, leaders, data_as_of))


def _span(counts: pd.DataFrame, maybe: pd.Index, leaders: pd.DataFrame, data_as_of: str) -> tuple[float, float]:
    """First and last year of `all_years`; NaN if there is none."""
    years = counts.index.drop([UNKNOWN_YEAR], errors="ignore").union(maybe)
    first, last = years.min(), years.max()
    begun, ended = (leaders[f"{end}_year"] for end in ("first", "last"))
    in_office = begun.notna() | ended.notna()
    if pd.isna(first) or not in_office.any():
        return first, last
    as_of = int(data_as_of[:4] or last)
    begun, ended = begun.min(), ended[in_office].fillna(as_of).max()
    return min(first, first if pd.isna(begun) else begun), max(last, min(ended, as_of))


def _without_gaps(years: pd.DataFrame, first: float, last: float) -> pd.DataFrame:
    """The years from first to last, each with its trips; none where these are NaN."""
    every = pd.RangeIndex(int(first), int(last) + 1) if first <= last else pd.RangeIndex(0)
    return years.reindex(every, fill_value=0)
