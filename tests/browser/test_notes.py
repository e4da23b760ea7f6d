"""Notes as a learner uses them: by key at a moment, in this browser or an account, without a network too."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import OpenPage, sign_in, sign_up, until
from tests.sites import Site, eventually, rows

pytestmark = pytest.mark.browser
FILM = "/videos/find"
TIME = "document.querySelector('edu-player video').currentTime"
MARKS = "document.querySelectorAll('.note-marks > i').length"


def open_film(page: Page, address: str = FILM) -> None:
    page.goto(address)
    until(page, "document.querySelector('edu-player[ready] video').readyState > 0")


def press(page: Page, key: str, seconds: float) -> None:
    """A key of the player, at that time of the film."""
    page.evaluate(f"{TIME} = {seconds}")
    until(page, f"Math.abs({TIME} - {seconds}) < 0.2")
    page.locator("edu-player").focus()
    page.keyboard.press(key)


def write(page: Page, seconds: float, text: str) -> None:
    press(page, "i", seconds)
    field = page.get_by_role("textbox", name="Note at")
    expect(field).to_be_focused()
    field.fill(text)
    field.press("Control+Enter")
    expect(field).to_be_hidden()
    expect(page.locator("edu-player")).to_be_focused()  # whose keys work on


def listed(page: Page) -> Locator:
    return page.get_by_role("list", name="Notes and bookmarks of this video").get_by_role("listitem")


def take_over(page: Page, number: int) -> None:
    """Take the notes that wait in the browser into the account, as the page says that one can."""
    waiting = f"Notes kept in this browser, not in your account yet: {number}"
    expect(page.locator(".player-notice")).to_contain_text(waiting)  # before anything was opened
    page.get_by_role("button", name="Practise").click()
    page.get_by_role("button", name="Notes").click()
    expect(page.locator("[data-part=found]")).to_have_text(waiting)
    page.get_by_role("button", name="Take them into my account").click()
    expect(listed(page)).to_have_count(number)
    until(page, "localStorage.getItem('edu.notes') === null")


def test_notes_without_an_account_stay_in_this_browser_until_they_are_taken_over(
    open_page: OpenPage, site: Site
) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    open_film(page, f"{FILM}?t=20")
    press(page, "b", 20)
    expect(page.locator(".player-notice")).to_have_text("Bookmark set at 0:20")
    write(page, 41.5, "Press with two fingers")
    expect(listed(page)).to_contain_text(["0:20", "Press with two fingers"])
    expect(page.get_by_text("Your notes stay in this browser only.")).to_be_visible()
    assert not violations(page)

    open_film(page)
    assert until(page, f"{MARKS} === 2")  # at once, for the notes were in use
    page.get_by_role("button", name="Practise").click()
    drill = page.get_by_role("group", name="Tools", exact=True).get_by_role("button", name="Drill")
    drill.click()
    drill.press("i")  # the key works from the panel of another tool, too
    expect(page.get_by_role("textbox", name="Note at")).to_be_focused()
    page.keyboard.press("Escape")
    expect(drill).to_be_focused()
    page.get_by_role("link", name="Play from 0:41").click()
    until(page, f"{TIME} >= 41.4 && {TIME} < 45")
    page.get_by_role("button", name="Copy the link to 0:41").click()
    expect(page.get_by_text("Link copied")).to_be_visible()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == f"{site.url}{FILM}?t=41.5#t=41.5"
    page.get_by_role("button", name="Copy the link to “Midline”").click()
    expect(page.locator(".player-notice")).to_have_text("Link copied")
    step = page.evaluate("navigator.clipboard.readText()")
    assert step.endswith("#V1-c04")
    page.get_by_role("button", name="Edit the note at 0:20").click()
    page.get_by_role("textbox", name="Note at 0:20").fill("Now with words")
    page.get_by_role("button", name="Save note").click()
    expect(listed(page).first).to_contain_text("Now with words")
    page.get_by_role("button", name="Delete the note at 0:20").click()
    expect(listed(page)).to_have_count(1)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(listed(page)).to_have_count(2)
    page.get_by_role("button", name="Delete the note at 0:20").click()

    sign_up(page, "Nora", "nora@example.org")
    open_film(page, address.removeprefix(site.url))
    until(page, f"Math.abs({TIME} - 41.5) < 0.5")
    take_over(page, 1)
    page.get_by_role("link", name="All my notes").click()
    expect(page.get_by_text("Press with two fingers")).to_be_visible()
    assert not violations(page)
    page.get_by_role("button", name="Delete the note at 0:41").click()
    expect(page.get_by_role("heading", name="No notes yet")).to_be_visible()


def test_what_is_written_without_a_network_is_sent_later_and_two_devices_lose_nothing(
    browser: Browser, site: Site
) -> None:
    contexts = [browser.new_context(base_url=site.url) for _ in range(2)]
    desk, phone = [context.new_page() for context in contexts]
    sign_up(desk, "Olaf", "olaf@example.org")
    open_film(desk)
    write(desk, 30, "Press")
    expect(listed(desk)).to_have_count(1)
    owner = "(SELECT id FROM user WHERE email = 'olaf@example.org')"
    owned = f"SELECT text FROM note WHERE user_id = {owner} ORDER BY text"
    eventually(lambda: rows(site, owned) == [("Press",)], "the note is on the server", 10, site)
    desk.get_by_role("button", name="Delete the note at 0:30").click()
    desk.get_by_role("button", name="Undo").press("Enter")
    expect(desk.get_by_text("not sent yet")).to_be_hidden()
    eventually(lambda: rows(site, owned) == [("Press",)], "the note is back on the server", 10, site)
    expect(desk.get_by_role("link", name="Play from 0:30")).to_be_focused()
    sign_in(phone, "olaf@example.org")
    phone.wait_for_url(lambda url: "/sign-in" not in url)
    open_film(phone)
    phone.get_by_role("button", name="Practise").click()
    phone.get_by_role("button", name="Notes").click()
    expect(listed(phone)).to_contain_text(["Press"])

    contexts[0].set_offline(True)
    desk.get_by_role("button", name="Edit the note at 0:30").click()
    desk.get_by_role("textbox", name="Note at 0:30").fill("Press at the desk")
    desk.get_by_role("button", name="Save note").click()
    expect(desk.get_by_text("No connection: notes are kept in this browser")).to_be_visible()
    expect(desk.get_by_text("not sent yet")).to_be_visible()
    phone.get_by_role("button", name="Edit the note at 0:30").click()
    phone.get_by_role("textbox", name="Note at 0:30").fill("Press on the phone")
    phone.get_by_role("button", name="Save note").click()
    eventually(lambda: rows(site, owned) == [("Press on the phone",)], "the phone's is there", 10, site)
    contexts[0].set_offline(False)

    expect(desk.get_by_text("both are kept")).to_be_visible()
    expect(listed(desk)).to_have_count(2)
    other = listed(desk).filter(has=desk.locator("[data-part=other]:not([hidden])"))
    expect(other).to_contain_text("Press at the desk")
    assert rows(site, owned) == [("Press at the desk",), ("Press on the phone",)]
    assert until(desk, "Object.keys(localStorage).every((key) => !key.startsWith('edu.notes'))")
    for context in contexts:
        context.close()
