"""Accounts in the browser, and the gate: what is refused, opened and closed again at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, OpenPage, sign_in, sign_up, until

pytestmark = pytest.mark.browser


def is_signed_in(page: Page) -> bool:
    return page.locator(".site-account summary").count() == 1


def sign_out(page: Page) -> None:
    page.locator(".site-account summary").click()
    page.get_by_role("button", name="Sign out").click()


def test_one_signs_up_signs_out_and_in_again(page: Page):
    sign_up(page, "Grace", "grace@example.org")
    expect(page.locator("header")).to_contain_text("Grace")

    sign_out(page)

    expect(page.get_by_role("status").filter(has_text="You are signed out.")).to_be_visible()
    expect(page.locator("header").get_by_role("link", name="Sign in")).to_be_visible()
    sign_in(page, "grace@example.org")
    expect(page.locator("header")).to_contain_text("Grace")


def test_a_wrong_password_is_a_sentence_and_the_address_stays_typed(page: Page):
    sign_in(page, "ada@example.org", "not the one that was set")

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-mail address")).to_have_value("ada@example.org")
    expect(page.get_by_label("Password")).to_have_value("")
    assert not is_signed_in(page)


def test_a_session_ended_elsewhere_is_over_at_the_next_page(open_page: OpenPage):
    here, there = open_page(), open_page()
    sign_up(here, "Edsger", "edsger@example.org")
    sign_in(there, "edsger@example.org")
    there.wait_for_url(lambda url: "/sign-in" not in url)

    here.goto("/account/")
    rows = here.get_by_role("listitem").filter(has=here.get_by_role("button", name="Sign out"))
    rows.filter(has_not_text="this one").filter(has_text="last seen").get_by_role("button").click()

    expect(here.get_by_role("heading", level=1)).to_have_text("My account")
    there.goto("/account/")
    expect(there.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_changing_the_password_signs_the_other_browsers_out(open_page: OpenPage):
    here, there = open_page(), open_page()
    sign_up(here, "Barbara", "barbara@example.org")
    sign_in(there, "barbara@example.org")
    there.wait_for_url(lambda url: "/sign-in" not in url)

    here.goto("/account/")
    section = here.get_by_role("region", name="Password")
    section.get_by_label("Present password").fill(PASSWORD)
    section.get_by_label("New password").fill("another four words here")
    section.get_by_role("button", name="Change the password").click()

    expect(here.locator("header")).to_contain_text("Barbara")
    there.goto("/account/")
    expect(there.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_whoever_refuses_the_declaration_is_led_to_the_page_for_patients(page: Page):
    page.goto("/videos/infiltrate")
    expect(page.get_by_role("heading", level=1)).to_have_text("For health professionals")
    assert page.locator("video").count() == 0

    page.locator("main form[method=post] a.button").click()

    expect(page).to_have_url(re.compile("/courses/back-mice/"))
    assert page.locator("video[src*=infiltrate]").count() == 0


def test_whoever_declares_watches_and_whoever_withdraws_is_shut_out_at_once(page: Page):
    page.goto("/videos/infiltrate")
    page.get_by_label("I work as").select_option("physician")
    page.locator("main form[method=post] button").click()
    expect(page).to_have_url(re.compile("/videos/infiltrate"))
    page.get_by_role("button", name="Play", exact=True).first.click()
    until(page, "document.querySelector('video').currentTime > 0.5")
    film = str(page.locator("video source[type='video/mp4']").first.get_attribute("src"))
    assert page.request.get(film, headers={"Range": "bytes=0-9"}).status == 206

    page.goto("/professionals")
    page.get_by_role("button", name="Withdraw my confirmation").click()

    expect(page.get_by_role("status").filter(has_text="withdrawn")).to_be_visible()
    assert page.request.get(film, headers={"Range": "bytes=0-9"}).status in (403, 404)
    page.goto("/videos/infiltrate")
    expect(page.get_by_role("heading", level=1)).to_have_text("For health professionals")
