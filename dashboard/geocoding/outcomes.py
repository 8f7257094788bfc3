"""What can come of looking a place up, and the report that says it of all places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dashboard.tables.ids import slug

CREDITS = {
    "geonames": "GeoNames (https://www.geonames.org), CC BY 4.0",
    "nominatim": "© OpenStreetMap contributors (https://www.openstreetmap.org/copyright), ODbL",
}


# How many candidates a row of the ledger names; it says how many there were in all.
LISTED = 5


@dataclass(frozen=True)
class Candidate:
    """One of the places that a provider offers for a name; `listed`: see `called`."""

    name: str
    region: str
    population: int | None
    latitude_deg: float
    longitude_deg: float
    listed: str = ""

    @property
    def called(self) -> str:
        """Its name, with the code under which it is listed where that is not the one asked for: `San Juan (PRI)`."""
        return f"{self.name} ({self.listed})" if self.listed else self.name

    def __str__(self) -> str:
        inhabitants = "" if self.population is None else f"{self.population:,} inhabitants"
        about = ", ".join(filter(None, (self.region and f"region {self.region}", inhabitants)))
        return f"{self.called} at {self.latitude_deg}, {self.longitude_deg}" + (f" ({about})" if about else "")


@dataclass(frozen=True)
class Question:
    """What was asked and answered: the name, its country, the providers in order, all that the last of them offered."""

    name: str
    country_iso3: str
    asked: tuple[str, ...]
    candidates: tuple[Candidate, ...] = ()

    def cells(self) -> dict[str, str]:
        """The columns of `places.csv` that keep it: `query`, `asked`, `candidates`, `candidates_in_all`."""
        listed = [str(one).replace(";", ",") for one in self.candidates[:LISTED]]
        return {
            "query": f"{self.name} ({self.country_iso3})",
            "asked": ";".join(self.asked),
            "candidates": "; ".join(listed),
            "candidates_in_all": str(len(self.candidates)),
        }


def asked_cells(question: Question | None) -> dict[str, str]:
    """The columns of a question; none where nobody was asked, so that what is known of an earlier one stays."""
    return question.cells() if question else {}


@dataclass(frozen=True)
class Placed:
    """Coordinates of a place, who gave them, and under which name."""

    place: str
    country_iso3: str
    latitude_deg: float
    longitude_deg: float
    kind: str
    provider: str
    matched_name: str
    question: Question | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Ambiguous:
    """Several places of the country bear the name: a person must choose."""

    place: str
    country_iso3: str
    candidates: tuple[Candidate, ...]
    question: Question | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Unplaced:
    """Nobody could say where the place is, and why."""

    place: str
    country_iso3: str
    reason: str
    question: Question | None = field(default=None, compare=False)


Outcome = Placed | Ambiguous | Unplaced


@dataclass(frozen=True)
class Report:
    """What a run did, place by place in the order of asking; `known` places had coordinates before."""

    known: int
    outcomes: tuple[Outcome, ...]

    @property
    def placed(self) -> tuple[Placed, ...]:
        """The places that got coordinates."""
        return tuple(outcome for outcome in self.outcomes if isinstance(outcome, Placed))

    @property
    def ambiguous(self) -> tuple[Ambiguous, ...]:
        """The places whose name several places of the country bear."""
        return tuple(outcome for outcome in self.outcomes if isinstance(outcome, Ambiguous))

    @property
    def unplaced(self) -> tuple[Unplaced, ...]:
        """The places that nobody knew."""
        return tuple(outcome for outcome in self.outcomes if isinstance(outcome, Unplaced))

    def __str__(self) -> str:
        parts = (
            _say_placed(self),
            _say_renamed(self),
            _say_ambiguous(self),
            _say_unplaced(self),
            _say_credits(self),
        )
        return "\n\n".join(part for part in parts if part)


def _say_placed(report: Report) -> str:
    counts: dict[str, int] = {}
    for place in report.placed:
        counts[place.provider] = counts.get(place.provider, 0) + 1
    each = ", ".join(f"{count} by {provider}" for provider, count in counts.items())
    total = f"{len(report.placed)} placed" + (f" ({each})" if each else "")
    missing = f"{len(report.ambiguous)} ambiguous, {len(report.unplaced)} not found"
    return f"{total}, {missing}; {report.known} were known."


def _say_renamed(report: Report) -> str:
    other = [new for new in report.placed if slug(new.place) != slug(new.matched_name)]
    lines = [f"  {_label(new)} -> {new.matched_name}, {new.provider}" for new in other]
    return _titled("Placed under another name; check these first, then set reviewed to yes:", lines)


def _say_ambiguous(report: Report) -> str:
    lines = []
    for place in report.ambiguous:
        lines += [f"  {_label(place)}", *(f"    {candidate}" for candidate in place.candidates)]
    return _titled("Several places bear the name; write the right coordinates into places.csv, reviewed yes:", lines)


def _say_unplaced(report: Report) -> str:
    by_reason: dict[str, list[str]] = {}
    for place in report.unplaced:
        by_reason.setdefault(place.reason, []).append(_label(place))
    lines = [f"  {'; '.join(places)}\n    {reason}" for reason, places in by_reason.items()]
    advice = "Not found; write the coordinates into places.csv, reviewed yes, or ask the network with --online:"
    return _titled(advice, lines)


def _say_credits(report: Report) -> str:
    used = {new.provider for new in report.placed}
    return _titled("Coordinates from:", [f"  {text}" for provider, text in CREDITS.items() if provider in used])


def _titled(title: str, lines: Sequence[str]) -> str:
    return "\n".join((title, *lines)) if lines else ""


def _label(outcome: Outcome) -> str:
    return f"{outcome.place} ({outcome.country_iso3})"
