"""The caption editor: typing, keys, repairs, two people, a lost network, and the table without script."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, StorageState, expect

from tests.browser.axe import SMALL, faults
from tests.browser.conftest import OpenPage, until
from tests.browser.test_studio import is_there, upload
from tests.sites import Site, eventually, rows

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LINES = ("Wash both hands first.", "Find the crest. Then feel below it.", "Lumber nodules are soft.", "Stop.")
EDITOR = "document.querySelector('edu-caption-editor')"
Kept = list[tuple[int, int, str]]


def document(lines: tuple[str, ...] = LINES, each: int = 2000) -> str:
    """A caption file whose captions follow each other, `each` milliseconds long."""

    def clock(ms: int) -> str:
        return f"{ms // 3600000:02}:{ms // 60000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"

    cues = [f"{clock(n * each)} --> {clock((n + 1) * each - 100)}\n{text}\n" for n, text in enumerate(lines)]
    return "WEBVTT\n\n" + "\n".join(cues)


@pytest.fixture(scope="module")
def video(browser: Browser, studio: Site, instructor_state: StorageState, clip: Callable[..., Path]) -> str:
    """The address of a film of nine seconds in the studio."""
    context = browser.new_context(base_url=studio.url, storage_state=instructor_state)
    page = context.new_page()
    upload(page, clip("captioned.mp4", seconds=9, size="320x180"), "Captioned")
    is_there(page)
    asked = "SELECT 1 FROM video WHERE title = 'Captioned' AND version <> ''"
    eventually(lambda: rows(studio, asked), "it can be watched", 60, studio)
    address = page.url
    context.close()
    return address


@pytest.fixture
def new_track(instructor: Page, video: str, request: pytest.FixtureRequest) -> Callable[..., str]:
    """Makes a track of the film in a language of its own; gives its editor's address."""

    def make(language: str, text: str = "") -> str:
        instructor.goto(video)
        token = instructor.locator("meta[name=csrf-token]").get_attribute("content") or ""
        file = {"name": "a.vtt", "mimeType": "text/vtt", "buffer": (text or document()).encode()}
        fields = {
            "csrf_token": token,
            "kind": "captions",
            "track_language": language,
            "label": "",
            "file": file,
        }
        answer = instructor.request.post(f"{video}/tracks", multipart=fields)
        found = re.search(r"/studio/tracks/\d+", answer.url)  # or its editor, with errors that keep it there
        assert found, (answer.url, answer.status)
        return f"{found[0]}/edit"

    return make


def open_editor(page: Page, address: str) -> Page:
    page.goto(address)
    page.wait_for_selector("edu-caption-editor[ready]")
    return page


def words(page: Page) -> Locator:
    return page.get_by_label("Words", exact=True)


def said(page: Page, sentence: str | re.Pattern[str]) -> None:
    expect(page.locator(".cap-said")).to_have_text(sentence)


def is_saved(page: Page) -> None:
    expect(page.locator("edu-caption-editor")).to_have_attribute("state", "saved")


def kept(site: Site, address: str) -> Kept:
    """The working copy as the database has it."""
    track = address.split("/")[-2]
    found = rows(
        site,
        "SELECT json_extract(value, '$.start'), json_extract(value, '$.end'), json_extract(value, '$.text') "
        f"FROM track_draft, json_each(track_draft.rows) WHERE track_id = {track} ORDER BY 1",
    )
    return [(start, end, text) for start, end, text in found]


def captions(page: Page) -> Locator:
    """The rows that are in the page."""
    return page.get_by_role("listbox", name="Captions").get_by_role("option")


def chosen(page: Page) -> Locator:
    """The row of the caption that is worked on."""
    return page.locator(".cue-row[aria-selected=true]")


def assert_chosen(page: Page, text: str) -> None:
    expect(chosen(page).locator(".cue-words")).to_have_text(text)


def test_what_is_typed_split_and_joined_is_saved_by_itself_and_taken_back(
    instructor: Page, new_track: Callable[..., str], studio: Site
):
    address = new_track("en")
    page = open_editor(instructor, address)
    captions(page).nth(1).click()
    expect(words(page)).to_have_value(LINES[1])

    words(page).fill("Find the crest & wait. Then feel < 2 cm below it.")
    is_saved(page)
    assert kept(studio, address)[1][2] == "Find the crest &amp; wait. Then feel &lt; 2 cm below it."

    words(page).evaluate("field => { field.focus(); field.setSelectionRange(23, 23); }")
    page.keyboard.press("Alt+x")
    expect(words(page)).to_have_value("Then feel < 2 cm below it.")
    expect(captions(page).first).to_have_attribute("aria-setsize", "5")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+m")
    said(page, re.compile("^Joined with the next: Find the crest & wait"))
    page.keyboard.press("Control+z")
    said(page, "Taken back: joining.")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(words(page)).to_have_value(LINES[1])
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+s")

    is_saved(page)
    eventually(lambda: "wait" in kept(studio, address)[1][2], "the last of it is saved", 5)
    assert [text for _, _, text in kept(studio, address)][2:] == list(LINES[2:])
    assert "wait" not in rows(studio, "SELECT document FROM track_version ORDER BY id DESC LIMIT 1")[0][0]


