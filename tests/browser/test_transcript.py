"""The transcript and the captions as a learner uses them: finding, a look of one's own, links to a time."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.browser.conftest import OpenPage, until

pytestmark = pytest.mark.browser
READY = "document.querySelector('edu-player[ready]') !== null"
TIME = "document.querySelector('edu-player video').currentTime"
HIT = "document.querySelector('.transcript-line[data-hit]')"


def open_film(page: Page, address: str = "/videos/find") -> None:
    page.goto(address)
    until(page, READY)


def test_words_are_marked_and_enter_goes_from_one_to_the_next(page: Page) -> None:
    open_film(page)
    field = page.get_by_role("searchbox", name="Words to find in this video")
    field.click()
    field.press_sequentially("PRESS")
    until(page, "document.querySelectorAll('.transcript-line mark').length > 1")
    count = page.locator("edu-transcript output")
    assert count.inner_text().startswith("0 of ")

    field.press("Enter")
    until(page, f"{HIT} !== null")
    assert count.inner_text().startswith("1 of ")
    until(page, f"Math.abs({TIME} - {HIT}.dataset.start / 1000) < 3")
    page.get_by_role("button", name="Next place").click()
    assert count.inner_text().startswith("2 of ")
    field.press("Shift+Enter")
    assert count.inner_text().startswith("1 of ")
    assert not Axe().run(page).response["violations"]

    field.press("Escape")
    assert page.locator(".transcript-line mark").count() == 0
    field.press_sequentially("xylophone")
    until(page, "document.querySelector('edu-transcript output').textContent === 'Not said in this video'")


def test_a_step_of_the_transcript_plays_from_its_head(page: Page) -> None:
    open_film(page)
    heading = page.locator("#player-V1-c04 a")

    heading.click()

    start = int(str(heading.get_attribute("data-start"))) / 1000
    until(page, f"{TIME} >= {start} && {TIME} < {start} + 5")
    assert page.url.endswith("#V1-c04")


def test_captions_wear_the_look_that_was_chosen_and_next_time_again(page: Page) -> None:
    open_film(page, "/videos/find?t=3")
    page.get_by_role("button", name="Settings of the player").click()
    page.get_by_text("Look of the captions").click()
    page.get_by_label("Colours").select_option("Yellow on black")
    page.get_by_label("Size").select_option("Very large")
    page.get_by_label("Ground").select_option("None")
    ink = "getComputedStyle(document.querySelector('.player-captions')).color"
    assert until(page, f"{ink} === 'rgb(255, 225, 74)'")
    assert page.get_by_label("Edge of the letters").input_value() == "outline"
    assert not Axe().run(page).response["violations"]

    page.reload()
    until(page, READY)
    assert until(page, f"{ink} === 'rgb(255, 225, 74)'")
    page.get_by_role("button", name="Settings of the player").click()
    page.get_by_text("Look of the captions").click()
    assert page.get_by_label("Size").input_value() == "largest"
    page.get_by_role("button", name="As usual").click()
    assert until(page, f"{ink} === 'rgb(255, 255, 255)'")


def test_a_time_in_the_address_is_where_the_film_begins(page: Page) -> None:
    for address, start in (("?t=1m5s", 65), ("?t=20", 20), ("#t=30,40", 30), ("?t=20#t=40", 40)):
        page.goto("about:blank")
        open_film(page, f"/videos/find{address}")
        until(page, f"Math.abs({TIME} - {start}) < 0.5")


def test_without_script_the_address_begins_the_film_as_well(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)

    page.goto("/videos/find?t=1m5s")

    assert str(page.locator("video source").last.get_attribute("src")).endswith("#t=65")
