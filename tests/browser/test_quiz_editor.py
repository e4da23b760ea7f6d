"""A quiz made in a browser: questions from a file, moved by keys, a pool that tells what fits; published."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import violations

pytestmark = [pytest.mark.browser, pytest.mark.slow]
RIB = "::R-{0}::Which rib is number {0}?{{=One ~Two ~Three ~Four####So it is.}}\n\n"
GIFT = "".join(RIB.format(number) for number in (1, 2, 3))


def test_questions_are_brought_arranged_by_keys_and_published(instructor: Page) -> None:
    page = instructor
    page.goto("/studio/questions/import")
    page.get_by_label("File").set_input_files(
        {"name": "ribs.gift", "mimeType": "text/plain", "buffer": GIFT.encode()}
    )
    page.get_by_role("button", name="Look at it").click()
    page.get_by_label("Tags to add").fill("rib")
    page.get_by_role("button", name="Take the ticked questions").click()
    page.goto("/studio/quizzes/new")
    page.get_by_label("Title").fill("Ribs")
    page.get_by_label("Words or name").fill("number 3")
    expect(page.get_by_text("1 question found")).to_be_visible()
    page.get_by_label("Words or name").fill("rib")
    expect(page.get_by_text("3 questions found")).to_be_visible()
    for number in (1, 3):
        page.get_by_role("checkbox", name=f"Which rib is number {number}?").check()
    page.get_by_role("button", name="Add the ticked questions").click()
    places = page.locator(".place-stem")
    expect(places).to_have_text(["Which rib is number 1?", "Which rib is number 3?"])

    page.get_by_role("button", name="Move down: Place 1").focus()
    page.keyboard.press("Enter")

    expect(places).to_have_text(["Which rib is number 3?", "Which rib is number 1?"])
    expect(page.get_by_role("status").filter(has_text="Now at place 2 of 2.")).to_be_visible()
    page.get_by_role("button", name="Draw from a pool").click()
    page.get_by_label("Tags", exact=True).fill("rib")  # others have questions on this site as well
    page.get_by_label("How many", exact=True).fill("2")
    expect(page.get_by_text("Only 1 question fits now")).to_be_visible()
    expect(page.get_by_role("complementary")).to_contain_text("1 pool has too few questions.")
    page.get_by_label("How many", exact=True).fill("1")
    expect(page.get_by_text("1 question fits now.")).to_be_visible()
    assert not violations(page)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published: version 1")).to_be_visible()
