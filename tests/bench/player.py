"""Player: when the first picture is seen, and how the preview follows the pointer, against a bare element.

The player alone is the page for a frame on another site; a lesson's page is read, laid out and drawn besides.
"""

from __future__ import annotations

import re
import shutil
import statistics
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.figure import Figure, at_most, told
from tests.bench.site import Running

OVER_BARE_MS = 150.0
PREVIEW_MS = 34.0  # two pictures of a screen of 60 Hz
ROUNDS = 7
BARE, ALONE, LESSON = "the bare page", "the player alone", "the lesson"
MOVES = 60  # of the pointer in one sweep over the bar
FRAME_MS = 1000 / 60
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
]
_SOURCES = re.compile(r"<source [^>]*>")
_NEXT_PICTURE = "new Promise(requestAnimationFrame)"
# Plays as soon as the page can: its player where it has one, else the element itself.
# Milliseconds since the page was asked for.
_PLAY = """
addEventListener('DOMContentLoaded', async () => {
  const [player, video] = ['edu-player', 'video'].map(name => document.querySelector(name));
  video.requestVideoFrameCallback(now => { window.firstPicture = now; });
  if (player) await customElements.whenDefined('edu-player');
  if (player) player.perform('play');
  else video.play();
});
"""
# Notes each picture of the screen, and how long after a move of the pointer the preview was drawn.
_WATCH = """
() => {
  window.pictures = [];
  window.delays = [];
  let moved = 0;
  const seen = now => { pictures.push(now); requestAnimationFrame(seen); };
  requestAnimationFrame(seen);
  document.addEventListener('pointermove', () => { moved = performance.now(); }, { capture: true });
  const shown = document.querySelector('.seek-preview');
  if (!shown) return;
  new MutationObserver(() => {
    const from = moved;
    moved = 0;
    if (from) requestAnimationFrame(() => delays.push(performance.now() - from));
  }).observe(shown, { attributes: true, subtree: true, childList: true, characterData: true });
}
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """A page opened and played: ms until its first picture, those of work in them, and the sweep after it."""

    first: float
    work: float
    sweep: Sweep


@dataclass(frozen=True, slots=True)
class Sweep:
    """The pointer once over the bar: pictures of the screen that were lost, delays of the preview in ms."""

    lost: int
    delays: tuple[float, ...]


def measure(running: Running, lesson: str) -> Iterator[Figure]:
    """The lesson, its player alone and a page with nothing but its film, by turns; caches are empty."""
    home = f"http://127.0.0.1:{running.port}"
    visits: dict[str, list[Visit]] = {BARE: [], ALONE: [], LESSON: []}
    with sync_playwright() as playwright:
        path = shutil.which("chromium") or "/usr/bin/chromium"
        with playwright.chromium.launch(executable_path=path, args=FLAGS) as browser:
            film, sources = _film(browser, home + lesson)
            places = {BARE: home + lesson, ALONE: f"{home}/embed/{film}", LESSON: home + lesson}
            for number in range(ROUNDS + 1):
                for name, address in places.items():
                    visit = _visit(browser, address, sources if name == BARE else "")
                    if number:  # the first round warms up
                        visits[name].append(visit)
    yield from _first_picture(visits)
    yield from _preview(visits[BARE], visits[LESSON])


def _film(browser: Browser, address: str) -> tuple[str, str]:
    """The name of the film of a lesson, and its source elements."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    text, place = page.content(), page.locator("edu-player").get_attribute("data-slug")
    context.close()
    return (place or "").partition(".")[0], "".join(_SOURCES.findall(text))


def _visit(browser: Browser, address: str, sources: str) -> Visit:
    """Open the lesson, or with sources a page of its own for them; play, then sweep while it plays."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.add_init_script(_PLAY)
    session = context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    if sources:
        body = f"<!doctype html><title>bare</title><video width=800 height=450>{sources}</video>"
        page.route(address, lambda route: route.fulfill(content_type="text/html", body=body))
    page.goto(address)
    while not (first := page.evaluate("window.firstPicture")):
        page.wait_for_timeout(20)
    told_by_browser = session.send("Performance.getMetrics")["metrics"]
    work = next(each["value"] for each in told_by_browser if each["name"] == "TaskDuration") * 1000
    sweep = _sweep(page, "video" if sources else ".seek-range")
    context.close()
    return Visit(float(first), float(work), sweep)


def _sweep(page: Page, over: str) -> Sweep:
    box = page.locator(over).bounding_box()
    assert box is not None
    height = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + 1, height)
    page.wait_for_timeout(400)  # for the sheet of pictures to come
    page.evaluate(_WATCH)
    for number in range(MOVES):
        page.mouse.move(box["x"] + box["width"] * (number + 1) / (MOVES + 1), height)
        page.evaluate(_NEXT_PICTURE)
    pictures, delays = page.evaluate("[pictures, delays]")
    gaps = [after - before for before, after in pairwise(pictures)]
    return Sweep(sum(max(0, round(gap / FRAME_MS) - 1) for gap in gaps), tuple(delays))


def _first_picture(visits: dict[str, list[Visit]]) -> Iterator[Figure]:
    how = f"from the request of the page, cold cache, medians of {ROUNDS} interleaved rounds"
    found = {name: _medians(seen) for name, seen in visits.items()}
    for subject, name in (("player", ALONE), ("lesson page", LESSON)):
        over = found[name][0] - found[BARE][0]
        yield at_most(
            f"{subject}: first picture over a bare element", over, OVER_BARE_MS, "ms", how, digits=0
        )
    quickest = ", ".join(f"{min(visit.first for visit in seen):.0f}" for seen in visits.values())
    best = f"{', '.join(visits)}; quickest {quickest} ms; all above that is other work"
    yield told("player: first picture", _each(first for first, _ in found.values()), best)
    yield told("player: processor until then", _each(work for _, work in found.values()), "main thread")


def _each(values: Iterable[float]) -> str:
    return ", ".join(f"{value:.0f}" for value in values) + " ms"


def _medians(visits: list[Visit]) -> tuple[float, float]:
    firsts, works = [visit.first for visit in visits], [visit.work for visit in visits]
    return statistics.median(firsts), statistics.median(works)


def _preview(bare: list[Visit], ours: list[Visit]) -> Iterator[Figure]:
    delays = [delay for visit in ours for delay in visit.sweep.delays]
    how = f"{MOVES} moves over the bar while the film plays, {ROUNDS} rounds, median"
    yield at_most("player: preview behind the pointer", statistics.median(delays), PREVIEW_MS, "ms", how)
    lost = [statistics.median(visit.sweep.lost for visit in visits) for visits in (ours, bare)]
    shown = f"{lost[0]:.0f}, {lost[1]:.0f} of {MOVES}"
    yield told("player: pictures lost in a sweep", shown, "with the preview, on the bare page")
