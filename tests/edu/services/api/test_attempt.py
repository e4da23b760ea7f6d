"""An attempt as programs read it holds of the key what its review releases, and no more."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from edu.services.api import attempt
from edu.services.quizzing.answers import Answer
from edu.web.api.schema import plain
from quizzes import Review
from tests.quizzing import SECRET, Crest


@pytest.mark.parametrize("review", [Review.SCORE, Review.MARKS, Review.LAST, Review.EXPLANATIONS])
def test_nothing_of_a_key_is_told_before_its_release(review: Review, crest: Callable[..., Crest]) -> None:
    quiz = crest(review=review, attempts=0)
    ada = quiz.learner()
    begun = quiz.begin(ada)
    quiz.give(ada, begun, Answer(1, 1, "2"))

    opened = attempt.body(quiz.look(ada, begun))
    quiz.hand_in(ada, begun)
    closed = attempt.body(quiz.look(ada, begun))

    assert SECRET not in json.dumps(plain(opened))
    assert (opened.state, opened.result, opened.questions[0].feedback) == ("open", None, None)
    assert opened.questions[0].is_answered
    told = json.dumps(plain(closed))
    assert (SECRET in told) is (review is Review.EXPLANATIONS)
    assert closed.result is not None
    first = closed.questions[0].feedback
    if review in (Review.SCORE, Review.LAST):
        assert first is None
    else:
        assert first is not None
        assert (first.outcome, first.earned) == ("right", 1.0)
    if review is Review.MARKS:
        assert first is not None
        assert (first.options, first.sources, first.clip, first.text) == ((), (), None, "")
