"""Rules about pictures, zones and landmarks."""

from dataclasses import replace

import pytest

from quizzes.advice import Rule, Severity, advise
from quizzes.item import Pin
from quizzes.vocabulary import Kind
from tests.quizzes.advice.speaking import said
from tests.quizzes.samples import BOARD, sample

LARGE = {"key": [{"shape": "circle", "x": 640, "y": 360, "r": 90}]}
RIGHT = Pin("crest", "Iliac crest", 640, 360)
WRONG = tuple(Pin(f"p{n}", f"Point {n}", 100 * n, 100) for n in range(1, 4))


def hotspot(*pins: Pin, **changes):
    return replace(sample(Kind.HOTSPOT, **{**LARGE, **changes}), pins=pins)


def test_a_hotspot_with_landmarks_is_good():
    assert said(hotspot(RIGHT, *WRONG)) == {}


@pytest.mark.parametrize(
    ("pins", "found"),
    [
        ((), {Rule.NO_LANDMARKS: "landmarks"}),
        (WRONG, {Rule.NO_LANDMARK_IN_ZONE: "key[0]"}),
        ((RIGHT, *WRONG[:2]), {Rule.FEW_LANDMARKS: "landmarks"}),
    ],
)
def test_the_way_by_landmarks_is_complete_or_told(pins, found):
    assert said(hotspot(*pins)) == found


def test_a_hotspot_that_only_a_mouse_can_answer_blocks():
    assert [a.rule for a in advise(hotspot()) if a.blocks] == [Rule.NO_LANDMARKS]


def test_a_zone_under_24_pixels_on_a_narrow_phone_is_a_warning():
    item = hotspot(RIGHT, *WRONG, key=[{"shape": "rect", "x0": 600, "x1": 680, "y0": 300, "y1": 400}])

    (found,) = [advice for advice in advise(item) if advice.rule is Rule.SMALL_ZONE]

    assert (found.place, found.severity) == ("key[0]", Severity.WARNING)
    assert dict(found.parameters) == {"pixels": 22, "least": 24}


def test_a_picture_without_words_blocks():
    item = hotspot(RIGHT, *WRONG, picture={**BOARD, "alt": ""})

    assert [a.place for a in advise(item) if a.blocks] == ["picture.alt"]
