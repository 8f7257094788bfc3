"""Buttons that make a choice. Each says in `data-choose` which one, as text that `Selection.act` reads.

`assets/choices.js` hands the text of whatever was clicked, button or row of the long texts, to `callbacks.show`.
"""

from __future__ import annotations

from typing import Any

import dash_mantine_components as dmc


def button(says: Any, class_name: str = "", title: str = "", **attributes: Any) -> dmc.UnstyledButton:
    """A quiet button; `attributes` are `id`, `aria-…` and `data-…`."""
    more: Any = {"buttonProps": {"title": title}} if title else {}
    return dmc.UnstyledButton(says, className=f"button {class_name}".strip(), **more, **attributes)


def choice(
    act: str, says: Any, class_name: str = "", title: str = "", *, pressed: bool | None = None
) -> dmc.UnstyledButton:
    """A button that makes the choice `act`, such as `country=CHN`."""
    held = {} if pressed is None else {"aria-pressed": "true" if pressed else "false"}
    return button(says, class_name, title, **{"data-choose": act}, **held)


def named(label: str, role: str = "") -> Any:
    """The attributes that give an element a name, and where it has none a role, for those who do not see it."""
    return {"aria-label": label} | ({"role": role} if role else {})
