"""A learner rates station A on a phone held in one hand; the network goes in between; nothing is doubled."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import says_there_is_no_network, until
from tests.sites import Site, rows

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True}
MARKS = {f"A{n}": 2 for n in range(1, 23)} | {"A6": 1, "A19": 0}


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Page]:
    """A page on a small phone; its console may say that the network is gone, and nothing else."""
    context, errors = browser.new_context(base_url=site.url, **PHONE), []
    context.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    yield context.new_page()
    context.close()
    assert not [text for text in errors if not says_there_is_no_network(text)]


def test_a_whole_self_rating_on_a_phone_with_the_network_cut_in_between(phone: Page, site: Site) -> None:
    page = phone
    page.goto("/checklists/station-a")
    page.get_by_role("button", name="Begin", exact=True).tap()
    page.wait_for_url("**/checklists/runs/*")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Palpation of the low back")
    run = page.url.rpartition("/")[2]
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    sizes = page.locator(".mark-choice, .station-bar button:visible").evaluate_all(
        "all => all.map((one) => [one.offsetWidth, one.offsetHeight])"
    )
    assert min(min(size) for size in sizes) >= 44
    page.get_by_role("button", name="Start the clock").tap()
    tap = lambda item, value: page.locator(f"#step-{item} .mark-{value}").tap()  # noqa: E731
    names = list(MARKS)

    for item in names[:8]:
        tap(item, MARKS[item])
    expect(page.locator("[data-part=saved]")).to_have_text("All marks saved")
    page.context.set_offline(True)
    for item in names[8:]:
        tap(item, MARKS[item])
    tap("A1", 1)  # thought better of it, without network
    page.locator("#scale-rating-global .scale-choice").nth(3).tap()
    expect(page.locator("[data-part=marked]")).to_have_text("22 of 22")
    expect(page.locator("[data-part=saved]")).to_contain_text("kept on this device")
    page.get_by_role("button", name="Finish and see the result").tap()
    expect(page.locator("[data-part=saved]")).to_contain_text("as soon as there is one")
    assert len(kept(site, run)) == 8

    page.context.set_offline(False)

    expect(page.get_by_role("heading", name="By your own rating: not yet")).to_be_visible()
    stored = kept(site, run)
    assert {name: value for name, value, _ in stored if name.startswith("A")} == {**MARKS, "A1": 1}
    assert [name for name, _, _ in stored] == sorted({name for name, _, _ in stored}), "none stands twice"
    assert ("A1", 1, 2) in stored
    assert ("rating:global", 4, 1) in stored
    assert until(page, "localStorage.length === 0")
    first = page.locator(".missed > li").first
    expect(first).to_contain_text("A19")
    expect(page.get_by_text("62 of 68 points; 48 are needed")).to_be_visible()
    first.get_by_role("link", name="Watch from 1:12").tap()
    playing = "document.querySelector('dialog[open] video')?.currentTime"
    assert 71 < float(str(until(page, f"{playing} > 71 && {playing}"))) < 82
    page.get_by_role("button", name="Back to the result").tap()
    expect(page.locator("tr#row-A1 .number").last).to_have_text(re.compile(r"\d:\d\d"))


def kept(site: Site, run: str) -> list[tuple[str, int, int]]:
    """Name, value and revision of every mark that the server has."""
    assert re.fullmatch(r"[0-9a-f]{32}", run)
    asked = f"SELECT name, value, rev FROM checklist_mark WHERE run_id = '{run}' ORDER BY name"
    return [(name, value, rev) for name, value, rev in rows(site, asked)]
