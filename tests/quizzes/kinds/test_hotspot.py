"""Points on a picture."""

import pytest

from quizzes import Kind, QuizError, Reason, grade
from tests.quizzes.samples import BOARD, sample

BAND = {"shape": "rect", "x0": 486, "x1": 530, "y0": 360, "y1": 459}
DOT = {"shape": "circle", "x": 728, "y": 470, "r": 30}
FIELD = {"shape": "rect", "x0": 400, "x1": 800, "y0": 300, "y1": 600}


def at(x, y):
    """A point given in pixels of the board, as the fractions that a response holds."""
    return [x / 1280, y / 720]


@pytest.mark.parametrize(
    ("zone", "point", "fraction"),
    [
        (BAND, at(500, 400), 1),
        (BAND, at(486, 360), 1),
        (BAND, at(531, 400), 0),
        (DOT, at(728, 499), 1),
        (DOT, at(728 + 29, 470), 1),
        (DOT, at(728 + 31, 470), 0),
        (DOT, at(728, 470 + 31), 0),
        (DOT, at(728 + 25, 470 + 25), 0),
    ],
)
def test_a_point_is_right_inside_the_zone_whatever_the_shape_of_the_picture(zone, point, fraction):
    assert grade(sample(Kind.HOTSPOT, key=[zone]), [point]).fraction == fraction


def test_no_point_earns_nothing():
    assert grade(sample(Kind.HOTSPOT), []).fraction == grade(sample(Kind.HOTSPOT), None).fraction == 0


@pytest.mark.parametrize(
    ("points", "fraction"),
    [
        ([at(500, 400), at(728, 470)], 1),
        ([at(500, 400)], 0.5),
        ([at(500, 400), at(500, 401)], 0.5),
        ([at(500, 400), at(728, 470), at(10, 10)], 2 / 3),
    ],
)
def test_each_zone_takes_one_point_and_spare_points_cost(points, fraction):
    item = sample(Kind.HOTSPOT, key=[BAND, DOT], limit=3)

    assert grade(item, points).fraction == pytest.approx(fraction)


def test_overlapping_zones_share_the_points_so_that_most_are_hit():
    item = sample(Kind.HOTSPOT, key=[FIELD, DOT], limit=2)

    assert grade(item, [at(728, 470), at(500, 400)]).fraction == 1
    assert grade(item, [at(500, 400), at(728, 470)]).fraction == 1


@pytest.mark.parametrize(
    "response",
    [
        [0.5, 0.5],
        [[0.5]],
        [[0.5, 0.5, 0.5]],
        [[0.5, "0.5"]],
        [[True, 0.5]],
        [[1.01, 0.5]],
        [[0.5, -0.01]],
        [[float("nan"), 0.5]],
        {"x": 0.5},
        "0.5,0.5",
        [[0.5, 0.5], [0.5, 0.5]],
    ],
)
def test_malformed_points_and_more_than_allowed_are_refused(response):
    with pytest.raises(QuizError):
        grade(sample(Kind.HOTSPOT), response)


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"key": []}, Reason.TOO_FEW, "key"),
        ({"key": [BAND, {**DOT, "x": 1270}]}, Reason.OUTSIDE_PICTURE, "key[1]"),
        ({"key": [{**BAND, "shape": "blob"}]}, Reason.NOT_ONE_OF, "key[0].shape"),
        ({"key": [{**BAND, "z": 3}]}, Reason.UNKNOWN_FIELD, "key[0].z"),
        ({"key": [{"shape": "polygon", "points": [[1, 2], [3]]}]}, Reason.WRONG_TYPE, "key[0].points[1]"),
        ({"key": [BAND, DOT]}, Reason.LIMIT_TOO_LOW, "limit"),
        ({"picture": {**BOARD, "width": 0}}, Reason.OUT_OF_RANGE, "picture.width"),
    ],
)
def test_a_key_that_does_not_fit_its_picture_is_refused(changes, code, place):
    with pytest.raises(QuizError) as caught:
        sample(Kind.HOTSPOT, **changes)
    assert (caught.value.code, caught.value.place) == (code, place)
