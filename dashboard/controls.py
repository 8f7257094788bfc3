"""Buttons that say in an attribute what they do; `assets/page.js` reads it, so that no button needs a callback."""

from __future__ import annotations

from typing import Any

from dash import html


def choice(children: Any, text: str, *, pressed: bool | None = None, **props: Any) -> html.Button:
    """A button that makes the choice `text` (see `Selection.act`); `pressed` says whether it is made already."""
    state = {} if pressed is None else {"aria-pressed": spoken(pressed)}
    return action(children, "choose", text, **state, **props)


def action(children: Any, name: str, value: str, **props: Any) -> html.Button:
    """A button for one of the actions of `page.js`: choose, zoom, sort, page, column."""
    attributes: dict[str, Any] = {f"data-{name}": value} | props
    return html.Button(children, **attributes)


def named(name: str, role: str = "group") -> dict[str, Any]:
    """The attributes that give a part of the page its name for a screen reader."""
    return {"role": role, "aria-label": name}


def spoken(truth: bool) -> str:
    """A truth as HTML attributes spell it."""
    return str(truth).lower()
