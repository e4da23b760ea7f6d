"""Orderings and the nine ways to mark them."""

import json
from itertools import permutations

import pytest

from quizzes import Kind, OrderScoring, QuizError, Reason, grade
from quizzes.kinds.order import order_fraction
from tests.quizzes.samples import sample


@pytest.mark.parametrize(
    ("response", "fraction"),
    [("BDAC", 1), ("DBAC", 5 / 6), ("CADB", 0), ("BDCA", 5 / 6), ("ABDC", 4 / 6)],
)
def test_an_order_earns_the_share_of_pairs_in_the_right_order(response, fraction):
    assert grade(sample(Kind.ORDERING), list(response)).fraction == pytest.approx(fraction)


@pytest.mark.parametrize(
    "response", ["BDAC", ["B", "D", "A"], ["B", "D", "A", "A"], ["B", "D", "A", "X"], []]
)
def test_an_order_without_every_option_once_is_refused(response):
    with pytest.raises(QuizError):
        grade(sample(Kind.ORDERING), response)


@pytest.mark.parametrize(
    ("scoring", "fraction"),
    [
        ("all", 0),
        ("absolute", 2 / 4),
        ("next", 1 / 3),
        ("next_last", 2 / 4),
        ("neighbours", 3 / 8),
        ("pairs", 5 / 6),
        ("longest", 3 / 4),
        ("run", 2 / 4),
        ("distance", 10 / 12),
    ],
)
def test_each_scoring_gives_its_own_mark_for_one_and_the_same_order(scoring, fraction):
    assert order_fraction(OrderScoring(scoring), [1, 0, 2, 3]) == pytest.approx(fraction)


@pytest.mark.parametrize("scoring", OrderScoring)
def test_only_the_right_order_earns_everything(scoring):
    for ranks in permutations(range(4)):
        fraction = order_fraction(scoring, ranks)
        assert 0 <= fraction <= 1
        assert (fraction == 1) is (ranks == (0, 1, 2, 3))


def test_an_order_of_one_thing_is_no_order():
    with pytest.raises(ValueError, match="two items"):
        order_fraction(OrderScoring.PAIRS, [0])


def test_the_document_names_the_scoring():
    item = sample(Kind.ORDERING, scoring="all")

    assert grade(item, list("DBAC")).fraction == 0


@pytest.mark.parametrize(
    ("key", "code", "place"),
    [
        (["B", "D", "A"], Reason.KEY_INCOMPLETE, "key"),
        (["B", "D", "A", "B"], Reason.DUPLICATE, "key"),
        (["B", "D", "A", "X"], Reason.UNKNOWN_OPTION, "key[3]"),
    ],
)
def test_a_key_names_every_option_once(key, code, place):
    with pytest.raises(QuizError) as caught:
        sample(Kind.ORDERING, key=key)
    assert (caught.value.code, caught.value.place) == (code, place)


@pytest.mark.corpus
def test_marks_agree_with_those_of_moodles_ordering_question(corpus):
    cases = json.loads((corpus / "quizscoring" / "ordering_cases.json").read_text())

    for mode, right, response, low, high in cases:
        fraction = order_fraction(OrderScoring(mode), [right.index(word) for word in response])
        assert low <= fraction <= high, (mode, response)
    assert len(cases) == 37
