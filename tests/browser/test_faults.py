"""What a reader is told while something is missing: the map, an answer, the server, the scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import OpenPage, Watch
from tests.browser.test_page import KIM_JONG_UN, ready

# Layout shifts that no choice of the reader caused, and where the first view stood when the page took its place.
WATCH_JUMPS = """() => {
    window.shifts = [];
    const unasked = list => list.getEntries().filter(one => !one.hadRecentInput).map(one => one.value);
    const watch = new PerformanceObserver(list => window.shifts.push(...unasked(list)));
    watch.observe({ type: "layout-shift", buffered: true });
    const top = name => document.querySelector(name).getBoundingClientRect().top;
    const swap = () => { window.swapped = [top("#first-map"), top("#map")]; };
    document.addEventListener("map-drawn", swap, { capture: true });
}"""


ON_TOP = """one => {
    const { left, top, width, height } = one.getBoundingClientRect();
    return document.elementFromPoint(left + width / 2, top + height / 2) === one;
}"""


@pytest.mark.parametrize(
    ("width", "address"),
    [(1440, "/"), (1024, f"{KIM_JONG_UN}&colour=red"), (390, "/"), (320, f"{KIM_JONG_UN}&trip=KJU-10")],
)
def test_nothing_jumps_while_the_page_loads(open_page: OpenPage, width: int, address: str) -> None:
    page = open_page(width, 844, is_mobile=width < 800)
    page.add_init_script(f"({WATCH_JUMPS})()")
    page.goto(address)
    expect(page.locator("#first-paint")).to_have_count(0)
    expect(page.locator("#by-person .bars path").first).to_be_attached()
    before, after = page.evaluate("() => window.swapped")
    assert before == pytest.approx(after, abs=1)
    assert page.evaluate("() => window.shifts") == []


def test_what_is_missing_is_said_before_any_script_has_come(page: Page) -> None:
    page.route("**/*.js*", lambda _: None)
    page.goto(KIM_JONG_UN, wait_until="commit")
    expect(page.get_by_text("Loading the map …").first).to_be_visible()
    expect(page.get_by_text("Loading the trips …")).to_be_visible()
    expect(page.get_by_text("11 trips to 5 countries")).to_be_visible()
    expect(page.get_by_role("status").first).to_have_text("Loading the page …")


def test_a_part_of_the_page_that_does_not_arrive_is_named(page: Page, watch: Watch) -> None:
    page.route("**/dash_renderer*", lambda route: route.abort())
    page.goto(KIM_JONG_UN)
    expect(page.get_by_text("A part of the page did not arrive.")).to_be_visible()
    watch.errors.clear()


def test_an_answer_that_takes_long_is_said_to_be_waited_for(page: Page) -> None:
    page.clock.install()
    page.goto(KIM_JONG_UN)
    ready(page, "11 trips")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/_dash-update-component*", hold, times=1)
    page.locator("#legend button", has_text="plane").click()
    page.clock.run_for(300)
    expect(page.locator("#unanswered")).to_have_text("Loading …")
    page.clock.run_for(1_500)
    expect(page.locator("#unanswered")).to_have_text("The server has not answered yet.")
    held[0].continue_()
    ready(page, "3 trips")
    expect(page.locator("#unanswered")).to_be_hidden()


def test_a_server_that_is_gone_is_named_and_asked_again_until_it_is_back(page: Page, watch: Watch) -> None:
    page.clock.install()
    page.goto(KIM_JONG_UN)
    ready(page, "11 trips")
    page.context.set_offline(True)
    page.locator("#legend button", has_text="plane").click()
    page.set_viewport_size({"width": 390, "height": 844})
    page.locator("#leader-words").click()
    expect(page.locator(".menu[data-menu=leader]")).to_be_visible()
    assert page.locator("#unanswered").evaluate(ON_TOP)
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": 1440, "height": 1000})
    expect(page.locator("#unanswered")).to_have_text("The server does not answer. It is asked again until it does.")
    page.clock.run_for(1_500)
    page.locator("#trip-list .trip").first.click()
    expect(page.locator("#unanswered")).to_be_in_viewport()
    page.context.set_offline(False)
    page.clock.run_for(1_500)
    expect(page.locator("#key-figures strong").first).to_have_text("3 trips")
    expect(page.locator(".outside")).to_contain_text("not among those selected")
    page.clock.run_for(5_000)
    expect(page.locator("#unanswered")).to_be_hidden()
    watch.errors.clear()


def test_without_scripts_every_address_is_a_readable_table_with_its_downloads(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{KIM_JONG_UN}&years=2018-2019&sort=days&colour=red&trip=KJU-07")
    expect(page).to_have_title("Kim Jong Un travelled abroad 2018 to 2019 by any transport: Leader Travel")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Kim Jong Un travelled abroad 2018 to 2019 by any transport"
    )
    expect(page.locator(".key-figures:visible")).to_contain_text("9 trips to")
    expect(page.locator("#table tbody tr")).to_have_count(9)
    expect(page.locator("#table tbody tr").last).to_contain_text("Hanoi")
    expect(page.locator("noscript main")).to_contain_text("Ignored in the address: colour is not a filter")
    expect(page.locator(".itinerary")).to_contain_text("met Donald Trump")
    expect(page.locator("#first-map")).to_be_hidden()
    with page.expect_download() as waiting:
        page.get_by_role("link", name="CSV", exact=True).click()
    assert waiting.value.path().read_text("utf-8-sig").count("\n") == 10
    page.locator("#table").get_by_role("link", name="10 Jun 2018").click()
    expect(page.locator(".itinerary")).to_contain_text("Singapore")
    page.goto("/?leader=kim-jong-il&transport=plane")
    page.get_by_role("link", name="Show everything").click()
    expect(page.locator("#table tbody tr")).to_have_count(21)
