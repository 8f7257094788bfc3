"""What a data folder says of itself in `datapackage.json`: licences, sources, and the choices that were packed.

It may come from a stranger's package: whatever does not have the form that it should have is left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

About = Mapping[str, Any]

# What a part of the data says of itself as the whole does.
KEPT = ("keywords", "licenses", "sources", "contributors")
CHOICES = "choices"
# No description of ours comes near these.
MOST, LONGEST = 100, 500


def stated(about: About, key: str) -> list[dict[str, str]]:
    """The licences, sources or contributors that are stated, each with a title or a name, and maybe a path."""
    listed = about.get(key)
    objects = [one for one in listed[:MOST] if isinstance(one, dict)] if isinstance(listed, list) else []
    texts = ({name: text[:LONGEST] for name, text in one.items() if isinstance(text, str)} for one in objects)
    return [one for one in texts if one.get("title") or one.get("name")]


def licences(about: About) -> list[str]:
    """Each licence as `CC-BY-4.0, https://…`."""
    each = ([one.get("name") or one.get("title"), one.get("path")] for one in stated(about, "licenses"))
    return [", ".join(filter(None, parts)) for parts in each]


def choices(about: About, key: str) -> dict[str, str]:
    """The values of one filter that were chosen when the data were packed, and their names.

    They stay known although no trip has them: the address under which the data were packed must open them again.
    """
    packed = about.get(CHOICES)
    values = packed.get(key) if isinstance(packed, dict) else None
    listed = list(values.items())[:MOST] if isinstance(values, dict) else []
    return {value: name for value, name in listed if isinstance(value, str) and isinstance(name, str)}
