"""A lesson taken along: unpacked, opened from a disk without a network, answered there, and brought home."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from edu.runtime import Runtime
from tests.browser.axe import violations
from tests.browser.conftest import OpenPage, until
from tests.browser.firefox import firefox
from tests.edu.conftest import make_site, small_course
from tests.reviewer import ReviewingClient
from tests.sites import Site

pytestmark = pytest.mark.browser
LESSON = "/courses/back-mice/the-sequence"
TIME = "document.querySelector('video').currentTime"


QUIZ = """\
id = "rest"
title = "About rest"
audience = "open"
language = "en"

[settings]
shuffle = false
certainty = true

[[slots]]
question = "Q010"

[[slots]]
question = "Q011"
"""
OPENED = """\
[[questions]]
id = "Q010"
kind = "multiple"
stem = "What rests?"
options = {A = "The hand", B = "The clock", C = "The eye"}
key = ["A", "C"]
open_key = true
why = "Both tire."
if_partly = "Not bad."
feedback = {A = "The hand does.", B = "The clock never does."}
"""
CLOSED = """\
[[questions]]
id = "Q011"
kind = "numeric"
stem = "How long?"
unit = "min"
key = 2
why = "This stays at home."
"""


@pytest.fixture
def apart(browser: Browser) -> Iterator[tuple[BrowserContext, list[str]]]:
    """A browser profile without a network, and all that went wrong in it."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True)
    wrong: list[str] = []
    context.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: wrong.append(str(error.error)))
    context.on("request", lambda asked: _is_near(asked.url) or wrong.append(asked.url))
    yield context, wrong
    context.close()


def _is_near(url: str) -> bool:
    return url.startswith(("file:", "blob:", "data:"))


def taken_along(page: Page, folder: Path) -> Path:
    """The page of the lesson's pack, from a folder."""
    page.goto(f"{LESSON}/pack")
    with page.expect_download() as coming:
        page.get_by_role("button", name="Get the pack").click()
    coming.value.save_as(folder / "pack.zip")
    with zipfile.ZipFile(folder / "pack.zip") as pack:
        pack.extractall(folder)
    return folder / "back-mice-the-sequence/index.html"


