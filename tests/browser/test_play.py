"""Playing the trips: by button, key and typed year, each from its start to its end; nobody is asked for a frame."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, Start

# How many lines are drawn in the years' colours, and how many of them belong to trips of the year that is shown.
LINES = """() => ['.on', '.now'].map((kind) => document.querySelectorAll(`#played path${kind}`).length)"""
REACHED = "() => [...document.querySelectorAll('#map .scattergeo text.reached')].map((name) => name.textContent)"
OPACITY = """(name) => [...document.querySelectorAll('#map .scattergeo text')]
    .filter(({ textContent }) => textContent === name).map((text) => getComputedStyle(text).opacity)"""


def quietly(page: Page) -> Page:
    """The page for a reader who wants no motion: it steps, and waits for the next step."""
    page.emulate_media(reduced_motion="reduce")
    return page


def test_keys_lead_through_the_years_and_a_typed_year_to_itself(start: Start) -> None:
    quiet = quietly(start("/?leader=kim-jong-un"))
    said = quiet.locator("#play-says")
    quiet.locator("#play-go").focus()
    for key, says in {
        "ArrowRight": "2018: 5 trips. Beijing; Panmunjom; Dalian; Singapore; Beijing",
        "End": "2025: 1 trip. Beijing",
        "ArrowLeft": "2024: no trip",
        "Home": "2018: 5 trips. Beijing; Panmunjom; Dalian; Singapore; Beijing",
    }.items():
        quiet.keyboard.press(key)
        expect(said).to_have_text(says)
    expect(quiet.locator("#play-says")).to_have_attribute("role", "status")
    marker = quiet.get_by_role("slider", name="Year that is played")
    expect(marker).to_have_attribute("aria-valuenow", "2018")
    expect(marker).to_have_attribute("aria-valuetext", "2018: 5 trips. Beijing; Panmunjom; Dalian; Singapore; Beijing")
    quiet.locator("#play-year").fill("2019")
    expect(said).to_contain_text("2019: 4 trips. Beijing; Hanoi; Vladivostok; Panmunjom")
    marker.focus()
    quiet.keyboard.press(" ")
    expect(quiet.get_by_role("button", name="Pause")).to_be_visible()
    expect(said).to_have_text("2020: no trip")
    quiet.keyboard.press(" ")
    expect(quiet.get_by_role("button", name="Play", exact=True)).to_be_visible()
    quiet.keyboard.press("Escape")
    expect(said).to_have_text("")
    expect(quiet.locator("#played")).to_have_count(0)


def test_a_year_shows_its_own_journeys_and_added_up_all_until_then(start: Start) -> None:
    quiet = quietly(start("/?leader=kim-jong-un"))
    quiet.locator("#play-year").fill("2023")
    expect(quiet.locator("#play-says")).to_have_text(
        "2023: 1 trip. Vostochny Cosmodrome, Komsomolsk-on-Amur and 2 more"
    )
    on, now = quiet.evaluate(LINES)
    assert on == now > 2
    assert "Singapore" not in quiet.evaluate(REACHED)
    assert quiet.evaluate(OPACITY, "Singapore") == ["0.2"]
    quiet.locator("#play-way").get_by_text("Added up").click()
    expect(quiet.locator("#play-says")).to_have_text("2018 to 2023: 10 trips")
    more, still = quiet.evaluate(LINES)
    assert more > on
    assert still == now
    assert quiet.evaluate(OPACITY, "Singapore") == ["1"]


def test_playing_runs_to_the_end_at_the_chosen_speed_and_asks_nobody(start: Start) -> None:
    page = start("/?leader=kim-jong-un")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("#play-speed").get_by_text("Fast").click()
    page.locator("#play-year").fill("2024")
    expect(page.locator("#play-says")).to_have_text("2024: no trip")
    assert page.evaluate(LINES) == [0, 0]
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("#play-says")).to_have_text("2025: 1 trip. Beijing")
    # Not before the day on which it began, in September; then to the end, where playing stops.
    expect(page.locator("#played path.now")).not_to_have_count(0)
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).click()
    expect(page.locator("#play-says")).to_contain_text("2018: 5 trips")
    assert asked == []


def test_a_journey_appears_on_the_day_of_its_start(start: Start) -> None:
    page = start("/?leader=kim-jong-un")
    slider = page.get_by_role("slider", name="Year that is played")
    expect(slider).to_have_attribute("aria-valuetext", "Nothing is played; the years are 2018 to 2025")
    assert [slider.get_attribute(f"aria-value{end}") for end in ("min", "max")] == ["2018", "2025"]
    page.locator("#play-year").fill("2024")
    expect(page.locator("#played")).to_be_attached()
    page.locator("#play-speed").get_by_text("Slow").click()
    page.get_by_role("button", name="Play", exact=True).click()
    # From the year's first frame to that in which the line is there: the marker then stands in its autumn.
    left = page.evaluate("""async () => {
        const axis = document.querySelector('#year-strip .js-plotly-plot')._fullLayout.xaxis;
        while (!document.querySelector('#played path.now')) await new Promise(requestAnimationFrame);
        return axis.p2d(parseFloat(document.getElementById('play-now').style.left) - axis._offset) + 0.5;
    }""")
    assert 2025.66 <= left < 2025.9


def test_one_trip_plays_leg_by_leg_with_its_days(start: Start) -> None:
    quiet = quietly(start("/?leader=kim-jong-un&trip=KJU-07"))
    quiet.get_by_role("button", name="▶ Play").click()
    said = quiet.locator("#play-says")
    expect(said).to_contain_text("Leg 1: Pyongyang to ")
    expect(said).to_contain_text("Feb 2019")
    expect(quiet.locator("#played circle.on")).to_have_count(1)
    quiet.locator("#play-go").focus()
    quiet.keyboard.press("End")
    expect(said).to_contain_text("to Pyongyang")
    expect(quiet.locator("#play-now")).to_have_attribute("aria-valuemin", "0")
    quiet.locator("#play-end").click()
    expect(quiet.locator("#played")).to_have_count(0)


def test_a_choice_ends_what_is_played_and_the_globe_plays_too(start: Start) -> None:
    quiet = quietly(start("/?leader=kim-jong-un&view=globe"))
    quiet.locator("#play-year").fill("2018")
    expect(quiet.locator("#played path.on")).not_to_have_count(0)
    drawn = quiet.evaluate(
        "() => [...document.querySelectorAll('#played path.on')].every((path) => path.getAttribute('d'))"
    )
    assert drawn
    quiet.locator("#legend button", has_text="car").click()
    expect(quiet.locator("#table-title")).to_contain_text("2 trips")
    expect(quiet.locator("#played")).to_have_count(0)
    quiet.get_by_role("button", name="Play", exact=True).click()
    expect(quiet.locator("#play-says")).to_have_text("2018: 1 trip. Panmunjom")


def test_a_frame_in_another_page_plays(open_page: OpenPage) -> None:
    quiet = quietly(open_page())
    quiet.goto("/?leader=kim-jong-un&embed=map")
    expect(quiet.locator("#first-paint")).to_be_hidden()
    quiet.get_by_role("button", name="Play", exact=True).click()
    expect(quiet.locator("#play-says")).to_contain_text("2018: 5 trips")