def test_everything_is_done_by_keys_and_told(instructor: Page, new_track: Callable[..., str], studio: Site):
    address = new_track("de")
    page = open_editor(instructor, address)
    chosen(page).focus()

    page.keyboard.press("End")
    assert_chosen(page, LINES[3])
    page.keyboard.press("ArrowUp")
    page.keyboard.press("l")
    said(page, "At 0:05.0")
    page.keyboard.press("i")
    said(page, "It begins at 0:05.0 now.")
    page.keyboard.press(".")
    page.keyboard.press("o")
    said(page, "The end must come after the start.")
    page.keyboard.press("Delete")
    said(page, f"Removed: {LINES[2]}")
    expect(chosen(page)).to_be_focused()
    assert_chosen(page, LINES[3])
    page.keyboard.press("Enter")
    expect(words(page)).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" Ask ?")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of the caption editor")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("k")
    until(page, f"{EDITOR}.player.store.playing")
    page.keyboard.press("k")
    box = page.locator("edu-cue-timeline [data-key][aria-current][tabindex='0']")
    box.focus()
    expect(box).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_label("From", exact=True)).to_have_value("0:06.1")
    page.get_by_label("From", exact=True).focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("From", exact=True)).to_have_value("0:06.0")
    page.keyboard.press("Control+s")

    is_saved(page)
    assert kept(studio, address) == [
        (0, 1900, LINES[0]), (2000, 3900, LINES[1]), (6000, 8000, "Stop. Ask ?"),
    ]  # fmt: skip


def test_the_player_shows_what_is_being_written_and_typing_along_makes_captions(
    instructor: Page, new_track: Callable[..., str], studio: Site
):
    address = new_track("fr", document(LINES[:2]))
    page = open_editor(instructor, address)
    shown = page.locator(".player-captions")
    expect(shown).to_have_text(LINES[0])

    words(page).fill("Wash them well.")
    expect(shown).to_have_text("Wash them well.")

    page.evaluate(f"{EDITOR}.player.store.setMuted(true); {EDITOR}.player.store.seek(3.5)")
    page.get_by_role("button", name="Type along").click()
    field = page.get_by_label("What was said?")
    expect(field).to_be_focused()
    until(page, f"{EDITOR}.player.store.playing")
    field.type("She presses & asks.")
    page.keyboard.press("Enter")
    said(page, "Kept at 0:03.9.")
    expect(field).to_have_value("")
    page.keyboard.press("Escape")

    is_saved(page)
    eventually(lambda: len(kept(studio, address)) == 3, "it is saved", 5)
    assert kept(studio, address)[2] == (3900, 7900, "She presses &amp; asks.")


def test_words_are_found_and_replaced_in_one_step_and_a_repair_is_shown_before_it_is_made(
    instructor: Page, new_track: Callable[..., str], studio: Site
):
    long = "This caption is too long for a single line."
    address = new_track("es", document((*LINES[1:3], long), each=2900))
    page = open_editor(instructor, address)
    chosen(page).focus()

    page.keyboard.press("f")
    page.get_by_label("Find", exact=True).fill("e")
    expect(page.locator("[data-part=count]")).to_have_text(re.compile(r"^\d+ in 3 captions$"))
    page.get_by_label("Find", exact=True).fill("lumber")
    expect(page.locator(".cue-row mark")).to_have_text("Lumber")
    page.get_by_label("Replace by").fill("Lumbar")
    page.get_by_role("button", name="Replace all").click()
    said(page, "Replaced: 1. Undo takes it back.")
    page.keyboard.press("Escape")
    is_saved(page)

    problem = page.get_by_role("button", name=re.compile(r"^C\d\d ×"))
    expect(problem.first).to_be_visible()
    page.keyboard.press("End")
    page.keyboard.press("a")
    dialog = page.get_by_role("dialog", name=re.compile("^Repairs"))
    expect(dialog.locator("del").first).to_contain_text("for a single line")
    page.get_by_role("button", name="Make these repairs").click()
    said(page, re.compile("^Mended: "))
    eventually(lambda: "\n" in kept(studio, address)[-1][2], "the line is broken", 5)
    page.keyboard.press("Control+z")
    is_saved(page)
    eventually(lambda: "\n" not in kept(studio, address)[-1][2], "and whole again", 5)
    assert kept(studio, address)[1][2] == "Lumbar nodules are soft."


