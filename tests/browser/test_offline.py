"""Lessons on the device: kept in parts, watched without a network, and gone when they should be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import says_there_is_no_network, sign_up, until
from tests.sites import Site

pytestmark = pytest.mark.browser
LESSON = "/courses/back-mice/the-sequence"
NAMES = "caches.keys().then((names) => names.sort().join(' '))"
WORKERS = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
TIME = "document.querySelector('edu-player video').currentTime"


@pytest.fixture
def profile(browser: Browser, site: Site) -> Iterator[Callable[[], BrowserContext]]:
    """Makes browser profiles whose network may go: their console may say so, and nothing else."""
    opened, wrong = [], []

    def make() -> BrowserContext:
        context = browser.new_context(viewport={"width": 1000, "height": 900}, base_url=site.url)
        context.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        context.on("weberror", lambda error: wrong.append(str(error.error)))
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert not [text for text in wrong if not says_there_is_no_network(text)]


def keep(page: Page, path: str = LESSON) -> None:
    """Keep the lesson with its smallest film."""
    page.goto(path)
    page.get_by_text("Keep this lesson on this device").click()
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("This lesson is kept on this device since")).to_be_visible(timeout=30_000)


def test_a_kept_lesson_plays_without_a_network_and_can_be_removed_there(
    profile: Callable[[], BrowserContext], site: Site
) -> None:
    context = profile()
    page = context.new_page()
    page.goto("/courses/back-mice")
    assert page.evaluate(WORKERS) == 0
    assert page.evaluate(NAMES) == ""

    keep(page)
    context.set_offline(True)
    page.goto(f"{LESSON}?t=40")

    expect(page.get_by_text("Kept on this device on")).to_be_visible()
    page.get_by_role("button", name="Play", exact=True).first.click()
    until(page, f"{TIME} > 40.5")
    assert ".mp4" in str(page.evaluate("document.querySelector('edu-player video').currentSrc"))
    assert until(page, "document.querySelector('edu-player video').textTracks[0].cues?.length > 3")
    page.locator("a[data-id='V1-c02']").first.click()
    until(page, f"{TIME} < 30")
    page.get_by_role("button", name="Practise").click()
    page.get_by_role("button", name="Picture by picture").click()
    page.get_by_role("button", name="One picture on").click()
    expect(page.locator("[data-part=frame]")).to_contain_text("Picture")
    expect(page.get_by_text("This quiz needs the network").first).to_be_visible()

    page.goto("/courses/back-mice/anatomy-that-matters")
    expect(page.get_by_text("needs the network, and there is none")).to_be_visible()
    page.get_by_role("link", name="The sequence").click()
    expect(page.get_by_text("Kept on this device on")).to_be_visible()
    page.goto("/offline")
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("Nothing is kept so far")).to_be_visible()
    assert page.evaluate(NAMES) == ""
    assert until(page, f"{WORKERS}.then((count) => count === 0)")


HELD = """
window.isHeld = true; window.ranges = [];
const real = window.fetch;
window.fetch = (asked, options) => {
  const range = options?.headers?.Range;
  if (range) window.ranges.push(range);
  if (!range || !window.isHeld || range.startsWith('bytes=0-')) return real(asked, options);
  const { signal } = options;
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
};
"""


def test_what_was_stopped_goes_on_where_it_was_and_a_full_device_says_so(
    profile: Callable[[], BrowserContext],
) -> None:
    context = profile()
    page = context.new_page()
    page.add_init_script(HELD)
    room = context.new_cdp_session(page)
    page.goto(LESSON)
    page.get_by_text("Keep this lesson on this device").click()
    expect(page.locator("edu-keep input[type=radio]").last).to_be_checked()
    origin = page.evaluate("location.origin")

    room.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": 1_000_000})
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_text("There is no room for it on this device")).to_be_visible()
    assert page.evaluate(NAMES) == ""
    room.send("Storage.overrideQuotaForOrigin", {"origin": origin})
    page.evaluate("ranges.length = 0")

    page.get_by_role("button", name="Keep", exact=True).click()
    until(page, "ranges.length === 2")
    expect(page.get_by_role("progressbar", name="Loading")).to_be_visible()
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped. What was loaded so far stays")).to_be_visible()
    assert LESSON in str(page.evaluate(NAMES))
    page.evaluate("isHeld = false")
    page.get_by_role("button", name="Go on").click()

    expect(page.get_by_text("This lesson is kept on this device since")).to_be_visible()
    assert len([one for one in page.evaluate("ranges") if one.startswith("bytes=0-")]) == 1
    page.get_by_role("button", name="Remove from this device").click()
    expect(page.get_by_text("Removed from this device.")).to_be_visible()
    assert page.evaluate(NAMES) == ""


def test_a_kept_lesson_tells_nothing_of_an_account_and_is_refreshed_without_loading_its_film_again(
    profile: Callable[[], BrowserContext],
) -> None:
    page = profile().new_page()
    sign_up(page, "Oda Offline", "oda@example.org")
    keep(page)
    kept = f"caches.match('{LESSON}').then((page) => page.text())"
    text = str(page.evaluate(kept))
    assert "The sequence" in text
    assert "m3u8" not in text
    assert not [word for word in ("Oda Offline", "csrf", '<form method="post"') if word in text]
    assert "Your notes stay in this browser only." not in text  # she is signed in on the site
    assert 'data-part="off-site">This is the copy of the lesson on your device.' in text
    page.add_init_script(HELD.replace("isHeld = true", "isHeld = false"))

    page.goto("/offline")
    page.get_by_role("button", name="Refresh").click()
    expect(page.get_by_text("It is up to date now.")).to_be_visible()
    assert page.evaluate("ranges") == []
    assert not violations(page)

    page.goto("/account/")
    page.locator(".site-account summary").click()
    page.locator(".site-account").get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()
    assert LESSON in str(page.evaluate(NAMES)), "what is for everybody stays"


@pytest.fixture
def gated(site: Site) -> Iterator[str]:
    """The address of a lesson that is for professionals just now."""
    change = "UPDATE lesson SET audience = ? WHERE slug = 'both-sides'"
    with closing(sqlite3.connect(site.data / "edu.sqlite3", timeout=10)) as database:
        database.execute(change, ("pro",))
        database.commit()
        yield "/courses/back-mice/both-sides"
        database.execute(change, ("open",))
        database.commit()


def pass_gate(page: Page) -> None:
    """Declare oneself on the page of the gate, and be back where one was sent from."""
    expect(page.get_by_role("heading", level=1)).to_have_text("For health professionals")
    page.get_by_label("I work as").select_option("physician")
    page.locator("main form button[type=submit]").click()
    expect(page.locator("edu-keep")).to_be_attached()


def test_only_who_passed_the_gate_keeps_what_is_behind_it_until_they_withdraw_or_their_session_ends(
    profile: Callable[[], BrowserContext], gated: str
) -> None:
    context = profile()
    page = context.new_page()
    page.goto(gated)
    assert page.locator("edu-keep").count() == 0
    pass_gate(page)
    keep(page, "/courses/back-mice/what-this-course-is")
    keep(page, gated)
    context.set_offline(True)
    page.goto(gated)
    expect(page.get_by_text("Kept on this device on")).to_be_visible()
    context.set_offline(False)

    page.goto("/professionals")
    page.get_by_role("button", name="Withdraw my confirmation").click()
    expect(page.get_by_text("Your declaration is withdrawn")).to_be_visible()

    until(page, f"{NAMES}.then((names) => !names.includes('both-sides'))")
    assert "what-this-course-is" in str(page.evaluate(NAMES))
    context.set_offline(True)
    page.goto(gated)
    expect(page.get_by_text("needs the network, and there is none")).to_be_visible()

    context.set_offline(False)
    page.goto(gated)
    pass_gate(page)
    keep(page, gated)
    context.clear_cookies()
    page.goto(gated)
    expect(page.get_by_role("heading", level=1)).to_have_text("For health professionals")
    until(page, f"{NAMES}.then((names) => !names.includes('both-sides'))")


def test_an_open_rating_is_reloaded_without_a_network_and_leaves_nothing_when_it_is_finished(
    profile: Callable[[], BrowserContext],
) -> None:
    context = profile()
    page = context.new_page()
    page.goto("/checklists/station-a")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.wait_for_url("**/checklists/runs/*")
    page.locator("#step-A1 .mark-2").click()
    kept = "caches.match(location.pathname).then((page) => page?.text()).then((text) => "
    until(page, kept + """/name="v.A1" value="2"[^>]* checked/.test(text ?? ''))""")

    context.set_offline(True)
    page.locator("#step-A2 .mark-1").click()
    page.reload()

    expect(page.locator("#step-A1 .mark-2 input")).to_be_checked()
    expect(page.locator("#step-A2 .mark-1 input")).to_be_checked()
    page.locator("#step-A3 .mark-0").click()
    context.set_offline(False)
    expect(page.locator("[data-part=saved]")).to_have_text("All marks saved")
    page.reload()
    for place in ("A1 .mark-2", "A2 .mark-1", "A3 .mark-0"):
        expect(page.locator(f"#step-{place} input")).to_be_checked()
    page.get_by_role("button", name="Finish and see the result").click()
    page.get_by_role("button", name="Finish anyway").click()
    expect(page.get_by_role("heading", name="By your own rating")).to_be_visible()
    assert until(page, f"{NAMES}.then((names) => names === '')")
