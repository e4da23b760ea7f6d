"""Search from the header to the second of the film, with and without script, on wide and narrow screens."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.axe import violations
from tests.browser.conftest import OpenPage, until

pytestmark = pytest.mark.browser
TIME = "document.querySelector('edu-player video').currentTime"


def test_words_lead_from_the_header_to_their_second(page: Page) -> None:
    page.goto("/videos")
    field = page.get_by_role("search").get_by_role("searchbox", name="Search")
    field.fill("warning signs")
    field.press("Enter")
    hit = page.locator(".hits a[href*='?t=']").first
    assert "warning signs" in " ".join(hit.locator("mark").all_inner_texts())
    start = float(str(hit.get_attribute("href")).partition("?t=")[2])

    hit.click()

    page.wait_for_url(lambda url: "/courses/back-mice/" in url)
    until(page, "document.querySelector('edu-player[ready]') !== null")
    until(page, f"Math.abs({TIME} - {start}) < 1")


def test_without_script_a_form_and_links_do_the_same(open_page: OpenPage) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/videos/find")
    page.get_by_role("searchbox", name="Words to find in this video").fill("iliac crest")
    page.get_by_role("button", name="Find", exact=True).click()

    page.wait_for_url(lambda url: url.endswith("/search?q=iliac+crest&video=find"))
    assert page.locator(".hits mark").first.inner_text().lower() == "iliac crest"
    start = str(page.locator(".hits a").first.get_attribute("href")).partition("?t=")[2]

    page.locator(".hits a").first.click()

    until(page, f"Math.abs(document.querySelector('video').currentTime - {start}) < 0.5")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_is_found_is_readable_by_everybody(open_page: OpenPage, scheme: str) -> None:
    page = open_page(viewport={"width": 320, "height": 700}, color_scheme=scheme)
    for address in ("/search", "/search?q=the", "/search?q=xylophone"):
        page.goto(address)

        assert not violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
