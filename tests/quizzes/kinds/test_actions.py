"""Key features: what must be done and what would do harm."""

import pytest

from quizzes import Kind, QuizError, Reason, grade
from tests.quizzes.samples import sample


@pytest.mark.parametrize(
    ("response", "fraction", "harmful"),
    [
        (["B", "D"], 1, False),
        (["B"], 0.6, False),
        (["D", "C"], 0.4, False),
        (["C"], 0, False),
        ([], 0, False),
        (None, 0, False),
        (["B", "A"], 0, True),
        (["A"], 0, True),
    ],
)
def test_right_actions_add_up_and_one_harmful_action_takes_all(response, fraction, harmful):
    outcome = grade(sample(Kind.KEYFEATURE), response)

    assert (outcome.fraction, outcome.harmful) == (pytest.approx(fraction), harmful)


def test_all_right_actions_together_earn_exactly_one():
    weights = {"A": 0.1, "B": 0.2, "C": 0.7}
    item = sample(Kind.KEYFEATURE, key=weights, limit=3, harmful=[])

    assert grade(item, ["A", "B", "C"]).fraction == 1


@pytest.mark.parametrize("response", [["B", "C", "D"], "B", ["B", "B"], ["E"], {"B": True}])
def test_more_actions_than_allowed_and_malformed_ones_are_refused(response):
    with pytest.raises(QuizError):
        grade(sample(Kind.KEYFEATURE), response)


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"key": {"B": 0.6, "D": 0.3}}, Reason.WEIGHTS, "key"),
        ({"key": {"B": 1.5, "D": -0.5}}, Reason.WEIGHTS, "key"),
        ({"key": {}}, Reason.WEIGHTS, "key"),
        ({"key": {"E": 1}}, Reason.UNKNOWN_OPTION, "key.E"),
        ({"harmful": ["A", "B"]}, Reason.RIGHT_AND_HARMFUL, "harmful[1]"),
        ({"harmful": ["A", "A"]}, Reason.DUPLICATE, "harmful"),
        ({"harmful": ["E"]}, Reason.UNKNOWN_OPTION, "harmful[0]"),
        ({"limit": 1}, Reason.LIMIT_TOO_LOW, "limit"),
    ],
)
def test_a_key_that_cannot_be_reached_or_contradicts_itself_is_refused(changes, code, place):
    with pytest.raises(QuizError) as caught:
        sample(Kind.KEYFEATURE, **changes)
    assert (caught.value.code, caught.value.place) == (code, place)
