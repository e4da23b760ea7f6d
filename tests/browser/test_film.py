"""A film is cut and covered on its page, by keyboard and by mouse, previewed, used, and brought back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.axe import SMALL, faults
from tests.browser.conftest import until
from tests.browser.test_studio import is_there, states_until_over, upload
from tests.sites import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]
COVERED = "0:02.5 - 0:03.0 at 34% 34% size 31% 31%"
STORE = "document.querySelector('#stage').store"


def go_to(page: Page, seconds: float) -> None:
    page.evaluate(f"{STORE}.seek({seconds})")
    until(page, f"Math.abs({STORE}.time - {seconds}) < 0.01")


def press(page: Page, name: str, key: str = "Enter") -> None:
    """Press a button as somebody without a mouse does."""
    page.get_by_role("button", name=name).focus()
    page.keyboard.press(key)


def lines(page: Page, name: str) -> str:
    return page.get_by_label(name, exact=True).input_value()


def said(page: Page, words: str) -> None:
    expect(page.locator("edu-cutter [role=status][data-part=said]")).to_have_text(words)


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Drag the mouse over the picture; the places are fractions of it."""
    page.locator("#stage").scroll_into_view_if_needed()
    layer = page.locator(".cover-layer").bounding_box()
    assert layer is not None
    (x, y), (to_x, to_y) = [
        (layer["x"] + layer["width"] * across, layer["y"] + layer["height"] * down)
        for across, down in (start, end)
    ]
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(to_x, to_y, steps=4)
    page.mouse.up()


def length(page: Page) -> float:
    return float(str(until(page, "document.querySelector('video').duration || 0")))


def add_film(page: Page, recording: Path) -> str:
    """Upload a recording and wait for its film; gives the address of its page."""
    upload(page, recording, "To be cut")
    is_there(page)
    assert states_until_over(page)[-1] == "ready"
    return page.url


def tools_of(page: Page, video: str) -> Page:
    """The page on which that film is cut, whose tools are ready."""
    page.goto(f"{video}/film")
    page.wait_for_selector("edu-cutter[ready]")
    return page


@pytest.fixture(scope="module")
def video(browser: Browser, studio: Site, instructor_state: StorageState, clip: Callable[..., Path]) -> str:
    """The address of a film of four seconds, for those who try its tools and use nothing."""
    context = browser.new_context(base_url=studio.url, storage_state=instructor_state)
    address = add_film(context.new_page(), clip("cut.mp4"))
    context.close()
    return address


@pytest.fixture
def tools(instructor: Page, video: str) -> Page:
    """The page of that film."""
    return tools_of(instructor, video)


@pytest.fixture
def film(instructor: Page, clip: Callable[..., Path]) -> Page:
    """The page of a film of four seconds that nobody else uses."""
    address = add_film(instructor, clip("cut.mp4"))
    instructor.get_by_role("link", name="Edit the film").click()
    instructor.wait_for_url(f"{address}/film")
    instructor.wait_for_selector("edu-cutter[ready]")
    return instructor


def cut_and_cover(page: Page) -> None:
    """Take out a second and cover a place after it."""
    go_to(page, 1)
    press(page, "Cut out from here")
    go_to(page, 2)
    press(page, "… to here")
    said(page, "Cut out: 0:01.0 to 0:02.0.")
    go_to(page, 2.5)
    press(page, "Cover a place from here")
    box = page.get_by_role("application")
    expect(box).to_be_focused()
    for key in ("ArrowLeft", "ArrowUp", "Shift+ArrowRight", "Shift+ArrowDown"):
        page.keyboard.press(key)
    expect(box).to_have_accessible_name(
        "Covered place 1: 34% from the left, 34% from the top, 31% wide, 31% high"
    )
    go_to(page, 3)
    press(page, "… to here")
    said(page, "Covered: 0:02.5 to 0:03.0.")


def becomes_shown(page: Page, film: str, seconds: float) -> None:
    """Wait until the film of that name is made and the page has loaded it."""
    row = page.get_by_role("listitem").filter(has_text=film)
    expect(row).to_contain_text("Shown now", timeout=90_000)
    assert length(page) == pytest.approx(seconds, abs=0.15)


