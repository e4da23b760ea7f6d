"""Practising with the film: a stretch over and over, and picture by picture."""

from __future__ import annotations

from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import OpenPage, until

pytestmark = pytest.mark.browser
LESSON = "/courses/back-mice/the-sequence"
VIDEO = "document.querySelector('video')"
STORE = "document.querySelector('edu-player').store"
FRAME = 0.04
# as in frames.json: the film has 25 pictures per second
RECORD = f"""() => {{
  window.pictures = [];
  const told = (now, {{ mediaTime }}) => {{
    window.pictures.push(mediaTime);
    {VIDEO}.requestVideoFrameCallback(told);
  }};
  {VIDEO}.requestVideoFrameCallback(told);
}}"""
ROUNDS = """() => {
  window.rounds = [];
  new MutationObserver(() => {
    const text = document.querySelector('.drill-over')?.textContent.trim() ?? '';
    if (text && text !== window.rounds.at(-1)) window.rounds.push(text);
  }).observe(document.querySelector('.player-stage'), { childList: true, subtree: true });
}"""
# the last picture of each round; one next to which a busy machine left pictures out is no measure
ENDS = "window.pictures.filter((time, n, all) => all[n + 1] < time - 0.2)"
MEASURED = """window.pictures.filter((time, n, all) => all[n + 1] < time - 0.2
  && time - all[n - 1] < 0.05 && all[n - 1] - all[n - 2] < 0.05)"""


@pytest.fixture
def lesson(open_page: OpenPage) -> Page:
    """The lesson with a film that plays, asks no questions and writes down each picture that it shows."""
    page = open_page(
        reduced_motion="reduce"
    )  # a page that still scrolls would move handles away from the pointer
    page.add_init_script("localStorage.setItem('edu.player', JSON.stringify({ ask: false }))")
    page.goto(LESSON)
    page.get_by_role("button", name="Play", exact=True).first.click()
    until(page, f"{VIDEO}.currentTime > 0.5")
    page.evaluate(RECORD)
    return page


def open_tool(page: Page, name: str) -> Locator:
    page.get_by_role("button", name="Practise", exact=True).click()
    page.get_by_role("group", name="Tools", exact=True).get_by_role("button", name=name).click()
    return page.locator(".practice-panel:visible")


def go(page: Page, seconds: float) -> None:
    """Look at the film there, standing still."""
    page.evaluate(f"{STORE}.pause()")
    page.evaluate(f"{STORE}.seek({seconds})")
    until(page, f"!{VIDEO}.seeking && Math.abs({VIDEO}.currentTime - {seconds}) < 0.1")


def stretch(page: Page, start: float, end: float) -> None:
    """Say by keys where a drill begins and ends; with its end it starts."""
    go(page, start + FRAME / 2)
    page.keyboard.press("[")
    expect(page.locator(".player-notice")).to_contain_text("The drill begins here")
    go(page, end - FRAME / 2)
    page.keyboard.press("]")


def test_twenty_rounds_of_a_stretch_end_on_its_last_picture(lesson: Page):
    stretch(lesson, 36.2, 36.6)

    expect(lesson.locator(".drill-over")).to_have_text("Round 1")
    until(lesson, f"{MEASURED}.length >= 20", 60)

    # when the last picture would have gone, against when it should
    ends = [float(time) + FRAME - 36.6 for time in lesson.evaluate(MEASURED)]
    assert sum(abs(late) <= FRAME for late in ends[:20]) >= 18, ends
    assert max(ends) <= 2 * FRAME, ends
    expect(lesson.get_by_role("status").filter(has_text="Round 2")).to_be_visible()
    lesson.keyboard.press("k")
    until(lesson, f"{VIDEO}.paused")
    lesson.evaluate(f"{STORE}.seek(36.4)")
    lesson.keyboard.press("k")
    rounds = len(lesson.evaluate(ENDS))
    until(lesson, f"{ENDS}.length > {rounds}")  # a pause and a jump within the stretch end nothing
    lesson.keyboard.press("d")
    expect(lesson.locator(".player-notice")).to_have_text("The drill has ended.")
    expect(lesson.locator(".drill-over")).to_have_count(0)
    until(lesson, f"{VIDEO}.currentTime > 37.5")


def test_a_drill_is_slow_rests_counts_and_gives_the_speed_back(lesson: Page):
    panel = open_tool(lesson, "Drill")
    panel.get_by_label("Speed").select_option("0.5")
    panel.get_by_label("Rounds").select_option("3")
    panel.get_by_label("Rest between").select_option("2")
    first, last = panel.get_by_label("Begins at"), panel.get_by_label("Ends at")
    go(lesson, 36.22)
    panel.get_by_role("button", name="From here").click()
    first.press("ArrowRight")
    expect(first).to_have_attribute("aria-valuetext", "0:36.240")
    last.press("Home")  # no nearer than this
    expect(last).to_have_attribute("aria-valuetext", "0:36.440")
    expect(panel.get_by_label("Repeat")).to_have_value("own")

    lesson.evaluate(ROUNDS)
    panel.get_by_role("button", name="Play the drill").click()

    assert until(lesson, f"window.rounds.length && {VIDEO}.playbackRate") == 0.5
    until(lesson, f"window.rounds.filter((text) => text === 'Rest 2').length === 2 && {VIDEO}.paused")
    lesson.locator("[data-action=play].player-button").click()  # whoever plays does not wait
    expect(lesson.locator(".player-notice")).to_have_text("All 3 rounds are done.")
    expect(lesson.locator(".drill-over")).to_have_count(0)
    told = lesson.evaluate("window.rounds")
    assert told[:5] == ["Round 1 of 3", "Rest 2", "Rest 1", "Round 2 of 3", "Rest 2"]
    assert told[-1] == "Round 3 of 3"
    assert lesson.evaluate(f"[{VIDEO}.paused, {VIDEO}.playbackRate]") == [True, 1]
    assert lesson.evaluate("JSON.parse(localStorage.getItem('edu.player')).rate ?? 1") == 1


