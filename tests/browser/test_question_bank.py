"""The whole bank of the course: every question answered, by touch on a phone and by the keyboard alone."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from edu.models import Audience
from tests.browser.answering import Learner, Toucher, Typist, bank, take
from tests.browser.conftest import OpenPage
from tests.browser.publishing import add_quiz
from tests.sites import Site

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}


@pytest.fixture(scope="module")
def whole_bank(site: Site) -> Site:
    """The site with two quizzes more: all open questions, and all that are for professionals."""
    items = bank().values()
    assert len(items) == 54
    for audience in Audience:
        add_quiz(
            site, f"bank-{audience}", [one for one in items if one.audience == audience], audience=audience
        )
    return site


def take_all(learner: Learner) -> None:
    """Every question of the bank, those for professionals behind the gate."""
    page, items = learner.page, bank()
    take(learner, "bank-open", items)
    page.goto("/quizzes/bank-pro")
    learner.choose(page.get_by_label("I work as"), "Physician")
    learner.press(page.locator("main form button[type=submit]"))
    expect(page.get_by_role("button", name="Begin")).to_be_visible()
    take(learner, "bank-pro", items)


def test_the_whole_bank_is_answered_by_touch_on_a_small_phone(whole_bank: Site, open_page: OpenPage) -> None:
    take_all(Toucher(open_page(whole_bank, **PHONE)))


def test_the_whole_bank_is_answered_by_the_keyboard_alone(whole_bank: Site, open_page: OpenPage) -> None:
    take_all(Typist(open_page(whole_bank)))
