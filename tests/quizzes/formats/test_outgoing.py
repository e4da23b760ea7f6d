"""Items as weighted answers."""

import pytest

from quizzes.errors import QuizError
from quizzes.formats.outgoing import choices, hints, in_order, numbers, pairs, report_marking, shorts
from quizzes.vocabulary import Kind
from tests.quizzes.samples import sample


@pytest.mark.parametrize(
    ("item", "marks"),
    [
        (sample(Kind.SINGLE, weights={"A": 0.5}), [0.5, 0, 1, 0]),
        (sample(Kind.MULTIPLE), [0.5, 0.5, -0.5, -0.5]),
        (sample(Kind.MULTIPLE, scoring="weights", weights={"A": 1, "C": -1}), [1, 0, -1, 0]),
        (sample(Kind.KEYFEATURE), [-1, 0.6, 0, 0.4]),
    ],
)
def test_each_option_has_its_mark(item, marks):
    assert [answer.fraction for answer in choices(item)] == marks


def test_a_question_without_options_has_no_weighted_ones():
    with pytest.raises(TypeError):
        choices(sample(Kind.SHORT))
    with pytest.raises(TypeError):
        numbers(sample(Kind.SHORT))


def test_typed_answers_stand_in_their_order():
    assert [(a.text, a.fraction) for a in shorts(sample(Kind.SHORT))] == [
        ("iliac crest", 1),
        ("*crest*", 0.5),
    ]


def test_a_tolerance_that_is_a_share_becomes_a_distance():
    item = sample(Kind.NUMERIC, key=-40, tolerance=0.1, tolerance_kind="relative", if_right="Yes")

    assert [(n.value, n.tolerance, n.feedback) for n in numbers(item)] == [(-40, 4, "Yes")]


def test_pairs_end_with_the_options_that_fit_none():
    assert [(p, o.id) for p, o in pairs(sample(Kind.MATCHING))] == [("one", "R2"), ("two", "R1"), ("", "R3")]
    assert [option.id for option in in_order(sample(Kind.ORDERING))] == ["B", "D", "A", "C"]


@pytest.mark.parametrize(
    ("item", "facts"),
    [
        (sample(Kind.SINGLE), {}),
        (sample(Kind.SINGLE, options={"x": "a", "y": "b"}, key="x"), {"ids": ["x", "y"]}),
        (sample(Kind.EMQ), {"kind": "emq"}),
        (sample(Kind.ORDERING), {"ids": ["B", "D", "A", "C"]}),
        (sample(Kind.MATCHING), {"ids": ["R2", "R1", "R3"]}),
        (sample(Kind.TRUEFALSE), {}),
    ],
)
def test_only_unusual_names_are_carried(item, facts):
    assert hints(item) == facts


@pytest.mark.parametrize(
    ("item", "count"),
    [
        (sample(Kind.MULTIPLE), 0),
        (sample(Kind.MULTIPLE, scoring="all"), 1),
        (sample(Kind.NUMERIC, tolerance=2, tolerance_kind="geometric"), 1),
        (sample(Kind.KEYFEATURE), 1),
    ],
)
def test_marking_that_others_do_not_know_is_told(item, count):
    told: list[QuizError] = []

    report_marking(item, told.append)

    assert len(told) == count
