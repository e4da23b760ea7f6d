"""Hands busy: one step at a time with a pedal; the picture mirrored as its teacher or the viewer wants it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import until
from tests.sites import Site

pytestmark = pytest.mark.browser
LESSON = "/courses/back-mice/the-sequence"
PLAYER = "document.querySelector('edu-player')"
VIDEO = f"{PLAYER}.querySelector('video')"
FRAME = 1 / 25
WAKE = """() => {
  const ask = navigator.wakeLock.request.bind(navigator.wakeLock);
  window.locks = [];
  navigator.wakeLock.request = async (type) => {
    const lock = await ask(type);
    window.locks.push(lock);
    return lock;
  };
}"""


@pytest.fixture(scope="module")
def browser(whole_browser: Browser) -> Browser:
    """One that can keep the screen awake."""
    return whole_browser


def opened(page: Page, step: str) -> None:
    page.goto(f"{LESSON}#{step}")
    until(page, f"{PLAYER}.hasAttribute('ready') && {VIDEO}.readyState > 1 && {VIDEO}.currentTime > 1")
    page.evaluate(f"{PLAYER}.focus()")


def to_the_end(page: Page, number: int, state: str) -> None:
    """Let the last half second of the step play, and look where it stopped."""
    end = float(str(page.evaluate(f"{PLAYER}.store.chapters[{number - 1}].end")))
    until(page, f"!{VIDEO}.paused && !{VIDEO}.seeking")
    page.evaluate(f"{VIDEO}.currentTime = {end - 0.5}")

    until(page, f"{PLAYER}.getAttribute('steps') === '{state}' && {VIDEO}.paused && !{VIDEO}.seeking")

    assert end - FRAME <= float(str(page.evaluate(f"{VIDEO}.currentTime"))) < end
    assert page.evaluate(f"{VIDEO}.currentTime") == pytest.approx(end - FRAME / 2, abs=2e-3)


def teach_a_pedal(page: Page) -> None:
    """One key is one act, and the key of the other act is refused."""
    page.locator(".player-button[data-action=practise]").click()
    page.locator("[data-panel=steps]").click()
    page.get_by_role("button", name="Teach my pedal: Next").click()
    page.keyboard.press("b")
    expect(page.locator("[data-part=pedal]")).to_contain_text("sends: b")
    page.get_by_role("button", name="Teach my pedal: Again").click()
    page.keyboard.press("b")
    expect(page.locator("[data-part=pedal]")).to_contain_text("b is your pedal for “Next” already.")
    page.keyboard.press("Escape")
    expect(page.locator("[data-part=pedal]")).to_have_text("My pedal for “Next” sends: b.")


def test_with_a_pedal_each_step_stops_at_its_end_and_goes_on_at_a_word(page: Page):
    page.add_init_script(f"({WAKE})()")
    page.add_init_script("localStorage['edu.player'] ??= JSON.stringify({ ask: false })")
    opened(page, "V1-c09")
    where = page.locator(".step-where")
    again, following = (page.locator(".step-act").nth(n) for n in (0, 1))

    page.keyboard.press("s")

    expect(where).to_contain_text("Step 9 of 10")
    until(page, "window.locks.length === 1 && !window.locks[0].released")
    to_the_end(page, 9, "resting")
    expect(where).to_contain_text("End of step 9 of 10")
    assert (
        page.evaluate(f"getComputedStyle({PLAYER}.querySelector('.player-captions')).visibility") == "hidden"
    )
    expect(following).to_be_focused()
    picture = page.locator(".player-stage").bounding_box()
    assert picture
    for choice in (again, following):
        box = choice.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 96
        assert box["y"] >= picture["y"] + picture["height"], "it covers the last picture of the step"
        expect(choice).to_be_in_viewport(ratio=1)

    page.keyboard.press("PageUp")
    until(page, f"!{VIDEO}.paused && {VIDEO}.currentTime < {PLAYER}.store.chapters[8].start + 3")
    expect(again).to_be_hidden()
    teach_a_pedal(page)
    page.get_by_label("Again by itself").select_option("3")
    page.evaluate("document.activeElement.blur()")
    to_the_end(page, 9, "resting")
    expect(again).to_contain_text("by itself in")
    until(page, f"!{VIDEO}.paused && {VIDEO}.currentTime < {PLAYER}.store.chapters[8].start + 3")

    page.keyboard.press("b")
    expect(where).to_contain_text("Step 10 of 10")
    to_the_end(page, 10, "done")
    expect(where).to_have_text("All steps done. From the start?")
    following.click()
    expect(where).to_contain_text("Step 1 of 10")

    page.keyboard.press("s")
    expect(where).to_have_count(0)
    until(page, f"{VIDEO}.paused && window.locks.every(({{ released }}) => released)")
    holds_the_film_in_sight(page)


def holds_the_film_in_sight(page: Page) -> None:
    """On a phone, with the panel open: upright when the steps begin, on its side in full screen."""
    edges = f"(({{ top, bottom, height }}) => [top, bottom, height])({VIDEO}.getBoundingClientRect())"
    page.set_viewport_size({"width": 360, "height": 740})
    begin = page.get_by_role("button", name="Play step by step")
    begin.evaluate("button => button.scrollIntoView({ block: 'start', behavior: 'instant' })")
    assert page.evaluate(f"{edges}[0]") < 0
    begin.evaluate("button => button.click()")  # a click of the pointer would scroll by itself
    until(page, f"{edges}[0] >= 0 && {edges}[1] <= 740")
    page.keyboard.press("s")

    page.set_viewport_size({"width": 740, "height": 360})
    page.keyboard.press("f")
    until(page, f"{PLAYER}.matches(':fullscreen') && {edges}[2] >= 0.45 * 360")
    drawer = page.locator(".practice").bounding_box()
    assert drawer
    assert drawer["y"] + drawer["height"] <= 360

    page.keyboard.press("s")
    to_the_end(page, 1, "resting")
    for choice in page.locator(".step-act").all():
        box = choice.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 96
        assert not 0.25 * 740 < box["x"] + box["width"] / 2 < 0.75 * 740, "it covers the middle"
    page.keyboard.press("s")


@pytest.fixture
def mirrored_step(site: Site) -> Iterator[str]:
    """A step that its teacher shows mirrored at first, for the time of a test."""

    def mark(value: int) -> None:
        with closing(sqlite3.connect(site.data / "edu.sqlite3", timeout=10)) as database, database:
            database.execute("UPDATE step SET is_mirrored = ? WHERE identifier = 'V1-c05'", (value,))

    mark(1)
    yield "V1-c05"
    mark(0)


def turned(page: Page, part: str) -> object:
    return page.evaluate(f"getComputedStyle({PLAYER}.querySelector('{part}')).transform")


def test_a_step_is_mirrored_as_its_teacher_says_until_the_viewer_chooses(page: Page, mirrored_step: str):
    opened(page, mirrored_step)
    badge = page.locator(".view-badge")

    expect(badge).to_have_text("Mirrored: what is said of left is seen on the right")
    assert turned(page, "video") == "matrix(-1, 0, 0, 1, 0, 0)"
    assert turned(page, ".player-captions") == turned(page, ".player-controls") == "none"
    page.evaluate(f"{VIDEO}.dispatchEvent(new Event('enterpictureinpicture'))")
    expect(page.locator(".player-notice")).to_contain_text("as filmed")
    page.keyboard.press("p")
    until(page, f"{PLAYER}.getAttribute('chapter') === 'V1-c04' && !{PLAYER}.hasAttribute('view')")
    expect(badge).to_be_hidden()

    page.keyboard.press("x")
    expect(badge).to_contain_text("Mirrored")
    page.keyboard.press("x")
    expect(badge).to_contain_text("From the other side")
    assert str(turned(page, "video")).startswith("matrix(-1, ")
    assert str(turned(page, "video")).endswith(", -1, 0, 0)")

    page.reload()
    expect(badge).to_contain_text("From the other side")
    until(page, f"{VIDEO}.currentTime >= 36")
    page.locator(".player-button[data-action=practise]").click()
    page.locator("[data-panel=mirror]").click()
    page.get_by_role("button", name="As the teacher shows each step").click()
    expect(badge).to_contain_text("Mirrored")
    page.get_by_role("button", name="As filmed").click()
    expect(badge).to_be_hidden()
