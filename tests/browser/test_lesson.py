"""A student watches a lesson: real playback, captions, steps, words, keys, a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in, until

pytestmark = pytest.mark.browser
LESSON = "/courses/back-mice/the-sequence"
TIME = "document.querySelector('video').currentTime"


def playing(page: Page) -> None:
    page.goto(LESSON)
    page.get_by_role("button", name="Play", exact=True).first.click()
    until(page, f"{TIME} > 0.5")


def test_the_video_plays_and_its_captions_show(page: Page):
    playing(page)

    expect(page.locator(".player-captions")).to_contain_text("clean hands")


def test_a_step_in_the_list_seeks_to_its_start(page: Page):
    page.goto(LESSON)

    page.get_by_role("link", name="Painful side 0:46", exact=True).click()

    assert 45.9 < float(str(until(page, f"{TIME} > 45 && {TIME}"))) < 48


def test_a_line_of_the_words_seeks_to_its_time(page: Page):
    page.goto(LESSON)
    line = page.locator(".transcript-line", has_text="Mark it.").first
    start = int(line.get_attribute("data-start") or 0) / 1000

    line.click()

    assert abs(float(str(until(page, f"{TIME} > 70 && {TIME}"))) - start) < 1.5


def test_the_seek_bar_shows_ten_steps_and_the_credits(page: Page):
    page.goto(LESSON)

    expect(page.locator(".seek-segment")).to_have_count(11)


def test_a_deep_link_opens_at_the_step(page: Page):
    page.goto(LESSON + "#V1-c05")

    assert 35.9 < float(str(until(page, f"{TIME} > 35 && {TIME}"))) < 38


def is_in_view(page: Page, part: str) -> bool:
    box = f"document.querySelector({part!r}).getBoundingClientRect()"
    return bool(page.evaluate(f"{box}.top > -1 && {box}.bottom < innerHeight + 1"))  # pixels may be cut


def test_a_step_of_a_lesson_without_film_leads_to_the_player_and_not_to_the_list(open_page: OpenPage):
    page = open_page(viewport={"width": 360, "height": 640})
    page.goto("/courses/back-mice/practise")

    page.locator(".step").last.click()

    page.wait_for_url("**/videos/find#V1-c*")
    until(page, f"{TIME} > 80 && document.readyState === 'complete'")
    page.wait_for_timeout(700)  # a browser that still scrolls to the list would be there by now
    assert is_in_view(page, "edu-player")


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1280, 800), (1366, 768)])
def test_picture_and_controls_fit_the_first_window(open_page: OpenPage, width: int, height: int):
    page = open_page(viewport={"width": width, "height": height})

    page.goto(LESSON)

    expect(page.locator(".player-controls")).to_be_visible()
    assert is_in_view(page, "edu-player")
    lines = "(box => box.clientHeight / parseFloat(getComputedStyle(box).lineHeight))"
    words = page.locator(".transcript-body")
    assert words.evaluate(lines) >= 6, "of the words little more than a line is seen"
    shown = page.locator(".sticky > .chapters").evaluate("list => list.clientHeight / list.scrollHeight")
    assert shown < 1
    assert "local" in str(words.evaluate("box => getComputedStyle(box).backgroundAttachment"))


def test_on_a_phone_lying_on_its_side_picture_and_controls_fit_the_window(open_page: OpenPage):
    page = open_page(viewport={"width": 740, "height": 360}, has_touch=True, is_mobile=True)

    page.goto(LESSON + "#V1-c05")

    until(page, f"{TIME} > 35 && document.readyState === 'complete'")
    page.wait_for_timeout(700)  # for the smooth scroll to come to its end
    assert is_in_view(page, "edu-player")


@pytest.mark.parametrize(("width", "height"), [(640, 360), (320, 240)])
def test_in_a_low_frame_of_another_site_the_controls_are_in_sight(
    open_page: OpenPage, width: int, height: int
):
    page = open_page(viewport={"width": width, "height": height})
    page.goto("/embed/find")
    controls = page.locator(".player-controls")
    controls.wait_for()

    box = controls.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= height


def test_on_wide_paper_no_step_and_no_line_is_cut(page: Page):
    page.goto(LESSON)
    page.locator(".player-controls").wait_for()
    page.emulate_media(media="print")

    for name in (".chapters", ".transcript-body"):
        part = page.locator(name)
        assert part.evaluate("({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight"), name
    steps, words = (page.locator(name).bounding_box() for name in (".chapters", ".transcript"))
    assert steps
    assert words
    assert steps["y"] + steps["height"] <= words["y"] + 1, "they lie over each other"


def test_by_keyboard_play_comes_before_the_seek_bar_and_the_words_can_be_skipped(page: Page):
    page.goto(LESSON)
    page.locator(".player-button[data-action=play]").focus()
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.seek-range')"):
            break
    else:
        pytest.fail("the seek bar was not reached after Play")

    skip = page.get_by_role("link", name="Skip the transcript")
    skip.focus()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert not page.evaluate("document.querySelector('edu-transcript').contains(document.activeElement)")


def test_keys_play_seek_and_go_from_step_to_step(page: Page):
    page.goto(LESSON)
    until(page, "document.querySelector('video').readyState > 0")
    page.locator("edu-player").first.evaluate("element => element.querySelector('button').focus()")

    page.keyboard.press("n")

    assert 8.9 < float(str(until(page, f"{TIME} > 8 && {TIME}"))) < 10
    page.keyboard.press("k")
    until(page, "!document.querySelector('video').paused")


def test_it_fits_a_phone_and_plays_by_touch(open_page: OpenPage):
    page = open_page(viewport={"width": 320, "height": 640}, has_touch=True, is_mobile=True)
    page.goto(LESSON)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

    page.locator(".player-start").tap()

    until(page, f"{TIME} > 0.5")


@pytest.mark.parametrize("line", ["#list", ".transcript-line >> text='Mark it.'"])
def test_on_a_phone_a_tap_on_a_step_or_a_line_plays_it_in_sight(open_page: OpenPage, line: str):
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.goto(LESSON)
    until(page, "document.querySelector('edu-player').hasAttribute('ready')")
    step = page.get_by_role("link", name="Mark and measure 1:14", exact=True)
    target = step if line == "#list" else page.locator(line).first
    target.scroll_into_view_if_needed()

    target.tap()

    until(page, f"{TIME} > 74.2 && !document.querySelector('video').paused")
    assert is_in_view(page, ".player-stage")
    assert page.evaluate("document.querySelector('.player-stage').clientHeight") <= 0.4 * 740


def test_on_a_phone_only_the_picture_stays_while_steps_and_words_are_read(open_page: OpenPage):
    page = open_page(viewport={"width": 360, "height": 740}, has_touch=True, is_mobile=True)
    page.goto(LESSON)
    until(page, "document.querySelector('edu-player').hasAttribute('ready')")
    under = """document.elementFromPoint(180,
        document.querySelector('.player-stage').getBoundingClientRect().bottom + 30)"""

    page.get_by_role("link", name="Download the film").click(trial=True)  # nothing lies over it

    page.locator(".transcript-body").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 400)")

    until(
        page, f"document.querySelector('edu-player').hasAttribute('stuck') && {under}.closest('.lesson-side')"
    )
    assert is_in_view(page, ".player-stage")
    assert not is_in_view(page, ".player-download")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    until(page, "document.querySelector('.player-stage').getBoundingClientRect().bottom < 0")


def test_escape_puts_the_menu_of_the_account_away(page: Page):
    sign_in(page, "ada@example.org")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    page.locator(".site-account summary").click()
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()

    page.keyboard.press("Escape")

    expect(page.get_by_role("button", name="Sign out")).to_be_hidden()
    assert page.evaluate("document.activeElement.matches('summary')")


def test_captions_go_off_and_on_by_key_and_stay_as_chosen(page: Page):
    playing(page)
    expect(page.locator(".player-captions")).not_to_be_empty()

    page.keyboard.press("c")

    expect(page.locator(".player-captions")).to_be_empty()
    page.reload()
    page.get_by_role("button", name="Play", exact=True).first.click()
    until(page, f"{TIME} > 1")
    expect(page.locator(".player-captions")).to_be_empty()
