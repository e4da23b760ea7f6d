"""Orders of options, and ids that tell nothing."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes import Kind, QuizError, body, disguise, grade, option_order, undisguise
from tests.quizzes.samples import RIGHT, items, sample, steady


@steady
@given(items(), st.integers(), st.booleans())
def test_the_same_seed_gives_the_same_order_of_the_same_options(item, seed, shuffle):
    order = option_order(body(item), Random(seed), shuffle=shuffle)

    assert order == option_order(body(item), Random(seed), shuffle=shuffle)
    assert sorted(order) == sorted(item.option_ids)


def test_different_seeds_give_different_orders():
    shown = body(sample(Kind.SINGLE))

    assert len({option_order(shown, Random(seed)) for seed in range(200)}) == 24


@pytest.mark.parametrize(
    "text",
    [
        "All of the above",
        "None of these",
        "none of the above.",
        "Both of them",
        "All the others",
        "Todas las anteriores",
        "Ninguna de las anteriores",
        "Toutes les réponses ci-dessus",
        "Aucune de ces réponses",
    ],
)
def test_options_that_say_all_or_none_stay_last(text):
    shown = body(sample(Kind.SINGLE, options={"A": text, "B": "beta", "C": "gamma"}))

    assert {option_order(shown, Random(seed))[-1] for seed in range(50)} == {"A"}


@pytest.mark.parametrize(
    "text", ["All patients over 65", "None today", "No difference", "Both sides", "Alles"]
)
def test_options_that_merely_begin_like_that_are_shuffled(text):
    shown = body(sample(Kind.SINGLE, options={"A": text, "B": "beta", "C": "gamma"}))

    assert {option_order(shown, Random(seed))[-1] for seed in range(50)} == {"A", "B", "C"}


def test_options_marked_last_stay_last_in_their_written_order():
    shown = body(sample(Kind.SINGLE, last=["A", "B"]))

    assert {option_order(shown, Random(seed))[2:] for seed in range(50)} == {("A", "B")}


@pytest.mark.parametrize("kind", [Kind.SINGLE, Kind.MULTIPLE, Kind.EMQ, Kind.KEYFEATURE])
def test_options_keep_their_order_when_the_quiz_says_so(kind):
    assert option_order(body(sample(kind)), Random(1), shuffle=False) == ("A", "B", "C", "D")


@pytest.mark.parametrize("kind", [Kind.ORDERING, Kind.MATCHING])
def test_where_the_written_order_may_be_the_answer_it_is_never_shown(kind):
    shown = body(sample(kind))

    assert len({option_order(shown, Random(seed), shuffle=False) for seed in range(50)}) > 1


def test_a_disguised_body_tells_nothing_of_the_written_ids():
    shown = disguise(body(sample(Kind.ORDERING)), ("C", "A", "D", "B"))

    assert [(option["id"], option["text"]) for option in shown["options"]] == [
        ("1", "gamma"),
        ("2", "alpha"),
        ("3", "delta"),
        ("4", "beta"),
    ]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("seed", range(5))
def test_a_response_to_a_disguised_body_is_graded_as_the_one_it_stands_for(kind, seed):
    item = sample(kind)
    order = option_order(body(item), Random(seed))
    place = {option: str(number) for number, option in enumerate(order, start=1)}

    def masked(value):
        if isinstance(value, list):
            return [masked(one) for one in value]
        if isinstance(value, dict) and kind is not Kind.TRUEFALSE:
            return {name: masked(one) for name, one in value.items()}
        return place.get(value, value) if isinstance(value, str) else value

    assert grade(item, undisguise(kind, masked(RIGHT[kind]), order)).fraction == 1
    assert undisguise(kind, None, order) is None


@pytest.mark.parametrize("response", ["5", "A", ["1", "A"]])
def test_an_id_that_was_never_shown_is_refused(response):
    with pytest.raises(QuizError):
        undisguise(Kind.MULTIPLE, response, ("C", "A", "D", "B"))


@pytest.mark.parametrize("response", [3, True, {"1": "2"}])
def test_a_malformed_response_is_left_for_grading_to_refuse(response):
    assert undisguise(Kind.SINGLE, response, ("A", "B")) == response


@pytest.mark.parametrize("order", [(), ("A", "B", "C"), ("A", "B", "C", "C"), ("A", "B", "C", "E")])
def test_an_order_that_is_not_of_these_options_is_refused(order):
    with pytest.raises(QuizError):
        disguise(body(sample(Kind.SINGLE)), order)
