"""From marks to ratings."""

import pytest

from quizzes.review import Graded, Rating, is_right, rating_of

TABLE = [
    (Graded(0), Rating.AGAIN),
    (Graded(0, certainty=1), Rating.AGAIN),
    (Graded(0, certainty=3), Rating.AGAIN),
    (Graded(0.99), Rating.AGAIN),
    (Graded(0.8, used_hint=True), Rating.AGAIN),
    (Graded(1), Rating.GOOD),
    (Graded(1, certainty=2), Rating.GOOD),
    (Graded(1, certainty=3), Rating.GOOD),
    (Graded(1, took_ms=900), Rating.GOOD),
    (Graded(1, certainty=2, took_ms=900), Rating.GOOD),
    (Graded(1, certainty=3, took_ms=15_001), Rating.GOOD),
    (Graded(1, certainty=3, took_ms=15_000), Rating.EASY),
    (Graded(1, certainty=3, took_ms=900, used_hint=True), Rating.HARD),
    (Graded(1, certainty=1), Rating.HARD),
    (Graded(1, certainty=1, took_ms=900), Rating.HARD),
    (Graded(1, used_hint=True), Rating.HARD),
]


@pytest.mark.parametrize(("graded", "rating"), TABLE)
def test_an_answer_earns_its_rating(graded, rating):
    assert rating_of(graded) is rating


def test_three_thirds_are_right():
    assert is_right(1 / 3 + 1 / 3 + 1 / 3)
    assert is_right(sum([0.1] * 10))


@pytest.mark.parametrize(
    ("graded", "is_misled"),
    [
        (Graded(0, certainty=3), True),
        (Graded(0.5, certainty=3), True),
        (Graded(0, certainty=2), False),
        (Graded(0), False),
        (Graded(1, certainty=3), False),
    ],
)
def test_wrong_and_certain_is_the_mistake_that_goes_first(graded, is_misled):
    assert graded.is_misled is is_misled


@pytest.mark.parametrize("fraction", [-0.1, 1.1, float("nan")])
def test_a_mark_that_cannot_be_is_refused(fraction):
    with pytest.raises(ValueError, match="fraction"):
        Graded(fraction)
