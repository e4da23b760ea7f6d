"""axe in a page as it stands: what is wrong with it for those who see, hear or move otherwise."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

SMALL = {"width": 320, "height": 700}
SCRIPT = Axe().axe_script
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def violations(page: Page, rules: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The rules that are broken, and where. To tell what is right would take as long again."""
    if page.evaluate("typeof axe === 'undefined'"):
        page.evaluate(SCRIPT)
    options = {**(rules or {}), "resultTypes": ["violations"]}
    script = "options => axe.run(document, options).then(found => found.violations)"
    return list(page.evaluate(script, options))


def faults(page: Page) -> list[tuple[str, str, list[str]]]:
    """What is wrong at 320 pixels: in light, then with the colours in dark, and whether it is wider.

    What is no colour is the same in both. Motion must be off, else the change is looked at half-way.
    """
    found = []
    for scheme, rules in (("light", WCAG), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        for fault in violations(page, rules):
            found.append((scheme, fault["id"], [node["html"][:160] for node in fault["nodes"]][:3]))
    if (width := page.evaluate("document.documentElement.scrollWidth")) > SMALL["width"]:
        found.append(("any", f"it is {width} pixels wide", []))
    return found