def test_a_film_is_cut_and_covered_by_keyboard_alone_and_each_step_can_be_taken_back(tools: Page):
    cut_and_cover(tools)
    expect(tools.get_by_role("img", name="0:03.0 of 0:04.0 stays, in 2 pieces.")).to_be_visible()

    press(tools, "A piece begins here", "i")
    said(tools, "Piece 2 is now from 0:03.0 to 0:04.0.")
    tools.keyboard.press("z")
    said(tools, "Taken back.")

    assert lines(tools, "Pieces that stay") == "0:00.0 - 0:01.0\n0:02.0 - 0:04.0"
    assert lines(tools, "Made unrecognisable") == COVERED


def test_what_is_cut_out_is_skipped_while_the_film_plays(tools: Page):
    cut_and_cover(tools)
    go_to(tools, 0.7)

    tools.evaluate(f"{STORE}.setMuted(true); {STORE}.play()")
    until(tools, f"{STORE}.time > 2.3")
    tools.evaluate(f"{STORE}.pause()")

    played = tools.evaluate(
        "(ranges => [...Array(ranges.length).keys()].map(n => [ranges.start(n), ranges.end(n)]))"
        "(document.querySelector('#stage video').played)"
    )
    assert [start for start, _ in played] == pytest.approx([0.7, 2], abs=0.1)
    assert played[0][1] < 1.2


def test_a_cut_is_previewed_used_and_brought_back(film: Page):
    cut_and_cover(film)

    press(film, "Preview")
    expect(film.locator("video.cutter-preview")).to_be_visible(timeout=60_000)
    until(film, "Math.abs(document.querySelector('.cutter-preview').duration - 3) < 0.15")
    assert lines(film, "Made unrecognisable") == COVERED

    film.get_by_label("Note", exact=True).fill("Without the name")
    press(film, "Use this cut")
    becomes_shown(film, "Film 2: Without the name", 3)
    film.get_by_label("What is covered or silenced now will be seen and heard again").check()
    press(film, "Bring back Film 1")
    becomes_shown(film, "Film 3: Film 1 brought back", 4)


def test_a_rectangle_is_drawn_and_moved_by_mouse_and_a_bad_line_stops_the_tools(tools: Page):
    tools.get_by_role("button", name="Cover a place from here").click()
    drag(tools, (0.1, 0.1), (0.3, 0.4))
    go_to(tools, 1)
    tools.get_by_role("button", name="… to here").click()
    assert lines(tools, "Made unrecognisable") == "0:00.0 - 0:01.0 at 10% 10% size 20% 30%"

    tools.get_by_role("button", name="Show 0:00.0 to 0:01.0").click()
    box = tools.get_by_role("application")
    expect(box).to_be_focused()
    drag(tools, (0.2, 0.2), (0.7, 0.2))
    assert lines(tools, "Made unrecognisable") == "0:00.0 - 0:01.0 at 60% 10% size 20% 30%"

    tools.get_by_label("Silenced", exact=True).fill("quiet")
    tools.get_by_role("button", name="A piece begins here").click()
    said(tools, "Line 1 under “Silenced” cannot be read. Mend it first.")
    tools.get_by_role("button", name="Preview").click()
    expect(tools.locator("#field-mutes-error")).to_contain_text("Line 1: write two times")
    assert lines(tools, "Silenced") == "quiet"


def test_the_pages_have_no_fault_on_a_narrow_screen_in_light_and_dark(tools: Page):
    tools.emulate_media(reduced_motion="reduce")
    tools.set_viewport_size(SMALL)
    cut_and_cover(tools)
    press(tools, "Show 0:02.5 to 0:03.0")
    press(tools, "Silence from here")
    assert faults(tools) == []

    video = tools.url.removesuffix("/film")
    for page in (video, f"{video}/film/replace", f"{video}/film/original/delete"):
        tools.goto(page)
        assert faults(tools) == [], page


def test_another_recording_takes_the_place_of_the_first(film: Page, clip: Callable[..., Path]):
    film.get_by_role("link", name="Replace the recording").click()
    film.locator("edu-upload input[type=file]").set_input_files(clip("take-2.mp4", seconds=3))
    film.get_by_label("Everything is so many seconds later").check()
    film.get_by_label("Seconds later", exact=True).fill("0.5")
    press(film, "Upload")
    is_there(film)

    film.get_by_role("link", name="Look at it").click()

    becomes_shown(film, "Film 2: Another recording: take-2.mp4", 3)
