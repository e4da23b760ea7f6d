"""Every page there is: axe finds nothing, nothing scrolls sideways, nothing comes from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Request

from tests.browser.conftest import Site

pytestmark = pytest.mark.browser
PAGES = (
    "/courses",
    "/courses/back-mice",
    "/courses/back-mice/the-sequence",
    "/courses/back-mice/when-to-seek-care-now",
    "/videos",
    "/videos/find",
    "/quizzes/the-sequence",
    "/professionals",
    "/account/sign-in",
    "/account/sign-up",
    "/account/forgotten",
    "/no/such/page",
)
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.fixture(scope="module", params=["light", "dark"])
def narrow(request: pytest.FixtureRequest, browser: Browser, site: Site) -> Iterator[Page]:
    """A page 320 pixels wide; the policy against inline script is off, since axe is injected."""
    context = browser.new_context(
        viewport={"width": 320, "height": 700}, color_scheme=request.param, base_url=site.url, bypass_csp=True
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_at_320_pixels(narrow: Page, path: str):
    narrow.goto(path)

    found = Axe().run(narrow, options=WCAG).response["violations"]

    assert not [(fault["id"], [node["html"][:120] for node in fault["nodes"]][:3]) for fault in found]
    assert narrow.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_asked_of_another_host_and_the_policy_holds(page: Page, site: Site, path: str):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(path) if path != "/no/such/page" else None

    assert all(url.startswith((site.url, "data:", "blob:")) for url in asked)


def test_a_lesson_weighs_little(browser: Browser, site: Site):
    """DESIGN's budget: 150 kB without media, 30 requests, 70 kB of compressed script."""
    context = browser.new_context(base_url=site.url)
    page = context.new_page()
    sizes: dict[str, int] = {}

    def note(request: Request) -> None:
        if "/media/" not in request.url:
            sizes[request.url] = sum(
                request.sizes()[part] for part in ("responseBodySize", "responseHeadersSize")
            )

    page.on("requestfinished", note)
    page.goto("/courses/back-mice/the-sequence")
    page.wait_for_load_state("networkidle")

    assert len(sizes) <= 30, list(sizes)
    assert sum(sizes.values()) <= 150_000, sizes
    context.close()
