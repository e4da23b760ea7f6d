"""The board that questions stand on: drawn from the places of the film's board, a file for each layer."""

from __future__ import annotations

import runpy
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import quizzes
from edu.services.quizzing.writing.layout import LAYERS
from quizzes import Item
from quizzes.kinds.hotspot import Zones

ROOT = Path(__file__).parents[2]
COURSE = ROOT / "edu" / "content" / "back-mice"
BOARD = ROOT / "edu" / "static" / "img" / "board"
HOTSPOTS = ("Q007", "Q008", "Q009")


@cache
def sheets() -> dict[str, Any]:
    return runpy.run_path(str(COURSE / "drawing" / "sheets.py"))


def question(name: str) -> Item:
    (item,) = quizzes.read_bank((COURSE / "questions" / f"{name}.toml").read_bytes())
    return item


def test_every_sheet_is_as_the_places_of_the_board_draw_it() -> None:
    drawn = {f"{name}.svg": sheets()["sheet"](name) for name in sheets()["LAYERS"]}

    assert drawn == {path.name: path.read_text("utf-8") for path in BOARD.iterdir()}
    assert set(drawn) == {f"{name}.svg" for name in (*LAYERS, "ground")}


def test_the_sides_and_the_scale_stay_whatever_is_off() -> None:
    ground = (BOARD / "ground.svg").read_text("utf-8")

    for words in (">L<", ">R<", "patient LEFT", "patient RIGHT", "5 cm", "Schematic drawing"):
        assert words in ground
    for words in ("PSIS", "iliac crest", ">L4<"):
        assert words not in ground


def test_no_sheet_holds_a_style_that_a_strict_policy_would_drop() -> None:
    for path in BOARD.iterdir():
        text = path.read_text("utf-8")
        assert "<style" not in text
        assert "style=" not in text
        assert "<script" not in text


@pytest.mark.parametrize("name", HOTSPOTS)
def test_landmarks_are_many_and_one_of_them_is_right(name: str) -> None:
    item = question(name)
    assert isinstance(item.key, Zones)
    (zone,) = item.key.zones

    right = [pin for pin in item.pins if zone.holds(pin.x, pin.y)]

    assert len(item.pins) >= 8
    assert len(right) == 1
    assert quizzes.grade(item, [[right[0].x / 1280, right[0].y / 720]]).fraction == 1
    for word in ("dimple", "PSIS", "posterior superior", "zone", "nerve", "cluneal", "nodule"):
        assert not any(word.lower() in pin.text.lower() for pin in item.pins)
    sides = {"left" if pin.x < 640 else "right" for pin in item.pins if pin.x != 640}
    assert sides == {"left", "right"}  # the side alone does not tell


@pytest.mark.parametrize("name", HOTSPOTS)
def test_landmarks_lie_on_the_side_that_their_names_say(name: str) -> None:
    for pin in question(name).pins:
        words = pin.text.lower()
        side = "left" if "left" in words else ("right" if "right" in words else "mid")
        assert side == ("left" if pin.x < 640 else ("right" if pin.x > 640 else "mid")), pin.text
