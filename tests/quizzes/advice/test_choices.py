"""Rules about options."""

import pytest

from quizzes.advice import Rule, Severity, advise
from quizzes.vocabulary import Kind
from tests.quizzes.advice.speaking import said, single
from tests.quizzes.samples import sample

LONG = "An oval, rubbery, mobile nodule of one to three centimetres near the crest"


def severity(item, rule):
    return next(advice.severity for advice in advise(item) if advice.rule is rule)


def test_a_right_option_that_stands_out_by_its_length_is_found():
    assert said(single("What?", LONG, "A hard lump in the bone", "A warm red swelling")) == {
        Rule.LONGEST_RIGHT: "options.A"
    }


@pytest.mark.parametrize(
    ("options", "right"),
    [
        ((LONG, "A hard lump", "A warm, red, fluctuating swelling with fever and chills"), "A"),
        ((LONG, "A hard lump", "A warm swelling of the back"), "C"),
        (("Yes, always so", "No", "Never"), "A"),
    ],
)
def test_a_right_option_that_is_a_little_longer_or_not_the_longest_is_left_alone(options, right):
    assert Rule.LONGEST_RIGHT not in said(single("What?", *options, right=right))


@pytest.mark.parametrize(
    ("language", "text", "rule"),
    [
        ("en", "All of the above", Rule.ALL_OF_THE_ABOVE),
        ("en", "Both of these", Rule.ALL_OF_THE_ABOVE),
        ("en", "None of the above", Rule.NONE_OF_THE_ABOVE),
        ("de", "Alle genannten Antworten", Rule.ALL_OF_THE_ABOVE),
        ("de", "Keine der genannten", Rule.NONE_OF_THE_ABOVE),
        ("fr", "Toutes les réponses sont exactes", Rule.ALL_OF_THE_ABOVE),
        ("fr", "Aucune de ces réponses", Rule.NONE_OF_THE_ABOVE),
        ("es", "Todas las anteriores", Rule.ALL_OF_THE_ABOVE),
        ("es", "Ninguna de las anteriores", Rule.NONE_OF_THE_ABOVE),
    ],
)
def test_options_about_the_others_are_found(language, text, rule):
    assert said(single("?", "alpha", "beta", text), language) == {rule: "options.C"}


@pytest.mark.parametrize("text", ["All three nerves", "None, as it heals", "Both sides are compared"])
def test_options_that_only_begin_like_that_are_left_alone(text):
    assert said(single("?", "alpha", "beta", text)) == {}


def test_always_in_wrong_options_only_gives_them_away():
    item = single("?", "Soreness may go on", "It always heals", "It never comes")

    assert [a.place for a in advise(item) if a.rule is Rule.ABSOLUTE_WORD] == ["options.B", "options.C"]


def test_always_in_a_right_option_as_well_gives_nothing_away():
    assert said(single("?", "Always ask first", "Never ask", "Sit down")) == {}


def test_words_that_each_reader_understands_differently_are_named_once_for_an_option():
    item = single("?", "It usually and often heals", "How often it comes", "It stays")

    (advice,) = [a for a in advise(item) if a.rule is Rule.VAGUE_WORD]

    assert (advice.place, dict(advice.parameters)) == ("options.A", {"word": "usually"})


@pytest.mark.parametrize(
    ("kind", "count", "found"),
    [
        (Kind.SINGLE, 2, True),
        (Kind.SINGLE, 3, False),
        (Kind.MULTIPLE, 3, True),
        (Kind.MULTIPLE, 4, False),
        (Kind.ORDERING, 2, True),
    ],
)
def test_too_few_options_are_told(kind, count, found):
    options = dict(zip("ABCD"[:count], ("alpha", "beta", "gamma", "delta"), strict=False))
    key = {Kind.SINGLE: "A", Kind.MULTIPLE: ["A", "B"], Kind.ORDERING: list(options)}[kind]

    item = sample(kind, stem="?", options=options, key=key)

    assert (Rule.TOO_FEW_OPTIONS in said(item)) is found


def test_several_answers_of_which_all_or_one_is_right_are_told():
    four = ("alpha", "beta", "gamma", "delta")

    assert said(single("?", *four, right="ABCD", kind=Kind.MULTIPLE)) == {Rule.NO_WRONG_OPTION: "options"}
    assert said(single("?", *four, right="B", kind=Kind.MULTIPLE)) == {Rule.ONE_RIGHT_OPTION: "options"}


def test_a_right_and_a_wrong_option_in_the_same_words_block():
    item = single("?", "Press  firmly", "press firmly.", "Wait")

    assert severity(item, Rule.SAME_OPTIONS) is Severity.BLOCKING


def test_two_wrong_options_in_the_same_words_are_a_warning():
    item = single("?", "Press firmly", "Wait", "wait")

    assert severity(item, Rule.SAME_OPTIONS) is Severity.WARNING


def test_options_that_differ_in_small_words_are_nearly_the_same():
    item = single("?", "Wait", "The skin of the lower back", "Skin on a lower back")

    assert said(item) == {Rule.NEARLY_SAME_OPTIONS: "options.C"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Press on the left iliac crest", "Press on the right iliac crest"),
        ("Inject 4 mL into lower back skin", "Inject 6 mL into lower back skin"),
        ("Lower back skin hurts", "Lower back skin does not hurt"),
        ("<", ">"),
        ("5 mg", "10 mg"),
    ],
)
def test_options_that_differ_in_what_matters_are_different(first, second):
    assert said(single("?", first, second, "Wait and see what comes")) == {}


def test_options_of_very_different_length_are_told():
    item = single("?", LONG, LONG.replace("oval", "round"), "Cyst", right="B")

    assert said(item)[Rule.UNEVEN_LENGTHS] == "options"


def test_full_stops_at_the_end_of_some_options_are_told():
    assert said(single("?", "Press.", "Wait", "Ask.")) == {Rule.UNEVEN_ENDINGS: "options"}
    assert said(single("?", "Press.", "Wait.", "Ask.")) == {}


def test_one_wrong_option_with_feedback_is_enough():
    silent = sample(Kind.SINGLE, feedback={"C": "Yes."})
    spoken = sample(Kind.SINGLE, feedback={"A": "No, since..."})

    assert Rule.NO_OPTION_FEEDBACK in {advice.rule for advice in advise(silent)}
    assert Rule.NO_OPTION_FEEDBACK not in {advice.rule for advice in advise(spoken)}
