"""Matching, and cases with one list of options."""

import pytest

from quizzes import Kind, QuizError, Reason, grade
from tests.quizzes.samples import sample


@pytest.mark.parametrize(
    ("kind", "response", "fraction"),
    [
        (Kind.MATCHING, {"L1": "R2", "L2": "R1"}, 1),
        (Kind.MATCHING, {"L1": "R2", "L2": "R2"}, 0.5),
        (Kind.MATCHING, {"L1": "R2"}, 0.5),
        (Kind.MATCHING, {"L1": "R3", "L2": "R3"}, 0),
        (Kind.MATCHING, {}, 0),
        (Kind.EMQ, {"1": "A", "2": "A"}, 1),
        (Kind.EMQ, {"1": "A", "2": "B"}, 0.5),
        (Kind.EMQ, None, 0),
    ],
)
def test_pairs_earn_the_share_of_right_ones(kind, response, fraction):
    assert grade(sample(kind), response).fraction == fraction


def test_feedback_speaks_of_the_pairs_that_are_wrong_or_missing():
    item = sample(Kind.EMQ, feedback={"1": "Look at the reflex.", "2": "Fever comes first."})

    assert [remark.about for remark in grade(item, {"1": "A"}).feedback] == ["2", ""]


@pytest.mark.parametrize(
    ("response", "place"),
    [
        ([["L1", "R2"]], "response"),
        ("L1-R2", "response"),
        ({"L3": "R1"}, "response"),
        ({1: "R1"}, "response"),
        ({"L1": "R9"}, "response.L1"),
        ({"L1": None}, "response.L1"),
        ({"L1": ["R2"]}, "response.L1"),
    ],
)
def test_malformed_pairs_are_refused_with_their_place(response, place):
    with pytest.raises(QuizError) as caught:
        grade(sample(Kind.MATCHING), response)
    assert caught.value.place == place


@pytest.mark.parametrize(
    ("kind", "changes", "code", "place"),
    [
        (Kind.MATCHING, {"key": {"L1": "R1"}}, Reason.KEY_INCOMPLETE, "key"),
        (Kind.MATCHING, {"key": {"L1": "R1", "L2": "R9"}}, Reason.UNKNOWN_OPTION, "key.L2"),
        (Kind.MATCHING, {"key": {"L1": "R1", "L3": "R1"}}, Reason.UNKNOWN_OPTION, "key.L3"),
        (Kind.MATCHING, {"right": {"R1": "one"}}, Reason.TOO_FEW, "right"),
        (Kind.MATCHING, {"left": {}, "key": {}}, Reason.TOO_FEW, "left"),
        (Kind.EMQ, {"options": {"A": "one"}}, Reason.TOO_FEW, "options"),
        (Kind.EMQ, {"cases": {"1": "first", "2": " "}}, Reason.BLANK, "cases.2"),
        (Kind.EMQ, {"key": {"1": "A", "2": 2}}, Reason.WRONG_TYPE, "key.2"),
    ],
)
def test_a_key_answers_every_prompt_with_an_option(kind, changes, code, place):
    with pytest.raises(QuizError) as caught:
        sample(kind, **changes)
    assert (caught.value.code, caught.value.place) == (code, place)
