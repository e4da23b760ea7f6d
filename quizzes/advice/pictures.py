"""Rules about pictures: described in words, zones that a finger meets, a way without eye and hand."""

from collections.abc import Iterator

from quizzes.advice.rules import Advice, Rule, blocking, warning
from quizzes.advice.view import View
from quizzes.kinds.hotspot import Zones

NARROW_SCREEN = 360  # pixels
LEAST_TARGET = 24  # pixels
LEAST_WRONG_LANDMARKS = 3


def described(view: View) -> Iterator[Advice]:
    """A picture that is not described in words."""
    if view.item.picture is not None and not view.item.picture.alt.strip():
        yield blocking(Rule.NO_ALTERNATIVE_TEXT, "picture.alt")


def landmarks(view: View) -> Iterator[Advice]:
    """The list of named points, the way of those who cannot see or point: one in each zone, some in none."""
    key, pins = view.item.key, view.item.pins
    if not isinstance(key, Zones):
        return
    if not pins:
        yield blocking(Rule.NO_LANDMARKS, "landmarks")
        return
    for index, zone in enumerate(key.zones):
        if not any(zone.holds(pin.x, pin.y) for pin in pins):
            yield blocking(Rule.NO_LANDMARK_IN_ZONE, f"key[{index}]")
    outside = sum(not any(zone.holds(pin.x, pin.y) for zone in key.zones) for pin in pins)
    if outside < LEAST_WRONG_LANDMARKS:
        least = len(pins) - outside + LEAST_WRONG_LANDMARKS
        yield warning(Rule.FEW_LANDMARKS, "landmarks", count=len(pins), least=least)


def zones(view: View) -> Iterator[Advice]:
    """Zones that a finger cannot meet when the whole picture is shown on a narrow phone."""
    key, picture = view.item.key, view.item.picture
    if not isinstance(key, Zones) or picture is None:
        return
    for index, zone in enumerate(key.zones):
        left, top, right, bottom = zone.box()
        pixels = min(right - left, bottom - top) * NARROW_SCREEN / picture.width
        if pixels < LEAST_TARGET:
            yield warning(Rule.SMALL_ZONE, f"key[{index}]", pixels=round(pixels), least=LEAST_TARGET)
