"""Identifiers and prose."""

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.text import LONGEST_PROSE, SLUG, STEP, check_id, check_prose, refuse_duplicates


@pytest.mark.parametrize("value", ["Q001", "a", "V1-c05", "finding.2_b"])
def test_identifiers_are_letters_digits_and_a_few_signs(value):
    check_id(value, "id")


@pytest.mark.parametrize("value", ["", "-a", "a b", "é", "a/b", "a\n", "a" * 65])
def test_anything_else_is_no_identifier(value):
    with pytest.raises(QuizError) as caught:
        check_id(value, "id")
    assert (caught.value.code, caught.value.place) == (Reason.BAD_ID, "id")


@pytest.mark.parametrize(
    ("pattern", "value"), [(SLUG, "Back-Mice"), (SLUG, "a--b"), (STEP, "V1"), (STEP, "V1-05")]
)
def test_slugs_and_steps_have_patterns_of_their_own(pattern, value):
    with pytest.raises(QuizError):
        check_id(value, "id", pattern)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", Reason.BLANK),
        (" \n", Reason.BLANK),
        ("a\0b", Reason.CONTROL_CHARACTER),
        ("a\ud800", Reason.CONTROL_CHARACTER),
        ("a" * (LONGEST_PROSE + 1), Reason.TOO_LONG),
    ],
)
def test_text_that_cannot_be_shown_is_refused(value, code):
    with pytest.raises(QuizError) as caught:
        check_prose(value, "stem")
    assert caught.value.code is code


def test_optional_text_may_be_empty():
    check_prose("", "why", optional=True)


def test_a_repeated_value_is_named():
    with pytest.raises(QuizError, match="B stands here twice"):
        refuse_duplicates(["A", "B", "B"], "key")
