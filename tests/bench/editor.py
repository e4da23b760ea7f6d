"""Editor: what a keystroke in the caption editor costs with 2 000 captions, against one with 20."""

from __future__ import annotations

import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, sync_playwright

from captions.timecode import strict
from tests.bench.figure import Figure, at_most, told
from tests.bench.site import ROOT, Running, Site

FEW, MANY = 20, 2000
EACH_MS = 3000
RATIO = 1.5
KEYS = 40  # of each page in a round
ROUNDS = 7
EMAIL, PASSWORD = "writer@example.org", "heron lamp quarry violin"
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
_LINK = re.compile(r"/account/link/[\w-]+")
_NEXT_PICTURE = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


@dataclass(frozen=True, slots=True)
class Desk:
    """An open editor, and the way to ask what its main thread has done so far."""

    page: Page
    session: CDPSession

    def work_ms(self) -> float:
        """Milliseconds of work of the page's main thread since it began."""
        found = self.session.send("Performance.getMetrics")["metrics"]
        return float(next(each["value"] for each in found if each["name"] == "TaskDuration")) * 1000

    def key_ms(self) -> float:
        """What one keystroke costs, each seen on the screen before the next."""
        self.page.bring_to_front()
        self.page.locator("#cap-words").focus()
        self.page.evaluate(_NEXT_PICTURE)
        before = self.work_ms()
        for number in range(KEYS):
            self.page.keyboard.press("abcdefghij"[number % 10])
            self.page.evaluate(_NEXT_PICTURE)
        spent = self.work_ms() - before
        self.page.keyboard.press("Control+z")
        self.page.keyboard.press("Control+s")
        self.page.wait_for_selector("edu-caption-editor[state=saved]")
        return spent / KEYS


def measure(site: Site, running: Running) -> Iterator[Figure]:
    """Two tracks of one film, typed in by turns in one browser."""
    with long_film(site), sync_playwright() as playwright:
        path = shutil.which("chromium") or "/usr/bin/chromium"
        with playwright.chromium.launch(executable_path=path, args=FLAGS) as browser:
            context = signed_in(browser, site, running)
            desks = [open_desk(context, cues) for cues in (FEW, MANY)]
            costs: list[list[float]] = [[], []]
            for number in range(ROUNDS + 1):
                for desk, found in zip(desks, costs, strict=True):
                    cost = desk.key_ms()
                    if number:  # the first round warms up
                        found.append(cost)
    few, many = (statistics.median(found) for found in costs)
    how = f"main thread of Chromium, {KEYS} keys in each of {ROUNDS} interleaved rounds, medians"
    yield at_most(f"caption editor: keystroke, {MANY} : {FEW}", many / few, RATIO, "x", how, digits=2)
    yield told("caption editor: one keystroke", f"{few:.1f} ms, {many:.1f} ms", f"with {FEW}, with {MANY}")


@contextmanager
def long_film(site: Site) -> Iterator[None]:
    """Let the first film count as long enough for all captions, and afterwards as long as it is."""
    (before,) = site.ask("SELECT duration_ms FROM video WHERE id = 1")[0]
    _set_length(site, MANY * EACH_MS)
    try:
        yield
    finally:
        _set_length(site, before)


def _set_length(site: Site, ms: object) -> None:
    with closing(sqlite3.connect(site.database, timeout=10)) as connection, connection:
        connection.execute("UPDATE video SET duration_ms = ? WHERE id = 1", (ms,))


def signed_in(browser: Browser, site: Site, running: Running) -> BrowserContext:
    """A browser in which an administrator has signed in; the account is made by the command."""
    made = subprocess.run(
        [sys.executable, "-m", "edu", "user", "add", EMAIL, "--role", "administrator"],
        cwd=ROOT, env=site.environment(running.port), capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    context = browser.new_context(base_url=f"http://127.0.0.1:{running.port}")
    page = context.new_page()
    page.goto(_LINK.findall(made.stdout)[-1])
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("main form button").first.click()
    page.wait_for_url("**/account/sign-in*")
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "/account/" not in url)
    page.close()
    return context


def open_desk(context: BrowserContext, cues: int) -> Desk:
    """The editor of a new track with so many captions."""
    page = context.new_page()
    page.goto("/studio/videos/1")
    token = page.locator("meta[name=csrf-token]").get_attribute("content") or ""
    file = {"name": "a.vtt", "mimeType": "text/vtt", "buffer": document(cues).encode()}
    sent: dict[str, object] = {"csrf_token": token, "kind": "subtitles", "label": str(cues), "file": file}
    language = "en-GB" if cues == FEW else "en-AU"
    answer = page.request.post("/studio/videos/1/tracks", multipart={**sent, "track_language": language})
    page.goto(f"{answer.url}/edit")
    page.wait_for_selector("edu-caption-editor[ready]", timeout=60_000)
    session = context.new_cdp_session(page)
    session.send("Performance.enable")
    return Desk(page, session)


def document(cues: int) -> str:
    """WebVTT in which nothing is wrong."""
    starts = range(0, cues * EACH_MS, EACH_MS)
    times = [f"{strict(start)} --> {strict(start + EACH_MS - 200)}" for start in starts]
    return "WEBVTT\n\n" + "\n".join(f"{time}\nFeel the crest, and then go on.\n" for time in times)
