"""How a choice travels: one question to the server and its answer, whatever made the choice."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Start
from tests.browser.test_page import KIM_JONG_UN, middle, ready


def posts(page: Page) -> list[str]:
    """The questions that a page sends from now on."""
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.post_data or "") if one.method == "POST" else None)
    return sent


def type_years(page: Page) -> None:
    page.locator("#years-words").click()
    page.locator("#years-from").fill("2018")
    page.locator("#years-to").fill("2019")
    page.locator("#years-to").press("Enter")


def test_the_page_asks_once_when_it_opens_and_is_not_sent_its_map_again(page: Page) -> None:
    questions = posts(page)
    with page.expect_response("**/_dash-update-component*") as answered:
        page.goto(KIM_JONG_UN)
    ready(page, "11 trips")
    expect(page.locator("#year-strip .bars path").first).to_be_attached()
    page.wait_for_load_state("networkidle")
    assert len(questions) == 1
    sent = answered.value.json()["response"]
    assert "by-country" in sent
    assert "map" not in sent
    drawn = page.evaluate("() => document.querySelector('#map .js-plotly-plot').data.map(({uid}) => uid)")
    held = page.evaluate("() => JSON.parse(document.getElementById('first-view').textContent).data.map(({uid}) => uid)")
    assert drawn == held
    page.locator("#legend button", has_text="plane").click()
    ready(page, "3 trips")


def click_bar(page: Page) -> None:
    page.locator("#by-country").scroll_into_view_if_needed()
    page.mouse.click(*middle(page, "#by-country .bars path"))


def brush(page: Page) -> None:
    box = page.locator("#year-strip .nsewdrag").bounding_box()
    assert box
    first, last = page.evaluate(
        "() => [2017.7, 2019.3].map(year =>"
        " document.querySelector('#year-strip .js-plotly-plot')._fullLayout.xaxis.d2p(year))"
    )
    page.mouse.move(box["x"] + first, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + last, box["y"] + 30, steps=6)
    page.mouse.up()


@pytest.mark.parametrize(
    ("choose", "query"),
    [
        (lambda page: page.locator("#legend button", has_text="train").click(), "transport=train"),
        (lambda page: page.locator("#rows").get_by_role("button", name="10 Sep 2023").click(), "trip=KJU-10"),
        (lambda page: page.locator("#table-search").fill("putin"), "search=putin"),
        (click_bar, "country=CHN"),
        (brush, "years=2018-2019"),
    ],
)
def test_a_choice_asks_once(start: Start, choose: Callable[[Page], None], query: str) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    page.wait_for_load_state("networkidle")
    sent = posts(page)
    choose(page)
    expect(page).to_have_url(re.compile(f"{query}$"))
    page.wait_for_load_state("networkidle")
    assert len(sent) == 1


def test_typed_years_lead_back_and_forth(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    type_years(page)
    ready(page, "9 trips")
    sent = posts(page)
    page.go_back()
    ready(page, "11 trips")
    expect(page).to_have_url(re.compile("leader=kim-jong-un$"))
    page.go_forward()
    ready(page, "9 trips")
    page.wait_for_load_state("networkidle")
    assert len(sent) == 2


def test_the_same_bar_twice_lifts_its_choice(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    click_bar(page)
    ready(page, "5 trips")
    page.mouse.move(0, 0)
    click_bar(page)
    ready(page, "11 trips")


def test_a_choice_made_before_the_answer_to_another_counts_with_it(start: Start) -> None:
    page = start(KIM_JONG_UN)
    ready(page, "11 trips")
    page.evaluate(
        """() => {
            const click = choice => document.querySelector(`[data-choose="${choice}"]`).click();
            const ask = window.fetch;
            window.fetch = (...question) => {
                window.fetch = ask;
                const answer = ask(...question);
                click("trip=KJU-10");
                return answer;
            };
            click("transport=train");
        }"""
    )
    expect(page).to_have_url(re.compile("transport=train&trip=KJU-10$"))
    ready(page, "6 trips")
