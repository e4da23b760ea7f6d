"""An instructor's whole day: from the first administrator's link to a learner who watches and passes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PASSWORD, OpenPage, sign_up, until
from tests.sites import Site, eventually

pytestmark = [pytest.mark.browser, pytest.mark.slow]
WRONG = "1\n00:00:00,200 --> 00:00:01,000\nWash your hands.\n\n2\nThe second caption has no time\n"
RIGHT = (
    "1\n00:00:00,200 --> 00:00:02,000\nWash your hands.\n\n"
    "2\n00:00:02,000 --> 00:00:03,800\nThen find the crest.\n"
)


def become_administrator(page: Page, studio: Site) -> None:
    page.goto(studio.link())
    page.get_by_label("Name").fill("Ada")
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    expect(page.locator("header")).to_contain_text("Ada")


def make_instructor(page: Page, email: str) -> None:
    page.goto("/studio/people")
    page.get_by_label("Name or e-mail address").fill(email)
    page.get_by_role("button", name="Search").click()
    page.get_by_role("listitem").filter(has_text=email).get_by_role("link").click()
    page.get_by_role("combobox", name="Role").select_option("instructor")
    page.get_by_role("button", name="Save the role").click()
    expect(page.get_by_role("status")).to_be_visible()


def upload(page: Page, file: Path, title: str = "") -> None:
    page.goto("/studio/videos/new")
    page.locator("edu-upload input[type=file]").set_input_files(file)
    page.get_by_label("Title").fill(title)
    page.get_by_role("button", name="Upload").click()


def is_there(page: Page) -> None:
    page.wait_for_url(re.compile(r"/studio/videos/\d+$"), timeout=60_000)


def slow_line(page: Page, bytes_per_second: int) -> None:
    """A line so slow that the progress of an upload can be seen."""
    session = page.context.new_cdp_session(page)
    limits = {"offline": False, "latency": 5, "downloadThroughput": -1, "uploadThroughput": bytes_per_second}
    session.send("Network.emulateNetworkConditions", limits)


def states_until_over(page: Page, seconds: float = 90) -> list[str]:
    """The states that the page shows one after the other, until the work is over."""
    seen: list[str] = []

    def is_over() -> bool:
        state = page.locator("[data-part=state], edu-progress").first.get_attribute("data-state")
        if state and seen[-1:] != [state]:
            seen.append(state)
        page.wait_for_timeout(40)
        return seen[-1] in ("ready", "failed") and page.locator("edu-progress").count() == 0

    eventually(is_over, "the work is over", seconds)
    return seen


def add_captions(page: Page, folder: Path, words: str) -> None:
    file = folder / "words.srt"
    file.write_text(words)
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("button", name="Upload the track").click()


def type_chapters(page: Page, lines: str) -> None:
    page.get_by_label("Chapters as lines").fill(lines)
    page.get_by_role("button", name="Save the chapters").click()


def write_lesson(page: Page) -> None:
    page.get_by_role("link", name="Write a lesson with this video").click()
    page.get_by_label("Title", exact=True).fill("Finding the crest")
    page.get_by_label("Course and module").select_option("new")
    page.get_by_label("Title of the new course").fill("Hands")
    page.get_by_label("Title of the new module").fill("First steps")
    page.get_by_label("Text", exact=True).fill("Use **both thumbs**, and say what you do.")
    page.get_by_role("button", name="Save the lesson").click()
    expect(page.get_by_role("status").filter(has_text="The lesson is saved.")).to_be_visible()


def add_question(page: Page) -> None:
    lesson = page.url
    page.get_by_role("link", name="Add a question").click()
    page.get_by_role("link", name="One best answer").click()
    page.get_by_label("Question", exact=True).fill("What comes first?")
    page.get_by_role("group", name="Option 1").get_by_label("Text").fill("Washing the hands")
    page.get_by_role("group", name="Option 1").get_by_label("Right").check()
    page.get_by_role("group", name="Option 2").get_by_label("Text").fill("Finding the crest")
    page.get_by_label("Why it is so").fill("Clean hands come before every touch.")
    page.get_by_label("Step of a video that shows it").select_option(index=1)
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_role("status").filter(has_text="The question is published")).to_be_visible()
    page.goto(lesson)


def publish(page: Page) -> str:
    """Publish the lesson together with its video; gives the lesson's address."""
    page.get_by_label("State", exact=True).select_option("published")
    page.get_by_label("Publish its video together with it").check()
    page.get_by_role("button", name="Save the lesson").click()
    return str(page.get_by_role("link", name="Look at the page").get_attribute("href"))


def watch_and_pass(page: Page, lesson: str) -> None:
    page.goto(lesson)
    page.get_by_role("button", name="Play", exact=True).first.click()
    until(page, "document.querySelector('video').currentTime > 0.4")
    expect(page.locator(".player-captions")).to_contain_text("Wash your hands.")
    expect(page.locator(".seek-segment")).to_have_count(2)
    page.get_by_role("button", name="Begin").click()
    page.get_by_text("Washing the hands").click()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_role("heading", name="Passed")).to_be_visible()
    expect(page.get_by_text("Clean hands come before every touch.")).to_be_visible()


