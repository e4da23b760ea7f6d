"""Zones of a picture."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import QuizError
from quizzes.kinds.zone import Ellipse, Polygon, Rect, check_zone
from tests.quizzes.samples import steady

SQUARE = Polygon(((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (0.0, 10.0)))
HOOK = Polygon(((0.0, 0.0), (10.0, 0.0), (10.0, 10.0), (8.0, 10.0), (8.0, 2.0), (0.0, 2.0)))


@pytest.mark.parametrize(
    ("zone", "point", "inside"),
    [
        (Rect(2, 6, 1, 3), (2, 3), True),
        (Rect(2, 6, 1, 3), (6.01, 2), False),
        (Ellipse(5, 5, 2, 2), (7, 5), True),
        (Ellipse(5, 5, 2, 2), (6.5, 6.5), False),
        (Ellipse(5, 5, 4, 1), (8.9, 5), True),
        (Ellipse(5, 5, 4, 1), (5, 6.1), False),
        (SQUARE, (5, 5), True),
        (SQUARE, (10.1, 5), False),
        (HOOK, (9, 9), True),
        (HOOK, (5, 5), False),
    ],
)
def test_a_point_lies_inside_or_outside(zone, point, inside):
    assert zone.holds(*point) is inside


@pytest.mark.parametrize(
    "zone",
    [
        Rect(6, 2, 1, 3),
        Rect(0, 101, 0, 5),
        Rect(-1, 5, 0, 5),
        Ellipse(50, 50, 0, 5),
        Ellipse(50, 50, -5, 5),
        Ellipse(98, 50, 5, 5),
        Polygon(((1, 1), (2, 2))),
        Polygon(((1, 1), (2, 1), (3, 1))),
    ],
)
def test_a_zone_without_extent_or_outside_the_picture_is_refused(zone):
    with pytest.raises(QuizError) as caught:
        check_zone(zone, 100, 100, "key[0]")
    assert caught.value.place.startswith("key[0]")


@steady
@given(st.floats(-1, 11), st.floats(-1, 11))
def test_a_square_polygon_agrees_with_the_rectangle_away_from_its_edges(x, y):
    if x not in {0, 10} and y not in {0, 10}:
        assert SQUARE.holds(x, y) is Rect(0, 10, 0, 10).holds(x, y)
