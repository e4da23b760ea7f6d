"""One best answer, and all that apply."""

import pytest

from quizzes import Kind, QuizError, Reason, grade
from tests.quizzes.samples import sample


@pytest.mark.parametrize(("response", "fraction"), [("C", 1), ("A", 0), ("D", 0), (None, 0)])
def test_one_best_answer_earns_all_or_nothing(response, fraction):
    assert grade(sample(Kind.SINGLE), response).fraction == fraction


@pytest.mark.parametrize("response", [["C"], 3, True, {"C": 1}, "", "c", "E", "C "])
def test_what_is_not_the_id_of_an_option_is_refused(response):
    with pytest.raises(QuizError):
        grade(sample(Kind.SINGLE), response)


@pytest.mark.parametrize(
    ("response", "fraction"),
    [
        (["A", "B"], 1),
        (["B", "A"], 1),
        (["A"], 0.5),
        (["A", "B", "C"], 0.5),
        (["A", "C"], 0),
        (["C", "D"], 0),
        (["A", "B", "C", "D"], 0),
        ([], 0),
        (None, 0),
    ],
)
def test_wrong_ticks_are_taken_off_right_ones_and_never_below_zero(response, fraction):
    assert grade(sample(Kind.MULTIPLE), response).fraction == fraction


@pytest.mark.parametrize(
    ("response", "place"),
    [("A", "response"), (["A", "E"], "response[1]"), (["A", 2], "response[1]"), (["A", "A"], "response")],
)
def test_a_malformed_list_of_ticks_is_refused_with_its_place(response, place):
    with pytest.raises(QuizError) as caught:
        grade(sample(Kind.MULTIPLE), response)
    assert caught.value.place == place


@pytest.mark.parametrize(
    ("kind", "changes", "code", "place"),
    [
        (Kind.SINGLE, {"key": "E"}, Reason.UNKNOWN_OPTION, "key"),
        (Kind.SINGLE, {"key": ["C"]}, Reason.WRONG_TYPE, "key"),
        (Kind.SINGLE, {"options": {"C": "only"}}, Reason.TOO_FEW, "options"),
        (Kind.MULTIPLE, {"key": []}, Reason.TOO_FEW, "key"),
        (Kind.MULTIPLE, {"key": ["A", "A"]}, Reason.DUPLICATE, "key"),
        (Kind.MULTIPLE, {"key": ["A", "E"]}, Reason.UNKNOWN_OPTION, "key[1]"),
        (Kind.MULTIPLE, {"key": "A"}, Reason.WRONG_TYPE, "key"),
    ],
)
def test_a_key_that_does_not_fit_its_options_is_refused(kind, changes, code, place):
    with pytest.raises(QuizError) as caught:
        sample(kind, **changes)
    assert (caught.value.code, caught.value.place) == (code, place)
