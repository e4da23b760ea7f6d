"""Choices and orders of QTI: keys, what answers are worth, what is shuffled."""

import pytest

from quizzes.grade import grade
from quizzes.vocabulary import Kind, MultipleScoring, OrderScoring
from tests.quizzes.formats.qti.files import (
    choice,
    item_xml,
    mapping,
    read,
    read_one,
    response,
    template,
    whats,
)

LETTERS = {"A": "alpha", "B": "beta", "C": "gamma"}
MANY = 'shuffle="true" maxChoices="0"'


def multiple(worth: str, rules: str = "map_response") -> bytes:
    declared = response("A", "B", many="multiple", worth=worth)
    return item_xml("<p>Which?</p>" + choice(LETTERS, MANY), declared, template(rules))


def test_one_right_choice_is_a_single_question():
    item = read_one(item_xml("<p>Which?</p>" + choice(LETTERS), response("B"), template("match_correct")))

    assert (item.kind, item.id, item.stem, item.option_ids) == (Kind.SINGLE, "q1", "Which?", ("A", "B", "C"))
    assert grade(item, "B").fraction == 1


def test_the_prompt_stands_behind_the_text_and_what_follows_stays():
    asked = choice(LETTERS).replace("<simpleChoice", "<prompt>Which <b>one</b>?</prompt><simpleChoice", 1)

    items, lost = read(item_xml(f"<p>Look.</p>{asked}<p>Take your time.</p>", response("B")))

    assert items[0].stem == "Look.\n\nWhich one?\n\nTake your time."
    assert "formatting" in whats(lost)


def test_a_mapping_makes_a_second_best_answer():
    worth = mapping({"B": 2, "A": 1})

    item = read_one(
        item_xml(choice(LETTERS) + "<p>?</p>", response("B", worth=worth), template("map_response"))
    )

    assert [grade(item, letter).fraction for letter in "ABC"] == [0.5, 1, 0]


def test_a_mapping_that_no_rule_uses_is_passed_over():
    declared = response("B", worth=mapping({"B": 2, "A": 1}))

    item = read_one(item_xml("<p>?</p>" + choice(LETTERS), declared, template("match_correct")))

    assert grade(item, "A").fraction == 0


@pytest.mark.parametrize(
    ("worth", "rules", "scoring", "marks"),
    [
        (mapping({"A": 1}), "match_correct", MultipleScoring.ALL, (0, 1, 0)),
        (
            mapping({"A": 0.5, "B": 0.5, "C": -0.5}, 'lowerBound="0" defaultValue="0"'),
            *("map_response", MultipleScoring.NET, (0.5, 1, 0.5)),
        ),
        (
            mapping({"A": 1, "B": 3}, 'lowerBound="0" defaultValue="-1"'),
            *("map_response", MultipleScoring.WEIGHTS, (0.25, 1, 0.75)),
        ),
        (
            mapping({"A": 1, "B": 1}, 'lowerBound="0" upperBound="1" defaultValue="0"'),
            *("map_response", MultipleScoring.WEIGHTS, (1, 1, 1)),
        ),
    ],
)
def test_several_choices_are_marked_as_the_mapping_says(worth, rules, scoring, marks):
    item = read_one(multiple(worth, rules))

    assert item.scoring.multiple is scoring
    given = (["A"], ["A", "B"], ["A", "B", "C"])
    assert tuple(grade(item, chosen).fraction for chosen in given) == marks


def test_marks_below_nothing_and_limits_of_choices_are_told():
    worth = mapping({"A": 1, "B": 1, "C": -1})
    declared = response("A", "B", many="multiple", worth=worth)
    limits = 'shuffle="true" maxChoices="2" minChoices="2"'

    _, lost = read(item_xml("<p>?</p>" + choice(LETTERS, limits), declared, template("map_response")))

    assert {"marks below 0", "that at most 2 may be chosen", "that at least 2 must be chosen"} <= {
        *whats(lost)
    }


def test_true_and_false_are_a_statement():
    truth = choice({"true": "True", "false": "False"})

    item = read_one(item_xml("<p>It is so.</p>" + truth, response("false"), template("match_correct")))

    assert (item.kind, grade(item, {"answer": False}).fraction) == (Kind.TRUEFALSE, 1)


def test_other_words_for_true_and_false_stay_a_choice():
    item = read_one(item_xml("<p>?</p>" + choice({"true": "Ja", "false": "Nein"}), response("true")))

    assert item.kind is Kind.SINGLE


@pytest.mark.parametrize(
    ("attributes", "fixed", "last"),
    [
        ("shuffle='true'", "C", "C"),
        ("shuffle='false'", "", "ABC"),
        ("", "", ""),
        ("shuffle='true'", "A", "A"),
    ],
)
def test_fixed_choices_stay_last_and_choices_that_are_not_shuffled_keep_their_order(attributes, fixed, last):
    asked = choice(LETTERS, attributes).replace(f'identifier="{fixed}"', f'identifier="{fixed}" fixed="true"')

    items, lost = read(item_xml("<p>?</p>" + asked, response("B")))

    assert "".join(option.id for option in items[0].options if option.last) == last
    assert ("the places of fixed choices: they come last" in whats(lost)) is (fixed == "A")


def test_a_key_that_only_the_rules_name_is_found():
    rules = (
        "<responseProcessing><responseCondition><responseIf><match><variable identifier='RESPONSE'/>"
        "<baseValue baseType='identifier'>C</baseValue></match><setOutcomeValue identifier='SCORE'>"
        "<baseValue baseType='float'>1</baseValue></setOutcomeValue></responseIf></responseCondition>"
        "</responseProcessing>"
    )

    item = read_one(item_xml("<p>?</p>" + choice(LETTERS), response(), rules))

    assert grade(item, "C").fraction == 1


def test_an_order_is_all_or_nothing():
    asked = choice(LETTERS).replace("choiceInteraction", "orderInteraction")

    item = read_one(item_xml("<p>In order:</p>" + asked, response("C", "A", "B", many="ordered")))

    assert (item.kind, item.scoring.order) == (Kind.ORDERING, OrderScoring.ALL)
    assert grade(item, ["C", "A", "B"]).fraction == 1


def test_a_hottext_asks_for_words_of_the_stem():
    asked = (
        "<hottextInteraction responseIdentifier='RESPONSE' maxChoices='1'>"
        "<p>The <hottext identifier='A'>quick</hottext> fox <hottext identifier='B'>jump</hottext> over.</p>"
        "</hottextInteraction>"
    )

    item = read_one(item_xml("<p>Which word is wrong?</p>" + asked, response("B")))

    assert item.stem == "Which word is wrong?\n\nThe quick fox jump over."
    assert [option.text for option in item.options] == ["quick", "jump"]


def test_without_a_right_answer_the_question_is_lost_with_its_place():
    items, lost = read(item_xml("<p>?</p>" + choice(LETTERS), response()))

    assert (items, [error.place for error in lost]) == ((), ["q1.RESPONSE.key"])


def test_identifiers_of_any_shape_become_ids_that_are_all_different():
    asked = choice({"_1": "one", "1.": "two", "é": "three", "ö": "four"})

    item = read_one(item_xml("<p>?</p>" + asked, response("ö")))

    assert item.option_ids == ("1", "1.", "Q", "Q-2")
    assert grade(item, "Q-2").fraction == 1


def test_too_many_choices_are_refused():
    asked = choice({f"A{number}": "x" for number in range(101)})

    _, (loss,) = read(item_xml("<p>?</p>" + asked, response("A1")))

    assert loss.parameters == {"most": 100}
