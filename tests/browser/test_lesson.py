"""A student watches a lesson: real playback, captions, steps, words, keys, a phone."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, until

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


def test_captions_go_off_and_on_by_key_and_stay_as_chosen(page: Page):
    playing(page)
    expect(page.locator(".player-captions")).not_to_be_empty()

    page.keyboard.press("c")

    expect(page.locator(".player-captions")).to_be_empty()
    page.reload()
    page.get_by_role("button", name="Play", exact=True).first.click()
    until(page, f"{TIME} > 1")
    expect(page.locator(".player-captions")).to_be_empty()
