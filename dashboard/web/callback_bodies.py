"""What a browser sends to a callback, checked against what the callbacks declare before Dash sees it.

Dash itself answers 500 to most bodies that its own page would never send. A callback of the page sees values whose
kind fits the property they come from; which values make sense is the callback's own matter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import orjson

Json = Any
Callbacks = Mapping[str, Mapping[str, Any]]

MOST_BYTES = 300_000
DEEPEST = 32
MOST_VALUES = 20_000
LONGEST_LIST = 5_000
LONGEST_KEY = 200
LONGEST_TEXT = 60_000
# What stands in a declared id for any value, and whether one component or a list of them is then sent.
WILDCARDS = {"MATCH": False, "ALL": True, "ALLSMALLER": True}


class BodyError(ValueError):
    """A body that the page would never send; says where and what is allowed there."""


def _is_whole(value: Json) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: Json) -> bool:
    return isinstance(value, str)


def _is_object(value: Json) -> bool:
    return isinstance(value, dict)


# The kind of value of each property that has one kind only; all may be null. Others may hold anything that is bounded.
Kind = tuple[str, Callable[[Json], bool]]
TEXT: Kind = ("a text", _is_text)
WHOLE: Kind = ("a whole number", _is_whole)
OBJECT: Kind = ("an object", _is_object)
KINDS = {
    **dict.fromkeys(("search", "href", "pathname", "hash"), TEXT),
    **dict.fromkeys(("n_clicks", "n_submit", "n_blur", "n_intervals"), WHOLE),
    **dict.fromkeys(("clickData", "hoverData", "selectedData", "relayoutData", "figure"), OBJECT),
}


def parse(raw: bytes) -> Json:
    """A body as JSON: finite numbers, no lone surrogates, bounded in depth and size. Raises `BodyError`."""
    if len(raw) > MOST_BYTES:
        raise BodyError(f"the body has {len(raw):,} bytes; at most {MOST_BYTES:,} are read")
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        raise BodyError(f"the body is not JSON ({error})") from error
    _bound(body)
    return body


def check(body: Json, callbacks: Callbacks) -> None:
    """Raise `BodyError` unless `body` asks one of `callbacks` with the components that it declares."""
    if not isinstance(body, dict):
        raise BodyError("the body is not an object")
    name = body.get("output")
    declared = callbacks.get(name) if isinstance(name, str) else None
    if declared is None or "callback" not in declared:
        raise BodyError("output: no callback of this name")
    for part in ("inputs", "state"):
        _check_part(part, body.get(part, []), declared[part])
    _check_outputs(body.get("outputs", []), str(name), bool(declared.get("no_output")))
    _check_changed(body.get("changedPropIds", []))


def _check_part(part: str, sent: Json, declared: list[dict[str, str]]) -> None:
    if not isinstance(sent, list) or len(sent) != len(declared):
        raise BodyError(f"{part}: a list of {len(declared)} is expected")
    for number, (one, wanted) in enumerate(zip(sent, declared, strict=True)):
        where = f"{part}[{number}]"
        _check_component(where, one, wanted)
        for each in one if isinstance(one, list) else [one]:
            _check_value(where, wanted["property"], each.get("value"))


def _check_outputs(sent: Json, name: str, no_output: bool) -> None:
    """Outputs as the callback's name lists them: one, or a list where it has several."""
    wanted = [] if no_output else outputs_of(name)
    if isinstance(wanted, dict):
        if not isinstance(sent, dict):
            raise BodyError("outputs: an object with id and property is expected")
        _check_component("outputs", sent, wanted)
        return
    if not isinstance(sent, list) or len(sent) != len(wanted):
        raise BodyError(f"outputs: a list of {len(wanted)} is expected")
    for number, (one, each) in enumerate(zip(sent, wanted, strict=True)):
        _check_component(f"outputs[{number}]", one, each)


def outputs_of(name: str) -> dict[str, str] | list[dict[str, str]]:
    """Id and property of the outputs of a callback by its name: `a.data`, or `..a.data...b.value..` for several."""
    if name.startswith(".."):
        return [_output(one) for one in name[2:-2].split("...")]
    return _output(name)


def _output(name: str) -> dict[str, str]:
    component, _, its = name.rpartition(".")
    return {"id": component, "property": its}


def _check_changed(sent: Json) -> None:
    if not isinstance(sent, list) or not all(isinstance(one, str) and "." in one for one in sent):
        raise BodyError("changedPropIds: a list of texts such as id.property is expected")


def _check_component(where: str, sent: Json, wanted: Mapping[str, str]) -> None:
    """One component, or a list of them where the declared id stands for several."""
    pattern = _pattern(wanted["id"])
    if isinstance(pattern, dict) and any(_many(value) for value in pattern.values()):
        if not isinstance(sent, list):
            raise BodyError(f"{where}: a list is expected")
        some = sent
    else:
        some = [sent]
    for one in some:
        fits = isinstance(one, dict) and one.get("property") == wanted["property"] and _fits(one.get("id"), pattern)
        if not fits:
            raise BodyError(f"{where}: {wanted['id']}.{wanted['property']} is expected")


def _pattern(declared: str) -> str | dict[str, Json]:
    if not declared.startswith("{"):
        return declared
    pattern: dict[str, Json] = orjson.loads(declared)
    return pattern


def _many(value: Json) -> bool:
    return isinstance(value, list) and WILDCARDS.get(value[0], False)


def _fits(sent: Json, pattern: str | dict[str, Json]) -> bool:
    if isinstance(pattern, str) or not isinstance(sent, dict):
        return bool(sent == pattern)
    return sent.keys() == pattern.keys() and all(
        isinstance(sent[key], str | int | float) if isinstance(value, list) else sent[key] == value
        for key, value in pattern.items()
    )


def _check_value(where: str, name: str, value: Json) -> None:
    kind, is_kind = KINDS.get(name, ("", None))
    if is_kind and value is not None and not is_kind(value):
        raise BodyError(f"{where}: {name} is {kind}")


def _bound(body: Json) -> None:
    """Raise `BodyError` where a body is deeper, longer or fuller than any that the page sends."""
    level, values = [body], 0
    for _ in range(DEEPEST):
        inner = [one for each in level for one in _inside(each)]
        values += len(inner)
        if values > MOST_VALUES:
            raise BodyError(f"the body holds more than {MOST_VALUES:,} values")
        if not inner:
            return
        level = inner
    raise BodyError(f"the body is nested more than {DEEPEST} deep")


def _inside(value: Json) -> Iterator[Json]:
    if isinstance(value, str) and len(value) > LONGEST_TEXT:
        raise BodyError(f"a text in the body has more than {LONGEST_TEXT:,} characters")
    if isinstance(value, list | dict) and len(value) > LONGEST_LIST:
        raise BodyError(f"a list or an object in the body has more than {LONGEST_LIST:,} members")
    if isinstance(value, dict):
        if any(len(key) > LONGEST_KEY for key in value):
            raise BodyError(f"a key in the body has more than {LONGEST_KEY} characters")
        yield from value.values()
    elif isinstance(value, list):
        yield from value
