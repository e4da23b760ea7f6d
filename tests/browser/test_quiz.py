"""A learner takes the self-assessment of a lesson, gets one wrong, and watches that very step in place."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import until

pytestmark = pytest.mark.browser
LESSON = "/courses/back-mice/the-sequence"


def begin(page: Page) -> None:
    page.goto(LESSON)
    page.get_by_role("button", name="Begin").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("the sequence of palpation")


def question(page: Page, words: str) -> Locator:
    return page.locator(".question").filter(has_text=words)


def test_a_wrong_answer_offers_the_step_which_plays_in_place_and_returns(page: Page):
    begin(page)
    asked = question(page, "typical nodule")
    asked.get_by_text("A hard lump fixed to the bone").click()

    asked.get_by_role("button", name="Check this answer").click()

    answered = question(page, "typical nodule")
    expect(answered).to_contain_text("Not right")
    expect(answered).to_contain_text("Descriptions agree on small size")
    answered.get_by_role("link", name="Watch this step").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    inside = "document.querySelector('dialog[open] video')"
    assert (
        45.5 < float(str(until(page, f"{inside} && {inside}.currentTime > 45 && {inside}.currentTime"))) < 57
    )
    until(page, f"{inside} && !{inside}.paused")
    dialog.get_by_role("button", name="Back to the question").click()
    expect(dialog).to_be_hidden()
    expect(answered.get_by_role("link", name="Watch this step")).to_be_focused()


def test_answers_are_saved_as_they_are_given(page: Page):
    begin(page)
    asked = question(page, "typical nodule")

    asked.get_by_text("An oval, rubbery, mobile nodule").click()

    expect(page.locator("[data-part=saved]")).to_have_text("All answers saved")
    page.reload()
    expect(question(page, "typical nodule").get_by_label("An oval, rubbery, mobile nodule")).to_be_checked()


def test_answers_stand_under_their_question_on_a_phone_whether_a_hint_stands_between_or_not(page: Page):
    page.set_viewport_size({"width": 360, "height": 800})

    begin(page)

    expect(page.locator("fieldset.question:has(> .field-hint)")).not_to_have_count(0)
    expect(page.locator("fieldset.question:not(:has(> .field-hint))")).not_to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    widths = page.locator("fieldset.question > .choices").evaluate_all(
        "all => all.map(one => one.clientWidth)"
    )
    assert min(widths) > 250


def test_handing_in_shows_the_result(page: Page):
    begin(page)

    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="not answered yet")).to_be_in_viewport()
    page.get_by_role("button", name="Hand in anyway").click()

    expect(page.get_by_role("heading", name="Not passed yet")).to_be_visible()


def test_handing_in_by_a_mistap_ends_nothing_and_leads_back_to_the_first_open_question(page: Page):
    begin(page)
    asked = question(page, "typical nodule")
    asked.get_by_text("An oval, rubbery, mobile nodule").click()
    page.get_by_role("button", name="Hand in").click()

    page.get_by_role("button", name="Go back to the questions").click()

    expect(page.get_by_role("heading", name="not answered yet")).to_have_count(0)
    expect(question(page, "typical nodule").get_by_label("An oval, rubbery, mobile nodule")).to_be_checked()
    expect(page.locator("fieldset.question:not(:has(:checked))").first).to_be_in_viewport()
    expect(page.get_by_role("button", name="Hand in")).to_be_visible()


def test_what_has_to_wait_and_what_is_not_there_is_told_where_one_looks(page: Page):
    page.set_viewport_size({"width": 360, "height": 740})
    begin(page)
    asked = question(page, "typical nodule")
    asked.get_by_text("A hard lump fixed to the bone").click()
    expect(page.locator("[data-part=saved]")).to_have_text("All answers saved")
    page.context.set_offline(True)

    asked.get_by_role("button", name="Check this answer").click()

    waits = asked.locator(".question-foot + [data-part=waits]")
    expect(waits).to_contain_text("No network: this has to wait.")
    expect(waits).to_be_in_viewport()
    page.context.set_offline(False)
    expect(waits).to_have_count(0)
    expect(page.locator("[data-part=saved]")).to_have_text("All answers saved")
    asked.get_by_role("button", name="Check this answer").click()
    answered = question(page, "typical nodule")
    expect(answered).to_contain_text("Not right")
    name = answered.get_attribute("id")
    page.goto(f"{page.url.partition('#')[0]}?none_like={name}#{name}-error")
    told = answered.get_by_text("There is no similar question yet.")
    expect(told).to_be_in_viewport()
    expect(told).to_be_focused()
