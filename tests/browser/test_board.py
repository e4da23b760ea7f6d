"""The board in small windows: what is written in it can be read, and none of it covers another word."""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenPage

pytestmark = pytest.mark.browser
SHOWN = """[...document.querySelectorAll('.board-still text')].flatMap((text) => {
  if (!text.checkVisibility()) return [];
  const { x, y, width, height } = text.getBoundingClientRect();
  const size = parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a;
  return [{ words: text.textContent, size, x, y, width, height }];
})"""


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
@pytest.mark.parametrize(
    "path", ["/board?shown=1&words=1&layers=bone&layers=ruler&layers=zone", "/courses/back-mice/landmarks"]
)
def test_the_words_of_a_board_are_twelve_pixels_high_and_cover_no_other(
    open_page: OpenPage, path: str, width: int
):
    page = open_page(viewport={"width": width, "height": 780})
    page.goto(path)

    labels = page.evaluate(SHOWN)
    assert [label["words"] for label in labels if label["size"] < 12] == []
    assert "Schematic drawing - teaching only" in [label["words"] for label in labels]
    covered = [
        (one["words"], other["words"])
        for number, one in enumerate(labels)
        for other in labels[number + 1 :]
        if one["x"] < other["x"] + other["width"]
        and other["x"] < one["x"] + one["width"]
        and one["y"] < other["y"] + other["height"]
        and other["y"] < one["y"] + one["height"]
    ]
    assert covered == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
