"""The templates of the page -> HTML: each part is a macro in `templates/page`, which escapes all that it is given."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from dashboard.language import FOR_TEMPLATES

# Of a long list so many stand on a telephone before the others are asked for; assets/phone.css hides the rest.
FEW = 3


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dashboard"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= FOR_TEMPLATES
    environment.globals["FEW"] = FEW
    return environment


@cache
def _macros(template: str) -> Any:
    return _environment().get_template(f"page/{template}.html").module


def render_macro(template: str, name: str, *values: Any, **named: Any) -> Markup:
    """One part of the page: the macro `name` of `templates/page/<template>.html`, with its values.

    A list of sixty trips takes 0.8 ms so; as components of Dash it took 5.3, and the browser had to build it too.
    """
    made: Markup = getattr(_macros(template), name)(*values, **named)
    return made


def document(**values: Any) -> str:
    """The whole page as it stands before anything is counted: `templates/page/index.html`."""
    return _environment().get_template("page/index.html").render(**values)