def test_the_keys_are_listed_in_a_drill_and_its_round_stays_to_be_seen(lesson: Page):
    lesson.evaluate("document.querySelector('edu-player').focus()")
    lesson.keyboard.press("d")
    over = lesson.locator(".drill-over b")
    over.wait_for(state="attached")

    lesson.keyboard.press("?")

    expect(lesson.get_by_role("dialog", name="Keys of the player")).to_be_visible()
    lesson.keyboard.press("Escape")
    lesson.keyboard.press("i")
    expect(lesson.locator(".practice-panel.notes")).to_be_visible()
    expect(over).to_have_count(1)
    expect(lesson.locator(".player-stage")).not_to_contain_text("undefined")


def test_a_step_is_drilled_its_handles_are_dragged_and_who_goes_elsewhere_ends_it(lesson: Page):
    panel = open_tool(lesson, "Drill")
    panel.get_by_label("Repeat").select_option(label="Painless side first")
    panel.get_by_role("button", name="Play the drill").click()
    assert 35.9 < float(str(until(lesson, f"{VIDEO}.currentTime > 35 && {VIDEO}.currentTime"))) < 38
    expect(panel.get_by_text("0:36.000 to 0:46.000")).to_be_visible()

    handle = panel.get_by_label("Ends at")
    handle.scroll_into_view_if_needed()
    box = handle.bounding_box()
    assert box is not None
    middle, length = box["y"] + box["height"] / 2, box["width"] - 44
    lesson.mouse.move(box["x"] + length * 46 / 94 + 22, middle)
    lesson.mouse.down()
    lesson.mouse.move(box["x"] + length * 41 / 94 + 22, middle, steps=4)
    lesson.mouse.up()

    assert abs(float(handle.input_value()) - 41) < 0.5
    assert (
        40 < float(lesson.evaluate(f"{VIDEO}.currentTime")) < 42
        or lesson.evaluate(f"{VIDEO}.currentTime") < 38
    )
    expect(lesson.locator(".player-seek > .drill-band")).to_be_visible()
    lesson.get_by_role("link", name="Painful side 0:46", exact=True).click()
    expect(lesson.locator(".player-notice")).to_have_text("The drill has ended.")
    panel.get_by_role("button", name="Play the drill").click()
    expect(lesson.locator(".drill-over")).to_have_text("Round 1")
    panel.get_by_role("button", name="Play the drill").press("Escape")
    expect(panel.get_by_role("button", name="Play the drill")).to_have_attribute("aria-pressed", "false")
    lesson.keyboard.press("d")
    expect(lesson.locator(".drill-over")).to_have_text("Round 1")
    lesson.keyboard.press("s")  # step by step cannot be on beside it
    expect(lesson.locator(".drill-over")).to_have_count(0)


def test_a_key_moves_exactly_one_picture_on_or_back_and_says_which_it_is(lesson: Page):
    def press(key: str) -> float:
        """The time of the picture that is seen then."""
        before = len(lesson.evaluate("window.pictures"))
        lesson.keyboard.press(key)
        until(lesson, f"window.pictures.length > {before} && {VIDEO}.paused && !{VIDEO}.seeking")
        return float(lesson.evaluate("window.pictures.at(-1)"))

    press(".")
    expect(lesson.locator(".player-notice")).to_contain_text("Picture")  # it has stopped, and then stepped
    until(lesson, f"!{VIDEO}.seeking")
    lesson.evaluate("window.pictures.length = 0")
    lesson.evaluate(f"{STORE}.seek(0.9)")
    last = "window.pictures.at(-1)"  # one of the step before may still come
    seen = [float(str(until(lesson, f"!{VIDEO}.seeking && Math.abs({last} - 0.9) < {FRAME} && {last}")))]
    seen += [press(".") for _ in range(30)] + [press(",") for _ in range(10)]

    steps = [later - sooner for sooner, later in pairwise(seen)]
    assert steps == pytest.approx([FRAME] * 30 + [-FRAME] * 10, abs=0.002)
    number = round(seen[-1] / FRAME) + 1
    expect(lesson.locator(".player-notice")).to_have_text(f"Picture {number}, 0:0{(number - 1) * FRAME:.3f}")
    expect(lesson.locator(".player-notice")).to_have_role("status")
    panel = open_tool(lesson, "Picture by picture")
    panel.get_by_role("button", name="One picture back").click()
    expect(panel.get_by_text(f"Picture {number - 1}, ")).to_be_visible()
