"""A real site, a real browser, and people in it whose console must stay clean."""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Response,
    StorageState,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

from media import find_ffmpeg
from tests.sites import Site, new_sites
from tests.visitors import Visitor

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
]
PASSWORD = "four words that rhyme"
OpenPage = Callable[..., Page]
expect.set_options(timeout=15_000)  # a full machine takes its time, and what never comes still fails


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that fails in the browser is tried once more, and the run counts it as such.

    Two cores decode films, convert others and serve pages at the same moment: a picture can come late for no
    fault of ours. What is wrong fails twice.
    """
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.fixture(scope="session")
def new_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Site]]:
    """Makes sites that are not started yet; every one is ended with the session."""
    yield from new_sites(tmp_path_factory)


@pytest.fixture(scope="session")
def site(installed: Site, later: Callable[..., Site]) -> Site:
    """One site for all tests that do not break it: the bundled course, its three videos watchable."""
    made = later(installed)
    first = installed.link().removeprefix(installed.url)
    answer = Visitor(made.url).send(first, name="Ada", email="ada@example.org", password=PASSWORD)
    assert answer.status == 200, answer.text
    return made


@pytest.fixture(scope="session")
def launched() -> Iterator[Callable[..., Browser]]:
    """Starts the first of these programs that the machine has; with the session all of them end."""
    with sync_playwright() as playwright:
        started: list[Browser] = []

        def launch(*names: str, more: tuple[str, ...] = ()) -> Browser:
            path = next(filter(None, map(shutil.which, names)), f"/usr/bin/{names[-1]}")
            started.append(playwright.chromium.launch(executable_path=path, args=[*FLAGS, *more]))
            return started[-1]

        yield launch
        for browser in started:
            browser.close()


@pytest.fixture(scope="session")
def browser(launched: Callable[..., Browser]) -> Browser:
    """Debian's Chromium, where it can be had without windows and menus: the same engine, for less work."""
    return launched("chromium-headless-shell", "chromium")


@pytest.fixture(scope="session")
def whole_browser(launched: Callable[..., Browser]) -> Browser:
    """Debian's Chromium as people have it: what the shell lacks, as a screen kept awake, is tried in it."""
    return launched("chromium")


class Watch:
    """Notes what a clean page never does: write errors to the console, or ask another host for anything."""

    def __init__(self, context: BrowserContext, site: Site) -> None:
        self._home = (site.url, "data:", "blob:", "about:")
        self._refused: set[str] = set()
        self._errors: list[tuple[str, str]] = []
        self._strangers: list[str] = []
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda error: self._errors.append(("", str(error.error))))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith(self._home):
            self._strangers.append(request.url)

    def _answered(self, response: Response) -> None:
        # a form that is refused, a page that is not there, an upload that is no recording or has no room
        is_answer = response.request.is_navigation_request() or "/uploads" in response.url
        if (400 <= response.status < 500 or response.status == 507) and is_answer:
            self._refused.add(response.url.partition("#")[0])

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self._errors.append((message.location["url"].partition("#")[0], message.text))

    def assert_clean(self) -> None:
        """Fail with what was noted."""
        assert not [text for url, text in self._errors if url not in self._refused], self._errors
        assert not self._strangers


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Opens a page in a browser profile of its own; at the end every one of them must have been clean."""
    opened: list[tuple[BrowserContext, Watch]] = []

    def open_one(home: Site | None = None, **options: Any) -> Page:
        home, size = home or request.getfixturevalue("site"), {"width": 1280, "height": 800}
        context = browser.new_context(**{"viewport": size, "base_url": home.url, **options})
        opened.append((context, Watch(context, home)))
        return context.new_page()

    yield open_one
    for context, _ in opened:
        context.close()
    for _, watch in opened:
        watch.assert_clean()


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A visitor's page on the common site."""
    return open_page()


def says_there_is_no_network(text: str) -> bool:
    """Whether a line of the console says that: a page, a service worker and its script have their words."""
    gone = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "status of 503", "occurred when fetching the script")
    return any(words in text for words in gone)


def until(page: Page, script: str, seconds: float = 20) -> object:
    """The value of a script once it is true. (Waiting inside the page would need eval: forbidden.)

    Where a link was followed just now the page may go away under the script, or not be whole yet.
    """
    limit = time.monotonic() + seconds
    while True:
        try:
            value, wrong = page.evaluate(script), None
        except PlaywrightError as error:
            value, wrong = None, error
        if value:
            return value
        assert time.monotonic() < limit, f"never true: {script} ({wrong or value})"
        page.wait_for_timeout(50)


def sign_up(page: Page, name: str, email: str) -> None:
    """Make an account in this browser."""
    page.goto("/account/sign-up")
    page.get_by_label("Name").fill(name)
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    for tick in page.get_by_label("I agree to the terms").all():  # a site without the course asks nothing
        tick.check()
    page.get_by_role("button", name="Make the account").click()
    page.wait_for_url(lambda url: "/sign-up" not in url)


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Send the form of signing in."""
    page.goto("/account/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


@pytest.fixture(scope="session")
def studio(new_site: Callable[..., Site]) -> Site:
    """A site without a course, whose worker makes no AV1: what is taught here, an instructor makes."""
    return new_site(EDU_COURSES="none", EDU_AV1="off").start()


@pytest.fixture(scope="session")
def instructor_email(studio: Site) -> str:
    """An instructor's address; the account is made by the command."""
    told = studio.command("user", "add", "ivy@example.org", "--role", "instructor")
    answer = Visitor(studio.url).send(studio.link(told.stdout).removeprefix(studio.url), password=PASSWORD)
    assert answer.status == 200, answer.text
    return "ivy@example.org"


@pytest.fixture(scope="session")
def instructor_state(browser: Browser, studio: Site, instructor_email: str) -> StorageState:
    """What a browser keeps in which the instructor has signed in."""
    context = browser.new_context(base_url=studio.url)
    page = context.new_page()
    sign_in(page, instructor_email)
    page.wait_for_url(lambda url: "/sign-in" not in url)
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def instructor(open_page: OpenPage, studio: Site, instructor_state: StorageState) -> Page:
    """The page of a signed-in instructor."""
    return open_page(studio, storage_state=instructor_state)


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Path]:
    """Makes a small recording that browsers play: its left half red, its right half blue, with a tone."""
    folder = tmp_path_factory.mktemp("recordings")

    def make(name: str, *, seconds: int = 4, turned: int = 0, size: str = "640x360") -> Path:
        halves = f"color=red:s={size}:r=25:d={seconds}[a];color=blue:s={size}:r=25:d={seconds}"
        picture = f"{halves},crop=iw/2:ih:0:0[b];[a][b]overlay=x=W/2[v];[v]noise=alls=8:allf=t[out0]"
        straight, target = folder / f"straight-{name}", folder / name
        source = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", f"sine=f=330:d={seconds}"]
        codecs = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "25", "-c:a", "aac"]
        start = [str(find_ffmpeg()), "-v", "error", "-nostdin", "-y"]
        subprocess.run([*start, *source, *codecs, str(straight)], check=True, timeout=60)
        turn = ["-display_rotation", str(turned), "-i", str(straight), "-c", "copy"]
        subprocess.run([*start, *turn, str(target)], check=True, timeout=60)
        return target

    return make
