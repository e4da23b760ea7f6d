"""Facts that travel in comments, tags and columns."""

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.form import plain
from quizzes.formats.carried import (
    LONGEST_TAG,
    differing,
    identifiers,
    letters,
    made,
    meant,
    read_facts,
    spelt,
    spelt_facts,
)
from quizzes.vocabulary import Kind
from tests.quizzes.samples import sample, sample_form


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("V1-c05", "V1-c05"),
        ("true", '"true"'),
        ("two words", '"two words"'),
        ("12", '"12"'),
        (True, "true"),
        (["R1", "R2"], '["R1","R2"]'),
        ("<b>", '"\\u003cb\\u003e"'),
        ("é\n", '"\\u00e9\\n"'),
        (None, "null"),
    ],
)
def test_a_value_is_spelt_so_that_it_is_meant_again(value, text):
    assert spelt(value) == text
    assert meant(text) == value


@pytest.mark.parametrize("text", ["[1", "[NaN]", "[" * 100_000, "1" * 5000, ""])
def test_what_spells_no_value_is_refused(text):
    with pytest.raises(ValueError, match=r".*"):
        meant(text)


def test_facts_are_told_from_other_tags_and_broken_ones_are_losses():
    lost: list[QuizError] = []
    texts = [
        *spelt_facts({"evidence": "V1-c05", "critical": True}),
        "spine",
        "edu:colour=red",
        'edu:why="cut o',
    ]

    facts, others = read_facts(texts, lost.append)

    assert facts == {"evidence": "V1-c05", "critical": True}
    assert others == ["spine", "edu:colour=red"]
    assert [error.code for error in lost] == [Reason.NOT_KEPT]


def test_a_long_list_has_a_fact_for_each_entry():
    names = {"references": [f"reference-{number}" for number in range(5)], "ids": ["B", "A"]}

    texts = spelt_facts(names)

    assert max(map(len, texts)) <= LONGEST_TAG
    assert texts[-1] == 'edu:ids=["B","A"]'
    assert read_facts(texts, _fail) == (names, [])


def test_the_order_of_a_table_is_a_difference_and_an_empty_list_is_none():
    form = {"options": {"A": "x", "B": "y"}, "tags": [], "why": "z"}

    assert differing(form, {"options": {"B": "y", "A": "x"}, "unit": "mg"}) == {
        "options": {"A": "x", "B": "y"},
        "why": "z",
        "unit": None,
    }


def test_facts_that_no_longer_fit_are_left_and_told():
    lost: list[QuizError] = []

    item = made(sample_form(Kind.SINGLE), {"feedback": {"Z": "of an option that is gone"}}, lost.append)

    assert item == sample(Kind.SINGLE)
    assert [error.parameters for error in lost] == [{"what": "edu:feedback"}]


def test_more_tags_than_a_question_may_have_are_told():
    lost: list[QuizError] = []
    tags = [f"tag {number}" for number in range(22)]

    item = made(sample_form(Kind.SINGLE, tags=tags), {}, lost.append)

    assert item.tags == tuple(tags[:20])
    assert [error.parameters["what"] for error in lost] == ["tags: tag 20", "tags: tag 21"]


def test_ids_are_the_carried_ones_only_when_they_fit():
    assert identifiers(2, ["x", "y"], letters()) == ["x", "y"]
    assert identifiers(3, ["x", "y"], letters()) == ["A", "B", "C"]
    assert identifiers(2, ["x", "x"], letters()) == ["A", "B"]
    assert identifiers(28, None, letters())[-2:] == ["AA", "AB"]
    with pytest.raises(QuizError) as caught:
        identifiers(101, None, letters())
    assert caught.value.code is Reason.TOO_MANY


def test_a_form_is_its_own_equal():
    form = plain(sample(Kind.CLOZE))

    assert differing(form, form) == {}


def _fail(error: QuizError) -> None:
    raise error
