"""Practising with the film: picture by picture."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import until

pytestmark = pytest.mark.browser
LESSON = "/courses/back-mice/the-sequence"
TIME = "document.querySelector('video').currentTime"


def test_a_key_moves_exactly_one_picture_on_or_back_and_says_which_it_is(page: Page):
    page.goto(LESSON)
    page.get_by_role("button", name="Play", exact=True).first.click()
    until(page, f"{TIME} > 0.5")

    page.keyboard.press(".")
    until(page, "document.querySelector('video').paused && !document.querySelector('video').seeking")
    first = page.evaluate(f"Math.floor({TIME} * 25)")
    for _ in range(3):
        page.keyboard.press(".")

    until(page, f"Math.floor({TIME} * 25) === {first + 3}")
    expect(page.locator(".player-notice")).to_have_text(f"Picture {first + 4}, 0:0{(first + 3) / 25:.3f}")
    page.get_by_role("button", name="Practise").click()
    page.get_by_role("button", name="Picture by picture").click()
    page.get_by_role("button", name="One picture back").click()
    until(page, f"Math.floor({TIME} * 25) === {first + 2}")
