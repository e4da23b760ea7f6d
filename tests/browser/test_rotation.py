"""A recording held upright: the quick copy and the versions made later both stand upright in Chromium."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import until
from tests.sites import Site, eventually, rows

pytestmark = [pytest.mark.browser, pytest.mark.slow]
# The recorded picture is red on the left and blue on the right; turned counter-clockwise by so many degrees
# it is of these colours at its top (or its left) and at its bottom (or its right).
TURNS = {90: ("blue", "red"), -90: ("red", "blue"), 180: ("blue", "red")}
LOAD = """source => {
  document.querySelector('#trial')?.remove();
  const video = document.createElement('video');
  Object.assign(video, { id: 'trial', muted: true, src: source });
  document.body.append(video);
  video.addEventListener('canplay', () => video.play(), { once: true });  // else a list may hang
}"""
LOOK = """([first, last]) => {
  const video = document.querySelector('#trial'), canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [video.videoWidth, video.videoHeight];
  const drawing = canvas.getContext('2d');
  drawing.drawImage(video, 0, 0);
  const colour = ([x, y]) => {
    const [red, , blue] = drawing.getImageData(x * canvas.width, y * canvas.height, 1, 1).data;
    return red > blue + 60 ? 'red' : blue > red + 60 ? 'blue' : `${red} ${blue}`;
  };
  return { width: canvas.width, height: canvas.height, colours: [colour(first), colour(last)] };
}"""


@contextmanager
def halted(site: Site) -> Iterator[None]:
    """The worker stands still, so that what it makes next is not yet served."""
    worker = site.worker()
    os.kill(worker, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(worker, signal.SIGCONT)


def version_of(site: Site, slug: str) -> str:
    return str(dict(rows(site, "SELECT slug, version FROM video")).get(slug) or "")


def assert_upright(page: Page, slug: str, version: str, turn: int) -> None:
    """Every source on the page, HLS as well as the plain file, has the scene's aspect and colours."""
    page.goto(f"/videos/{slug}")
    assert page.evaluate("document.createElement('video').canPlayType('application/vnd.apple.mpegurl')")
    sources = page.locator("edu-player source").evaluate_all("all => all.map(source => source.src)")
    assert {source.rsplit(".", 1)[1] for source in sources} == {"m3u8", "mp4"}
    is_upright = abs(turn) == 90
    width, height = (360, 640) if is_upright else (640, 360)
    places = ([0.5, 0.2], [0.5, 0.8]) if is_upright else ([0.2, 0.5], [0.8, 0.5])
    for source in sources:
        assert f"/{version}/" in source
        page.evaluate(LOAD, source)
        until(page, "document.querySelector('#trial').currentTime > 0.2")
        seen = page.evaluate(LOOK, places)
        assert seen["width"] * height == pytest.approx(seen["height"] * width, rel=0.02), (source, seen)
        assert tuple(seen["colours"]) == TURNS[turn], (source, seen)


@pytest.mark.parametrize("turn", TURNS)
def test_a_turned_recording_stands_upright_before_and_after_it_is_improved(
    instructor: Page, studio: Site, clip: Callable[..., Path], turn: int
):
    recording, slug = clip(f"turned{turn}.mp4", seconds=2, turned=turn), f"turned-by-{turn % 360}"

    told = studio.command("video", "add", str(recording), "--title", f"Turned by {turn % 360}")

    assert told.returncode == 0, told.stderr
    quick = eventually(lambda: version_of(studio, slug), "the quick copy can be watched")
    with halted(studio):
        assert version_of(studio, slug) == quick
        assert_upright(instructor, slug, quick, turn)
    eventually(lambda: version_of(studio, slug) != quick, "the better versions are served", 60)
    better = version_of(studio, slug)
    assert_upright(instructor, slug, better, turn)
