"""Rules about the stem."""

import pytest

from quizzes.advice import Rule, Severity, advise
from quizzes.vocabulary import Kind
from tests.quizzes.advice.speaking import said, single
from tests.quizzes.samples import sample

THREE = ("alpha", "beta", "gamma")


@pytest.mark.parametrize(
    ("language", "stem"),
    [
        ("en", "Which finding is not typical?"),
        ("en", "All of these are signs except which one?"),
        ("en", "Which sign is never there? Choose one."),
        ("de-CH", "Welcher Befund ist nicht typisch?"),
        ("fr", "Lequel de ces signes n'est pas typique ?"),
        ("es", "¿Cuál no es un signo?"),
    ],
)
def test_a_question_turned_round_is_a_warning(language, stem):
    advice = next(a for a in advise(single(stem, *THREE), language=language))

    assert (advice.rule, advice.place, advice.severity) == (Rule.NEGATIVE_STEM, "stem", Severity.WARNING)


@pytest.mark.parametrize(
    "stem",
    [
        "The patient has not slept for two nights. What do you do first?",
        "By the label (never above 300 mg), how much more may be given?",
        'What does "never inject" mean here?',
        "Which knot is used?",
    ],
)
def test_what_a_case_tells_or_a_bracket_holds_is_no_negative_question(stem):
    assert Rule.NEGATIVE_STEM not in said(single(stem, *THREE))


def test_a_negative_in_capitals_is_only_a_hint():
    item = single("Which are reasons NOT to go on today? Tick all that apply.", *THREE)

    assert advise(item)[-1].severity is Severity.HINT
    assert Rule.NEGATIVE_STEM in said(item)


def test_a_statement_that_denies_is_a_hint():
    assert said(sample(Kind.TRUEFALSE, stem="Nodules are not always sore.")) == {
        Rule.NEGATIVE_STATEMENT: "stem"
    }
    assert said(sample(Kind.TRUEFALSE, stem="Nodules are often sore.")) == {}


def test_a_language_that_is_not_known_has_no_rules_about_words():
    assert said(single("Которое не верно?", "Всегда", "Никогда", "Иногда"), "ru") == {}


@pytest.mark.parametrize("stem", ["The back is examined.", "Look at the picture. It shows a nodule."])
def test_a_stem_that_asks_nothing_is_found(stem):
    assert said(single(stem, *THREE)) == {Rule.NO_QUESTION: "stem"}


@pytest.mark.parametrize(
    "stem",
    [
        "What is felt?",
        "The commonest place is",
        "The commonest place is the ___.",
        "The place is...",
        "A man of 40 has a lump. Choose the best next step.",
        'What can a story do? It "proves".',
    ],
)
def test_a_question_an_order_and_a_sentence_to_complete_are_questions(stem):
    assert Rule.NO_QUESTION not in said(single(stem, *THREE))


def test_a_word_of_the_stem_in_the_right_option_only_points_to_it():
    item = single("Which nodules are mobile?", "Rubbery nodule", "Hard lump", "Warm swelling")

    (advice,) = [a for a in advise(item) if a.rule is Rule.REPEATED_WORD]

    assert (advice.place, dict(advice.parameters)) == ("options.A", {"word": "nodule"})


def test_nothing_points_where_a_wrong_option_repeats_a_word_as_well():
    item = single("Which nodules are mobile?", "Rubbery nodule", "Mobile bone", "Warm swelling")

    assert Rule.REPEATED_WORD not in said(item)


@pytest.mark.parametrize(
    ("language", "stem", "rule"),
    [
        ("en", "The lump is an", Rule.ARTICLE_DISAGREES),
        ("en", "The lump is a:", Rule.ARTICLE_DISAGREES),
        ("de", "Der Knoten ist eine", Rule.ARTICLE_TELLS),
        ("es", "Se trata de una", Rule.ARTICLE_TELLS),
    ],
)
def test_an_article_at_the_end_of_the_stem_can_give_the_answer(language, stem, rule):
    assert said(single(stem, "abscess", "cyst", "lipoma"), language) == {rule: "stem"}


def test_an_article_that_fits_all_or_whose_sound_is_not_known_gives_nothing_away():
    assert said(single("The lump is a", "cyst", "lipoma", "nodule")) == {}
    assert said(single("It takes an", "hour", "hour and a half", "inch")) == {}
