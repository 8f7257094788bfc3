"""Bodies of callbacks: as the page sends them, and each of those with something wrong in it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from dashboard.web.callback_bodies import outputs_of

Json = Any

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from([2**63, 2**64, -(2**70), 10**300, 1e308, -0.0])
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20)
    | st.sampled_from(["", "\0", "<script>", "=1+1", "9" * 5_000, "?leader=kim-jong-un", "..a.b...c.d..", "__proto__"])
)
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def body_of(name: str, declared: Mapping[str, Any], value: Json = None) -> dict[str, Json]:
    """A question as the page would send it, every value the same."""
    filled = {
        part: [{"id": one["id"], "property": one["property"], "value": value} for one in declared[part]]
        for part in ("inputs", "state")
    }
    changed = [f"{one['id']}.{one['property']}" for one in declared["inputs"][:1]]
    return {"output": name, "outputs": outputs_of(name), "changedPropIds": changed, **filled}


@st.composite
def broken(draw: st.DrawFn, whole: Json) -> Json:
    """A body in which one part, however deep, is another thing, is missing, or stands twice."""
    body = copy.deepcopy(whole)
    holder, key = draw(st.sampled_from(_parts(body)))
    deed = draw(st.sampled_from(("other", "missing", "twice")))
    if deed == "other":
        holder[key] = draw(ANYTHING)
    elif deed == "missing":
        del holder[key]
    else:
        holder[key] = [holder[key], holder[key]]
    return body


def _parts(body: Json) -> list[tuple[Json, Json]]:
    """Where everything stands in a body: what holds it, and under which key."""
    keys = list(body) if isinstance(body, dict) else range(len(body)) if isinstance(body, list) else []
    here = [(body, key) for key in keys]
    return here + [part for key in keys for part in _parts(body[key])]
