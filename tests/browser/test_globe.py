"""Map and globe: one at a time, in the address, and never zoomed into nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Start

KINDS = {"map": "/", "globe": "/?view=globe"}
PROJECTION = "() => document.querySelector('#map .js-plotly-plot').layout.geo.projection.type"
VIEW = """() => {
    const graph = document.querySelector('#map .js-plotly-plot');
    return window.frame.read(graph, graph.layout.meta.view);
}"""
# The places and homes that are in sight: how far each is from the middle of the card, in px.
IN_SIGHT = """() => {
    const card = document.querySelector('#map').getBoundingClientRect();
    const graph = document.querySelector('#map .js-plotly-plot');
    const groups = graph.querySelectorAll('.scattergeo');
    const rings = graph.data.flatMap(({ uid }, at) =>
        ['places', 'homes'].includes(uid) ? [...groups[at].querySelectorAll('path.point')] : []);
    return rings.filter((ring) => ring.getAttribute('display') !== 'none').map((ring) => {
        const { left, right, top, bottom } = ring.getBoundingClientRect();
        return [(left + right) / 2 - card.left - card.width / 2, (top + bottom) / 2 - card.top - card.height / 2];
    }).filter(([x, y]) => Math.abs(x) < card.width / 2 && Math.abs(y) < card.height / 2)
      .map(([x, y]) => Math.hypot(x, y));
}"""


def opened(page: Page, address: str) -> None:
    """Wait until Dash has drawn its own map."""
    page.goto(address)
    expect(page.locator("#map .js-plotly-plot .scattergeo").first).to_be_attached()
    expect(page.locator("#first-paint")).to_have_count(0)


def clicked(page: Page, button: str) -> None:
    """Click a button of the map and wait until it has been drawn anew."""
    drawn = "(graph) => new Promise((go) => graph.once('plotly_afterplot', () => go()))"
    graph = page.locator("#map .js-plotly-plot").element_handle()
    waiting = graph.evaluate_handle(f"(graph) => ({{ done: ({drawn})(graph) }})")
    page.locator(button).click()
    waiting.evaluate("({ done }) => done")


def test_the_globe_is_in_the_address_and_draws_the_same_traces(start: Start) -> None:
    traces = "() => document.querySelector('#map .js-plotly-plot').data.map(({ uid, lon }) => [uid, lon])"
    page = start("/?leader=kim-jong-un")
    assert page.evaluate(PROJECTION) == "natural earth"
    flat = page.evaluate(traces)
    clicked(page, "#map-kinds >> text=Globe")
    expect(page).to_have_url(re.compile(r"\?leader=kim-jong-un&view=globe$"))
    expect(page.get_by_role("button", name="Globe")).to_have_attribute("aria-pressed", "true")
    assert page.evaluate(PROJECTION) == "orthographic"
    assert page.evaluate(traces) == flat
    page.go_back()
    expect(page.get_by_role("button", name="Map", exact=True)).to_have_attribute("aria-pressed", "true")
    opened(page, "/?leader=kim-jong-un&view=globe")
    assert page.evaluate(PROJECTION) == "orthographic"


@pytest.mark.parametrize("kind", KINDS)
def test_three_times_closer_shows_where_the_leaders_were(start: Start, kind: str) -> None:
    page = start(KINDS[kind])
    for _ in range(3):
        before = len(page.evaluate(IN_SIGHT))
        clicked(page, "#zoom-in")
        in_sight = page.evaluate(IN_SIGHT)
        assert min(in_sight) < 2
        assert before >= len(in_sight) > 3


@pytest.mark.parametrize("kind", KINDS)
def test_the_closest_view_has_a_place_in_its_middle_and_a_base_map(start: Start, kind: str) -> None:
    page = start(KINDS[kind])
    page.evaluate("""async () => {
        const graph = document.querySelector('#map .js-plotly-plot');
        for (let click = 0; click < 14; click++) {
            const drawn = new Promise((go) => graph.once('plotly_afterplot', go));
            document.getElementById('zoom-in').click();
            await drawn;
        }
    }""")
    assert page.evaluate(VIEW)["zoom"] == pytest.approx(150, rel=0.05)
    assert min(page.evaluate(IN_SIGHT)) < 2
    expect(page.locator("#map .layer.land path")).not_to_have_attribute("d", "")
    outside = "() => document.querySelector('#map .js-plotly-plot')._fullLayout.geo._subplot.bounds"
    (left, top), (right, bottom) = page.evaluate(outside)
    box = page.locator("#map").bounding_box()
    assert box
    assert (left, top, right, bottom) == pytest.approx((0, 0, box["width"], box["height"]), abs=2)
    clicked(page, "#zoom-fit")
    assert len(page.evaluate(IN_SIGHT)) > 20
    clicked(page, "#zoom-world")
    assert page.evaluate(VIEW)["zoom"] == pytest.approx(1, rel=0.05)


@pytest.mark.parametrize("kind", KINDS)
def test_a_choice_keeps_the_view_that_a_reader_has_turned_to(start: Start, kind: str) -> None:
    page = start(KINDS[kind])
    clicked(page, "#zoom-in")
    page.locator("#map-keys").focus()
    page.keyboard.press("ArrowRight")
    turned = page.evaluate(VIEW)
    clicked(page, "#legend >> text=plane")
    expect(page.locator("#key-figures strong").first).to_have_text("3 trips")
    for name, value in turned.items():
        assert page.evaluate(VIEW)[name] == pytest.approx(value, abs=0.01)


def test_a_drag_that_ends_on_a_place_does_not_choose_it(start: Start) -> None:
    page = start("/?leader=kim-jong-un")
    box = page.locator("#map .scattergeo").filter(has_text="Beijing").locator("path.point").first.bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x - 90, y - 60)
    page.mouse.down()
    # The map follows the pointer, and on a straight way the place with it: out and back it lies still.
    page.mouse.move(x - 30, y + 60, steps=3)
    page.mouse.move(x - 90, y - 60, steps=3)
    page.mouse.up()
    clicked(page, "#legend >> text=train")
    expect(page).to_have_url(re.compile(r"\?leader=kim-jong-un&transport=train$"))