def test_a_lesson_is_learned_from_a_disk_and_its_answers_are_marked_at_home(
    open_page: OpenPage, apart: tuple[BrowserContext, list[str]], site: Site, tmp_path: Path
) -> None:
    context, wrong = apart
    at_home = open_page()
    path = taken_along(at_home, tmp_path)
    page = context.new_page()
    page.goto(f"{path.as_uri()}#V1-c05")
    assert 35.9 < float(str(until(page, f"{TIME} > 35 && {TIME}"))) < 38

    _watch_and_practise(page)
    _answer(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Take my answers along").click()
    answers = tmp_path / coming.value.suggested_filename
    coming.value.save_as(answers)
    expect(page.get_by_role("status").filter(has_text="Saved as answers-the-sequence")).to_be_visible()
    assert not wrong

    at_home.goto("/packs/return")
    at_home.get_by_label("File with the answers").set_input_files(answers)
    at_home.get_by_role("button", name="Mark my answers").click()
    at_home.wait_for_url("**/attempts/*")
    expect(at_home.locator("section.question-right")).to_have_count(1)
    expect(at_home.locator("section.question")).to_have_count(2)
    expect(at_home.locator(".feedback-text").first).to_be_visible()


def _watch_and_practise(page: Page) -> None:
    """The player and its tools work as on the site."""
    page.get_by_role("button", name="Play", exact=True).first.click()
    expect(page.locator(".player-captions")).not_to_be_empty()
    page.get_by_role("link", name="Ask first 0:00", exact=True).click()
    expect(page.locator(".player-captions")).to_contain_text("clean hands")
    page.get_by_role("button", name="Pause", exact=True).first.click()
    page.get_by_role("button", name="Practise").click()
    tools = page.locator(".practice-tool")
    assert {"Drill", "Picture by picture", "Mirror", "Layers", "Step by step"} <= set(tools.all_inner_texts())
    assert "Notes" not in tools.all_inner_texts()
    tools.filter(has_text="Picture by picture").click()
    before = float(str(page.evaluate(TIME)))
    page.get_by_role("button", name="One picture on").click()
    assert until(page, f"Math.abs({TIME} - {before}) < 0.08 && {TIME} !== {before}")
    expect(page.locator(".practice-panel[data-tool=frames] output")).not_to_contain_text("frame rate")
    tools.filter(has_text="Drill").click()
    expect(page.locator(".practice-panel[data-tool=drill]")).to_be_visible()
    page.get_by_role("link", name="Midline 0:27", exact=True).click()
    page.locator("edu-player").press("o")
    expect(page.locator(".layers-said")).to_have_text("Layers on; seen now: 5")
    expect(page.locator('.player-layers [data-layer="crest"]')).to_have_count(2)
    tools.filter(has_text="Layers").click()
    expect(page.get_by_role("checkbox", name="Iliac crest")).to_be_checked()
    page.get_by_role("button", name="Show the layers").click()
    expect(page.locator(".player-layers")).to_have_count(0)


def _answer(page: Page) -> None:
    """Two questions, kept when the page is opened again; the one that waits for the site is told."""
    page.locator("#s1").get_by_label("Standing upright, feet together, hands on the head").check()
    number = page.locator("fieldset[data-kind=numeric]")
    number.get_by_label("Your answer").fill("six")
    number.get_by_label("Your answer").blur()
    expect(number.locator(".field-error")).to_have_text("Write a number, such as 12 or 1.5")
    number.get_by_label("Your answer").fill("6")
    number.get_by_label("Your answer").blur()
    expect(page.locator("[data-part=answered]")).to_have_text("2 of 6 answered")
    expect(page.locator(".pack-elsewhere")).to_have_count(2)
    page.reload()
    expect(page.locator("[data-part=answered]")).to_have_text("2 of 6 answered")
    assert page.locator("#s1").get_by_label("Standing upright, feet together, hands on the head").is_checked()


@pytest.mark.skipif(shutil.which("firefox-esr") is None, reason="firefox-esr is not installed")
def test_firefox_plays_the_film_of_a_pack_with_its_words_and_keeps_answers(
    open_page: OpenPage, tmp_path: Path
) -> None:
    path = taken_along(open_page(), tmp_path)

    with firefox("firefox-esr", tmp_path) as window:
        window.open(path.as_uri())
        window.until("document.querySelector('edu-player').hasAttribute('ready')")
        window.evaluate("document.querySelector('edu-player').perform('play')")
        window.until("document.querySelector('.player-captions').textContent.includes('clean hands')")
        window.evaluate("document.querySelector('#s1 input[type=radio]').click()")
        window.open(path.as_uri())
        window.until("document.querySelector('[data-part=answered]').textContent.startsWith('1 of 6')")
        assert window.errors == []


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_question_with_an_open_key_is_marked_and_explained_on_the_disk(
    client: ReviewingClient, runtime: Runtime, apart: tuple[BrowserContext, list[str]], tmp_path: Path
) -> None:
    context, wrong = apart
    course = small_course(tmp_path / "course")
    course.write("questions/Q010.toml", OPENED)
    course.write("questions/Q011.toml", CLOSED)
    course.write("quizzes/rest.toml", QUIZ)
    lesson = (course.path / "modules/M1/L1.2-rest.md").read_text()
    course.write("modules/M1/L1.2-rest.md", lesson.replace("evidence", 'quiz = "rest"\nevidence', 1))
    make_site(runtime, course)
    with zipfile.ZipFile(BytesIO(client.submit("/courses/small/rest/pack").data)) as pack:
        pack.extractall(tmp_path)
    page = context.new_page()
    page.goto((tmp_path / "small-rest/index.html").as_uri())
    check = page.get_by_role("button", name="Check this answer")
    expect(check).to_have_count(1)

    check.click()
    expect(page.locator("#s1 .field-error")).to_have_text("Choose an answer first.")
    page.get_by_label("The hand").check()
    page.get_by_label("Certain").first.check()
    check.click()

    explained = page.locator("#s1 .feedback")
    expect(explained).to_be_focused()
    expect(check).to_have_count(0)
    expect(explained).to_contain_text("Partly right")
    expect(explained).to_contain_text("Not bad.")
    expect(explained).to_contain_text("The hand does.")
    expect(explained).not_to_contain_text("never does")
    expect(explained).to_contain_text("Certainty, counted apart: 0")
    expect(explained).to_contain_text("Both tire.")
    expect(page.get_by_label("The clock")).to_be_disabled()
    page.reload()
    expect(explained).to_contain_text("Partly right")
    assert not wrong
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert violations(page) == []
    assert "stays at home" not in page.content()
