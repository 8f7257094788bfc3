"""A small part of `make fuzz`, the same requests each time, and that it would find a fault."""

from __future__ import annotations

import json

import pytest
from dash import Dash, Input, Output, dcc, html
from flask.testing import FlaskClient

from app import app
from tests.fuzzing import Account, Sent, fuzz


@pytest.mark.long
def test_nothing_a_stranger_sends_is_answered_with_500() -> None:
    account = fuzz(app, 400, seed=1)
    assert account.broken == []
    assert sum(account.statuses.values()) >= 350
    assert {200, 400, 404, 405} <= set(account.statuses)
    described = json.loads(app.server.test_client().get("/openapi.json").data)["paths"]
    assert len(set(described) & account.paths) > len(described) / 2


def test_a_fault_is_found() -> None:
    small = Dash("small", use_async=False)
    small.layout = html.Div([dcc.Store(id="a"), dcc.Store(id="b")])
    small.callback(Output("b", "data"), Input("a", "data"))(lambda value: value["missing"])
    account, client = Account(), FlaskClient(small.server)
    account.send(client, Sent("POST", "/_dash-update-component", b"{}", "application/json"))
    assert account.statuses == {500: 1}
    assert account.broken[0].startswith("500 after 0.")
