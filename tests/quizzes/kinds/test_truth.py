"""True or false with certainty."""

import pytest

from quizzes import Kind, QuizError, grade
from quizzes.kinds.truth import CERTAINTY_MARKS
from tests.quizzes.samples import sample


@pytest.mark.parametrize(
    ("answer", "certainty", "fraction", "mark"),
    [
        (True, 1, 1, 1),
        (True, 2, 1, 2),
        (True, 3, 1, 3),
        (False, 1, 0, 0),
        (False, 2, 0, -2),
        (False, 3, 0, -6),
    ],
)
@pytest.mark.parametrize("key", [True, False])
def test_certainty_is_marked_apart_from_the_fraction(key, answer, certainty, fraction, mark):
    outcome = grade(sample(Kind.TRUEFALSE, key=key), {"answer": answer is key, "certainty": certainty})

    assert (outcome.fraction, outcome.certainty_mark) == (fraction, mark)


def test_without_a_certainty_there_is_no_certainty_mark():
    outcome = grade(sample(Kind.TRUEFALSE), {"answer": True})

    assert (outcome.fraction, outcome.certainty_mark) == (1, None)


def test_no_answer_earns_nothing_in_both_marks():
    outcome = grade(sample(Kind.TRUEFALSE), None)

    assert (outcome.fraction, outcome.certainty_mark) == (0, 0)


@pytest.mark.parametrize(("low", "high", "threshold"), [(1, 2, 2 / 3), (2, 3, 0.8)])
def test_a_higher_certainty_pays_from_the_published_threshold_on(low, high, threshold):
    def expected(certainty, probability):
        right, wrong = CERTAINTY_MARKS[certainty]
        return probability * right + (1 - probability) * wrong

    assert expected(low, threshold) == pytest.approx(expected(high, threshold))
    assert expected(high, threshold + 0.01) > expected(low, threshold + 0.01)


@pytest.mark.parametrize(
    "response",
    [
        True,
        "true",
        {},
        {"certainty": 2},
        {"answer": 1, "certainty": 2},
        {"answer": "true", "certainty": 2},
        {"answer": True, "certainty": 0},
        {"answer": True, "certainty": 4},
        {"answer": True, "certainty": 2.0},
        {"answer": True, "certainty": True},
        {"answer": True, "certainty": "2"},
        {"answer": True, "certainty": 2, "mark": 3},
    ],
)
def test_a_malformed_answer_is_refused(response):
    with pytest.raises(QuizError):
        grade(sample(Kind.TRUEFALSE), response)


def test_feedback_may_speak_to_each_answer():
    item = sample(Kind.TRUEFALSE, feedback={"false": "Many do."})

    assert grade(item, {"answer": False}).feedback[0].text == "Many do."
