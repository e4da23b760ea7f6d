"""Advice about a quiz as a whole."""

from dataclasses import replace

import pytest

from quizzes.advice import Rule, Severity, advise_quiz
from quizzes.quiz import Quiz, Settings, every_item_once
from quizzes.vocabulary import Kind
from tests.quizzes.advice.speaking import single
from tests.quizzes.samples import sample


def quiz(*items, shuffle=True):
    """A quiz of these items, the first of them critical, each with an id of its own."""
    named = tuple(
        replace(item, id=f"Q{n}", critical=n == 1, stem=item.stem.replace("#", str(n)))
        for n, item in enumerate(items, start=1)
    )
    return Quiz("a-quiz", "A quiz", named, every_item_once(named), settings=Settings(shuffle=shuffle))


def rules(made):
    return [(advice.rule, advice.place) for advice in advise_quiz(made)]


@pytest.mark.parametrize(
    ("keys", "found"),
    [
        ((True, True, True, False), [(Rule.MOSTLY_TRUE, "questions")]),
        ((False, False, False, True), [(Rule.MOSTLY_FALSE, "questions")]),
        ((True, True, False, False), []),
        ((True, True, True), []),
    ],
)
def test_statements_that_are_mostly_one_way_are_told(keys, found):
    assert rules(quiz(*(sample(Kind.TRUEFALSE, stem="Number #", key=key) for key in keys))) == found


@pytest.mark.parametrize(("shuffle", "severity"), [(True, Severity.HINT), (False, Severity.WARNING)])
def test_right_options_in_one_place_matter_more_where_nothing_is_shuffled(shuffle, severity):
    made = quiz(*[sample(Kind.SINGLE, stem="Number #?")] * 4, shuffle=shuffle)

    (advice,) = advise_quiz(made)

    assert (advice.rule, advice.severity) == (Rule.KEYS_IN_ONE_PLACE, severity)
    assert dict(advice.parameters) == {"count": 4, "all": 4, "number": 3}


def test_a_quiz_without_a_critical_question_is_asked_about_it():
    made = quiz(sample(Kind.NUMERIC))
    calm = replace(made, items=(replace(made.items[0], critical=False),))

    assert rules(calm) == [(Rule.NO_CRITICAL_QUESTION, "questions")]


def test_a_stem_that_holds_the_answer_of_another_question_is_named():
    asked = single("Who named it?", "Curtis in Texas", "Ries", "Herz")
    telling = single("When did Curtis, in Texas, name it?", "1993", "1944", "1904")

    (advice,) = advise_quiz(quiz(asked, telling))

    assert (advice.rule, advice.place, advice.sentence) == (
        Rule.ANSWERED_ELSEWHERE,
        "questions[0]",
        "The stem of Q2 holds the answer of this question.",
    )


def test_two_questions_in_the_same_words_are_named():
    made = quiz(sample(Kind.NUMERIC, stem="How far?"), sample(Kind.NUMERIC, stem="How  far ?"))

    assert rules(made) == [(Rule.SAME_STEM, "questions[1]")]
