"""Errors with a sentence, a code and a place."""

import re

import pytest

from quizzes.errors import SENTENCES, QuizError, Reason, refusal, within


@pytest.mark.parametrize("reason", Reason)
def test_every_code_has_a_sentence_that_ends(reason):
    assert re.fullmatch(r".+\.", SENTENCES[reason])


def test_a_refusal_fills_its_sentence_and_keeps_code_and_parameters():
    error = refusal(Reason.UNKNOWN_OPTION, "key", value="100%")

    assert str(error) == "key: 100% is not an option of this question."
    assert (error.code, error.place, error.parameters) == (Reason.UNKNOWN_OPTION, "key", {"value": "100%"})


@pytest.mark.parametrize(
    ("place", "seen"),
    [("options.B", "questions[3].options.B"), ("[2]", "questions[3][2]"), ("", "questions[3]")],
)
def test_a_place_grows_towards_the_outside(place, seen):
    with pytest.raises(QuizError) as caught, within("questions[3]"):
        raise refusal(Reason.BLANK, place)
    assert (caught.value.place, caught.value.code) == (seen, Reason.BLANK)


def test_a_sentence_alone_is_enough():
    assert str(QuizError("It is broken.")) == "It is broken."
