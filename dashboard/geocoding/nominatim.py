"""OpenStreetMap's Nominatim, asked as its usage policy wants it; nothing else connects to the outside.

https://operations.osmfoundation.org/policies/nominatim/ asks for one request a second for the whole
application, a user agent of its own, results kept, and "© OpenStreetMap contributors" shown.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from geopy import exc
from geopy.adapters import RequestsAdapter
from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim as GeopyNominatim
from geopy.location import Location

from dashboard.geocoding.gazetteer import countries

# After this many places in a row without an answer the service is taken to be down.
FAILURES_IN_A_ROW = 3
SETTLEMENTS = {"city", "town", "village", "hamlet", "municipality", "suburb", "quarter", "borough"}
NONSENSE = (TypeError, ValueError, AttributeError, LookupError)
REFUSALS = (exc.GeocoderAuthenticationFailure, exc.GeocoderInsufficientPrivileges, exc.GeocoderQuotaExceeded)

# Kinds of failure -> what is raised for them, and in which words; the first that fits counts.
WORDS: tuple[tuple[Any, Any, str], ...] = (
    (REFUSALS, exc.GeocoderInsufficientPrivileges, "refuses to answer us ({})"),
    (exc.GeocoderUnavailable, exc.GeocoderUnavailable, "cannot be reached"),
    (exc.GeocoderTimedOut, exc.GeocoderTimedOut, "did not answer in time"),
    (
        (*NONSENSE, exc.GeocoderParseError),
        exc.GeocoderParseError,
        "answered something that is not a list of places",
    ),
)


@dataclass(frozen=True)
class Patience:
    """How a service is asked: the pace, how long an answer may take, and when to give up.

    A question is asked at most `attempts` times, `pause_s` apart or as long as the service says
    (Retry-After), unless that is longer than `longest_wait_s`.
    """

    seconds_between: float = 1.0
    timeout_s: float = 10.0
    attempts: int = 3
    pause_s: float = 5.0
    longest_wait_s: float = 60.0


PATIENCE = Patience()


class Nominatim:
    """geopy's Nominatim with bounded patience. Make one per run: the pace is kept by the object.

    `user_agent` names the application and how to reach who runs it, `leader-travel/1.0 (+https://…)`. Once
    the service cannot be reached, refuses us or fails three places in a row, it is not asked again, and every
    further question fails at once with the same reason.
    """

    provider = "nominatim"

    def __init__(
        self,
        user_agent: str,
        *,
        domain: str = "nominatim.openstreetmap.org",
        scheme: str = "https",
        patience: Patience = PATIENCE,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        # geopy's adapter repeats a failed request twice by itself and at once: that would break the pace.
        adapter = partial(RequestsAdapter, max_retries=0)
        service = GeopyNominatim(
            user_agent=user_agent,
            domain=domain,
            scheme=scheme,
            timeout=patience.timeout_s,
            adapter_factory=adapter,
        )
        self._ask = _paced(service, patience.seconds_between)
        self._patience = patience
        self._sleep = sleep
        self._failed_in_a_row = 0
        self._stopped = ""

    def geocode(self, query: str, *, exactly_one: bool = True, country_codes: str) -> Location | list[Location] | None:
        """Places of that name in one country (alpha-3), the likeliest first; raises GeopyError."""
        country = countries().get(country_codes.upper())
        if country is None:
            raise exc.GeocoderQueryError(f"was not asked: no country has the code {country_codes}")
        if self._stopped:
            raise exc.GeocoderUnavailable(self._stopped)
        found = self._answer(query, country.iso2.lower())
        if exactly_one:
            return found[0] if found else None
        return found or None

    def _answer(self, query: str, country_iso2: str) -> list[Location]:
        try:
            found = self._ask_patiently(query, country_iso2)
        except exc.GeocoderQueryError:
            raise
        except exc.GeocoderServiceError as error:
            self._failed_in_a_row += 1
            gone = isinstance(error, (exc.GeocoderUnavailable, *REFUSALS))
            if gone or self._failed_in_a_row >= FAILURES_IN_A_ROW:
                self._stopped = f"{error}, so it was not asked further: run again later with --online"
                raise exc.GeocoderUnavailable(self._stopped) from error
            raise
        self._failed_in_a_row = 0
        return found

    def _ask_patiently(self, query: str, country_iso2: str) -> list[Location]:
        for left in reversed(range(self._patience.attempts)):
            try:
                return _within(self._ask(query, country_codes=country_iso2), country_iso2)
            except exc.GeocoderQueryError as error:
                raise exc.GeocoderQueryError(f"refused the question: {error}") from error
            except (*NONSENSE, exc.GeocoderServiceError) as error:
                wait_s = self._wait_s(error)
                if left == 0 or wait_s > self._patience.longest_wait_s or _refuses_us(error):
                    raise _in_our_words(error) from error
                self._sleep(wait_s)
        raise exc.GeocoderServiceError("was not asked: no attempt is allowed")

    def _wait_s(self, error: Exception) -> float:
        asked_for = getattr(error, "retry_after", None)
        return self._patience.pause_s if asked_for is None else float(asked_for)


def _paced(service: GeopyNominatim, seconds_between: float) -> RateLimiter:
    ask = partial(service.geocode, exactly_one=False, limit=10, language="en", addressdetails=True)
    # Its own retries know neither Retry-After nor when to give up, so only its pace is used.
    return RateLimiter(
        ask,
        min_delay_seconds=seconds_between,
        error_wait_seconds=seconds_between,
        max_retries=0,
        swallow_exceptions=False,
    )


def _within(found: list[Location] | None, country_iso2: str) -> list[Location]:
    """The answers that do not claim another country, with their kind in `raw`."""
    inside = []
    for location in found or []:
        latitude_deg, longitude_deg = float(location.raw["lat"]), float(location.raw["lon"])
        # geopy turns coordinates that are missing into (0, 0), and 500° east into 140.
        if not (abs(latitude_deg) <= 90 and abs(longitude_deg) <= 180):
            raise ValueError(f"{latitude_deg}, {longitude_deg} is not on the globe")
        address = location.raw.get("address", {})
        if address.get("country_code", country_iso2) == country_iso2:
            raw = {"kind": _kind(location.raw), "region": address.get("state", "")}
            inside.append(Location(location.address, location.point, raw))
    return inside


def _kind(raw: Mapping[str, Any]) -> str:
    """OpenStreetMap's classes -> the kinds of `places.csv`; whatever is no settlement is a venue."""
    what = raw.get("addresstype") or raw.get("type")
    if what == "country" or what in SETTLEMENTS:
        return "country" if what == "country" else "city"
    if raw.get("class") == "aeroway":
        return "airport"
    return "border point" if raw.get("type") == "border_control" else "venue"


def _refuses_us(error: Exception) -> bool:
    return isinstance(error, REFUSALS) and not isinstance(error, exc.GeocoderRateLimited)


def _in_our_words(error: Exception) -> exc.GeocoderServiceError:
    """The same failure in words for the report: geopy's own may hold a whole page of HTML."""
    if isinstance(error, exc.GeocoderRateLimited):
        wait = "" if error.retry_after is None else f" and asks to wait {error.retry_after:.0f} s"
        return exc.GeocoderQuotaExceeded(f"says that it is asked too often (429){wait}")
    for kinds, ours, words in WORDS:
        if isinstance(error, kinds):
            return ours(words.format(error))
    return exc.GeocoderServiceError(f"failed ({error})")
