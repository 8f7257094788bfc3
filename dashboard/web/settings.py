"""What whoever serves the page may set: the address under which readers know it, and which sites may embed it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

ADDRESS, EMBEDDERS = "LEADER_TRAVEL_ADDRESS", "LEADER_TRAVEL_EMBEDDERS"
# Whoever asks from this machine itself, as a check of its health does.
LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


class SettingError(ValueError):
    """A setting that cannot be used; says which, and how it is written."""


@dataclass(frozen=True)
class Settings:
    """`address` is where readers find the page behind a proxy, '' without one; `embedders` are sites, `https://a.example`."""

    address: str = ""
    embedders: tuple[str, ...] = ()

    @classmethod
    def of(cls, environment: Mapping[str, str]) -> Settings:
        """The settings that an environment names. Raises `SettingError`."""
        address = environment.get(ADDRESS, "").strip()
        if address and not _is_site(address):
            raise SettingError(f"{ADDRESS} is {address!r}; write it as https://maps.example/travel/")
        embedders = tuple(environment.get(EMBEDDERS, "").split())
        wrong = [one for one in embedders if not _is_site(one) or urlsplit(one).path]
        if wrong:
            raise SettingError(
                f"{EMBEDDERS} holds {wrong[0]!r}; write each site as https://news.example, with a space between"
            )
        return cls(address, embedders)

    @property
    def prefix(self) -> str:
        """The path under which readers find the page: `/travel/`, or `/`."""
        path = urlsplit(self.address).path.strip("/")
        return f"/{path}/" if path else "/"

    @property
    def hosts(self) -> list[str] | None:
        """The names under which the server may be asked; None for any."""
        return [str(urlsplit(self.address).hostname), *LOOPBACK] if self.address else None


def _is_site(text: str) -> bool:
    parts = urlsplit(text)
    plain = not (parts.query or parts.fragment or set(text) & set("'\";, "))
    return parts.scheme in ("http", "https") and bool(parts.hostname) and plain
