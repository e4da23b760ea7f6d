"""Writing a question in the browser: rows change in place, advice follows, zones are drawn."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import until

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def box(page: Page, zone: int) -> list[int]:
    """Left, top, width and height of a zone, as its fields say."""
    names = ("left", "top", "width", "height")
    return [int(float(page.input_value(f"[name=zones-{zone}-{name}]") or 0)) for name in names]


def begin(page: Page) -> None:
    """A hotspot on the board, without zones and landmarks."""
    page.goto("/studio/questions/new?kind=hotspot")
    page.get_by_label("Question", exact=True).fill("Where is the crest?")
    page.locator("#field-picture").select_option("board")
    page.get_by_label("What the picture shows").fill("The low back from behind.")
    page.get_by_label("Why it is so").fill("It is the upper edge.")
    expect(page.locator("edu-zones[ready]")).to_be_visible()


def name_landmarks(page: Page) -> None:
    """Five named points by their fields, one in each of the zones; the form has rows for four."""
    for n, (name, x) in enumerate(
        (("Crest", 480), ("Circle", 640), ("Neck", 100), ("Knee", 1200), ("Hand", 50))
    ):
        if n > 3:
            page.get_by_role("button", name="Add a landmark").click()
            expect(page.locator("[name=landmarks-4-text]")).to_be_focused()
        page.fill(f"[name=landmarks-{n}-text]", name)
        page.fill(f"[name=landmarks-{n}-x]", str(x))
        page.fill(
            f"[name=landmarks-{n}-y]", "250" if name == "Crest" else "340" if name == "Circle" else "50"
        )


def test_corners_that_were_clicked_stay_when_enter_ends_the_polygon(instructor: Page) -> None:
    page = instructor
    begin(page)
    page.get_by_role("button", name="Polygon").click()
    expect(page.get_by_text("0 corners. Click to add")).to_be_visible()
    drawing = page.locator(".zones-layer")
    for count, (x, y) in enumerate(((40, 40), (120, 40), (80, 100)), start=1):
        drawing.click(position={"x": x, "y": y})
        expect(page.get_by_text(f"{count} corners. Click to add")).to_be_visible()
    layer = drawing.bounding_box()
    assert layer is not None

    page.keyboard.press("Enter")

    assert page.input_value("[name=zones-0-shape]") == "polygon"
    corners = [float(number) for number in re.findall(r"[0-9.]+", page.input_value("[name=zones-0-points]"))]
    scale = 1280 / layer["width"]
    wanted = [number * scale for number in (40, 40, 120, 40, 80, 100)]
    assert [abs(one - other) <= 2 for one, other in zip(corners, wanted, strict=True)] == [True] * 6
    expect(page.get_by_text("3 corners.")).to_have_count(0)


def test_zones_are_drawn_by_mouse_and_by_keyboard_and_published(instructor: Page) -> None:
    page = instructor
    begin(page)

    page.get_by_role("button", name="Rectangle").click()
    layer = page.locator(".zones-layer").bounding_box()
    assert layer is not None
    scale, left, top = layer["width"] / 1280, layer["x"], layer["y"]
    page.mouse.move(left + 400 * scale, top + 200 * scale)
    page.mouse.down()
    page.mouse.move(left + 560 * scale, top + 300 * scale, steps=4)
    page.mouse.up()

    drawn = box(page, 0)
    assert [abs(one - other) <= 2 for one, other in zip(drawn, [400, 200, 160, 100], strict=True)] == [
        True
    ] * 4
    assert page.input_value("[name=zones-0-shape]") == "rect"
    expect(page.locator('.zone[data-row="zones-0"]')).to_be_focused()

    page.get_by_role("button", name="Circle").press("Enter")
    zone = page.locator('.zone[data-row="zones-1"]')
    expect(zone).to_be_focused()
    assert box(page, 1)[:3] == [580, 300, 120]
    for key in ("ArrowRight", "Shift+ArrowUp", "Alt+ArrowRight"):
        zone.press(key)
    assert box(page, 1)[:3] == [581, 290, 121]
    assert re.search(r"Zone 2, circle: 581, 290", zone.get_attribute("aria-label") or "")

    page.get_by_role("button", name="Landmark", exact=True).press("Enter")
    page.locator('.pin[data-row="landmarks-0"]').press("ArrowDown")
    assert page.input_value("[name=landmarks-0-y]") == "361"
    name_landmarks(page)
    expect(page.locator(".pin")).to_have_count(5)

    expect(page.locator("[data-part=aside]")).to_contain_text("No reference supports the key")
    expect(page.locator(".advice-blocking")).to_have_count(0)
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Version 1 is asked")).to_be_visible()
    until(page, "document.querySelectorAll('edu-zones .zone').length === 2")
    assert box(page, 0) == drawn
