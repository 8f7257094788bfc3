"""Texts that no spreadsheet runs, whatever stands in them."""

from __future__ import annotations

# A spreadsheet runs a cell that begins like this as a formula (OWASP, "CSV Injection").
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def inert(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it."""
    return "'" + text if text.startswith(FORMULA) else text
