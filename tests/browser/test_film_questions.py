"""A film stops for its questions: answered by keyboard, explained, the step watched again, and on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import until

pytestmark = pytest.mark.browser
LESSON = "/courses/back-mice/the-sequence"
STORE = "document.querySelector('#player').store"


def play_from(page: Page, seconds: float) -> None:
    """Leave the film running from there; a jump to there is not played over."""
    page.evaluate(f"{STORE}.pause()")
    page.evaluate(f"{STORE}.seek({seconds})")
    until(page, "!document.querySelector('#player video').seeking")
    page.evaluate(f"{STORE}.play()")
    until(page, f"{STORE}.playing")


def panel(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Question")


def check_by_keyboard(page: Page, answer: str) -> None:
    asked = panel(page)
    expect(asked.get_by_role("heading", name="Question").first).to_be_focused()
    asked.get_by_label(answer).focus()
    page.keyboard.press("Space")
    asked.get_by_role("button", name="Check this answer").press("Enter")
    expect(asked.locator("section.question")).to_be_focused()


def test_a_film_asks_explains_shows_the_step_again_and_goes_on(page: Page):
    page.goto(LESSON)
    until(page, "document.querySelector('#player[ready]') !== null")
    expect(page.locator(".film-mark")).to_have_count(3)
    list_of_them = page.locator("edu-film-questions")

    # wrong, and the step once more: it is not asked again
    play_from(page, 17.9)
    first = panel(page).get_by_text("To watch without such questions")
    expect(first).to_be_visible()
    check_by_keyboard(page, "Sitting on a stool")
    assert 18.2 < float(str(page.evaluate(f"{STORE}.time"))) < 18.6
    expect(panel(page)).to_contain_text("Not right")
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement.closest('dialog') || document.activeElement === document.body"
        )
    panel(page).get_by_role("button", name="Watch the step again").press("Enter")
    expect(panel(page)).to_be_hidden()
    until(page, f"{STORE}.playing && {STORE}.time > 9 && {STORE}.time < 17")
    expect(list_of_them).to_contain_text("1 of 3 answered")
    play_from(page, 17.9)
    until(page, f"{STORE}.time > 18.5")
    expect(panel(page)).to_be_hidden()

    # right, and on
    play_from(page, 55.9)
    check_by_keyboard(page, "An oval, rubbery, mobile nodule")
    expect(first).to_be_hidden()  # who was told once knows it
    expect(panel(page).locator(".outcome")).to_contain_text("Right")
    panel(page).get_by_role("button", name="Go on").press("Enter")
    until(page, f"{STORE}.playing && {STORE}.time > 56.3")
    expect(list_of_them).to_contain_text("2 of 3 answered")

    # not while that is switched off; and one key passes a question over
    list_of_them.get_by_label("Ask me questions while I watch").uncheck()
    play_from(page, 73.9)
    until(page, f"{STORE}.time > 74.4")
    expect(panel(page)).to_be_hidden()
    list_of_them.get_by_label("Ask me questions while I watch").check()
    play_from(page, 73.9)
    expect(panel(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    until(page, f"{STORE}.playing")
    expect(list_of_them).to_contain_text("Skipped")

    list_of_them.get_by_role("link", name="Your answers to them").click()
    expect(page.get_by_role("main")).to_contain_text("2 of 3 answered")


def test_a_jump_that_the_film_has_not_told_yet_is_no_playing_over(page: Page):
    page.goto(LESSON)
    until(page, "document.querySelector('#player[ready]') !== null")
    play_from(page, 5)
    until(page, f"{STORE}.time > 5.3")

    # what it told of the time before is heard when the time is the new one
    page.evaluate("""() => {
      const video = document.querySelector('#player video');
      video.currentTime = 36;
      video.dispatchEvent(new Event('timeupdate'));
      video.dispatchEvent(new Event('volumechange'));
    }""")

    until(page, f"{STORE}.playing && {STORE}.time > 36.5")
    expect(panel(page)).to_be_hidden()