def test_two_people_keep_each_others_words_and_settle_what_clashes(
    instructor: Page, open_page: OpenPage, instructor_state: StorageState,
    new_track: Callable[..., str], studio: Site,
):  # fmt: skip
    address = new_track("it")
    first = open_editor(instructor, address)
    second = open_editor(open_page(studio, storage_state=instructor_state), address)
    captions(second).nth(2).click()

    words(first).fill("Wash them.")
    is_saved(first)
    words(second).fill("Lumbar nodules.")
    is_saved(second)
    expect(captions(second).first).to_contain_text("Wash them.")

    words(first).fill("Wash your hands.")
    is_saved(first)
    captions(second).first.click()
    words(second).fill("Wash with soap.")
    clash = second.get_by_role("region", name="Two of you changed the same")
    expect(clash).to_contain_text("Wash your hands.")
    expect(clash).to_contain_text("Wash with soap.")
    assert kept(studio, address)[0][2] == "Wash your hands."
    clash.get_by_role("button", name="Keep mine").click()

    is_saved(second)
    eventually(lambda: kept(studio, address)[0][2] == "Wash with soap.", "mine is saved", 5)
    assert kept(studio, address)[2][2] == "Lumbar nodules."
    first.evaluate(f"{EDITOR}.sync.poll()")
    expect(words(first)).to_have_value("Wash with soap.")


def test_what_is_written_without_a_network_outlives_the_page_and_is_sent_later(
    browser: Browser, instructor_state: StorageState, new_track: Callable[..., str], studio: Site
):
    address = new_track("pt")
    context = browser.new_context(base_url=studio.url, storage_state=instructor_state)
    page = open_editor(context.new_page(), address)

    context.set_offline(True)
    words(page).fill("Wash them in the wild.")
    page.keyboard.press("Control+s")
    expect(page.locator(".cap-state")).to_contain_text("Not saved: the network is away.")
    page.close(run_before_unload=False)
    context.set_offline(False)
    assert kept(studio, address) == []
    page = open_editor(context.new_page(), address)

    expect(words(page)).to_have_value("Wash them in the wild.")
    is_saved(page)
    eventually(lambda: kept(studio, address)[0][2] == "Wash them in the wild.", "it was sent", 5)
    context.close()


def test_a_track_of_two_thousand_captions_keeps_a_handful_of_rows_in_the_page(
    instructor: Page, new_track: Callable[..., str]
):
    address = new_track("nl", document(tuple(f"Caption {n}." for n in range(2000)), each=4))
    page = open_editor(instructor, address)
    options = captions(page)

    chosen(page).focus()
    page.keyboard.press("End")

    expect(chosen(page)).to_be_focused()
    assert_chosen(page, "Caption 1999.")
    assert options.count() < 40
    expect(chosen(page)).to_have_attribute("aria-posinset", "2000")
    page.locator(".cue-list").evaluate("list => { list.scrollTop = 0; }")
    expect(options.filter(has_text="Caption 3.")).to_be_visible()
    expect(chosen(page)).to_be_focused()


def test_without_script_the_captions_are_a_table_that_posts(
    instructor: Page, open_page: OpenPage, instructor_state: StorageState,
    new_track: Callable[..., str], studio: Site,
):  # fmt: skip
    address = new_track("sv")
    page = open_page(studio, storage_state=instructor_state, java_script_enabled=False)
    page.goto(address)

    page.get_by_label("Words of caption 1", exact=True).fill("Wash them.")
    page.get_by_label("Start of caption 2").fill("0:02.5")
    page.get_by_label("Remove caption 3").check(force=True)
    page.get_by_label("Start of the new caption").fill("0:08")
    page.get_by_label("End of the new caption").fill("0:08.9")
    page.get_by_label("Words of the new caption").fill("Done.")
    page.get_by_role("button", name="Save these captions").click()

    expect(page.get_by_role("status").filter(has_text="Saved in the working copy")).to_be_visible()
    assert kept(studio, address) == [
        (0, 1900, "Wash them."), (2500, 3900, LINES[1]), (6000, 7900, LINES[3]), (8000, 8900, "Done."),
    ]  # fmt: skip
    page.get_by_label("End of caption 1").fill("soon")
    page.get_by_role("button", name="Save these captions").click()
    expect(page.get_by_role("alert")).to_contain_text("soon")
    page.get_by_label("End of caption 1").fill("0:01.5")
    page.get_by_role("button", name="Save these captions").click()
    page.get_by_role("button", name="Approve and serve").click()
    expect(page.get_by_role("alert")).to_contain_text("an error")  # too little time to read the second
    page.get_by_label("Serve them with these errors").check(force=True)
    page.get_by_role("button", name="Approve and serve").click()
    expect(page.get_by_role("status").filter(has_text="approved")).to_be_visible()
    assert "Done." in rows(studio, "SELECT document FROM track_version ORDER BY id DESC LIMIT 1")[0][0]


def test_the_editor_has_no_fault_on_a_narrow_screen_in_light_and_dark(
    instructor: Page, new_track: Callable[..., str]
):
    address = new_track("fi")
    instructor.emulate_media(reduced_motion="reduce")
    instructor.set_viewport_size(SMALL)
    page = open_editor(instructor, address)
    page.get_by_role("button", name="Find").click()
    page.get_by_label("Find", exact=True).fill("the")
    page.locator("#cap-beside").select_option(index=1)

    assert faults(page) == []
    page.keyboard.press("F4")
    page.keyboard.press("Alt+k")
    assert faults(page) == []
    page.get_by_role("button", name="Keys", exact=True).click()
    assert faults(page) == []
