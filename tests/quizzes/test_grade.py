"""Grading, whatever the kind."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import Kind, Outcome, QuizError, Remark, grade
from tests.quizzes.samples import RIGHT, items, sample, steady

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.sampled_from("ABCD"),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@pytest.mark.parametrize("kind", Kind)
def test_the_right_response_earns_one_and_sends_nobody_back(kind):
    outcome = grade(sample(kind, evidence="V1-c05"), RIGHT[kind])

    assert (outcome.fraction, outcome.moments, outcome.harmful) == (1, (), False)


@pytest.mark.parametrize("kind", Kind)
def test_no_response_earns_nothing_and_names_the_step_to_watch(kind):
    outcome = grade(sample(kind, evidence="V1-c05"), None)

    assert (outcome.fraction, outcome.moments) == (0, ("V1-c05",))
    assert outcome.feedback == (Remark("Because."),)


def test_a_right_but_unsure_answer_names_the_step_as_well():
    item = sample(Kind.TRUEFALSE, evidence="V1-c05")

    assert grade(item, {"answer": True, "certainty": 1}).moments == ("V1-c05",)
    assert grade(item, {"answer": True, "certainty": 2}).moments == ()


def test_an_item_without_evidence_names_no_step():
    assert grade(sample(Kind.SINGLE), "A").moments == ()


def test_feedback_on_what_was_chosen_comes_before_the_explanation():
    item = sample(Kind.MULTIPLE, feedback={"A": "Yes.", "C": "No.", "D": "Never."})

    assert grade(item, ["C", "A"]).feedback == (Remark("No.", "C"), Remark("Yes.", "A"), Remark("Because."))


def test_an_outcome_says_nothing_of_certainty_or_harm_unless_there_is_some():
    assert Outcome(0.5, (), ()) == Outcome(0.5, (), (), certainty_mark=None, harmful=False)


def fraction_or_place(item, response):
    """The mark of a response, or the place for which it is refused."""
    try:
        return grade(item, response).fraction
    except QuizError as error:
        return error.place


@steady
@given(items(), json_values)
def test_any_json_value_is_marked_between_zero_and_one_or_refused(item, response):
    result = fraction_or_place(item, response)

    if isinstance(result, str):
        assert re.match(r"response(?![a-z])", result)
    else:
        assert 0 <= result <= 1


@steady
@given(items(Kind.SINGLE, Kind.MULTIPLE, Kind.ORDERING, Kind.KEYFEATURE), st.data())
def test_any_choice_of_options_is_marked_between_zero_and_one(item, data):
    chosen = data.draw(st.permutations(item.option_ids))
    if item.kind is Kind.SINGLE:
        response = chosen[0]
    elif item.kind is Kind.ORDERING:
        response = chosen
    else:
        response = chosen[: data.draw(st.integers(0, item.limit or len(chosen)))]

    assert 0 <= grade(item, response).fraction <= 1


@steady
@given(items(Kind.MATCHING, Kind.EMQ), st.data())
def test_any_pairing_is_marked_between_zero_and_one(item, data):
    pairs = st.dictionaries(st.sampled_from(item.prompt_ids), st.sampled_from(item.option_ids))

    assert 0 <= grade(item, data.draw(pairs)).fraction <= 1
