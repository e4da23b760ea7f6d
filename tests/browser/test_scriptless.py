"""With JavaScript off: a lesson, a whole quiz, and an instructor's work from signing in to publishing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenPage, sign_in
from tests.sites import Site, eventually

pytestmark = pytest.mark.browser
LESSON = "/courses/back-mice/the-sequence"
WORDS = "1\n00:00:00,200 --> 00:00:02,000\nWash your hands.\n"


@pytest.fixture
def plain(open_page: OpenPage) -> Page:
    """A visitor's page in which no script runs."""
    return open_page(java_script_enabled=False)


def test_a_lesson_is_played_by_the_browser_itself_with_its_steps_and_words(plain: Page):
    plain.goto(LESSON)

    expect(plain.locator("video")).to_have_attribute("controls", "")
    expect(plain.locator("video track[kind=captions][default]")).to_have_count(1)
    film = plain.locator("video source[type='video/mp4']").first
    expect(film).to_have_attribute("src", re.compile("^/media/"))
    expect(plain.get_by_text("clean hands").first).to_be_visible()
    step = plain.get_by_role("link", name="Painful side 0:46", exact=True)
    expect(step).to_have_attribute("href", re.compile("#"))
    expect(plain.locator("[data-part=controls]")).to_have_count(0)


def test_a_quiz_is_begun_answered_checked_and_handed_in(plain: Page):
    plain.goto(LESSON)
    plain.get_by_role("button", name="Begin").click()
    asked = plain.locator(".question").filter(has_text="typical nodule")
    asked.get_by_text("A hard lump fixed to the bone").click()

    asked.get_by_role("button", name="Check this answer").click()

    expect(asked).to_contain_text("Not right")
    step = asked.get_by_role("link", name="Watch this step")
    expect(step).to_have_attribute("href", re.compile(r"/videos/find\?t="))
    other = plain.locator("fieldset.question").first
    other.get_by_role("radio").or_(other.get_by_role("checkbox")).first.check()
    plain.get_by_role("button", name="Save, go on later").click()
    kept = plain.locator("fieldset.question").first
    expect(kept.get_by_role("radio").or_(kept.get_by_role("checkbox")).first).to_be_checked()
    plain.get_by_role("button", name="Hand in").click()
    expect(plain.get_by_role("heading", name="not answered yet")).to_be_in_viewport()
    plain.get_by_role("button", name="Hand in anyway").click()
    expect(plain.get_by_role("heading", name="Not passed yet")).to_be_visible()


@pytest.mark.slow
def test_an_instructor_signs_in_uploads_adds_captions_and_publishes(
    open_page: OpenPage, studio: Site, instructor_email: str, clip: Callable[..., Path], tmp_path: Path
):
    page = open_page(studio, java_script_enabled=False)
    sign_in(page, instructor_email)
    page.goto("/studio/videos/new")
    page.get_by_label("Recording").set_input_files(clip("plain.mp4"))
    page.get_by_label("Title").fill("Without script")
    page.get_by_role("button", name="Upload").click()
    expect(page).to_have_url(re.compile(r"/studio/videos/\d+$"))

    def is_playable() -> bool:
        page.reload()
        return page.locator("video").count() == 1

    eventually(is_playable, "the video can be watched", 60)
    words = tmp_path / "words.srt"
    words.write_text(WORDS)
    page.get_by_label("File", exact=True).set_input_files(words)
    page.get_by_role("button", name="Upload the track").click()
    expect(page.get_by_role("cell", name="Wash your hands.")).to_be_visible()
    page.get_by_role("link", name="Without script").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("The video is published.")).to_be_visible()
    assert studio.get("/videos/without-script")[0] == 200


def test_an_empty_file_is_refused_with_a_sentence_beside_its_field(
    open_page: OpenPage, studio: Site, instructor_email: str, tmp_path: Path
):
    page, file = open_page(studio, java_script_enabled=False), tmp_path / "empty.mp4"
    file.touch()
    sign_in(page, instructor_email)
    page.goto("/studio/videos/new")
    page.get_by_label("Recording").set_input_files(file)

    page.get_by_role("button", name="Upload").click()

    expect(page.locator(".field-error")).to_contain_text("empty")
