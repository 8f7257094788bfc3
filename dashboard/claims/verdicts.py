"""Each statement measured twice, as known on its day and as of today: what was found, whether it holds, which rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import pandas as pd

from dashboard.claims.measures import MEASURE_BY_NAME, RECEIVED, Asked, Statement, UndecidedError, ask
from dashboard.query.known_on_day import as_known, first_known
from dashboard.tables.dates import bounds
from dashboard.travel.build import Travel

HOLDS = "holds"
NO_LONGER = "no longer holds"
NEVER = "does not hold"
UNDECIDED = "cannot be decided"
# The verdict that a table of statements has on record, by its column `held`.
ON_RECORD = {"yes": HOLDS, "no": NEVER, "undecided": UNDECIDED}

# What names a row of a unit beside its trip.
SAID_OF = {
    "meeting": ["date", "counterpart"],
    "stop": ["stop", "place"],
    "country visit": ["country_iso3"],
    RECEIVED: ["date", "visitor"],
}


@dataclass(frozen=True)
class Outcome:
    """What the rows as of one day say: a verdict, the value found, `why` where nothing is decided.

    `query` opens exactly the rows that were measured; `out_of` those that a share is taken of, '' for other measures.
    `rows` names them all.
    """

    verdict: str
    found: str
    why: str
    query: str
    out_of: str
    rows: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """One statement with its outcome as known on its day, and as of today."""

    statement: Statement
    then: Outcome
    today: Outcome

    @property
    def reproduced(self) -> bool:
        """Whether the rows as known then still give the verdict that is on record; False is a fault in the data."""
        return self.statement.held != "yes" or self.then.verdict == HOLDS


def line(one: Verdict) -> str:
    """A verdict in one line: `rail-under-half: holds as of 2023-09-11 (4 of 9), no longer holds today (6 of 11): …`."""
    claim = one.statement
    then, today = (f"{each.verdict}{{}} ({each.found or each.why})" for each in (one.then, one.today))
    return f"{claim.claim}: {then.format(f' as of {claim.as_of}')}, {today.format(' today')}: {claim.statement}"


def statements(travel: Travel) -> Iterator[Statement]:
    """Every row of every table of statements, file by file."""
    for name, frame in travel.statements.items():
        for line, row in frame.iterrows():
            texts = {str(key): str(value) for key, value in row.items()}
            yield Statement(file=f"{name}.csv", line=int(str(line)), **texts)


def judge(travel: Travel) -> list[Verdict]:
    """All statements of the data, in the order of their files, each as known on its day and as of today."""
    every, since = list(statements(travel)), first_known(travel)
    seen = {day: as_known(travel, day, since) for day in {last_day(one.as_of) for one in every}}
    return [verdict(travel, seen[last_day(one.as_of)], one) for one in every]


def verdict(travel: Travel, then: Travel, one: Statement) -> Verdict:
    """Measure one statement in the data as they were known `then`, and as they are."""
    before = _outcome(then, one, f"&known={last_day(one.as_of)}")
    today = _outcome(travel, one, "")
    if before.verdict == HOLDS and today.verdict == NEVER:
        today = replace(today, verdict=NO_LONGER)
    return Verdict(one, before, today)


@lru_cache(maxsize=1_000)
def last_day(as_of: str) -> str:
    """The last day that an EDTF text may mean, YYYY-MM-DD."""
    return f"{bounds(pd.Series([as_of], dtype='str'))['latest'].iloc[0]:%Y-%m-%d}"


def _outcome(travel: Travel, one: Statement, known: str) -> Outcome:
    measure = MEASURE_BY_NAME[one.measure]
    query, out_of = (text and f"{text}{known}" for text in (one.query, one.out_of))
    try:
        asked = ask(travel, one)
        found = measure.value(asked)
    except UndecidedError as error:
        return Outcome(UNDECIDED, "", str(error), query, out_of, ())
    return Outcome(HOLDS if measure.agrees(found, one.expected) else NEVER, found, "", query, out_of, _names(asked))


def _names(asked: Asked) -> tuple[str, ...]:
    """What was measured, row by row: `KJU-07`, `KJU-07 2019-02-27 Donald Trump`, `khasan-rus`."""
    if MEASURE_BY_NAME[asked.one.measure].places:
        return (*asked.selection.values("place"), *asked.one.fields)
    columns = [*([] if asked.one.of == RECEIVED else ["trip"]), *SAID_OF.get(asked.one.of, [])]
    rows = asked.rows[columns]
    if asked.whole is not asked.rows:
        rows = pd.concat([rows, asked.whole[columns]]).pipe(lambda both: both[~both.index.duplicated()])
    texts = [rows[name].astype("str").tolist() for name in columns if name != "trip"]
    if "trip" in columns:
        texts = [asked.travel.trips["trip_id"].reindex(rows["trip"]).tolist(), *texts]
    return tuple(" ".join(filter(None, cells)) for cells in zip(*texts, strict=True))
