"""The transcript and the captions as a learner uses them: finding, a look of one's own, links to a time."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.conftest import OpenPage, until
from tests.sites import Site

pytestmark = pytest.mark.browser
READY = "document.querySelector('edu-player[ready]') !== null"
TIME = "document.querySelector('edu-player video').currentTime"
PLAIN_TIME = "document.querySelector('video').currentTime"
HIT = "document.querySelector('.transcript-line[data-hit]')"


def open_film(page: Page, address: str = "/videos/find") -> None:
    page.goto(address)
    until(page, READY)


def test_words_are_marked_and_enter_goes_from_one_to_the_next(page: Page) -> None:
    open_film(page)
    field = page.get_by_role("searchbox", name="Words to find in this video")
    field.click()
    field.press_sequentially("PRESS")
    until(page, "document.querySelectorAll('.transcript-line mark').length > 1")
    count = page.locator("edu-transcript output")
    assert count.inner_text().startswith("0 of ")

    field.press("Enter")
    until(page, f"{HIT} !== null")
    assert count.inner_text().startswith("1 of ")
    until(page, f"Math.abs({TIME} - {HIT}.dataset.start / 1000) < 3")
    page.get_by_role("button", name="Next place").click()
    assert count.inner_text().startswith("2 of ")
    field.press("Shift+Enter")
    assert count.inner_text().startswith("1 of ")
    assert not violations(page)

    field.press("Escape")
    assert page.locator(".transcript-line mark").count() == 0
    field.press_sequentially("xylophone")
    until(page, "document.querySelector('edu-transcript output').textContent === 'Not said in this video'")


def test_a_step_of_the_transcript_plays_from_its_head(page: Page) -> None:
    open_film(page)
    heading = page.locator("#player-V1-c04 a")

    heading.click()

    start = int(str(heading.get_attribute("data-start"))) / 1000
    until(page, f"{TIME} >= {start} && {TIME} < {start} + 5")
    assert page.url.endswith("#V1-c04")


def test_captions_wear_the_look_that_was_chosen_and_next_time_again(page: Page) -> None:
    open_film(page, "/videos/find?t=3")
    page.get_by_role("button", name="Settings of the player").click()
    page.get_by_text("Look of the captions").click()
    page.get_by_label("Colours").select_option("Yellow on black")
    page.get_by_label("Size").select_option("Very large")
    page.get_by_label("Ground").select_option("None")
    ink = "getComputedStyle(document.querySelector('.player-captions')).color"
    assert until(page, f"{ink} === 'rgb(255, 225, 74)'")
    assert page.get_by_label("Edge of the letters").input_value() == "outline"
    assert not violations(page)

    page.reload()
    until(page, READY)
    assert until(page, f"{ink} === 'rgb(255, 225, 74)'")
    page.get_by_role("button", name="Settings of the player").click()
    page.get_by_text("Look of the captions").click()
    assert page.get_by_label("Size").input_value() == "largest"
    page.get_by_role("button", name="As usual").click()
    assert until(page, f"{ink} === 'rgb(255, 255, 255)'")


def test_a_time_in_the_address_is_where_the_film_begins(page: Page) -> None:
    for address, start in (("?t=1m5s", 65), ("?t=20", 20), ("#t=30,40", 30), ("?t=20#t=40", 40)):
        page.goto("about:blank")
        open_film(page, f"/videos/find{address}")
        until(page, f"Math.abs({TIME} - {start}) < 0.5")


def test_without_script_the_address_begins_the_film_as_well(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)

    page.goto("/videos/find?t=1m5s")
    until(page, f"Math.abs({PLAIN_TIME} - 65) < 0.1")

    page.locator(".transcript-line").nth(4).click()

    page.wait_for_url(lambda url: "1m5s" not in url)
    start = page.url.partition("?t=")[2].partition("#")[0]
    until(page, f"{start} > 0 && Math.abs({PLAIN_TIME} - {start}) < 0.1")


@pytest.fixture
def translated(site: Site) -> Iterator[str]:
    """The address of a film with captions in English and subtitles in Hebrew."""
    cue = "WEBVTT\n\n00:01.000 --> 00:04.000\nלחץ\n"
    with closing(sqlite3.connect(site.data / "edu.sqlite3")) as database:
        (track,) = database.execute(
            "INSERT INTO track (video_id, kind, language, label, current, updated_at) "
            "SELECT id, 'subtitles', 'he', '', 1, created_at FROM video WHERE slug = 'bilateral' RETURNING id"
        ).fetchone()
        names = "track_id, number, document, note, findings, film, aside, created_at"
        told = f"SELECT {track}, 1, ?, '', '[]', 0, '[]', created_at FROM video WHERE slug = 'bilateral'"
        database.execute(f"INSERT INTO track_version ({names}) {told}", (cue,))
        database.commit()
        yield "/videos/bilateral"
        database.execute("DELETE FROM track_version WHERE track_id = ?", (track,))
        database.execute("DELETE FROM track WHERE id = ?", (track,))
        database.commit()


def test_the_captions_and_the_words_follow_each_others_language(page: Page, translated: str) -> None:
    open_film(page, translated)
    both = "[document.querySelector('edu-player').captions.language, {0}.lang, {0}.dir].join()".format(
        "document.querySelector('.transcript-body')"
    )
    until(page, f"{both} === 'en,en,ltr'")

    page.get_by_role("link", name="עברית", exact=True).click()
    until(page, f"{both} === 'he,he,rtl'")
    assert page.url.endswith("?words=he")
    assert not violations(page)
    page.get_by_role("button", name="Settings of the player").click()
    page.locator("[data-part=language]").select_option("English, captions")
    until(page, f"{both} === 'en,en,ltr'")
    page.goto(f"{translated}?words=he")
    until(page, f"{both} === 'he,he,rtl'")


def test_captions_that_are_off_come_on_in_the_language_of_the_words(page: Page, translated: str) -> None:
    open_film(page, translated)
    language = "document.querySelector('edu-player').captions.language"
    until(page, f"{language} === 'en'")
    page.locator("edu-player").press("c")
    until(page, f"{language} === ''")
    page.get_by_role("link", name="עברית", exact=True).click()
    until(page, "document.querySelector('.transcript-body').lang === 'he'")
    assert page.evaluate(language) == ""

    page.locator("edu-player").press("c")

    until(page, f"{language} === 'he'")
    page.goto("/videos/find")
    until(page, f"{READY} && {language} === 'en'")  # which has no Hebrew
