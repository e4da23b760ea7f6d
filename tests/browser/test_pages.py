"""Every page there is: axe finds nothing, nothing scrolls sideways, nothing comes from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, StorageState

from tests.browser.axe import SMALL, faults
from tests.browser.conftest import OpenPage, Watch, sign_in
from tests.sites import Site

pytestmark = pytest.mark.browser
OPEN = (
    "/courses",
    "/courses/back-mice",
    "/courses/back-mice/the-sequence",
    "/courses/back-mice/when-to-seek-care-now",
    "/courses/back-mice/practise",
    "/courses/back-mice/are-back-mice-real/es",
    "/courses/back-mice/paths/student",
    "/courses/back-mice/state",
    "/courses/back-mice/the-sequence/print",
    "/courses/back-mice/the-sequence/card",
    "/courses/back-mice/the-sequence/pack",
    "/packs/return",
    "/offline",
    "/videos/find/compare",
    "/videos",
    "/videos/find",
    "/search?q=crest",
    "/quizzes/the-sequence",
    "/professionals",
    "/account/sign-in",
    "/account/sign-up",
    "/account/forgotten",
    "/account/link/invented",
    "/library",
    "/library/timeline",
    "/library/swezey1991",
    "/glossary",
    "/glossary/back-mice",
    "/questions",
    "/questions/what-is-the-nodule",
    "/stories/ries-1937",
    "/news",
    "/board",
    "/about",
    "/terms",
    "/contributors",
    "/contact",
    "/corrections",
    "/corrections/new?page=/about",
    "/api",
    "/no/such/page",
)
SIGNED_IN = (
    "/account/",
    "/notes",
    "/hand-ins",
    "/courses/back-mice/progress",
    "/studio/hand-ins",
    "/videos/infiltrate",
    "/studio",
    "/studio/people",
    "/studio/people/1",
    "/studio/videos/new",
    "/studio/videos/1",
    "/studio/videos/1/delete",
    "/studio/videos/1/film",
    "/studio/videos/1/film/replace",
    "/studio/videos/1/film/original/delete",
    "/studio/tracks/1",
    "/studio/tracks/1/edit",
    "/studio/tracks/1/retime",
    "/studio/tracks/1/compare",
    "/studio/videos/1/captions/new",
    "/studio/videos/1/chapters",
    "/studio/lessons/new",
    "/studio/lessons/1",
    "/studio/lessons/1/delete",
    "/studio/lessons/1/versions",
    "/studio/lessons/1/translations/es",
    "/studio/courses",
    "/studio/courses/1",
    "/studio/courses/1/modules/1",
    "/studio/pages",
    "/studio/pages/1",
    "/studio/pages/new?kind=news",
    "/studio/translations?language=es",
    "/studio/terms",
    "/studio/terms/1",
    "/studio/reviews",
    "/studio/library",
    "/studio/messages",
    "/studio/gate",
    "/account/terms",
    "/account/tokens",
    "/studio/questions",
    "/studio/questions/new",
    "/studio/questions/new?kind=keyfeature",
    "/studio/questions/7",
)


@pytest.fixture(scope="module")
def visitor(browser: Browser, site: Site) -> Iterator[Page]:
    """A narrow page of somebody without an account."""
    yield from _narrow(browser, site)


@pytest.fixture(scope="module")
def administrator(browser: Browser, site: Site) -> Iterator[Page]:
    """A narrow page of the administrator, to whom everything is open."""
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    sign_in(page, "ada@example.org")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    state = context.storage_state()
    context.close()
    yield from _narrow(browser, site, state)


def _narrow(browser: Browser, site: Site, state: StorageState | None = None) -> Iterator[Page]:
    # without motion: else the change from light to dark is looked at half-way
    context: BrowserContext = browser.new_context(
        viewport=SMALL, base_url=site.url, storage_state=state, reduced_motion="reduce"
    )
    watch = Watch(context, site)
    yield context.new_page()
    context.close()
    watch.assert_clean()


@pytest.mark.parametrize("path", OPEN)
def test_a_page_for_all_has_no_fault_at_320_pixels_in_light_and_dark(visitor: Page, path: str):
    visitor.goto(path)

    assert faults(visitor) == []


@pytest.mark.parametrize("path", SIGNED_IN)
def test_a_page_of_an_account_has_no_fault_at_320_pixels_in_light_and_dark(administrator: Page, path: str):
    answer = administrator.goto(path)

    assert answer is not None
    assert answer.status == 200
    assert faults(administrator) == []


def test_an_attempt_a_checked_answer_and_a_result_have_no_fault(visitor: Page):
    visitor.goto("/quizzes/the-sequence")
    visitor.get_by_role("button", name="Begin").click()
    answer = visitor.locator(".question .choice input").first
    answer.wait_for()
    assert faults(visitor) == []

    answer.check()
    visitor.get_by_role("button", name="Check this answer").first.click()
    visitor.locator(".question .outcome").first.wait_for()
    assert faults(visitor) == []

    visitor.get_by_role("button", name="Hand in").click()
    visitor.locator("#open-questions").wait_for()
    assert faults(visitor) == []

    visitor.get_by_role("button", name="Hand in anyway").click()
    visitor.locator(".quiz-result").wait_for()
    assert faults(visitor) == []


def test_forms_that_were_refused_have_no_fault(visitor: Page):
    sign_in(visitor, "ada@example.org", "not the one that was set")
    visitor.get_by_role("alert").wait_for()

    assert faults(visitor) == []


def test_a_lesson_weighs_little(open_page: OpenPage):
    """At most 150 kB without media and 30 requests (DESIGN section 10)."""
    page, sizes = open_page(), {}

    def note(request: Request) -> None:
        if "/media/" not in request.url:
            told = request.sizes()
            sizes[request.url] = told["responseBodySize"] + told["responseHeadersSize"]

    page.on("requestfinished", note)
    page.goto("/courses/back-mice/the-sequence")
    page.wait_for_load_state("networkidle")

    assert len(sizes) <= 30, list(sizes)
    assert sum(sizes.values()) <= 150_000, sizes
