"""Choices from Canvas: what is right, what earns a part, what is said."""

import pytest

from quizzes.form import plain
from quizzes.vocabulary import Kind, MultipleScoring
from tests.quizzes.formats.canvas.asking import asked, chooser, equal, metadata, only, question, rule

CHOICE, ANSWERS = "multiple_choice_question", "multiple_answers_question"


def test_a_multiple_choice_question_keeps_its_feedback_of_every_sort() -> None:
    item = only(
        question(
            CHOICE,
            chooser(a="alpha", b="beta"),
            rule(equal("a"), link="a_says"),
            rule(equal("b"), "100", "correct_fb"),
            general_fb="Why.",
            correct_fb="Yes.",
            general_incorrect_fb="No.",
            a_says="Not alpha.",
            b_fb="<p>Beta</p><p>it is.</p>",
        )
    )

    assert plain(item) == {
        "id": "q1",
        "kind": "single",
        "lesson": "",
        "audience": "open",
        "stem": "Which?",
        "key": "b",
        "options": {"a": "alpha", "b": "beta"},
        "why": "Why.",
        "if_right": "Yes.",
        "if_wrong": "No.",
        "feedback": {"a": "Not alpha.", "b": "Beta\n\nit is."},
    }


def test_points_by_answer_become_shares_of_the_highest() -> None:
    rules = [rule(equal("a"), "10"), rule(equal("b"), "5"), rule(equal("c"), "0")]

    item = only(question(CHOICE, chooser(a="1", b="2", c="3"), *rules))

    assert plain(item)["key"] == "a"
    assert plain(item)["weights"] == {"b": 0.5}


def test_a_question_without_a_right_answer_is_lost_with_its_place() -> None:
    items, lost = asked(question(CHOICE, chooser(a="1", b="2"), rule(equal("a"), "0")))

    assert (items, lost) == ((), ["q1.key: There should be at least 1."])


@pytest.mark.parametrize("right", ["t", "f"])
def test_true_and_false_are_told_by_their_words(right: str) -> None:
    item = only(
        question("true_false_question", chooser(f="False", t="True"), rule(equal(right), "100"), t_fb="Hm.")
    )

    assert item.kind is Kind.TRUEFALSE
    assert plain(item)["key"] is (right == "t")
    assert item.feedback.about("true") == "Hm."


def test_true_and_false_in_other_words_are_a_choice() -> None:
    item = only(question("true_false_question", chooser(t="Wahr", f="Falsch"), rule(equal("f"), "100")))

    assert (item.kind, plain(item)["key"]) == (Kind.SINGLE, "f")


def test_multiple_answers_are_those_of_one_rule_that_are_not_denied() -> None:
    tests = f"<and>{equal('a')}<not>{equal('b')}</not>{equal('c')}</and>"

    item = only(question(ANSWERS, chooser("Multiple", a="1", b="2", c="3"), rule(tests, "100")))

    assert plain(item)["key"] == ["a", "c"]
    assert item.scoring.multiple is MultipleScoring.NET


def test_scores_of_single_answers_become_weights_or_the_rule_of_right_minus_wrong() -> None:
    scores = {"a": "40", "b": "60", "c": "-10"}
    uneven = [rule(equal(ident), score, action="Add") for ident, score in scores.items()]
    even = [rule(equal(i), s, action="Add") for i, s in {"a": "50", "b": "50", "c": "-50"}.items()]
    chosen = chooser("Multiple", a="1", b="2", c="3")

    first = only(question(ANSWERS, chosen, *uneven))
    second = only(question(ANSWERS, chosen, *even))

    assert plain(first)["weights"] == {"a": 0.4, "b": 0.6, "c": -0.1}
    assert plain(second)["key"] == ["a", "b"]
    assert second.scoring.multiple is MultipleScoring.NET


def test_all_or_nothing_is_a_setting_of_the_question() -> None:
    written = question(ANSWERS, chooser("Multiple", a="1", b="2"), rule(equal("a"), "100"))
    setting = metadata(question_type=ANSWERS, scoring_algorithm="AllOrNothing")
    start, end = written.index("<itemmetadata>"), written.index("<presentation>")

    item = only(written[:start] + setting + written[end:])

    assert item.scoring.multiple is MultipleScoring.ALL


def test_an_order_is_that_of_the_scored_rule() -> None:
    rules = rule(equal("b") + equal("a"), "5", "Correct")

    items, lost = asked(
        question("ordering_question", chooser("Ordered", a="1", b="2"), rules, Correct="Yes.")
    )

    assert plain(items[0])["key"] == ["b", "a"]
    assert lost == ["q1: This cannot be kept: the feedback Correct: Yes.."]


def test_an_answer_without_words_and_formatting_are_told() -> None:
    choice = chooser(a="alpha", b="<i>beta</i>", c="")

    items, lost = asked(question(CHOICE, choice, rule(equal("a"), "100"), c_fb="Empty."))

    assert items[0].option_ids == ("a", "b")
    assert lost == [
        "q1: This cannot be kept: formatting.",
        "q1: This cannot be kept: an answer without words.",
        "q1: This cannot be kept: the feedback c_fb: Empty..",
    ]


def test_a_rule_about_an_answer_that_is_not_there_is_refused() -> None:
    _, lost = asked(question(CHOICE, chooser(a="1", b="2"), rule(equal("z"), "100")))

    assert lost == ["q1.varequal: z is not an option of this question."]


def test_identifiers_that_are_too_long_become_letters() -> None:
    long = "choice_" + "0" * 80
    choice = chooser(**{long: "alpha", "b": "beta"})

    item = only(question(CHOICE, choice, rule(equal(long), "100"), ident="question_" + "0" * 80))

    assert (item.id, item.option_ids, plain(item)["key"]) == ("Q1", ("A", "B"), "A")