def test_from_the_first_link_to_a_learner_who_watches_and_passes(
    open_page: OpenPage, studio: Site, clip: Callable[..., Path], tmp_path: Path
):
    administrator, teacher, learner = open_page(studio), open_page(studio), open_page(studio)
    become_administrator(administrator, studio)
    sign_up(teacher, "Tess", "tess@example.org")
    assert teacher.request.get("/studio").status == 403
    make_instructor(administrator, "tess@example.org")

    recording = clip("crest.mp4")
    slow_line(teacher, recording.stat().st_size // 2)
    upload(teacher, recording, "The crest")
    bar = "document.querySelector('edu-upload progress')"
    until(teacher, f"{bar} && {bar}.value > 0 && {bar}.value < 1")
    is_there(teacher)
    states = states_until_over(teacher)
    assert states[-1] == "ready"
    assert len(states) > 1, states

    video = teacher.url
    add_captions(teacher, tmp_path, WRONG)
    expect(teacher.get_by_role("row", name="5 left out Text without a time")).to_be_visible()
    teacher.goto(video)
    add_captions(teacher, tmp_path, RIGHT)
    expect(teacher.get_by_text("Everything in the file was taken as it is.")).to_be_visible()
    teacher.goto(video)
    type_chapters(teacher, "0:00 Clean hands\nthen the crest")
    expect(teacher.locator(".field-error")).to_contain_text("Line 2")
    type_chapters(teacher, "0:00 Clean hands\n0:02 The crest")
    expect(teacher.get_by_role("row").filter(has_text="The crest")).to_have_count(1)
    write_lesson(teacher)
    add_question(teacher)
    lesson = publish(teacher)

    sign_up(learner, "Lena", "lena@example.org")
    watch_and_pass(learner, lesson)


@pytest.mark.parametrize(
    ("name", "width", "height"), [("phone_pixel7_1080p.mp4", 1920, 1080), ("iphone_hevc.mov", 720, 1280)]
)
def test_a_recording_of_a_phone_becomes_a_video_that_stands_upright(
    instructor: Page, corpus: Path, name: str, width: int, height: int
):
    upload(instructor, corpus / "video" / name)
    is_there(instructor)

    assert states_until_over(instructor)[-1] == "ready"

    until(instructor, "document.querySelector('video').videoWidth")
    shown = instructor.evaluate("(v => [v.videoWidth, v.videoHeight])(document.querySelector('video'))")
    assert shown[0] * height == pytest.approx(shown[1] * width, rel=0.01)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "This file is empty."),
        (b"GIF89a" + bytes(5000), "refused this file"),
        (b"<!doctype html><title>no film</title>" + b" " * 5000, "refused this file"),
    ],
    ids=["empty", "a picture", "a web page"],
)
def test_a_file_that_is_no_recording_is_refused_in_the_page(
    instructor: Page, tmp_path: Path, content: bytes, says: str
):
    file = tmp_path / "film.mp4"
    file.write_bytes(content)

    upload(instructor, file)

    expect(instructor.locator("edu-upload [data-part=message]")).to_contain_text(says)
    expect(instructor.locator("edu-upload form")).to_be_visible()


def test_an_upload_without_room_is_told_so_and_tried_again_with_the_same_file(
    instructor: Page, clip: Callable[..., Path]
):
    words = "The disk of this site is full. Tell the administrator, then try again."
    body = json.dumps({"status": 507, "detail": words, "code": "no_room"})
    full = {"status": 507, "content_type": "application/problem+json", "body": body}
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.method)
        route.fulfill(**full)

    instructor.route("**/uploads", refuse)

    upload(instructor, clip("full.mp4"))

    expect(instructor.locator(".upload-status [data-part=message]")).to_have_text(words)
    assert asked == ["POST"]  # it is not tried again by itself
    instructor.unroute("**/uploads")
    instructor.get_by_role("button", name="Try again").click()
    is_there(instructor)


def test_a_shift_that_is_missing_is_told_beside_its_field_and_not_of_the_file(
    instructor: Page, clip: Callable[..., Path]
):
    recording = clip("take.mp4")
    upload(instructor, recording)
    is_there(instructor)
    instructor.goto(f"{instructor.url}/film/replace")
    instructor.locator("edu-upload input[type=file]").set_input_files(recording)
    instructor.get_by_role("radio", name="Everything is so many seconds later").check()

    instructor.get_by_role("button", name="Upload").click()

    expect(instructor.locator("#field-shift-error")).to_contain_text("such as 2.5")
    expect(instructor.locator("#field-shift")).to_be_focused()
    instructor.locator("#field-shift").fill("1")
    instructor.get_by_role("button", name="Upload").click()
    is_there(instructor)
