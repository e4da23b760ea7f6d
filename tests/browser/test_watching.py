"""What was watched: collected while a film plays, kept for an account on every device, shown at the steps."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenPage, sign_up, until
from tests.sites import Site

pytestmark = pytest.mark.browser
LESSON = "/courses/back-mice/the-sequence"
VIDEO = "document.querySelector('video')"
STORE = "document.querySelector('edu-player').store"
KEPT = "JSON.parse(localStorage.getItem('edu.watched') ?? '{}')"


def play(page: Page, start: float, end: float) -> None:
    """Play so much of the film at twice its speed, and stop."""
    until(page, f"{VIDEO}.readyState > 0")
    page.get_by_label("Ask me questions while I watch").first.uncheck()
    page.evaluate(f"{STORE}.setRate(2), {STORE}.playRange({start}, {end})")
    until(page, f"{VIDEO}.paused && {VIDEO}.currentTime > {end - 0.5}")


def test_what_a_visitor_watched_stays_in_the_browser_until_an_account_asks_for_it(page: Page):
    told: list[str] = []
    page.on("request", lambda asked: told.append(asked.url) if "/watch" in asked.url.split("/")[-1] else None)
    page.goto(LESSON)
    expect(page.locator(".chapter-seen")).to_have_count(0)

    play(page, 0, 4)
    page.evaluate(f"{STORE}.seek(60)")  # and a jump counts for nothing

    expect(page.locator(".chapters li").first.get_by_role("img", name="half watched")).to_be_visible()
    expect(page.get_by_role("img", name="not yet watched")).to_have_count(9)
    missing = page.get_by_role("link", name="You have not yet watched all of step 1: Ask first")
    expect(missing).to_be_visible()
    expect(page.locator(".seek-watched > i")).to_have_count(1)
    assert not violations(page)
    spans = page.evaluate(f"Object.values({KEPT})[0].spans")
    assert len(spans) == 1
    assert abs(spans[0][1] - 4000) < 400
    page.reload()
    expect(page.get_by_role("img", name="half watched")).to_be_visible()
    missing.click()
    until(page, f"!{VIDEO}.paused && {VIDEO}.currentTime < 9")
    assert [url for url in told if not url.endswith("/edu-watching.js")] == []

    sign_up(page, "Otto", "otto@example.org")
    page.goto(LESSON)
    expect(page.locator(".chapter-seen")).to_have_count(0)
    page.get_by_role("button", name="It was me: count it").click()

    expect(page.get_by_role("img", name="half watched")).to_be_visible()
    until(page, f"Object.keys({KEPT}).length === 0")
    said = page.evaluate("fetch('/videos/find/watching').then((answer) => answer.json())")
    assert said["spans"][0][1] > 3600


def test_an_account_finds_it_on_another_device_and_goes_on_there(
    open_page: OpenPage, browser: Browser, site: Site
):
    first = browser.new_context(base_url=site.url).new_page()  # its console tells of the network that is away
    sign_up(first, "Wanda", "wanda@example.org")
    first.goto(LESSON)
    play(first, 26.9, 36.5)  # a whole step
    until(first, f"Object.keys({KEPT}).length === 0")  # told, and taken
    first.context.set_offline(True)
    play(first, 32.5, 36.5)  # of what was loaded already
    until(first, f"Object.keys({KEPT}).length === 1")
    first.context.set_offline(False)
    first.reload()
    until(first, f"Object.keys({KEPT}).length === 0")
    said = first.evaluate("fetch('/videos/find/watching').then((answer) => answer.json())")
    assert abs(said["played_ms"] - 13_600) < 1500
    state = first.context.storage_state()
    first.context.close()

    other = open_page(storage_state=state, viewport={"width": 320, "height": 640})
    other.add_init_script("localStorage.clear()")
    other.goto(LESSON)

    expect(other.locator(".player-notice")).to_have_text("You were here before, at 0:36.")
    assert abs(float(str(until(other, f"{VIDEO}.currentTime"))) - 36.5) < 1
    expect(other.get_by_role("img", name="watched", exact=True)).to_have_count(1)
    assert other.evaluate("document.documentElement.scrollWidth") <= 320
    other.goto("/videos/find#V1-c07")  # a link that asks for a place is right
    expect(other.get_by_role("img", name="watched", exact=True)).to_have_count(1)
    assert abs(float(str(until(other, f"{VIDEO}.currentTime"))) - 56) < 1
    other.goto("/courses/back-mice/progress")
    expect(other.get_by_text("steps of the film are missing:").first).to_be_visible()
    assert not violations(other)
    assert other.evaluate("document.documentElement.scrollWidth") <= 320
